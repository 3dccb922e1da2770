"""Somebody calls: who it is, what is booked, danger asked aloud, and the words to say where there is danger."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from reable.terms import Answer, Language, Urgency
from reable.web import core
from reable.web.clinic import words
from reable.web.clinic.addresses import url
from reable.web.clinic.booking_forms import AskForm, FindForm, VisitForm, told_apart
from reable.web.clinic.booking_pages import AskPage, CallerCard, FindPage, SayNowPage, VisitPage
from reable.web.clinic.views.booking_call import CallSoFar, call_of
from reable.web.clinic.views.common import actor_of, frame, sent
from reable.web.clinic.words import language
from reable.web.danger_words import code_of, danger_words, flag_of
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.selectors.clinics import locations
from reable.web.records.selectors.openings import FOLLOW_UP
from reable.web.records.selectors.patients import PatientLine, find_patients
from reable.web.records.selectors.safeguarding import clinicians_of
from reable.web.records.selectors.staff import therapists
from reable.web.records.services.telephone import keep_answers, questions_to_ask
from reable.web.ui.pages import render_page

STAFF = (ActorKind.PT, ActorKind.OT, ActorKind.FRONT_DESK, ActorKind.MANAGER)


@require_http_methods(["GET", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Find who calls. What is looked for is sent, not written into the address: it is a name."""
    actor = actor_of(request)
    actor.must_be(*STAFF, to="book for somebody who calls")
    form = FindForm(sent(request))
    found = find_patients(actor, form.cleaned_data["who"]) if form.is_bound and form.is_valid() else None
    page = FindPage(
        title=_("Book by telephone"),
        frame=frame(request, "schedule"),
        back=url("schedule"),
        errors=form.problems() if form.is_bound else (),
        form=form,
        searched=found is not None,
        found=tuple(_card(line) for line in found.lines) if found else (),
        more=found.more if found else 0,
        new=url("book_visit"),
    )
    return render_page(request, "clinic/book.html", page, status=422 if page.errors else 200)


def _card(line: PatientLine) -> CallerCard:
    call = CallSoFar(known=line, said={"patient": str(line.patient_id)}, inquiry_id=None)
    return CallerCard(
        name=line.name,
        href=call.url("book_visit"),
        follow=call.url("book_visit", kind=FOLLOW_UP),
        facts=told_apart(line),
        since=line.since,
    )


@require_http_methods(["GET", "POST"])
def visit(request: HttpRequest) -> HttpResponse:
    """Ask what is booked, and what they wish for."""
    actor, call = actor_of(request), call_of(request)
    actor.must_be(*STAFF, to="book for somebody who calls")
    form = _visit_form(request, actor, call)
    if request.method == "POST" and form.is_valid():
        given = {key: str(value) if value else "" for key, value in form.cleaned_data.items()}
        kept = {"patient": call.said.get("patient", ""), **given}
        now = CallSoFar(known=call.known, said=kept, inquiry_id=None, treated=call.treated)
        return redirect(now.url("book_ask" if now.must_ask else "book_times"))
    page = VisitPage(
        title=_("What is booked?"),
        frame=frame(request, "schedule"),
        back=url("book"),
        errors=form.problems() if form.is_bound else (),
        who=call.known.name if call.known else "",
        form=form,
    )
    return render_page(request, "clinic/book_visit.html", page, status=422 if page.errors else 200)


def _visit_form(request: HttpRequest, actor: Actor, call: CallSoFar) -> VisitForm:
    here = [one for one in therapists(actor) if one.left is None]
    return VisitForm(
        sent(request),
        places=locations(actor, actor.clinic),
        age_known=call.known is not None and call.known.age is not None,
        therapists=[(str(one.id), f"{one.name} ({words.SHORT[one.discipline]})") for one in here],
        specialties=sorted({trained for one in here for trained in one.specialties}),
        initial=dict(call.said),
    )


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask about danger aloud, before an evaluation. An answer can lead to further questions on the same page."""
    actor, call = actor_of(request), call_of(request)
    actor.must_be(*STAFF, to="ask about danger on the telephone")
    if not call.kind or not call.disciplines:
        return redirect(call.url("book_visit"))
    form, more = _ask_form(request, call)
    if request.method == "POST" and form.is_valid():
        kept = keep_answers(actor, form.answers(), patient_id=id_of(call.known), age=call.age, language=call.spoken)
        if kept.flags:
            return redirect(say_now(kept.flags, call.spoken))
        return redirect(call.url("book_times", asked=str(kept.inquiry_id)))
    page = AskPage(
        title=_("Ask about danger first"),
        frame=frame(request, "schedule"),
        back=call.url("book_visit"),
        errors=form.problems() if form.is_bound else (),
        who=call.known.name if call.known else "",
        form=form,
        lang=call.spoken.value,
        more=more,
        clinicians=clinicians_of(actor.clinic),
    )
    return render_page(request, "clinic/book_ask.html", page, status=422 if page.errors else 200)


def _ask_form(request: HttpRequest, call: CallSoFar) -> tuple[AskForm, bool]:
    """Make the form of what is asked by now; tell whether the answers that were sent led to more."""
    given = {key: Answer(value) for key, value in request.POST.items() if value in set(Answer)}
    known = core.knowledge().questions
    answers = {key: answer for key, answer in given.items() if key in known}
    asked = questions_to_ask(age=call.age, answers=answers)
    form = AskForm(sent(request), questions={one.key: one.text.in_(call.spoken) for one in asked})
    first = {one.key for one in questions_to_ask(age=call.age, answers={})}
    return form, request.method == "POST" and any(one.key not in first for one in asked)


def say_now(flags: Iterable[str], spoken: Language) -> str:
    """Give the address of what to say now; it names no danger in words, and nobody."""
    return f"{url('book_now', '-'.join(code_of(flag) for flag in flags))}?in={spoken}"


@require_safe
def now(request: HttpRequest, code: str) -> HttpResponse:
    """Show what to say now instead of booking: the words of the danger pages, in the language of who calls."""
    actor = actor_of(request)
    actor.must_be(*STAFF, to="book for somebody who calls")
    flags = [flag_of(one, core.knowledge()) for one in code.split("-")[:10]]
    known = [flag for flag in flags if flag is not None]
    if not known:
        raise Http404
    given = request.GET.get("in", "")
    spoken = Language(given) if given in set(Language) else language()
    aloud = [flag for flag in known if not flag.private or flag.urgency is Urgency.EMERGENCY]
    page = SayNowPage(
        title=_("Do not book. Say this now.") if aloud else _("Do not book yet"),
        frame=frame(request, "schedule"),
        dangers=tuple(danger_words(flag, spoken, core.knowledge()) for flag in aloud),
        lang=spoken.value,
        private=any(flag.private for flag in known),
        clinicians=clinicians_of(actor.clinic),
        schedule=url("schedule"),
    )
    return render_page(request, "clinic/book_now.html", page)


def id_of(line: PatientLine | None) -> UUID | None:
    """Give the id of a patient who is known."""
    return None if line is None else line.patient_id
