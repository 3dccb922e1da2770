"""The one way a page is shown: a template and a frozen value named `page`."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reable.web.ui.parts import Link, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MessagePage:
    """A page of a few sentences (`ui/message.html`): what happened, what to do next; `home` adds the way back."""

    title: Text
    lines: tuple[Text, ...]
    links: tuple[Link, ...] = ()
    home: bool = False


def render_page(request: HttpRequest, template: str, page: Any, *, status: int = 200) -> HttpResponse:
    """Show `page` through `template`; the template sees exactly {"page": page} beside what context processors add.

    Give `status=422` when `page.errors` holds problems that the person has to mend.
    """
    return render(request, template, {"page": page}, status=status)
