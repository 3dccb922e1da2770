"""Other times for a visit that is to be moved."""

from datetime import date
from uuid import UUID

from reable.terms import Discipline
from reable.web.records.actor import Actor
from reable.web.records.selectors.bookings import open_appointment
from reable.web.records.selectors.slots import FreeTimes, Wish, free_times

MOST = 8


def times_to_move(actor: Actor, appointment_id: UUID, *, first_day: date | None = None) -> FreeTimes:
    """Find free times of the same discipline in the same clinic for who has the visit. Raises: NotFound."""
    row = open_appointment(actor, appointment_id)
    wish = Wish(discipline=Discipline(row.discipline), age=row.patient.age, specialties=frozenset())
    return free_times(actor, row.clinic_id, wish, first_day=first_day, most=MOST, referred=True)
