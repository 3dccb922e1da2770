"""What was told in confidence, for the named safeguarding clinician alone (S13).

To everybody else these pages are not there: the same answer as for a page that does not exist.
"""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from reable.web.clinic import persons, words
from reable.web.clinic.addresses import url
from reable.web.clinic.pages import Tag
from reable.web.clinic.safeguarding_pages import (
    OUTCOMES,
    ActCard,
    DisclosureCard,
    DisclosurePage,
    DoneForm,
    SafeguardingPage,
)
from reable.web.clinic.views.common import actor_of, frame, number, pager
from reable.web.records.actor import Actor
from reable.web.records.selectors.clinics import clinic_text
from reable.web.records.selectors.places import TextKey
from reable.web.records.selectors.safeguarding import (
    ActDone,
    DisclosureLine,
    DisclosureSeen,
    Reach,
    Standing,
    WhatWasTold,
    disclosures,
)
from reable.web.records.selectors.safeguarding import disclosure as disclosure_of
from reable.web.records.services.safeguarding import Outcome, Way, note_done, note_seen
from reable.web.records.services.telephone import DESK
from reable.web.ui.pages import render_page
from reable.web.ui.parts import Row, TagColor, Text

_STANDINGS: Mapping[Standing, tuple[str | Promise, TagColor]] = {
    Standing.LATE: (gettext_lazy("Nobody has looked for more than a day"), "red"),
    Standing.NEW: (gettext_lazy("New"), "orange"),
    Standing.OPEN: (gettext_lazy("Open"), "blue"),
    Standing.CLOSED: (gettext_lazy("Closed"), "grey"),
}
_WAYS: Mapping[str, str | Promise] = {
    Way.CALL: gettext_lazy("Call"),
    Way.TEXT: gettext_lazy("Text message"),
    Way.EMAIL: gettext_lazy("E-mail"),
}
_WAITING = frozenset({Standing.LATE, Standing.NEW})


@require_safe
def safeguarding(request: HttpRequest) -> HttpResponse:
    """List what was told: what nobody has looked at first."""
    actor = actor_of(request)
    found = disclosures(actor, page=number(request.GET.get("page")))
    page = SafeguardingPage(
        title=_("Told in confidence"),
        frame=frame(request, "safeguarding"),
        steps=_steps(actor),
        cards=tuple(_card(line) for line in found.lines),
        total=found.total,
        pager=pager(request, found.page, found.pages),
    )
    return render_page(request, "clinic/safeguarding.html", page)


@require_http_methods(["GET", "POST"])
def disclosure(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """Show one disclosure; keep that it was read, or what was done.

    Where more was told since the page was opened, it is shown first: nothing counts as seen that nobody has read.
    """
    actor = actor_of(request)
    seen = disclosure_of(actor, source_id)
    told = _read(seen)
    more = request.method == "POST" and request.POST.get("read", told) != told
    says_more = _("More was told on %(told)s") % {"told": formats.date_format(seen.line.told, "DATETIME_FORMAT")}
    if more and "seen" in request.POST:
        messages.info(request, says_more)
        return redirect("clinic:disclosure", source_id)
    if request.method == "POST" and "seen" in request.POST:
        note_seen(actor, source_id)
        messages.success(request, _("It is kept that you have seen it."))
        return redirect("clinic:disclosure", source_id)
    form = DoneForm(request.POST if request.method == "POST" else None)
    if more:
        form.add_error(None, says_more)
    if request.method == "POST" and form.is_valid():
        note_done(actor, source_id, form.cleaned_data["text"], outcome=form.outcome())
        messages.success(request, _("Your note is kept."))
        return redirect("clinic:disclosure", source_id)
    page = _page(request, seen, form)
    return render_page(request, "clinic/safeguarding_one.html", page, status=422 if page.errors else 200)


def _read(seen: DisclosureSeen) -> str:
    return seen.line.told.isoformat()


def _steps(actor: Actor) -> str:
    return clinic_text(actor, actor.clinic, TextKey.SAFEGUARDING, words.language())


def _card(line: DisclosureLine) -> DisclosureCard:
    return DisclosureCard(
        href=url("disclosure", line.source_id),
        name=", ".join(line.names),
        flags=tuple(persons.flag_name(key) for key in line.flags),
        since=line.since,
        told=line.told if line.told > line.since else None,
        standing=_tag(line.standing),
        late=line.standing is Standing.LATE,
    )


def _tag(standing: Standing) -> Tag:
    text, color = _STANDINGS[standing]
    return Tag(text=text, color=color)


def _page(request: HttpRequest, seen: DisclosureSeen, form: DoneForm) -> DisclosurePage:
    told = seen.told
    return DisclosurePage(
        title=", ".join(seen.line.names) or _("Somebody who asked"),
        frame=frame(request, "safeguarding"),
        back=url("safeguarding"),
        errors=form.problems() if form.is_bound else (),
        steps=_steps(actor_of(request)),
        standing=_tag(seen.line.standing),
        waits=seen.line.standing in _WAITING,
        read=_read(seen),
        deleted=told is None,
        confided=tuple((persons.flag_name(one.flag), one.words) for one in told.confided) if told else (),
        words=told.words if told else "",
        spans=told.spans if told else (),
        by_other=bool(told and told.relation not in ("", DESK)),
        by_letter=bool(told and told.physician),
        facts=_facts(seen, told),
        safe=None if seen.reach is None else bool(seen.reach.way),
        reach=_reach(seen.reach),
        visits=tuple(persons.visit(visit) for visit in seen.visits),
        acts=tuple(_act(one) for one in seen.acts),
        form=form,
    )


def _facts(seen: DisclosureSeen, told: WhatWasTold | None) -> tuple[Row, ...]:
    rows: list[tuple[Text, Text]] = [
        (_("Name"), ", ".join(seen.line.names) or _("Not given yet: nothing is booked")),
        (_("Here since"), formats.date_format(seen.line.since, "DATETIME_FORMAT")),
    ]
    if seen.line.told > seen.line.since:
        rows.append((_("Last told us something"), formats.date_format(seen.line.told, "DATETIME_FORMAT")))
    if told is not None:
        rows += [
            _who(told),
            (_("Age"), _("Not known") if told.age is None else str(told.age)),
            (_("Language"), words.LANGUAGES[told.language]),
        ]
    return tuple(Row(key=key, value=value) for key, value in rows)


def _who(told: WhatWasTold) -> tuple[Text, Text]:
    if told.physician:
        return _("Who wrote it, in a referral"), told.physician
    return _("Who spoke"), persons.who_spoke(told.relation, told.agrees)


def _reach(reach: Reach | None) -> tuple[Row, ...]:
    """Show how to reach them, if they said that it is safe; nothing of what they gave elsewhere."""
    if reach is None or not reach.way:
        return ()
    rows = (
        (_WAYS.get(reach.way, reach.way), reach.address),
        (_("When, and what to say"), reach.when or _("Nothing was said about this")),
        (_("They said so on"), formats.date_format(reach.at, "DATETIME_FORMAT")),
    )
    return tuple(Row(key=key, value=value) for key, value in rows)


def _act(done: ActDone) -> ActCard:
    titles: Mapping[str, str] = {"seen": _("Seen"), "note": _("Note")}
    title: Text = OUTCOMES[Outcome(done.outcome)] if done.outcome in set(Outcome) else titles.get(done.kind, done.kind)
    return ActCard(title=title, by=done.by, at=done.at, text=done.text)
