"""Referrals: the list with what is overdue on top, one referral with its history, its steps, and the letter back."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reable.book import NotAllowed, ReferralAct, ReferralReason, ReferralState, Role
from reable.book import referrals as table
from reable.terms import Priority
from reable.web.clinic import persons, words
from reable.web.clinic.addresses import url
from reable.web.clinic.forms import ClearForm, LetterForm, ReasonForm
from reable.web.clinic.pages import ActButton, Frame
from reable.web.clinic.referral_pages import (
    HistoryLine,
    LetterPage,
    PrintedLetterPage,
    ReferralActPage,
    ReferralCard,
    ReferralPage,
    ReferralsPage,
)
from reable.web.clinic.views.common import actor_of, frame, number, pager, sent, wall
from reable.web.clinic.views.visits import REFUSALS
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.finding import is_private
from reable.web.records.selectors.referrals import (
    CLEARED,
    EDITED,
    TRIED,
    ReferralLine,
    ReferralSeen,
    ReferralStep,
    all_referrals,
)
from reable.web.records.selectors.referrals import referral as referral_of
from reable.web.records.selectors.safeguarding import clinicians_of
from reable.web.records.services.referrals import BadReferral, act_on_referral, clear_danger, note_try, write_letter
from reable.web.ui.pages import render_page
from reable.web.ui.parts import Row

_A_PAGE = 50
_THINK_TWICE = frozenset({ReferralAct.WITHDRAW, ReferralAct.PATIENT_DECLINES, ReferralAct.GIVE_UP_REACHING})
_MAIN = frozenset(
    {ReferralAct.SEND, ReferralAct.CHECK, ReferralAct.ACCEPT, ReferralAct.WRITE_LETTER, ReferralAct.EVALUATE}
)
_MAY_ENTER = frozenset({ActorKind.REFERRING_PHYSICIAN, ActorKind.FRONT_DESK, ActorKind.MANAGER})
_OFFICE = frozenset({ActorKind.FRONT_DESK, ActorKind.MANAGER})


@require_safe
def referrals(request: HttpRequest) -> HttpResponse:
    """List what the reader may see: overdue first; a physician only their own."""
    actor = actor_of(request)
    with_closed = request.GET.get("closed") == "1"
    found = all_referrals(actor, with_closed=with_closed)
    pages = max(1, -(-len(found) // _A_PAGE))
    page_number = min(max(1, number(request.GET.get("page"))), pages)
    page = ReferralsPage(
        title=_("Referrals"),
        frame=frame(request, "referrals"),
        referrals=tuple(_card(line) for line in found[(page_number - 1) * _A_PAGE : page_number * _A_PAGE]),
        total=len(found),
        overdue=sum(line.overdue for line in found),
        other="?" if with_closed else "?closed=1",
        with_closed=with_closed,
        may_enter=bool(_MAY_ENTER & actor.kinds),
        is_physician=actor.kinds == {ActorKind.REFERRING_PHYSICIAN},
        pager=pager(request, page_number, pages),
    )
    return render_page(request, "clinic/referrals.html", page)


def _card(line: ReferralLine) -> ReferralCard:
    return ReferralCard(
        href=url("referral", line.referral_id),
        name=line.name,
        discipline=words.SHORT[line.discipline],
        state=words.REFERRAL_STATES[line.state],
        physician=line.physician,
        owner="" if line.owner is None else words.role(line.owner),
        due=line.due_on,
        overdue=line.overdue,
        is_mine=line.is_mine,
        priority=None if line.priority is Priority.ROUTINE else persons.priority_tag(line.priority),
    )


@require_http_methods(["GET", "POST"])
def referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show one referral; take the note of who cleared a danger."""
    actor = actor_of(request)
    seen = referral_of(actor, referral_id)
    may_clear = seen.danger_open and seen.line.discipline in actor.disciplines
    form = ClearForm(sent(request)) if may_clear else None
    if request.method == "POST" and form is None:
        raise Http404
    if form is not None and form.is_bound and form.is_valid():
        clear_danger(actor, referral_id, form.cleaned_data["how"])
        messages.success(request, _("It is written down who cleared the danger."))
        return redirect("clinic:referral", referral_id)
    around = frame(request, "referrals")
    page = ReferralPage(
        title=seen.line.name,
        frame=around,
        back=url("referrals"),
        errors=form.problems() if form is not None and form.is_bound else (),
        facts=tuple(_facts(seen)),
        overdue=seen.line.overdue,
        text=seen.text,
        withheld=seen.withheld,
        private=seen.is_private,
        needs=persons.needs(seen.needs),
        clinicians=clinicians_of(actor.clinic) if seen.withheld else (),
        dangers=tuple(persons.flag_name(key) for key in seen.dangers if not is_private(key)),
        danger_open=seen.danger_open,
        clear_form=form,
        clear=url("referral", referral_id),
        acts=tuple(_acts(actor, seen)),
        letters=tuple((wall(one.at, around), one.by, one.text) for one in seen.letters),
        print_letter=url("referral_letters", referral_id) if seen.letters else "",
        history=tuple(_step(one, around) for one in seen.history),
    )
    return render_page(request, "clinic/referral.html", page, status=422 if page.errors else 200)


def _facts(seen: ReferralSeen) -> Iterable[Row]:
    line = seen.line
    reach = ", ".join(way for way in (seen.telephone, seen.email) if way)
    rows = (
        (_("State"), str(words.REFERRAL_STATES[line.state])),
        (_("Whose turn it is"), "" if line.owner is None else words.role(line.owner)),
        (_("Due by"), "" if line.due_on is None else formats.date_format(line.due_on, "DATE_FORMAT")),
        (_("For"), str(words.DISCIPLINES[line.discipline])),
        (_("How soon"), str(words.PRIORITIES[line.priority])),
        (_("Reach the person"), reach),
        (_("Physician"), ", ".join(part for part in (line.physician, seen.physician_contact) if part)),
    )
    return (Row(key=key, value=value) for key, value in rows if value)


def _acts(actor: Actor, seen: ReferralSeen) -> Iterable[ActButton]:
    """Make a button of each step that the table allows now; those with a reason are pages of their own."""
    id_, state = seen.line.referral_id, seen.line.state
    for act in seen.line.acts:
        asks = bool(_reasons(actor, state, act)) or act in _THINK_TWICE or act is ReferralAct.WRITE_LETTER
        href = url("referral_letter", id_) if act is ReferralAct.WRITE_LETTER else url("referral_act", id_, act.value)
        yield ActButton(text=words.REFERRAL_ACTS[act], href=href, posts=not asks, main=act in _MAIN)
    if state is ReferralState.DRAFTED and ReferralAct.SEND in seen.line.acts:
        yield ActButton(text=_("Change the draft"), href=url("referral_edit", id_), posts=False, main=False)
    if state is ReferralState.ACCEPTED and _OFFICE & actor.kinds:
        tried = url("referral_tried", id_)
        yield ActButton(text=_("I tried to reach them: no answer"), href=tried, posts=True, main=False)


def _reasons(actor: Actor, state: ReferralState, act: ReferralAct) -> tuple[ReferralReason, ...]:
    """List the reasons that any role of the actor can choose from."""
    roles = [Role(kind.value) for kind in actor.kinds if kind.value in set(Role)]
    return tuple(dict.fromkeys(reason for role in roles for reason in table.reasons_for(state, act, role)))


def _step(step: ReferralStep, around: Frame) -> HistoryLine:
    cleared = step.reason.startswith(CLEARED)
    what = words.REFERRAL_STATES[step.state]
    if step.reason == TRIED:
        what = _("Tried to reach the person, no answer")
    elif step.reason == EDITED:
        what = _("The draft was changed")
    elif cleared:
        what = _("Danger cleared")
    noted = step.reason.removeprefix(CLEARED).strip() if cleared else step.reason
    return HistoryLine(
        at=wall(step.at, around),
        who=f"{step.by} ({words.role(step.role)})",
        what=what,
        reason="" if step.reason in (TRIED, EDITED) else words.referral_reason(noted),
    )


@require_http_methods(["GET", "POST"])
def referral_act(request: HttpRequest, referral_id: UUID, what: str) -> HttpResponse:
    """Take a step of the table; where it needs a reason or a second thought, ask first."""
    actor = actor_of(request)
    seen = referral_of(actor, referral_id)
    if what not in set(ReferralAct) or what == ReferralAct.WRITE_LETTER:
        raise Http404
    act = ReferralAct(what)
    reasons = _reasons(actor, seen.line.state, act)
    form = ReasonForm(sent(request), reasons=[one.value for one in reasons])
    if request.method == "POST" and form.is_valid():
        reason = next((one for one in reasons if one.value == form.cleaned_data.get("reason")), None)
        try:
            state = act_on_referral(actor, referral_id, act, reason=reason)
        except NotAllowed as refused:
            messages.error(request, str(REFUSALS[refused.refusal]))
        else:
            messages.success(request, _("It stands now: {state}.").format(state=words.REFERRAL_STATES[state]))
        return redirect("clinic:referral", referral_id)
    page = ReferralActPage(
        title=words.REFERRAL_ACTS[act],
        frame=frame(request, "referrals"),
        back=url("referral", referral_id),
        errors=form.problems() if form.is_bound else (),
        form=form,
        act=words.REFERRAL_ACTS[act],
        who=seen.line.name,
    )
    return render_page(request, "clinic/referral_act.html", page, status=422 if page.errors else 200)


@require_POST
def referral_tried(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Note that somebody tried to reach the person."""
    tries = note_try(actor_of(request), referral_id)
    messages.success(request, _("Noted. Tried on {days} day(s) so far.").format(days=tries))
    return redirect("clinic:referral", referral_id)


@require_http_methods(["GET", "POST"])
def referral_letter(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Write the letter back."""
    actor = actor_of(request)
    seen = referral_of(actor, referral_id)
    if ReferralAct.WRITE_LETTER not in seen.line.acts:
        raise Http404
    form = LetterForm(sent(request), initial={"text": _draft(seen)})
    if request.method == "POST" and form.is_valid():
        try:
            write_letter(actor, referral_id, form.cleaned_data["text"])
        except (NotAllowed, BadReferral):
            form.add_error("text", _("Somebody has changed this meanwhile. Look at the referral again."))
        else:
            messages.success(request, _("The letter is kept. The front desk sends it."))
            return redirect("clinic:referral", referral_id)
    page = LetterPage(
        title=_("Letter back"),
        frame=frame(request, "referrals"),
        back=url("referral", referral_id),
        errors=form.problems() if form.is_bound else (),
        form=form,
        facts=tuple(_facts(seen)),
        asked=seen.text,
    )
    return render_page(request, "clinic/referral_letter.html", page, status=422 if page.errors else 200)


def _draft(seen: ReferralSeen) -> str:
    """Begin the letter: what a physician wants to know, to be filled in."""
    return _(
        "Dear {physician},\n\nThank you for referring {name} for {discipline}.\n\nSeen on:\n\n"
        "What we found:\n\nWhat we plan, how often and until when:\n\nWhat we ask of you:\n"
    ).format(
        physician=seen.line.physician,
        name=seen.line.name,
        discipline=str(words.DISCIPLINES[seen.line.discipline]).lower(),
    )


@require_safe
def referral_letters(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Show the letter back, to print."""
    seen = referral_of(actor_of(request), referral_id)
    if not seen.letters:
        raise Http404
    around = frame(request, "referrals")
    page = PrintedLetterPage(
        title=_("Letter back"),
        frame=around,
        back=url("referral", referral_id),
        to=seen.line.physician,
        contact=seen.physician_contact,
        about=seen.line.name,
        letters=tuple((wall(one.at, around), one.by, one.text) for one in seen.letters[-1:]),
    )
    return render_page(request, "clinic/letters.html", page)
