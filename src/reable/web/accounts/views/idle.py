"""The automatic sign-out, as the browser sees it: stay, leave, and a form that was sent too late."""

from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reable.web.accounts import idle, unsent
from reable.web.accounts.pages import UnsentPage
from reable.web.accounts.views.common import next_of
from reable.web.ui.pages import render_page

_SEND_THE_SAME_THERE = 307


@require_POST
def stay(request: HttpRequest) -> HttpResponse:
    """Stay signed in: the request alone does it, since it is a sign of life."""
    return HttpResponse(status=204)


@login_not_required
@require_POST
def timeout(request: HttpRequest) -> HttpResponse:
    """Sign out because nothing was done; the browser says so when its own clock has run out."""
    logout(request)
    return HttpResponseRedirect(idle.sign_in_address(next_of(request)))


@require_http_methods(["GET", "POST"])
def late(request: HttpRequest) -> HttpResponse:
    """Offer to send once more what was sent after the automatic sign-out, or to drop it."""
    kept = unsent.kept(request)
    if kept is None:
        return redirect("home")
    if request.method == "POST":
        unsent.drop(request)
        if "drop" in request.POST:
            return HttpResponseRedirect(kept.page)
        # The browser sends the very same body on: the fields, and the token that proves that it was this page.
        return HttpResponse(status=_SEND_THE_SAME_THERE, headers={"Location": kept.path})
    page = UnsentPage(title=_("Your last form was not sent"), fields=kept.fields, back=kept.page)
    return render_page(request, "accounts/unsent.html", page)
