"""The clinic (the tenant), its places, rooms, hours, holidays, visit types and rules."""

from django.db import models
from django.db.models import F, Q

from reable.web.records.models.row import Row

DISCIPLINES = [("pt", "PT"), ("ot", "OT")]
VISIT_KINDS = [("evaluation", "evaluation"), ("follow_up", "follow-up")]
REFERRAL_RULES = [("direct", "direct access"), ("referral", "referral needed")]
WEEKDAYS = Q(weekday__gte=0, weekday__lte=6)


class Clinic(Row):
    """An organisation; every clinical row belongs to exactly one."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=120)
    telephone = models.CharField(max_length=40)
    time_zone = models.CharField(max_length=64)
    country = models.CharField(max_length=2)
    notice_minutes = models.PositiveIntegerField(default=120)  # how long before a visit it can still be booked
    is_demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class Location(Row):
    """A place where a clinic sees people."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="locations")
    name = models.CharField(max_length=120)
    address = models.CharField(max_length=240)
    telephone = models.CharField(max_length=40)
    step_free = models.BooleanField()
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    closed_for_good_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A place on the map has both numbers or neither."""

        constraints = [
            models.UniqueConstraint(fields=["clinic", "name"], name="location_name_once_a_clinic"),
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="location_on_the_map_or_not",
            ),
        ]


class Room(Row):
    """A room that one visit at a time can use."""

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)

    class Meta:
        """Names are unique in a place."""

        constraints = [models.UniqueConstraint(fields=["location", "name"], name="room_name_once_a_location")]


class OpeningHours(Row):
    """When a place is open, in its local wall time."""

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="hours")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        """A day has seven possible values and ends after it begins."""

        constraints = [
            models.CheckConstraint(condition=WEEKDAYS, name="opening_weekday"),
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="closes_after_opening"),
        ]


class Closure(Row):
    """A day on which a clinic, or one place of it, is closed."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="closures")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="closures")
    on = models.DateField()
    reason = models.CharField(max_length=120)


class VisitType(Row):
    """A kind of visit that can be booked, and how long it takes."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="visit_types")
    discipline = models.CharField(max_length=2, choices=DISCIPLINES)
    kind = models.CharField(max_length=12, choices=VISIT_KINDS)
    minutes = models.PositiveSmallIntegerField()

    class Meta:
        """Visits fill whole cells of 15 minutes, so that no two can overlap."""

        constraints = [
            models.UniqueConstraint(fields=["clinic", "discipline", "kind"], name="one_visit_type_a_kind"),
            models.CheckConstraint(condition=Q(minutes__in=list(range(15, 241, 15))), name="visit_fills_cells"),
        ]


class ReferralRule(Row):
    """Whether a discipline may be booked without a doctor's referral here (S25). No row: "call us"."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="referral_rules")
    discipline = models.CharField(max_length=2, choices=DISCIPLINES)
    rule = models.CharField(max_length=12, choices=REFERRAL_RULES)

    class Meta:
        """One rule for each discipline."""

        constraints = [models.UniqueConstraint(fields=["clinic", "discipline"], name="one_referral_rule")]


class ClinicText(Row):
    """A sentence of the clinic's own: how to find it, what to bring, who to call when it is closed."""

    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="texts")
    key = models.CharField(max_length=40)
    en = models.TextField(max_length=2000)
    es = models.TextField(max_length=2000)

    class Meta:
        """One text for each key."""

        constraints = [models.UniqueConstraint(fields=["clinic", "key"], name="one_clinic_text")]
