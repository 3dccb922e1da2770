"""The waiting list, as the clinic sees it and as one person sees their own place."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from reable import book
from reable.terms import Discipline, Priority
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.models import WaitingListEntry, WaitingListOffer
from reable.web.records.selectors.slots import STAFF


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferSeen:
    """A freed time that is held for somebody until `expires_at`."""

    therapist: str
    location: str
    address: str
    starts_at: datetime
    wall: datetime
    zone: str
    expires_at: datetime
    expires_wall: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceSeen:
    """Somebody's place on the list: how many are before them, and the open offer if there is one."""

    entry_id: UUID
    clinic: str
    telephone: str
    patient_id: UUID
    name: str
    discipline: Discipline
    priority: Priority
    location: str  # empty: any
    joined_at: datetime
    before: int  # judged by priority and time alone: not all wait for the same
    late: bool  # longer than the priority allows: a person calls
    offer: OfferSeen | None


def place(
    actor: Actor, *, entry_id: UUID | None = None, digest: str | None = None, now: datetime | None = None
) -> PlaceSeen:
    """Show one place, to its person, to the clinic, or to who has its link. Raises: NotFound."""
    row = open_entry(actor, entry_id=entry_id, digest=digest)
    return next(one for one in _places(row.clinic_id, row.discipline, now) if one.entry_id == row.id)


def waiting_list(actor: Actor, *, now: datetime | None = None) -> tuple[PlaceSeen, ...]:
    """List who waits in the clinic, in the order of being offered a time. Raises: Unscoped, NotAllowed."""
    clinic_id = actor.clinic
    actor.must_be(ActorKind.FRONT_DESK, ActorKind.MANAGER, ActorKind.PT, ActorKind.OT, to="see the waiting list")
    found = [one for discipline in Discipline for one in _places(clinic_id, discipline, now)]
    actor.reads(patients=[one.patient_id for one in found])
    return tuple(sorted(found, key=lambda one: (one.priority.rank, one.joined_at, str(one.entry_id))))


def open_entry(
    actor: Actor, *, entry_id: UUID | None = None, digest: str | None = None, even_left: bool = False
) -> WaitingListEntry:
    """Give the row, for services and selectors only. Raises: NotFound for foreign, missing, erased, and left ones."""
    rows = WaitingListEntry.objects.filter(patient__erased_at__isnull=True)
    if not even_left:
        rows = rows.filter(left_at__isnull=True)
    rows = rows.filter(digest=digest) if digest is not None else rows.filter(id__in=[entry_id] if entry_id else [])
    row = rows.select_related("clinic", "patient", "location").first()
    if row is None:
        raise NotFound
    staff = actor.clinic_id == row.clinic_id and bool(STAFF & actor.kinds)
    if digest is None and not staff and row.patient_id not in actor.patient_ids:
        raise NotFound
    actor.reads(patients=[row.patient_id])
    return row


def open_offer(row: WaitingListEntry) -> WaitingListOffer | None:
    """Give the offer that waits for an answer. For services and selectors only."""
    return row.offers.filter(answered_at__isnull=True).select_related("therapist", "location").first()


def _places(clinic_id: UUID, discipline: str, now: datetime | None) -> list[PlaceSeen]:
    rows = WaitingListEntry.objects.filter(clinic_id=clinic_id, discipline=discipline, left_at__isnull=True)
    rows = rows.filter(patient__erased_at__isnull=True).select_related("clinic", "patient", "location")
    found = sorted(rows, key=lambda row: (Priority(row.priority).rank, row.joined_at, str(row.id)))
    offers = WaitingListOffer.objects.filter(entry__in=found, answered_at__isnull=True)
    by_entry = {one.entry_id: one for one in offers.select_related("therapist", "location")}
    return [_place(row, number, by_entry.get(row.id), now or datetime.now(UTC)) for number, row in enumerate(found)]


def _place(row: WaitingListEntry, before: int, offer: WaitingListOffer | None, now: datetime) -> PlaceSeen:
    priority = Priority(row.priority)
    zone = ZoneInfo(row.clinic.time_zone)
    return PlaceSeen(
        entry_id=row.id,
        clinic=row.clinic.name,
        telephone=row.clinic.telephone,
        patient_id=row.patient_id,
        name=row.patient.name,
        discipline=Discipline(row.discipline),
        priority=priority,
        location=row.location.name if row.location else "",
        joined_at=row.joined_at,
        before=before,
        late=(now - row.joined_at).days >= book.in_time_days(priority),
        offer=None if offer is None or offer.expires_at <= now else _offer(offer, zone),
    )


def _offer(row: WaitingListOffer, zone: ZoneInfo) -> OfferSeen:
    wall = row.starts_at.astimezone(zone)
    return OfferSeen(
        therapist=row.therapist.name,
        location=row.location.name,
        address=row.location.address,
        starts_at=row.starts_at,
        wall=wall.replace(tzinfo=None),
        zone=wall.tzname() or "",
        expires_at=row.expires_at,
        expires_wall=row.expires_at.astimezone(zone).replace(tzinfo=None),
    )
