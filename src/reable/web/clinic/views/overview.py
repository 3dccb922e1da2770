"""The numbers of the clinic, each with the rows behind it; no name and no clinical word is among them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from reable.web.clinic import words
from reable.web.clinic.addresses import url
from reable.web.clinic.persons import verdict_name
from reable.web.clinic.setup_forms import SinceForm
from reable.web.clinic.setup_pages import Figure, OverviewPage, RowsPage
from reable.web.clinic.views.common import actor_of, day_in, frame, unready, wall
from reable.web.records.selectors import overview as numbers
from reable.web.ui.pages import render_page
from reable.web.ui.parts import Cell, Link, Table, Text

_USUAL = timedelta(days=90)
_SPANS = (30, 90, 365)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Show the numbers since a day; 90 days back unless another day is chosen."""
    around = frame(request, "overview")
    today = wall(datetime.now(UTC), around).date()
    form = SinceForm(request.GET or None, initial={"since": today - _USUAL})
    chosen = form.cleaned_data.get("since") if form.is_bound and form.is_valid() else None
    since = min(chosen or today - _USUAL, today)
    seen = numbers.overview(actor_of(request), since)
    page = OverviewPage(
        title=_("Overview"),
        frame=around,
        errors=form.problems() if form.is_bound else (),
        form=form,
        since=since,
        now=_now(seen),
        waits=_waits(seen),
        visits=_visits(seen),
        agreement=_agreement(seen),
        decisions=_rows("decisions", since),
        spans=tuple(
            Link(
                text=_("{days} days").format(days=days),
                href=f"?since={(today - timedelta(days=days)).isoformat()}",
                current=since == today - timedelta(days=days),
            )
            for days in _SPANS
        ),
        unready=unready(actor_of(request)),
    )
    return render_page(request, "clinic/overview.html", page, status=422 if page.errors else 200)


def _rows(name: str, since: date) -> str:
    return f"{url(name)}?since={since.isoformat()}"


def _now(seen: numbers.Overview) -> tuple[Figure, ...]:
    late = _("{late} late").format(late=seen.tasks_late) if seen.tasks_late else ""
    return (
        Figure(
            number=str(seen.tasks),
            what=ngettext("open task", "open tasks", seen.tasks),
            href=f"{url('tasks')}?whose=all",
            more=late,
            late=bool(late),
        ),
        Figure(
            number=str(seen.referrals_overdue),
            what=ngettext("overdue referral", "overdue referrals", seen.referrals_overdue),
            href=url("referrals"),
            late=seen.referrals_overdue > 0,
        ),
        Figure(
            number=str(seen.waiting),
            what=ngettext("person on the waiting list", "people on the waiting list", seen.waiting),
            href=url("waiting"),
        ),
    )


def _waits(seen: numbers.Overview) -> tuple[Figure, ...]:
    """Give the waits; none at all where nobody has come yet, rather than a zero."""
    if seen.median_days is None or seen.longest_days is None:
        return ()
    href = _rows("first_visits", seen.since)
    counted = ngettext("of %(n)d first visit", "of %(n)d first visits", seen.first_visits) % {"n": seen.first_visits}
    return (
        Figure(
            number=str(seen.median_days),
            what=ngettext(
                "day from asking to the first visit (median)",
                "days from asking to the first visit (median)",
                seen.median_days,
            ),
            href=href,
            more=counted,
        ),
        Figure(
            number=str(seen.longest_days),
            what=ngettext("day at the longest", "days at the longest", seen.longest_days),
            href=href,
        ),
    )


def _visits(seen: numbers.Overview) -> tuple[Figure, ...]:
    marked = seen.came + seen.missed
    if not marked:
        return ()
    share = _("{share} percent of {all} visits that are marked").format(
        share=round(100 * seen.missed / marked), all=marked
    )
    return (
        Figure(
            number=str(seen.missed),
            what=ngettext("visit to which nobody came", "visits to which nobody came", seen.missed),
            href=_rows("missed_visits", seen.since) if seen.missed else "",
            more=share,
        ),
    )


def _agreement(seen: numbers.Overview) -> Table | None:
    if not seen.agreement:
        return None
    head = [_("Recommended"), _("Decided"), _("Accepted"), _("Changed"), _("Declined"), _("Accepted, of 100")]
    rows = [
        (
            Cell(text=words.DOORS[one.recommended], header=True),
            *_numbers(one.decided, one.accepted, one.changed, one.declined, round(100 * one.accepted / one.decided)),
        )
        for one in seen.agreement
    ]
    return Table(
        caption=_("Decisions of therapists, by what was recommended"),
        head=tuple(Cell(text=text, numeric=number > 0) for number, text in enumerate(head)),
        rows=tuple(rows),
    )


def _numbers(*given: int) -> tuple[Cell, ...]:
    return tuple(Cell(text=str(one), numeric=True) for one in given)


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """List the decisions behind the agreement."""
    since = _since(request)
    lines = numbers.decisions(actor_of(request), since)
    rows = [
        (
            _day(line.on),
            Cell(text=words.SHORT[line.discipline]),
            Cell(text=words.DOORS[line.recommended]),
            Cell(text=verdict_name(line.decision, line.door)),
            Cell(text=line.by),
        )
        for line in lines
    ]
    head = (_("Day"), _("Discipline"), _("Recommended"), _("Decision"), _("By"))
    return _show(request, _("Decisions"), since, head, rows, _("No decision was made in this time."))


@require_safe
def first_visits(request: HttpRequest) -> HttpResponse:
    """List how long people waited for their first visit."""
    since = _since(request)
    lines = numbers.first_visits(actor_of(request), since)
    rows = [
        (
            _day(line.asked),
            _day(line.visited, header=False),
            Cell(text=words.SHORT[line.discipline]),
            *_numbers(line.days),
        )
        for line in lines
    ]
    head = (_("Asked"), _("First visit"), _("Discipline"), _("Days"))
    return _show(
        request, _("Waits for the first visit"), since, head, rows, _("Nobody came to a first visit in this time.")
    )


@require_safe
def missed_visits(request: HttpRequest) -> HttpResponse:
    """List the visits to which nobody came."""
    since = _since(request)
    lines = numbers.missed_visits(actor_of(request), since)
    rows = [
        (_day(line.on), Cell(text=words.SHORT[line.discipline]), Cell(text=line.therapist), Cell(text=line.place))
        for line in lines
    ]
    head = (_("Day"), _("Discipline"), _("Therapist"), _("Place"))
    return _show(request, _("Missed visits"), since, head, rows, _("No visit was missed in this time."))


def _since(request: HttpRequest) -> date:
    return day_in(request.GET.get("since")) or (datetime.now(UTC).date() - _USUAL)


def _day(on: date, *, header: bool = True) -> Cell:
    return Cell(text=formats.date_format(on, "DATE_FORMAT"), header=header)


def _show(
    request: HttpRequest, title: str, since: date, head: Sequence[Text], rows: Sequence[tuple[Cell, ...]], nothing: str
) -> HttpResponse:
    table = Table(caption=title, head=tuple(Cell(text=text) for text in head), rows=tuple(rows)) if rows else None
    page = RowsPage(
        title=title,
        frame=frame(request, "overview"),
        back=f"{url('overview')}?since={since.isoformat()}",
        since=since,
        table=table,
        nothing=nothing,
    )
    return render_page(request, "clinic/rows.html", page)
