"""What happens around every request: an id for the logs, the language, who acts, and the row of the audit."""

import logging
import time
from collections.abc import Callable
from uuid import uuid4

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.cache import patch_vary_headers

from reable.web import errors
from reable.web.accounts import idle, second_factor
from reable.web.accounts.selectors import factors_of
from reable.web.logs import request_id
from reable.web.records.actor import NotAllowed, NotFound, Unscoped
from reable.web.records.selectors.actors import actor_of
from reable.web.records.services.audit import note_access

log = logging.getLogger("reable.web")
Answer = Callable[[HttpRequest], HttpResponse]


class RequestId:
    """Give each request an id, in the logs and in the answer; keep pages with somebody's data out of caches."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, and log the name of the page, never its address: that may hold a secret."""
        token = request_id.set(uuid4().hex[:12])
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            response.setdefault("Cache-Control", "no-store")
            name = request.resolver_match.view_name if request.resolver_match else "-"
            log.info("%s %s %s %d ms", request.method, name, response.status_code, (time.perf_counter() - began) * 1000)
            return response
        finally:
            request_id.reset(token)


class ChosenLanguage:
    """Speak the language that was chosen with the switch, else the browser's."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Switch the language on for this request."""
        language = translation.get_language_from_request(request)
        with translation.override(language):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.get_response(request)
        response.setdefault("Content-Language", language)
        patch_vary_headers(response, ["Accept-Language", "Cookie"])
        return response


class WhoActs:
    """Find who acts, log staff off who were idle, turn refusals into pages, and leave the row of the audit."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer as this actor."""
        if request.path.startswith(("/help/", "/static/", "/health/")):
            return self.get_response(request)  # these need neither a session nor the database
        request.actor = actor_of(request)  # type: ignore[attr-defined]
        if idle.is_guarded(request.actor, request) and idle.too_long(request):  # type: ignore[attr-defined]
            return idle.sign_out(request)
        response = self.get_response(request)
        actor = request.actor  # type: ignore[attr-defined]
        if actor.touched_patients or actor.touched_inquiries:
            match = request.resolver_match
            note_access(
                actor,
                act=match.view_name if match else "-",
                method=request.method or "",
                status=response.status_code,
                request_id=request_id.get(),
            )
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Give a missing and a foreign thing the same page."""
        if isinstance(exception, NotFound | Unscoped):
            return errors.not_found(request)
        if isinstance(exception, NotAllowed):
            return errors.forbidden(request)
        if isinstance(exception, DatabaseError):
            log.exception("the database does not answer")
        return None


# Where staff may go before they have a second step: setting it up, proving who they are, leaving.
SETTING_UP = frozenset(
    {
        "accounts:second_factor",
        "accounts:sign_out_everywhere",
        "accounts:stay",
        "accounts:timeout",
        "account_logout",
        "account_reauthenticate",
        "mfa_reauthenticate",
        "mfa_reauthenticate_webauthn",
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "set_language",
        "live",
        "ready",
        "portal:help",
        "portal:help_list",
        "portal:help_one",
    }
)


class StaffNeedSecondFactor:
    """Let staff and operators in only with a second step, passed in this very session; demo accounts need none."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; the page is known only in `process_view`."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """Lead to the set-up of a second step whoever has none; whoever did not pass theirs signs in again."""
        actor = getattr(request, "actor", None)
        if actor is None or settings.DEMO or not request.user.is_authenticated:
            return None
        match = request.resolver_match
        if not idle.is_guarded(actor, request) or second_factor.passed(request):
            return None
        if factors_of(request.user.pk).any:  # set up elsewhere: this session never passed it
            page = idle.page_of(request)
            logout(request)
            return redirect_to_login(page, reverse("account_login"))
        if match is not None and match.view_name in SETTING_UP:
            return None
        return redirect("accounts:second_factor")
