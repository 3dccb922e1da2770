"""What people see when something does not work: plain words, what to do next, and nothing they typed is lost."""

import logging

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from reable.web.ui.pages import MessagePage, render_page

log = logging.getLogger("reable.web")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Show the same page for what is missing and for what belongs to somebody else."""
    page = MessagePage(
        title=_("We cannot find this page"),
        lines=(
            _("The link may be old, or this page is not for you."),
            _("What you told us is kept for you only. You can start again at any time."),
        ),
        home=True,
    )
    return render_page(request, "ui/message.html", page, status=404)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that a role may not do this."""
    page = MessagePage(title=_("This is not for your role"), lines=(_("Ask somebody whose role it is."),), home=True)
    return render_page(request, "ui/message.html", page, status=403)


@login_not_required
def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Explain a form whose safety token is missing: an old page, or cookies that are switched off."""
    page = MessagePage(
        title=_("Please send this once more"),
        lines=(
            _("This page was open for a long time, or your browser keeps no cookies."),
            _("Go back. What you typed is still there. Load the page again, then send it."),
        ),
        home=True,
    )
    return render_page(request, "ui/message.html", page, status=403)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that it is our fault, without needing the database."""
    page = MessagePage(
        title=_("Something went wrong here"),
        lines=(
            _("It is our fault, not yours. Please try again in a minute."),
            _("If you feel in danger, do not wait for this page. Call for help now."),
        ),
        home=True,
    )
    return render_page(request, "ui/message.html", page, status=500)
