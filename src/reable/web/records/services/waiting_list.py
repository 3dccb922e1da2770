"""The waiting list: join, leave, take or refuse a freed time, and what happens when nobody answers."""

from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from reable.book import CancelReason, OfferIsOver, ReferralAct, Role, VisitState
from reable.terms import Discipline
from reable.web.records.actor import Actor, NotFound
from reable.web.records.digest import digest_of
from reable.web.records.models import (
    Appointment,
    Booking,
    Inquiry,
    Location,
    Patient,
    WaitingListEntry,
    WaitingListOffer,
)
from reable.web.records.selectors.openings import clinic_row
from reable.web.records.selectors.slots import Wish, free_times
from reable.web.records.selectors.waiting_list import open_entry, open_offer
from reable.web.records.services import offers
from reable.web.records.services.access import BookingMade, Joined, LinkTo, link_to, secret_of
from reable.web.records.services.offers import Freed
from reable.web.records.services.persons import BadPerson, Person, patient_for
from reable.web.records.services.referrals import check_rule, follow_visit, rule_of
from reable.web.records.services.reminders import (
    MessageKind,
    TaskKind,
    drop,
    drop_about,
    remind,
    tell,
    tell_waiting,
    write_task,
)
from reable.web.records.services.safeguarding import notice
from reable.web.records.services.screening import inquiry_for, screen
from reable.web.records.services.visits import lock_clinic, write_state


def join(
    actor: Actor,
    *,
    clinic_id: UUID,
    inquiry_id: UUID | None,
    person: Person | None,
    wish: Wish,
    patient_id: UUID | None = None,
    now: datetime | None = None,
) -> Joined:
    """Put somebody on the waiting list; who waits for this discipline already keeps their place.

    Who needs step-free access waits for a location. A person calls where no time is soon enough (S21).
    Raises: NotFound, BadPerson, DangerSaid, NotBookable.
    """
    now = now or datetime.now(UTC)
    clinic = clinic_row(clinic_id)
    inquiry = inquiry_for(actor, inquiry_id, clinic_id)
    screen(inquiry, "", language=wish.language, country=clinic.country, age=wish.age)
    rule = rule_of(clinic_id, wish.discipline)
    check_rule(clinic_id, wish.discipline, rule=rule, patient_id=patient_id)
    location = _location(clinic_id, wish)
    soonest = free_times(actor, clinic_id, wish, most=1, now=now)
    with transaction.atomic():
        lock_clinic(clinic_id)
        patient = patient_for(actor, clinic_id, person, patient_id=patient_id, inquiry=inquiry, now=now)
        entry = WaitingListEntry.objects.filter(
            patient=patient, discipline=wish.discipline.value, left_at__isnull=True
        ).first()
        if entry is None:
            entry = _enter(patient, inquiry, wish, location, now)
            if inquiry is not None:
                Inquiry.objects.filter(id=inquiry.id, clinic__isnull=True).update(clinic_id=clinic_id)
                notice(Inquiry.objects.get(id=inquiry.id), now=now)  # the clinic sees it from now on
        if soonest.call_needed:
            write_task(TaskKind.CALL, Role.FRONT_DESK, clinic=clinic, patient_id=patient.id, now=now)
    actor.reads(patients=[entry.patient_id])
    return Joined(entry_id=entry.id, secret=secret_of(LinkTo.WAITING, entry.id))


def leave(
    actor: Actor, *, entry_id: UUID | None = None, digest: str | None = None, now: datetime | None = None
) -> None:
    """Leave the list; an offered time goes to who is next. Twice is once. Raises: NotFound."""
    now = now or datetime.now(UTC)
    with transaction.atomic():
        entry = _locked(actor, entry_id, digest)
        if entry.left_at is not None:
            return
        offer = open_offer(entry)
        WaitingListEntry.objects.filter(id=entry.id).update(left_at=now)
        drop_about(entry.id, now=now)
        if offer is not None:
            offers.offer_next(offers.close(offer, "refused", now=now), now=now)


def refuse_offer(
    actor: Actor, *, entry_id: UUID | None = None, digest: str | None = None, now: datetime | None = None
) -> None:
    """Say no to the offered time and keep the place on the list. Raises: NotFound, OfferIsOver."""
    now = now or datetime.now(UTC)
    with transaction.atomic():
        entry = _locked(actor, entry_id, digest)
        offer, _ = _standing_offer(entry, now)
        offers.offer_next(offers.close(offer, "refused", now=now), now=now)


def take_offer(
    actor: Actor, *, entry_id: UUID | None = None, digest: str | None = None, now: datetime | None = None
) -> BookingMade:
    """Take the offered time. A later visit that the person had is exchanged for it, and offered in turn. Twice is once.

    Raises: NotFound, OfferIsOver.
    """
    now = now or datetime.now(UTC)
    with transaction.atomic():
        entry = _locked(actor, entry_id, digest)
        if entry.left_at is not None:
            return _taken_before(actor, entry)
        offer, row = _standing_offer(entry, now)
        earlier = offers.upcoming(entry.discipline, patient_id=entry.patient_id, now=now)
        offers.answer_to(offer, "taken", now=now)
        WaitingListEntry.objects.filter(id=entry.id).update(left_at=now)
        write_state(actor, row, VisitState.BOOKED, now=now)
        if earlier is None:
            Booking.objects.filter(id=row.booking_id).update(inquiry=entry.inquiry_id)
            follow_visit(actor, row.patient_id, Discipline(row.discipline), ReferralAct.BOOK, now=now)
        else:
            _exchange(actor, earlier, row, now)
        tell(MessageKind.BOOKED if earlier is None else MessageKind.MOVED, row, now=now)
        remind(row, now=now)
        if entry.inquiry is not None:
            notice(entry.inquiry, now=now)
    actor.booking_ids |= {row.booking_id}
    return BookingMade(booking_id=row.booking_id, secret=secret_of(LinkTo.BOOKING, row.booking_id))


def expire_offers(now: datetime) -> tuple[int, int]:
    """End the offers whose time is over and make the next ones; gives how many of each."""
    due = WaitingListOffer.objects.filter(answered_at__isnull=True, expires_at__lte=now)
    expired = made = 0
    for offer_id, clinic_id in due.order_by("expires_at").values_list("id", "entry__clinic_id"):
        with transaction.atomic():
            lock_clinic(clinic_id)
            offer = due.filter(id=offer_id).first()
            if offer is None:
                continue  # answered, or ended by another tick
            expired += 1
            made += offers.offer_next(offers.close(offer, "expired", now=now), now=now)
    return expired, made


def _location(clinic_id: UUID, wish: Wish) -> Location | None:
    """Give the location that somebody waits for. Raises: NotFound; BadPerson where one must be chosen."""
    rows = Location.objects.filter(clinic_id=clinic_id, closed_for_good_at__isnull=True)
    if wish.location_id is not None:
        row = rows.filter(id=wish.location_id).first()
        if row is None:
            raise NotFound
        return row
    if not wish.step_free:
        return None
    step_free = list(rows.filter(step_free=True)[:2])
    if len(step_free) != 1:
        raise BadPerson(("location",))
    return step_free[0]


def _enter(
    patient: Patient, inquiry: Inquiry | None, wish: Wish, location: Location | None, now: datetime
) -> WaitingListEntry:
    id_ = uuid4()
    entry = WaitingListEntry.objects.create(
        id=id_,
        clinic_id=patient.clinic_id,
        patient=patient,
        inquiry=inquiry,
        discipline=wish.discipline,
        specialties=sorted(wish.specialties),
        location=location,
        language="" if wish.language is None else wish.language,
        priority=wish.priority,
        digest=digest_of(secret_of(LinkTo.WAITING, id_)),
        joined_at=now,
    )
    with translation.override(patient.language):
        lines = (
            _("We write to you when a time is free."),
            _("See your place, or leave the list: {link}").format(link=link_to(LinkTo.WAITING, id_, entry.digest)),
            _("Call us: {telephone}").format(telephone=patient.clinic.telephone),
        )
    tell_waiting(MessageKind.WAITING, patient, id_, lines, now=now)
    return entry


def _locked(actor: Actor, entry_id: UUID | None, digest: str | None) -> WaitingListEntry:
    """Give a place, left or not, as it is once its clinic's lock is held. Raises: NotFound."""
    lock_clinic(open_entry(actor, entry_id=entry_id, digest=digest, even_left=True).clinic_id)
    return open_entry(actor, entry_id=entry_id, digest=digest, even_left=True)


def _taken_before(actor: Actor, entry: WaitingListEntry) -> BookingMade:
    """Give the booking that came of a place which was left by taking an offer. Raises: NotFound."""
    offer = entry.offers.filter(answer="taken").first()
    row = None if offer is None else _visit_of(entry, offer)
    if row is None:
        raise NotFound
    actor.booking_ids |= {row.booking_id}
    return BookingMade(booking_id=row.booking_id, secret=secret_of(LinkTo.BOOKING, row.booking_id))


def _standing_offer(entry: WaitingListEntry, now: datetime) -> tuple[WaitingListOffer, Appointment]:
    """Give the open offer and the time that is held for it. Raises: OfferIsOver."""
    offer = open_offer(entry)
    held = None if offer is None else offers.hold_of(offer)
    if offer is None or held is None or offer.expires_at <= now:
        raise OfferIsOver("this offer was answered or has expired", hint="the place on the waiting list is kept")
    return offer, held


def _exchange(actor: Actor, earlier: Appointment, row: Appointment, now: datetime) -> None:
    """Put the taken time in the place of the visit that the person had, in the same booking, and give that one back."""
    held = row.booking_id
    row.booking, row.replaces = earlier.booking, earlier
    row.save(update_fields=["booking", "replaces"])
    Booking.objects.filter(id=held).delete()
    Appointment.objects.select_for_update().get(id=earlier.id)
    write_state(actor, earlier, VisitState.CANCELLED, now=now, reason=CancelReason.MOVED)
    earlier.claims.all().delete()
    drop([earlier.id], now=now)
    offers.offer_next(Freed.by(earlier), now=now)


def _visit_of(entry: WaitingListEntry, offer: WaitingListOffer) -> Appointment | None:
    rows = Appointment.objects.filter(patient=entry.patient, therapist=offer.therapist, starts_at=offer.starts_at)
    return rows.filter(statuses__state=VisitState.BOOKED).first()
