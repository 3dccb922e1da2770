"""The schedule of a day or a week, by therapist and place."""

from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from reable.book import VisitAct, VisitState
from reable.terms import Discipline
from reable.web.clinic import words
from reable.web.clinic.addresses import url
from reable.web.clinic.forms import ScheduleForm
from reable.web.clinic.pages import ActButton, DayColumn, SchedulePage, Tag, VisitCard, WeekRow, WorkedHours
from reable.web.clinic.views.common import actor_of, frame
from reable.web.records.actor import Actor
from reable.web.records.selectors.clinics import locations
from reable.web.records.selectors.schedule import Hours, Schedule, ScheduledVisit, day, week
from reable.web.records.selectors.staff import therapists
from reable.web.ui.pages import render_page

_HELD = Tag(text=gettext_lazy("Held: offered from the waiting list"), color="yellow")
_DAY = timedelta(days=1)
_MAIN = frozenset({VisitAct.ARRIVE, VisitAct.FINISH})


@require_safe
def schedule(request: HttpRequest) -> HttpResponse:
    """Show a day or a week; what is wrong in the address is said, and today is shown."""
    actor = actor_of(request)
    choices = _choices(actor)
    form = ScheduleForm(request.GET or None, **choices)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    is_week = given.get("view") == "week"
    shown = (week if is_week else day)(
        actor, given.get("day"), therapist_id=_id(given.get("therapist")), location_id=_id(given.get("place"))
    )
    if not form.is_bound or form.is_valid():
        form = ScheduleForm(initial={**given, "day": given.get("day") or shown.today}, **choices)
    page = _page(request, form, shown, is_week=is_week)
    return render_page(request, "clinic/schedule.html", page, status=422 if page.errors else 200)


def _choices(actor: Actor) -> dict[str, list[tuple[str, str]]]:
    return {
        "therapists": [(str(one.id), f"{one.name} ({words.SHORT[one.discipline]})") for one in therapists(actor)],
        "places": [(str(one.id), one.name) for one in locations(actor, actor.clinic)],
    }


def _id(given: str | None) -> UUID | None:
    return UUID(given) if given else None


def _page(request: HttpRequest, form: ScheduleForm, shown: Schedule, *, is_week: bool) -> SchedulePage:
    first = shown.days[0]
    step = len(shown.days) * _DAY

    def to(on: date, **other: str) -> str:
        kept = {key: value for key, value in request.GET.items() if value}
        return "?" + urlencode({**kept, "day": on.isoformat(), **other})

    visits = tuple(visit_card(visit) for one in shown.days for visit in one.visits)
    return SchedulePage(
        title=_title(shown),
        frame=frame(request, "schedule"),
        errors=form.problems() if form.is_bound else (),
        form=form,
        previous=to(first.on - step),
        next=to(first.on + step),
        today=to(shown.today),
        here=request.get_full_path(),
        is_week=is_week,
        closed=first.closed if not is_week else (),
        hours=tuple(_hours(first.hours)) if not is_week else (),
        visits=visits,
        columns=tuple(
            DayColumn(on=one.on, href=to(one.on, view="day"), is_today=one.on == shown.today, closed=one.closed)
            for one in shown.days
        )
        if is_week
        else (),
        rows=tuple(_rows(shown)) if is_week else (),
        zone=shown.zone,
    )


def _title(shown: Schedule) -> str:
    first, last = (formats.date_format(one.on, "DATE_FORMAT") for one in (shown.days[0], shown.days[-1]))
    if len(shown.days) > 1:
        return _("{first} to {last}").format(first=first, last=last)
    return formats.date_format(shown.days[0].on, "l, ") + first


def _rows(shown: Schedule) -> Iterable[WeekRow]:
    """Give each therapist a row who works or has a visit that week, by name."""
    found: dict[UUID, tuple[str, Discipline]] = {}
    for one in shown.days:
        for hours in one.hours:
            found[hours.therapist_id] = (hours.therapist, hours.discipline)
        for visit in one.visits:
            found[visit.therapist_id] = (visit.therapist, visit.discipline)
    for therapist_id, (name, discipline) in sorted(found.items(), key=lambda item: item[1]):
        yield WeekRow(
            therapist=name,
            discipline=words.SHORT[discipline],
            days=tuple(
                (
                    tuple(_hours(each for each in one.hours if each.therapist_id == therapist_id)),
                    tuple(visit_card(each) for each in one.visits if each.therapist_id == therapist_id),
                )
                for one in shown.days
            ),
        )


def _hours(hours: Iterable[Hours]) -> Iterator[WorkedHours]:
    """Join the hours of one therapist at one place."""
    found: dict[tuple[str, str], list[tuple[time, time]]] = {}
    for one in hours:
        found.setdefault((one.therapist, one.location), []).append((one.start, one.end))
    for (therapist, place), times in found.items():
        yield WorkedHours(therapist=therapist, place=place, times=tuple(sorted(times)))


def visit_card(visit: ScheduledVisit) -> VisitCard:
    """Show a visit with what the reader's roles can do to it."""
    return VisitCard(
        id=f"visit-{visit.appointment_id}",
        starts=visit.wall.time(),
        ends=visit.wall_end.time(),
        name=visit.name,
        href=url("patient", visit.patient_id),
        in_day=f"{url('schedule')}?day={visit.wall.date().isoformat()}#visit-{visit.appointment_id}",
        telephone=visit.telephone,
        discipline=words.SHORT[visit.discipline],
        therapist=visit.therapist,
        place=visit.location,
        room=visit.room,
        state=_HELD
        if visit.state is None
        else Tag(text=words.VISIT_STATES[visit.state], color=words.VISIT_COLORS[visit.state]),
        acts=acts_of(visit.booking_id, visit.appointment_id, visit.state, visit.acts),
        is_ot=visit.discipline is Discipline.OT,
    )


def acts_of(
    booking_id: UUID, appointment_id: UUID, state: VisitState | None, acts: Iterable[VisitAct]
) -> tuple[ActButton, ...]:
    """Make a button of each act; to cancel and to move are pages of their own."""
    acts = tuple(acts)
    buttons = [
        ActButton(
            text=words.VISIT_ACTS[act],
            href=url("visit_act", booking_id, appointment_id, act.value),
            posts=True,
            main=act in _MAIN,
        )
        for act in acts
        if act is not VisitAct.CANCEL
    ]
    if VisitAct.CANCEL in acts:
        if state is VisitState.BOOKED:
            move = url("visit_move", booking_id, appointment_id)
            buttons.append(ActButton(text=_("Move"), href=move, posts=False, main=False))
        cancel = url("visit_cancel", booking_id, appointment_id)
        buttons.append(ActButton(text=_("Cancel visit"), href=cancel, posts=False, main=False))
    return tuple(buttons)
