"""A chosen time becomes a visit, and is claimed. For services only."""

from collections.abc import Sequence
from datetime import datetime

from reable.book import ReferralAct, VisitState
from reable.terms import Discipline
from reable.web.records.actor import Actor
from reable.web.records.models import Appointment, Booking
from reable.web.records.selectors.choices import Place
from reable.web.records.selectors.openings import EVALUATION, Openings
from reable.web.records.services.referrals import follow_visit
from reable.web.records.services.reminders import MessageKind, remind, tell
from reable.web.records.services.safeguarding import notice
from reable.web.records.services.visits import claim, write_state


def visit_at(row: Booking, opened: Openings, place: Place) -> Appointment:
    """Make the visit, not yet written, in a room that is free."""
    return Appointment(
        clinic=opened.clinic,
        booking=row,
        patient=row.patient,
        therapist=place.post.therapist,
        location=place.post.location,
        room=place.post.room(place.when),
        visit_type=opened.visit_types[place.discipline],
        discipline=place.discipline,
        starts_at=place.when.start,
        ends_at=place.when.end,
    )


def settle(actor: Actor, rows: Sequence[Appointment], now: datetime, *, kind: MessageKind = MessageKind.BOOKED) -> None:
    """Claim the time of new visits and write all that follows from them. Raises: JustTaken."""
    for row in rows:
        row.save(force_insert=True)
    claim(rows)
    for row in rows:
        write_state(actor, row, VisitState.BOOKED, now=now)
        remind(row, now=now)
        if row.visit_type.kind == EVALUATION:  # a referral waits for this one, not for what follows
            follow_visit(actor, row.patient_id, Discipline(row.discipline), ReferralAct.BOOK, now=now)
    tell(kind, min(rows, key=lambda row: row.starts_at), now=now)
    if rows[0].booking.inquiry is not None:
        notice(rows[0].booking.inquiry, now=now)
