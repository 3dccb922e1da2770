"""What a therapist decides: within their own discipline, never past an open danger, and never on an old page (S31)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from reable.terms import Discipline, Door
from reable.web.records.actor import NotAllowed, NotFound
from reable.web.records.models import Decision, Recommendation, Task
from reable.web.records.selectors.person import person
from reable.web.records.services.decisions import Cleared, DecisionRefused, Objection, Verdict, Wanted, decide
from reable.web.records.services.inquiries import give
from reable.web.records.services.referrals import enter_referral
from tests.web.clinic_people import BUTTON, DROOP, HIT, WALK, asked, fresh, make_workplace, signed_in, teller, text_of
from tests.web.people import make_member

pytestmark = pytest.mark.django_db
BY_ANA = Cleared(who="Dr. Ana Page, physician", on=date(2026, 3, 2), how="Examined, no stroke.")


@pytest.fixture
def here():
    return make_workplace()


def wanted(actor, inquiry_id, verdict=Verdict.ACCEPTED, **fields):
    last = person(fresh(actor), inquiry_id).last_entry
    return Wanted(**{"discipline": actor.disciplines[0], "verdict": verdict, "last_entry": last, **fields})


def refused(actor, inquiry_id, verdict=Verdict.ACCEPTED, **fields):
    with pytest.raises(DecisionRefused) as caught:
        decide(fresh(actor), inquiry_id, wanted(actor, inquiry_id, verdict, **fields))
    assert not Decision.objects.exists()
    return caught.value.objection


def decided(actor, inquiry_id, verdict=Verdict.ACCEPTED, **fields):
    return Decision.objects.get(id=decide(fresh(actor), inquiry_id, wanted(actor, inquiry_id, verdict, **fields)))


class TestWithinOnesDiscipline:
    def test_a_therapist_accepts_what_is_recommended_for_them(self, here):
        inquiry_id = asked(here.clinic, BUTTON)

        row = decided(here.ot, inquiry_id)

        assert (row.decision, row.door, row.discipline, row.by_id) == ("accepted", "ot", "ot", here.ot.user_id)
        assert row.recommendation == Recommendation.objects.get(inquiry_id=inquiry_id)
        assert row.danger_cleared == ""

    def test_nobody_accepts_for_the_other_discipline(self, here):
        assert refused(here.pt, asked(here.clinic, BUTTON)) is Objection.OTHER_DISCIPLINE
        inquiry_id = asked(here.clinic, BUTTON)
        with pytest.raises(NotAllowed):
            decide(fresh(here.pt), inquiry_id, wanted(here.pt, inquiry_id, discipline=Discipline.OT))

    def test_of_both_each_accepts_their_own_part(self, here):
        inquiry_id = asked(here.clinic, "I am not sure. I need a full recovery plan.")

        assert [decided(actor, inquiry_id).discipline for actor in (here.pt, here.ot)] == ["pt", "ot"]

    @pytest.mark.parametrize("role", ["desk", "boss", "physician"])
    def test_nobody_else_decides(self, here, role):
        inquiry_id = asked(here.clinic, BUTTON)

        with pytest.raises(NotAllowed):
            decide(fresh(getattr(here, role)), inquiry_id, wanted(here.ot, inquiry_id))

    def test_a_foreign_and_a_missing_person_are_the_same(self, here):
        elsewhere = make_workplace("south")
        foreign = asked(elsewhere.clinic, BUTTON)
        told = wanted(elsewhere.ot, foreign)

        for id_ in (foreign, uuid4()):
            with pytest.raises(NotFound):
                decide(fresh(here.ot), id_, told)

    def test_who_holds_both_says_as_which_they_decide(self, here):
        both = make_member(here.clinic, "pt", "ot")
        inquiry_id = asked(here.clinic, BUTTON)
        client = signed_in(both)
        last = person(fresh(both), inquiry_id).last_entry
        form = {"last_entry": last, "verdict": "accepted", "door": "", "reason": ""}

        assert client.post(f"/clinic/people/{inquiry_id}/", form).status_code == 422
        assert client.post(f"/clinic/people/{inquiry_id}/", {**form, "discipline": "ot"}).status_code == 302
        assert Decision.objects.get().discipline == "ot"


class TestTheDifferenceIsKept:
    @pytest.mark.parametrize("door", [Door.PT, Door.BOTH, Door.OTHER])
    def test_a_change_says_where_to_and_why(self, here, door):
        row = decided(here.ot, asked(here.clinic, BUTTON), Verdict.CHANGED, door=door, reason="The neck first.")

        assert (row.decision, row.door, row.recommendation.door, row.reason) == (
            "changed",
            door,
            "ot",
            "The neck first.",
        )

    def test_a_change_needs_a_door_a_reason_and_a_difference(self, here):
        inquiry_id = asked(here.clinic, BUTTON)

        assert refused(here.ot, inquiry_id, Verdict.CHANGED, door=Door.PT) is Objection.REASON_NEEDED
        assert refused(here.ot, inquiry_id, Verdict.CHANGED, reason="x") is Objection.NO_DOOR
        assert refused(here.ot, inquiry_id, Verdict.CHANGED, reason="x", door=Door.OT) is Objection.SAME_DOOR
        assert refused(here.ot, inquiry_id, Verdict.CHANGED, reason="x", door=Door.URGENT) is Objection.NO_DOOR

    def test_a_refusal_says_why_and_leaves_the_other_discipline_its_part(self, here):
        plan = "I am not sure. I need a full recovery plan."

        assert refused(here.ot, asked(here.clinic, BUTTON), Verdict.DECLINED) is Objection.REASON_NEEDED
        assert decided(here.ot, asked(here.clinic, BUTTON), Verdict.DECLINED, reason="x").door == "other"
        assert decided(here.ot, asked(here.clinic, plan), Verdict.DECLINED, reason="x").door == "pt"
        assert decided(here.pt, asked(here.clinic, BUTTON), Verdict.DECLINED, reason="x").door == "ot"

    def test_who_hears_other_than_advised_is_called(self, here):
        inquiry_id = asked(here.clinic, BUTTON, name="Rosa Example")
        decided(here.ot, inquiry_id)
        assert not Task.objects.exists()

        decided(here.ot, inquiry_id, Verdict.CHANGED, door=Door.PT, reason="x")

        task = Task.objects.get()
        assert (task.role, task.kind, task.patient.name) == ("front_desk", "call", "Rosa Example")

    def test_a_later_decision_is_a_row_of_its_own(self, here):
        inquiry_id = asked(here.clinic, BUTTON)

        decided(here.ot, inquiry_id)
        decided(here.ot, inquiry_id, Verdict.DECLINED, reason="Seen elsewhere.")

        assert [one.decision for one in Decision.objects.order_by("at")] == ["accepted", "declined"]
        assert [one.decision for one in person(fresh(here.ot), inquiry_id).decisions] == ["accepted", "declined"]


class TestDanger:
    def test_nobody_accepts_past_a_danger_that_was_raised(self, here):
        inquiry_id = asked(here.clinic, DROOP, finished=False)

        assert refused(here.pt, inquiry_id) is Objection.DANGER_OPEN
        row = decided(here.pt, inquiry_id, cleared=BY_ANA)
        assert row.danger_cleared == "Dr. Ana Page, physician, 2026-03-02: Examined, no stroke."
        assert row.door in ("pt", "both")
        assert row.recommendation.door == "urgent"  # kept although the person stopped before it was shown

    def test_nobody_accepts_past_a_question_that_was_not_answered(self, here):
        inquiry_id = asked(here.clinic, BUTTON, finished=False)

        assert refused(here.ot, inquiry_id) is Objection.DANGER_OPEN
        assert decided(here.ot, inquiry_id, cleared=BY_ANA).decision == "accepted"

    def test_nobody_accepts_past_what_was_told_in_confidence(self, here):
        inquiry_id = asked(here.clinic, HIT)

        assert refused(here.pt, inquiry_id) is Objection.DANGER_OPEN

    def test_a_change_into_therapy_is_no_way_around_it(self, here):
        inquiry_id = asked(here.clinic, DROOP, finished=False)
        door = Door.OT if person(fresh(here.pt), inquiry_id).target is Door.BOTH else Door.BOTH

        assert refused(here.pt, inquiry_id, Verdict.CHANGED, door=door, reason="x") is Objection.DANGER_OPEN

    def test_to_send_somebody_elsewhere_needs_nothing_cleared(self, here):
        inquiry_id = asked(here.clinic, DROOP, finished=False)

        row = decided(here.pt, inquiry_id, Verdict.CHANGED, door=Door.OTHER, reason="Sent to the emergency room.")

        assert (row.door, row.danger_cleared) == ("other", "")

    @pytest.mark.parametrize(
        "cleared",
        [
            Cleared(who=" ", on=date(2026, 3, 2), how="Examined."),
            Cleared(who="Dr. Page", on=date(2026, 3, 2), how=" "),
            Cleared(who="Dr. Page", on=datetime.now(UTC).date() + timedelta(days=3), how="Examined."),
        ],
    )
    def test_who_when_and_how_are_all_needed(self, here, cleared):
        inquiry_id = asked(here.clinic, DROOP, finished=False)

        assert refused(here.pt, inquiry_id, cleared=cleared) is Objection.CLEARED_IN_PART

    def test_what_was_told_since_the_page_was_read_is_read_first(self, here):
        inquiry_id = asked(here.clinic, BUTTON)
        told = wanted(here.ot, inquiry_id)
        give(teller(inquiry_id), inquiry_id, ("addition", {"text": DROOP}))

        with pytest.raises(DecisionRefused) as caught:
            decide(fresh(here.ot), inquiry_id, told)

        assert caught.value.objection is Objection.OUTDATED
        assert refused(here.ot, inquiry_id) in (Objection.DANGER_OPEN, Objection.OTHER_DISCIPLINE)

    def test_nothing_is_accepted_where_nothing_was_understood(self, here):
        inquiry_id = asked(here.clinic, "hmm")

        assert refused(here.pt, inquiry_id, cleared=BY_ANA) is Objection.NOTHING_TO_ACCEPT
        assert (
            decided(here.pt, inquiry_id, Verdict.CHANGED, door=Door.PT, reason="Called.", cleared=BY_ANA).door == "pt"
        )


class TestTheForm:
    def post(self, actor, inquiry_id, **fields):
        last = person(fresh(actor), inquiry_id).last_entry
        form = {"last_entry": last, "verdict": "accepted", "door": "", "reason": "", **fields}
        return signed_in(actor).post(f"/clinic/people/{inquiry_id}/", form, follow=True)

    def test_keeps_the_decision_and_shows_it(self, here):
        answer = self.post(here.ot, asked(here.clinic, BUTTON))

        assert "Your decision is kept." in text_of(answer)
        assert "OT: Accepted" in text_of(answer)
        assert "data-forget" in text_of(answer)  # what was typed is not kept in the tab any longer

    def test_says_what_is_missing_and_loses_nothing(self, here):
        inquiry_id = asked(here.clinic, DROOP, finished=False)

        answer = self.post(here.pt, inquiry_id, reason="Typed <b>with</b> care", cleared_by="Dr. Page")
        page = text_of(answer)

        assert answer.status_code == 422
        assert "Write on which day it was cleared." in page
        assert "Write how it was cleared." in page
        assert "Typed &lt;b&gt;with&lt;/b&gt; care" in page
        assert 'value="Dr. Page"' in page
        assert "<title>Error: " in page

    def test_an_old_page_is_said_and_can_then_be_sent(self, here):
        inquiry_id = asked(here.clinic, BUTTON)
        last = person(fresh(here.ot), inquiry_id).last_entry
        give(teller(inquiry_id), inquiry_id, ("goal", {"text": "I want to dress myself"}))
        client = signed_in(here.ot)
        form = {"last_entry": last, "verdict": "declined", "door": "", "reason": "Seen elsewhere"}

        first = client.post(f"/clinic/people/{inquiry_id}/", form)
        newest = person(fresh(here.ot), inquiry_id).last_entry

        assert first.status_code == 422
        assert "told more since you opened the page" in text_of(first)
        assert f'value="{newest}"' in text_of(first)
        assert "Seen elsewhere" in text_of(first)
        assert client.post(f"/clinic/people/{inquiry_id}/", {**form, "last_entry": newest}).status_code == 302

    def test_offers_no_acceptance_to_the_other_discipline(self, here):
        inquiry_id = asked(here.clinic, WALK)

        page = text_of(signed_in(here.ot).get(f"/clinic/people/{inquiry_id}/"))

        assert 'value="accepted"' not in page
        assert self.post(here.ot, inquiry_id).status_code == 422

    def test_warns_of_a_visit_that_is_booked(self, here):
        inquiry_id = asked(here.clinic, BUTTON, name="Rosa Example")

        answer = self.post(here.ot, inquiry_id, verdict="declined", reason="Seen elsewhere")

        assert "A visit is booked." in text_of(answer)

    def test_a_doctors_order_stands(self, here):
        inquiry_id = asked(here.clinic, BUTTON, name="Rosa Example")
        patient_id = here.clinic.patients.get().id
        enter_referral(
            fresh(here.desk),
            person=None,
            patient_id=patient_id,
            disciplines=[Discipline.PT],
            text="Please evaluate the shoulder.",
            physician_name="Dr. North",
            physician_contact="Fax 1",
        )

        page = text_of(signed_in(here.ot).get(f"/clinic/people/{inquiry_id}/"))

        assert "The order stands." in page
        assert "Physical therapy, Dr. North" in page
