"""PT and OT in plain words (B2)."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from reable.web import core
from reable.web.portal.pages import DifferencePage, Lines
from reable.web.portal.views.common import help_address
from reable.web.portal.way import language
from reable.web.ui.pages import render_page
from reable.web.ui.parts import Link


@login_not_required
@require_safe
def difference(request: HttpRequest) -> HttpResponse:
    """Explain the difference between physical and occupational therapy, and what a first visit is like."""
    items = core.knowledge().education

    def lines(key: str) -> Lines:
        item = items[key]
        return Lines(title=item.title.in_(language()), lines=tuple(line.in_(language()) for line in item.body))

    page = DifferencePage(
        title=items["difference_pt_ot"].title.in_(language()),
        help=help_address(),
        back=reverse("portal:start"),
        sections=(lines("difference_pt_ot"), lines("first_visit"), lines("what_to_bring")),
        sides=(lines("pt_session"), lines("ot_session")),
        links=(Link(text=_("Find out which one fits you"), href=reverse("portal:start")),),
        unsigned=not items["difference_pt_ot"].reviewed_by,
    )
    return render_page(request, "portal/difference.html", page)
