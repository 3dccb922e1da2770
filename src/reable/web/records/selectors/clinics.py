"""What anybody may know of a clinic: its name, its places, its telephone."""

from dataclasses import dataclass, fields
from uuid import UUID

from reable.terms import Language
from reable.web.records.actor import Actor, NotFound
from reable.web.records.models import Clinic, ClinicText, Location


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicCard:
    """A clinic as the public sees it."""

    id: UUID
    slug: str
    name: str
    telephone: str
    time_zone: str
    country: str


def clinic_card(actor: Actor, clinic_id: UUID) -> ClinicCard:
    """Give a clinic. Raises: NotFound."""
    return _card(Clinic.objects.filter(id=clinic_id).first())


def clinic_by_slug(actor: Actor, slug: str) -> ClinicCard:
    """Give a clinic by the name in its link. Raises: NotFound."""
    return _card(Clinic.objects.filter(slug=slug).first())


def all_clinics(actor: Actor) -> tuple[ClinicCard, ...]:
    """Give all clinics of this deployment, for somebody who came on no clinic's link."""
    return tuple(_card(clinic) for clinic in Clinic.objects.order_by("name"))


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationCard:
    """A place as the public sees it; on the map where somebody has entered where it lies."""

    id: UUID
    name: str
    address: str
    telephone: str
    step_free: bool
    latitude: str
    longitude: str


def locations(actor: Actor, clinic_id: UUID) -> tuple[LocationCard, ...]:
    """Give the open places of a clinic, by name."""
    rows = Location.objects.filter(clinic_id=clinic_id, closed_for_good_at__isnull=True).order_by("name")
    return tuple(
        LocationCard(
            id=row.id,
            name=row.name,
            address=row.address,
            telephone=row.telephone,
            step_free=row.step_free,
            latitude="" if row.latitude is None else str(row.latitude),
            longitude="" if row.longitude is None else str(row.longitude),
        )
        for row in rows
    )


def clinic_text(actor: Actor, clinic_id: UUID, key: str, language: Language) -> str:
    """Give a sentence of the clinic's own; empty if it has written none."""
    row = ClinicText.objects.filter(clinic_id=clinic_id, key=key).first()
    return "" if row is None else row.en if language is Language.EN else row.es


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicWords:
    """The sentences of the clinic's own that anybody may read; empty where it has written none."""

    find_us: str
    to_bring: str
    when_closed: str
    if_late: str


def clinic_words(actor: Actor | None, clinic_id: UUID, language: Language) -> ClinicWords:
    """Give what the clinic says in its own words; what it wrote for its staff is not among it."""
    public = [field.name for field in fields(ClinicWords)]
    rows = ClinicText.objects.filter(clinic_id=clinic_id, key__in=public)
    own = {row.key: row.en if language is Language.EN else row.es for row in rows}
    return ClinicWords(**{key: own.get(key, "") for key in public})


def _card(clinic: Clinic | None) -> ClinicCard:
    if clinic is None:
        raise NotFound
    return ClinicCard(
        id=clinic.id,
        slug=clinic.slug,
        name=clinic.name,
        telephone=clinic.telephone,
        time_zone=clinic.time_zone,
        country=clinic.country,
    )
