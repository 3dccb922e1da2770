"""A choice of times as it travels through addresses and forms, and a visit as people read it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from babel.dates import format_date, format_time
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reable.book import Lack
from reable.terms import Discipline
from reable.web.records.actor import NotFound
from reable.web.records.selectors.choices import Chosen
from reable.web.records.selectors.clinics import LocationCard
from reable.web.records.selectors.slots import FreeTime, FreeTimes, WhyNot
from reable.web.ui.widgets import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitLine:
    """One visit as people read it."""

    what: str
    when: str
    who: str
    where: str
    address: str
    telephone: str


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


def tiles(rows: tuple[tuple[FreeTime, ...], ...]) -> list[tuple[str, list[tuple[str, Choice]]]]:
    """Give the tiles of free times, day by day."""
    days: dict[str, list[tuple[str, Choice]]] = {}
    for row in rows:
        hint = ". ".join(dict.fromkeys(f"{what(one.discipline)}: {one.therapist}, {one.location}" for one in row))
        text = " + ".join(clock(one.wall) for one in row)
        days.setdefault(day(row[0].wall), []).append((written(row), Choice(text, hint=hint)))
    return list(days.items())


def why_not(found: FreeTimes) -> list[str]:
    """Say why there are no times, in words for the person."""
    name = what(found.discipline)
    match found.why_not:
        case WhyNot.CALL_US:
            return [_("%(what)s cannot be booked here yet. Please call us.") % {"what": name}]
        case WhyNot.REFERRAL:
            return [
                _("For %(what)s you need a letter from your doctor first. Print our page for your doctor, or call us.")
                % {"what": name}
            ]
        case WhyNot.NOBODY_FITS:
            return [_("We do not have this for you online: %(what)s. %(lack)s") % {"what": name, "lack": _lacks(found)}]
        case WhyNot.NONE_FREE:
            return [_("There is no free time for %(what)s right now.") % {"what": name}]
        case None:
            return []


_LACKS = {
    Lack.SPECIALTY: gettext_lazy("Nobody here has the special training that fits best. Call us: we tell you who does."),
    Lack.LANGUAGE: gettext_lazy("Nobody here speaks this language. Try “Any”, or call us."),
    Lack.STEP_FREE: gettext_lazy("This place has steps. Try another place, or call us."),
    Lack.AGE_GROUP: gettext_lazy("Nobody here sees people of this age. Call us: we tell you who does."),
    Lack.AGE_NOT_KNOWN: gettext_lazy("We need the age of the person. Go back and write it."),
    Lack.DISCIPLINE: gettext_lazy("We do not offer it at this place. Try another place, or call us."),
}


def _lacks(found: FreeTimes) -> str:
    return " ".join(str(_LACKS[lack]) for lack in found.lacks if lack in _LACKS)
