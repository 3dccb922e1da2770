"""When therapists work: weekly hours, and days that differ. Times are those on the wall, also when clocks change."""

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
from reable.web.clinic.setup_forms import HoursForm, OtherDayForm
from reable.web.clinic.setup_pages import DayLine, HoursPage, TherapistsPage, WeeklyLine
from reable.web.clinic.views.common import actor_of, frame
from reable.web.records.actor import ActorKind
from reable.web.records.selectors.staff import GapNote, Hours, HoursLine, OtherDay, own_therapists
from reable.web.records.selectors.staff import hours as hours_of
from reable.web.records.services.staff import (
    BadHours,
    Clash,
    DayGiven,
    WeeklyGiven,
    add_day,
    add_hours,
    end_hours,
    remove_day,
)
from reable.web.ui.forms import QuestionForm
from reable.web.ui.pages import render_page
from reable.web.ui.parts import Link

_CLASHES: dict[Clash, tuple[str, str | Promise]] = {
    Clash.BACKWARD: ("ends", gettext_lazy("The hours must end later on the same day. Split hours over midnight.")),
    Clash.OFF_THE_QUARTER: ("starts", gettext_lazy("Use quarter hours, such as 08:00, 08:15, 08:30 or 08:45.")),
    Clash.OVERLAP: ("starts", gettext_lazy("These hours overlap with others. End those first, or choose other times.")),
    Clash.ENDS_BEFORE_IT_BEGINS: ("valid_until", gettext_lazy("The last day must not be before the first day.")),
    Clash.PAST: ("on", gettext_lazy("This day is over. Choose today or a day to come.")),
    Clash.SKIPPED: ("starts", gettext_lazy("The clock changes on that day and skips these hours: they do not exist.")),
    Clash.AWAY_ALREADY: ("on", gettext_lazy("This day is marked as away already.")),
    Clash.WRONG_ROOM: ("room", gettext_lazy("This room is at another place. Choose a room of the place.")),
}


@require_safe
def availability(request: HttpRequest) -> HttpResponse:
    """Show one's own hours; to who may change those of several therapists, whom to choose from."""
    found = own_therapists(actor_of(request))
    if len(found) == 1 and ActorKind.MANAGER not in actor_of(request).kinds:
        return redirect("clinic:hours", found[0].id)
    page = TherapistsPage(
        title=_("Working hours"),
        frame=frame(request, "availability"),
        therapists=tuple(
            (
                Link(text=one.name, href=url("hours", one.id)),
                words.DISCIPLINES[one.discipline],
                "" if one.has_hours else _("No hours yet: nobody can book"),
            )
            for one in found
        ),
        is_manager=ActorKind.MANAGER in actor_of(request).kinds,
    )
    return render_page(request, "clinic/availability.html", page)


@require_http_methods(["GET", "POST"])
def hours(request: HttpRequest, therapist_id: UUID) -> HttpResponse:
    """Show a therapist's hours; add weekly hours or a day that differs."""
    seen = hours_of(actor_of(request), therapist_id)
    adds_day = request.POST.get("what") == "day"
    weekly, other = _forms(request, seen, adds_day=adds_day)
    form: QuestionForm = other if adds_day else weekly
    if request.method == "POST" and form.is_valid():
        try:
            booked = _add_day(request, therapist_id, other) if adds_day else _add_hours(request, therapist_id, weekly)
        except BadHours as bad:
            field, told = _CLASHES[bad.clash]
            form.add_error(field if field in form.fields else None, str(told))
        else:
            messages.success(request, _("The hours are kept."))
            tell_booked(request, booked)
            return redirect("clinic:hours", therapist_id)
    page = HoursPage(
        title=_("Working hours of {name}").format(name=seen.therapist.name),
        frame=frame(request, "availability"),
        back=url("availability"),
        errors=form.problems() if form.is_bound else (),
        weekly=tuple(_weekly(one, therapist_id) for one in seen.weekly),
        other=tuple(_day(one, therapist_id) for one in seen.other),
        form=weekly,
        day_form=other,
        zone=seen.zone,
        has_places=bool(seen.places),
    )
    return render_page(request, "clinic/hours.html", page, status=422 if page.errors else 200)


def _forms(request: HttpRequest, seen: Hours, *, adds_day: bool) -> tuple[HoursForm, OtherDayForm]:
    places = [(str(id_), name) for id_, name in seen.places]
    rooms = [(str(id_), f"{name} ({place})") for id_, name, place in seen.rooms]
    posted = request.method == "POST"
    weekly = HoursForm(
        request.POST if posted and not adds_day else None,
        places=places,
        rooms=rooms,
        initial={"valid_from": seen.today},
    )
    other = OtherDayForm(request.POST if posted and adds_day else None, places=places, initial={"kind": "away"})
    return weekly, other


def _add_hours(request: HttpRequest, therapist_id: UUID, form: HoursForm) -> int:
    data = form.cleaned_data
    given = WeeklyGiven(
        weekday=int(data["weekday"]),
        starts=data["starts"],
        ends=data["ends"],
        place_id=UUID(data["place"]),
        room_id=UUID(data["room"]) if data.get("room") else None,
        valid_from=data["valid_from"],
        valid_until=data["valid_until"],
    )
    add_hours(actor_of(request), therapist_id, given)
    return 0


def _add_day(request: HttpRequest, therapist_id: UUID, form: OtherDayForm) -> int:
    data = form.cleaned_data
    away = data["kind"] == "away"
    given = DayGiven(
        on=data["on"],
        hours=None if away else (data["starts"], data["ends"]),
        place_id=None if away else UUID(data["place"]),
        reason=data["reason"],
    )
    return add_day(actor_of(request), therapist_id, given)


def tell_booked(request: HttpRequest, booked: int) -> None:
    """Say how many visits are booked that do not fit any more."""
    if booked:
        told = ngettext(
            "%(count)d visit is booked then. It stays booked: move or cancel it in the schedule.",
            "%(count)d visits are booked then. They stay booked: move or cancel them in the schedule.",
            booked,
        )
        messages.warning(request, told % {"count": booked})


@require_POST
def hours_end(request: HttpRequest, therapist_id: UUID, hours_id: UUID) -> HttpResponse:
    """End weekly hours after today."""
    booked = end_hours(actor_of(request), therapist_id, hours_id)
    messages.success(request, _("These hours end today."))
    tell_booked(request, booked)
    return redirect("clinic:hours", therapist_id)


@require_POST
def day_remove(request: HttpRequest, therapist_id: UUID, day_id: UUID) -> HttpResponse:
    """Take a day that differs back."""
    remove_day(actor_of(request), therapist_id, day_id)
    messages.success(request, _("The usual hours hold again on that day."))
    return redirect("clinic:hours", therapist_id)


def _weekly(line: HoursLine, therapist_id: UUID) -> WeeklyLine:
    return WeeklyLine(
        weekday=words.WEEKDAYS[line.weekday],
        starts=line.starts,
        ends=line.ends,
        where=", ".join(part for part in (line.place, line.room) if part),
        first=line.valid_from,
        last=line.valid_until,
        notes=tuple(_gap(gap) for gap in line.gaps),
        end=url("hours_end", therapist_id, line.id),
    )


def _gap(gap: GapNote) -> str:
    return _("On {day} the clock jumps over {typed}: on that day {first} counts instead.").format(
        day=formats.date_format(gap.day, "DATE_FORMAT"),
        typed=formats.time_format(gap.typed, "TIME_FORMAT"),
        first=formats.time_format(gap.first, "TIME_FORMAT"),
    )


def _day(line: OtherDay, therapist_id: UUID) -> DayLine:
    return DayLine(
        on=line.on,
        starts=line.starts,
        ends=line.ends,
        place=line.place,
        reason=line.reason,
        remove=url("day_remove", therapist_id, line.id),
    )
