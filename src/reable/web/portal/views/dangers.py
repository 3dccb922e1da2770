"""The danger pages where no web server hands out the files, and "this is not happening now" (S5)."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reable.terms import Language
from reable.web import core
from reable.web.danger_words import flag_of
from reable.web.portal.forms import CheckedForm
from reable.web.portal.help_pages import address_of, help_index, help_page, rendered
from reable.web.portal.pages import CheckedPage
from reable.web.portal.views.common import actor_of, help_address, latest, tell
from reable.web.portal.way import language, next_address, way_of
from reable.web.ui.pages import render_page


@login_not_required
@require_safe
def help_list(request: HttpRequest, spoken: str = "en") -> HttpResponse:
    """Show the list of dangers."""
    page = help_index(_language(spoken), core.knowledge())
    return HttpResponse(rendered(page, "portal/help_index.html", _language(spoken), style=static("ui/reable.css")))


@login_not_required
@require_safe
def help_one(request: HttpRequest, spoken: str, code: str) -> HttpResponse:
    """Show one danger page."""
    flag = flag_of(code, core.knowledge())
    if flag is None:
        raise Http404
    page = help_page(flag, _language(spoken), core.knowledge())
    return HttpResponse(rendered(page, "portal/help.html", _language(spoken), style=static("ui/reable.css")))


@login_not_required
@require_http_methods(["GET", "POST"])
def not_now(request: HttpRequest, code: str) -> HttpResponse:
    """Ask whether and when a clinician has looked at a danger, and whether it is worse since."""
    flag = flag_of(code, core.knowledge())
    inquiry_id = latest(request)
    if flag is None or not flag.may_be_checked:
        raise Http404
    if inquiry_id is None:
        return redirect("portal:start")
    way = way_of(actor_of(request), inquiry_id)
    form = CheckedForm(request.POST or None)
    refused = False
    if request.method == "POST" and form.is_valid():
        told = {"flag": flag.key, "counts": "yes" if form.counts else "no"}
        told |= {field: form.cleaned_data[field] for field in ("seen", "when", "worse")}
        tell(request, inquiry_id, ("not_now", {"flag": flag.key}), ("checked", told))
        if form.counts:
            return redirect(next_address(way_of(actor_of(request), inquiry_id)))
        refused = True
    page = CheckedPage(
        title=_("Has someone looked at this?"),
        help=help_address(),
        back=address_of(flag.key, language()),
        errors=form.problems() if form.is_bound else (),
        erase=way.url("erase"),
        form=form,
        name=flag.name.in_(language()),
        danger=address_of(flag.key, language()),
        refused=refused,
    )
    return render_page(request, "portal/checked.html", page, status=422 if page.errors else 200)


def _language(spoken: str) -> Language:
    if spoken not in set(Language):
        raise Http404
    return Language(spoken)
