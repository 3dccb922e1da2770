"""What is to be done: open tasks, one patient with their visits, and who waits."""

from datetime import UTC, datetime
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from reable.book import VisitState
from reable.terms import Language
from reable.web.clinic import persons, words
from reable.web.clinic.addresses import url
from reable.web.clinic.pages import ActButton, PatientPage, PatientVisit, TaskCard, TasksPage, WaitingCard, WaitingPage
from reable.web.clinic.views.common import actor_of, frame, number, pager, wall
from reable.web.records.actor import ActorKind
from reable.web.records.selectors.bookings import BookingSeen
from reable.web.records.selectors.openings import EVALUATION, FOLLOW_UP
from reable.web.records.selectors.patients import PatientSeen
from reable.web.records.selectors.patients import patient as patient_of
from reable.web.records.selectors.tasks import OpenTask, open_tasks
from reable.web.records.selectors.waiting_list import waiting_list
from reable.web.records.services.reminders import finish_task
from reable.web.ui.pages import render_page
from reable.web.ui.parts import Row


@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """Show the open tasks of one's roles; to a manager those of all, if asked for."""
    actor = actor_of(request)
    everybody = request.GET.get("whose") == "all"
    found = open_tasks(actor, page=number(request.GET.get("page")), everybody=everybody)
    is_manager = ActorKind.MANAGER in actor.kinds
    page = TasksPage(
        title=_("Tasks of everybody") if everybody else _("My tasks"),
        frame=frame(request, "tasks"),
        tasks=tuple(_task(one) for one in found.tasks),
        total=found.total,
        other=("?" if everybody else "?whose=all") if is_manager else "",
        everybody=everybody,
        pager=pager(request, found.page, found.pages),
    )
    return render_page(request, "clinic/tasks.html", page)


def _task(task: OpenTask) -> TaskCard:
    return TaskCard(
        what=words.task(task.kind),
        name=task.name,
        href=url("patient", task.patient_id) if task.patient_id else "",
        reach=tuple(way for way in (task.telephone, task.email) if way),
        language=words.LANGUAGES[Language(task.language)] if task.language in set(Language) else "",
        role=words.role(task.role),
        due=task.due,
        late=task.late,
        done=url("task_done", task.task_id) if task.is_mine else "",
    )


@require_POST
def task_done(request: HttpRequest, task_id: UUID) -> HttpResponse:
    """Tick a task off."""
    finish_task(actor_of(request), task_id, now=datetime.now(UTC))
    messages.success(request, _("The task is done."))
    return redirect("clinic:tasks")


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Show who waits for a time, in the order in which times are offered."""
    found = waiting_list(actor_of(request))
    around = frame(request, "waiting")
    page = WaitingPage(
        title=_("Waiting list"),
        frame=around,
        people=tuple(
            WaitingCard(
                name=one.name,
                href=url("patient", one.patient_id),
                discipline=words.SHORT[one.discipline],
                priority=persons.priority_tag(one.priority),
                place=one.location,
                since=wall(one.joined_at, around),
                late=one.late,
                offer="" if one.offer is None else formats.date_format(one.offer.wall, "DATETIME_FORMAT"),
                answer_by="" if one.offer is None else formats.date_format(one.offer.expires_wall, "DATETIME_FORMAT"),
            )
            for one in found
        ),
    )
    return render_page(request, "clinic/waiting.html", page)


@require_safe
def patient(request: HttpRequest, patient_id: UUID) -> HttpResponse:
    """Show a patient: how to reach them, their visits, and for therapists what was told."""
    seen = patient_of(actor_of(request), patient_id)
    page = PatientPage(
        title=seen.name,
        frame=frame(request, ""),
        back=url("schedule"),
        book_next=_book(seen, FOLLOW_UP),
        book_first=_book(seen, EVALUATION),
        facts=_facts(seen),
        visits=tuple(visit for booking in seen.bookings for visit in _visits(booking)),
        notes=tuple(booking.note for booking in seen.bookings if booking.note),
        told=tuple(
            (url("person", inquiry_id), formats.date_format(at, "DATE_FORMAT")) for inquiry_id, at in seen.inquiries
        ),
        referrals=tuple(
            (url("referral", id_), f"{physician}, {formats.date_format(at, 'DATE_FORMAT')}")
            for id_, physician, at in seen.referrals
        ),
    )
    return render_page(request, "clinic/patient.html", page)


def _book(seen: PatientSeen, kind: str) -> str:
    """Give where a visit is booked for this patient; the next one for what the last one was for."""
    visits = sorted((visit for booking in seen.bookings for visit in booking.visits), key=lambda one: one.starts_at)
    last = {"what": visits[-1].discipline.value} if visits and kind == FOLLOW_UP else {}
    return f"{url('book_visit')}?{urlencode({'patient': str(seen.patient_id), 'kind': kind, **last})}"


def _facts(seen: PatientSeen) -> tuple[Row, ...]:
    rows = (
        (_("Telephone"), seen.telephone),
        (_("E-mail"), seen.email),
        (_("Language"), str(words.LANGUAGES[Language(seen.language)])),
        (_("Age"), "" if seen.age is None else str(seen.age)),
        (_("Known here since"), formats.date_format(seen.since, "DATE_FORMAT")),
    )
    return tuple(Row(key=key, value=value or _("Not given")) for key, value in rows)


def _visits(booking: BookingSeen) -> tuple[PatientVisit, ...]:
    return tuple(
        PatientVisit(
            when=visit.wall,
            what=f"{words.SHORT[visit.discipline]}, {visit.therapist}, {visit.location}",
            state=words.VISIT_STATES[visit.state],
            color=words.VISIT_COLORS[visit.state],
            acts=(
                ActButton(
                    text=_("Move"),
                    href=url("visit_move", booking.booking_id, visit.appointment_id),
                    posts=False,
                    main=False,
                ),
                ActButton(
                    text=_("Cancel visit"),
                    href=url("visit_cancel", booking.booking_id, visit.appointment_id),
                    posts=False,
                    main=False,
                ),
            )
            if visit.can_change and visit.state is VisitState.BOOKED
            else (),
        )
        for visit in booking.visits
    )
