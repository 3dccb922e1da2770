"""The checklist of dangers, and one question at a time."""

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reable.knowledge.shapes.danger import DangerQuestion
from reable.navigate.questions import Candidate
from reable.terms import Answer
from reable.web import core
from reable.web.portal.forms import NOT_SURE, AnswerForm, DangerForm
from reable.web.portal.pages import DangerPage, QuestionPage
from reable.web.portal.views.common import actor_of, help_address, tell
from reable.web.portal.way import Way, danger_address, language, next_address, way_of, words_of
from reable.web.ui.pages import render_page

LIMITATION = "limitation:"


@login_not_required
@require_http_methods(["GET", "POST"])
def danger(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Ask for all dangers that belong to what was said, on one page; danger never waits for other questions (S1)."""
    way = way_of(actor_of(request), inquiry_id)
    pending = way.navigation.screening.pending
    if not pending:
        return redirect(next_address(way))
    form = DangerForm(request.POST or None, questions=[(one, one.text.in_(language())) for one in pending])
    if request.method == "POST" and form.is_valid():
        ticked = form.cleaned_data["signs"]
        unsure = NOT_SURE in ticked
        asked = {one.key for one in pending}
        answers = {key: Answer.YES.value for key in ticked if key in asked}
        if not unsure:
            answers |= {key: Answer.NO.value for key in asked if key not in answers}
        if answers:
            tell(request, inquiry_id, ("answers", answers))
        return redirect(next_address(way_of(actor_of(request), inquiry_id), one_by_one=unsure))
    page = DangerPage(
        title=_("Does any of this fit?"),
        help=help_address(),
        back=way.url("understood"),
        errors=form.problems() if form.is_bound else (),
        erase=way.url("erase"),
        form=form,
    )
    return render_page(request, "portal/danger.html", page, status=422 if page.errors else 200)


@login_not_required
@require_http_methods(["GET", "POST"])
def question(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Ask one question; with ?ask=KEY one that was answered before."""
    way = way_of(actor_of(request), inquiry_id)
    asked = _asked(request, way)
    if asked is None:
        return redirect(next_address(way))
    key, text, why = words_of(asked)
    given = way.state.answers.get(key)
    form = AnswerForm(request.POST or None, question=text, why=why, initial={"answer": given.value if given else None})
    one_by_one = "one" in request.GET or request.POST.get("one") == "1"
    if request.method == "POST" and form.is_valid():
        tell(request, inquiry_id, ("answers", {key: form.cleaned_data["answer"]}))
        return redirect(next_address(way_of(actor_of(request), inquiry_id), one_by_one=one_by_one))
    before = [one for one in way.state.answers if one.startswith(LIMITATION) and one != key]
    if key in way.state.answers:
        before = before[: list(way.state.answers).index(key)]
    limitation = key.startswith(LIMITATION)
    page = QuestionPage(
        title=text,
        help=help_address(),
        back=f"{way.url('question')}?ask={before[-1]}" if limitation and before else way.url("understood"),
        errors=form.problems() if form.is_bound else (),
        erase=way.url("erase"),
        form=form,
        number=len(before) + 1 if limitation else 0,
        most=core.knowledge().parameters.most_questions,
        key=key,
    )
    return render_page(request, "portal/question.html", page, status=422 if page.errors else 200)


def _asked(request: HttpRequest, way: Way) -> DangerQuestion | Candidate | None:
    """Find what to ask: what a form answers, what was asked for again, else what comes next.

    A form that was sent from an older page (back button, a second tab) still answers its own question.
    """
    wanted = request.POST.get("key") or request.GET.get("ask") or ""
    knowledge = core.knowledge()
    if wanted in knowledge.questions:
        return knowledge.questions[wanted]
    code = wanted.removeprefix(LIMITATION)
    if wanted.startswith(LIMITATION) and code in knowledge.categories:
        return Candidate(code=code, shares=knowledge.parameters.usual, because="")
    if danger_address(way.navigation) is not None:
        return None
    return way.navigation.next_question
