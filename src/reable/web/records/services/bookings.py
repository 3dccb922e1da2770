"""Book an evaluation, cancel it, move it: each one transaction, all or nothing.

What was chosen is looked up again: the hours, the referral rule, the notice. Then its quarter hours are claimed; the
database lets one of two through, the other gets `TimeTaken` and nothing is written.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models import Q

from reable import book as core
from reable.book import (
    AgeGroup,
    CancelReason,
    ReferralAct,
    ReferralState,
    Refusal,
    Role,
    VisitAct,
    VisitState,
    therapist_of,
)
from reable.errors import ReableError
from reable.terms import Discipline, Priority
from reable.web.records.actor import Actor, NotFound
from reable.web.records.digest import digest_of
from reable.web.records.models import Appointment, AppointmentStatus, Booking, Clinic, Inquiry, Patient
from reable.web.records.selectors.bookings import latest, open_appointment, open_booking, roles_in
from reable.web.records.selectors.choices import (
    BadBooking,
    Chosen,
    Hindrance,
    NotBookable,
    Place,
    TimeTaken,
    is_staff,
    look_up,
    refuse_claimed,
)
from reable.web.records.selectors.inquiries import state_of
from reable.web.records.selectors.openings import EVALUATION, clinic_row
from reable.web.records.selectors.referrals import referral_in
from reable.web.records.services import offers
from reable.web.records.services.access import BookingMade, LinkTo, secret_of
from reable.web.records.services.choices import settle, visit_at
from reable.web.records.services.offers import Freed
from reable.web.records.services.persons import OLDEST, Person, known_patient, patient_for
from reable.web.records.services.referrals import check_rule, follow_visit
from reable.web.records.services.reminders import MessageKind, TaskKind, drop, tell, write_task
from reable.web.records.services.screening import Screened, inquiry_for, screen
from reable.web.records.services.visits import JustTaken, lock_clinic, locked, step

LONGEST_NOTE = 1000
KEY_LETTERS = (16, 64)  # of a form key: fewest and most
TRIES = 8  # a room can be lost to others while one's own therapist is still free
CHECK_WITHIN_MINUTES = 60
_DAY = timedelta(days=1)
_CLINIC_REASONS = frozenset({CancelReason.THERAPIST_AWAY, CancelReason.CLINIC_CLOSED})
_CALL_REASONS = _CLINIC_REASONS | {CancelReason.PATIENT_ILL}
Made = TypeVar("Made")


class BookedAlready(ReableError):
    """There is a visit of this discipline already: it can be moved."""

    code = "web.booked_already"

    def __init__(self, booking_id: UUID) -> None:
        super().__init__("there is a visit already", hint="show it; it can be moved or cancelled")
        self.booking_id = booking_id


@dataclass(frozen=True, slots=True, kw_only=True)
class _Form:
    """What was sent to book."""

    actor: Actor
    clinic: Clinic
    inquiry: Inquiry | None
    person: Person | None
    known: Patient | None
    times: tuple[Chosen, ...]
    note: str
    form_key: str
    kind: str
    rule_met: bool
    now: datetime

    @property
    def age(self) -> int | None:
        if self.known is not None:
            return self.known.age
        return None if self.person is None else self.person.age

    @property
    def by_staff(self) -> bool:
        return is_staff(self.actor, self.clinic.id)

    def made_before(self) -> BookingMade | None:
        """Find what this form made before. Raises: NotFound if it was another's, BookedAlready for other times."""
        row = Booking.objects.filter(form_key=self.form_key).first()
        if row is None:
            return None
        own = row.inquiry_id == self.inquiry.id if self.inquiry else bool(roles_in(self.actor, row))
        if not own:
            raise NotFound
        self.actor.booking_ids |= {row.id}
        there = set(row.appointments.values_list("therapist_id", "location_id", "starts_at"))
        if not {(one.therapist_id, one.location_id, one.starts_at) for one in self.times} <= there:
            raise BookedAlready(row.id)
        return BookingMade(booking_id=row.id, secret=secret_of(LinkTo.BOOKING, row.id))

    def book(self) -> BookingMade:
        """Search for danger first; then claim, and write all that belongs to it, or nothing."""
        screened = self._screened()
        try:
            refuse_claimed(self.times)  # most who come too late need not wait for their turn to write
            return _tried(lambda: self.made_before() or self._written(screened))
        except (TimeTaken, BookedAlready) as refused:
            same = self.made_before()  # the same form, sent twice at one moment, came first
            if same is not None:
                return same
            if (own := self._own_then()) is not None:
                raise BookedAlready(own) from refused
            raise

    def _own_then(self) -> UUID | None:
        """Find the booking of somebody who chose once more what is theirs already."""
        if self.inquiry is None:
            return None
        rows = Appointment.objects.filter(
            booking__inquiry=self.inquiry, therapist__in=[c.therapist_id for c in self.times]
        )
        rows = rows.filter(starts_at__in=[one.starts_at for one in self.times]).annotate(state=latest("state"))
        return rows.filter(state=VisitState.BOOKED).values_list("booking_id", flat=True).first()

    def _screened(self) -> Screened:
        """An unknown age is nobody's; a child does not book alone (S2, S30); a doctor may have to look first."""
        alone = self.inquiry is not None and not state_of(self.inquiry).relation
        if not self.by_staff and (self.age is None or not 0 <= self.age <= OLDEST):
            raise NotBookable(Hindrance.AGE_NOT_KNOWN)
        if not self.by_staff and alone and self.age is not None and AgeGroup.of(self.age) is AgeGroup.CHILD:
            raise NotBookable(Hindrance.NEEDS_ADULT)
        language = None if self.person is None else self.person.language
        found = screen(self.inquiry, self.note, language=language, country=self.clinic.country, age=self.age)
        if found.holds and not self.by_staff:
            raise NotBookable(Hindrance.DOCTOR_FIRST)
        return found

    def _written(self, screened: Screened) -> BookingMade:
        clinic, known = self.clinic, self.known
        self._take_turns()
        opened, places = look_up(self.actor, clinic.id, self.times, age=self.age, now=self.now, kind=self.kind)
        for place in () if self.rule_met and self.by_staff else places:
            check_rule(
                clinic.id,
                place.discipline,
                rule=opened.rules.get(place.discipline),
                patient_id=known.id if known else None,
                by_telephone=self.by_staff,
            )
        patient = known or patient_for(
            self.actor, clinic.id, self.person, patient_id=None, inquiry=self.inquiry, now=self.now
        )
        self._refuse_second(patient, places)
        row = _booking(patient, self.inquiry, self.note, self.form_key, self.now)
        rows = [visit_at(row, opened, place) for place in places]
        settle(self.actor, rows, self.now)
        _ask_staff(clinic, patient, self.inquiry, rows, screened, self.now)
        return BookingMade(booking_id=row.id, secret=secret_of(LinkTo.BOOKING, row.id))

    def _take_turns(self) -> None:
        """Let forms of one person, sent from two windows at one moment, follow each other."""
        if self.inquiry is not None:
            Inquiry.objects.select_for_update(no_key=True).get(id=self.inquiry.id)
        if self.known is not None:
            Patient.objects.select_for_update(no_key=True).get(id=self.known.id)

    def _refuse_second(self, patient: Patient, places: Sequence[Place]) -> None:
        """Refuse a second visit of a discipline that is still to come; staff know what they do."""
        for place in () if self.by_staff else places:
            there = offers.upcoming(place.discipline, patient_id=patient.id, inquiry=self.inquiry, now=self.now)
            if there is not None:
                raise BookedAlready(there.booking_id)


def book(
    actor: Actor,
    *,
    clinic_id: UUID,
    inquiry_id: UUID | None,
    person: Person | None,
    times: Sequence[Chosen],
    note: str,
    form_key: str,
    patient_id: UUID | None = None,
    kind: str = EVALUATION,
    rule_met: bool = False,
    now: datetime | None = None,
) -> BookingMade:
    """Book all of `times` or none. The same form sent twice (`form_key`) makes one booking.

    Who acts gives their inquiry; staff, or who is signed in as a patient, may give `patient_id` instead of `person`.
    `rule_met`: staff have looked at the referral rule already (`services.telephone`).
    Raises: TimeTaken, DangerSaid, NotBookable, BookedAlready, BadPerson, BadBooking, NotFound.
    """
    _check_form(times, note, form_key)
    inquiry = inquiry_for(actor, inquiry_id, clinic_id)
    if inquiry is None and patient_id is None and not is_staff(actor, clinic_id):
        raise NotFound
    form = _Form(
        actor=actor,
        clinic=clinic_row(clinic_id),
        inquiry=inquiry,
        person=person,
        known=None if patient_id is None else known_patient(actor, clinic_id, patient_id),
        times=tuple(times),
        note=note,
        form_key=form_key,
        kind=kind,
        rule_met=rule_met,
        now=now or datetime.now(UTC),
    )
    done = form.made_before() or form.book()
    actor.booking_ids |= {done.booking_id}
    actor.reads(patients=Booking.objects.filter(id=done.booking_id).values_list("patient_id", flat=True))
    return done


def cancel(
    actor: Actor,
    booking_id: UUID,
    *,
    reason: CancelReason,
    appointment_id: UUID | None = None,
    now: datetime | None = None,
) -> None:
    """Cancel a booking or one visit of it, free its time and offer that to the waiting list. Twice is once.

    Raises: NotFound; NotAllowed (of `reable.book`) with why not.
    """
    now = now or datetime.now(UTC)
    with transaction.atomic():
        row = open_booking(actor, booking_id)
        lock_clinic(row.clinic_id)
        wanted = row.appointments.filter(replaced_by__isnull=True).order_by("starts_at", "id")
        wanted = wanted if appointment_id is None else wanted.filter(id=appointment_id)
        both = [locked(actor, one) for one in wanted.values_list("id", flat=True)]
        if not both:
            raise NotFound
        on = [(visit, before) for visit, before in both if before.state in (VisitState.BOOKED, VisitState.ARRIVED)]
        over = [one for one in both if one[1].state != VisitState.CANCELLED]
        for visit, before in on or over:
            _refuse_moved(actor, visit, before, reason)
            step(actor, visit, before, VisitAct.CANCEL, now=now, reason=reason)
            drop([visit.id], now=now)
            tell(MessageKind.CANCELLED, visit, now=now)
            _follow_cancelled(actor, visit, reason, now)
        if reason not in _CLINIC_REASONS:
            for visit, _ in on:
                offers.offer_next(Freed.by(visit), now=now)


def move(actor: Actor, appointment_id: UUID, chosen: Chosen, *, now: datetime | None = None) -> BookingMade:
    """Move a visit: the old time is given back and the new one claimed in one act. The same move twice is one.

    The new visit takes the place of the old one in its booking and in people's calendars.
    Raises: TimeTaken, NotBookable, NotFound; NotAllowed (of `reable.book`) with why not.
    """
    now = now or datetime.now(UTC)

    def attempt() -> UUID:
        old, before = _turn(actor, appointment_id)
        if _is_there(old, before, chosen):
            return old.booking_id
        step(actor, old, before, VisitAct.CANCEL, now=now, reason=CancelReason.MOVED)
        opened, places = look_up(actor, old.clinic_id, [chosen], age=old.patient.age, now=now, kind=old.visit_type.kind)
        if places[0].discipline != old.discipline:
            raise TimeTaken
        row = visit_at(old.booking, opened, places[0])
        row.replaces = old
        drop([old.id], now=now)
        settle(actor, [row], now, kind=MessageKind.MOVED)
        offers.offer_next(Freed.by(old), now=now)
        return old.booking_id

    booking_id = _tried(attempt)
    return BookingMade(booking_id=booking_id, secret=secret_of(LinkTo.BOOKING, booking_id))


def _tried(attempt: Callable[[], Made]) -> Made:
    """Do it in a transaction; again if a room, or the same form sent twice, came between. Raises: TimeTaken."""
    for number in range(1, TRIES + 1):
        try:
            with transaction.atomic():
                return attempt()
        except JustTaken as error:
            lost: Exception = error
        except IntegrityError as error:
            if number == TRIES:
                raise
            lost = error
    raise TimeTaken from lost


def _check_form(times: Sequence[Chosen], note: str, form_key: str) -> None:
    """Refuse what no page of ours sends. Raises: BadBooking."""
    faults = []
    if not 1 <= len(times) <= len(Discipline) or any(one.starts_at.utcoffset() is None for one in times):
        faults.append("times")
    if len(note) > LONGEST_NOTE or "\x00" in note:
        faults.append("note")
    plain = form_key.isascii() and all(letter.isalnum() or letter in "-_" for letter in form_key)
    if not plain or not KEY_LETTERS[0] <= len(form_key) <= KEY_LETTERS[1]:
        faults.append("form_key")
    if faults:
        raise BadBooking(tuple(faults))


def _booking(patient: Patient, inquiry: Inquiry | None, note: str, form_key: str, now: datetime) -> Booking:
    if inquiry is not None and not inquiry.bookings.exclude(clinic_id=patient.clinic_id).exists():
        Inquiry.objects.filter(id=inquiry.id).update(clinic_id=patient.clinic_id)  # the clinic sees it from now on
    id_ = uuid4()
    return Booking.objects.create(
        id=id_,
        clinic=patient.clinic,
        patient=patient,
        inquiry=inquiry,
        note=note.strip(),
        digest=digest_of(secret_of(LinkTo.BOOKING, id_)),
        form_key=form_key,
        made_at=now,
    )


def _ask_staff(
    clinic: Clinic,
    patient: Patient,
    inquiry: Inquiry | None,
    rows: Sequence[Appointment],
    screened: Screened,
    now: datetime,
) -> None:
    """Have somebody call where the time is later than it should be, and a therapist look where something was told."""
    therapist = therapist_of(Discipline(rows[0].discipline))
    if screened.excused:
        within = CHECK_WITHIN_MINUTES
        write_task(TaskKind.CHECK_DANGER, therapist, clinic=clinic, patient_id=patient.id, now=now, within=within)
    elif screened.tell:
        write_task(TaskKind.READ_NOTE, therapist, clinic=clinic, patient_id=patient.id, now=now)
    in_time = now + core.in_time_days(_priority(inquiry)) * _DAY
    if min(row.starts_at for row in rows) > in_time:
        write_task(TaskKind.CALL, Role.FRONT_DESK, clinic=clinic, patient_id=patient.id, now=now)


def _priority(inquiry: Inquiry | None) -> Priority:
    latest = None if inquiry is None else inquiry.recommendations.order_by("-at").first()
    return Priority.ROUTINE if latest is None else Priority(latest.record.get("therapy_priority", Priority.ROUTINE))


def _turn(actor: Actor, appointment_id: UUID) -> tuple[Appointment, AppointmentStatus]:
    lock_clinic(open_appointment(actor, appointment_id).clinic_id)
    return locked(actor, appointment_id)


def _is_there(old: Appointment, before: AppointmentStatus, chosen: Chosen) -> bool:
    """Test if the visit is at that time, or was moved to it already."""
    wanted = Q(therapist_id=chosen.therapist_id, location_id=chosen.location_id, starts_at=chosen.starts_at)
    same = Q(replaces=old) if before.state == VisitState.CANCELLED else Q(id=old.id)
    return Appointment.objects.filter(wanted & same).exists()


def _refuse_moved(actor: Actor, row: Appointment, before: AppointmentStatus, reason: CancelReason) -> None:
    """To move is an act of its own. Raises: NotAllowed (of `reable.book`)."""
    if reason is CancelReason.MOVED:
        raise core.NotAllowed(
            state=VisitState(before.state),
            act=VisitAct.CANCEL,
            role=roles_in(actor, row.booking)[0],
            refusal=Refusal.REASON_NOT_ALLOWED,
        )


def _follow_cancelled(actor: Actor, row: Appointment, reason: CancelReason, now: datetime) -> None:
    """Give a referral back to be booked again; have somebody call who still needs a time."""
    discipline = Discipline(row.discipline)
    first = row.visit_type.kind == EVALUATION  # a referral waits for this one, not for what follows
    given_back = first and follow_visit(actor, row.patient_id, discipline, ReferralAct.NOT_SEEN, now=now)
    waits = first and referral_in(ReferralState.BOOKED, row.patient_id, row.clinic_id, discipline) is not None
    if given_back or waits or reason in _CALL_REASONS:
        write_task(TaskKind.REBOOK, Role.FRONT_DESK, clinic=row.clinic, patient_id=row.patient_id, now=now)
