"""A therapist as people book one: discipline, training, languages, and when and where they work."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from reable.web.records.models.clinic import DISCIPLINES, WEEKDAYS, Clinic, Location, Room
from reable.web.records.models.row import Row


class Therapist(Row):
    """A licensed person of one discipline in one clinic."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="therapists")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    discipline = models.CharField(max_length=2, choices=DISCIPLINES)
    name = models.CharField(max_length=120)
    specialties = models.JSONField(default=list)  # values of reable.terms.Specialty
    languages = models.JSONField(default=list)  # values of reable.terms.Language
    age_groups = models.JSONField(default=list)  # values of reable.book.AgeGroup
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One row for each discipline that somebody holds."""

        constraints = [
            models.UniqueConstraint(fields=["clinic", "user", "discipline"], name="therapist_once_a_discipline")
        ]


class Availability(Row):
    """Weekly hours of a therapist at a place, in local wall time, so that they stay at nine across a clock change."""

    therapist = models.ForeignKey(Therapist, on_delete=models.PROTECT, related_name="availability")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    starts = models.TimeField()
    ends = models.TimeField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        """Hours end after they begin, and so does their validity."""

        constraints = [
            models.CheckConstraint(condition=WEEKDAYS, name="availability_weekday"),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="availability_ends_after_start"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from")), name="availability_valid"
            ),
        ]


class AvailabilityException(Row):
    """A day that differs: away (no hours), or other hours at a place."""

    therapist = models.ForeignKey(Therapist, on_delete=models.PROTECT, related_name="exceptions")
    on = models.DateField()
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    starts = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        """Either away the whole day, or hours with a place."""

        constraints = [
            models.CheckConstraint(
                condition=Q(starts__isnull=True, ends__isnull=True, location__isnull=True)
                | Q(starts__isnull=False, ends__gt=F("starts"), location__isnull=False),
                name="exception_away_or_hours",
            )
        ]
