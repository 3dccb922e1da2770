"""What was told in confidence, for the named safeguarding clinician of a clinic alone (S13).

To everybody else, managers and other therapists among them, there is no such page and no such thing: `NotFound`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from reable.terms import Language
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.models import Booking, Disclosure, DisclosureAct, InquiryEntry, Patient, SafeContact
from reable.web.records.selectors.people import visible_inquiries
from reable.web.records.selectors.person import BookedVisit, Told, agreement_on, told_to_clinic, visits_on, words_in
from reable.web.records.selectors.places import zone_of

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

    inquiry_id: UUID
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
    """What was told, and by whom."""

    confided: tuple[Confided, ...]
    words: str
    spans: tuple[tuple[int, int], ...]
    language: Language
    relation: str
    agrees: str
    age: int | None


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
    lines = sorted(_lines(actor, _rows(actor, now), now), key=_rank)
    pages = max(1, -(-len(lines) // A_PAGE))
    page = min(max(1, page), pages)
    cut = tuple(lines[(page - 1) * A_PAGE : page * A_PAGE])
    shown = [line.inquiry_id for line in cut]
    actor.reads(inquiries=shown, patients=_patients(actor.clinic, shown))
    return Disclosures(lines=cut, total=len(lines), page=page, pages=pages)


def disclosure(actor: Actor, inquiry_id: UUID, *, now: datetime | None = None) -> DisclosureSeen:
    """Show one disclosure. Raises: NotFound."""
    now = now or datetime.now(UTC)
    row = open_disclosure(actor, inquiry_id, now)
    zone = zone_of(actor.clinic)
    (line,) = _lines(actor, [row], now)
    actor.reads(inquiries=[inquiry_id], patients=_patients(actor.clinic, [inquiry_id]))
    told = _told(actor, inquiry_id, now)
    latest = SafeContact.objects.filter(inquiry_id=inquiry_id).order_by("id").last() if told else None
    return DisclosureSeen(
        line=line,
        told=None if told is None else _what(told, row),
        reach=None if latest is None else _reach(latest, zone),
        visits=tuple(visits_on(row.inquiry, actor.clinic, zone)),
        acts=tuple(_done(one, zone) for one in row.acts.select_related("by").order_by("id")),
    )


def open_disclosure(actor: Actor, inquiry_id: UUID, now: datetime) -> Disclosure:
    """Give the row, for services and selectors only. Raises: NotFound for everybody but the named clinician."""
    row = _rows(actor, now).filter(inquiry_id=inquiry_id).select_related("inquiry").first()
    if row is None:
        raise NotFound
    return row


def unseen(now: datetime) -> list[tuple[Disclosure, datetime]]:
    """List the disclosures of all clinics that wait for a look, each with since when. For services only."""
    found = list(Disclosure.objects.filter(inquiry__erased_at__isnull=True).select_related("clinic"))
    told = _last_told(found)
    acts = DisclosureAct.objects.filter(disclosure__in=found)
    looked = _last(acts.values_list("disclosure_id", "at"))
    waiting = [
        (row, told[row.id] if row.id in looked else row.since)
        for row in found
        if row.id not in looked or told[row.id] > looked[row.id]
    ]
    return [
        (row, since)
        for row, since in waiting
        if visible_inquiries(row.clinic_id, now).filter(id=row.inquiry_id).exists()
    ]


def _rows(actor: Actor, now: datetime) -> QuerySet[Disclosure]:
    """Give the disclosures that this actor may see; of what was deleted since, those about which something was done."""
    if ActorKind.SAFEGUARDING not in actor.kinds or not actor.is_clinical:
        raise NotFound
    here = visible_inquiries(actor.clinic, now).values("id")
    acted = DisclosureAct.objects.filter(disclosure__clinic_id=actor.clinic).values("disclosure_id")
    return Disclosure.objects.filter(Q(inquiry_id__in=here) | Q(id__in=acted), clinic_id=actor.clinic)


def _lines(actor: Actor, rows: Iterable[Disclosure], now: datetime) -> Iterator[DisclosureLine]:
    """Add to each row who it was, when something was told last, and what was done since."""
    found = list(rows)
    inquiries, zone = [row.inquiry_id for row in found], zone_of(actor.clinic)
    names = _names(actor.clinic, inquiries)
    told = _last_told(found)
    acts: dict[UUID, list[DisclosureAct]] = {}
    for act in DisclosureAct.objects.filter(disclosure__in=found).order_by("id"):
        acts.setdefault(act.disclosure_id, []).append(act)
    for row in found:
        last = told[row.id]
        yield DisclosureLine(
            inquiry_id=row.inquiry_id,
            names=names.get(row.inquiry_id, ()),
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


def _what(told: Told, row: Disclosure) -> WhatWasTold:
    finding, state = told.finding, told.state
    raised = {danger.key: danger for danger in finding.dangers if danger.private} if finding else {}
    keys = dict.fromkeys((*raised, *(finding.confided if finding else ()), *row.flags))
    return WhatWasTold(
        confided=tuple(Confided(flag=key, words=raised[key].words if key in raised else ()) for key in keys),
        words=words_in(finding.record) if finding else state.statement,
        spans=tuple(span for danger in raised.values() for span in danger.spans),
        language=state.language,
        relation=state.relation,
        agrees=agreement_on(told.inquiry),
        age=state.age if state.age is not None or not finding else (finding.record["derivation"] or {}).get("age"),
    )


def _told(actor: Actor, inquiry_id: UUID, now: datetime) -> Told | None:
    """Read what was told, as far as it is still there."""
    try:
        return told_to_clinic(actor, inquiry_id, now)
    except NotFound:
        return None


def _reach(row: SafeContact, zone: ZoneInfo) -> Reach:
    return Reach(way=row.way, address=row.address, when=row.when, at=_wall(row.at, zone))


def _done(row: DisclosureAct, zone: ZoneInfo) -> ActDone:
    return ActDone(kind=row.kind, outcome=row.outcome, text=row.text, by=str(row.by), at=_wall(row.at, zone))


def _names(clinic_id: UUID, inquiries: list[UUID]) -> dict[UUID, tuple[str, ...]]:
    """Give the names that were given to this clinic."""
    rows = Patient.objects.filter(clinic_id=clinic_id, bookings__inquiry__in=inquiries, erased_at__isnull=True)
    found: dict[UUID, dict[str, None]] = {}
    for inquiry_id, name in rows.order_by("since").values_list("bookings__inquiry_id", "name"):
        found.setdefault(inquiry_id, {})[name] = None
    return {inquiry_id: tuple(names) for inquiry_id, names in found.items()}


def _patients(clinic_id: UUID, inquiries: Iterable[UUID]) -> frozenset[UUID]:
    rows = Booking.objects.filter(clinic_id=clinic_id, inquiry__in=list(inquiries))
    return frozenset(rows.values_list("patient_id", flat=True))


def _last_told(rows: list[Disclosure]) -> dict[UUID, datetime]:
    """Give for each row when something was told last: words, an answer, or how contact is safe."""
    inquiries = [row.inquiry_id for row in rows]
    told = (
        _last(table.objects.filter(inquiry__in=inquiries).values_list("inquiry_id", "at"))
        for table in (InquiryEntry, SafeContact)
    )
    both = list(told)
    return {row.id: max([row.since, *(at[row.inquiry_id] for at in both if row.inquiry_id in at)]) for row in rows}


def _last(rows: Iterable[tuple[UUID, datetime]]) -> dict[UUID, datetime]:
    last: dict[UUID, datetime] = {}
    for key, at in rows:
        last[key] = max(at, last.get(key, at))
    return last


def _rank(line: DisclosureLine) -> tuple[int, float]:
    return _ORDER.index(line.standing), -line.told.timestamp()


def _wall(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment.astimezone(zone).replace(tzinfo=None)
