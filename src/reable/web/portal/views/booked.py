"""A booking: what was booked, its calendar file, moving and cancelling it, and the link to it."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reable.book import CancelReason, VisitState
from reable.web import core
from reable.web.booking.choice import VisitLine, clock, day, tiles, what, written
from reable.web.booking.forms import TimeForm
from reable.web.portal.booking_pages import BookedPage, BookedVisit, CancelledPage, MovePage, VisitsPage
from reable.web.portal.views.book import moved_to
from reable.web.portal.views.common import FRESH, actor_of, help_address, keep_booking
from reable.web.portal.way import language
from reable.web.records.digest import digest_of
from reable.web.records.selectors.bookings import BookingSeen, VisitSeen, booking, bookings_of, calendar
from reable.web.records.selectors.choices import Chosen, TimeTaken
from reable.web.records.selectors.chosen import times_to_move
from reable.web.records.selectors.clinics import clinic_words
from reable.web.records.services.access import open_by_secret, revoke_link
from reable.web.records.services.bookings import cancel as cancel_booking
from reable.web.records.services.bookings import move as move_visit
from reable.web.ui.pages import MessagePage, render_page
from reable.web.ui.parts import Text

_STATES: Mapping[VisitState, Text] = {
    VisitState.BOOKED: "",
    VisitState.ARRIVED: gettext_lazy("You are here now"),
    VisitState.DONE: gettext_lazy("This visit is over"),
    VisitState.NO_SHOW: gettext_lazy("You did not come to this visit"),
    VisitState.CANCELLED: gettext_lazy("Cancelled"),
}


@login_not_required
@require_safe
def one(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Show a booking."""
    seen = booking(actor_of(request), booking_id)
    fresh = request.session.get(FRESH, {})
    is_fresh = fresh.get("booking") == str(booking_id)
    own = clinic_words(actor_of(request), seen.clinic_id, language())
    page = BookedPage(
        title=_("Your visit is booked") if is_fresh else _("Your booking"),
        help=help_address(),
        fresh=is_fresh,
        name=seen.name,
        clinic=seen.clinic,
        visits=_visits(seen),
        calendar=reverse("portal:calendar", args=[booking_id]),
        link=request.build_absolute_uri(fresh["address"]) if is_fresh else "",
        link_is_open=seen.link_is_open,
        end_link=reverse("portal:end_link", args=[booking_id]),
        reminded=tuple(_reminded(seen)),
        bring=(own.to_bring,) if own.to_bring else _standard("what_to_bring"),
        find=own.find_us,
        late=own.if_late,
        closed=own.when_closed,
        telephone=seen.visits[0].telephone,
    )
    return render_page(request, "portal/booked.html", page)


def _standard(key: str) -> tuple[str, ...]:
    """Give what the knowledge says where the clinic has written nothing."""
    return tuple(line.in_(language()) for line in core.knowledge().education[key].body)


def _visits(seen: BookingSeen) -> tuple[BookedVisit, ...]:
    return tuple(
        BookedVisit(
            line=line_of_visit(visit),
            state=_STATES[visit.state],
            move=reverse("portal:move", args=[seen.booking_id, visit.appointment_id]) if visit.can_change else "",
            cancel=reverse("portal:cancel", args=[seen.booking_id, visit.appointment_id]) if visit.can_change else "",
        )
        for visit in seen.visits
    )


def line_of_visit(visit: VisitSeen) -> VisitLine:
    """Put a booked visit into words."""
    return VisitLine(
        what=what(visit.discipline),
        when=f"{day(visit.wall)}, {clock(visit.wall)} ({visit.zone})",
        who=visit.therapist,
        where=visit.location,
        address=visit.address,
        telephone=visit.telephone,
    )


def _reminded(seen: BookingSeen) -> list[str]:
    ways = [(seen.remind_by_email, _("by e-mail")), (seen.remind_by_sms, _("by text message"))]
    return [way for wanted, way in ways if wanted]


@login_not_required
@require_safe
def calendar_file(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Give the calendar file; it names no health matter."""
    response = HttpResponse(calendar(actor_of(request), booking_id), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="visit.ics"'
    return response


@login_not_required
@require_POST
def cancel(request: HttpRequest, booking_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Cancel one visit, in one tap."""
    seen = booking(actor_of(request), booking_id)
    visit = next((one for one in seen.visits if one.appointment_id == appointment_id), None)
    reason = CancelReason.PATIENT_CANNOT_COME
    cancel_booking(actor_of(request), booking_id, reason=reason, appointment_id=appointment_id)
    page = CancelledPage(
        title=_("Your visit is cancelled"),
        help=help_address(),
        line=line_of_visit(visit) if visit else _no_line(),
        telephone=visit.telephone if visit else "",
        again=reverse("portal:booking", args=[booking_id]),
    )
    return render_page(request, "portal/cancelled.html", page)


def _no_line() -> VisitLine:
    return VisitLine(what="", when="", who="", where="", address="", telephone="")


@login_not_required
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, booking_id: UUID, appointment_id: UUID) -> HttpResponse:
    """Offer other times for one visit, and move it."""
    seen = booking(actor_of(request), booking_id)
    visit = next((one for one in seen.visits if one.appointment_id == appointment_id), None)
    if visit is None or not visit.can_change:
        return redirect("portal:booking", booking_id)
    free = times_to_move(actor_of(request), appointment_id, first_day=moved_to(request))
    rows = tuple((time,) for time in free.times)
    form = TimeForm(request.POST or None, times=tiles(rows))
    taken = False
    if request.method == "POST" and form.is_valid():
        chosen = next(row[0] for row in rows if written(row) == form.cleaned_data["time"])
        try:
            move_visit(
                actor_of(request),
                appointment_id,
                Chosen(therapist_id=chosen.therapist_id, location_id=chosen.location_id, starts_at=chosen.starts_at),
            )
        except TimeTaken:
            taken = True
        else:
            return redirect("portal:booking", booking_id)
    last: date | None = rows[-1][0].wall.date() if rows else None
    page = MovePage(
        title=_("Choose a new time"),
        help=help_address(),
        back=reverse("portal:booking", args=[booking_id]),
        errors=form.problems() if form.is_bound and not taken else (),
        form=form if rows else None,
        taken=taken,
        line=line_of_visit(visit),
        later=f"?from={last.isoformat()}" if last else "",
        telephone=visit.telephone,
    )
    return render_page(request, "portal/move.html", page, status=422 if page.errors else 200)


@login_not_required
@require_safe
def by_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Open a booking by its link."""
    booking_id = open_by_secret(actor_of(request), digest_of(secret))
    keep_booking(request, booking_id)
    return redirect("portal:booking", booking_id)


@login_not_required
@require_POST
def end_link(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """End the link to a booking, for this browser too."""
    seen = booking(actor_of(request), booking_id)
    revoke_link(actor_of(request), booking_id)
    page = MessagePage(
        title=_("The link does not work any more"),
        lines=(_("Your visit stays booked. To change it, call %(number)s.") % {"number": seen.visits[0].telephone},),
        home=True,
    )
    return render_page(request, "ui/message.html", page)


@login_not_required
@require_safe
def visits(request: HttpRequest) -> HttpResponse:
    """List all bookings of who looks: signed in as a patient or carer, or by the links opened here."""
    found = bookings_of(actor_of(request))
    page = VisitsPage(
        title=_("Your visits"),
        help=help_address(),
        bookings=tuple((reverse("portal:booking", args=[seen.booking_id]), seen.name, _visits(seen)) for seen in found),
    )
    return render_page(request, "portal/visits.html", page)
