"""From the recommendation to a free time: where, when, with whom."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reable.knowledge.shapes.danger import DangerQuestion
from reable.terms import Discipline, Door, Hold, Language
from reable.web.booking.choice import what, why_not
from reable.web.booking.forms import ANY, TimeForm, WishForm
from reable.web.booking.search import Found, search
from reable.web.portal.booking_forms import ClinicForm
from reable.web.portal.booking_pages import BookPage, Place, TimesPage
from reable.web.portal.views.common import actor_of, clinic_id, help_address, tell
from reable.web.portal.way import Way, danger_address, language, next_address, way_of
from reable.web.records.selectors.actors import CLINIC
from reable.web.records.selectors.clinics import (
    ClinicCard,
    all_clinics,
    clinic_by_slug,
    clinic_card,
    clinic_words,
    locations,
)
from reable.web.records.selectors.slots import Wish
from reable.web.ui.pages import render_page

_AHEAD_DAYS = 7


def bookable(way: Way) -> Door | None:
    """Give what may be booked: not past a danger, an open danger question or a hold."""
    navigation = way.navigation
    if danger_address(navigation) is not None or isinstance(navigation.next_question, DangerQuestion):
        return None
    if navigation.screening.hold is Hold.HOLD_THERAPY or navigation.door is Door.UNCLEAR:
        return None
    return navigation.leaning


def age_of(way: Way) -> int | None:
    """Give the age that was told or written."""
    return way.state.age if way.state.age is not None else way.navigation.reading.age


def clinic_of(request: HttpRequest, way: Way) -> ClinicCard | None:
    """Find the clinic: that of the link, the only one, or none before it is chosen."""
    chosen = way.state.clinic_id or clinic_id(request)
    if chosen is not None:
        return clinic_card(actor_of(request), chosen)
    every = all_clinics(actor_of(request))
    return every[0] if len(every) == 1 else None


@login_not_required
@require_http_methods(["GET", "POST"])
def book(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Ask where and in which language."""
    way = way_of(actor_of(request), inquiry_id)
    door = bookable(way)
    if door is None:
        return redirect(next_address(way))
    clinic = clinic_of(request, way)
    if clinic is None:
        return _which_clinic(request, way)
    places = locations(actor_of(request), clinic.id)
    form = WishForm(request.POST or None, places=places, what=door.value, age_known=age_of(way) is not None)
    if request.method == "POST" and form.is_valid():
        wishes = {"what": door.value, **form.cleaned_data, "step_free": "1" if form.cleaned_data["step_free"] else ""}
        age = wishes.pop("age", None)
        if age is not None:
            tell(request, inquiry_id, ("about", {"age": age}))
        return redirect(f"{way.url('times')}?{urlencode({key: value for key, value in wishes.items() if value})}")
    own = clinic_words(actor_of(request), clinic.id, language())
    page = BookPage(
        title=_("Book a first visit"),
        help=help_address(),
        back=way.url("recommendation"),
        errors=form.problems() if form.is_bound else (),
        erase=way.url("erase"),
        form=form,
        clinic=clinic.name,
        telephone=clinic.telephone,
        advice=_advice(way, door),
        find=own.find_us,
        closed=own.when_closed,
        places=tuple(
            Place(value=str(one.id), name=one.name, latitude=one.latitude, longitude=one.longitude) for one in places
        ),
    )
    return render_page(request, "portal/book.html", page, status=422 if page.errors else 200)


def _which_clinic(request: HttpRequest, way: Way) -> HttpResponse:
    every = all_clinics(actor_of(request))
    form = ClinicForm(request.POST or None, clinics=every)
    if request.method == "POST" and form.is_valid():
        chosen = clinic_by_slug(actor_of(request), form.cleaned_data["clinic"])
        request.session[f"portal_{CLINIC}"] = str(chosen.id)
        return redirect(way.url("book"))
    page = BookPage(
        title=_("Which clinic?"),
        help=help_address(),
        back=way.url("recommendation"),
        errors=form.problems() if form.is_bound else (),
        erase=way.url("erase"),
        form=form,
        clinic="",
        telephone="",
        advice="",
    )
    return render_page(request, "portal/book.html", page, status=422 if page.errors else 200)


def _advice(way: Way, door: Door) -> str:
    order = way.navigation.recommendation.order
    if door is Door.BOTH and order is not None:
        return _("We advise: %(first)s first, then %(second)s.") % {"first": what(order[0]), "second": what(order[1])}
    if door is Door.BOTH:
        return _("We advise both: physical therapy and occupational therapy.")
    return _("We advise: %(what)s.") % {"what": what(Discipline(door.value))}


@login_not_required
@require_http_methods(["GET", "POST"])
def times(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Offer the first free times."""
    way = way_of(actor_of(request), inquiry_id)
    door = bookable(way)
    clinic = clinic_of(request, way)
    if door is None or clinic is None:
        return redirect(next_address(way) if door is None else way.url("book"))
    found = _found(request, way, clinic, door)
    form = TimeForm(request.POST or None, times=found.choices) if found.choices else None
    if request.method == "POST" and form is not None and form.is_valid():
        asked = {**request.GET.dict(), "time": form.cleaned_data["time"]}
        return redirect(f"{way.url('contact')}?{urlencode(asked)}")
    page = TimesPage(
        title=_("Choose a time"),
        help=help_address(),
        back=way.url("book"),
        errors=form.problems() if form is not None and form.is_bound else (),
        erase=way.url("erase"),
        form=form,
        taken="taken" in request.GET,
        telephone=clinic.telephone,
        why_not=tuple(dict.fromkeys(line for one in found.lacking for line in why_not(one))),
        closed=clinic_words(actor_of(request), clinic.id, language()).when_closed,
        call_needed=found.call_needed,
        paired=found.paired,
        later=_moved(request, found.next_day),
        sooner=_moved(request, None) if "from" in request.GET else "",
        letter=way.url("letter"),
        wait=f"{way.url('wait')}?{urlencode(request.GET.dict())}",
    )
    return render_page(request, "portal/times.html", page, status=422 if page.errors else 200)


def _found(request: HttpRequest, way: Way, clinic: ClinicCard, door: Door) -> Found:
    asked = request.GET.get("what", door.value)
    wanted = (
        [Discipline.PT, Discipline.OT] if asked == "both" else [Discipline(asked)] if asked in set(Discipline) else []
    )
    wishes = {one: wish_for(one, request.GET.dict(), way) for one in wanted or [Discipline.PT, Discipline.OT]}
    order = way.navigation.recommendation.order
    return search(actor_of(request), clinic.id, wishes, order=order, first_day=moved_to(request))


def wish_for(discipline: Discipline, asked: Mapping[str, Any], way: Way) -> Wish:
    """Put together what is looked for: the need, and what was wished for in the address."""
    recommendation, spoken = way.navigation.recommendation, asked.get("language", ANY)
    return Wish(
        discipline=discipline,
        age=age_of(way),
        language=Language(spoken) if spoken in set(Language) else None,
        specialties=frozenset(recommendation.specialty),
        location_id=_id(asked.get("location", "")),
        step_free=bool(asked.get("step_free")),
        priority=recommendation.therapy_priority,
    )


def _id(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def moved_to(request: HttpRequest) -> date | None:
    """Give the first day that was asked for; None for the soonest."""
    try:
        return date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        return None


def _moved(request: HttpRequest, first_day: date | None) -> str:
    asked = {key: value for key, value in request.GET.dict().items() if key not in ("from", "taken")}
    return "?" + urlencode(asked | ({"from": first_day.isoformat()} if first_day else {}))
