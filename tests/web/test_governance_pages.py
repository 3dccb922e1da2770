"""Safety on the clinic's pages: reading and signing, withdrawing and putting back, finding people, incidents (S40, S41)."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from reable.terms import Urgency
from reable.web import core, hazards
from reable.web.clinic import governed
from reable.web.records.actor import NotAllowed
from reable.web.records.models import AccessEntry, Incident, Signature, WithdrawnItem
from reable.web.records.selectors import governance as state
from reable.web.records.selectors.actors import INQUIRIES
from reable.web.records.services.governance import open_incident, sign, withdraw
from tests.web.clinic_people import (
    BUTTON,
    HIT,
    HOSTILE,
    WALK,
    asked,
    book_for,
    fresh,
    make_workplace,
    signed_in,
    text_of,
)
from tests.web.people import make_clinic, make_member

pytestmark = pytest.mark.django_db
KNOWLEDGE_PARTS = ("red_flags", "emergency_texts", "order_rules")
HTML = HOSTILE[0]


@pytest.fixture
def here():
    return make_workplace()


@pytest.fixture
def ot(here):
    return signed_in(here.ot)


@pytest.fixture
def boss(here):
    return signed_in(here.boss)


def page_of(name, *ids):
    return reverse(f"clinic:{name}", args=ids)


def signature(**fields):
    given = {"name": "O. Therapist", "licence": "OT 123, NY", "read": "on", "version": state.knowledge_in_force()}
    return {**given, **fields}


def incident(**fields):
    return {"what": "A time was shown twice", "severity": "near_miss", "owner": "the manager", "hazard": "", **fields}


def hidden(page, name):
    """Give the value of a hidden field."""
    field = re.search(rf'<input[^>]*name="{name}"[^>]*>', page)
    assert field
    return re.search(r'value="([^"]*)"', field[0])[1]


class TestWhoMay:
    @pytest.mark.parametrize("name", ["signing", "withdrawn"])
    def test_therapists_and_managers_look_after_what_the_clinic_says(self, here, name):
        for actor in (here.pt, here.ot, here.boss):
            assert signed_in(actor).get(page_of(name)).status_code == 200
        for actor in (here.desk, here.physician):
            assert signed_in(actor).get(page_of(name)).status_code == 403

    def test_one_entry_leads_there_for_those_who_may(self, here):
        for actor in (here.pt, here.ot, here.desk, here.boss):
            assert f'href="{page_of("safety")}"' in text_of(signed_in(actor).get(page_of("schedule")))
        assert page_of("safety") not in text_of(signed_in(here.physician).get(page_of("referrals")))
        assert signed_in(here.physician).get(page_of("safety")).status_code == 403

    def test_the_front_desk_notes_incidents_and_reads_none(self, here):
        open_incident(here.ot, what="Something went wrong", severity="minor", owner="O. T.")
        desk = signed_in(here.desk)

        assert page_of("incidents") in text_of(desk.get(page_of("safety")))
        assert page_of("signing") not in text_of(desk.get(page_of("safety")))
        assert "Something went wrong" not in text_of(desk.get(page_of("incidents")))
        assert desk.post(page_of("incidents"), incident(what="The printer mixed letters")).status_code == 302
        assert Incident.objects.filter(what="The printer mixed letters").exists()
        noted = Incident.objects.get(what="Something went wrong")
        assert desk.post(page_of("incident_close", noted.id)).status_code == 403


class TestReading:
    def test_every_red_flag_is_there_with_its_words_its_urgency_and_its_sources(self, ot):
        page = text_of(ot.get(page_of("signing_part", "red_flags")))

        for flag in core.knowledge().red_flags.values():
            assert flag.name.es.replace("'", "&#x27;") in page
        assert "You may have torn the cord at the back of your ankle, so see a doctor today." in page
        assert "Puede haberse roto el tendón de atrás del tobillo, así que vea a un médico hoy." in page
        for how in ("read", "second-hand"):
            assert f">{how}</strong>" in page
        assert "{emergency_number}" not in page

    def test_every_red_flag_stands_under_its_urgency(self):
        parts = governed.reading_of("red_flags", "US")

        expected = [sum(flag.urgency is urgency for flag in core.knowledge().red_flags.values()) for urgency in Urgency]
        assert [len(part.readings) for part in parts] == expected

    def test_a_rule_of_signs_is_read_with_the_flag_it_raises(self, ot):
        rules = sum(
            len(reading.together) for part in governed.reading_of("red_flags", "US") for reading in part.readings
        )

        assert rules == len(core.knowledge().combinations)

    def test_the_emergency_texts_hold_the_clinics_numbers_and_every_danger_question(self, ot):
        page = text_of(ot.get(page_of("signing_part", "emergency_texts")))

        assert "Emergency number: 911" in page
        assert "Crisis line: 988" in page
        questions = governed.reading_of("emergency_texts", "US")[2].readings
        assert len(questions) == len(core.knowledge().questions)

    def test_a_clinic_in_another_country_reads_its_own_numbers_too(self):
        numbers = governed.reading_of("emergency_texts", "GB")[0].readings

        assert [one.name for one in numbers] == ["United States", "United Kingdom"]

    def test_every_order_rule_says_which_therapy_comes_first(self, ot):
        rules = governed.reading_of("order_rules", "US")[0].readings
        knowledge = core.knowledge()

        ordered = [one for one in (*knowledge.conditions.values(), *knowledge.categories.values()) if one.first]
        assert [one.name for one in rules] == [one.name.en for one in ordered]
        assert "First: Occupational therapy" in text_of(ot.get(page_of("signing_part", "order_rules")))

    def test_whoever_accepts_the_risk_reads_the_hazards_first(self, boss):
        page = text_of(boss.get(page_of("signing_part", "residual_risk")))

        assert page.count("Left over: severity") == len(hazards.hazards())
        assert "likelihood 3 of 5" in page

    def test_without_the_hazard_log_the_page_says_where_to_read_it(self, boss, monkeypatch):
        monkeypatch.setattr(governed, "hazards", lambda: ())

        assert "Read docs/safety/hazards.yaml" in text_of(boss.get(page_of("signing_part", "residual_risk")))

    def test_what_is_no_part_is_not_found(self, ot):
        assert ot.get(page_of("signing_part", "everything")).status_code == 404


class TestSigning:
    def test_a_therapist_signs_what_they_have_read_at_the_version_they_have_read(self, here, ot):
        version = state.knowledge_in_force()
        assert version in text_of(ot.get(page_of("signing_part", "red_flags")))

        answer = ot.post(page_of("signing_part", "red_flags"), signature(), follow=True)

        assert answer.redirect_chain[-1][0] == page_of("signing")
        row = Signature.objects.get()
        assert (row.part, row.by_id, row.name) == ("red_flags", here.ot.user_id, "O. Therapist")
        assert (row.licence, row.knowledge_version) == ("OT 123, NY", version)
        assert "O. Therapist, OT 123, NY, on" in text_of(answer)

    @pytest.mark.parametrize("part", KNOWLEDGE_PARTS)
    def test_a_manager_cannot_sign_the_knowledge(self, here, boss, part):
        shown = text_of(boss.get(page_of("signing_part", part)))
        assert "A licensed therapist of the clinic signs this." in shown
        assert 'name="licence"' not in shown

        assert boss.post(page_of("signing_part", part), signature()).status_code == 403
        assert not Signature.objects.exists()

    def test_a_manager_accepts_the_risk(self, here, boss):
        boss.post(page_of("signing_part", "residual_risk"), signature(name="M. Lead", licence="manager"))

        row = Signature.objects.get()
        assert (row.part, row.licence, row.by_id) == ("residual_risk", "manager", here.boss.user_id)

    def test_a_version_that_is_no_longer_in_force_is_refused_and_says_what_to_do(self, ot):
        answer = ot.post(page_of("signing_part", "red_flags"), signature(version="what was read last month"))

        page = text_of(answer)
        assert answer.status_code == 422
        assert "The knowledge has changed since you opened this page. Read what it says now, then tick the box." in page
        assert hidden(page, "version") == state.knowledge_in_force()
        assert 'value="OT 123, NY"' in page
        assert not re.search(r'<input[^>]*name="read"[^>]* checked', page)
        assert not Signature.objects.exists()

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"name": " "}, "Write an answer: Your name"),
            ({"licence": ""}, "Write an answer: Your license: number and state"),
            ({"read": ""}, "Tick the box once you have read the page."),
            ({"licence": "x" * 61}, "60"),
        ],
    )
    def test_an_incomplete_signature_is_said_and_nothing_typed_is_lost(self, ot, fields, told):
        given = signature(**fields)
        if not fields.get("read", "on"):
            del given["read"]

        answer = ot.post(page_of("signing_part", "order_rules"), given)

        assert answer.status_code == 422
        assert told in text_of(answer)
        assert "nhsuk-error-summary" in text_of(answer)
        assert ("O. Therapist" in text_of(answer)) == ("name" not in fields)
        assert not Signature.objects.exists()

    def test_new_knowledge_ends_what_was_signed_and_the_page_says_so(self, here, ot):
        sign(here.ot, part="red_flags", name="O. T.", licence="OT 1", knowledge_version=state.knowledge_in_force())
        assert "No longer holds" not in text_of(ot.get(page_of("signing")))
        Signature.objects.update(knowledge_version="an earlier one")

        page = text_of(ot.get(page_of("signing")))

        assert "No longer holds" in page
        assert "The knowledge has changed since: it must be signed anew." in page

    def test_the_page_says_what_else_is_missing_before_people_can_come_and_book(self):
        empty = make_clinic("empty", rules=None)
        empty.visit_types.all().delete()

        page = text_of(signed_in(make_member(empty, "pt")).get(page_of("signing")))

        for missing in (
            "A safeguarding clinician, named on the page Staff",
            "The local steps when somebody tells of abuse or neglect",
            "A place of the clinic",
            "How long visits take",
            "Whether a referral is needed first",
            "A therapist who can be booked",
            "Working hours of a therapist",
            "Whom to call when the clinic is closed",
        ):
            assert missing in page
        assert page_of("places") not in page  # only a manager can set it up

    def test_what_the_clinic_has_is_not_said_to_be_missing(self, here, boss):
        page = text_of(boss.get(page_of("signing")))

        assert "A place of the clinic" not in page
        assert "Whom to call when the clinic is closed" in page
        assert page_of("texts") in page

    def test_another_clinics_signature_is_none_of_ours(self, here):
        sign(here.ot, part="red_flags", name="O. T.", licence="OT 1", knowledge_version=state.knowledge_in_force())

        assert "O. T., OT 1" not in text_of(signed_in(make_workplace("south").ot).get(page_of("signing")))

    def test_hostile_text_is_shown_as_text(self, ot):
        ot.post(page_of("signing_part", "red_flags"), signature(name=HTML, licence=HTML))

        page = text_of(ot.get(page_of("signing")))

        assert HTML not in page
        assert "&lt;script&gt;" in page


class TestWithdrawing:
    def test_an_item_is_found_by_its_name_withdrawn_with_a_reason_and_put_back(self, here, ot):
        found = text_of(ot.get(page_of("withdrawn"), {"words": "button"}))
        assert page_of("item", "d5400") not in found
        assert page_of("item", "d5400") in text_of(ot.get(page_of("withdrawn"), {"words": "putting on clothes"}))

        answer = ot.post(page_of("item", "d5400"), {"reason": "Its source says something else."}, follow=True)

        assert answer.redirect_chain[-1][0] == page_of("item", "d5400")
        assert state.withdrawn_items(here.clinic.id) == {"d5400"}
        page = text_of(ot.get(page_of("withdrawn")))
        assert "Its source says something else." in page
        back = ot.post(page_of("put_back", "d5400"))
        assert back.url == page_of("withdrawn")
        assert state.withdrawn_items(here.clinic.id) == frozenset()
        assert ot.post(page_of("put_back", "d5400")).status_code == 404

    @pytest.mark.parametrize("flag", ["cauda_equina", "partner_violence"])
    def test_a_red_flag_cannot_be_withdrawn_through_the_page(self, ot, flag):
        shown = text_of(ot.get(page_of("item", flag)))
        assert 'name="reason"' not in shown
        assert "nobody can switch it off" in shown

        answer = ot.post(page_of("item", flag), {"reason": "It alarms too often."})

        assert answer.status_code == 422
        assert "nobody can switch it off" in text_of(answer)
        assert not WithdrawnItem.objects.exists()

    def test_no_part_of_the_search_for_danger_has_a_page_that_withdraws_it(self, ot):
        knowledge = core.knowledge()
        for key in (next(iter(knowledge.signs)), next(iter(knowledge.questions)), "local_emergency", "nothing_like_it"):
            assert ot.post(page_of("item", key), {"reason": "x"}).status_code == 404
        assert not WithdrawnItem.objects.exists()

    def test_without_a_reason_it_stays_in_use(self, ot):
        answer = ot.post(page_of("item", "d450"), {"reason": "  "})

        assert answer.status_code == 422
        assert "Write an answer: Why do you withdraw it?" in text_of(answer)
        assert not WithdrawnItem.objects.exists()

    def test_what_is_withdrawn_and_known_no_more_can_still_be_put_back(self, here, ot):
        WithdrawnItem.objects.create(
            clinic=here.clinic, item="of_last_year", reason="wrong", by_id=here.ot.user_id, at=datetime.now(UTC)
        )

        assert page_of("put_back", "of_last_year") in text_of(ot.get(page_of("item", "of_last_year")))
        assert ot.post(page_of("put_back", "of_last_year")).status_code == 302

    @pytest.mark.parametrize(
        ("words", "key"),
        [
            ("bell's", "order:bells_palsy"),
            ("BELL'S", "bells_palsy"),
            ("d5400", "d5400"),
            ("caminar", "d450"),
            ("stroke", "stroke_signs"),
        ],
    )
    def test_items_are_found_by_a_part_of_their_name_in_either_language_or_by_their_key(self, words, key):
        assert key in {item.key for item in governed.items_like(words, most=100)[0]}

    def test_a_name_that_nothing_has_is_said(self, ot):
        assert "No item has such a name" in text_of(ot.get(page_of("withdrawn"), {"words": "qwertz"}))

    def test_a_long_list_says_that_there_is_more(self, ot):
        many = governed.items_like("a", most=10_000)[1]

        page = text_of(ot.get(page_of("withdrawn"), {"words": "a"}))

        assert f"{many - 40} more fit." in page

    def test_another_clinics_withdrawal_is_none_of_ours(self, here):
        withdraw(here.ot, item="d450", reason="Only here.")
        foreign = signed_in(make_workplace("south").boss)

        assert "Only here." not in text_of(foreign.get(page_of("withdrawn")))
        assert "Only here." not in text_of(foreign.get(page_of("item", "d450")))
        assert foreign.post(page_of("put_back", "d450")).status_code == 404

    def test_hostile_text_is_shown_as_text(self, ot):
        ot.post(page_of("item", "d450"), {"reason": HTML})

        for page in (text_of(ot.get(page_of("withdrawn"))), text_of(ot.get(page_of("item", "d450")))):
            assert HTML not in page
            assert "&lt;script&gt;" in page
        assert HTML not in text_of(ot.get(page_of("withdrawn"), {"words": HTML}))


class TestWhoGotSuchAnAnswer:
    def test_therapists_see_who_it_was(self, here, ot):
        inquiry_id = asked(here.clinic, BUTTON, name="Rosa Example")
        asked(here.clinic, BUTTON)
        asked(here.clinic, WALK, name="Otto Example")

        page = text_of(ot.get(page_of("item", "d5400")))

        assert "2 people in all. 1 of them booked here." in page
        assert "Rosa Example" in page
        assert page_of("person", inquiry_id) in page
        assert "Somebody who has not booked" in page
        assert "Otto Example" not in page

    def test_managers_see_how_many_and_nobodys_name(self, here, boss):
        inquiry_id = asked(here.clinic, BUTTON, name="Rosa Example")

        page = text_of(boss.get(page_of("item", "d5400")))

        assert "1 person in all. 1 of them booked here." in page
        assert "Only therapists see who they are" in page
        assert "Rosa" not in page
        assert str(inquiry_id) not in page
        with pytest.raises(NotAllowed):
            state.people_with(fresh(here.boss), item="d5400")

    def test_it_is_noted_whose_answers_were_read(self, here, ot):
        asked(here.clinic, BUTTON, name="Rosa Example")

        ot.get(page_of("item", "d5400"))

        entry = AccessEntry.objects.get(act="clinic:item")
        assert len(entry.patients) == 1

    def test_another_clinic_finds_nobody_of_ours(self, here):
        asked(here.clinic, BUTTON, name="Rosa Example")

        page = text_of(signed_in(make_workplace("south").ot).get(page_of("item", "d5400")))

        assert "Nobody got such an answer here." in page

    def test_who_booked_in_two_clinics_is_each_clinics_own_patient(self, here):
        inquiry_id = asked(here.clinic, BUTTON, name="Rosa Example")
        south = make_workplace("south")
        book_for(south.clinic, inquiry_id, "R. Example")

        page = text_of(signed_in(here.ot).get(page_of("item", "d5400")))

        assert "1 person in all. 1 of them booked here." in page
        assert "R. Example" not in page

    @pytest.mark.parametrize("item", ["partner_violence"])
    def test_what_was_told_in_confidence_names_nobody(self, here, ot, item):
        """S13: whoever looks for the answers behind a disclosure is not told whether there are any."""
        asked(here.clinic, HIT, name="Rosa Example")

        page = text_of(ot.get(page_of("item", item)))

        assert "No list names who told of it." in page
        assert "Rosa" not in page
        assert "in all" not in page
        with pytest.raises(NotAllowed):
            state.answers_with(fresh(here.ot), item=item)

    def test_a_withdrawal_on_the_page_reaches_the_persons_answer_at_once(self, here, ot, client):
        """H39: the answer that rests on it is not given any more, and the clinic's telephone is."""
        inquiry_id = asked(here.clinic, BUTTON)
        session = client.session
        session[INQUIRIES] = [str(inquiry_id)]
        session.save()
        address = f"/way/{inquiry_id}/recommendation/"
        assert "Start with occupational therapy." in text_of(client.get(address))

        ot.post(page_of("item", "d5400"), {"reason": "Its source says something else."})

        page = text_of(client.get(address))
        assert "A person helps you with this" in page
        assert here.clinic.telephone in page
        assert "Start with" not in page
        ot.post(page_of("put_back", "d5400"))
        assert "Start with occupational therapy." in text_of(client.get(address))


class TestIncidents:
    def test_an_incident_is_noted_and_closed(self, here, ot):
        answer = ot.post(page_of("incidents"), incident(hazard="H38"), follow=True)

        page = text_of(answer)
        assert answer.redirect_chain[-1][0] == page_of("incidents")
        row = Incident.objects.get()
        assert (row.severity, row.hazard, row.owner, row.by_id) == ("near_miss", "H38", "the manager", here.ot.user_id)
        assert "A time was shown twice" in page
        assert "H38: An item proves wrong and goes on being used" in page
        ot.post(page_of("incident_close", row.id))
        row.refresh_from_db()
        assert row.closed_at is not None
        assert "Closed:" in text_of(ot.get(page_of("incidents")))
        assert ot.post(page_of("incident_close", row.id)).status_code == 404

    def test_another_clinics_incident_is_not_found(self, here):
        id_ = open_incident(here.ot, what="Only here", severity="minor", owner="O. T.")
        foreign = signed_in(make_workplace("south").boss)

        assert "Only here" not in text_of(foreign.get(page_of("incidents")))
        assert foreign.post(page_of("incident_close", id_)).status_code == 404
        assert foreign.post(page_of("incident_close", uuid4())).status_code == 404
        assert Incident.objects.get().closed_at is None

    @pytest.mark.parametrize(
        ("fields", "told"),
        [
            ({"what": " "}, "Write an answer: What happened?"),
            ({"severity": ""}, "Choose an answer: How bad was it?"),
            ({"severity": "terrible"}, "terrible"),
            ({"owner": ""}, "Write an answer: Who follows it up?"),
            ({"hazard": "H999"}, "H999"),
        ],
    )
    def test_an_unclear_incident_is_said_and_nothing_typed_is_lost(self, ot, fields, told):
        answer = ot.post(page_of("incidents"), incident(**fields))

        page = text_of(answer)
        assert answer.status_code == 422
        assert told in page
        assert ("A time was shown twice" in page) == ("what" not in fields)
        assert not Incident.objects.exists()

    def test_without_the_hazard_log_its_number_is_written(self, ot, monkeypatch):
        monkeypatch.setattr("reable.web.clinic.governance_forms.hazards", lambda: ())

        assert 'name="hazard"' in text_of(ot.get(page_of("incidents")))
        assert ot.post(page_of("incidents"), incident(hazard="H7")).status_code == 302
        assert Incident.objects.get().hazard == "H7"

    def test_hostile_text_is_shown_as_text(self, ot):
        ot.post(page_of("incidents"), incident(what=HTML, owner=HTML))

        page = text_of(ot.get(page_of("incidents")))

        assert HTML not in page
        assert page.count("&lt;script&gt;") >= 2


class TestHazardLog:
    def test_a_log_that_is_not_there_is_empty(self, tmp_path):
        assert hazards.hazards(tmp_path / "hazards.yaml") == ()

    def test_every_hazard_says_what_is_left_over(self):
        found = hazards.hazards()

        assert len(found) >= 50
        assert all(1 <= one.severity <= 5 and 1 <= one.likelihood <= 5 and one.owner for one in found)
