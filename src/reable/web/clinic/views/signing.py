"""What a clinic stands for: where it stands, each part to read, a signature under it (S40)."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from reable.web.clinic import governed
from reable.web.clinic.addresses import url
from reable.web.clinic.governance_forms import RiskForm, SignForm
from reable.web.clinic.governance_pages import PartCard, PartPage, SafetyPage, SigningPage
from reable.web.clinic.pages import Frame, Tag
from reable.web.clinic.views.common import actor_of, frame, sent, wall
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.selectors.clinics import clinic_card
from reable.web.records.selectors.governance import (
    LEADS,
    RESIDUAL_RISK,
    Signed,
    going_live,
    incidents,
    knowledge_in_force,
    may_see_patients,
    signatures,
    withdrawn_now,
)
from reable.web.records.selectors.readiness import Lack, lacks
from reable.web.records.services.governance import NOTES_INCIDENTS, sign, signers
from reable.web.ui.pages import render_page
from reable.web.ui.parts import Link, Task, Text

SECTION = "safety"
_MISSING: dict[str, Text] = {
    "safeguarding_clinician": gettext_lazy("A safeguarding clinician, named on the page Staff"),
    "safeguarding_steps": gettext_lazy("The local steps when somebody tells of abuse or neglect, in Texts and numbers"),
}
_LACKS: dict[Lack, tuple[Text, str]] = {
    Lack.PLACE: (gettext_lazy("A place of the clinic"), "places"),
    Lack.VISITS: (gettext_lazy("How long visits take"), "visit_types"),
    Lack.RULES: (gettext_lazy("Whether a referral is needed first"), "visit_types"),
    Lack.THERAPIST: (gettext_lazy("A therapist who can be booked"), "staff"),
    Lack.HOURS: (gettext_lazy("Working hours of a therapist"), "availability"),
    Lack.WHEN_CLOSED: (gettext_lazy("Whom to call when the clinic is closed"), "texts"),
}


@require_safe
def safety(request: HttpRequest) -> HttpResponse:
    """Lead to what is signed, what is withdrawn and what went wrong; the front desk notes incidents only."""
    actor = actor_of(request)
    actor.must_be(*NOTES_INCIDENTS, to="look after safety")
    page = SafetyPage(title=_("Safety"), frame=frame(request, SECTION), tasks=_tasks(actor))
    return render_page(request, "clinic/safety.html", page)


def _tasks(actor: Actor) -> tuple[Task, ...]:
    if not actor.kinds.intersection(LEADS):
        return (Task(heading=_("Incidents"), hint=_("Note what went wrong."), status="", href=url("incidents")),)
    unsigned = sum(not one.in_force for one in signatures(actor))
    off, open_ = len(withdrawn_now(actor)), len(incidents(actor, only_open=True))
    return (
        Task(
            heading=_("Signatures"),
            hint=_("What this clinic stands for, to read and to sign."),
            status=ngettext("%(n)d to sign", "%(n)d to sign", unsigned) % {"n": unsigned} if unsigned else _("Signed"),
            color="yellow" if unsigned else "green",
            href=url("signing"),
        ),
        Task(
            heading=_("Withdrawn items"),
            hint=_("Switch off what proved wrong. Find everybody who got an answer that rests on it."),
            status=ngettext("%(n)d withdrawn", "%(n)d withdrawn", off) % {"n": off} if off else _("Nothing withdrawn"),
            color="orange" if off else "grey",
            href=url("withdrawn"),
        ),
        Task(
            heading=_("Incidents"),
            hint=_("What went wrong or nearly did, and who follows it up."),
            status=ngettext("%(n)d open", "%(n)d open", open_) % {"n": open_} if open_ else _("None open"),
            color="orange" if open_ else "grey",
            href=url("incidents"),
        ),
    )


@require_safe
def signing(request: HttpRequest) -> HttpResponse:
    """Show what must be signed, who signed it, and what else is missing before people can come."""
    actor, around = actor_of(request), frame(request, SECTION)
    signed = signatures(actor)
    parts = {one.part for one in signed}
    page = SigningPage(
        title=_("Signatures"),
        frame=around,
        back=url("safety"),
        version=knowledge_in_force(),
        takes_people=may_see_patients(actor.clinic),
        demo=settings.DEMO,
        parts=tuple(_card(actor, one, around) for one in signed),
        missing=tuple(_missing(key) for key in going_live(actor.clinic) if key not in parts),
        lacks=tuple(_lack(actor, one) for one in lacks(actor)),
    )
    return render_page(request, "clinic/signing.html", page)


def _card(actor: Actor, signed: Signed, around: Frame) -> PartCard:
    return PartCard(
        name=governed.PARTS[signed.part],
        what=governed.WHAT_IT_IS[signed.part],
        tag=_tag(signed),
        says=_says(signed, around),
        href=url("signing_part", signed.part),
        may_sign=bool(actor.kinds.intersection(signers(signed.part))),
    )


def _tag(signed: Signed) -> Tag:
    if signed.at is None:
        return Tag(text=_("Not signed"), color="yellow")
    return Tag(text=_("Signed"), color="green") if signed.in_force else Tag(text=_("No longer holds"), color="red")


def _says(signed: Signed, around: Frame) -> Text:
    """Say who signed, when, and whether that still holds; nothing where nobody has."""
    if signed.at is None:
        return ""
    said = _("{name}, {licence}, on {day}, at version {version}.").format(
        name=signed.by_name,
        licence=signed.licence,
        day=formats.date_format(wall(signed.at, around), "DATE_FORMAT"),
        version=signed.knowledge_version,
    )
    ended = _("The knowledge has changed since: it must be signed anew.")
    return said if signed.in_force else f"{said} {ended}"


def _missing(key: str) -> Text:
    """Name what else going live needs; a thing without words here shows by its key."""
    return _MISSING.get(key, key.replace("_", " ").capitalize())


def _lack(actor: Actor, lack: Lack) -> Link:
    name, section = _LACKS[lack]
    return Link(text=name, href=url(section) if ActorKind.MANAGER in actor.kinds else "")


@require_http_methods(["GET", "POST"])
def signing_part(request: HttpRequest, part: str) -> HttpResponse:
    """Show all that is signed with a part; who may sign it signs below what they have read."""
    actor = actor_of(request)
    signed = next((one for one in signatures(actor) if one.part == part), None)
    if signed is None:
        raise NotFound
    if request.method == "POST":
        actor.must_be(*signers(part), to=f"sign {part}")
    form = _form(request, part) if actor.kinds.intersection(signers(part)) else None
    if form is not None and form.is_bound and form.is_valid():
        data = form.cleaned_data
        sign(actor, part=part, name=data["name"], licence=data["licence"], knowledge_version=data["version"])
        messages.success(request, _("It is signed."))
        return redirect("clinic:signing")
    around = frame(request, SECTION)
    parts = governed.reading_of(part, clinic_card(actor, actor.clinic).country)
    page = PartPage(
        title=governed.PARTS[part],
        frame=around,
        back=url("signing"),
        errors=form.problems() if form is not None and form.is_bound else (),
        what=governed.WHAT_IT_IS[part],
        counted=governed.counted(part),
        version=knowledge_in_force(),
        signed=_says(signed, around),
        parts=parts,
        form=form,
        is_risk=part == RESIDUAL_RISK,
        nothing=not any(one.readings for one in parts),
    )
    return render_page(request, "clinic/signing_part.html", page, status=422 if page.errors else 200)


def _form(request: HttpRequest, part: str) -> SignForm:
    kind = RiskForm if part == RESIDUAL_RISK else SignForm
    return kind(sent(request), version=knowledge_in_force(), name=str(request.user))
