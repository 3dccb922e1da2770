"""Who works here: roles and invitations, and for what therapists can be booked."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from reable.book import AgeGroup
from reable.terms import Discipline, Language, Specialty
from reable.web.accounts.selectors import StaffList, StaffRole, staff_list
from reable.web.accounts.services import CannotInvite, LastToManage, NotATherapist, invite, revoke, revoke_membership
from reable.web.clinic import words
from reable.web.clinic.addresses import url
from reable.web.clinic.pages import Frame
from reable.web.clinic.setup_forms import InviteForm, ProfileForm
from reable.web.clinic.setup_pages import ConfirmPage, ProfilePage, Removable, RoleLine, StaffCard, StaffPage
from reable.web.clinic.views.common import actor_of, frame, sent, wall
from reable.web.clinic.views.hours import tell_booked
from reable.web.records.actor import NotFound
from reable.web.records.selectors.staff import TherapistLine, therapists
from reable.web.records.services.staff import Profile, save_profile
from reable.web.ui.pages import render_page


@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest) -> HttpResponse:
    """List who works here and who is invited; invite somebody."""
    actor = actor_of(request)
    seen = staff_list(actor)
    form = InviteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            invite(actor, form.cleaned_data["email"], form.cleaned_data["role"])
        except NotATherapist as refused:
            form.add_error("role", refused.message)
        except CannotInvite:
            form.add_error("email", _("This person already has this role here."))
        else:
            messages.success(request, _("The invitation is sent."))
            return redirect("clinic:staff")
    around = frame(request, "staff")
    page = StaffPage(
        title=_("Staff"),
        frame=around,
        errors=form.problems() if form.is_bound else (),
        people=_people(seen, therapists(actor), around),
        invited=tuple(
            Removable(
                text=one.email,
                note=_("{role}, until {day}").format(
                    role=words.role(one.role), day=formats.date_format(wall(one.expires_at, around), "DATE_FORMAT")
                ),
                remove=url("invitation_revoke", one.id),
            )
            for one in seen.invitations
        ),
        form=form,
    )
    return render_page(request, "clinic/staff.html", page, status=422 if page.errors else 200)


def _people(seen: StaffList, bookable: tuple[TherapistLine, ...], around: Frame) -> tuple[StaffCard, ...]:
    booked = {(one.user_id, one.discipline.value) for one in bookable}
    by_user: dict[UUID, list[StaffRole]] = {}
    for role in seen.roles:
        by_user.setdefault(role.user_id, []).append(role)
    return tuple(
        StaffCard(
            name=roles[0].name,
            email=roles[0].email,
            secured=roles[0].has_second_factor,
            roles=tuple(_role(role, booked, around) for role in roles),
        )
        for roles in by_user.values()
    )


def _role(role: StaffRole, booked: set[tuple[UUID, str]], around: Frame) -> RoleLine:
    is_therapist = role.role.value in set(Discipline)
    return RoleLine(
        name=words.role(role.role),
        since=wall(role.since, around).date(),
        end=url("role_end", role.membership_id),
        profile=url("profile", role.user_id, role.role.value) if is_therapist else "",
        bookable=(role.user_id, role.role.value) in booked,
    )


@require_POST
def invitation_revoke(request: HttpRequest, invitation_id: UUID) -> HttpResponse:
    """Take an invitation back."""
    revoke(actor_of(request), invitation_id)
    messages.success(request, _("The invitation is taken back."))
    return redirect("clinic:staff")


@require_http_methods(["GET", "POST"])
def role_end(request: HttpRequest, membership_id: UUID) -> HttpResponse:
    """Ask once more, then end a role of somebody; a therapist can be booked no more."""
    actor = actor_of(request)
    role = next((one for one in staff_list(actor).roles if one.membership_id == membership_id), None)
    if role is None:
        raise NotFound
    if request.method == "POST":
        try:
            booked = revoke_membership(actor, membership_id)
        except LastToManage:
            messages.error(request, _("You are the last manager of this clinic. Invite another manager first."))
        else:
            messages.success(request, _("The role has ended."))
            tell_booked(request, booked)
        return redirect("clinic:staff")
    page = ConfirmPage(
        title=_("End this role? {role}, {name}").format(role=words.role(role.role), name=role.name),
        frame=frame(request, "staff"),
        back=url("staff"),
        lines=(
            _("They can do nothing in this role any more, from the next click on."),
            _("What they wrote stays. A therapist cannot be booked any more."),
        ),
        button=_("End this role"),
    )
    return render_page(request, "clinic/confirm.html", page)


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest, user_id: UUID, discipline: str) -> HttpResponse:
    """Set for what a therapist can be booked."""
    if discipline not in set(Discipline):
        raise Http404
    actor = actor_of(request)
    role = next(
        (one for one in staff_list(actor).roles if one.user_id == user_id and one.role.value == discipline), None
    )
    if role is None:
        raise NotFound
    before = next(
        (one for one in therapists(actor) if one.user_id == user_id and one.discipline.value == discipline), None
    )
    form = ProfileForm(sent(request), initial=_initial(role, before))
    if request.method == "POST" and form.is_valid():
        save_profile(actor, user_id, Discipline(discipline), _given(form))
        messages.success(request, _("It is kept. Set working hours next, so that people can book."))
        return redirect("clinic:staff")
    page = ProfilePage(
        title=_("{name}, {what}").format(name=role.name, what=words.DISCIPLINES[Discipline(discipline)]),
        frame=frame(request, "staff"),
        back=url("staff"),
        errors=form.problems() if form.is_bound else (),
        form=form,
    )
    return render_page(request, "clinic/profile.html", page, status=422 if page.errors else 200)


def _initial(role: StaffRole, before: TherapistLine | None) -> dict[str, object]:
    if before is None:
        return {"name": role.name, "languages": ["en"], "age_groups": ["adult", "older"]}
    return {
        "name": before.name,
        "languages": [one.value for one in before.languages],
        "age_groups": [one.value for one in before.age_groups],
        "specialties": [one.value for one in before.specialties],
    }


def _given(form: ProfileForm) -> Profile:
    data = form.cleaned_data
    return Profile(
        name=data["name"],
        specialties=tuple(Specialty(one) for one in data["specialties"]),
        languages=tuple(Language(one) for one in data["languages"]),
        age_groups=tuple(AgeGroup(one) for one in data["age_groups"]),
    )
