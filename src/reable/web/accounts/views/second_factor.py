"""Where staff are led who have no second step yet."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reable.web.accounts import idle
from reable.web.accounts.pages import SetUpPage
from reable.web.accounts.selectors import factors_of
from reable.web.accounts.views.common import actor_of, user_id_of
from reable.web.ui.pages import render_page


@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    """Explain to staff why a second step is needed, and offer two."""
    if factors_of(user_id_of(request)).any or not idle.is_guarded(actor_of(request), request):
        return redirect("mfa_index")
    page = SetUpPage(title=_("Protect this account"), minutes=int(settings.STAFF_IDLE_MINUTES))
    return render_page(request, "accounts/second_factor.html", page)
