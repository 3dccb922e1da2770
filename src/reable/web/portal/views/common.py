"""What several views of the person's pages need."""

from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from reable.web.portal.way import language
from reable.web.records.actor import Actor
from reable.web.records.selectors.actors import BOOKINGS, CLINIC, INQUIRIES
from reable.web.records.services.access import BookingMade, LinkTo

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


def forget(request: HttpRequest, inquiry_id: UUID) -> None:
    """Let this browser see an inquiry no more."""
    request.session[INQUIRIES] = [key for key in request.session.get(INQUIRIES, ()) if key != str(inquiry_id)]


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
