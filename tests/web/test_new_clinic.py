"""A clinic from nothing: the command, what it refuses, and the invitation of who will manage it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from reable.cli.main import main
from reable.web.accounts.models import Invitation, Membership, User
from reable.web.accounts.services import CannotInvite, invite_first_manager
from reable.web.operations import clinics as operations
from reable.web.records.actor import Actor, ActorKind, NotAllowed
from reable.web.records.models import AccessEntry, Clinic, Location
from reable.web.records.selectors.governance import PARTS, may_see_patients, signatures
from reable.web.records.services.clinics import ClinicGiven, ClinicRefused, new_clinic
from reable.web.records.services.places import PlaceGiven
from tests.web.people import make_clinic, make_member, make_user, staff

pytestmark = pytest.mark.django_db
PLACE = PlaceGiven(
    name="Lakeside", address="1 Lake Road", telephone="212 555 0101", step_free=True, latitude=None, longitude=None
)
GIVEN = {
    "slug": "north-rehab",
    "name": "North Rehab",
    "telephone": "212 555 0100",
    "time_zone": "America/New_York",
    "country": "US",
    "notice_minutes": 120,
    "place": PLACE,
}
CONSOLE = "django.core.mail.backends.console.EmailBackend"
WORDS = {
    "--name": "North Rehab",
    "--telephone": "212 555 0100",
    "--time-zone": "America/New_York",
    "--country": "us",
    "--place": "Lakeside",
    "--address": "1 Lake Road",
    "--step-free": "yes",
    "--manager": "Boss@Example.org",
}


def operator():
    return Actor(kind=ActorKind.OPERATOR)


def given(**fields):
    return ClinicGiven(**{**GIVEN, **fields})


@pytest.fixture
def owner():
    return User.objects.create_superuser("operator@example.org")


@pytest.fixture
def run(capsys, django_capture_on_commit_callbacks):
    """Run `reable clinic ...` to its end, the sending of mail included; gives the exit code and all that was said."""

    def ran(act, slug="north-rehab", *more, **changed):
        fields = WORDS if act == "new" else {"--manager": WORDS["--manager"]}
        fields = {**fields, **{f"--{name.replace('_', '-')}": text for name, text in changed.items()}}
        with django_capture_on_commit_callbacks(execute=True):
            code = main(["clinic", act, slug, *(word for pair in fields.items() for word in pair), *more])
        told = capsys.readouterr()
        return code, told.out + told.err

    return ran


def test_a_clinic_is_made_with_its_place_and_its_first_manager_is_invited(run, owner):
    code, said = run("new")

    assert code == 0
    clinic = Clinic.objects.get()
    assert (clinic.slug, clinic.name, clinic.country) == ("north-rehab", "North Rehab", "US")
    assert (clinic.time_zone, clinic.notice_minutes) == ("America/New_York", 120)
    place = Location.objects.get()
    assert (place.clinic_id, place.name, place.telephone, place.step_free) == (
        clinic.id,
        "Lakeside",
        "212 555 0100",
        True,
    )
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.role, invitation.invited_by) == ("boss@example.org", "manager", owner)
    assert mail.outbox[0].to == ["boss@example.org"]
    assert "made: north-rehab" in said
    assert AccessEntry.objects.get(act="clinic new").clinic_id == clinic.id


def test_the_first_manager_takes_the_invitation_up_and_the_clinic_is_theirs(run, owner, settings):
    settings.EMAIL_BACKEND = CONSOLE
    link = run("new")[1].split("alone: ")[1].split()[0]

    answer = Client().post(link, {"name": "B. Boss", "password": "", "again": ""})

    assert answer.status_code == 302
    role = Membership.objects.get(clinic__slug="north-rehab")
    assert (role.role, role.user.email) == ("manager", "boss@example.org")


def test_the_link_is_printed_only_where_no_mail_leaves_the_machine(run, owner, settings):
    settings.EMAIL_BACKEND = CONSOLE
    assert "Hand this link to them alone: http" in run("new")[1]

    settings.EMAIL_BACKEND = "tests.web.test_new_clinic.Taken"

    assert "http" not in run("invite")[1]


class Taken:
    """A mail server that takes everything."""

    def __init__(self, *args, **kwargs):
        pass

    def send_messages(self, messages):
        return len(messages)


class Dead(Taken):
    """A mail server that nobody reaches."""

    def send_messages(self, messages):
        raise ConnectionRefusedError


@pytest.mark.django_db(transaction=True)
def test_a_dead_mail_server_says_how_to_go_on_and_nothing_is_lost(capsys, owner, settings):
    settings.EMAIL_BACKEND = "tests.web.test_new_clinic.Dead"

    code = main(["clinic", "new", "north-rehab", *(word for pair in WORDS.items() for word in pair)])

    assert code == 2
    assert "reable clinic invite north-rehab --manager" in capsys.readouterr().err
    assert Clinic.objects.filter(slug="north-rehab").exists()


def test_a_name_that_is_taken_is_refused_and_nothing_is_made(run, owner):
    before = make_clinic("north-rehab")

    code, said = run("new")

    assert code == 2
    assert "There is a clinic 'north-rehab' already" in said
    assert Clinic.objects.get() == before
    assert not Invitation.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"time_zone": "America/New_Yrok"}, "Did you mean 'America/New_York'?"),
        ({"time_zone": "EST5EDT4"}, "is not a time zone."),
        ({"country": "XX"}, "whose numbers to call in danger are known. These are: AR, AU"),
        ({"telephone": "<ring us>"}, "The telephone number of the clinic cannot be read."),
        ({"slug": "North Rehab"}, "cannot stand in a link"),
        ({"slug": "-north"}, "cannot stand in a link"),
        ({"slug": "n" * 51}, "cannot stand in a link"),
        ({"name": " "}, "The clinic has no name."),
        ({"notice_minutes": -1}, "from 0 to 10080 minutes"),
        ({"place": replace(PLACE, address="")}, "The place has no address."),
        ({"place": replace(PLACE, name="")}, "The place has no name."),
    ],
)
def test_what_is_wrong_is_said(fields, told):
    with pytest.raises(ClinicRefused) as refused:
        new_clinic(operator(), given(**fields), is_demo=False)

    assert told in str(refused.value)
    assert not Clinic.objects.exists()


def test_all_faults_are_said_at_once():
    with pytest.raises(ClinicRefused) as refused:
        new_clinic(operator(), given(slug="N", time_zone="New York", country="USA", telephone=""), is_demo=False)

    assert len(refused.value.faults) == 4


@pytest.mark.parametrize("name", ["North\nBcc: somebody@example.org", "N" * 121])
def test_a_name_that_no_mail_or_table_takes_makes_nothing(run, owner, name):
    code, said = run("new", name=name)

    assert code != 0
    assert "one line of up to 120 letters" in said
    assert not Clinic.objects.exists()


@pytest.mark.parametrize("kind", [ActorKind.MANAGER, ActorKind.PT, ActorKind.ANONYMOUS])
def test_only_the_operator_makes_clinics(kind):
    with pytest.raises(NotAllowed):
        new_clinic(Actor(kind=kind), given(), is_demo=False)


def test_a_new_clinic_takes_nobody_before_it_is_signed(settings):
    settings.DEMO = False

    clinic_id = new_clinic(operator(), given(), is_demo=False)

    assert not may_see_patients(clinic_id)
    therapist = staff(Clinic.objects.get(id=clinic_id), ActorKind.PT)
    assert [one.part for one in signatures(therapist) if not one.in_force] == list(PARTS)


def test_an_invitation_says_who_invites_so_an_operator_needs_an_account(run):
    code, said = run("new")

    assert code == 2
    assert "python -m django createsuperuser" in said
    assert not Clinic.objects.exists()


def test_of_several_operators_one_is_named(run, owner):
    second = User.objects.create_superuser("second@example.org")

    assert "Say with --by who invites." in run("new")[1]
    assert "Did you mean 'second@example.org'?" in run("new", "north-rehab", by="secnd@example.org")[1]
    assert run("new", "north-rehab", by="Second@example.org")[0] == 0
    assert Invitation.objects.get().invited_by == second


def test_a_mistyped_address_is_mended_by_inviting_once_more(run, owner):
    run("new", manager="bos@example.org")

    code, said = run("invite")

    assert code == 0
    assert "boss@example.org" in said
    old, new = Invitation.objects.order_by("invited_at")
    assert old.revoked_at is not None
    assert new.revoked_at is None
    assert new.expires_at - new.invited_at == timedelta(days=7)
    assert AccessEntry.objects.filter(act="clinic invite").count() == 1


def test_a_clinic_that_has_a_manager_invites_by_itself(run, owner):
    make_member(make_clinic("north-rehab"), "manager")

    code, said = run("invite")

    assert code == 2
    assert "who invites everybody else on the page Staff" in said


def test_an_address_that_is_none_leaves_no_clinic_behind(run, owner):
    code, said = run("new", manager="boss at example")

    assert code == 2
    assert "cannot be read" in said
    assert not Clinic.objects.exists()


def test_an_unknown_clinic_is_not_found(run, owner):
    assert run("invite", "nowhere")[0] == 2


def test_only_an_operator_with_an_account_invites_a_first_manager():
    clinic = make_clinic()
    nobody = Actor(kind=ActorKind.OPERATOR, clinic_id=clinic.id, kinds=frozenset({ActorKind.OPERATOR}))

    with pytest.raises(CannotInvite):
        invite_first_manager(nobody, "boss@example.org")
    with pytest.raises(NotAllowed):
        invite_first_manager(staff(clinic, ActorKind.MANAGER), "boss@example.org")


def test_an_account_that_is_no_operators_invites_nobody(owner):
    make_user("somebody@example.org")

    with pytest.raises(operations.NoOperator):
        operations.invite("north", manager="boss@example.org", by="somebody@example.org")
