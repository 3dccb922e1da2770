"""Booking, coming, moving, cancelling, and the waiting list: what the pages of a person and of the front desk do."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

from reable.book import VisitState
from reable.terms import Discipline, Language, Priority
from reable.web.operations.demo.moments import moment
from reable.web.operations.demo.played import CannotPlay, Played, Visit
from reable.web.operations.demo.shapes import BookStep, CancelStep, MoveStep, WaitStep
from reable.web.portal.way import way_of
from reable.web.records.actor import Actor
from reable.web.records.selectors.bookings import booking
from reable.web.records.selectors.slots import FreeTime, Wish, free_pairs, free_times
from reable.web.records.services.access import BookingMade
from reable.web.records.services.bookings import book, cancel, move
from reable.web.records.services.choices import Chosen
from reable.web.records.services.inquiries import digest_of
from reable.web.records.services.visits import arrive, finish, miss
from reable.web.records.services.waiting_list import join, leave, refuse_offer, take_offer

MOST = 40  # free times that are looked at in one go
MOST_DAYS, DAYS_AT_ONCE = 15, 3
_DESK = "fay"

Rows = Sequence[tuple[FreeTime, ...]]


def book_visits(played: Played, step: BookStep, at: datetime) -> Actor:
    """Book the first free time from a moment on, with the therapists of the script. Raises: CannotPlay."""
    actor = played.who_acts(step.by)
    wanted = {one: key for one, key in ((Discipline.PT, step.pt), (Discipline.OT, step.ot)) if key is not None}
    first = max(_moment(played, step.since), at)
    times = _pair(played, wanted, first, at) if len(wanted) == len(Discipline) else _single(played, wanted, first, at)
    played.forms += 1
    made = book(
        actor,
        clinic_id=played.clinic.id,
        inquiry_id=played.inquiry_id,
        person=None if played.patient_id else played.person(),
        times=[_chosen(time) for time in times],
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
    (time,) = _single(played, {step.visit: step.to}, max(_moment(played, step.since), at), at)
    _remember(played, actor, move(actor, played.visit(step.visit).id, _chosen(time), now=at), at)
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
    specialties, priority = frozenset(), Priority.ROUTINE
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


def _single(played: Played, wanted: dict[Discipline, str], first: datetime, at: datetime) -> tuple[FreeTime, ...]:
    ((discipline, key),) = wanted.items()
    wish = _wish(played, discipline)

    def look(day: date) -> tuple[Rows, str]:
        found = free_times(_looks(played), played.clinic.id, wish, first_day=day, most=MOST, most_a_day=MOST, now=at)
        return [(time,) for time in found.times], f"{found.why_not or ''} {' '.join(found.lacks)}"

    return _first(played, look, {key}, first)


def _pair(played: Played, wanted: dict[Discipline, str], first: datetime, at: datetime) -> tuple[FreeTime, ...]:
    order = way_of(played.actor, played.told).navigation.recommendation.order if played.inquiry_id else None
    pt, ot = (_wish(played, one) for one in (Discipline.PT, Discipline.OT))

    def look(day: date) -> tuple[Rows, str]:
        found = free_pairs(
            _looks(played),
            played.clinic.id,
            pt,
            ot,
            order=order,
            first_day=day,
            most=MOST,
            most_a_day=MOST,
            now=at,
        )
        return found.pairs, f"{found.pt.why_not or ''} {found.ot.why_not or ''}"

    return _first(played, look, set(wanted.values()), first)


def _looks(played: Played) -> Actor:
    """Who looks for times of a referred person is the front desk: others are shown none where a referral is needed."""
    return _desk(played) if played.referrals else played.actor


def _first(
    played: Played, look: Callable[[date], tuple[Rows, str]], keys: set[str], first: datetime
) -> tuple[FreeTime, ...]:
    """Choose the first time of these therapists; the same on every machine, so not by random ids.

    Raises: CannotPlay.
    """
    therapists = {played.clinic.staff[key].therapist_id for key in keys}
    day, why = first.astimezone(played.clinic.zone).date(), ""
    for ahead in range(0, MOST_DAYS, DAYS_AT_ONCE):
        rows, why = look(day + timedelta(days=ahead))
        fitting = [row for row in rows if row[0].starts_at >= first and {one.therapist_id for one in row} == therapists]
        if fitting:
            return min(fitting, key=lambda row: [(time.starts_at, time.location) for time in row])
    raise CannotPlay(f"no free time was found with {', '.join(sorted(keys))}: {why.strip() or 'all is taken'}")


def _chosen(time: FreeTime) -> Chosen:
    return Chosen(therapist_id=time.therapist_id, location_id=time.location_id, starts_at=time.starts_at)


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
