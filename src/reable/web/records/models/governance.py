"""Going live and staying safe: signatures, the accepted risk, withdrawn items, incidents (S40, S41)."""

from django.conf import settings
from django.db import models

from reable.web.records.models.clinic import Clinic
from reable.web.records.models.row import Row


class Signature(Row):
    """A licensed clinician of a clinic has read and signed one part of the knowledge at one version."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="signatures")
    part = models.CharField(max_length=24)  # red_flags, emergency_texts, order_rules, residual_risk
    knowledge_version = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    licence = models.CharField(max_length=60)  # number and place; for the residual risk, the post that is held
    at = models.DateTimeField()

    class Meta:
        """Parts are a closed list; nobody signs without a licence or a post."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(part__in=["red_flags", "emergency_texts", "order_rules", "residual_risk"]),
                name="signature_part_is_known",
            ),
            models.CheckConstraint(condition=~models.Q(licence=""), name="signature_names_a_licence"),
        ]


class WithdrawnItem(Row):
    """An item of the knowledge that this clinic has switched off at once, until it is put back."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="withdrawn")
    item = models.CharField(max_length=80)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    put_back_at = models.DateTimeField(null=True, blank=True)


class Incident(Row):
    """Something went wrong or nearly did: what, how bad, who follows it up. Never a patient's words."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="incidents")
    what = models.TextField(max_length=2000)
    severity = models.CharField(max_length=12)
    hazard = models.CharField(max_length=40, blank=True)  # id in docs/safety/hazards.yaml
    owner = models.CharField(max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
