"""The demo clinics, made once for all tests here: whole, by the services alone, and the same whenever they are made."""

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.db.models import Count, Max

from reable import assets, book
from reable.cli.main import main
from reable.verify import verify
from reable.web.accounts.models import Invitation, Membership, User
from reable.web.accounts.selectors import demo_accounts
from reable.web.operations.demo import making, moments, play, script
from reable.web.records import models
from reable.web.records.actor import Actor, ActorKind, NotFound
from reable.web.records.finding import derived
from reable.web.records.selectors.bookings import latest
from reable.web.records.selectors.inquiries import state_of
from reable.web.records.selectors.people import Sieve, Stage, people
from reable.web.records.selectors.person import person
from reable.web.records.selectors.referrals import all_referrals

pytestmark = pytest.mark.django_db
NOW = datetime(2031, 3, 5, 15, tzinfo=UTC)  # a Wednesday before the clocks change; to come, so that nothing expires
SUNDAY_NIGHT = datetime(2031, 3, 9, 6, 59, tzinfo=UTC)
PLAYED = tuple(table for table in vars(models).values() if isinstance(table, type))
STAGES = ("Inquiry", "Recommendation", "Patient", "Decision", "Booking", "Appointment", "Referral", "Letter", "Carer")


@pytest.fixture(scope="module", autouse=True)
def demo(django_db_setup, django_db_blocker):
    """Make the demo in a transaction that lasts for this file; gives how many rows another day's demo had."""
    with django_db_blocker.unblock(), transaction.atomic():
        other = rows_at(SUNDAY_NIGHT)
        play.play(script.read_script(), now=NOW)
        yield other
        transaction.set_rollback(True)


def rows_at(now: datetime) -> dict[str, int]:
    """Make the demo at another moment, count, and undo it."""
    with transaction.atomic():
        play.play(script.read_script(), now=now)
        found = rows()
        transaction.set_rollback(True)
        return found


@pytest.fixture(scope="module")
def told():
    return script.read_script().people


def actor(email: str) -> Actor:
    user = User.objects.get(email=email)
    roles = list(user.memberships.order_by("role"))
    kinds = [ActorKind(one.role) for one in roles]
    return Actor(kind=kinds[0], user_id=user.id, clinic_id=roles[0].clinic_id, kinds=frozenset(kinds))


def rows() -> dict[str, int]:
    return {table.__name__: table.objects.count() for table in (*PLAYED, User, Membership, Invitation)}


def states() -> Counter:
    return Counter(models.Appointment.objects.annotate(state=latest("state")).values_list("state", flat=True))


def test_there_are_two_clinics_with_their_places_and_staff():
    assert set(models.Clinic.objects.values_list("slug", "is_demo")) == {("riverbend", True), ("hillside", True)}
    places = models.Location.objects.filter(clinic__slug="riverbend")
    assert sorted(places.values_list("step_free", flat=True)) == [False, True]
    assert models.Location.objects.filter(clinic__slug="hillside").count() == 1
    assert all(place.rooms.exists() and place.hours.exists() for place in models.Location.objects.all())
    roles = Counter(Membership.objects.filter(clinic__slug="riverbend").values_list("role", flat=True))
    assert roles == {"pt": 2, "ot": 2, "front_desk": 1, "manager": 2, "referring_physician": 1, "safeguarding": 1}
    staff = Membership.objects.filter(clinic__slug="riverbend").exclude(role="referring_physician")
    assert staff.values("user").distinct().count() == 6
    both = Membership.objects.exclude(role="safeguarding").values("user").annotate(roles=Count("id")).filter(roles=2)
    assert both.count() == 1
    assert models.Closure.objects.count() == 2
    assert models.AvailabilityException.objects.count() == 2
    assert models.ClinicText.objects.filter(clinic__slug="riverbend").exclude(en="").exclude(es="").count() == 5


def test_forty_people_and_more_are_there(told):
    here = [one for one in told.values() if one.clinic is None]

    assert len(here) >= 40
    assert models.Inquiry.objects.filter(clinic__slug="riverbend").count() == sum(one.asked is not None for one in here)
    names = {one.who.name for one in told.values() if one.who is not None}
    assert names >= set(models.Patient.objects.values_list("name", flat=True))
    assert all(name.split()[-1].startswith("Example-") for name in names)


def test_each_person_is_shown_what_the_script_says(told):
    asked = {one.says: key for key, one in told.items() if one.says}
    tapped = next(key for key, one in told.items() if one.taps)
    shown: dict[str, str] = {}
    for inquiry in models.Inquiry.objects.filter(erased_at=None):
        state = state_of(inquiry)
        key = asked.get(state.statement, tapped)
        shown[key] = derived(state)["door"]
        assert inquiry.recommendations.exists() or told[key].stops, key
    assert shown == {key: one.door for key, one in told.items() if key in shown}


@pytest.mark.parametrize("state", ["booked", "done", "no_show", "cancelled"])
def test_there_are_visits_in_each_state(state):
    assert states()[state] >= 2


def test_there_are_visits_in_the_past_weeks_and_in_the_coming_two():
    visits = models.Appointment.objects.annotate(state=latest("state"))
    past, coming = visits.filter(starts_at__lt=NOW), visits.filter(starts_at__gt=NOW, state="booked")
    assert past.filter(state="done").count() >= 10
    assert not past.filter(state__in=["booked", "arrived"], ends_at__lt=NOW).exists()
    assert coming.filter(starts_at__lt=NOW + timedelta(days=7)).count() >= 10
    assert coming.filter(starts_at__gt=NOW + timedelta(days=7)).exists()
    assert visits.filter(replaces__isnull=False).count() >= 3


def test_each_way_to_stop_or_go_on_was_taken():
    kinds = Counter(models.InquiryEntry.objects.values_list("kind", flat=True))
    assert {"about", "statement", "goal", "taps", "addition", "correction", "answers", "not_now", "checked"} <= set(
        kinds
    )
    without = models.Inquiry.objects.filter(recommendations=None, erased_at=None)
    assert sum(one.entries.filter(kind="answers").exists() for one in without) >= 1
    assert without.count() >= 7
    assert models.Inquiry.objects.exclude(erased_at=None).count() == models.Erasure.objects.count() == 1
    langs = Counter(models.Patient.objects.values_list("language", flat=True))
    assert langs["es"] >= 5
    assert models.Patient.objects.filter(age__lt=18).count() >= 3
    assert models.Carer.objects.count() >= 2
    assert models.Patient.objects.filter(user__isnull=False).count() >= 2
    assert models.Booking.objects.filter(inquiry=None, patient__referrals=None).exists()  # by telephone


def test_people_wait_and_one_has_an_offer_to_answer():
    assert models.WaitingListEntry.objects.filter(left_at=None).count() >= 2
    answers = Counter(models.WaitingListOffer.objects.values_list("answer", flat=True))
    assert answers["taken"] >= 1
    assert answers[""] == 1
    assert models.WaitingListOffer.objects.get(answer="").expires_at > NOW


def test_therapists_have_decided_in_each_way_and_some_people_are_undecided():
    made = Counter(models.Decision.objects.values_list("decision", flat=True))
    assert made["accepted"] >= 10
    assert made["changed"] >= 2
    assert made["declined"] >= 2
    assert models.Decision.objects.exclude(danger_cleared="").count() >= 2
    for email in ("priya@example.org", "olga@example.org"):
        board = people(actor(email), Sieve(), now=NOW)
        assert 8 <= board.total <= 20
        assert sum(bool(line.flags) for line in board.lines) >= 4
        assert people(actor(email), Sieve(stage=Stage.DECIDED), now=NOW).total >= 8


def test_what_was_told_in_confidence_is_withheld():
    text = "My husband hits me"
    julia = models.InquiryEntry.objects.get(kind="statement", data__text__startswith=text).inquiry_id

    seen = person(actor("priya@example.org"), julia, now=NOW)

    assert seen.withheld
    assert not seen.words
    assert text not in repr([*seen.needs, *seen.dangers])


def test_referrals_stand_in_many_states_and_some_are_overdue():
    lines = all_referrals(actor("fay@example.org"), with_closed=True, now=NOW)
    assert len({line.state for line in lines}) >= 9
    assert 2 <= sum(line.overdue for line in lines) <= 5
    assert models.Letter.objects.count() == 1
    physician = all_referrals(actor("rhea@example.org"), with_closed=True, now=NOW)
    assert 0 < len(physician) < len(lines)


def test_reminders_were_sent_and_more_are_due():
    sent = models.Message.objects.exclude(sent_at=None)
    assert sent.filter(kind="two_days_before").exists()
    assert sent.filter(kind="booked").exists()
    assert not models.Message.objects.filter(sent_at=None, dropped_at=None, due_at__lt=NOW).exists()
    assert models.Message.objects.filter(sent_at=None, dropped_at=None).exists()


def test_every_recommendation_is_the_cores_answer_and_verifies():
    here = assets.load()
    versions = {f"{name}_version": value for name, value in asdict(here.versions).items()}
    latest_of = {row.inquiry_id: row for row in models.Recommendation.objects.order_by("at")}
    for row in models.Recommendation.objects.select_related("inquiry"):
        assert row != latest_of[row.inquiry_id] or row.record == derived(state_of(row.inquiry))
        assert verify(row.record, knowledge=here.knowledge, understander=here.understander, versions=versions) == []


def test_everything_went_through_the_services():
    """What only a service writes beside its row is there for each."""
    held = models.Appointment.objects.filter(statuses=None)
    assert held.count() == models.WaitingListOffer.objects.filter(answer="").count()
    for visit in models.Appointment.objects.annotate(state=latest("state")):
        cells = len(book.cells(visit.starts_at, visit.ends_at))
        expected = 0 if visit.state == "cancelled" else cells * (3 if visit.room_id else 2)
        assert visit.claims.count() == expected
    assert not models.Booking.objects.filter(appointments=None).exists()
    assert not models.Referral.objects.filter(statuses=None).exists()
    assert not models.Inquiry.objects.filter(entries=None, erased_at=None).exists()
    assert not models.AppointmentStatus.objects.filter(at__gt=NOW).exists()
    assert models.AccessEntry.objects.count() >= len(models.Decision.objects.all())
    sealed = models.AuditSeal.objects.aggregate(last=Max("last_entry"))["last"]
    assert sealed == models.AccessEntry.objects.order_by("-id").values_list("id", flat=True)[0]


def test_what_happens_to_one_person_happens_in_order():
    for visit in models.Appointment.objects.prefetch_related("statuses"):
        times = [one.at for one in sorted(visit.statuses.all(), key=lambda one: one.pk)]
        assert times == sorted(times)
    for inquiry in models.Inquiry.objects.prefetch_related("entries", "recommendations"):
        told_at = [one.at for one in sorted(inquiry.entries.all(), key=lambda one: one.pk)]
        assert told_at == sorted(told_at)


def test_the_manager_of_the_second_clinic_finds_no_trace_of_the_first():
    hugo, petra = actor("hugo@example.org"), actor("petra@example.org")
    theirs = set(models.Patient.objects.filter(clinic__slug="hillside").values_list("id", flat=True))
    assert {line.patient_id for line in all_referrals(hugo, with_closed=True, now=NOW)} == theirs
    assert people(petra, Sieve(), now=NOW).total == 1
    first = models.Inquiry.objects.filter(clinic__slug="riverbend", erased_at=None).first()
    with pytest.raises(NotFound):
        person(petra, first.id, now=NOW)


def test_made_again_it_makes_nothing(capsys):
    before = rows()

    assert making.make_demo(fresh=False, now=NOW, announce=print) is False

    assert "there already" in capsys.readouterr().out
    assert rows() == before


@pytest.mark.parametrize("fresh", [False, True])
def test_it_is_not_made_beside_a_real_clinic(fresh):
    models.Clinic.objects.create(
        slug="real", name="Real", telephone="212 555 0100", time_zone="America/New_York", country="US"
    )

    with pytest.raises(making.NotTheDemos):
        making.make_demo(fresh=fresh, now=NOW, announce=print)


def test_on_another_day_the_same_is_made(demo):
    """At night, on the Sunday on which the clocks change: the same people at the same stages."""
    here = rows()

    assert {name: demo[name] for name in STAGES} == {name: here[name] for name in STAGES}


def test_a_failure_names_the_person_and_nothing_is_made(told):
    whole, before = script.read_script(), rows()
    staff = {key: replace(one, email=f"third.{one.email}") for key, one in whole.staff["hillside"].items()}
    people_ = {"the_broken_one": replace(told["emil"], clinic="third", stops=None)}
    broken = script.Script(
        clinics={"third": whole.clinics["hillside"]}, texts={}, staff={"third": staff}, people=people_
    )

    with pytest.raises(play.StepFailed, match="'the_broken_one' could not 'ask': they meet the danger"):
        play.play(broken, now=NOW)

    assert rows() == before


def test_a_fault_in_the_script_names_its_line(tmp_path):
    file = tmp_path / "people.yaml"
    file.write_text("ada:\n  age: 40\n  sais: My knee hurts\n", encoding="utf-8")

    with pytest.raises(script.ScriptFaulty, match=r"people.yaml:3: 'sais' is not a key .* Did you mean 'says'"):
        script.read_people(file)


def test_every_account_of_the_list_can_be_signed_in_as():
    listed = {(one.name, one.clinic) for one in making.accounts(script.read_script())}
    offered = {(one.name, one.clinic) for one in demo_accounts()}
    assert listed == offered


@pytest.mark.parametrize("text", ["soon", "-2 25:00", "1h30", "friday"])
def test_a_moment_that_cannot_be_read_is_refused(text):
    zone = models.Clinic.objects.first().time_zone
    with pytest.raises(moments.BadMoment):
        moments.moment(text, now=NOW, zone=moments.ZoneInfo(zone), before=NOW)


def test_the_command_shows_the_main_job_and_whom_to_sign_in_as(capsys):
    assert main(["demo", "--no-serve"]) == 0

    out = " ".join(capsys.readouterr().out.split())
    assert "Occupational therapy first, then physical therapy." in out
    assert "Nobody in it is real" in out
    assert "Fay Example-Brooks Front desk fay@example.org" in out


def test_a_new_user_gets_a_demo_from_nothing(tmp_path):
    """A process of its own, in an empty folder; then anew, but not while it is in use."""
    env = {**os.environ, "REABLE_VAR": str(tmp_path)}
    for name in ("DJANGO_SETTINGS_MODULE", "REABLE_DATABASE"):
        env.pop(name, None)

    def run(*options: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "reable", "demo", "--no-serve", *options]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    assert "Making two clinics" in run().stdout
    file = tmp_path / "reable.sqlite3"
    assert file.stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(file)) as opened:
        opened.execute("SELECT count(*) FROM records_clinic").fetchone()
        refused = run("--fresh")
    assert (refused.returncode, "still running" in refused.stderr) == (2, True)
    assert "Making two clinics" in run("--fresh").stdout
