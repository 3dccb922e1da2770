"""A form that was sent after the automatic sign-out: kept for the same person, to be sent once more by their own hand.

It waits in the session, on the server, for an hour. Somebody else who signs in does not get it.
"""

import time
from dataclasses import dataclass

from django.http import HttpRequest

_KEY = "unsent"
_LONGEST = 200_000  # letters of all answers together
_KEPT_SECONDS = 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsent:
    """A form as it was filled in: where it goes, and name and value of each field, in order."""

    path: str
    fields: tuple[tuple[str, str], ...]
    page: str  # where it was filled in


def from_request(request: HttpRequest, page: str) -> dict[str, object] | None:
    """Take what was sent, ready for a session; nothing of other sites, files, or the pages with passwords."""
    own = f"{request.scheme}://{request.get_host()}"
    if request.method != "POST" or request.path.startswith("/account/"):
        return None
    if request.headers.get("Origin", own) != own or request.FILES:
        return None
    fields = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    fields = [(name, value) for name, value in fields if name != "csrfmiddlewaretoken"]
    if not fields or sum(len(name) + len(value) for name, value in fields) > _LONGEST:
        return None
    return {
        "user": str(request.user.pk),
        "at": int(time.time()),
        "path": request.get_full_path(),
        "fields": fields,
        "page": page,
    }


def keep(request: HttpRequest, taken: dict[str, object]) -> None:
    """Keep what was taken, in the session that begins after the sign-out."""
    request.session[_KEY] = taken


def kept(request: HttpRequest) -> Unsent | None:
    """Give what who is signed in had sent."""
    taken = request.session.get(_KEY)
    if not taken or taken["user"] != str(request.user.pk) or time.time() - taken["at"] > _KEPT_SECONDS:
        return None
    fields = tuple((name, value) for name, value in taken["fields"])
    return Unsent(path=taken["path"], fields=fields, page=taken["page"])


def drop(request: HttpRequest) -> None:
    """Forget it."""
    request.session.pop(_KEY, None)


def drop_of_others(request: HttpRequest) -> None:
    """Forget it unless it belongs to who is signed in."""
    if kept(request) is None:
        drop(request)
