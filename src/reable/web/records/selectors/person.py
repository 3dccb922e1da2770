"""One person as a therapist sees them: their words, what was understood and added up, every danger and its answers.

Only therapists of the clinic read this (S31). What was told in confidence (S13) is withheld: that part of the answer
is missing is said, what it is not.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from reable.book import ReferralState, VisitState
from reable.terms import Answer, BodySide, Discipline, Door, Language, Polarity, Priority, Site
from reable.web import core
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.finding import Danger, Finding, Record, asks_in_private, derived, finding_of, is_private
from reable.web.records.inquiry_state import InquiryState, state_from
from reable.web.records.models import Appointment, Booking, Clinic, Decision, Inquiry, InquiryEntry, Referral
from reable.web.records.selectors.bookings import latest
from reable.web.records.selectors.governance import withdrawn_in
from reable.web.records.selectors.people import Need, needs_of, visible_inquiries
from reable.web.records.selectors.referrals import standing_of

LIMITATION = "limitation:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything that was told and the answer to it. For services and selectors only: it holds a row."""

    inquiry: Inquiry
    state: InquiryState
    last_entry: int
    finding: Finding | None
    kept_id: UUID | None  # the row that holds this very answer
    kept_at: datetime | None  # when an answer was last shown


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerSeen:
    """A red flag with all that speaks to it. `checked` is what the person said of a clinician's look (S5)."""

    key: str
    words: tuple[str, ...]
    open: bool
    not_now: bool
    checked: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A decision that was made."""

    at: datetime
    by: str
    discipline: Discipline
    decision: str
    door: Door
    reason: str
    danger_cleared: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BookedVisit:
    """A visit of this person; `starts` is the clinic's clock."""

    appointment_id: UUID
    starts: datetime
    discipline: Discipline
    therapist: str
    state: VisitState


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorsWish:
    """A referral of this person that is not closed: what a doctor ordered stands (S17)."""

    referral_id: UUID
    discipline: Discipline
    physician: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSeen:
    """One person. Times are the clinic's clock; `words` is empty where they are withheld."""

    inquiry_id: UUID
    names: tuple[str, ...]
    contacts: tuple[str, ...]
    asked: datetime
    language: Language
    relation: str
    agrees: str
    age: int | None
    withheld: bool
    words: str
    spans: tuple[tuple[int, int], ...]
    activities: tuple[str, ...]
    sites: tuple[tuple[Site, BodySide], ...]
    needs: tuple[Need, ...]
    taken_back: Mapping[str, Polarity]
    sides: Mapping[str, BodySide]
    dangers: tuple[DangerSeen, ...]
    asked_danger: tuple[tuple[str, Answer], ...]
    pending: tuple[str, ...]
    danger_open: bool
    door: Door
    target: Door
    priority: Priority
    record: Record
    withdrawn: tuple[str, ...]  # items that the answer rests on and the clinic has switched off (S41)
    last_entry: int
    shown_at: datetime | None
    visits: tuple[BookedVisit, ...]
    wishes: tuple[DoctorsWish, ...]
    decisions: tuple[Made, ...]


def person(actor: Actor, inquiry_id: UUID, *, now: datetime | None = None) -> PersonSeen:
    """Show one person. Raises: NotAllowed, Unscoped, NotFound for foreign, missing, forgotten, and who said nothing."""
    actor.must_be(ActorKind.PT, ActorKind.OT, to="see what somebody told")
    told = told_to_clinic(actor, inquiry_id, now or datetime.now(UTC))
    if told.finding is None:
        raise NotFound
    zone = ZoneInfo(Clinic.objects.values_list("time_zone", flat=True).get(id=actor.clinic))
    bookings = Booking.objects.filter(inquiry=told.inquiry, clinic_id=actor.clinic).order_by("made_at")
    patients = {row.patient_id: row.patient for row in bookings.select_related("patient")}
    actor.reads(patients=patients)
    visits = Appointment.objects.filter(booking__inquiry=told.inquiry, clinic_id=actor.clinic)
    finding, state = told.finding, told.state
    return PersonSeen(
        inquiry_id=inquiry_id,
        names=tuple(dict.fromkeys(one.name for one in patients.values())),
        contacts=tuple(dict.fromkeys(way for one in patients.values() for way in (one.telephone, one.email) if way)),
        asked=_wall(told.inquiry.begun_at, zone),
        language=state.language,
        relation=state.relation,
        agrees=agreement_on(told.inquiry),
        age=state.age if state.age is not None else (finding.record.get("derivation") or {}).get("age"),
        withheld=finding.is_private,
        words="" if finding.is_private else words_in(finding.record),
        spans=() if finding.is_private else tuple(_spans(finding)),
        activities=state.activities,
        sites=state.sites,
        needs=needs_of(finding),
        taken_back={} if finding.is_private else state.taken_back,
        sides={} if finding.is_private else state.sides,
        dangers=tuple(_dangers(finding, state)),
        asked_danger=tuple(_asked_danger(state)),
        pending=finding.pending,
        danger_open=finding.is_dangerous,
        door=finding.door,
        target=finding.target,
        priority=finding.priority,
        record=finding.record,
        withdrawn=withdrawn_in(actor.clinic, finding.record),
        last_entry=told.last_entry,
        shown_at=None if told.kept_at is None else _wall(told.kept_at, zone),
        visits=tuple(visits_among(visits, zone)),
        wishes=tuple(_wishes(patients, actor.clinic)),
        decisions=tuple(_made(told.inquiry, actor.clinic, zone)),
    )


def told_to_clinic(actor: Actor, inquiry_id: UUID, now: datetime) -> Told:
    """Read everything of an inquiry that the actor's clinic may see. For services and selectors. Raises: NotFound."""
    inquiry = visible_inquiries(actor.clinic, now).filter(id=inquiry_id).first()
    if inquiry is None:
        raise NotFound
    actor.reads(inquiries=[inquiry_id])
    entries = list(InquiryEntry.objects.filter(inquiry=inquiry).order_by("id"))
    state = state_from(inquiry.id, inquiry.clinic_id, ((entry.kind, entry.data) for entry in entries))
    kept = inquiry.recommendations.order_by("-at").first()
    is_fresh = kept is not None and bool(entries) and kept.at >= max(entry.at for entry in entries)
    record = kept.record if kept is not None and is_fresh else derived(state)
    same = kept is not None and kept.record == record
    return Told(
        inquiry=inquiry,
        state=state,
        last_entry=entries[-1].pk if entries else 0,
        finding=None if record is None else finding_of(record),
        kept_id=kept.id if kept is not None and same else None,
        kept_at=None if kept is None else kept.at,
    )


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)


def words_in(record: Record) -> str:
    """Give all that was said, as it was said. For selectors."""
    told = record["inquiry"]
    return told["text"] if told["goal"] is None else f"{told['text']}\n{told['goal']}"


def _spans(finding: Finding) -> Iterator[tuple[int, int]]:
    """Mark what the answer rests on: limitations, conditions, dangers."""
    for one in finding.record["derivation"]["mentions"]:
        aside = one["doubted"] or one.get("in_passing", False)  # records of before knew no "in passing"
        if one["kind"] in ("limitation", "condition") and not aside:
            yield one["start"], one["end"]
    for danger in finding.shown:
        yield from danger.spans


def _dangers(finding: Finding, state: InquiryState) -> Iterator[DangerSeen]:
    """List what was raised and what was set aside; then what was called "not now" and stands no more."""
    raised: dict[str, Danger | None] = {danger.key: danger for danger in finding.shown}
    aside = [key for key in (*finding.set_aside, *state.not_now, *state.checked) if not is_private(key)]
    for key in dict.fromkeys((*raised, *aside)):
        danger = raised.get(key)
        yield DangerSeen(
            key=key,
            words=danger.words if danger else (),
            open=danger is not None,
            not_now=key in state.not_now,
            checked=state.checked.get(key, {}),
        )


def _asked_danger(state: InquiryState) -> Iterator[tuple[str, Answer]]:
    for key, answer in state.answers.items():
        if key in core.knowledge().questions and not asks_in_private(key):
            yield key, answer


def agreement_on(inquiry: Inquiry) -> str:
    """Tell whether the person knows that somebody asks for them, and agrees (S30); empty if it was not asked."""
    said = [data.get("agrees", "") for data in inquiry.entries.filter(kind="about").values_list("data", flat=True)]
    return next((str(one) for one in reversed(said) if one), "")


def visits_among(rows: QuerySet[Appointment], zone: ZoneInfo) -> Iterator[BookedVisit]:
    """List those of these visits that were booked and not moved since. For selectors."""
    found = rows.filter(replaced_by__isnull=True).annotate(state=latest("state")).filter(state__isnull=False)
    for row in found.select_related("therapist").order_by("starts_at", "id"):
        yield BookedVisit(
            appointment_id=row.id,
            starts=_wall(row.starts_at, zone),
            discipline=Discipline(row.discipline),
            therapist=row.therapist.name,
            state=VisitState(row.state),
        )


def _wishes(patients: Iterable[UUID], clinic_id: UUID) -> Iterator[DoctorsWish]:
    rows = Referral.objects.filter(patient_id__in=list(patients), clinic_id=clinic_id).order_by("entered_at")
    for row in rows.select_related("clinic").prefetch_related("statuses"):
        state = standing_of(row).state
        if state is not ReferralState.DRAFTED and not state.is_final:
            yield DoctorsWish(referral_id=row.id, discipline=Discipline(row.discipline), physician=row.physician_name)


def _made(inquiry: Inquiry, clinic_id: UUID, zone: ZoneInfo) -> Iterator[Made]:
    rows = Decision.objects.filter(recommendation__inquiry=inquiry, clinic_id=clinic_id).select_related("by")
    for row in rows.order_by("at"):
        yield Made(
            at=_wall(row.at, zone),
            by=str(row.by),
            discipline=Discipline(row.discipline),
            decision=row.decision,
            door=Door(row.door),
            reason=row.reason,
            danger_cleared=row.danger_cleared,
        )
