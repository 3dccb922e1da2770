"""New people: who is on the board and in which order, who may look, and what of a person a therapist sees."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from reable.terms import Discipline, Door
from reable.web.records.actor import NotAllowed, NotFound, Unscoped
from reable.web.records.models import AccessEntry, Inquiry
from reable.web.records.selectors.people import Sieve, Stage, people
from reable.web.records.selectors.person import person
from reable.web.records.services.decisions import Verdict, Wanted, decide
from reable.web.records.services.governance import withdraw
from reable.web.records.services.inquiries import erase_inquiry, give
from tests.web.clinic_people import (
    BUTTON,
    DROOP,
    HIT,
    HOSTILE,
    WALK,
    asked,
    book_for,
    fresh,
    make_workplace,
    signed_in,
    teller,
    text_of,
)
from tests.web.people import make_clinic, make_member, nobody

pytestmark = pytest.mark.django_db
BOARD = "/clinic/people/"


@pytest.fixture
def here():
    return make_workplace()


def board(actor, **fields):
    return people(fresh(actor), Sieve(**fields)).lines


def ids(actor, **fields):
    return [line.inquiry_id for line in board(actor, **fields)]


class TestTheBoard:
    def test_shows_what_was_understood_with_the_words(self, here):
        asked(here.clinic, BUTTON, name="Rosa Example")

        (line,) = board(here.ot)
        page = text_of(signed_in(here.ot).get(BOARD))

        assert (line.name, line.door, line.language, line.finished) == ("Rosa Example", Door.OT, "en", True)
        assert [need.words for need in line.needs] == ["button my shirt"]
        assert "Rosa Example" in page
        assert "<q>button my shirt</q>" in page
        assert "Occupational therapy (OT)" in page

    def test_holds_only_what_was_begun_or_booked_here(self, here):
        elsewhere = make_workplace("south")
        asked(elsewhere.clinic)
        asked(None)
        ours = asked(here.clinic)
        booked_here = asked(None)
        book_for(here.clinic, booked_here, "Rosa Example")

        assert set(ids(here.ot)) == {ours, booked_here}

    def test_a_name_that_was_given_elsewhere_is_not_known_here(self, here):
        elsewhere = make_workplace("south")
        inquiry_id = asked(here.clinic)
        book_for(elsewhere.clinic, inquiry_id, "Rosa Example")

        assert [line.name for line in board(here.ot)] == [""]
        assert [line.name for line in board(elsewhere.ot)] == ["Rosa Example"]
        assert ids(here.ot, name="rosa") == []

    def test_a_time_that_is_only_held_is_no_booking(self, here):
        inquiry_id = asked(None)
        book_for(here.clinic, inquiry_id, "Rosa Example").statuses.all().delete()

        assert ids(here.ot) == []

    def test_forgets_what_is_erased_or_expired(self, here):
        erased, expired, booked = asked(here.clinic), asked(here.clinic), asked(here.clinic, name="Rosa Example")
        erase_inquiry(teller(erased), erased)
        Inquiry.objects.filter(id__in=[expired, booked]).update(expires_at=datetime.now(UTC) - timedelta(days=1))

        assert ids(here.ot) == [booked]

    def test_orders_newest_danger_then_priority_then_the_longest_wait(self, here):
        late = asked(here.clinic, BUTTON, hours_ago=1)
        early = asked(here.clinic, BUTTON, hours_ago=9)
        first_danger = asked(here.clinic, DROOP, finished=False, hours_ago=8)
        last_danger = asked(here.clinic, DROOP, finished=False, hours_ago=2)
        soon = asked(here.clinic, f"{BUTTON} since my stroke last year", hours_ago=1)

        assert ids(here.ot) == [last_danger, first_danger, soon, early, late]

    def test_shows_dangers_in_red_and_what_was_not_answered(self, here):
        asked(here.clinic, DROOP, finished=False)
        asked(here.clinic, WALK, finished=False)

        page = text_of(signed_in(here.pt).get(BOARD))

        assert "nhsuk-tag--red" in page
        assert "Emergency" in page
        assert "danger questions not answered" in page
        assert "Not finished" in page

    def test_tells_nobody_that_something_private_was_said(self, here):
        asked(here.clinic, HIT)
        plain = asked(here.clinic, DROOP, finished=False, hours_ago=3)

        lines = board(here.pt)
        page = text_of(signed_in(here.pt).get(BOARD))

        assert lines[0].inquiry_id == plain  # the private danger does not lift the other one up
        assert (lines[1].urgency, lines[1].flags, lines[1].door) == (None, (), Door.PT)
        assert not any(word in page.lower() for word in ("husband", "hits", "violence", "partner"))

    def test_each_discipline_sees_its_own_work(self, here):
        ot, pt = asked(here.clinic, BUTTON), asked(here.clinic, WALK)

        assert ids(here.ot) == [ot]
        assert ids(here.pt) == [pt]
        assert set(ids(here.pt, disciplines=tuple(Discipline))) == {ot, pt}

    def test_what_is_decided_leaves_and_can_be_looked_at(self, here):
        inquiry_id = asked(here.clinic, BUTTON)
        wanted = Wanted(
            discipline=Discipline.OT,
            verdict=Verdict.CHANGED,
            door=Door.PT,
            reason="The knee first.",
            last_entry=person(fresh(here.ot), inquiry_id).last_entry,
        )
        decide(fresh(here.ot), inquiry_id, wanted)

        assert ids(here.ot) == []
        assert ids(here.ot, stage=Stage.DECIDED) == [inquiry_id]
        assert ids(here.pt) == [inquiry_id]  # handed over
        page = text_of(signed_in(here.ot).get(BOARD, {"stage": "decided"}))
        assert "OT: Changed to: Physical therapy (PT)" in page

    def test_finds_by_name(self, here):
        rosa = asked(here.clinic, BUTTON, name="Rosa Example")
        asked(here.clinic, BUTTON, name="Ben Other")

        assert ids(here.ot, name="rosa") == [rosa]
        page = text_of(signed_in(here.ot).get(BOARD, {"name": "nobody at all"}))
        assert "Nobody fits what you chose" in page

    def test_pages_through_many_with_few_reads(self, here, django_assert_max_num_queries):
        for number in range(60):
            asked(here.clinic, BUTTON, name=f"Person {number:02}", finished=number % 3 > 0, hours_ago=number + 1)
        client = signed_in(here.ot)
        client.get(BOARD)

        with django_assert_max_num_queries(12):
            first = text_of(client.get(BOARD))
        last = text_of(client.get(BOARD, {"page": "3"}))

        assert first.count("cl-card__name") == last.count("cl-card__name") == 20
        assert 'aria-current="page"' in first
        assert "60 people" in first
        assert text_of(client.get(BOARD, {"page": "999"})).count("cl-card__name") == 20
        assert text_of(client.get(BOARD, {"page": "<b>"})).count("cl-card__name") == 20

    def test_says_so_when_nobody_waits(self, here):
        page = text_of(signed_in(here.pt).get(BOARD))

        assert "Nobody waits for your decision" in page

    def test_a_wrong_filter_is_said_and_nothing_breaks(self, here):
        answer = signed_in(here.pt).get(BOARD, {"stage": "nonsense"})

        assert answer.status_code == 422
        assert "There is a problem" in text_of(answer)


class TestWhoMayLook:
    def test_only_therapists(self, here):
        inquiry_id = asked(here.clinic, name="Rosa Example")

        for actor in (here.desk, here.boss, here.physician):
            client = signed_in(actor)
            assert client.get(BOARD).status_code == 403
            answer = client.get(f"{BOARD}{inquiry_id}/")
            assert answer.status_code == 403
            assert "my shirt" not in text_of(answer)
            with pytest.raises(NotAllowed):
                person(fresh(actor), inquiry_id)

    def test_a_foreign_and_a_missing_person_are_the_same(self, here):
        elsewhere = make_workplace("south")
        foreign = asked(elsewhere.clinic)
        client = signed_in(here.pt)

        answers = [client.get(f"{BOARD}{id_}/") for id_ in (foreign, uuid4())]

        assert [one.status_code for one in answers] == [404, 404]
        assert client.post(f"{BOARD}{foreign}/", {"verdict": "accepted"}).status_code == 404
        with pytest.raises(NotFound):
            person(fresh(here.pt), foreign)

    def test_who_belongs_to_no_clinic_reads_nothing(self, here):
        with pytest.raises(NotAllowed):
            people(nobody(), Sieve())
        ended = make_member(make_clinic("west", is_demo=True), "pt")
        ended.clinic_id = None
        with pytest.raises(Unscoped):
            people(ended, Sieve())

    def test_each_look_leaves_a_row_of_the_audit(self, here):
        inquiry_id = asked(here.clinic, name="Rosa Example")

        signed_in(here.ot).get(f"{BOARD}{inquiry_id}/")

        entry = AccessEntry.objects.latest("id")
        assert (entry.act, entry.inquiries, entry.clinic_id) == ("clinic:person", [str(inquiry_id)], here.clinic.id)
        assert len(entry.patients) == 1


class TestThePersonsPage:
    def page(self, actor, inquiry_id):
        return text_of(signed_in(actor).get(f"{BOARD}{inquiry_id}/"))

    def test_marks_the_words_and_adds_up_the_points(self, here):
        inquiry_id = asked(here.clinic, BUTTON)

        page = self.page(here.ot, inquiry_id)

        assert "<mark>button my shirt</mark>" in page
        assert "Putting on clothes (d5400)" in page
        record = person(fresh(here.ot), inquiry_id).record["derivation"]
        assert record["daily_function"] == sum(one["daily_function"] for one in record["points"])
        assert "Sum" in page
        assert "What limits them most decides (N2)" in page

    def test_shows_dangers_with_their_sources_and_how_they_were_checked(self, here):
        inquiry_id = asked(here.clinic, DROOP, finished=False)

        page = self.page(here.pt, inquiry_id)

        assert "Signs of a stroke" in page
        assert "Their words:" in page
        assert "(checked: " in page
        assert "No clinician has signed this." in page
        assert "Help now, before therapy" in page

    def test_shows_what_was_asked_and_answered(self, here):
        page = self.page(here.ot, asked(here.clinic, BUTTON))

        assert "Danger: asked and answered" in page
        assert "<strong>no</strong>" in page

    def test_shows_what_was_called_over_and_what_a_clinician_is_said_to_have_checked(self, here):
        inquiry_id = asked(here.clinic, DROOP, finished=False)
        told = {"flag": "facial_droop_new", "counts": "no", "seen": "yes", "when": "week", "worse": "not_sure"}
        give(teller(inquiry_id), inquiry_id, ("not_now", {"flag": "facial_droop_new"}), ("checked", told))

        page = self.page(here.pt, inquiry_id)

        assert "They said: this is not happening now." in page
        assert "Has a clinician looked at it? They say: yes." in page
        assert "When: in the last week. Worse since: not sure." in page

    def test_shows_what_the_person_put_right(self, here):
        inquiry_id = asked(here.clinic, BUTTON)
        give(teller(inquiry_id), inquiry_id, ("correction", {"key": "d5400", "how": "past"}))

        assert "Putting on clothes (d5400): said it is over" in self.page(here.ot, inquiry_id)

    def test_withholds_what_was_told_in_confidence(self, here):
        inquiry_id = asked(here.clinic, HIT)

        page = self.page(here.pt, inquiry_id)

        assert "Something was told in confidence" in page
        assert not any(word in page.lower() for word in ("husband", "hits", "violence", "partner"))
        assert "shoulder hurts when I reach" in page  # what was understood stays, without the rest

    def test_says_for_whom_somebody_speaks_and_whether_they_agree(self, here):
        inquiry_id = asked(here.clinic, BUTTON, relation="parent", agrees="no")

        assert "the person does not know or does not agree" in self.page(here.ot, inquiry_id)

    def test_warns_of_what_the_clinic_has_withdrawn(self, here):
        inquiry_id = asked(here.clinic, BUTTON)
        assert "your clinic has withdrawn" not in self.page(here.ot, inquiry_id)

        withdraw(fresh(here.boss), item="d5400", reason="Under review.")

        assert "your clinic has withdrawn" in self.page(here.ot, inquiry_id)

    def test_hostile_names_and_words_stay_text(self, here):
        inquiry_id = asked(here.clinic, f"{BUTTON} <script>alert(2)</script> <b onclick=alert(3)>")
        for name in HOSTILE:
            book_for(here.clinic, inquiry_id, name)

        for page in (self.page(here.ot, inquiry_id), text_of(signed_in(here.ot).get(BOARD))):
            assert "<script>alert" not in page
            assert "<b onclick" not in page
            assert 'a"onmouseover' not in page
