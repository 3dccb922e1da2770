"""Enter a referral: a physician for their own patient, the front desk from paper."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from reable.terms import Discipline, Language, Priority
from reable.web.clinic import persons
from reable.web.clinic.addresses import url
from reable.web.clinic.forms import ReferralForm
from reable.web.clinic.referral_pages import NewReferralPage
from reable.web.clinic.views.common import actor_of, frame, id_in, sent
from reable.web.records.actor import ActorKind
from reable.web.records.finding import is_private
from reable.web.records.selectors.patients import patient
from reable.web.records.selectors.referrals import draft
from reable.web.records.services.persons import BadPerson, Person
from reable.web.records.services.referrals import BadReferral, ReferralsEntered, edit_draft, enter_referral
from reable.web.ui.pages import render_page

_OFFICE = frozenset({ActorKind.FRONT_DESK, ActorKind.MANAGER})


@require_http_methods(["GET", "POST"])
def new_referral(request: HttpRequest) -> HttpResponse:
    """Take a referral; of one for both disciplines two are made."""
    actor = actor_of(request)
    actor.must_be(ActorKind.REFERRING_PHYSICIAN, *_OFFICE, to="enter a referral")
    own = not _OFFICE & actor.kinds
    patient_id = None if own else id_in(request.GET.get("patient"))
    known = None if patient_id is None else patient(actor, patient_id)
    form = ReferralForm(
        sent(request), known=known is not None, own=own, initial={"physician_name": str(request.user) if own else ""}
    )
    if request.method == "POST" and form.is_valid():
        entered = _enter(request, form, patient_id, as_draft=own and request.POST.get("draft") == "1")
        if entered is not None:
            _tell(request, entered, clinical=own or actor.is_clinical)
            return redirect("clinic:referral", entered.ids[0])
    page = NewReferralPage(
        title=_("Enter a referral"),
        frame=frame(request, "referrals"),
        back=url("referrals"),
        errors=form.problems() if form.is_bound else (),
        form=form,
        for_whom=known.name if known else "",
        may_draft=own,
        button=_("Enter this referral"),
    )
    return render_page(request, "clinic/referral_new.html", page, status=422 if page.errors else 200)


def _enter(
    request: HttpRequest, form: ReferralForm, patient_id: UUID | None, *, as_draft: bool
) -> ReferralsEntered | None:
    """Enter it; what cannot be used is said at its field."""
    data = form.cleaned_data
    try:
        return enter_referral(
            actor_of(request),
            person=None if patient_id else _person(form),
            disciplines=[Discipline(one) for one in data["disciplines"]],
            text=data["text"],
            physician_name=data["physician_name"],
            physician_contact=data["physician_contact"],
            patient_id=patient_id,
            priority=Priority(data["priority"]),
            as_draft=as_draft,
        )
    except (BadPerson, BadReferral) as bad:
        _add_faults(form, bad)
    return None


@require_http_methods(["GET", "POST"])
def edit_referral(request: HttpRequest, referral_id: UUID) -> HttpResponse:
    """Change a referral that its physician has not sent yet."""
    kept = draft(actor_of(request), referral_id)
    fields = ("discipline", "priority", "text", "physician_name", "physician_contact")
    whose = ("name", "telephone", "email", "age", "language") if kept.own_person else ()
    form = ReferralForm(
        sent(request),
        known=not kept.own_person,
        own=True,
        draft=True,
        initial={field: getattr(kept, field) for field in (*fields, *whose)},
    )
    if request.method == "POST" and form.is_valid():
        entered = _edit(request, form, referral_id, own_person=kept.own_person)
        if entered is not None:
            _tell(request, entered, clinical=True)
            return redirect("clinic:referral", referral_id)
    page = NewReferralPage(
        title=_("Change the draft"),
        frame=frame(request, "referrals"),
        back=url("referral", referral_id),
        errors=form.problems() if form.is_bound else (),
        form=form,
        for_whom="" if kept.own_person else kept.name,
        may_draft=False,
        button=_("Keep the changes"),
    )
    return render_page(request, "clinic/referral_new.html", page, status=422 if page.errors else 200)


def _edit(request: HttpRequest, form: ReferralForm, referral_id: UUID, *, own_person: bool) -> ReferralsEntered | None:
    """Keep the changes; what cannot be used is said at its field."""
    data = form.cleaned_data
    try:
        return edit_draft(
            actor_of(request),
            referral_id,
            person=_person(form) if own_person else None,
            discipline=Discipline(data["discipline"]),
            text=data["text"],
            physician_name=data["physician_name"],
            physician_contact=data["physician_contact"],
            priority=Priority(data["priority"]),
        )
    except (BadPerson, BadReferral) as bad:
        _add_faults(form, bad)
    return None


def _add_faults(form: ReferralForm, bad: BadPerson | BadReferral) -> None:
    for field in bad.fields:
        if isinstance(bad, BadPerson):
            form.add_error("telephone" if field == "contact" else field, _told(field))
        else:
            form.add_error(field if field in form.fields else None, _("This cannot be used so. Look at it again."))


def _told(field: str) -> str:
    return {
        "name": _("Write the name with letters only, on one line."),
        "telephone": _("Write a telephone number, such as +1 555 0100."),
        "contact": _("Write a telephone number or an e-mail address."),
        "email": _("Write an e-mail address, such as name@example.org."),
    }.get(field, _("This cannot be used so. Look at it again."))


def _person(form: ReferralForm) -> Person:
    data = form.cleaned_data
    return Person(
        name=data["name"],
        email=data["email"],
        telephone=data["telephone"],
        language=Language(data["language"]),
        age=data["age"],
        remind_by_email=False,
        remind_by_sms=False,
    )


def _tell(request: HttpRequest, entered: ReferralsEntered, *, clinical: bool) -> None:
    """Say that it is kept; a danger in the text is named to who may read clinical words (S3, S31)."""
    messages.success(request, _("The referral is kept."))
    if not entered.dangers:
        return
    named = [persons.flag_name(key) for key in entered.dangers if not is_private(key)]
    if clinical and named:
        told = _("The text speaks of a danger: {dangers}. If it happens now, have help called. ")
        messages.warning(request, told.format(dangers=", ".join(named)) + _("A therapist is asked to look today."))
    else:
        messages.warning(request, _("A therapist is asked to look at this referral today."))
