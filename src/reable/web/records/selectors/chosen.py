"""Times that were chosen, as a page shows them; and other times for a visit that is to be moved."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from reable.terms import Discipline
from reable.web.records.actor import Actor
from reable.web.records.selectors.bookings import open_appointment
from reable.web.records.selectors.choices import Chosen, is_staff, look_up
from reable.web.records.selectors.openings import EVALUATION
from reable.web.records.selectors.slots import FreeTime, FreeTimes, Wish, free_times

MOST = 8


def chosen_times(
    actor: Actor, clinic_id: UUID, chosen: Sequence[Chosen], *, age: int | None, kind: str = EVALUATION
) -> tuple[FreeTime, ...]:
    """Show what was chosen, in order. Raises: TimeTaken, NotBookable, BadBooking."""
    opened, places = look_up(actor, clinic_id, chosen, age=age, now=datetime.now(UTC), kind=kind)
    zone = ZoneInfo(opened.clinic.time_zone)
    shown = []
    for place in sorted(places, key=lambda one: one.when.start):
        wall = place.when.start.astimezone(zone)
        shown.append(
            FreeTime(
                discipline=place.discipline,
                therapist_id=place.post.therapist.id,
                therapist=place.post.therapist.name,
                location_id=place.post.location.id,
                location=place.post.location.name,
                room="",
                starts_at=place.when.start,
                ends_at=place.when.end,
                wall=wall.replace(tzinfo=None),
                zone=wall.tzname() or "",
            )
        )
    return tuple(shown)


def times_to_move(actor: Actor, appointment_id: UUID, *, first_day: date | None = None) -> FreeTimes:
    """Find free times of the same discipline and length in the same clinic for who has the visit. Raises: NotFound."""
    row = open_appointment(actor, appointment_id)
    wish = Wish(discipline=Discipline(row.discipline), age=row.patient.age, kind=row.visit_type.kind)
    staff = is_staff(actor, row.clinic_id)
    return free_times(actor, row.clinic_id, wish, first_day=first_day, most=MOST, referred=True, by_telephone=staff)
