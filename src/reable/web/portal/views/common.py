"""What several views of the person's pages need."""

from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from reable.web.portal.way import language
from reable.web.records.actor import Actor
from reable.web.records.selectors.actors import BOOKINGS, CLINIC, INQUIRIES, LINKS
from reable.web.records.selectors.inquiries import OpenedLink, open_links
from reable.web.records.services.access import BookingMade, LinkTo
from reable.web.records.services.inquiries import give

FRESH = "fresh_link"  # key of the session: the link of the booking that was just made


def actor_of(request: HttpRequest) -> Actor:
    """Give who acts in this request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def help_address() -> str:
    """Give the list of dangers in the language of the page."""
    return f"/help/{language()}/"


def remember(request: HttpRequest, inquiry_id: UUID) -> None:
    """Let this browser see an inquiry from now on; the latest is the one that danger pages lead back to."""
    known = [key for key in request.session.get(INQUIRIES, ()) if key != str(inquiry_id)]
    request.session[INQUIRIES] = [*known, str(inquiry_id)][-5:]


def remember_link(request: HttpRequest, opened: OpenedLink) -> None:
    """Let this browser see an inquiry as long as this link opens it, unless it was told here."""
    key, known = str(opened.inquiry_id), request.session.get(INQUIRIES, ())
    links = request.session.get(LINKS, {})
    if key in links or key not in known:
        request.session[LINKS] = {**links, key: str(opened.link_id)}
    remember(request, opened.inquiry_id)


def tell(request: HttpRequest, inquiry_id: UUID, *given: tuple[str, Mapping[str, Any]]) -> None:
    """Add to an inquiry what was told in this browser. Raises: NotFound.

    Where that ends the link by which the browser came (S13), who tells it stays on their way.
    """
    give(actor_of(request), inquiry_id, *given)
    links = request.session.get(LINKS, {})
    link = links.get(str(inquiry_id))
    if link is not None and not open_links([UUID(link)]):
        _forget_link(request, inquiry_id)


def forget(request: HttpRequest, inquiry_id: UUID) -> None:
    """Let this browser see an inquiry no more."""
    request.session[INQUIRIES] = [key for key in request.session.get(INQUIRIES, ()) if key != str(inquiry_id)]
    _forget_link(request, inquiry_id)


def _forget_link(request: HttpRequest, inquiry_id: UUID) -> None:
    links = request.session.get(LINKS, {})
    if str(inquiry_id) in links:
        request.session[LINKS] = {key: link for key, link in links.items() if key != str(inquiry_id)}


def keep_booking(request: HttpRequest, booking_id: UUID) -> None:
    """Let this browser see a booking from now on."""
    known = [key for key in request.session.get(BOOKINGS, ()) if key != str(booking_id)]
    request.session[BOOKINGS] = [*known, str(booking_id)][-20:]


def show_fresh(request: HttpRequest, made: BookingMade) -> HttpResponse:
    """Show a booking that was just made, with its link: the only time that it can be shown."""
    keep_booking(request, made.booking_id)
    request.session[FRESH] = {"booking": str(made.booking_id), "address": f"/{LinkTo.BOOKING}/{made.secret}/"}
    return redirect("portal:booking", made.booking_id)


def latest(request: HttpRequest) -> UUID | None:
    """Give the inquiry that this browser was last busy with."""
    known = request.session.get(INQUIRIES, ())
    return UUID(known[-1]) if known else None


def clinic_id(request: HttpRequest) -> UUID | None:
    """Give the clinic on whose link this was begun."""
    chosen = request.session.get(f"portal_{CLINIC}")
    return UUID(chosen) if chosen else None


def about(relation: str) -> dict[str, object]:
    """Say for whom and in which language and country an inquiry is begun."""
    return {"language": language().value, "country": settings.REABLE_COUNTRY, "relation": relation}
