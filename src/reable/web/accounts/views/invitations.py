"""Take up an invitation to work in a clinic."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reable.web.accounts import words
from reable.web.accounts.forms import JoinForm
from reable.web.accounts.pages import InvitationPage
from reable.web.accounts.selectors import InvitationCard, account_of, invitation_by_secret
from reable.web.accounts.services import AddressDiffers, NewPerson, accept
from reable.web.accounts.views.common import user_id_of
from reable.web.records.actor import NotFound
from reable.web.ui.pages import MessagePage, render_page


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Show who invites to what; take it up with one button, or with a name as a new person."""
    try:
        card = invitation_by_secret(secret)
        if request.user.is_authenticated:
            return _as_user(request, secret, card)
        return _as_new(request, secret, card)
    except NotFound:
        return _does_not_work(request)


def _as_user(request: HttpRequest, secret: str, card: InvitationCard) -> HttpResponse:
    if request.method == "POST":
        try:
            accept(secret, by=user_id_of(request))
        except AddressDiffers:
            return redirect(request.path)
        return redirect("home")
    return _shown(request, card)


def _as_new(request: HttpRequest, secret: str, card: InvitationCard) -> HttpResponse:
    if card.has_account:
        return _shown(request, card)
    form = JoinForm(request.POST if request.method == "POST" else None, email=card.email)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, card, form)
    password = form.cleaned_data["password"] or None
    user = accept(secret, new=NewPerson(name=form.cleaned_data["name"], password=password))
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    if password:  # it was chosen this moment: the set-up of the second step need not ask for it again
        record_authentication(request, user, method="password", reauthenticated=True)
    return redirect("home")


def _shown(request: HttpRequest, card: InvitationCard, form: JoinForm | None = None) -> HttpResponse:
    signed_in = request.user.is_authenticated
    own = signed_in and account_of(user_id_of(request)).email == card.email
    page = InvitationPage(
        title=_("You are invited to %(clinic)s") % {"clinic": card.clinic},
        errors=form.problems() if form is not None and form.is_bound else (),
        clinic=card.clinic,
        role=words.role(card.role),
        email=card.email,
        form=form,
        can_accept=own,
        sign_in="" if signed_in or form else f"{reverse('account_login')}?{urlencode({'next': request.path})}",
        sign_out=signed_in and not own,
    )
    return render_page(request, "accounts/invitation.html", page, status=422 if page.errors else 200)


def _does_not_work(request: HttpRequest) -> HttpResponse:
    page = MessagePage(
        title=_("This invitation does not work"),
        lines=(
            _("It may be old, or it was used, or taken back. Look if you copied the whole link."),
            _("Ask the manager of the clinic for a new one."),
        ),
        home=True,
    )
    return render_page(request, "ui/message.html", page, status=404)
