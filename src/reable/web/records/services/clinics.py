"""A new clinic with its first place, as the operator sets it up; everything else is set by its first manager."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction

from reable.errors import ReableError
from reable.knowledge.faults import did_you_mean
from reable.web import core
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.models import Clinic, Location
from reable.web.records.services.places import PlaceGiven, put_place

TELEPHONE = r"^[0-9A-Za-z +()./#*-]{5,40}$"
_SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
_LONGEST_SLUG, _LONGEST_NAME = 50, 120  # as the tables keep them
_MOST_NOTICE = 10_080  # a week of minutes


class ClinicRefused(ReableError):
    """A clinic cannot be made like this; every fault is said at once."""

    code = "web.clinic_refused"

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("\n".join(faults), hint="Nothing was made. Change what was given, then try again.")
        self.faults = faults


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicGiven:
    """A clinic as the operator gives it; `slug` is its name in the link that people come on."""

    slug: str
    name: str
    telephone: str
    time_zone: str
    country: str
    notice_minutes: int
    place: PlaceGiven


def new_clinic(actor: Actor, given: ClinicGiven, *, is_demo: bool) -> UUID:
    """Make a clinic with its first place. It takes nobody before it is signed (S40), and books nothing by itself.

    Raises: NotAllowed (for the operator only), ClinicRefused, BadPlace.
    """
    actor.must_be(ActorKind.OPERATOR, to="make a clinic")
    faults = tuple(_faults(given))
    if faults:
        raise ClinicRefused(faults)
    try:
        with transaction.atomic():
            row = Clinic.objects.create(
                slug=given.slug,
                name=given.name.strip(),
                telephone=given.telephone.strip(),
                time_zone=given.time_zone,
                country=given.country,
                notice_minutes=given.notice_minutes,
                is_demo=is_demo,
            )
    except IntegrityError as error:  # somebody was quicker
        raise ClinicRefused((_taken(given.slug),)) from error
    put_place(Location(clinic=row), given.place)
    return row.id


def _faults(given: ClinicGiven) -> Iterator[str]:
    if not re.fullmatch(_SLUG, given.slug) or len(given.slug) > _LONGEST_SLUG:
        yield f"'{given.slug}' cannot stand in a link: small letters, digits and single hyphens, such as north-rehab."
    elif Clinic.objects.filter(slug=given.slug).exists():
        yield _taken(given.slug)
    yield from (fault for what in ("clinic", "place") for fault in _misnamed(what, given))
    if not given.place.address.strip():
        yield "The place has no address."
    for what, number in (("clinic", given.telephone), ("place", given.place.telephone)):
        if not re.fullmatch(TELEPHONE, number.strip()):
            yield f"The telephone number of the {what} cannot be read. Write it such as +1 555 0100."
    if given.time_zone not in available_timezones():
        near = did_you_mean(given.time_zone, sorted(available_timezones()))
        yield f"'{given.time_zone}' is not a time zone.{near} Write it such as America/New_York."
    if given.country not in core.knowledge().countries:
        known = ", ".join(sorted(core.knowledge().countries))
        yield f"'{given.country}' is not a country whose numbers to call in danger are known. These are: {known}."
    if not 0 <= given.notice_minutes <= _MOST_NOTICE:
        yield f"The notice before a visit is from 0 to {_MOST_NOTICE} minutes."


def _misnamed(what: str, given: ClinicGiven) -> Iterator[str]:
    """Say what is wrong with the name of the clinic, which stands in the subject of mails, or of its place."""
    name = (given.name if what == "clinic" else given.place.name).strip()
    if not name:
        yield f"The {what} has no name."
    if not name.isprintable() or len(name) > _LONGEST_NAME:
        yield f"The name of the {what} is one line of up to {_LONGEST_NAME} letters."


def _taken(slug: str) -> str:
    return f"There is a clinic '{slug}' already. Choose another name for the link."
