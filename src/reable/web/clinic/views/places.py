"""Places of the clinic: added, changed, closed for good; their rooms and opening hours."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reable.web.clinic import words
from reable.web.clinic.addresses import url
from reable.web.clinic.setup_forms import OpenHoursForm, PlaceForm, RoomForm
from reable.web.clinic.setup_pages import ConfirmPage, PlaceCard, PlacePage, PlacesPage, Removable
from reable.web.clinic.views.common import actor_of, frame, sent
from reable.web.records.selectors.places import OpenLine, Place
from reable.web.records.selectors.places import place as place_of
from reable.web.records.selectors.places import places as places_of
from reable.web.records.services.places import (
    BadPlace,
    Fault,
    PlaceGiven,
    add_open_hours,
    add_room,
    close_place,
    remove_open_hours,
    remove_room,
    save_place,
)
from reable.web.ui.forms import QuestionForm
from reable.web.ui.pages import render_page

FAULTS: dict[Fault, tuple[str, str | Promise]] = {
    Fault.NAME_TAKEN: ("name", gettext_lazy("This name is taken. Choose another one.")),
    Fault.HALF_ON_THE_MAP: ("longitude", gettext_lazy("Write both latitude and longitude, or neither.")),
    Fault.BACKWARD: ("closes", gettext_lazy("The hours must end later on the same day. Split hours over midnight.")),
    Fault.OFF_THE_QUARTER: ("opens", gettext_lazy("Use quarter hours, such as 08:00, 08:15, 08:30 or 08:45.")),
    Fault.OVERLAP: ("opens", gettext_lazy("These hours overlap with others of that day.")),
    Fault.PAST: ("on", gettext_lazy("This day is over. Choose today or a day to come.")),
    Fault.CLOSED_ALREADY: ("on", gettext_lazy("This day is marked as closed already.")),
    Fault.IN_USE: ("", gettext_lazy("Visits were booked for it, so it cannot be taken away.")),
    Fault.ONE_LANGUAGE: ("", gettext_lazy("Write each text in both languages, or in neither.")),
}


@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """List the places."""
    page = PlacesPage(
        title=_("Places"),
        frame=frame(request, "places"),
        places=tuple(_card(one) for one in places_of(actor_of(request))),
    )
    return render_page(request, "clinic/places.html", page)


def _card(place: Place) -> PlaceCard:
    rooms = ngettext("%(n)d room", "%(n)d rooms", len(place.rooms)) % {"n": len(place.rooms)}
    return PlaceCard(
        href=url("place", place.id),
        name=place.name,
        address=place.address,
        facts=(
            place.telephone,
            _("Step-free") if place.step_free else _("Has steps"),
            rooms if place.rooms else _("No rooms of its own"),
            "" if place.hours else _("No opening hours: open when somebody works"),
        ),
        closed=place.closed,
    )


@require_http_methods(["GET", "POST"])
def place_new(request: HttpRequest) -> HttpResponse:
    """Add a place."""
    places_of(actor_of(request))  # refuses who may not
    form = PlaceForm(sent(request))
    if request.method == "POST" and form.is_valid():
        id_ = _save(request, None, form)
        if id_ is not None:
            messages.success(request, _("The place is added. Add its rooms and opening hours next."))
            return redirect("clinic:place", id_)
    return _show(request, form, RoomForm(), OpenHoursForm(), None)


@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Show and change a place; add a room or opening hours."""
    seen = place_of(actor_of(request), place_id)
    what = request.POST.get("what", "") if request.method == "POST" else ""
    form = PlaceForm(request.POST if what == "place" else None, initial=_initial(seen))
    room = RoomForm(request.POST if what == "room" else None)
    hours = OpenHoursForm(request.POST if what == "hours" else None)
    sent: dict[str, tuple[QuestionForm, Callable[[], object]]] = {
        "place": (form, lambda: _save(request, place_id, form)),
        "room": (room, lambda: _add_room(request, place_id, room)),
        "hours": (hours, lambda: _add_hours(request, place_id, hours)),
    }
    if what in sent:
        given, keep = sent[what]
        if given.is_valid() and keep() is not None:
            messages.success(request, _("It is kept."))
            return redirect("clinic:place", place_id)
    return _show(request, form, room, hours, seen)


def _initial(seen: Place) -> dict[str, str]:
    return {
        "name": seen.name,
        "address": seen.address,
        "telephone": seen.telephone,
        "step_free": "yes" if seen.step_free else "no",
        "latitude": seen.latitude,
        "longitude": seen.longitude,
    }


def _save(request: HttpRequest, place_id: UUID | None, form: PlaceForm) -> UUID | None:
    data = form.cleaned_data
    given = PlaceGiven(
        name=data["name"],
        address=data["address"],
        telephone=data["telephone"],
        step_free=data["step_free"] == "yes",
        latitude=data["latitude"],
        longitude=data["longitude"],
    )
    try:
        return save_place(actor_of(request), place_id, given)
    except BadPlace as bad:
        say(form, bad)
    return None


def _add_room(request: HttpRequest, place_id: UUID, form: RoomForm) -> UUID | None:
    try:
        return add_room(actor_of(request), place_id, form.cleaned_data["room"])
    except BadPlace as bad:
        form.add_error("room", str(FAULTS[bad.fault][1]))
    return None


def _add_hours(request: HttpRequest, place_id: UUID, form: OpenHoursForm) -> UUID | None:
    data = form.cleaned_data
    try:
        return add_open_hours(
            actor_of(request), place_id, weekday=int(data["weekday"]), opens=data["opens"], closes=data["closes"]
        )
    except BadPlace as bad:
        say(form, bad)
    return None


def say(form: QuestionForm, bad: BadPlace) -> None:
    """Say at the field why a change was refused."""
    field, told = FAULTS[bad.fault]
    form.add_error(field if field in form.fields else None, str(told))


def _show(
    request: HttpRequest, form: PlaceForm, room: RoomForm, hours: OpenHoursForm, seen: Place | None
) -> HttpResponse:
    bound = [one for one in (form, room, hours) if one.is_bound]
    page = PlacePage(
        title=seen.name if seen else _("Add a place"),
        frame=frame(request, "places"),
        back=url("places"),
        errors=tuple(problem for one in bound for problem in one.problems()),
        form=form,
        is_new=seen is None,
        closed=seen.closed if seen else None,
        rooms=tuple(
            Removable(text=one.name, remove=url("room_remove", seen.id, one.id)) for one in (seen.rooms if seen else ())
        )
        if seen
        else (),
        room_form=room,
        hours=tuple(Removable(text=_open(one), remove=url("open_hours_remove", seen.id, one.id)) for one in seen.hours)
        if seen
        else (),
        hours_form=hours,
        close=url("place_close", seen.id) if seen and seen.closed is None else "",
    )
    return render_page(request, "clinic/place.html", page, status=422 if page.errors else 200)


def _open(line: OpenLine) -> str:
    opens, closes = (formats.time_format(at, "TIME_FORMAT") for at in (line.opens, line.closes))
    return _("{weekday}, {opens} to {closes}").format(weekday=words.WEEKDAYS[line.weekday], opens=opens, closes=closes)


@require_http_methods(["GET", "POST"])
def place_close(request: HttpRequest, place_id: UUID) -> HttpResponse:
    """Ask once more, then close a place for good."""
    seen = place_of(actor_of(request), place_id)
    lines = [
        _("Nothing can be booked there any more. This cannot be taken back."),
        _("What was booked there before stays in the records."),
    ]
    if request.method == "POST":
        try:
            close_place(actor_of(request), place_id)
        except BadPlace as bad:
            told = ngettext(
                "%(n)d visit is still booked there. Move or cancel it first.",
                "%(n)d visits are still booked there. Move or cancel them first.",
                bad.count,
            )
            messages.error(request, told % {"n": bad.count})
        else:
            messages.success(request, _("The place is closed for good."))
        return redirect("clinic:place", place_id)
    page = ConfirmPage(
        title=_("Close {place} for good?").format(place=seen.name),
        frame=frame(request, "places"),
        back=url("place", place_id),
        lines=tuple(lines),
        button=_("Close it for good"),
    )
    return render_page(request, "clinic/confirm.html", page)


@require_POST
def room_remove(request: HttpRequest, place_id: UUID, room_id: UUID) -> HttpResponse:
    """Take away a room that nothing was booked in."""
    try:
        remove_room(actor_of(request), place_id, room_id)
    except BadPlace as bad:
        messages.error(request, str(FAULTS[bad.fault][1]))
    else:
        messages.success(request, _("The room is taken away."))
    return redirect("clinic:place", place_id)


@require_POST
def open_hours_remove(request: HttpRequest, place_id: UUID, hours_id: UUID) -> HttpResponse:
    """Take opening hours away."""
    remove_open_hours(actor_of(request), place_id, hours_id)
    messages.success(request, _("The hours are taken away."))
    return redirect("clinic:place", place_id)
