"""Days closed, lengths of visits, referral rules, the clinic's own texts and numbers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reable.terms import Language
from reable.web.clinic.addresses import url
from reable.web.clinic.setup_forms import TEXT_LABELS, ClosedDayForm, TextsForm, VisitTypesForm
from reable.web.clinic.setup_pages import ClosedDaysPage, Removable, TextsPage, VisitTypesPage
from reable.web.clinic.views.common import actor_of, frame, sent, unready
from reable.web.clinic.views.hours import tell_booked
from reable.web.clinic.views.places import say
from reable.web.records.selectors.places import (
    ClosedDay,
    closed_days,
    details,
    own_texts,
    places,
    referral_rules,
    visit_lengths,
)
from reable.web.records.services.places import (
    BadPlace,
    close_day,
    open_day,
    set_details,
    set_lengths,
    set_rules,
    set_texts,
)
from reable.web.ui.pages import render_page


@require_http_methods(["GET", "POST"])
def closed(request: HttpRequest) -> HttpResponse:
    """List the days to come on which something is closed; add one."""
    actor = actor_of(request)
    choices = [(str(one.id), one.name) for one in places(actor) if one.closed is None]
    form = ClosedDayForm(sent(request), places=choices)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        place_id = UUID(data["place"]) if data["place"] else None
        try:
            booked = close_day(actor, data["on"], place_id=place_id, reason=data["reason"])
        except BadPlace as bad:
            say(form, bad)
        else:
            messages.success(request, _("The day is marked as closed."))
            tell_booked(request, booked)
            return redirect("clinic:closed_days")
    page = ClosedDaysPage(
        title=_("Closed days"),
        frame=frame(request, "closed_days"),
        errors=form.problems() if form.is_bound else (),
        days=tuple(_closed(one) for one in closed_days(actor)),
        form=form,
    )
    return render_page(request, "clinic/closed_days.html", page, status=422 if page.errors else 200)


def _closed(day: ClosedDay) -> Removable:
    on = formats.date_format(day.on, "l, ") + formats.date_format(day.on, "DATE_FORMAT")
    return Removable(
        text=on, note=f"{day.place or _('The whole clinic')}: {day.reason}", remove=url("day_open", day.id)
    )


@require_POST
def day_open(request: HttpRequest, closed_id: UUID) -> HttpResponse:
    """Take back that a day is closed."""
    open_day(actor_of(request), closed_id)
    messages.success(request, _("The day is open again."))
    return redirect("clinic:closed_days")


@require_http_methods(["GET", "POST"])
def visit_types(request: HttpRequest) -> HttpResponse:
    """Set how long visits take, and whether a referral is needed first."""
    actor = actor_of(request)
    lengths, rules = visit_lengths(actor), referral_rules(actor)
    initial = {f"{discipline}_{kind}": str(minutes or "") for (discipline, kind), minutes in lengths.items()}
    initial |= {f"{discipline}_rule": rule for discipline, rule in rules.items()}
    form = VisitTypesForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            set_lengths(actor, form.lengths())
        except BadPlace as bad:
            say(form, bad)
        else:
            set_rules(actor, form.rules())
            messages.success(request, _("It is kept. Booked visits keep their length."))
            return redirect("clinic:visit_types")
    page = VisitTypesPage(
        title=_("Visits and referrals"),
        frame=frame(request, "visit_types"),
        errors=form.problems() if form.is_bound else (),
        form=form,
    )
    return render_page(request, "clinic/visit_types.html", page, status=422 if page.errors else 200)


@require_http_methods(["GET", "POST"])
def texts(request: HttpRequest) -> HttpResponse:
    """Set the clinic's number and its texts in both languages."""
    actor = actor_of(request)
    own, clinic = own_texts(actor), details(actor)
    initial: dict[str, object] = {"telephone": clinic.telephone, "notice_minutes": clinic.notice_minutes}
    initial |= {f"{key}_{Language.EN}": text.en for key, text in own.items()}
    initial |= {f"{key}_{Language.ES}": text.es for key, text in own.items()}
    form = TextsForm(sent(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        set_details(actor, telephone=data["telephone"], notice_minutes=data["notice_minutes"])
        set_texts(actor, {key: (data[f"{key}_{Language.EN}"], data[f"{key}_{Language.ES}"]) for key in TEXT_LABELS})
        messages.success(request, _("The texts are kept."))
        return redirect("clinic:texts")
    page = TextsPage(
        title=_("Texts and numbers"),
        frame=frame(request, "texts"),
        errors=form.problems() if form.is_bound else (),
        form=form,
        clinic=clinic.name,
        unready=unready(actor),
    )
    return render_page(request, "clinic/texts.html", page, status=422 if page.errors else 200)
