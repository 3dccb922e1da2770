"""What Reable advised, as it was shown, with everything it rests on; and what a person decided on it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from reable.web.records.models.clinic import Clinic
from reable.web.records.models.inquiry import Inquiry
from reable.web.records.models.row import Row

DECISIONS = [("accepted", "accepted"), ("changed", "changed"), ("declined", "declined")]


class Recommendation(Row):
    """One answer of the core, kept whole: `reable replay ID` derives it again."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="recommendations")
    record = models.JSONField()
    door = models.CharField(max_length=8)
    leaning = models.CharField(max_length=8, blank=True)
    urgency = models.CharField(max_length=16, blank=True)
    danger_screen = models.CharField(max_length=12)
    knowledge_version = models.CharField(max_length=64)
    model_version = models.CharField(max_length=64)
    reasoning_version = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        """Doors are a closed list; found by knowledge version when an item proves wrong (S41)."""

        constraints = [
            models.CheckConstraint(
                condition=Q(door__in=["pt", "ot", "both", "other", "urgent", "unclear"]), name="door_is_known"
            )
        ]
        indexes = [models.Index(fields=["inquiry", "at"]), models.Index(fields=["knowledge_version"])]


class Decision(Row):
    """What a licensed therapist decided on a recommendation, within their own discipline (S31)."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="decisions")
    recommendation = models.ForeignKey(Recommendation, on_delete=models.PROTECT, related_name="decisions")
    decision = models.CharField(max_length=8, choices=DECISIONS)
    door = models.CharField(max_length=8)  # where the person goes by this decision
    reason = models.TextField(max_length=2000, blank=True)
    danger_cleared = models.TextField(max_length=2000, blank=True)  # who cleared an open danger, and how
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    discipline = models.CharField(max_length=2)
    at = models.DateTimeField()

    class Meta:
        """A change or a refusal says why; one decision of each discipline, later ones are rows of their own."""

        constraints = [
            models.CheckConstraint(condition=Q(decision="accepted") | ~Q(reason=""), name="decision_says_why")
        ]
