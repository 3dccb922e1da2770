"""A time that somebody chose, looked up again: is it still free, and may it be booked?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db.models import Q

from reable import book
from reable.book import AgeGroup, Interval
from reable.errors import ReableError
from reable.terms import Discipline
from reable.web.records.actor import Actor
from reable.web.records.models import Claim
from reable.web.records.selectors.openings import EVALUATION, HORIZON_DAYS, THERAPIST, Openings, Post, openings
from reable.web.records.selectors.slots import STAFF

_DAY = timedelta(days=1)


class BadBooking(ReableError):
    """A booking form with something that cannot be used. Names the fields, never what is in them."""

    code = "web.bad_booking"

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(f"these fields cannot be used: {', '.join(fields)}", hint="look at them again")
        self.fields = fields


class TimeTaken(ReableError):
    """Somebody else was faster, or the time is not offered any more. Nothing was booked."""

    code = "web.time_taken"

    def __init__(self) -> None:
        super().__init__("That time was just taken.", hint="choose another time; nothing was booked")


class Hindrance(StrEnum):
    """Why an evaluation cannot be booked here and now, although there are times."""

    CALL_US = "call_us"  # the clinic has no rule for this discipline (S25)
    REFERRAL = "referral"  # a doctor's referral must be accepted first (S25)
    DOCTOR_FIRST = "doctor_first"  # a doctor looks before therapy begins
    NEEDS_ADULT = "needs_adult"  # a child alone (S30)
    AGE_NOT_KNOWN = "age_not_known"  # an unknown age is never taken for adult (S2)
    AGE_GROUP = "age_group"  # the therapist sees people of other ages


class NotBookable(ReableError):
    """This cannot be booked online: the page says why, and shows the telephone number."""

    code = "web.not_bookable"

    def __init__(self, hindrance: Hindrance) -> None:
        super().__init__(f"this cannot be booked: {hindrance}", hint="call the clinic")
        self.hindrance = hindrance


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """A time that somebody chose."""

    therapist_id: UUID
    location_id: UUID
    starts_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A chosen time that was found to be free."""

    post: Post
    when: Interval

    @property
    def discipline(self) -> Discipline:
        """What it is booked for."""
        return Discipline(self.post.therapist.discipline)


def refuse_claimed(times: Sequence[Chosen]) -> None:
    """Refuse what is seen to be taken at a glance; `look_up` and the claim decide. Raises: TimeTaken."""
    begins = Q()
    for one in times:
        begins |= Q(resource=THERAPIST, resource_id=one.therapist_id, cell=one.starts_at)
    if Claim.objects.filter(begins).exists():
        raise TimeTaken


def look_up(
    actor: Actor, clinic_id: UUID, times: Sequence[Chosen], *, age: int | None, now: datetime, kind: str = EVALUATION
) -> tuple[Openings, list[Place]]:
    """Look up again what was chosen. Raises: TimeTaken, NotBookable, BadBooking."""
    starts = [one.starts_at for one in times]
    if not all(now < start <= now + (HORIZON_DAYS + 1) * _DAY for start in starts):
        raise TimeTaken
    opened = openings(
        clinic_id,
        now=now,
        first_day=min(starts).date() - _DAY,
        last_day=max(starts).date() + _DAY,
        therapists={one.therapist_id for one in times},
        kind=kind,
    )
    notice = 0 if is_staff(actor, clinic_id) else opened.clinic.notice_minutes
    if min(starts) < now + timedelta(minutes=notice):
        raise TimeTaken
    places = [_place(opened, one, age) for one in times]
    if len({place.discipline for place in places}) < len(places):
        raise BadBooking(("times",))
    return opened, places


def _place(opened: Openings, chosen: Chosen, age: int | None) -> Place:
    post = opened.post(chosen.therapist_id, chosen.location_id)
    if post is None:
        raise TimeTaken  # another clinic's, gone, or never there: the answer is the same
    visit_type = opened.visit_types.get(Discipline(post.therapist.discipline))
    if visit_type is None:
        raise NotBookable(Hindrance.CALL_US)
    if age is not None and AgeGroup.of(age) not in post.offers.age_groups:
        raise NotBookable(Hindrance.AGE_GROUP)
    when = Interval(start=chosen.starts_at, end=chosen.starts_at + timedelta(minutes=visit_type.minutes))
    if not _is_on_the_mark(when.start) or not post.is_free(when):
        raise TimeTaken
    return Place(post=post, when=when)


def _is_on_the_mark(start: datetime) -> bool:
    return start.minute % book.CELL_MINUTES == 0 and (start.second, start.microsecond) == (0, 0)


def is_staff(actor: Actor, clinic_id: UUID) -> bool:
    """Test if somebody of the clinic acts: they book at shorter notice, and by telephone."""
    return actor.clinic_id == clinic_id and bool(STAFF & actor.kinds)
