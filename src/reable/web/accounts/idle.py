"""The automatic sign-out of staff who did nothing for a while: a screen left open must not stay open."""

import time
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from reable.web.accounts import unsent
from reable.web.records.actor import Actor

_SEEN = "seen_at"
_EVERY = 30  # seconds: how often a session is written for this
ONLY_LOOKS = "X-Reable-Look"  # header of requests that a page makes by itself: they are no sign of a person


def is_guarded(actor: Actor, request: HttpRequest) -> bool:
    """Test if the automatic sign-out is for this person: it is for staff and operators."""
    return actor.clinic_id is not None or request.user.is_superuser


def too_long(request: HttpRequest) -> bool:
    """Test if nothing was done for longer than is allowed, and note that something is done now."""
    now = time.time()
    last = float(request.session.get(_SEEN, now))
    # What is noted may be some seconds old: nobody is signed out before the time that the page tells them.
    every = min(_EVERY, limit_seconds() / 10)
    if now - last > limit_seconds() + every:
        return True
    if request.headers.get(ONLY_LOOKS) is None and (now - last > every or _SEEN not in request.session):
        request.session[_SEEN] = now
    return False


def limit_seconds() -> float:
    """Give after how many seconds without doing anything staff are signed out."""
    return float(settings.STAFF_IDLE_MINUTES) * 60


def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out, keep a form that was just sent, and show the sign-in page, which leads back."""
    page = page_of(request)
    taken = unsent.from_request(request, page)
    logout(request)
    if taken is not None:
        unsent.keep(request, taken)
        page = reverse("accounts:unsent")
    address = sign_in_address(page)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})  # the whole page, not the part it asked for
    return HttpResponseRedirect(address)


def sign_in_address(page: str) -> str:
    """Give the sign-in page that says why one is there, and leads back to `page`."""
    return f"{reverse('account_login')}?{urlencode({'next': page, 'idle': '1'})}"


def page_of(request: HttpRequest) -> str:
    """Give the page that somebody was on: what they asked for, or the page whose form they sent."""
    if request.method in ("GET", "HEAD") and not request.headers.get("HX-Request"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    if came_from.netloc == request.get_host() and came_from.path.startswith("/"):
        return came_from.path + (f"?{came_from.query}" if came_from.query else "")
    return reverse("home")
