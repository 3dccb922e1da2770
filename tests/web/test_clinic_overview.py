"""The manager's numbers: computed from rows, with the rows behind them, and honest where there is nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest

from reable.terms import Discipline, Door
from reable.web.records.models import Inquiry, Task, WaitingListEntry
from reable.web.records.selectors.overview import decisions, first_visits, missed_visits, overview
from reable.web.records.selectors.person import person
from reable.web.records.services.decisions import Cleared, Verdict, Wanted, decide
from reable.web.records.services.referrals import enter_referral
from tests.web.clinic_people import BUTTON, HIT, WALK, asked, book_for, fresh, make_workplace, mark, signed_in, text_of
from tests.web.people import make_patient
from tests.web.people import person as given_person

pytestmark = pytest.mark.django_db
OVERVIEW = "/clinic/overview/"
DAY = timedelta(days=1)
NOW = datetime.now(UTC)
SINCE = (NOW - 90 * DAY).date()


@pytest.fixture
def here():
    return make_workplace()


def made(actor, inquiry_id, verdict=Verdict.ACCEPTED, **fields):
    last = person(fresh(actor), inquiry_id).last_entry
    decide(
        fresh(actor), inquiry_id, Wanted(discipline=actor.disciplines[0], verdict=verdict, last_entry=last, **fields)
    )


def came(here, days_ago, waited, state="done"):
    """Somebody asked `waited` days before a visit of `days_ago`."""
    inquiry_id = asked(here.clinic)
    noon = (NOW - days_ago * DAY).replace(hour=17)  # in the clinic: no change of the clocks moves it to another day
    visit = book_for(here.clinic, inquiry_id, "Rosa Example", starts=noon)
    Inquiry.objects.filter(id=inquiry_id).update(begun_at=visit.starts_at - waited * DAY)
    mark(visit, state)
    return visit


class TestAgreement:
    def test_counts_by_what_was_recommended(self, here):
        made(here.ot, asked(here.clinic, BUTTON))
        made(here.ot, asked(here.clinic, BUTTON), Verdict.CHANGED, door=Door.PT, reason="x")
        made(here.pt, asked(here.clinic, WALK), Verdict.DECLINED, reason="x")

        found = {one.recommended: (one.accepted, one.changed, one.declined) for one in self.agreement(here)}

        assert found == {Door.PT: (0, 0, 1), Door.OT: (1, 1, 0)}

    def agreement(self, here):
        return overview(fresh(here.boss), SINCE).agreement

    def test_of_each_way_the_latest_decision_of_each_discipline_counts(self, here):
        inquiry_id = asked(here.clinic, BUTTON)
        made(here.ot, inquiry_id)
        made(here.ot, inquiry_id, Verdict.DECLINED, reason="x")

        (line,) = decisions(fresh(here.boss), SINCE)
        assert (line.decision, line.door, line.recommended) == ("declined", Door.OTHER, Door.OT)

    def test_a_private_danger_does_not_show_in_the_numbers(self, here):
        cleared = Cleared(who="Dr. Page", on=date(2026, 3, 2), how="Spoken with alone.")
        made(here.pt, asked(here.clinic, HIT), cleared=cleared)

        assert [one.recommended for one in self.agreement(here)] == [Door.PT]

    def test_the_rows_hold_no_name_and_no_clinical_word(self, here):
        made(here.ot, asked(here.clinic, BUTTON, name="Rosa Example"), Verdict.DECLINED, reason="Her hands shake")

        page = text_of(signed_in(here.boss).get(f"{OVERVIEW}decisions/"))

        assert "Declined" in page
        assert "Occupational therapy (OT)" in page
        assert not any(word in page for word in ("Rosa", "Her hands", "button my"))


class TestWaitsAndVisits:
    def test_median_and_longest_of_first_visits(self, here):
        for days_ago, waited in ((5, 2), (4, 9), (3, 30)):
            came(here, days_ago, waited)
        came(here, 200, 300)  # before

        seen = overview(fresh(here.boss), SINCE)

        assert (seen.first_visits, seen.median_days, seen.longest_days) == (3, 9, 30)
        assert [line.days for line in first_visits(fresh(here.boss), SINCE)] == [30, 9, 2]

    def test_only_the_first_visit_of_a_person_counts_and_only_if_they_came(self, here):
        came(here, 5, 2, state="no_show")
        came(here, 5, 2, state="cancelled")

        seen = overview(fresh(here.boss), SINCE)

        assert (seen.first_visits, seen.median_days) == (0, None)
        assert "Nobody has been marked as arrived" in text_of(signed_in(here.boss).get(OVERVIEW))

    def test_missed_visits_are_counted_among_those_that_are_marked(self, here):
        came(here, 5, 2, state="no_show")
        came(here, 4, 2)
        came(here, 3, 2, state="booked")

        page = text_of(signed_in(here.boss).get(OVERVIEW))

        assert "50 percent of 2 visits that are marked" in page
        assert [line.discipline for line in missed_visits(fresh(here.boss), SINCE)] == [Discipline.PT]
        assert "Rosa" not in text_of(signed_in(here.boss).get(f"{OVERVIEW}missed-visits/"))


class TestOpenThings:
    def test_tasks_referrals_and_the_waiting_list(self, here):
        patient = make_patient(here.clinic)
        Task.objects.create(clinic=here.clinic, kind="call", role="front_desk", due_at=NOW - DAY, made_at=NOW - DAY)
        enter_referral(
            fresh(here.physician),
            person=given_person(),
            disciplines=[Discipline.PT],
            text="Please evaluate.",
            physician_name="Dr. Page",
            physician_contact="Fax",
            now=NOW - 20 * DAY,
        )
        WaitingListEntry.objects.create(
            clinic=here.clinic,
            patient=patient,
            discipline="pt",
            language="en",
            priority="routine",
            digest="d",
            joined_at=NOW,
        )

        seen = overview(fresh(here.boss), SINCE)

        assert (seen.tasks, seen.tasks_late, seen.referrals_overdue, seen.waiting) == (1, 1, 1, 1)

    def test_another_clinic_counts_nothing_of_this_one(self, here):
        came(here, 5, 2)
        made(here.ot, asked(here.clinic, BUTTON))

        seen = overview(fresh(make_workplace("south").boss), SINCE)

        assert (seen.first_visits, seen.agreement, seen.came) == (0, (), 0)


class TestThePage:
    def test_an_empty_clinic_is_honest(self, here):
        page = text_of(signed_in(here.boss).get(OVERVIEW))

        assert "No visit of this time is marked yet." in page
        assert "No therapist has decided on a recommendation in this time." in page
        assert "No decision was made in this time." in text_of(signed_in(here.boss).get(f"{OVERVIEW}decisions/"))

    def test_counts_since_a_day_that_is_chosen(self, here):
        came(here, 5, 2)
        client = signed_in(here.boss)

        recent = text_of(client.get(OVERVIEW, {"since": (NOW - 2 * DAY).date().isoformat()}))
        assert "Nobody has been marked as arrived" in recent
        assert client.get(OVERVIEW, {"since": "someday"}).status_code == 422
        assert client.get(OVERVIEW, {"since": "2999-01-01"}).status_code == 200

    def test_takes_few_reads(self, here, django_assert_max_num_queries):
        for number in range(12):
            came(here, number + 1, 2)
            made(here.ot, asked(here.clinic, BUTTON))
        client = signed_in(here.boss)
        client.get(OVERVIEW)

        with django_assert_max_num_queries(20):
            client.get(OVERVIEW)
