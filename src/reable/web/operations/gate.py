"""Outside the demo, a clinic takes no people before what it uses is signed and its risk accepted (S40)."""

import logging
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from reable.web.middleware import Answer
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.selectors.clinics import ClinicCard, clinic_by_slug, clinic_card
from reable.web.records.selectors.governance import ClinicNotLive, may_see_patients
from reable.web.ui.pages import MessagePage, render_page
from reable.web.ui.parts import Link

log = logging.getLogger("reable.web")
GUARDED = "portal"
ALWAYS_OPEN = frozenset(
    {
        *("help", "help_list", "help_one", "not_now", "difference", "erase"),
        *("visits", "booking", "booked", "calendar", "move", "cancel", "end_link", "waiting"),
    }
)
"""Pages of the portal that stay open: danger, what therapies are, deleting, and what somebody already booked.

Every other one is guarded, also one that is added tomorrow. When new knowledge ends the signatures, people must still
be able to move and cancel their visits.
"""

CHOSEN = "portal_clinic"
"""Where the session keeps the clinic on whose link somebody came."""


class NotYetLive:
    """Show, instead of a page that would take somebody in, whom to call. Goes after `WhoActs`."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the view answer, or the refusal."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Refuse before anything is asked or kept."""
        match = request.resolver_match
        if settings.DEMO or match is None or match.namespace != GUARDED or match.url_name in ALWAYS_OPEN:
            return None
        try:
            card = _clinic(request, kwargs)
            return None if may_see_patients(card.id if card else None) else refusal(request, card)
        except NotFound:
            return None  # the view says so itself
        except DatabaseError:
            log.exception("nobody can tell whether this clinic may take people")
            return refusal(request, None)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Turn the refusal of a service into the same page."""
        if not isinstance(exception, ClinicNotLive):
            return None
        actor = Actor(kind=ActorKind.ANONYMOUS)
        return refusal(request, clinic_card(actor, exception.clinic_id) if exception.clinic_id else None)


def refusal(request: HttpRequest, card: ClinicCard | None) -> HttpResponse:
    """Say that this clinic takes nobody through this site yet, and what to do instead. It needs no database."""
    call = (
        _("Please call %(clinic)s: %(telephone)s.") % {"clinic": card.name, "telephone": card.telephone} if card else ""
    )
    page = MessagePage(
        title=_("This clinic does not take people through this site yet"),
        lines=(
            call or _("Please call the clinic."),
            _("Nothing you typed was sent or kept."),
            _("If you feel in danger, do not wait. Call for help now."),
        ),
        links=(Link(text=_("Danger signs and who to call"), href=f"/help/{_language(request)}/"),),
    )
    return render_page(request, "ui/message.html", page, status=403)


def _clinic(request: HttpRequest, kwargs: dict[str, Any]) -> ClinicCard | None:
    """Find the clinic that a page is for: the one in its address, else the one on whose link somebody came."""
    actor = Actor(kind=ActorKind.ANONYMOUS)
    if "slug" in kwargs:
        return clinic_by_slug(actor, kwargs["slug"])
    chosen = request.session.get(CHOSEN)
    return clinic_card(actor, UUID(chosen)) if chosen else None


def _language(request: HttpRequest) -> str:
    return "es" if str(getattr(request, "LANGUAGE_CODE", "en")).startswith("es") else "en"
