"""Sign in as somebody made up, in the demo only."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from reable.web.accounts.selectors import demo_account, user_by_id
from reable.web.accounts.views.common import next_of
from reable.web.records.actor import NotFound
from reable.web.records.selectors.actors import CLINIC


@login_not_required
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo accounts. Raises: NotFound outside the demo, and for everybody else's account."""
    if not settings.DEMO:
        raise NotFound
    return _sign_in(request)


@require_POST
def _sign_in(request: HttpRequest) -> HttpResponse:
    try:
        account = demo_account(UUID(request.POST.get("person", "")), UUID(request.POST.get("clinic", "")))
    except ValueError as error:
        raise NotFound from error
    login(request, user_by_id(account.user_id), backend="django.contrib.auth.backends.ModelBackend")
    request.session[CLINIC] = str(account.clinic_id)
    return redirect(next_of(request) or "home")
