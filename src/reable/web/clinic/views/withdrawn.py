"""Switch off at once what proved wrong, put it back, and find everybody whose answer rests on it (S41)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reable.web.clinic import governed
from reable.web.clinic.addresses import url
from reable.web.clinic.governance_forms import SearchForm, WithdrawForm
from reable.web.clinic.governance_pages import FoundItem, ItemPage, WhoseAnswer, WithdrawnCard, WithdrawnPage
from reable.web.clinic.governed import Item
from reable.web.clinic.pages import Frame
from reable.web.clinic.views.common import actor_of, frame, number, pager, sent, wall
from reable.web.clinic.views.signing import SECTION
from reable.web.records.actor import Actor, NotFound
from reable.web.records.selectors.governance import (
    AnswerFound,
    PersonFound,
    Withdrawn,
    answers_with,
    people_with,
    withdrawn_now,
)
from reable.web.records.services.governance import put_back, withdraw
from reable.web.ui.pages import render_page
from reable.web.ui.parts import Problem

NO_SWITCH = gettext_lazy("This belongs to the search for danger: nobody can switch it off.")
_MOST_FOUND = 40
_A_PAGE = 50


@require_safe
def withdrawn(request: HttpRequest) -> HttpResponse:
    """List what is switched off; look for anything else by its name."""
    actor, around = actor_of(request), frame(request, SECTION)
    off = withdrawn_now(actor)
    form = SearchForm(request.GET or None)
    sought = form.cleaned_data["words"] if form.is_bound and form.is_valid() else ""
    found, many = governed.items_like(sought, most=_MOST_FOUND) if sought else ((), 0)
    page = WithdrawnPage(
        title=_("Withdrawn items"),
        frame=around,
        back=url("safety"),
        errors=form.problems() if form.is_bound else (),
        withdrawn=tuple(_off(one, around) for one in off),
        form=form,
        sought=sought,
        found=tuple(_found(one, frozenset(row.item for row in off)) for one in found),
        more=many - len(found),
    )
    return render_page(request, "clinic/withdrawn.html", page, status=422 if page.errors else 200)


def _off(row: Withdrawn, around: Frame) -> WithdrawnCard:
    return WithdrawnCard(
        name=governed.item_name(row.item),
        href=url("item", row.item),
        why=row.reason,
        says=f"{row.by}, {formats.date_format(wall(row.at, around), 'DATETIME_FORMAT')}",
        put_back=url("put_back", row.item),
    )


def _found(item: Item, off: frozenset[str]) -> FoundItem:
    note = _("It is withdrawn") if item.key in off else "" if item.may_withdraw else _("Cannot be withdrawn")
    return FoundItem(name=item.name, href=url("item", item.key), facts=(item.kind, item.key, note))


@require_http_methods(["GET", "POST"])
def item(request: HttpRequest, item: str) -> HttpResponse:
    """Show an item, switch it off with a reason, and say who got an answer that rests on it."""
    actor = actor_of(request)
    off = next((row for row in withdrawn_now(actor) if row.item == item), None)
    known = governed.item_of(item) or _gone(off)
    form = WithdrawForm(sent(request)) if known.may_withdraw else None
    errors: tuple[Problem, ...] = ()
    if form is not None and form.is_bound and form.is_valid():
        withdraw(actor, item=item, reason=form.cleaned_data["reason"])
        messages.success(request, _("It is withdrawn. No answer that rests on it is given from now on."))
        return redirect("clinic:item", item)
    if request.method == "POST":
        errors = form.problems() if form is not None else (Problem(text=str(NO_SWITCH)),)
    page = _page(request, actor, known, off, form, errors)
    return render_page(request, "clinic/withdrawn_item.html", page, status=422 if page.errors else 200)


def _gone(off: Withdrawn | None) -> Item:
    """Show what was withdrawn and is known no more, so that it can still be put back. Raises: NotFound."""
    if off is None:
        raise NotFound
    return Item(key=off.item, name=off.item, kind=_("Not known any more"), may_withdraw=True, private=False)


def _page(
    request: HttpRequest,
    actor: Actor,
    known: Item,
    off: Withdrawn | None,
    form: WithdrawForm | None,
    errors: tuple[Problem, ...],
) -> ItemPage:
    around = frame(request, SECTION)
    answers = () if known.private else answers_with(actor, item=known.key)
    people = people_with(actor, item=known.key) if actor.is_clinical and not known.private else ()
    pages = max(1, -(-len(people) // _A_PAGE))
    shown = min(number(request.GET.get("page")), pages)
    return ItemPage(
        title=known.name,
        frame=around,
        back=url("withdrawn"),
        errors=errors,
        kind=known.kind,
        key=known.key,
        refused="" if known.may_withdraw else NO_SWITCH,
        private=known.private,
        withdrawn=None if off is None else _off(off, around),
        form=form if off is None else None,
        answers=len({one.inquiry_id for one in answers}),
        booked=len(_booked(answers)),
        shows_people=actor.is_clinical,
        people=tuple(_whose(one, around) for one in people[_A_PAGE * (shown - 1) : _A_PAGE * shown]),
        pager=pager(request, shown, pages),
        incidents=url("incidents"),
    )


def _booked(answers: tuple[AnswerFound, ...]) -> frozenset[UUID]:
    return frozenset(id_ for one in answers for id_ in one.patient_ids)


def _whose(person: PersonFound, around: Frame) -> WhoseAnswer:
    return WhoseAnswer(name=person.name, href=url("person", person.inquiry_id), at=wall(person.at, around))


@require_POST
def item_back(request: HttpRequest, item: str) -> HttpResponse:
    """Switch an item on again."""
    put_back(actor_of(request), item=item)
    messages.success(request, _("It is back in use."))
    return redirect("clinic:withdrawn")
