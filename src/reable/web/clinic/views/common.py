"""What all pages of a clinic need: who acts, the sections that are theirs, the clinics they can go to."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import cast
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpRequest, QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reable.web.clinic import words
from reable.web.clinic.addresses import url
from reable.web.clinic.pages import Frame
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.selectors.governance import safeguarding_missing
from reable.web.records.selectors.staff import workplaces
from reable.web.ui.parts import Link, Pager

_PT, _OT, _DESK, _MANAGER = ActorKind.PT, ActorKind.OT, ActorKind.FRONT_DESK, ActorKind.MANAGER
_DOCTOR = ActorKind.REFERRING_PHYSICIAN

SECTIONS: Sequence[tuple[str, str | Promise, frozenset[ActorKind]]] = (
    ("people", _("New people"), frozenset({_PT, _OT})),
    ("safeguarding", _("Safeguarding"), frozenset({ActorKind.SAFEGUARDING})),
    ("schedule", _("Schedule"), frozenset({_PT, _OT, _DESK, _MANAGER})),
    ("tasks", _("Tasks"), frozenset({_PT, _OT, _DESK, _MANAGER})),
    ("referrals", _("Referrals"), frozenset({_PT, _OT, _DESK, _MANAGER, _DOCTOR})),
    ("waiting", _("Waiting list"), frozenset({_PT, _OT, _DESK, _MANAGER})),
    ("availability", _("Working hours"), frozenset({_PT, _OT, _MANAGER})),
    ("safety", _("Safety"), frozenset({_PT, _OT, _DESK, _MANAGER})),
    ("overview", _("Overview"), frozenset({_MANAGER})),
    ("places", _("Places"), frozenset({_MANAGER})),
    ("closed_days", _("Closed days"), frozenset({_MANAGER})),
    ("visit_types", _("Visits and referrals"), frozenset({_MANAGER})),
    ("texts", _("Texts and numbers"), frozenset({_MANAGER})),
    ("staff", _("Staff"), frozenset({_MANAGER})),
)
"""The first page of each section, its name, and for whom it is."""

_GAP_AFTER = 2  # numbers on each side of the page that is shown


def actor_of(request: HttpRequest) -> Actor:
    """Give who acts in this request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def frame(request: HttpRequest, section: str) -> Frame:
    """Give what stands around every page: the sections of the actor's roles, the clinics they can go to."""
    actor = actor_of(request)
    places = workplaces(actor)
    return Frame(
        sections=tuple(
            Link(text=name, href=url(key), current=key == section)
            for key, name, kinds in SECTIONS
            if kinds & actor.kinds
        ),
        clinic=next((place.name for place in places if place.current), ""),
        zone=next((place.zone for place in places if place.current), "UTC"),
        others=tuple((str(place.clinic_id), place.name) for place in places if not place.current),
        who=str(request.user),
        roles=", ".join(words.role(kind.value) for kind in ActorKind if kind in actor.kinds),
    )


def unready(actor: Actor) -> tuple[Link, ...]:
    """Say what a manager must still set for safeguarding (S13). It holds no hint whether anybody told anything."""
    says = {
        "safeguarding_clinician": (_("Nobody is named as the safeguarding clinician. Name one under Staff."), "staff"),
        "safeguarding_steps": (_("The local steps when somebody tells of abuse or neglect are not written."), "texts"),
    }
    return tuple(Link(text=says[what][0], href=url(says[what][1])) for what in safeguarding_missing(actor.clinic))


def sent(request: HttpRequest) -> QueryDict | None:
    """Give what was sent, also when it is nothing: then each field says what is missing."""
    return request.POST if request.method == "POST" else None


def number(given: str | None) -> int:
    """Read the number of a page; the first one if it is none."""
    return int(given) if given and given.isascii() and given.isdigit() and len(given) < 6 else 1


def wall(moment: datetime, around: Frame) -> datetime:
    """Tell what the clinic's clock shows at a moment."""
    return moment.astimezone(ZoneInfo(around.zone)).replace(tzinfo=None)


def id_in(given: str | None) -> UUID | None:
    """Read an id; None if none is given. Raises: NotFound if it is no id."""
    try:
        return UUID(given) if given else None
    except ValueError as error:
        raise NotFound from error


def day_in(given: str | None) -> date | None:
    """Read a day; None if it is none."""
    try:
        return date.fromisoformat(given or "")
    except ValueError:
        return None


def pager(request: HttpRequest, page: int, pages: int) -> Pager:
    """Link the pages of a long list; nothing where there is one page only."""
    if pages < 2:
        return Pager()

    def href(to: int) -> str:
        kept = {key: value for key, value in request.GET.items() if key != "page"}
        return "?" + urlencode({**kept, "page": to})

    numbers: list[Link] = []
    for one in range(1, pages + 1):
        if one in (1, pages) or abs(one - page) <= _GAP_AFTER:
            numbers.append(Link(text=str(one), href=href(one), current=one == page))
        elif numbers[-1].href:
            numbers.append(Link(text="", href=""))
    return Pager(
        previous=href(page - 1) if page > 1 else "", next=href(page + 1) if page < pages else "", numbers=tuple(numbers)
    )
