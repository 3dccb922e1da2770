"""A freed time, offered to one person of the waiting list after the other and held for them meanwhile.

An offered time is held as firmly as a booked one: an appointment without any status claims its quarter hours, so the
one rule of booking keeps it. It belongs to a booking whose form key names the offer. Taking the offer gives it its
first status; refusing, leaving or letting the time pass deletes it, and the time goes to who is next. For services
only, and always under the clinic's lock (`visits.lock_clinic`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from reable import book
from reable.book import AgeGroup, Interval, Need, Offer, OfferAnswer, ReferralState, Role, Slot, VisitState
from reable.terms import Discipline, Language, Priority, Specialty
from reable.web.records.digest import digest_of
from reable.web.records.models import Appointment, Booking, Inquiry, Task, WaitingListEntry, WaitingListOffer
from reable.web.records.selectors.bookings import latest
from reable.web.records.selectors.openings import EVALUATION, Openings, Post, openings
from reable.web.records.selectors.referrals import referral_in
from reable.web.records.selectors.slots import DIRECT
from reable.web.records.services.access import LinkTo, link_to, secret_of
from reable.web.records.services.reminders import (
    MessageKind,
    TaskKind,
    drop_about,
    moment_in_words,
    tell_waiting,
    write_task,
)
from reable.web.records.services.visits import JustTaken, claim

HOLDS_MINUTES = (240, 120, 60)  # judgement: half a waking day to decide, less where the time is soon
CALL_WITHIN_MINUTES = 30  # an offer by telephone: the time to decide runs already
_DAY = timedelta(days=1)
_ANSWERS = {"taken": OfferAnswer.TAKEN, "refused": OfferAnswer.REFUSED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Freed:
    """A time that became free."""

    clinic_id: UUID
    therapist_id: UUID
    location_id: UUID
    when: Interval
    given_back_by: UUID  # the patient: it is not offered to them again

    @classmethod
    def by(cls, row: Appointment) -> "Freed":
        """Name the time of a visit that is not held any more."""
        return cls(
            clinic_id=row.clinic_id,
            therapist_id=row.therapist_id,
            location_id=row.location_id,
            when=Interval(start=row.starts_at, end=row.ends_at),
            given_back_by=row.patient_id,
        )


def offer_next(freed: Freed, *, now: datetime) -> bool:
    """Offer a freed time to who is next, and hold it for them; gives whether it suits anybody."""
    if freed.when.start <= now:
        return False
    day = freed.when.start.date()
    opened = openings(
        freed.clinic_id, now=now, first_day=day - _DAY, last_day=day + _DAY, therapists=[freed.therapist_id]
    )
    post = opened.post(freed.therapist_id, freed.location_id)
    if post is None or not post.is_free(freed.when):
        return False  # they are away, the place is closed, or somebody booked it meanwhile
    discipline = Discipline(post.therapist.discipline)
    if discipline not in opened.rules:
        return False  # no rule any more: nobody books this without a call (S25)
    rows = _waiting(opened, discipline, freed, now=now)
    for hold in HOLDS_MINUTES:
        while (offer := _choose(rows, opened, post, freed, hold=hold, now=now)) is not None:
            entry = rows.pop(offer.entry)
            if _hold(entry, offer, opened, post, now):
                return True  # else they are elsewhere at that time, or somebody books it at this very moment
    return False


def hold_of(offer: WaitingListOffer) -> Appointment | None:
    """Give the appointment that holds an open offer's time."""
    rows = Appointment.objects.select_related("booking", "clinic", "location", "patient", "therapist")
    return rows.filter(booking__form_key=_form_key(offer.id)).first()


def answer_to(offer: WaitingListOffer, answer: str, *, now: datetime) -> None:
    """Write the answer to an offer; what was not sent about it is not sent any more."""
    offer.answer, offer.answered_at = answer, now
    offer.save(update_fields=["answer", "answered_at"])
    drop_about(offer.id, now=now)


def close(offer: WaitingListOffer, answer: str, *, now: datetime) -> Freed:
    """End an offer that is not taken, and give its time back."""
    answer_to(offer, answer, now=now)
    Booking.objects.filter(form_key=_form_key(offer.id)).delete()  # a hold: never a booking, no status, no history
    return Freed(
        clinic_id=offer.entry.clinic_id,
        therapist_id=offer.therapist_id,
        location_id=offer.location_id,
        when=Interval(start=offer.starts_at, end=offer.starts_at + timedelta(minutes=offer.minutes)),
        given_back_by=offer.entry.patient_id,
    )


def upcoming(discipline: str, *, patient_id: UUID, now: datetime, inquiry: Inquiry | None = None) -> Appointment | None:
    """Find an evaluation of this discipline that a patient has already, or that was booked on the same way."""
    whose = Q(patient_id=patient_id)
    if inquiry is not None:
        whose |= Q(booking__inquiry=inquiry)
    rows = Appointment.objects.filter(whose, discipline=discipline, starts_at__gt=now, visit_type__kind=EVALUATION)
    rows = rows.select_related("booking", "clinic", "location", "patient", "therapist")
    return rows.annotate(state=latest("state")).filter(state=VisitState.BOOKED).order_by("starts_at").first()


def _waiting(opened: Openings, discipline: Discipline, freed: Freed, *, now: datetime) -> dict[str, WaitingListEntry]:
    """Read who waits; not those who have a visit before this time anyway, nor who gave it back."""
    rows = WaitingListEntry.objects.filter(clinic=opened.clinic, discipline=discipline.value, left_at__isnull=True)
    rows = rows.filter(patient__erased_at__isnull=True).select_related("patient", "clinic")
    booked = Appointment.objects.filter(
        clinic=opened.clinic, discipline=discipline.value, starts_at__gt=now, starts_at__lte=freed.when.start
    )
    served = booked.annotate(state=latest("state")).filter(state=VisitState.BOOKED).values_list("patient_id", flat=True)
    found = rows.exclude(patient_id__in=[*served, freed.given_back_by])
    direct = opened.rules[discipline] == DIRECT
    return {
        str(row.id): row
        for row in found
        if direct or referral_in(ReferralState.ACCEPTED, row.patient_id, row.clinic_id, discipline) is not None
    }


def _choose(
    rows: dict[str, WaitingListEntry], opened: Openings, post: Post, freed: Freed, *, hold: int, now: datetime
) -> Offer | None:
    made = WaitingListOffer.objects.filter(entry__in=rows.values()).select_related("entry")
    called = _called(rows.values())
    return book.next_offer(
        [_entry(row, opened, post, called.get(row.patient_id)) for row in rows.values()],
        [_offer(one) for one in made],
        freed=Slot(when=freed.when, therapist=str(freed.therapist_id), location=str(freed.location_id)),
        freed_at=now,
        therapist=post.offers,
        location=post.place,
        now=now,
        hold=hold,
        zone=opened.zone,
    )


def _entry(row: WaitingListEntry, opened: Openings, post: Post, called: datetime | None) -> book.WaitingListEntry:
    discipline = Discipline(row.discipline)
    spoken = [language for language in Language if language.value == row.language]
    return book.WaitingListEntry(
        key=str(row.id),
        need=Need(
            discipline=discipline,
            specialties=frozenset(one for one in Specialty if one.value in row.specialties),
            age_group=None if row.patient.age is None else AgeGroup.of(row.patient.age),
            language=next(iter([*spoken, *sorted(post.offers.languages), Language.EN])),
            step_free=False,  # who needs it waits for a location
        ),
        priority=Priority(row.priority),
        joined=row.joined_at,
        minutes=opened.visit_types[discipline].minutes,
        notice=opened.clinic.notice_minutes,
        locations=frozenset() if row.location_id is None else frozenset({str(row.location_id)}),
        suits=(),
        called=called,
    )


def _offer(row: WaitingListOffer) -> Offer:
    when = Interval(start=row.starts_at, end=row.starts_at + timedelta(minutes=row.minutes))
    return Offer(
        entry=str(row.entry_id),
        slot=Slot(when=when, therapist=str(row.therapist_id), location=str(row.location_id)),
        made_at=row.offered_at,
        expires_at=row.expires_at,
        by_telephone=False,
        answer=_ANSWERS.get(row.answer, OfferAnswer.NONE_YET),
    )


def _called(rows: Iterable[WaitingListEntry]) -> dict[UUID, datetime]:
    """Find when somebody last spoke with each patient about a freed time."""
    done = Task.objects.filter(
        patient_id__in=[row.patient_id for row in rows], kind=TaskKind.OFFER_CALL, done_at__isnull=False
    )
    return {one.patient_id: one.done_at for one in done.order_by("done_at") if one.patient_id and one.done_at}


def _hold(entry: WaitingListEntry, offer: Offer, opened: Openings, post: Post, now: datetime) -> bool:
    try:
        with transaction.atomic():
            made = _write(entry, offer, opened, post, now)
    except JustTaken:
        return False
    ways = () if offer.by_telephone else _tell(entry, made, opened.zone, now)
    if not ways:
        write_task(
            TaskKind.OFFER_CALL,
            Role.FRONT_DESK,
            clinic=opened.clinic,
            patient_id=entry.patient_id,
            now=now,
            within=CALL_WITHIN_MINUTES,
        )
    return True


def _write(entry: WaitingListEntry, offer: Offer, opened: Openings, post: Post, now: datetime) -> WaitingListOffer:
    when, booking_id = offer.slot.when, uuid4()
    made = WaitingListOffer.objects.create(
        entry=entry,
        therapist=post.therapist,
        location=post.location,
        starts_at=when.start,
        minutes=when.minutes,
        offered_at=now,
        expires_at=offer.expires_at,
    )
    held = Booking.objects.create(
        id=booking_id,
        clinic=opened.clinic,
        patient=entry.patient,
        digest=digest_of(secret_of(LinkTo.BOOKING, booking_id)),
        form_key=_form_key(made.id),
        made_at=now,
    )
    row = Appointment.objects.create(
        clinic=opened.clinic,
        booking=held,
        patient=entry.patient,
        therapist=post.therapist,
        location=post.location,
        room=post.room(when),
        visit_type=opened.visit_types[Discipline(entry.discipline)],
        discipline=entry.discipline,
        starts_at=when.start,
        ends_at=when.end,
    )
    claim([row])
    return made


def _tell(entry: WaitingListEntry, offer: WaitingListOffer, zone: ZoneInfo, now: datetime) -> tuple[book.Channel, ...]:
    link = link_to(LinkTo.WAITING, entry.id, entry.digest)
    with translation.override(entry.patient.language):
        lines = (
            _("A time is free for you: {when}").format(when=moment_in_words(offer.starts_at, zone)),
            _("We keep it for you until: {until}").format(until=moment_in_words(offer.expires_at, zone)),
            _("Say yes or no here: {link}").format(link=link),
            _("If you say nothing, you keep your place on the list."),
            _("Call us: {telephone}").format(telephone=entry.clinic.telephone),
        )
    return tell_waiting(MessageKind.OFFER, entry.patient, offer.id, lines, now=now) if link else ()


def _form_key(offer_id: UUID) -> str:
    return f"offer:{offer_id}"
