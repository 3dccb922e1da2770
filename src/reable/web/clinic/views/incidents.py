"""What went wrong or nearly did: noted, followed up, closed (S41)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reable.web.clinic.addresses import url
from reable.web.clinic.governance_forms import IncidentForm
from reable.web.clinic.governance_pages import IncidentCard, IncidentsPage
from reable.web.clinic.pages import Frame, Tag
from reable.web.clinic.views.common import actor_of, frame, sent, wall
from reable.web.clinic.views.signing import SECTION
from reable.web.clinic.words import SEVERITIES
from reable.web.hazards import hazards
from reable.web.records.selectors.governance import LEADS, IncidentEntry
from reable.web.records.selectors.governance import incidents as incidents_of
from reable.web.records.services.governance import NOTES_INCIDENTS, close_incident, open_incident
from reable.web.ui.pages import render_page


@require_http_methods(["GET", "POST"])
def incidents(request: HttpRequest) -> HttpResponse:
    """List incidents to those who lead; note a new one."""
    actor = actor_of(request)
    actor.must_be(*NOTES_INCIDENTS, to="note an incident")
    form = IncidentForm(sent(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        open_incident(actor, what=data["what"], severity=data["severity"], owner=data["owner"], hazard=data["hazard"])
        messages.success(request, _("The incident is noted."))
        return redirect("clinic:incidents")
    may_read, around = bool(actor.kinds.intersection(LEADS)), frame(request, SECTION)
    entries = incidents_of(actor) if may_read else ()
    page = IncidentsPage(
        title=_("Incidents"),
        frame=around,
        back=url("safety"),
        errors=form.problems() if form.is_bound else (),
        may_read=may_read,
        open=tuple(_card(one, around) for one in entries if one.closed_at is None),
        closed=tuple(_card(one, around) for one in entries if one.closed_at is not None),
        form=form,
    )
    return render_page(request, "clinic/incidents.html", page, status=422 if page.errors else 200)


def _card(entry: IncidentEntry, around: Frame) -> IncidentCard:
    name, _hint, color = SEVERITIES[entry.severity]
    hazard = next((f"{one.id}: {one.hazard}" for one in hazards() if one.id == entry.hazard), entry.hazard)
    noted = formats.date_format(wall(entry.at, around), "DATETIME_FORMAT")
    facts = [
        _("Noted: {when}").format(when=noted),
        _("Followed up by: {owner}").format(owner=entry.owner),
        *([_("Hazard {hazard}").format(hazard=hazard)] if hazard else []),
    ]
    if entry.closed_at is not None:
        closed = formats.date_format(wall(entry.closed_at, around), "DATETIME_FORMAT")
        facts.append(_("Closed: {when}").format(when=closed))
    return IncidentCard(
        severity=Tag(text=name, color=color),
        what=entry.what,
        facts=tuple(facts),
        close="" if entry.closed_at else url("incident_close", entry.id),
    )


@require_POST
def incident_close(request: HttpRequest, incident_id: UUID) -> HttpResponse:
    """Close an incident that was followed up."""
    close_incident(actor_of(request), incident_id)
    messages.success(request, _("The incident is closed."))
    return redirect("clinic:incidents")
