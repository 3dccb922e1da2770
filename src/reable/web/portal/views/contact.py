"""Name and contact, then the booking; or a place on the waiting list."""

from secrets import token_urlsafe
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reable.terms import Discipline
from reable.web.booking.choice import line_of, read, what
from reable.web.booking.forms import ContactForm
from reable.web.portal.booking_pages import ContactPage, WaitPage
from reable.web.portal.help_pages import address_of
from reable.web.portal.views.book import age_of, bookable, clinic_of, wish_for
from reable.web.portal.views.common import actor_of, help_address, show_fresh, tell
from reable.web.portal.way import Way, language, next_address, way_of
from reable.web.records.finding import is_private
from reable.web.records.selectors.choices import BadBooking, Chosen, NotBookable, TimeTaken
from reable.web.records.selectors.chosen import chosen_times
from reable.web.records.selectors.clinics import clinic_words, locations
from reable.web.records.services.bookings import BookedAlready, book
from reable.web.records.services.persons import BadPerson
from reable.web.records.services.screening import DangerSaid
from reable.web.records.services.waiting_list import join
from reable.web.ui.pages import render_page


@login_not_required
@require_http_methods(["GET", "POST"])
def contact(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Ask for name and contact, and book."""
    way = way_of(actor_of(request), inquiry_id)
    clinic = clinic_of(request, way)
    if bookable(way) is None or clinic is None:
        return redirect(next_address(way))
    chosen = read(request.GET.get("time", ""))
    try:
        shown = chosen_times(actor_of(request), clinic.id, chosen, age=age_of(way))
    except (TimeTaken, BadBooking, NotBookable):
        return redirect(f"{way.url('times')}?{_without_time(request)}&taken=1")
    form = ContactForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        answer = _book(request, way, clinic.id, chosen, form)
        if answer is not None:
            return answer
    places = locations(actor_of(request), clinic.id)
    page = ContactPage(
        title=_("Who comes?"),
        help=help_address(),
        back=f"{way.url('times')}?{_without_time(request)}",
        errors=form.problems() if form.is_bound else (),
        erase=way.url("erase"),
        form=form,
        form_key=request.POST.get("form_key") or token_urlsafe(16),
        chosen=tuple(line_of(time, places) for time in shown),
        telephone=clinic.telephone,
    )
    return render_page(request, "portal/contact.html", page, status=422 if page.errors else 200)


def _book(
    request: HttpRequest, way: Way, clinic_id: UUID, chosen: tuple[Chosen, ...], form: ContactForm
) -> HttpResponse | None:
    """Book and show it; None puts what is wrong on the form."""
    try:
        made = book(
            actor_of(request),
            clinic_id=clinic_id,
            inquiry_id=way.state.id,
            person=form.person(language=language(), age=age_of(way)),
            times=chosen,
            note=form.cleaned_data["note"],
            form_key=request.POST.get("form_key", ""),
        )
    except (TimeTaken, BadBooking):
        return redirect(f"{way.url('times')}?{_without_time(request)}&taken=1")
    except BookedAlready as already:
        return redirect("portal:booking", already.booking_id)
    except DangerSaid as danger:
        if is_private(danger.flag):  # told in confidence (S13): it is not lost with the booking
            tell(request, way.state.id, ("addition", {"text": form.cleaned_data["note"]}))
        return redirect(address_of(danger.flag, language()))
    except NotBookable:
        form.add_error(None, _("This cannot be booked online. Please call us."))
        return None
    except BadPerson as bad:
        form.add_faults(bad)
        return None
    return show_fresh(request, made)


def _without_time(request: HttpRequest) -> str:
    return urlencode({key: value for key, value in request.GET.dict().items() if key not in ("time", "taken")})


@login_not_required
@require_http_methods(["GET", "POST"])
def wait(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Put somebody on the waiting list."""
    way = way_of(actor_of(request), inquiry_id)
    clinic, door = clinic_of(request, way), bookable(way)
    if door is None or clinic is None:
        return redirect(next_address(way) if door is None else way.url("book"))
    order = way.navigation.recommendation.order
    asked = request.GET.get("what", door.value)
    discipline = Discipline(asked) if asked in set(Discipline) else order[0] if order else Discipline.PT
    form = ContactForm(request.POST or None)
    form.fields.pop("note")
    if request.method == "POST" and form.is_valid():
        wish = wish_for(discipline, request.GET.dict(), way)
        try:
            joined = join(
                actor_of(request),
                clinic_id=clinic.id,
                inquiry_id=way.state.id,
                person=form.person(language=language(), age=age_of(way)),
                wish=wish,
            )
        except DangerSaid as danger:
            return redirect(address_of(danger.flag, language()))
        except NotBookable:
            form.add_error(None, _("We cannot put you on the list here. Please call us."))
        except BadPerson as bad:
            form.add_faults(bad)
        else:
            return redirect("portal:waiting", joined.secret)
    page = WaitPage(
        title=_("Waiting list"),
        help=help_address(),
        back=f"{way.url('times')}?{request.GET.urlencode()}",
        errors=form.problems() if form.is_bound else (),
        erase=way.url("erase"),
        form=form,
        what=what(discipline),
        telephone=clinic.telephone,
        closed=clinic_words(actor_of(request), clinic.id, language()).when_closed,
    )
    return render_page(request, "portal/wait.html", page, status=422 if page.errors else 200)
