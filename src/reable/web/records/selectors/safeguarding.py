"""What was told in confidence, for the named safeguarding clinician of a clinic alone (S13).

To everybody else, managers and other therapists among them, there is no such page and no such thing: `NotFound`.
A disclosure is found by the id of its source: the inquiry, or the referral, that tells it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet

from reable.terms import Language
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.finding import Finding, finding_of
from reable.web.records.models import (
    Appointment,
    Disclosure,
    DisclosureAct,
    InquiryEntry,
    Patient,
    Referral,
    ReferralStatus,
    SafeContact,
)
from reable.web.records.selectors.governance import named_for_safeguarding
from reable.web.records.selectors.people import visible_inquiries
from reable.web.records.selectors.person import BookedVisit, Told, agreement_on, told_to_clinic, visits_among, words_in
from reable.web.records.selectors.places import zone_of
from reable.web.records.selectors.referrals import EDITED

A_PAGE = 20
LATE_AFTER = timedelta(hours=24)


class Standing(StrEnum):
    """Where a disclosure stands, the most pressing first."""

    LATE = "late"  # nobody has looked for a day
    NEW = "new"  # nobody has looked since something was told
    OPEN = "open"
    CLOSED = "closed"


_ORDER = list(Standing)


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureLine:
    """A disclosure in the list; times are the clinic's clock. No name: nobody gave one to this clinic yet."""

    source_id: UUID
    names: tuple[str, ...]
    flags: tuple[str, ...]
    since: datetime
    told: datetime  # the last thing that was told
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosures:
    """One page of the list."""

    lines: tuple[DisclosureLine, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Confided:
    """A private flag and the words that raised it; no words where it came of an answer."""

    flag: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Whether and how it is safe to make contact. The empty way: it is not safe."""

    way: str
    address: str
    when: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ActDone:
    """Something that was done about it."""

    kind: str
    outcome: str
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatWasTold:
    """What was told, and by whom. `physician`: who wrote it in a letter; empty where it was told on a way."""

    confided: tuple[Confided, ...]
    words: str
    spans: tuple[tuple[int, int], ...]
    language: Language
    relation: str
    agrees: str
    age: int | None
    physician: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureSeen:
    """One disclosure. Without `told` it was deleted since: only what was done stays."""

    line: DisclosureLine
    told: WhatWasTold | None
    reach: Reach | None  # None: nobody has answered
    visits: tuple[BookedVisit, ...]
    acts: tuple[ActDone, ...]


def disclosures(actor: Actor, *, page: int = 1, now: datetime | None = None) -> Disclosures:
    """List what was told in confidence: the late first, then the new, the open, the closed; each newest first.

    Raises: NotFound.
    """
    now = now or datetime.now(UTC)
    rows = {_source(row): row for row in _rows(actor, now)}
    lines = sorted(_lines(actor, rows.values(), now), key=_rank)
    pages = max(1, -(-len(lines) // A_PAGE))
    page = min(max(1, page), pages)
    cut = tuple(lines[(page - 1) * A_PAGE : page * A_PAGE])
    _note_read(actor, [rows[line.source_id] for line in cut])
    return Disclosures(lines=cut, total=len(lines), page=page, pages=pages)


def disclosure(actor: Actor, source_id: UUID, *, now: datetime | None = None) -> DisclosureSeen:
    """Show one disclosure. Raises: NotFound."""
    now = now or datetime.now(UTC)
    row = open_disclosure(actor, source_id, now)
    zone = zone_of(actor.clinic)
    (line,) = _lines(actor, [row], now)
    _note_read(actor, [row])
    told = _told(actor, row, now)
    latest = SafeContact.objects.filter(inquiry=row.inquiry).order_by("id").last() if told and row.inquiry else None
    visits = Appointment.objects.filter(_visits_of(row), clinic_id=actor.clinic)
    return DisclosureSeen(
        line=line,
        told=told,
        reach=None if latest is None else _reach(latest, zone),
        visits=tuple(visits_among(visits, zone)),
        acts=tuple(_done(one, zone) for one in row.acts.select_related("by").order_by("id")),
    )


def clinicians_of(clinic_id: UUID) -> tuple[str, ...]:
    """Name who is the safeguarding clinician of a clinic: whom staff tell at once of what they hear."""
    named = named_for_safeguarding(clinic_id).select_related("user").order_by("since")
    return tuple(dict.fromkeys(str(one.user) for one in named))


def open_disclosure(actor: Actor, source_id: UUID, now: datetime) -> Disclosure:
    """Give the row, for services and selectors only. Raises: NotFound for everybody but the named clinician."""
    rows = _rows(actor, now).filter(Q(inquiry_id=source_id) | Q(referral_id=source_id))
    row = rows.select_related("inquiry", "referral").first()
    if row is None:
        raise NotFound
    return row


def unseen(now: datetime) -> list[tuple[Disclosure, datetime]]:
    """List the disclosures of all clinics that wait for a look, each with since when. For services only."""
    found = list(Disclosure.objects.exclude(inquiry__erased_at__isnull=False).select_related("clinic"))
    told = _last_told(found)
    acts = DisclosureAct.objects.filter(disclosure__in=found)
    looked = _last(acts.values_list("disclosure_id", "at"))
    waiting = [
        (row, told[row.id] if row.id in looked else row.since)
        for row in found
        if row.id not in looked or told[row.id] > looked[row.id]
    ]
    return [(row, since) for row, since in waiting if _visible(row.clinic_id, now).filter(id=row.id).exists()]


def _rows(actor: Actor, now: datetime) -> QuerySet[Disclosure]:
    """Give the disclosures that this actor may see; of what was deleted since, those about which something was done."""
    if ActorKind.SAFEGUARDING not in actor.kinds or not actor.is_clinical:
        raise NotFound
    acted = Exists(DisclosureAct.objects.filter(disclosure=OuterRef("pk")))
    shown = Q(id__in=_visible(actor.clinic, now).values("id")) | Q(acted)
    return Disclosure.objects.filter(shown, clinic_id=actor.clinic)


def _visible(clinic_id: UUID, now: datetime) -> QuerySet[Disclosure]:
    """Give the disclosures whose source a clinic may see by now."""
    here = Q(inquiry_id__in=visible_inquiries(clinic_id, now).values("id"))
    letters = Q(referral__isnull=False, patient__erased_at__isnull=True)
    return Disclosure.objects.filter(here | letters, clinic_id=clinic_id)


def _source(row: Disclosure) -> UUID:
    source = row.inquiry_id or row.referral_id
    assert source is not None  # noqa: S101 - the database keeps none without
    return source


def _visits_of(row: Disclosure) -> Q:
    """Say which visits are of the person whom a disclosure is about."""
    return Q(booking__inquiry=row.inquiry_id, booking__inquiry__isnull=False) | Q(patient=row.patient_id)


def _lines(actor: Actor, rows: Iterable[Disclosure], now: datetime) -> Iterator[DisclosureLine]:
    """Add to each row who it was, when something was told last, and what was done since."""
    found, zone = list(rows), zone_of(actor.clinic)
    names = _names(actor.clinic, found)
    told = _last_told(found)
    acts: dict[UUID, list[DisclosureAct]] = {}
    for act in DisclosureAct.objects.filter(disclosure__in=found).order_by("id"):
        acts.setdefault(act.disclosure_id, []).append(act)
    for row in found:
        last = told[row.id]
        yield DisclosureLine(
            source_id=_source(row),
            names=names.get(row.id, ()),
            flags=tuple(row.flags),
            since=_wall(row.since, zone),
            told=_wall(last, zone),
            standing=_standing(row, last, acts.get(row.id, []), now),
        )


def _standing(row: Disclosure, told: datetime, acts: list[DisclosureAct], now: datetime) -> Standing:
    """Say where it stands: whatever is told after the last look is new again, also where it was closed."""
    if not acts or told > acts[-1].at:
        waits_since = told if acts else row.since
        return Standing.LATE if now - waits_since > LATE_AFTER else Standing.NEW
    done = [act.kind for act in acts if act.kind != "seen"]
    return Standing.CLOSED if done and done[-1] == "closed" else Standing.OPEN


def _told(actor: Actor, row: Disclosure, now: datetime) -> WhatWasTold | None:
    """Read what was told, as far as it is still there."""
    if row.referral is not None:
        return None if row.referral.patient.erased_at else _written(row.referral, row)
    try:
        told = told_to_clinic(actor, _source(row), now)
    except NotFound:
        return None
    return _said(told, row)


def _said(told: Told, row: Disclosure) -> WhatWasTold:
    """Show what was told on a way."""
    finding, state = told.finding, told.state
    return WhatWasTold(
        confided=_confided(finding, row),
        words=words_in(finding.record) if finding else state.statement,
        spans=_private_spans(finding),
        language=state.language,
        relation=state.relation,
        agrees=agreement_on(told.inquiry),
        age=state.age if state.age is not None or not finding else (finding.record["derivation"] or {}).get("age"),
    )


def _written(letter: Referral, row: Disclosure) -> WhatWasTold:
    """Show what a doctor wrote."""
    finding = finding_of(letter.record)
    return WhatWasTold(
        confided=_confided(finding, row),
        words=letter.text,
        spans=_private_spans(finding),
        language=Language(letter.patient.language),
        relation="",
        agrees="",
        age=letter.patient.age,
        physician=", ".join(part for part in (letter.physician_name, letter.physician_contact) if part),
    )


def _confided(finding: Finding | None, row: Disclosure) -> tuple[Confided, ...]:
    raised = {danger.key: danger for danger in finding.dangers if danger.private} if finding else {}
    keys = dict.fromkeys((*raised, *(finding.confided if finding else ()), *row.flags))
    return tuple(Confided(flag=key, words=raised[key].words if key in raised else ()) for key in keys)


def _private_spans(finding: Finding | None) -> tuple[tuple[int, int], ...]:
    dangers = finding.dangers if finding else ()
    return tuple(span for danger in dangers if danger.private for span in danger.spans)


def _reach(row: SafeContact, zone: ZoneInfo) -> Reach:
    return Reach(way=row.way, address=row.address, when=row.when, at=_wall(row.at, zone))


def _done(row: DisclosureAct, zone: ZoneInfo) -> ActDone:
    return ActDone(kind=row.kind, outcome=row.outcome, text=row.text, by=str(row.by), at=_wall(row.at, zone))


def _names(clinic_id: UUID, rows: list[Disclosure]) -> dict[UUID, tuple[str, ...]]:
    """Give the names that were given to this clinic."""
    here = Patient.objects.filter(clinic_id=clinic_id, erased_at__isnull=True).order_by("since")
    inquiries = [row.inquiry_id for row in rows if row.inquiry_id]
    booked = here.filter(bookings__inquiry__in=inquiries).values_list("bookings__inquiry_id", "name")
    known = here.filter(disclosures__in=rows).values_list("id", "name")
    by_inquiry: dict[UUID | None, list[str]] = {}
    for inquiry_id, name in booked:
        by_inquiry.setdefault(inquiry_id, []).append(name)
    by_patient: dict[UUID | None, list[str]] = {id_: [name] for id_, name in known}
    return {
        row.id: tuple(dict.fromkeys((*by_inquiry.get(row.inquiry_id, ()), *by_patient.get(row.patient_id, ()))))
        for row in rows
    }


def _note_read(actor: Actor, rows: list[Disclosure]) -> None:
    """Note for the audit of whom was read."""
    inquiries = [row.inquiry_id for row in rows if row.inquiry_id]
    patients = Patient.objects.filter(Q(bookings__inquiry__in=inquiries) | Q(disclosures__in=rows))
    actor.reads(inquiries=inquiries, patients=patients.filter(clinic_id=actor.clinic).values_list("id", flat=True))


def _last_told(rows: list[Disclosure]) -> dict[UUID, datetime]:
    """Give for each row when something was told last: words, an answer, how contact is safe, a changed letter."""
    sources = {_source(row) for row in rows}
    changed = ReferralStatus.objects.filter(referral__in=sources, reason=EDITED)
    told = [
        _last(InquiryEntry.objects.filter(inquiry__in=sources).values_list("inquiry_id", "at")),
        _last(SafeContact.objects.filter(inquiry__in=sources).values_list("inquiry_id", "at")),
        _last(changed.values_list("referral_id", "at")),
    ]
    return {row.id: max([row.since, *(at[_source(row)] for at in told if _source(row) in at)]) for row in rows}


def _last(rows: Iterable[tuple[UUID, datetime]]) -> dict[UUID, datetime]:
    last: dict[UUID, datetime] = {}
    for key, at in rows:
        last[key] = max(at, last.get(key, at))
    return last


def _rank(line: DisclosureLine) -> tuple[int, float]:
    return _ORDER.index(line.standing), -line.told.timestamp()


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
