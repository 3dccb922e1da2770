"""Who may see and change my visits: look, add, end (S30). Only for patients themselves, never for their carers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reable.web.accounts import words
from reable.web.accounts.forms import CarerForm
from reable.web.accounts.pages import AddCarerPage, CareredClinic, CarerRow, CarersPage, EndCarerPage
from reable.web.accounts.selectors import CarerCard, own_patients
from reable.web.accounts.services import CannotGrant, grant_carer, revoke_carer
from reable.web.accounts.services.carers import BY_LAW, PATIENTS_WORD
from reable.web.accounts.views.common import actor_of
from reable.web.records.actor import NotFound
from reable.web.ui.pages import render_page

_EXITS = {"en": "https://www.weather.gov/", "es": "https://www.weather.gov/?lang=es"}


@require_safe
def carers(request: HttpRequest) -> HttpResponse:
    """Show who helps me, at each clinic."""
    mine = own_patients(actor_of(request))
    page = CarersPage(
        title=_("People who help you"),
        back=reverse("accounts:index"),
        clinics=tuple(CareredClinic(clinic=one.clinic, carers=tuple(map(_row, one.carers))) for one in mine),
        add=reverse("accounts:add_carer") if mine else "",
        exit=_exit(),
    )
    return render_page(request, "accounts/carers.html", page)


def _row(card: CarerCard) -> CarerRow:
    return CarerRow(
        name=card.name or card.email,
        relation=words.relation(card.relation),
        since=card.granted_at,
        end=reverse("accounts:end_carer", args=[card.id]),
        by_law=card.authority in BY_LAW,
    )


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Let somebody see and change my visits. Raises: NotFound for who is nobody's patient."""
    actor = actor_of(request)
    mine = own_patients(actor)
    if not mine:
        raise NotFound
    choices = tuple((str(one.id), f"{one.clinic}: {one.name}") for one in mine)
    form = CarerForm(request.POST if request.method == "POST" else None, patients=choices)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            grant_carer(actor, UUID(form.patient_id), given["email"], given["relation"], PATIENTS_WORD, given["agrees"])
        except CannotGrant as error:
            form.add_error("email", error.message)
        else:
            messages.success(request, _("This person can now see and change your visits."))
            return redirect("accounts:carers")
    page = AddCarerPage(
        title=_("Add a person who helps you"),
        back=reverse("accounts:carers"),
        errors=form.problems() if form.is_bound else (),
        form=form,
        exit=_exit(),
    )
    return render_page(request, "accounts/carer_add.html", page, status=422 if page.errors else 200)


@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, carer_id: UUID) -> HttpResponse:
    """End somebody's access to my visits, at once. Raises: NotFound."""
    actor = actor_of(request)
    cards = {card.id: card for one in own_patients(actor) for card in one.carers}
    if carer_id not in cards:
        raise NotFound
    if request.method == "POST":
        revoke_carer(actor, carer_id)
        messages.success(request, _("This person cannot see your visits any more. We do not tell them."))
        return redirect("accounts:carers")
    card = cards[carer_id]
    page = EndCarerPage(
        title=_("End this person's access"), back=reverse("accounts:carers"), name=card.name or card.email, exit=_exit()
    )
    return render_page(request, "accounts/carer_end.html", page)


def _exit() -> str:
    return _EXITS["es" if (get_language() or "").startswith("es") else "en"]
