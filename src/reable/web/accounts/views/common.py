"""What several views of accounts need."""

from typing import cast
from uuid import UUID

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from reable.web.records.actor import Actor


def actor_of(request: HttpRequest) -> Actor:
    """Give who acts in this request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def user_id_of(request: HttpRequest) -> UUID:
    """Give who is signed in; for pages that nobody else reaches."""
    return cast(UUID, request.user.pk)


def next_of(request: HttpRequest) -> str:
    """Give the page to go to afterwards, if one was asked for and it is ours."""
    address = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours else ""
