"""A referral: a contract with an owner, a due date and an exit in every state, ending in a letter back."""

from django.conf import settings
from django.db import models

from reable.web.records.models.clinic import DISCIPLINES, Clinic
from reable.web.records.models.patient import Patient
from reable.web.records.models.row import Row


class Referral(Row):
    """A doctor's request for a discipline's care."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="referrals")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="referrals")
    discipline = models.CharField(max_length=4, choices=[*DISCIPLINES, ("both", "both")])
    physician = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    physician_name = models.CharField(max_length=120)
    physician_contact = models.CharField(max_length=120)
    text = models.TextField(max_length=5000)  # diagnosis, limitation, what is asked
    record = models.JSONField()  # what the core made of the text: screened like every way in (S3)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()


class ReferralStatus(models.Model):
    """One change of a referral's state; the latest counts. `due_on` says until when the next one must come."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="statuses")
    state = models.CharField(max_length=24)
    reason = models.CharField(max_length=500, blank=True)
    due_on = models.DateField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=24)
    at = models.DateTimeField()


class Letter(Row):
    """The letter back to the doctor."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="letters")
    text = models.TextField(max_length=10000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
