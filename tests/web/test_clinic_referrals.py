"""Referrals on the clinic's pages: who sees which, what a state allows, and the letter back."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from reable.book import ReferralAct
from reable.terms import Discipline
from reable.web.records.models import Letter, Referral, Task
from reable.web.records.selectors.referrals import referral as referral_of
from reable.web.records.services.referrals import act_on_referral, edit_draft, enter_referral
from tests.web.clinic_people import HOSTILE, fresh, make_workplace, signed_in, text_of, visit_of
from tests.web.people import make_member, make_patient
from tests.web.people import person as given_person

pytestmark = pytest.mark.django_db
LIST, NEW = "/clinic/referrals/", "/clinic/referrals/new/"
PLAIN = "Rotator cuff repair six weeks ago. Please evaluate."
STROKE = "Since this morning his face droops and the arm is weak."


@pytest.fixture
def here():
    return make_workplace()


def enter(actor, text=PLAIN, *, days_ago=0, name="Rosa Example", **fields):
    made = enter_referral(
        fresh(actor),
        person=given_person(name=name),
        disciplines=[Discipline.PT],
        text=text,
        physician_name="Dr. Iris Page",
        physician_contact="Fax 1",
        now=datetime.now(UTC) - timedelta(days=days_ago),
        **fields,
    )
    return made.ids[0]


def page_of(name, *ids):
    return reverse(f"clinic:{name}", args=ids)


def do(actor, referral_id, act, **form):
    return signed_in(actor).post(page_of("referral_act", referral_id, act), form, follow=True)


def state_of(referral_id):
    return Referral.objects.get(id=referral_id).statuses.latest("id").state


class TestTheList:
    def test_puts_what_is_overdue_on_top_with_owner_and_day(self, here):
        enter(here.physician, name="Late Person", days_ago=20)
        enter(here.physician, name="New Person")

        page = text_of(signed_in(here.desk).get(LIST))

        assert page.index("Late Person") < page.index("New Person")
        assert "1 overdue" in page
        assert "Your turn" in page
        assert "Front desk, by" in page

    def test_a_physician_sees_only_their_own_and_nothing_else(self, here):
        other = make_workplace("south")
        mine = enter(here.physician, name="My Patient")
        paper = enter(here.desk, name="Paper Person")
        client = signed_in(here.physician)

        page = text_of(client.get(LIST))

        assert "My Patient" in page
        assert "Paper Person" not in page
        assert client.get(page_of("referral", mine)).status_code == 200
        assert client.get(page_of("referral", paper)).status_code == 404
        assert client.get(page_of("referral", uuid4())).status_code == 404
        assert signed_in(other.desk).get(page_of("referral", mine)).status_code == 404
        assert page.count("re-sections") == 1
        assert [name for name in ("New people", "Schedule", "Tasks", "Overview") if f">{name}<" in page] == []

    def test_closed_ones_are_shown_if_asked(self, here):
        withdrawn = enter(here.physician, name="Gone Person")
        act_on_referral(fresh(here.physician), withdrawn, ReferralAct.WITHDRAW)
        client = signed_in(here.desk)

        assert "No referral is open." in text_of(client.get(LIST))
        assert "Gone Person" in text_of(client.get(LIST, {"closed": "1"}))

    def test_many_are_paged_and_hostile_names_stay_text(self, here):
        for number in range(51):
            enter(here.physician, name=f"Person {number}")
        for name in HOSTILE[:2]:
            Referral.objects.filter(patient=make_patient(here.clinic, name=name))
        client = signed_in(here.desk)

        assert text_of(client.get(LIST)).count("cl-card__name") == 50
        assert text_of(client.get(LIST, {"page": 2})).count("cl-card__name") == 1


class TestEntering:
    def form(self, **fields):
        given = {
            "name": "Rosa Example",
            "telephone": "212 555 0155",
            "email": "",
            "age": "50",
            "language": "en",
            "disciplines": ["pt"],
            "priority": "routine",
            "text": PLAIN,
            "physician_name": "Dr. Page",
            "physician_contact": "Fax 1",
        }
        return {**given, **fields}

    def test_a_physician_enters_one_and_owns_it(self, here):
        answer = signed_in(here.physician).post(NEW, self.form(), follow=True)

        row = Referral.objects.get()
        assert (row.physician_id, state_of(row.id)) == (here.physician.user_id, "received")
        assert "The referral is kept." in text_of(answer)
        assert PLAIN in text_of(answer)

    def test_a_draft_waits_until_it_is_sent(self, here):
        signed_in(here.physician).post(NEW, self.form(draft="1"))
        id_ = Referral.objects.get().id
        assert state_of(id_) == "drafted"

        do(here.physician, id_, "send")
        assert state_of(id_) == "received"

    def test_a_draft_is_changed_by_its_physician_before_it_is_sent(self, here):
        client = signed_in(here.physician)
        client.post(NEW, self.form(draft="1"))
        row = Referral.objects.get()
        edit = page_of("referral_edit", row.id)

        shown = text_of(client.get(edit))
        kept = client.post(
            edit,
            self.form(name="Rosa Right", discipline="ot", priority="days", text="Wrist fracture, stiff hand."),
            follow=True,
        )

        row.refresh_from_db()
        assert edit in text_of(client.get(page_of("referral", row.id)))
        assert PLAIN in shown
        assert 'value="Rosa Example"' in shown
        assert (row.discipline, row.text, row.patient.name) == ("ot", "Wrist fracture, stiff hand.", "Rosa Right")
        assert state_of(row.id) == "drafted"
        assert "The draft was changed" in text_of(kept)
        first, last = row.statuses.order_by("id")
        assert last.due_on < first.due_on  # within days now

    def test_a_changed_draft_is_searched_for_danger_anew(self, here):
        client = signed_in(here.physician)
        client.post(NEW, self.form(draft="1"))
        id_ = Referral.objects.get().id

        answer = client.post(page_of("referral_edit", id_), self.form(discipline="pt", text=STROKE), follow=True)

        assert "The text speaks of a danger" in text_of(answer)
        assert Task.objects.get().kind == "check_danger"

    def test_a_danger_that_was_cleared_in_the_old_text_is_open_again_in_the_new_one(self, here):
        id_ = enter(here.physician, STROKE, as_draft=True)
        signed_in(here.pt).post(page_of("referral", id_), {"how": "Dr. Page, by telephone today"})
        was_open = referral_of(fresh(here.pt), id_).danger_open

        edit_draft(
            fresh(here.physician),
            id_,
            person=None,
            discipline=Discipline.PT,
            text=f"{STROKE} Also chest pain at rest.",
            physician_name="Dr. Page",
            physician_contact="Fax 1",
        )

        assert not was_open
        assert referral_of(fresh(here.pt), id_).danger_open

    def test_a_draft_with_a_mistake_loses_nothing(self, here):
        client = signed_in(here.physician)
        client.post(NEW, self.form(draft="1"))
        edit = page_of("referral_edit", Referral.objects.get().id)

        answer = client.post(edit, self.form(discipline="pt", telephone="", text="Another text"))

        assert answer.status_code == 422
        assert "Another text" in text_of(answer)
        assert Referral.objects.get().text == PLAIN

    def test_who_is_known_by_more_than_a_draft_is_not_renamed_by_one(self, here):
        client = signed_in(here.physician)
        client.post(NEW, self.form(draft="1"))
        row = Referral.objects.get()
        visit_of(row.patient, here.ada, datetime.now(UTC) + timedelta(days=3))

        page = client.get(page_of("referral_edit", row.id))
        client.post(page_of("referral_edit", row.id), self.form(discipline="pt", name="Somebody Else"))

        assert "For Rosa Example." in text_of(page)
        assert 'name="telephone"' not in text_of(page)
        row.patient.refresh_from_db()
        assert row.patient.name == "Rosa Example"

    def test_what_is_sent_and_what_is_not_ones_own_is_as_good_as_missing(self, here):
        other = make_member(here.clinic, "referring_physician")
        mine, sent = enter(here.physician, as_draft=True), enter(here.physician)

        for actor, id_ in (
            (here.physician, sent),
            (here.physician, uuid4()),
            (other, mine),
            (here.desk, mine),
            (here.pt, mine),
            (here.boss, mine),
        ):
            client = signed_in(actor)
            assert client.get(page_of("referral_edit", id_)).status_code == 404
            assert client.post(page_of("referral_edit", id_), self.form(discipline="pt")).status_code == 404

    def test_the_front_desk_enters_one_from_paper_but_reads_no_clinical_word(self, here):
        client = signed_in(here.desk)

        answer = client.post(NEW, self.form(text=STROKE, draft="1"), follow=True)

        row = Referral.objects.get()
        assert (row.physician_id, state_of(row.id)) == (None, "received")  # a draft is the physician's alone
        assert "droops" not in text_of(answer)
        assert "A therapist is asked to look at this referral today." in text_of(answer)
        assert "A therapist must look at this referral" in text_of(answer)

    def test_the_front_desk_enters_one_for_a_known_patient(self, here):
        patient = make_patient(here.clinic)
        client = signed_in(here.desk)
        address = f"{NEW}?patient={patient.id}"

        assert "For Rosa Example." in text_of(client.get(address))
        client.post(address, self.form())
        assert Referral.objects.get().patient_id == patient.id
        foreign = make_patient(make_workplace("south").clinic)
        assert client.get(f"{NEW}?patient={foreign.id}").status_code == 404
        assert client.get(f"{NEW}?patient=nonsense").status_code == 404

    def test_says_what_is_wrong_and_loses_nothing(self, here):
        client = signed_in(here.physician)

        unreachable = client.post(NEW, self.form(telephone="", text="A <b>long</b> text"))
        assert unreachable.status_code == 422
        assert "Write a telephone number or an e-mail address." in text_of(unreachable)
        assert "A &lt;b&gt;long&lt;/b&gt; text" in text_of(unreachable)
        empty = client.post(NEW, {})
        assert empty.status_code == 422
        assert "Tick at least one." in text_of(empty)
        assert not Referral.objects.exists()

    def test_therapists_do_not_refer(self, here):
        assert signed_in(here.pt).get(NEW).status_code == 403
        assert signed_in(here.pt).post(NEW, self.form()).status_code == 403


class TestOneReferral:
    def test_each_state_offers_what_its_table_allows(self, here):
        id_ = enter(here.physician)

        def offered(actor):
            page = text_of(signed_in(actor).get(page_of("referral", id_)))
            return [act for act in ReferralAct if f"/act/{act.value}/" in page]

        assert ReferralAct.CHECK in offered(here.desk)
        assert offered(here.pt) == []
        assert offered(here.physician) == [ReferralAct.WITHDRAW]
        do(here.desk, id_, "check")
        assert {ReferralAct.ACCEPT, ReferralAct.DECLINE, ReferralAct.SEND_BACK} <= set(offered(here.pt))
        assert ReferralAct.ACCEPT not in offered(here.ot)

    def test_goes_all_the_way_to_the_letter(self, here):
        id_ = enter(here.physician)
        for actor, act in ((here.desk, "check"), (here.pt, "accept"), (here.desk, "book"), (here.pt, "evaluate")):
            do(actor, id_, act)
        letter = page_of("referral_letter", id_)
        client = signed_in(here.pt)

        assert "Dear Dr. Iris Page," in text_of(client.get(letter))
        assert client.post(letter, {"text": " "}).status_code == 422
        assert client.post(letter, {"text": "Seen. <script>alert(1)</script>"}).status_code == 302
        assert state_of(id_) == "answered"
        assert Letter.objects.get().by_id == here.pt.user_id
        for actor in (here.pt, here.physician):
            printed = text_of(signed_in(actor).get(page_of("referral_letters", id_)))
            assert "Seen. &lt;script&gt;" in printed
        assert signed_in(here.desk).get(page_of("referral_letters", id_)).status_code == 404
        do(here.desk, id_, "close")
        assert state_of(id_) == "closed"

    def test_a_refusal_says_why(self, here):
        id_ = enter(here.physician)
        do(here.desk, id_, "check")
        client = signed_in(here.pt)
        address = page_of("referral_act", id_, "decline")

        assert "Nobody here has this training" in text_of(client.get(address))
        assert client.post(address, {}).status_code == 422
        assert client.post(address, {"reason": "duplicate"}).status_code == 302
        assert "We have this referral already" in text_of(client.get(page_of("referral", id_)))

    def test_a_step_that_is_not_allowed_is_explained(self, here):
        id_ = enter(here.physician)

        answer = do(here.ot, id_, "accept")

        assert state_of(id_) == "received"
        assert "re-message--error" in text_of(answer)
        assert do(here.desk, id_, "dance").status_code == 404
        assert do(here.desk, id_, "write_letter").status_code == 404

    def test_nobody_accepts_past_a_danger(self, here):
        id_ = enter(here.physician, STROKE)
        do(here.desk, id_, "check")
        client = signed_in(here.pt)
        address = page_of("referral", id_)
        assert "Signs of a stroke" in text_of(client.get(address))

        assert "/act/accept/" not in text_of(client.get(address))
        assert client.post(address, {"how": " "}).status_code == 422
        assert signed_in(here.ot).post(address, {"how": "Examined"}).status_code == 404
        assert client.post(address, {"how": "Dr. Page, today: examined"}).status_code == 302
        assert "/act/accept/" in text_of(client.get(address))
        assert "Dr. Page, today: examined" in text_of(client.get(address))
        assert "examined" not in text_of(signed_in(here.desk).get(address))

    def test_tries_to_reach_somebody_are_noted(self, here):
        id_ = enter(here.physician)
        do(here.desk, id_, "check")
        do(here.pt, id_, "accept")

        answer = signed_in(here.desk).post(page_of("referral_tried", id_), follow=True)

        assert "Tried to reach the person, no answer" in text_of(answer)
        assert signed_in(here.pt).post(page_of("referral_tried", id_)).status_code == 403

    def test_others_find_nothing(self, here):
        id_ = enter(here.physician)
        foreign = signed_in(make_workplace("south").boss)

        for name in ("referral", "referral_letter", "referral_letters"):
            assert foreign.get(page_of(name, id_)).status_code == 404
        assert foreign.post(page_of("referral_act", id_, "check")).status_code == 404
        assert foreign.post(page_of("referral_tried", id_)).status_code == 404
        assert state_of(id_) == "received"
