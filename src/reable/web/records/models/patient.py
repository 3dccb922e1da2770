"""A patient of one clinic, and the carers whose access they agreed to."""

from django.conf import settings
from django.db import models

from reable.web.records.models.clinic import Clinic
from reable.web.records.models.row import Row


class Patient(Row):
    """Who booked, or for whom it was booked."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="patients")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="patients"
    )
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    remind_by_email = models.BooleanField(default=False)
    remind_by_sms = models.BooleanField(default=False)
    since = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """There is a way to reach everybody, until they are erased."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=False) | ~models.Q(email="") | ~models.Q(telephone=""),
                name="patient_can_be_reached",
            )
        ]


class Carer(Row):
    """Somebody who helps a patient and may see and change their bookings, until it is revoked (S30)."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="carers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cares_for")
    relation = models.CharField(max_length=40)
    authority = models.CharField(max_length=40)
    patient_agrees = models.BooleanField()
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
