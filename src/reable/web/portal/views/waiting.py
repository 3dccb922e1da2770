"""A place on the waiting list: what is offered there, and leaving it."""

from contextlib import suppress

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reable.book import OfferIsOver
from reable.web.booking.choice import VisitLine, clock, day, what
from reable.web.portal.booking_pages import OfferPage
from reable.web.portal.views.common import actor_of, help_address, show_fresh
from reable.web.records.digest import digest_of
from reable.web.records.selectors.waiting_list import OfferSeen, place
from reable.web.records.services.waiting_list import leave, refuse_offer, take_offer
from reable.web.ui.pages import MessagePage, render_page


@login_not_required
@require_http_methods(["GET", "POST"])
def waiting(request: HttpRequest, secret: str) -> HttpResponse:
    """Show a place on the waiting list, and take or refuse an offered time."""
    digest = digest_of(secret)
    act = request.POST.get("act", "")
    if request.method == "POST" and act == "take":
        try:
            made = take_offer(actor_of(request), digest=digest)
        except OfferIsOver:
            return redirect("portal:waiting", secret)
        return show_fresh(request, made)
    if request.method == "POST" and act == "refuse":
        with suppress(OfferIsOver):  # it ended a moment ago: the same as refusing it
            refuse_offer(actor_of(request), digest=digest)
        return redirect("portal:waiting", secret)
    if request.method == "POST" and act == "leave":
        leave(actor_of(request), digest=digest)
        page = MessagePage(
            title=_("You are off the waiting list"), lines=(_("You can join again at any time."),), home=True
        )
        return render_page(request, "ui/message.html", page)
    seen = place(actor_of(request), digest=digest)
    page_ = OfferPage(
        title=_("A time is free for you") if seen.offer else _("You are on the waiting list"),
        help=help_address(),
        line=_offered(seen.offer, what(seen.discipline)) if seen.offer else None,
        until=f"{day(seen.offer.expires_wall)}, {clock(seen.offer.expires_wall)}" if seen.offer else "",
        what=what(seen.discipline),
        clinic=seen.clinic,
        late=seen.late,
        telephone=seen.telephone,
        address=request.build_absolute_uri(),
    )
    return render_page(request, "portal/waiting.html", page_)


def _offered(offer: OfferSeen, name: str) -> VisitLine:
    return VisitLine(
        what=name,
        when=f"{day(offer.wall)}, {clock(offer.wall)} ({offer.zone})",
        who=offer.therapist,
        where=offer.location,
        address=offer.address,
        telephone="",
    )
