"""What a person must do, and what must be sent: both written in the transaction of the act that needs them."""

from django.conf import settings
from django.db import models

from reable.web.records.models.booking import Appointment
from reable.web.records.models.clinic import Clinic
from reable.web.records.models.patient import Patient
from reable.web.records.models.row import Row

CHANNELS = [("email", "e-mail"), ("sms", "SMS")]


class Task(Row):
    """Something that somebody of a role must do by a time, such as calling a person."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="tasks")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, null=True, blank=True, related_name="tasks")
    kind = models.CharField(max_length=24)
    role = models.CharField(max_length=24)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        """What is done was done by somebody."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=True) | models.Q(done_by__isnull=False), name="task_done_by_somebody"
            )
        ]


class Message(Row):
    """A message to send once: `dedupe_key` makes sending idempotent. It never holds health content."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="messages")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, null=True, blank=True, related_name="messages")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )  # somebody of the clinic, where it is not for a patient
    appointment = models.ForeignKey(
        Appointment, on_delete=models.CASCADE, null=True, blank=True, related_name="messages"
    )
    kind = models.CharField(max_length=24)
    channel = models.CharField(max_length=5, choices=CHANNELS)
    dedupe_key = models.CharField(max_length=120, unique=True)
    text = models.TextField(max_length=2000, blank=True)  # holds a secret link: emptied once it is sent
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)  # the visit was moved or cancelled before

    class Meta:
        """Found by what is due; for a patient, or for somebody of the clinic."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(patient__isnull=True, user__isnull=False)
                | models.Q(patient__isnull=False, user__isnull=True),
                name="message_for_one",
            )
        ]
        indexes = [models.Index(fields=["sent_at", "due_at"])]
