"""What somebody sees who tried a password too often, or asked for too much at once."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from reable.web.ui.pages import MessagePage, render_page
from reable.web.ui.parts import Link

TOO_MANY = 429


@login_not_required
def locked_out(request: HttpRequest, response: HttpResponse | None = None, credentials: object = None) -> HttpResponse:
    """Say how to go on after too many wrong passwords; it does not tell whether there is such an account."""
    page = MessagePage(
        title=_("Please wait a little"),
        lines=(
            _("The password was wrong too often. We wait 15 minutes before it can be tried again."),
            _("You need not wait for this: we can send you a code by e-mail now."),
        ),
        links=(Link(text=_("Send me a code"), href=reverse("account_request_login_code")),),
        home=True,
    )
    return render_page(request, "ui/message.html", page, status=TOO_MANY)


@login_not_required
def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Ask for a moment's patience."""
    page = MessagePage(
        title=_("Please wait a little"),
        lines=(_("That was tried too often in a short time."), _("Wait a minute. Then load this page again.")),
        home=True,
    )
    return render_page(request, "ui/message.html", page, status=TOO_MANY)
