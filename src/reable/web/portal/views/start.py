"""The first page, with words or with taps. Danger is looked for before anything is kept."""

import logging
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reable.knowledge.shapes.tap import body_parts, grouped
from reable.terms import BodySide
from reable.web import core
from reable.web.portal.forms import StartForm, TapForm
from reable.web.portal.pages import BodyRow, StartPage, TapPage, Tile, TileGroup
from reable.web.portal.views.common import about, actor_of, clinic_id, help_address, remember
from reable.web.portal.way import SOMEBODY, answer, danger_address, language
from reable.web.records.inquiry_state import Entry, state_from
from reable.web.records.selectors.actors import CLINIC
from reable.web.records.selectors.clinics import ClinicCard, clinic_by_slug, clinic_card
from reable.web.records.services.inquiries import begin_inquiry, give
from reable.web.ui.pages import render_page

log = logging.getLogger("reable.web")


@login_not_required
@require_http_methods(["GET", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Ask: where are you stuck, what do you want back?"""
    form = StartForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        relation = SOMEBODY if form.cleaned_data["whom"] == "other" else ""
        said = ((kind, form.cleaned_data[kind]) for kind in ("statement", "goal"))
        return begun(request, relation, [(kind, {"text": text}) for kind, text in said if text.strip()])
    card = _card(request)
    page = StartPage(
        title=_("Where are you stuck?"),
        help=help_address(),
        errors=form.problems() if form.is_bound else (),
        form=form,
        clinic=card.name if card else "",
        telephone=card.telephone if card else "",
    )
    return render_page(request, "portal/start.html", page, status=422 if page.errors else 200)


def begun(request: HttpRequest, relation: str, entries: Iterable[Entry]) -> HttpResponse:
    """Look for danger first, without the database; then keep what was told and go on."""
    first: tuple[str, Mapping[str, Any]] = ("about", about(relation))
    given = list(entries)
    danger = danger_address(answer(state_from(uuid4(), None, [first, *given])))
    try:
        inquiry_id = _kept(request, first[1], given)
    except DatabaseError:
        if danger is None:
            raise
        log.exception("a danger was shown, but what was told could not be kept")
        return redirect(danger)
    return redirect(danger or reverse("portal:about" if relation else "portal:understood", args=[inquiry_id]))


def _kept(request: HttpRequest, first: Mapping[str, Any], given: list[Entry]) -> UUID:
    actor = actor_of(request)
    inquiry_id = begin_inquiry(actor, clinic_id=clinic_id(request), about=first)
    give(actor, inquiry_id, *given)
    remember(request, inquiry_id)
    return inquiry_id


@login_not_required
@require_http_methods(["GET", "POST"])
def tap(request: HttpRequest) -> HttpResponse:
    """Ask the same without typing."""
    child = request.GET.get("for") == "child"
    knowledge, spoken = core.knowledge(), language()
    groups = grouped(knowledge.activity_groups, knowledge.activities, child=child)
    activities = [(one.key, one.name.in_(spoken)) for _group, ones in groups for one in ones]
    parts = [(part.value, part.name.in_(spoken)) for part in body_parts(knowledge.site_names)]
    form = TapForm(
        request.POST or None, activities=activities, parts=parts, initial={"whom": "child" if child else "me"}
    )
    if request.method == "POST" and form.is_valid():
        sites = [(*value.split(":"), BodySide.NONE.value)[:2] for value in form.cleaned_data["sites"]]
        relation = {"me": "", "child": "child", "other": SOMEBODY}[form.cleaned_data["whom"]]
        return begun(request, relation, [("taps", {"activities": form.cleaned_data["activities"], "sites": sites})])
    chosen = set(form["activities"].value() or ()) | set(form["sites"].value() or ())
    page = TapPage(
        title=_("Tap what is hard"),
        help=help_address(),
        back=reverse("portal:start"),
        errors=form.problems() if form.is_bound else (),
        form=form,
        groups=tuple(
            TileGroup(id=group.key, name=group.name.in_(spoken), tiles=tuple(_tile(one, chosen) for one in ones))
            for group, ones in groups
            if ones
        ),
        body=tuple(BodyRow(name=name, value=value, checked=value in chosen) for value, name in parts),
        child=child,
        other_list=reverse("portal:tap") + ("" if child else "?for=child"),
    )
    return render_page(request, "portal/tap.html", page, status=422 if page.errors else 200)


def _tile(activity: Any, chosen: set[str]) -> Tile:
    return Tile(
        id=f"activity-{activity.key}",
        value=activity.key,
        text=activity.name.in_(language()),
        search=" ".join(activity.search[language()]),
        checked=activity.key in chosen,
    )


@login_not_required
@require_http_methods(["GET"])
def at_clinic(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin on the link of a clinic: it may see what is told from now on."""
    card = clinic_by_slug(actor_of(request), slug)
    request.session[f"portal_{CLINIC}"] = str(card.id)
    return redirect("portal:start")


def _card(request: HttpRequest) -> ClinicCard | None:
    chosen = clinic_id(request)
    return clinic_card(actor_of(request), chosen) if chosen else None
