"""A wish for a slot, and the freed slots that were offered for it."""

from django.db import models

from reable.web.records.models.clinic import DISCIPLINES, Clinic, Location
from reable.web.records.models.inquiry import Inquiry
from reable.web.records.models.patient import Patient
from reable.web.records.models.row import Row
from reable.web.records.models.therapist import Therapist


class WaitingListEntry(Row):
    """Somebody waits: priority first, then time of joining (S21)."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="waiting_list")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="waiting")
    inquiry = models.ForeignKey(Inquiry, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    discipline = models.CharField(max_length=2, choices=DISCIPLINES)
    specialties = models.JSONField(default=list)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=2)
    priority = models.CharField(max_length=10)  # values of reable.terms.Priority
    digest = models.CharField(max_length=64, unique=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)


class WaitingListOffer(Row):
    """A freed slot, held for one person until it expires."""

    entry = models.ForeignKey(WaitingListEntry, on_delete=models.CASCADE, related_name="offers")
    therapist = models.ForeignKey(Therapist, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField()
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answer = models.CharField(max_length=8, blank=True)  # taken, refused, expired
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """An answer has its time; one open offer for each person."""

        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | models.Q(answer__in=["taken", "refused", "expired"], answered_at__isnull=False),
                name="offer_answer_has_time",
            ),
            models.UniqueConstraint(
                fields=["entry"], condition=models.Q(answered_at__isnull=True), name="one_open_offer"
            ),
        ]
