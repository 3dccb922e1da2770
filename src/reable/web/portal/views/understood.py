"""What we understood, how to put it right, and what to add."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reable.terms import BodySide, Polarity
from reable.understand import Kind, Mention
from reable.web import core
from reable.web.portal.forms import AboutForm, CorrectionForm, MoreForm
from reable.web.portal.pages import AboutPage, Understood, UnderstoodPage
from reable.web.portal.views.common import actor_of, forget, help_address, tell
from reable.web.portal.way import SOMEBODY, Way, danger_address, language, next_address, way_of
from reable.web.records.services.inquiries import erase_inquiry
from reable.web.ui.pages import MessagePage, render_page

_YOUNGEST_ALONE = 13  # years (S30)
_SHOWN = (Kind.LIMITATION, Kind.CONDITION)


@login_not_required
@require_http_methods(["GET", "POST"])
def understood(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Play back what was understood; more can be added."""
    form = MoreForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        tell(request, inquiry_id, ("addition", {"text": form.cleaned_data["text"]}))
        way = way_of(actor_of(request), inquiry_id)
        return redirect(danger_address(way.navigation) or way.url("understood"))
    way = way_of(actor_of(request), inquiry_id)
    danger = danger_address(way.navigation)
    if danger is not None:
        return redirect(danger)
    if _too_young(way):
        return _alone(request, way)
    page = _page(way, form)
    return render_page(request, "portal/understood.html", page, status=422 if page.errors else 200)


def _page(way: Way, form: MoreForm) -> UnderstoodPage:
    state, reading, private = way.state, way.navigation.reading, way.is_private
    knowledge, spoken = core.knowledge(), language()
    items = [] if private else [_item(mention, way) for mention in _shown(reading.mentions)]
    names = {part.site: part for part in knowledge.site_names.values()}
    tapped = [knowledge.activities[key].name.in_(spoken) for key in state.activities if key in knowledge.activities]
    tapped += [_site(names[site], side) for site, side in state.sites]
    return UnderstoodPage(
        title=_("What we understood"),
        help=help_address(),
        errors=form.problems() if form.is_bound else (),
        erase=way.url("erase"),
        statement="" if private else way.navigation.inquiry.words,
        spans=tuple((m.start, m.end) for m in _shown(reading.mentions)),
        private=private,
        items=tuple({item.key: item for item in reversed(items)}.values())[::-1],
        tapped=tuple(tapped),
        checked=tuple(knowledge.red_flags[one.flag.key].name.in_(spoken) for one in way.navigation.screening.set_aside),
        foreign=bool(way.navigation.inquiry.words.strip()) and not reading.languages,
        form=form,
        action=way.url("correct"),
        go_on=next_address(way),
        about=way.url("about"),
    )


def _shown(mentions: tuple[Mention, ...]) -> list[Mention]:
    return [mention for mention in mentions if mention.kind in _SHOWN and mention.counts]


def _item(mention: Mention, way: Way) -> Understood:
    knowledge = core.knowledge()
    item = knowledge.categories.get(mention.key) or knowledge.conditions[mention.key]
    taken = way.state.taken_back.get(mention.key)
    polarity = taken or mention.polarity
    side = way.state.sides.get(mention.key, mention.side)
    return Understood(
        key=mention.key,
        words=" ".join(mention.words.split()),
        name=item.name.in_(language()),
        how=(Polarity.LIMITED if polarity is Polarity.TREATED else polarity).value,
        side=side.value,
        taken_back=taken is not None,
        can_turn=side in (BodySide.LEFT, BodySide.RIGHT),
    )


def _site(name: object, side: BodySide) -> str:
    from_side = {BodySide.LEFT: "left", BodySide.RIGHT: "right"}.get(side, "name")
    named = getattr(name, from_side) or getattr(name, "name")  # noqa: B009 - the one name of an unpaired part
    return str(named.in_(language()))


@login_not_required
@require_POST
def correct(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Put right one thing that was understood. A danger is not removed by this (S5)."""
    form = CorrectionForm(request.POST)
    way = way_of(actor_of(request), inquiry_id)
    sayable = {mention.key for mention in way.navigation.reading.mentions}
    if form.is_valid() and form.cleaned_data["key"] in sayable:
        tell(request, inquiry_id, ("correction", form.cleaned_data))
    return redirect(way.url("understood"))


@login_not_required
@require_http_methods(["GET", "POST"])
def about(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Ask for a few facts: for whom, the age, illnesses and operations."""
    way = way_of(actor_of(request), inquiry_id)
    for_other = bool(way.state.relation)
    relation = "" if way.state.relation == SOMEBODY else way.state.relation
    form = AboutForm(request.POST or None, for_other=for_other, initial={"age": way.state.age, "relation": relation})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        facts = {"age": data["age"]}
        if for_other:
            facts |= {"relation": data["relation"], "agrees": data["agrees"]}
        health = [("addition", {"text": data["health"]})] if data["health"].strip() else []
        tell(request, inquiry_id, ("about", facts), *health)
        way = way_of(actor_of(request), inquiry_id)
        return redirect(danger_address(way.navigation) or way.url("understood"))
    page = AboutPage(
        title=_("About the person") if for_other else _("About you"),
        help=help_address(),
        back="" if way.state.relation == SOMEBODY else way.url("understood"),
        errors=form.problems() if form.is_bound else (),
        erase=way.url("erase"),
        form=form,
        for_other=for_other,
    )
    return render_page(request, "portal/about.html", page, status=422 if page.errors else 200)


def _too_young(way: Way) -> bool:
    age = way.state.age if way.state.age is not None else way.navigation.reading.age
    return age is not None and age < _YOUNGEST_ALONE and not way.state.relation


def _alone(request: HttpRequest, way: Way) -> HttpResponse:
    """Keep nothing of a child who is alone, and say who can help (S30)."""
    erase_inquiry(actor_of(request), way.state.id)
    forget(request, way.state.id)
    page = MessagePage(
        title=_("Please ask a grown-up to do this with you"),
        lines=(
            _("You are under 13. So we keep nothing of what you wrote."),
            _("A parent, a teacher or the school nurse can fill this in with you."),
            _("If someone hurts you, or you feel in danger, open “Help now” at the top. You can call. It is free."),
        ),
        home=True,
    )
    return render_page(request, "ui/message.html", page)
