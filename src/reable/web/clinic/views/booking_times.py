"""Somebody calls: which time, how to reach them, and what to say once it is booked."""

from collections.abc import Mapping
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from reable.terms import Language
from reable.web.booking.choice import VisitLine, clock, day, line_of, read
from reable.web.clinic import words
from reable.web.clinic.addresses import url
from reable.web.clinic.booking_forms import TAKEN, CallerForm, CallTimeForm, DayForm
from reable.web.clinic.booking_pages import BookedPage, CallTimesPage, ConfirmPage
from reable.web.clinic.views.booking import STAFF, id_of, say_now
from reable.web.clinic.views.booking_call import CallSoFar, call_of
from reable.web.clinic.views.common import actor_of, frame, sent
from reable.web.clinic.views.visits import WHY_NOT
from reable.web.records.actor import NotFound
from reable.web.records.selectors.bookings import BookingSeen, booking
from reable.web.records.selectors.choices import BadBooking, Hindrance, NotBookable, TimeTaken
from reable.web.records.selectors.chosen import chosen_times
from reable.web.records.selectors.clinics import clinic_words, locations
from reable.web.records.selectors.patients import PatientLine, patient_line, patients_like
from reable.web.records.selectors.rules import RuleSeen, Standing, rules_for
from reable.web.records.selectors.slots import FreeTime
from reable.web.records.services.bookings import BookedAlready
from reable.web.records.services.persons import BadPerson
from reable.web.records.services.screening import DangerSaid
from reable.web.records.services.telephone import Call, DangerNotAsked, RuleNotMet, book_by_telephone
from reable.web.ui.pages import render_page
from reable.web.ui.parts import Row, Text

_RULES: Mapping[Standing, Text] = {
    Standing.REFERRAL_OPEN: gettext_lazy("{what}: a referral is open, but no therapist has accepted it yet."),
    Standing.NO_RULE: gettext_lazy(
        "{what}: no rule says whether a referral is needed. A manager sets it. Book only if you can write why."
    ),
    Standing.NO_REFERRAL: gettext_lazy(
        "{what}: a referral is needed, and none is open. Ask for the doctor's letter. Book only if you can write why."
    ),
    Standing.DANGER_OPEN: gettext_lazy(
        "{what}: a therapist must look at the referral first. They are asked to. Until then nothing can be booked."
    ),
}
_HINDRANCES: Mapping[Hindrance, Text] = {
    Hindrance.CALL_US: gettext_lazy("No length is set for this kind of visit. A manager sets it."),
    Hindrance.AGE_GROUP: gettext_lazy("This therapist does not see people of this age. Choose another time."),
}


@require_http_methods(["GET", "POST"])
def times(request: HttpRequest) -> HttpResponse:
    """Offer free times, also at short notice: they call, so somebody speaks with them."""
    actor, call = actor_of(request), call_of(request)
    actor.must_be(*STAFF, to="book for somebody who calls")
    if not call.kind or not call.disciplines or call.must_ask:
        return redirect(call.url("book_ask" if call.must_ask else "book_visit"))
    found = call.found(actor)
    rules = rules_for(actor, id_of(call.known), call.disciplines, kind=call.kind)
    stopped = any(one.standing is Standing.DANGER_OPEN for one in rules)
    form = CallTimeForm(sent(request), times=found.choices) if found.choices and not stopped else None
    if request.method == "POST" and form is not None and form.is_valid():
        return redirect(f"{call.url('book_confirm')}&time={form.cleaned_data['time']}")
    page = CallTimesPage(
        title=_("Choose a time"),
        frame=frame(request, "schedule"),
        back=call.url("book_visit"),
        errors=form.problems() if form is not None and form.is_bound else (),
        who=call.known.name if call.known else "",
        form=form,
        days=DayForm(initial={"from": call.first_day}),
        kept=tuple((key, value) for key, value in call.said.items() if key != "from"),
        notes=_notes(rules),
        taken="taken" in request.GET,
        paired=found.paired,
        why_not=tuple(dict.fromkeys(WHY_NOT[one.why_not] for one in found.lacking if one.why_not is not None)),
        later=call.url("book_times", **{"from": found.next_day.isoformat()}) if found.next_day else "",
        sooner=call.url("book_times", **{"from": ""}) if call.first_day else "",
    )
    return render_page(request, "clinic/book_times.html", page, status=422 if page.errors else 200)


def _notes(rules: tuple[RuleSeen, ...]) -> tuple[Text, ...]:
    return tuple(
        str(_RULES[one.standing]).format(what=words.DISCIPLINES[one.discipline])
        for one in rules
        if one.standing in _RULES
    )


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Say it once more, ask how to reach them, and book. A time that was just taken is chosen anew on this page."""
    actor, call = actor_of(request), call_of(request)
    actor.must_be(*STAFF, to="book for somebody who calls")
    if not call.kind or not call.disciplines or call.must_ask:
        return redirect(call.url("book_visit"))
    value = request.POST.get("time") or request.GET.get("time", "")
    shown = _shown(request, call, value)
    if not shown and request.method == "GET":
        return redirect(call.url("book_times") + "&taken=1")
    rules = rules_for(actor, id_of(call.known), call.disciplines, kind=call.kind)
    form = _caller_form(request, call, rules, value)
    if request.method == "POST" and form.is_valid():
        answer = _booked(request, call, form)
        if answer is not None:
            return answer
    if "time" in form.errors:
        form = _with_times(request, call, rules, str(form["time"].errors[0]))
    places = locations(actor, actor.clinic)
    page = ConfirmPage(
        title=_("Is this right?"),
        frame=frame(request, "schedule"),
        back=call.url("book_times"),
        errors=form.problems() if form.is_bound else (),
        who=call.known.name if call.known else "",
        form=form,
        form_key=request.POST.get("form_key") or token_urlsafe(16),
        chosen=() if "time" in form.errors else tuple(line_of(time, places) for time in shown),
        facts=_facts(call),
        notes=_notes(rules),
    )
    return render_page(request, "clinic/book_confirm.html", page, status=422 if page.errors else 200)


def _caller_form(
    request: HttpRequest, call: CallSoFar, rules: tuple[RuleSeen, ...], value: str, times: Any = None
) -> CallerForm:
    return CallerForm(
        sent(request),
        known=call.known,
        spoken=call.spoken,
        asks_why=any(one.standing.asks_why for one in rules),
        alike=_alike(request, call),
        times=times,
        initial={"time": value},
    )


def _alike(request: HttpRequest, call: CallSoFar) -> tuple[PatientLine, ...]:
    """Find who is known by what was typed of somebody new: staff choose once more who it is."""
    if call.known is not None or request.method != "POST":
        return ()
    given = {field: request.POST.get(field, "") for field in ("name", "telephone", "email", "form_key")}
    return patients_like(actor_of(request), **given)


def _with_times(request: HttpRequest, call: CallSoFar, rules: tuple[RuleSeen, ...], told: str) -> CallerForm:
    """Give the same form with other times to choose from, and say why."""
    form = _caller_form(request, call, rules, "", call.found(actor_of(request)).choices)
    if "time" not in form.errors:
        form.add_error("time", told)
    return form


def _shown(request: HttpRequest, call: CallSoFar, value: str) -> tuple[FreeTime, ...]:
    """Look up what was chosen; nothing if it is not free any more."""
    actor = actor_of(request)
    try:
        return chosen_times(actor, actor.clinic, read(value), age=call.age, kind=call.kind) if value else ()
    except (TimeTaken, BadBooking, NotBookable):
        return ()


def _facts(call: CallSoFar) -> tuple[Row, ...]:
    if call.known is None:
        return ()
    rows = ((_("Telephone"), call.known.telephone), (_("E-mail"), call.known.email))
    return tuple(Row(key=key, value=value or _("Not given")) for key, value in rows)


def _booked(request: HttpRequest, call: CallSoFar, form: CallerForm) -> HttpResponse | None:
    """Book and say so; None puts what is wrong on the form, where nothing that was typed is lost."""
    try:
        made = book_by_telephone(actor_of(request), _call(request, call, form))
    except (TimeTaken, BadBooking):
        form.add_error("time", TAKEN)
    except BookedAlready as already:
        messages.info(request, _("This call is booked already. Here is what was booked."))
        return redirect("clinic:book_done", already.booking_id)
    except DangerSaid as danger:
        return redirect(say_now([danger.flag], call.spoken))
    except DangerNotAsked:
        messages.info(request, _("Danger was not asked in this call. Ask first, then book."))
        return redirect(call.url("book_ask", asked=""))
    except RuleNotMet as refused:
        told = str(_RULES[refused.standing]).format(what=words.DISCIPLINES[refused.discipline])
        form.add_error("why" if "why" in form.fields else None, told)
    except NotBookable as refused:
        form.add_error("time", str(_HINDRANCES.get(refused.hindrance, _("This visit cannot be booked at that time."))))
    except BadPerson as bad:
        form.add_faults(bad)
    else:
        return redirect("clinic:book_done", made.booking_id)
    return None


def _call(request: HttpRequest, call: CallSoFar, form: CallerForm) -> Call:
    data = form.cleaned_data
    patient_id = form.chosen() if call.known is None else call.known.patient_id
    return Call(
        times=read(data["time"]),
        kind=call.kind,
        note=data["note"],
        why=data.get("why", ""),
        form_key=request.POST.get("form_key", ""),
        inquiry_id=call.inquiry_id,
        patient_id=patient_id,
        person=form.person(language=Language(data["spoken"]), age=call.age) if patient_id is None else None,
        remind_by_email="email" in data["remind"],
        remind_by_sms="sms" in data["remind"],
    )


@require_safe
def done(request: HttpRequest, booking_id: UUID) -> HttpResponse:
    """Show what was booked, and what to say before they hang up."""
    actor = actor_of(request)
    seen = booking(actor, booking_id)
    if actor.clinic_id != seen.clinic_id:
        raise NotFound
    line = patient_line(actor, seen.patient_id)
    spoken = Language(line.language) if line.language in set(Language) else words.language()
    own = clinic_words(actor, seen.clinic_id, spoken)
    texts = (
        (_("How to find us"), own.find_us),
        (_("What to bring"), own.to_bring),
        (_("If they are late"), own.if_late),
    )
    page = BookedPage(
        title=_("It is booked for {name}").format(name=seen.name),
        frame=frame(request, "schedule"),
        visits=_lines(seen),
        told=_("A message with the time and a calendar file goes to their e-mail address.")
        if seen.email
        else _("They gave no e-mail address. Say the day and the time once more, so that they can write it down."),
        lang=spoken.value,
        texts=tuple((name, text) for name, text in texts if text),
        patient=url("patient", seen.patient_id),
        schedule=f"{url('schedule')}?day={seen.visits[0].wall.date().isoformat()}",
    )
    return render_page(request, "clinic/book_done.html", page)


def _lines(seen: BookingSeen) -> tuple[VisitLine, ...]:
    return tuple(
        VisitLine(
            what=str(words.DISCIPLINES[visit.discipline]),
            when=f"{day(visit.wall)}, {clock(visit.wall)} ({visit.zone})",
            who=visit.therapist,
            where=visit.location,
            address=visit.address,
            telephone=visit.telephone,
        )
        for visit in seen.visits
    )
