"""A booking with its appointments; each appointment claims its 15-minute cells, so that nothing is booked twice."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from reable.web.records.models.clinic import DISCIPLINES, Clinic, Location, Room, VisitType
from reable.web.records.models.inquiry import Inquiry
from reable.web.records.models.patient import Patient
from reable.web.records.models.row import Row
from reable.web.records.models.therapist import Therapist

VISIT_STATES = ("booked", "arrived", "done", "no_show", "cancelled")
RESOURCES = ("therapist", "room", "patient")


class Booking(Row):
    """One act with one or more appointments: PT and OT on one day are booked together or not at all."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="bookings")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="bookings")
    inquiry = models.ForeignKey(Inquiry, on_delete=models.SET_NULL, null=True, blank=True, related_name="bookings")
    note = models.TextField(max_length=1000, blank=True)
    digest = models.CharField(max_length=64, unique=True)  # of the secret in the link that manages this booking
    link_revoked_at = models.DateTimeField(null=True, blank=True)
    form_key = models.CharField(max_length=64, unique=True)  # a form sent twice makes one booking
    made_at = models.DateTimeField()


class Appointment(Row):
    """A visit that is booked; times are UTC, its changes are rows of `AppointmentStatus`."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="appointments")
    booking = models.ForeignKey(Booking, on_delete=models.CASCADE, related_name="appointments")
    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="appointments")
    therapist = models.ForeignKey(Therapist, on_delete=models.PROTECT, related_name="appointments")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="appointments")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments")
    visit_type = models.ForeignKey(VisitType, on_delete=models.PROTECT, related_name="+")
    discipline = models.CharField(max_length=2, choices=DISCIPLINES)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="replaced_by"
    )  # the appointment that was moved to make this one

    class Meta:
        """A visit ends after it starts."""

        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="visit_ends_after_start")]
        indexes = [models.Index(fields=["clinic", "starts_at"]), models.Index(fields=["patient", "starts_at"])]


class AppointmentStatus(models.Model):
    """One change of a visit's state; the latest counts."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="statuses")
    state = models.CharField(max_length=12)
    reason = models.CharField(max_length=40, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=24)
    at = models.DateTimeField()

    class Meta:
        """States are a closed list; a cancelled visit says why."""

        constraints = [
            models.CheckConstraint(condition=Q(state__in=VISIT_STATES), name="visit_state_is_known"),
            models.CheckConstraint(condition=~Q(state="cancelled") | ~Q(reason=""), name="cancelled_says_why"),
        ]


class Claim(models.Model):
    """A hold on one resource for one 15-minute cell of UTC. The unique constraint makes double booking impossible."""

    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE, related_name="claims")
    resource = models.CharField(max_length=10)
    resource_id = models.UUIDField()
    cell = models.DateTimeField()

    class Meta:
        """The one rule of booking."""

        constraints = [
            models.UniqueConstraint(fields=["resource", "resource_id", "cell"], name="one_claim_a_cell"),
            models.CheckConstraint(condition=Q(resource__in=RESOURCES), name="resource_is_known"),
        ]
