"""Whether and how it is safe to make contact, where something was told in confidence (S13).

Its address and its title tell nothing. What was answered is shown to nobody but the safeguarding clinician: this page
itself begins empty each time.
"""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reable.navigate import NothingSaid
from reable.web.portal.help_pages import exit_of
from reable.web.portal.pages import ReachPage
from reable.web.portal.reach_form import ReachForm
from reable.web.portal.views.common import actor_of, help_address, latest
from reable.web.portal.way import language, way_of
from reable.web.records.actor import NotFound
from reable.web.records.selectors.inquiries import who_may_see
from reable.web.records.services.safeguarding import BadSafeContact, SafeWay, Way, keep_safe_contact
from reable.web.ui.pages import render_page


@login_not_required
@require_http_methods(["GET", "POST"])
def reach(request: HttpRequest) -> HttpResponse:
    """Ask whether and how it is safe to make contact; where no clinic can see what was told, say so."""
    inquiry_id = _confided(request)
    form = None if inquiry_id is None else ReachForm(request.POST if request.method == "POST" else None)
    if inquiry_id is not None and form is not None and request.method == "POST" and form.is_valid():
        try:
            keep_safe_contact(actor_of(request), inquiry_id, _way(form))
        except BadSafeContact as bad:
            for field in bad.fields:
                form.add_error(field, _WRONG[field]())
        else:
            return redirect(reverse("portal:reach") + "?kept=1")
    page = ReachPage(
        title=_("How to reach you"),
        help=help_address(),
        errors=form.problems() if form is not None and form.is_bound else (),
        form=form,
        kept="kept" in request.GET and not (form is not None and form.is_bound),
        exit=exit_of(language()),
    )
    return render_page(request, "portal/reach.html", page, status=422 if page.errors else 200)


def _confided(request: HttpRequest) -> UUID | None:
    """Find what this browser told last, if it was told in confidence and a clinic can see it."""
    inquiry_id = latest(request)
    if inquiry_id is None:
        return None
    try:
        way = way_of(actor_of(request), inquiry_id)
        seen = who_may_see(actor_of(request), inquiry_id)
    except (NotFound, NothingSaid):
        return None
    return inquiry_id if way.is_private and seen else None


def _way(form: ReachForm) -> SafeWay | None:
    data = form.cleaned_data
    if data["safe"] != "yes":
        return None
    return SafeWay(way=Way(data["way"]), address=data["address"], when=data["when"])


_WRONG = {
    "address": lambda: _("Write the whole number, or the whole e-mail address."),
    "when": lambda: _("Write it shorter, please."),
}
