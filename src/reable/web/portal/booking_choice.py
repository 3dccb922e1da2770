"""A choice of times as it travels through addresses and forms, and a visit as people read it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID

from babel.dates import format_date, format_time
from django.utils import translation
from django.utils.translation import gettext as _

from reable.terms import Discipline
from reable.web.portal.booking_pages import VisitLine
from reable.web.records.actor import NotFound
from reable.web.records.selectors.choices import Chosen
from reable.web.records.selectors.clinics import LocationCard
from reable.web.records.selectors.slots import FreeTime


def written(times: Iterable[FreeTime]) -> str:
    """Write the times of one visit day as a value of a form."""
    return ",".join(
        "~".join(
            (str(time.therapist_id), str(time.location_id), time.starts_at.astimezone(UTC).strftime("%Y%m%dT%H%M"))
        )
        for time in times
    )


def read(value: str) -> tuple[Chosen, ...]:
    """Read such a value again; the booking looks whether it is free. Raises: NotFound for anything else."""
    try:
        return tuple(_one(part) for part in value.split(","))
    except ValueError as error:
        raise NotFound from error


def _one(part: str) -> Chosen:
    therapist, location, start = part.split("~")
    return Chosen(
        therapist_id=UUID(therapist),
        location_id=UUID(location),
        starts_at=datetime.strptime(start, "%Y%m%dT%H%M").replace(tzinfo=UTC),
    )


def what(discipline: Discipline) -> str:
    """Name the visit."""
    return _("Physical therapy") if discipline is Discipline.PT else _("Occupational therapy")


def day(wall: datetime) -> str:
    """Write a day in words: Tuesday, March 3."""
    words = "EEEE, MMMM d" if _locale().startswith("en") else "EEEE d 'de' MMMM"
    return format_date(wall, words, locale=_locale())


def clock(wall: datetime) -> str:
    """Write a time as people there do."""
    return format_time(wall, "short", locale=_locale()).replace("\u202f", " ")


def _locale() -> str:
    return translation.get_language() or "en"


def line_of(time: FreeTime, places: Iterable[LocationCard]) -> VisitLine:
    """Put a free time into words."""
    place = next((one for one in places if one.id == time.location_id), None)
    return VisitLine(
        what=what(time.discipline),
        when=f"{day(time.wall)}, {clock(time.wall)} ({time.zone})",
        who=time.therapist,
        where=time.location,
        address=place.address if place else "",
        telephone=place.telephone if place else "",
    )
