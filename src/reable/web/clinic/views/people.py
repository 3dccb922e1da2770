"""New people: the board, one person, and what a therapist decides."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from reable.book import VisitState
from reable.terms import Discipline, Door
from reable.web.clinic import persons, words
from reable.web.clinic.addresses import url
from reable.web.clinic.forms import DecisionForm, PeopleForm
from reable.web.clinic.pages import PeoplePage, PersonPage
from reable.web.clinic.views.common import actor_of, frame, number, pager, wall
from reable.web.records.finding import is_private
from reable.web.records.selectors.people import Sieve, Stage
from reable.web.records.selectors.people import people as people_of
from reable.web.records.selectors.person import PersonSeen
from reable.web.records.selectors.person import person as person_of
from reable.web.records.services.decisions import Cleared, DecisionRefused, Objection, Verdict, Wanted, decide
from reable.web.ui.pages import render_page

_OBJECTIONS: dict[Objection, tuple[str, str | Promise]] = {
    Objection.OUTDATED: (
        "verdict",
        gettext_lazy("This person told more since you opened the page. Read it again, then decide."),
    ),
    Objection.DANGER_OPEN: (
        "cleared_by",
        gettext_lazy("A danger is open. Write who cleared it, when and how, before the person comes to therapy."),
    ),
    Objection.CLEARED_IN_PART: (
        "cleared_on",
        gettext_lazy("Write who cleared the danger, on which day up to today, and how."),
    ),
    Objection.OTHER_DISCIPLINE: (
        "verdict",
        gettext_lazy("This is recommended for the other discipline: only their therapist can accept it."),
    ),
    Objection.NOTHING_TO_ACCEPT: (
        "verdict",
        gettext_lazy("Nothing clear was recommended, so there is nothing to accept. Choose Change and say where to."),
    ),
    Objection.REASON_NEEDED: ("reason", gettext_lazy("Write why. The difference from the recommendation is kept.")),
    Objection.SAME_DOOR: ("door", gettext_lazy("This is what was recommended. Choose Accept, or another place to go.")),
    Objection.NO_DOOR: ("door", gettext_lazy("Choose where the person goes.")),
}


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Show who waits for a decision of the reader's discipline."""
    form = PeopleForm(request.GET or None)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen = {"pt": (Discipline.PT,), "ot": (Discipline.OT,), "all": tuple(Discipline)}
    sieve = Sieve(
        stage=Stage(given.get("stage") or Stage.NEW),
        disciplines=chosen.get(given.get("discipline", ""), ()),
        name=given.get("name", ""),
        page=number(request.GET.get("page")),
    )
    board = people_of(actor_of(request), sieve)
    around = frame(request, "people")
    page = PeoplePage(
        title=_("New people"),
        frame=around,
        errors=form.problems() if form.is_bound else (),
        form=form,
        people=tuple(persons.card(line, wall(line.asked, around)) for line in board.lines),
        total=board.total,
        left_out=board.left_out,
        narrowed=any(given.values()),
        pager=pager(request, board.page, board.pages),
    )
    return render_page(request, "clinic/people.html", page, status=422 if page.errors else 200)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, inquiry_id: UUID) -> HttpResponse:
    """Show one person; take a therapist's decision."""
    seen = person_of(actor_of(request), inquiry_id)
    form = _form(request, seen)
    if request.method == "POST" and form.is_valid():
        wanted = _wanted(request, form)
        try:
            decide(actor_of(request), inquiry_id, wanted)
        except DecisionRefused as refused:
            if refused.objection is Objection.OUTDATED:
                seen = person_of(actor_of(request), inquiry_id)
                form = _form(request, seen, newest=seen.last_entry)
                form.is_valid()
            field, told = _OBJECTIONS[refused.objection]
            form.add_error(field if field in form.fields else "verdict", str(told))
        else:
            _tell(request, seen, wanted)
            return redirect("clinic:person", inquiry_id)
    page = _page(request, seen, form)
    return render_page(request, "clinic/person.html", page, status=422 if page.errors else 200)


def _form(request: HttpRequest, seen: PersonSeen, newest: int | None = None) -> DecisionForm:
    data = request.POST.copy() if request.method == "POST" else None
    if data is not None and newest is not None:
        data["last_entry"] = str(newest)
    return DecisionForm(
        data,
        disciplines=actor_of(request).disciplines,
        accept=_accept(seen.target, actor_of(request).disciplines),
        danger_open=seen.danger_open,
        keep=str(seen.inquiry_id),
        initial={"last_entry": seen.last_entry},
    )


def _accept(target: Door, own: tuple[Discipline, ...]) -> str:
    """Say what an acceptance means; empty where nothing is there that these disciplines may accept."""
    if target not in (Door.BOTH, Door.OTHER, *(Door(one.value) for one in own)):
        return ""
    return _("As recommended: {door}").format(door=words.DOORS[target])


def _wanted(request: HttpRequest, form: DecisionForm) -> Wanted:
    data = form.cleaned_data
    own = actor_of(request).disciplines
    day = form.day_cleared()
    cleared = None if day is None else Cleared(who=data["cleared_by"], on=day, how=data["cleared_how"])
    return Wanted(
        discipline=Discipline(data["discipline"]) if "discipline" in data else own[0],
        verdict=Verdict(data["verdict"]),
        last_entry=data["last_entry"],
        door=Door(data["door"]) if data["door"] else None,
        reason=data["reason"],
        cleared=cleared,
    )


def _tell(request: HttpRequest, seen: PersonSeen, wanted: Wanted) -> None:
    messages.success(request, _("Your decision is kept."))
    booked = any(visit.state is VisitState.BOOKED for visit in seen.visits)
    if wanted.verdict is not Verdict.ACCEPTED and booked:
        messages.warning(
            request, _("A visit is booked. The front desk is asked to call; move or cancel it if it does not fit.")
        )


def _page(request: HttpRequest, seen: PersonSeen, form: DecisionForm) -> PersonPage:
    ordered = {wish.discipline.value for wish in seen.wishes}
    advised = {"pt", "ot"} if seen.target is Door.BOTH else {seen.target.value}
    return PersonPage(
        title=", ".join(seen.names) or _("Somebody who asked"),
        frame=frame(request, "people"),
        back=url("people"),
        errors=form.problems() if form.is_bound else (),
        door=persons.door_name(seen.door, persons.order(seen)),
        withheld=seen.withheld,
        words=seen.words,
        spans=seen.spans,
        facts=persons.facts(seen),
        needs=persons.needs(seen.needs),
        tapped=persons.tapped(seen),
        corrected=persons.corrected(seen),
        flags=tuple(persons.flag(danger) for danger in seen.dangers),
        asked=persons.asked(seen),
        pending=persons.pending(seen),
        danger_open=seen.danger_open,
        recommendation=persons.recommendation(seen),
        points=persons.points(seen),
        withdrawn=tuple(persons.item_name(key) for key in seen.withdrawn if not is_private(key)),
        versions=persons.versions(seen),
        visits=tuple(persons.visit(visit) for visit in seen.visits),
        orders=tuple(
            (url("referral", wish.referral_id), f"{words.DISCIPLINES[wish.discipline]}, {wish.physician}")
            for wish in seen.wishes
        ),
        differs=bool(ordered) and ordered != advised,
        decisions=tuple(persons.decision(made) for made in seen.decisions),
        form=form,
    )
