"""One's own account: what it holds, the clinic one works in now, signing out on all devices."""

from collections.abc import Iterator

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from reable.web.accounts.pages import ClinicButton, HomePage
from reable.web.accounts.selectors import Account, account_of, clinics_of
from reable.web.accounts.services import sign_out_everywhere
from reable.web.accounts.views.common import actor_of, user_id_of
from reable.web.records.actor import NotFound
from reable.web.records.selectors.actors import CLINIC
from reable.web.ui.pages import render_page
from reable.web.ui.parts import Link, Row


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Show one's account."""
    actor = actor_of(request)
    clinics = clinics_of(actor)
    helped = bool(actor.patient_ids) or actor.clinic_id is None
    page = HomePage(
        title=_("Your account"),
        rows=tuple(_rows(account_of(user_id_of(request)), helped=helped)),
        clinics=tuple(ClinicButton(id=str(one.id), name=one.name, current=one.current) for one in clinics),
        demo_staff=settings.DEMO and bool(clinics),
    )
    return render_page(request, "accounts/index.html", page)


def _rows(account: Account, *, helped: bool) -> Iterator[Row]:
    if account.name:
        yield Row(key=_("Name"), value=account.name)
    yield Row(
        key=_("E-mail"), value=account.email, actions=_link(_("Change"), "account_email", _("your e-mail address"))
    )
    yield Row(
        key=_("Passkeys and second step"),
        value=_("A phone, a computer or an app that shows that it is you."),
        actions=_link(_("Look at them"), "mfa_index", _("(second step)")),
    )
    if account.has_password:
        change = _link(_("Change"), "account_change_password", _("your password"))
        yield Row(key=_("Password"), value=_("You have one."), actions=change)
    else:
        none = _("You have none. You sign in with a code or a passkey.")
        yield Row(key=_("Password"), value=none, actions=_link(_("Set one"), "account_set_password", _("(password)")))
    if helped:
        look = _link(_("Look at them"), "accounts:carers", _("(people who help you)"))
        yield Row(key=_("People who help you"), value=_("They can see and change your visits."), actions=look)


def _link(text: str, name: str, hidden: str) -> tuple[Link, ...]:
    return (Link(text=text, href=reverse(name), hidden=hidden),)


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Work in another of one's clinics from now on. Raises: NotFound."""
    chosen = next((one for one in clinics_of(actor_of(request)) if str(one.id) == request.POST.get("clinic")), None)
    if chosen is None:
        raise NotFound
    request.session[CLINIC] = str(chosen.id)
    return redirect("home")


@require_POST
def everywhere(request: HttpRequest) -> HttpResponse:
    """Sign out on all other devices."""
    count = sign_out_everywhere(user_id_of(request), but=request.session.session_key)
    said = ngettext("You are signed out on %(n)d other device.", "You are signed out on %(n)d other devices.", count)
    messages.success(request, said % {"n": count} if count else _("You were signed in on this device only."))
    return redirect("accounts:index")
