"""Invitations, roles, patients' users and carers: who gets in, who does not, and how it ends."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reable.web.accounts.models import Invitation, Membership, User
from reable.web.accounts.selectors import carers_of_patient, own_patients, staff_list
from reable.web.accounts.services import (
    AddressDiffers,
    CannotGrant,
    CannotInvite,
    LastToManage,
    NewPerson,
    accept,
    add_user,
    grant_carer,
    invite,
    link_patients_on_sign_in,
    revoke,
    revoke_carer,
    revoke_membership,
    user_for_code,
    user_for_patient,
)
from reable.web.records.actor import Actor, ActorKind, NotAllowed, NotFound
from reable.web.records.models import Booking, Carer
from tests.web.people import NOW, make_clinic, make_location, make_member, make_patient, make_therapist, visitor

pytestmark = pytest.mark.django_db
PHRASE = "a long enough phrase"


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def manager(clinic):
    return make_member(clinic, "manager")


@pytest.fixture
def sent(mailoutbox, django_capture_on_commit_callbacks):
    """Do something, commit, and give the mails that were sent."""

    def doing(act):
        before = len(mailoutbox)
        with django_capture_on_commit_callbacks(execute=True):
            result = act()
        return result, mailoutbox[before:]

    return doing


def secret_in(mail):
    return re.search(r"/account/invitation/([^/\s]+)/", mail.body).group(1)


def invited(sent, manager, email="new@example.org", role="pt", **fields):
    _invited, (mail,) = sent(lambda: invite(manager, email, role, **fields))
    return secret_in(mail)


def as_self(patient):
    return Actor(kind=ActorKind.PATIENT, user_id=patient.user_id, patient_ids=frozenset({patient.id}))


class TestInviting:
    def test_the_mail_holds_the_link_and_the_table_only_its_digest(self, sent, manager, clinic):
        secret = invited(sent, manager)

        row = Invitation.objects.get()
        assert secret not in str(row.__dict__)
        assert row.expires_at - row.invited_at == timedelta(days=7)
        assert accept(secret, new=NewPerson(name="Ada")).email == "new@example.org"

    def test_it_is_for_managers_of_the_clinic_only(self, clinic, manager):
        for role in ("pt", "ot", "front_desk", "referring_physician"):
            with pytest.raises(NotAllowed):
                invite(make_member(clinic, role), "new@example.org", "pt")

    def test_a_manager_removed_a_moment_ago_invites_nobody(self, clinic, manager):
        Membership.objects.update(revoked_at=NOW)

        with pytest.raises(NotAllowed):
            invite(manager, "new@example.org", "pt")

    @pytest.mark.parametrize("role", ["integration", "operator", ""])
    def test_roles_that_no_person_holds_are_refused(self, manager, role):
        with pytest.raises(CannotInvite):
            invite(manager, "new@example.org", role)

    def test_inviting_again_ends_the_earlier_link(self, sent, manager):
        first, second = invited(sent, manager), invited(sent, manager, "NEW@example.org ")

        with pytest.raises(NotFound):
            accept(first, new=NewPerson(name="Ada"))
        assert accept(second, new=NewPerson(name="Ada"))

    def test_somebody_who_has_the_role_is_not_invited_to_it(self, manager, clinic):
        make_member(clinic, "pt", email="ada@example.org")

        with pytest.raises(CannotInvite):
            invite(manager, "ada@example.org", "pt")


class TestTakingUp:
    def test_a_new_person_gets_the_role_and_a_proven_address(self, sent, manager, clinic):
        user = accept(invited(sent, manager), new=NewPerson(name="Ada", password=PHRASE))

        assert user.check_password(PHRASE)
        assert list(user.memberships.values_list("clinic_id", "role", "revoked_at")) == [(clinic.id, "pt", None)]
        assert EmailAddress.objects.get(user=user).verified

    def test_an_account_of_that_address_takes_it_up_at_once(self, sent, manager):
        user = add_user("new@example.org", "Ada")

        assert accept(invited(sent, manager), by=user.id).memberships.count() == 1

    def test_nobody_takes_it_up_for_another_address(self, sent, manager):
        secret, other = invited(sent, manager), add_user("other@example.org", "Eve")

        with pytest.raises(AddressDiffers):
            accept(secret, by=other.id)
        assert not other.memberships.exists()

    def test_the_link_alone_does_not_open_an_account_that_exists(self, sent, manager):
        add_user("new@example.org", "Ada")

        with pytest.raises(NotFound):
            accept(invited(sent, manager), new=NewPerson(name="Eve", password=PHRASE))

    def test_the_link_works_once(self, sent, manager):
        secret = invited(sent, manager)
        user = accept(secret, new=NewPerson(name="Ada"))

        with pytest.raises(NotFound):
            accept(secret, by=user.id)

    def test_wrong_expired_used_and_revoked_links_give_the_same_page(self, sent, manager, client):
        used, expired = invited(sent, manager, "a@example.org"), invited(sent, manager, "b@example.org")
        accept(used, new=NewPerson(name="Ada"))
        Invitation.objects.filter(email="b@example.org").update(expires_at=timezone.now() - timedelta(seconds=1))
        revoked = invited(sent, manager, "c@example.org")
        revoke(manager, Invitation.objects.get(email="c@example.org").id)

        answers = [client.get(reverse("accounts:invitation", args=[s])) for s in ("wrong", used, expired, revoked)]

        assert {answer.status_code for answer in answers} == {404}
        pages = {re.sub(r'value="[^"]+"', "", answer.content.decode().split("<main")[1]) for answer in answers}
        assert len(pages) == 1

    def test_the_page_names_clinic_and_role_and_signs_the_new_person_in(self, sent, manager, client):
        address = reverse("accounts:invitation", args=[invited(sent, manager)])

        page = client.get(address).content.decode()
        answer = client.post(address, {"name": "Ada Park", "password": ""})

        assert "North" in page
        assert "Physical therapist" in page
        assert answer.url == reverse("home")
        user = User.objects.get(email="new@example.org")
        assert client.session["_auth_user_id"] == str(user.id)
        assert not user.has_usable_password()

    def test_a_password_that_is_easy_to_guess_is_refused_and_the_name_is_kept(self, sent, manager, client):
        address = reverse("accounts:invitation", args=[invited(sent, manager)])

        answer = client.post(address, {"name": "Ada Park", "password": "password1234"})

        assert answer.status_code == 422
        assert "Ada Park" in answer.content.decode()
        assert not User.objects.filter(email="new@example.org").exists()

    def test_somebody_signed_in_with_another_address_is_asked_to_sign_out(self, sent, manager, client):
        address = reverse("accounts:invitation", args=[invited(sent, manager)])
        client.force_login(add_user("other@example.org", "Eve"))

        assert "Sign out first" in client.get(address).content.decode()
        client.post(address)
        assert Membership.objects.filter(role="pt").count() == 0


class TestEndingARole:
    def test_it_ends_with_the_next_request(self, clinic, manager, client):
        member = make_member(clinic, "pt")
        client.force_login(User.objects.get(id=member.user_id))
        before = client.get(reverse("accounts:index")).wsgi_request.actor

        revoke_membership(manager, Membership.objects.get(user_id=member.user_id).id)

        after = client.get(reverse("accounts:index")).wsgi_request.actor
        assert before.kinds == {ActorKind.PT}
        assert (after.kinds, after.clinic_id) == (frozenset(), None)

    def test_a_therapist_can_be_booked_no_more(self, clinic, manager):
        therapist = make_therapist(make_location(clinic))
        row = Membership.objects.create(user=therapist.user, clinic=clinic, role="pt", since=NOW)

        assert revoke_membership(manager, row.id) == 0

        therapist.refresh_from_db()
        assert therapist.left_at is not None

    def test_the_last_manager_stays(self, manager):
        own = Membership.objects.get(user_id=manager.user_id)

        with pytest.raises(LastToManage):
            revoke_membership(manager, own.id)

    def test_one_of_two_managers_may_go_and_then_changes_nothing_more(self, clinic, manager):
        make_member(clinic, "manager")
        own = Membership.objects.get(user_id=manager.user_id)

        revoke_membership(manager, own.id)

        with pytest.raises(NotAllowed):
            invite(manager, "new@example.org", "pt")

    def test_a_role_of_another_clinic_is_not_found(self, manager):
        foreign = make_member(make_clinic("south"), "pt")

        with pytest.raises(NotFound):
            revoke_membership(manager, Membership.objects.get(user_id=foreign.user_id).id)

    def test_an_invitation_of_another_clinic_is_not_found(self, sent, manager):
        invited(sent, make_member(make_clinic("south"), "manager"))

        with pytest.raises(NotFound):
            revoke(manager, Invitation.objects.get().id)

    def test_a_manager_sees_who_works_here_and_nobody_of_another_clinic(self, sent, clinic, manager):
        make_member(make_clinic("south"), "pt", email="foreign@example.org")
        invited(sent, manager)

        listed = staff_list(manager)

        assert [(one.role, one.has_second_factor) for one in listed.roles] == [("manager", False)]
        assert [one.email for one in listed.invitations] == ["new@example.org"]
        with pytest.raises(NotAllowed):
            staff_list(make_member(clinic, "pt"))


class TestPatients:
    def test_the_same_address_is_the_same_user_however_it_is_typed(self):
        assert user_for_patient("Rosa@Example.org ", "Rosa") == user_for_patient("rosa@example.org", "Somebody")

    def test_a_user_is_made_without_a_password_and_sees_nothing(self, clinic):
        patient = make_patient(clinic)

        user = User.objects.get(id=user_for_patient("rosa@example.org", "Rosa"))

        patient.refresh_from_db()
        assert not user.has_usable_password()
        assert patient.user_id is None

    def test_an_address_that_was_not_proven_links_nobody(self, clinic):
        make_patient(clinic)
        user = User.objects.get(id=user_for_patient("rosa@example.org", "Rosa"))

        assert link_patients_on_sign_in(user) == frozenset()

    def test_a_proven_address_links_the_patients_of_every_clinic(self, clinic):
        patients = {make_patient(one, email="Rosa@example.org").id for one in (clinic, make_clinic("south"))}

        assert link_patients_on_sign_in(add_user("rosa@example.org", "Rosa", proven=True)) == patients

    def test_a_patient_of_somebody_else_stays_theirs(self, clinic):
        owner = add_user("owner@example.org", "Rosa")
        patient = make_patient(clinic, user=owner)

        assert link_patients_on_sign_in(add_user("rosa@example.org", "Rosa", proven=True)) == frozenset()
        patient.refresh_from_db()
        assert patient.user_id == owner.id

    def test_whoever_asked_for_somebody_else_is_not_taken_for_the_patient(self, clinic):
        patient = make_patient(clinic, name="Mother")
        _actor, inquiry_id = visitor(relation="parent")
        Booking.objects.create(
            clinic=clinic, patient=patient, inquiry_id=inquiry_id, digest="d", form_key="k", made_at=NOW
        )

        assert link_patients_on_sign_in(add_user("rosa@example.org", "Daughter", proven=True)) == frozenset()

    def test_a_former_carer_is_not_taken_for_the_patient(self, clinic):
        carer, patient = add_user("rosa@example.org", "Carer", proven=True), make_patient(clinic)
        Carer.objects.create(
            patient=patient,
            user=carer,
            relation="friend",
            authority="patients_word",
            patient_agrees=True,
            granted_at=NOW,
            revoked_at=NOW,
        )

        assert link_patients_on_sign_in(carer) == frozenset()

    def test_asking_for_a_code_makes_a_user_for_a_patient_only(self, clinic):
        make_patient(clinic)

        user_for_code("stranger@example.org")
        user_for_code("rosa@example.org")

        assert list(User.objects.values_list("email", "name")) == [("rosa@example.org", "Rosa Example")]


class TestCarers:
    @pytest.fixture
    def patient(self, clinic):
        return make_patient(clinic, user=add_user("rosa@example.org", "Rosa", proven=True))

    def grant(self, actor, patient, *, email="luis@example.org", authority="patients_word", agrees=True):
        return grant_carer(actor, patient.id, email, "child", authority, agrees)

    def test_the_patient_adds_and_ends_a_carer(self, patient, client):
        granted = self.grant(as_self(patient), patient)
        client.force_login(User.objects.get(id=granted.user_id))
        sees = client.get(reverse("accounts:index")).wsgi_request.actor.patient_ids

        revoke_carer(as_self(patient), granted.id)

        assert sees == {patient.id}
        assert client.get(reverse("accounts:index")).wsgi_request.actor.patient_ids == frozenset()

    def test_the_mail_holds_no_name_and_nothing_of_health(self, sent, patient):
        _granted, (mail,) = sent(lambda: self.grant(as_self(patient), patient))

        assert mail.to == ["luis@example.org"]
        assert "Rosa" not in mail.subject + mail.body

    def test_ending_it_tells_nobody(self, sent, patient):
        granted, _mails = sent(lambda: self.grant(as_self(patient), patient))

        _nothing, mails = sent(lambda: revoke_carer(as_self(patient), granted.id))

        assert mails == []

    def test_the_front_desk_adds_one_only_with_agreement_or_by_law_and_the_patient_hears_of_it(
        self, sent, clinic, patient
    ):
        desk = make_member(clinic, "front_desk")
        with pytest.raises(CannotGrant):
            self.grant(desk, patient, agrees=False)

        _granted, mails = sent(lambda: self.grant(desk, patient))
        self.grant(desk, patient, email="law@example.org", authority="guardian", agrees=False)

        assert [mail.to for mail in mails] == [["luis@example.org"], ["rosa@example.org"]]
        assert len(carers_of_patient(desk, patient.id)) == 2
        assert [card.authority for card in own_patients(as_self(patient))[0].carers] == ["patients_word", "guardian"]

    def test_a_carer_passes_nothing_on(self, patient):
        granted = self.grant(as_self(patient), patient)
        carer = Actor(kind=ActorKind.CARER, user_id=granted.user_id, patient_ids=frozenset({patient.id}))

        with pytest.raises(NotFound):
            self.grant(carer, patient, email="another@example.org")
        with pytest.raises(NotFound):
            revoke_carer(carer, granted.id)
        assert own_patients(carer) == ()

    @pytest.mark.parametrize("role", ["pt", "manager", "referring_physician"])
    def test_other_roles_and_other_clinics_find_no_such_patient(self, clinic, patient, role):
        for actor in (make_member(clinic, role), make_member(make_clinic(f"south-{role}"), "front_desk")):
            with pytest.raises(NotFound):
                self.grant(actor, patient)

    def test_a_patient_is_not_their_own_carer_and_names_no_right_by_law(self, patient):
        with pytest.raises(CannotGrant):
            self.grant(as_self(patient), patient, email="rosa@example.org")
        with pytest.raises(CannotGrant):
            self.grant(as_self(patient), patient, authority="guardian")

    def test_given_twice_it_is_the_same(self, patient):
        assert self.grant(as_self(patient), patient) == self.grant(as_self(patient), patient)

    def test_the_reader_of_carers_leaves_a_row_in_the_audit(self, patient):
        actor = as_self(patient)

        own_patients(actor)

        assert actor.touched_patients == {patient.id}

    def test_the_pages_add_and_end_and_show_foreign_ones_as_missing(self, patient, client):
        client.force_login(patient.user)
        add = {"email": "luis@example.org", "relation": "child", "agrees": "on"}

        empty = client.post(reverse("accounts:add_carer"), {})
        client.post(reverse("accounts:add_carer"), add)
        listed = client.get(reverse("accounts:carers")).content.decode()
        end = reverse("accounts:end_carer", args=[Carer.objects.get().id])
        client.post(end)

        assert empty.status_code == 422
        assert "luis@example.org" in listed
        assert Carer.objects.get().revoked_at is not None
        assert client.post(end).status_code == 404
        assert client.get(reverse("accounts:end_carer", args=[uuid4()])).status_code == 404


def test_signing_out_everywhere_ends_the_other_devices_of_this_user_only(clinic):
    user, other = add_user("a@example.org", "A"), add_user("b@example.org", "B")
    here, there, foreign = Client(), Client(), Client()
    for browser, who in ((here, user), (there, user), (foreign, other)):
        browser.force_login(who)

    here.post(reverse("accounts:sign_out_everywhere"))

    assert Session.objects.count() == 2
    assert here.get(reverse("accounts:index")).status_code == 200
    assert there.get(reverse("accounts:index")).status_code == 302
    assert foreign.get(reverse("accounts:index")).status_code == 200


def test_somebody_in_two_clinics_chooses_where_they_work_and_no_third(client):
    member = make_member(make_clinic("north"), "pt", email="two@example.org")
    make_member(make_clinic("south"), "manager", email="two@example.org")
    foreign = make_clinic("west")
    client.force_login(User.objects.get(id=member.user_id))

    client.post(reverse("accounts:switch"), {"clinic": Membership.objects.get(role="manager").clinic_id})
    chosen = client.get(reverse("accounts:index")).wsgi_request.actor.kinds

    assert chosen == {ActorKind.MANAGER}
    assert client.post(reverse("accounts:switch"), {"clinic": foreign.id}).status_code == 404
