"""Booking, coming, moving, cancelling, and the waiting list: what the pages of a person and of the front desk do."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from reable.book import Slot, VisitState, pairs
from reable.terms import Discipline, Language, Priority, Specialty
from reable.web.operations.demo.moments import moment
from reable.web.operations.demo.played import CannotPlay, Played, Visit
from reable.web.operations.demo.shapes import BookStep, CancelStep, MoveStep, WaitStep
from reable.web.portal.way import way_of
from reable.web.records.actor import Actor
from reable.web.records.digest import digest_of
from reable.web.records.selectors.bookings import booking
from reable.web.records.selectors.choices import Chosen
from reable.web.records.selectors.openings import Openings, openings
from reable.web.records.selectors.slots import Wish, post_fits
from reable.web.records.services.access import BookingMade
from reable.web.records.services.bookings import book, cancel, move
from reable.web.records.services.visits import arrive, finish, miss
from reable.web.records.services.waiting_list import join, leave, refuse_offer, take_offer

MOST_DAYS = timedelta(days=15)  # after the day from which the script looks for a free time
_DESK = "fay"


def book_visits(played: Played, step: BookStep, at: datetime) -> Actor:
    """Book the first free time from a moment on, with the therapists of the script. Raises: CannotPlay."""
    actor = played.who_acts(step.by)
    wanted = {one: key for one, key in ((Discipline.PT, step.pt), (Discipline.OT, step.ot)) if key is not None}
    first = max(_moment(played, step.since), at)
    played.forms += 1
    made = book(
        actor,
        clinic_id=played.clinic.id,
        inquiry_id=played.inquiry_id,
        person=None if played.patient_id else played.person(),
        times=[_chosen(slot) for slot in _free(played, wanted, first, at)],
        note=step.note or "",
        form_key=f"demo-form-of-{played.key}-{played.forms}",
        patient_id=played.patient_id,
        now=at,
    )
    _remember(played, actor, made, at)
    return actor


def come(played: Played, discipline: Discipline, at: datetime) -> Actor:
    """Arrive: the front desk sees it."""
    desk = _desk(played)
    arrive(desk, played.visit(discipline).id, now=at)
    return desk


def be_seen(played: Played, discipline: Discipline, at: datetime) -> Actor:
    """Be seen by the therapist, who says that it is done."""
    visit = played.visit(discipline)
    therapist = played.clinic.actor(visit.therapist)
    finish(therapist, visit.id, now=at)
    return therapist


def stay_away(played: Played, discipline: Discipline, at: datetime) -> Actor:
    """Not come."""
    desk = _desk(played)
    miss(desk, played.visit(discipline).id, now=at)
    return desk


def move_visit(played: Played, step: MoveStep, at: datetime) -> Actor:
    """Move a visit to the first free time from a moment on."""
    actor = played.who_acts(step.by)
    (slot,) = _free(played, {step.visit: step.to}, max(_moment(played, step.since), at), at)
    _remember(played, actor, move(actor, played.visit(step.visit).id, _chosen(slot), now=at), at)
    return actor


def cancel_visit(played: Played, step: CancelStep, at: datetime) -> Actor:
    """Cancel a visit."""
    actor = played.who_acts(step.by)
    visit = played.visits.pop(step.visit)
    cancel(actor, visit.booking_id, reason=step.reason, appointment_id=visit.id, now=at)
    return actor


def wait(played: Played, step: WaitStep, at: datetime) -> Actor:
    """Join the waiting list; who has a visit already may wait for a sooner one."""
    wish = _wish(played, step.discipline, step.place)
    joined = join(
        played.actor, clinic_id=played.clinic.id, inquiry_id=played.told, person=played.person(), wish=wish, now=at
    )
    played.entry_secret = joined.secret
    return played.actor


def take(played: Played, given: bool, at: datetime) -> Actor:
    """Take the offered time."""
    _remember(played, played.actor, take_offer(played.actor, digest=digest_of(played.entry_secret), now=at), at)
    return played.actor


def refuse(played: Played, given: bool, at: datetime) -> Actor:
    """Say no to the offered time."""
    refuse_offer(played.actor, digest=digest_of(played.entry_secret), now=at)
    return played.actor


def leave_list(played: Played, given: bool, at: datetime) -> Actor:
    """Leave the waiting list."""
    leave(played.actor, digest=digest_of(played.entry_secret), now=at)
    return played.actor


def _desk(played: Played) -> Actor:
    """Give who receives people: the front desk, or where there is none a therapist."""
    staff = played.clinic.staff
    return played.clinic.actor(_DESK if _DESK in staff else next(key for key in staff if staff[key].therapist_id))


def _moment(played: Played, text: str) -> datetime:
    return moment(text, now=played.now, zone=played.clinic.zone, before=played.last)


def _wish(played: Played, discipline: Discipline, place: str | None = None) -> Wish:
    """Put together what is looked for, as the pages do: of who told nothing here, the age alone is known."""
    specialties: frozenset[Specialty] = frozenset()
    priority = Priority.ROUTINE
    if played.inquiry_id is not None:
        found = way_of(played.actor, played.inquiry_id).navigation.recommendation
        specialties, priority = frozenset(found.specialty), found.therapy_priority
    return Wish(
        discipline=discipline,
        age=played.script.age,
        language=Language.ES if played.language is Language.ES else None,
        specialties=specialties,
        location_id=played.clinic.places[place] if place else None,
        priority=priority,
    )


def _free(played: Played, wanted: Mapping[Discipline, str], first: datetime, at: datetime) -> tuple[Slot, ...]:
    """Choose the first time of these therapists, for two disciplines on one day and in the recommended order.

    Pages offer one therapist of several who are free at a time, by turns of random ids; the script names whom it
    means, so that the demo is the same on every machine. Raises: CannotPlay.
    """
    zone, day = played.clinic.zone, first.astimezone(played.clinic.zone).date()
    opened = openings(
        played.clinic.id, now=at, first_day=day, last_day=day + MOST_DAYS, therapists=_therapists(played, wanted)
    )
    soonest = max(first, at + timedelta(minutes=opened.clinic.notice_minutes))
    found = {one: tuple(_slots(opened, _wish(played, one), soonest, day)) for one in wanted}
    rows: list[tuple[Slot, ...]]
    if len(wanted) == 1:
        rows = [(slot,) for slots in found.values() for slot in slots]
    else:
        order = way_of(played.actor, played.inquiry_id).navigation.recommendation.order if played.inquiry_id else None
        rows = [one.in_order for one in pairs(found[Discipline.PT], found[Discipline.OT], order=order, zone=zone)]
    if not rows:
        raise CannotPlay(f"no free time was found with {', '.join(wanted.values())}")
    names = {str(post.location.id): post.location.name for post in opened.posts}
    return min(rows, key=lambda row: [(slot.start, names[slot.location]) for slot in row])


def _therapists(played: Played, wanted: Mapping[Discipline, str]) -> list[UUID]:
    ids = [played.clinic.staff[key].therapist_id for key in wanted.values()]
    return [id_ for id_ in ids if id_ is not None]


def _slots(opened: Openings, wish: Wish, soonest: datetime, day: date) -> Iterator[Slot]:
    """List what is free of who fits, as the pages would."""
    for post in opened.posts:
        if post.therapist.discipline == wish.discipline and post_fits(post, wish).is_whole:
            found = post.slots(opened.visit_types[wish.discipline].minutes, first_day=day, last_day=day + MOST_DAYS)
            yield from (slot for slot in found if slot.start >= soonest)


def _chosen(slot: Slot) -> Chosen:
    return Chosen(therapist_id=UUID(slot.therapist), location_id=UUID(slot.location), starts_at=slot.start)


def _remember(played: Played, actor: Actor, made: BookingMade, at: datetime) -> None:
    """Note the visits of a booking as they are now."""
    seen = booking(actor, made.booking_id, now=at)
    played.patient_id = seen.patient_id
    if actor is not played.actor:
        played.actor.booking_ids |= {made.booking_id}  # the link was given on the telephone
    by_name = {one.script.name: key for key, one in played.clinic.staff.items()}
    for visit in seen.visits:
        if visit.state is not VisitState.BOOKED:
            continue
        played.visits[visit.discipline] = Visit(
            id=visit.appointment_id,
            booking_id=made.booking_id,
            therapist=by_name[visit.therapist],
            starts_at=visit.starts_at,
            ends_at=visit.ends_at,
        )
