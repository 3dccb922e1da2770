"""What is done to a visit: marked, cancelled with a reason, moved to another time."""

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.functional import Promise
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from reable.book import CancelReason, NotAllowed, Refusal, VisitAct
from reable.web.clinic import words
from reable.web.clinic.addresses import url
from reable.web.clinic.forms import CancelForm, MoveForm
from reable.web.clinic.pages import CancelPage, MovePage
from reable.web.clinic.views.common import actor_of, day_in, frame, sent
from reable.web.records.actor import NotFound
from reable.web.records.selectors.bookings import BookingSeen, VisitSeen, booking
from reable.web.records.selectors.choices import Chosen
from reable.web.records.selectors.chosen import times_to_move
from reable.web.records.selectors.slots import FreeTime, FreeTimes, WhyNot
from reable.web.records.services import visits as acts
from reable.web.records.services.bookings import cancel, move
from reable.web.records.services.referrals import NotBookable
from reable.web.records.services.visits import TimeTaken
from reable.web.ui.pages import render_page
from reable.web.ui.parts import Row, Text
from reable.web.ui.widgets import Choice

_ACTS = {VisitAct.ARRIVE: acts.arrive, VisitAct.FINISH: acts.finish, VisitAct.MISS: acts.miss, VisitAct.UNDO: acts.undo}
REFUSALS: dict[Refusal, str | Promise] = {
    Refusal.NO_SUCH_STEP: gettext_lazy("Somebody has changed this meanwhile. Look at it again."),
    Refusal.NOT_THIS_ROLE: gettext_lazy("This is for somebody of another role."),
    Refusal.OTHER_DISCIPLINE: gettext_lazy("This is for a therapist of the other discipline."),
    Refusal.TOO_EARLY: gettext_lazy("It is too early for this."),
    Refusal.TOO_LATE: gettext_lazy("It is too late for this."),
    Refusal.NOT_OVERDUE: gettext_lazy("It is not overdue yet."),
    Refusal.TOO_FEW_TRIES: gettext_lazy("Try to reach the person on three different days first."),
    Refusal.DANGER_OPEN: gettext_lazy("A danger is open. Somebody must first write down who cleared it."),
    Refusal.REASON_NEEDED: gettext_lazy("Choose a reason."),
    Refusal.REASON_NOT_ALLOWED: gettext_lazy("Choose a reason that is listed."),
}
WHY_NOT: dict[WhyNot, str | Promise] = {
    WhyNot.CALL_US: gettext_lazy("No length or rule is set for this kind of visit. A manager sets it."),
    WhyNot.REFERRAL: gettext_lazy("A referral is needed for this kind of visit."),
    WhyNot.NOBODY_FITS: gettext_lazy("Nobody here fits: language, age group or training."),
    WhyNot.NONE_FREE: gettext_lazy("No time is free from this day on."),
}
_WEEK = timedelta(days=7)


@require_POST
def act(request: HttpRequest, booking_id: UUID, appointment_id: UUID, what: str) -> HttpResponse:
    """Mark a visit: arrived, done, did not come, or take the mark back."""
    done = _ACTS.get(VisitAct(what)) if what in set(VisitAct) else None
    if done is None:
        raise Http404
    _visit(request, booking_id, appointment_id)  # nothing is marked from outside the clinic
    try:
        state = done(actor_of(request), appointment_id)
    except NotAllowed as refused:
        messages.error(request, str(REFUSALS[refused.refusal]))
    else:
        messages.success(request, _("The visit is marked: {state}.").format(state=words.VISIT_STATES[state]))
    return redirect(f"{back_to(request)}#visit-{appointment_id}")


def back_to(request: HttpRequest) -> str:
    """Give the page of the schedule that somebody came from."""
    given = request.POST.get("next") or request.GET.get("next") or ""
    ok = url_has_allowed_host_and_scheme(given, allowed_hosts=None) and given.startswith("/clinic/")
    return given if ok else url("schedule")


@require_http_methods(["GET", "POST"])
def cancel_visit(request: HttpRequest, booking_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Ask why, then cancel; the freed time goes to the waiting list."""
    seen, visit = _visit(request, booking_id, appointment_id)
    reasons = [reason for reason in CancelReason if reason in words.CANCEL_REASONS]
    form = CancelForm(sent(request), reasons=reasons)
    if request.method == "POST" and form.is_valid():
        reason = CancelReason(form.cleaned_data["reason"])
        try:
            cancel(actor_of(request), booking_id, reason=reason, appointment_id=appointment_id)
        except NotAllowed as refused:
            form.add_error("reason", str(REFUSALS[refused.refusal]))
        else:
            messages.success(request, _("The visit is cancelled, and the person is told."))
            return redirect(_day_of(visit.wall))
    page = CancelPage(
        title=_("Cancel a visit"),
        frame=frame(request, "schedule"),
        back=_day_of(visit.wall),
        errors=form.problems() if form.is_bound else (),
        form=form,
        facts=_facts(seen, visit),
    )
    return render_page(request, "clinic/visit_cancel.html", page, status=422 if page.errors else 200)


@require_http_methods(["GET", "POST"])
def move_visit(request: HttpRequest, booking_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Offer other times of the same discipline, then move the visit."""
    actor = actor_of(request)
    seen, visit = _visit(request, booking_id, appointment_id)
    first = day_in(request.GET.get("from"))
    found = times_to_move(actor, appointment_id, first_day=first)
    form = MoveForm(sent(request), times=_tiles(found))
    if request.method == "POST" and form.is_valid():
        try:
            move(actor, appointment_id, _chosen(form.cleaned_data["time"]))
        except TimeTaken:
            form.add_error("time", _("That time was just taken. Choose another one."))
        except NotBookable:
            form.add_error("time", _("This visit cannot be booked at that time. Choose another one."))
        except NotAllowed as refused:
            form.add_error("time", str(REFUSALS[refused.refusal]))
        else:
            messages.success(request, _("The visit has a new time, and the person is told."))
            return redirect(_day_of(next(one.wall for one in found.times if _key(one) == form.cleaned_data["time"])))
    begin = first or visit.wall.date()
    page = MovePage(
        title=_("Move a visit"),
        frame=frame(request, "schedule"),
        back=_day_of(visit.wall),
        errors=form.problems() if form.is_bound else (),
        form=form,
        facts=_facts(seen, visit),
        later=f"?from={(found.times[-1].wall.date() if found.times else begin) + timedelta(days=1)}",
        sooner="?" if first else "",
        why_not=WHY_NOT[found.why_not] if found.why_not else "",
    )
    return render_page(request, "clinic/visit_move.html", page, status=422 if page.errors else 200)


def _visit(request: HttpRequest, booking_id: UUID, appointment_id: UUID) -> tuple[BookingSeen, VisitSeen]:
    seen = booking(actor_of(request), booking_id)
    visit = next((one for one in seen.visits if one.appointment_id == appointment_id), None)
    if visit is None or actor_of(request).clinic_id != seen.clinic_id:
        raise NotFound
    return seen, visit


def _facts(seen: BookingSeen, visit: VisitSeen) -> tuple[Row, ...]:
    reach = ", ".join(way for way in (seen.telephone, seen.email) if way)
    return (
        Row(key=_("Who"), value=seen.name),
        Row(key=_("Reach them"), value=reach),
        Row(key=_("When"), value=formats.date_format(visit.wall, "DATETIME_FORMAT")),
        Row(key=_("With"), value=f"{visit.therapist} ({words.SHORT[visit.discipline]})"),
        Row(key=_("Where"), value=visit.location),
        Row(key=_("State"), value=words.VISIT_STATES[visit.state]),
    )


def _tiles(found: FreeTimes) -> list[tuple[Text, list[tuple[str, Choice]]]]:
    days: list[tuple[Text, list[tuple[str, Choice]]]] = []
    for on, times in found.by_day:
        name = formats.date_format(on, "l, ") + formats.date_format(on, "DATE_FORMAT")
        days.append((name, [(_key(one), _tile(one)) for one in times]))
    return days


def _tile(free: FreeTime) -> Choice:
    return Choice(formats.time_format(free.wall, "TIME_FORMAT"), hint=f"{free.therapist}, {free.location}")


def _key(free: FreeTime) -> str:
    return f"{free.therapist_id}|{free.location_id}|{free.starts_at.isoformat()}"


def _chosen(key: str) -> Chosen:
    """Read a time that was offered: the form lets no other through."""
    therapist, location, starts = key.split("|")
    return Chosen(therapist_id=UUID(therapist), location_id=UUID(location), starts_at=datetime.fromisoformat(starts))


def _day_of(moment: datetime) -> str:
    return f"{url('schedule')}?day={moment.date().isoformat()}"
