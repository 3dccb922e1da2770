"""Somebody calls, and staff book for them: danger is asked aloud first, the referral rule holds, nothing is lost."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from django.utils import translation

from reable.book import ReferralAct
from reable.terms import Answer, Discipline, Language
from reable.web.booking.choice import read
from reable.web.clinic.views.booking import say_now
from reable.web.records.models import (
    Appointment,
    Booking,
    ClinicText,
    Inquiry,
    InquiryEntry,
    Message,
    Patient,
    Referral,
    ReferralRule,
    Task,
    VisitType,
)
from reable.web.records.selectors.governance import ClinicNotLive
from reable.web.records.selectors.person import person as told_of
from reable.web.records.selectors.slots import free_times
from reable.web.records.services.bookings import book
from reable.web.records.services.referrals import act_on_referral, enter_referral
from reable.web.records.services.telephone import (
    Call,
    DangerNotAsked,
    book_by_telephone,
    keep_answers,
    questions_to_ask,
)
from tests.web.clinic_people import HOSTILE, fresh, make_workplace, mark, signed_in, text_of, visit_of
from tests.web.people import form_key, make_location, make_patient, make_therapist, person, visitor, wish
from tests.web.walker import Walker, must_be_accessible

pytestmark = pytest.mark.django_db
BOOK, VISIT, ASK, TIMES, CONFIRM = (f"/clinic/book/{step}" for step in ("", "visit/", "ask/", "times/", "confirm/"))
ROSA = {"name": "Rosa Example", "telephone": "212 555 0199", "email": "rosa@example.org", "spoken": "en"}
STROKE = "His face droops since this morning and the arm is weak."


def make_follow_ups(clinic):
    for discipline in Discipline:
        VisitType.objects.create(clinic=clinic, discipline=discipline, kind="follow_up", minutes=30)


@pytest.fixture
def here():
    workplace = make_workplace()
    make_follow_ups(workplace.clinic)
    return workplace


class Caller:
    """Somebody on the telephone with staff, page by page as a browser goes."""

    def __init__(self, actor, **wishes):
        self.client = signed_in(actor)
        self.wishes = {"kind": "evaluation", "what": "pt", "age": "40", "language": "en", "location": "any", **wishes}

    def asks_for(self, patient=None):
        at = f"{VISIT}?patient={patient.id}" if patient else VISIT
        return self.client.post(at, self.wishes)

    def answers(self, address, **answers):
        return self.client.post(address, {"ask_general": "no", **answers})

    def times(self, patient=None, **answers):
        """Go on to the free times; gives their address."""
        step = self.asks_for(patient)
        return self.answers(step.url, **answers).url if step.url.startswith(ASK) else step.url

    def takes_a_time(self, patient=None, **answers):
        """Choose a free time, not so soon that it begins meanwhile; gives the address of the last page."""
        at = self.times(patient, **answers)
        page = self.client.get(at).context["page"]
        return self.client.post(at, {"time": page.form["time"].options[-1].value}).url

    def books(self, confirm, **fields):
        page = self.client.get(confirm).context["page"]
        given = {"time": page.form["time"].value(), "form_key": page.form_key, **ROSA, **fields}
        return self.client.post(confirm, given), given


def soonest(workplace, discipline=Discipline.PT):
    return free_times(workplace.desk, workplace.clinic.id, wish(discipline)).times[0]


def call_of(here, *, kind, inquiry_id):
    """A call of somebody new at the soonest time, as the pages would hand it to the service."""
    return Call(
        times=(free_choice(soonest(here)),),
        kind=kind,
        note="",
        why="",
        form_key=form_key(),
        inquiry_id=inquiry_id,
        person=person(name="New Caller"),
    )


class TestFinding:
    def test_two_of_one_name_can_be_told_apart_and_no_word_of_health_is_shown(self, here):
        old = make_patient(here.clinic, name="Rosa Example", email="old@example.org", telephone="212 555 0111", age=71)
        make_patient(here.clinic, name="Rosa Example", email="young@example.org", age=23)
        make_patient(make_workplace("south").clinic, name="Rosa Elsewhere")
        visit_of(old, here.ada, datetime.now(UTC) + timedelta(days=2))
        Booking.objects.update(note="dizzy since Monday")

        page = text_of(signed_in(here.desk).post(BOOK, {"who": "rosa exam"}))

        assert "212 555 0111" in page
        assert "71 years old" in page
        assert "23 years old" in page
        assert "Elsewhere" not in page
        assert "dizzy" not in page

    @pytest.mark.parametrize("who", ["5550111", "(212) 555-0111", "old1949@EXAMPLE.org", "exa ros"])
    def test_somebody_is_found_by_number_by_address_and_by_parts_of_the_name(self, here, who):
        make_patient(here.clinic, name="Rosa Example", email="old1949@example.org", telephone="212 555 0111")
        make_patient(here.clinic, name="Sam Other", email="sam@other.org", telephone="212 555 0222")

        page = text_of(signed_in(here.desk).post(BOOK, {"who": who}))

        assert "Rosa Example" in page
        assert "Sam Other" not in page

    def test_many_of_one_name_are_cut_with_a_word_and_who_was_erased_is_not_found(self, here):
        gone = make_patient(here.clinic, name="Rosa Gone")
        Patient.objects.filter(id=gone.id).update(erased_at=datetime.now(UTC))
        for number in range(22):
            make_patient(here.clinic, name=f"Rosa {number}")

        page = text_of(signed_in(here.desk).post(BOOK, {"who": "Rosa"}))

        assert page.count("Known here since") == 20
        assert "2 more people fit." in page
        assert "Gone" not in page

    def test_a_physician_does_not_book_by_telephone(self, here):
        client = signed_in(here.physician)

        assert [client.get(step).status_code for step in (BOOK, VISIT, ASK, TIMES, CONFIRM)] == [403] * 5

    def test_nothing_written_is_said_at_the_field_and_nobody_found_leads_on(self, here):
        client = signed_in(here.desk)

        empty, nobody = client.post(BOOK, {"who": " "}), client.post(BOOK, {"who": "Zoe"})

        assert empty.status_code == 422
        assert 'href="#who"' in text_of(empty)
        assert "Nobody was found" in text_of(nobody)
        assert "Somebody new" in text_of(nobody)

    def test_the_schedule_and_the_page_of_a_patient_lead_there(self, here):
        patient = make_patient(here.clinic)
        visit_of(patient, here.omar, datetime.now(UTC) - timedelta(days=2), state="done")
        client = signed_in(here.desk)

        theirs = text_of(client.get(f"/clinic/patients/{patient.id}/")).replace("&amp;", "&")

        assert f'href="{BOOK}"' in text_of(client.get("/clinic/schedule/"))
        assert f"{VISIT}?patient={patient.id}&kind=follow_up&what=ot" in theirs
        assert f"{VISIT}?patient={patient.id}&kind=evaluation" in theirs


class TestBookingSomebodyNew:
    def test_is_booked_with_message_reminder_and_what_was_asked(self, here):
        caller = Caller(here.desk)
        confirm = caller.takes_a_time()

        answer, _ = caller.books(confirm, remind=["email"], note="Comes with a wheelchair")

        visit = Appointment.objects.get()
        assert answer.url == f"/clinic/book/done/{visit.booking_id}/"
        assert (visit.discipline, visit.visit_type.kind, visit.claims.count() > 0) == ("pt", "evaluation", True)
        assert Patient.objects.get().age == 40
        assert set(Message.objects.values_list("channel", flat=True)) == {"email"}
        assert Message.objects.filter(kind="booked").exists()
        assert Message.objects.exclude(kind="booked").exists()

    def test_those_who_treat_see_that_danger_was_asked_and_by_whom(self, here):
        caller = Caller(here.desk)
        caller.books(caller.takes_a_time())

        told = told_of(fresh(here.pt), Booking.objects.get().inquiry_id)
        page = text_of(signed_in(here.pt).get(f"/clinic/people/{told.inquiry_id}/"))

        assert told.asked_danger == (("ask_general", "no"),)
        assert "Staff asked them on the telephone" in page

    def test_both_on_one_day_are_one_booking(self, here):
        caller = Caller(here.desk, what="both")

        caller.books(caller.takes_a_time())

        assert Booking.objects.count() == 1
        assert sorted(Appointment.objects.values_list("discipline", flat=True)) == ["ot", "pt"]
        assert len({one.starts_at.date() for one in Appointment.objects.all()}) == 1

    def test_what_is_missing_is_said_and_nothing_that_was_typed_is_lost(self, here):
        caller = Caller(here.desk)
        confirm = caller.takes_a_time()

        answer, _ = caller.books(confirm, telephone="", email="", note="Brings her daughter")

        assert answer.status_code == 422
        assert "Write a telephone number or an e-mail address." in text_of(answer)
        assert "Brings her daughter" in text_of(answer)
        assert not Booking.objects.exists()
        assert not Patient.objects.exists()

    def test_the_same_form_sent_twice_makes_one_booking(self, here):
        caller = Caller(here.desk)
        confirm = caller.takes_a_time()
        first, given = caller.books(confirm)

        again = caller.client.post(confirm, given)

        assert again.url == first.url
        assert Booking.objects.count() == 1

    def test_another_time_with_the_back_button_books_nothing_more(self, here):
        caller = Caller(here.desk)
        at = caller.times()
        first, second = caller.client.get(at).context["page"].form["time"].options[-2:]
        confirm = caller.client.post(at, {"time": first.value}).url
        done, given = caller.books(confirm)

        again = caller.client.post(confirm, {**given, "time": second.value}, follow=True)

        assert again.redirect_chain[-1][0] == done.url
        assert "booked already" in text_of(again)
        assert Appointment.objects.count() == 1

    def test_a_time_that_was_just_taken_is_chosen_anew_beside_what_was_typed(self, here):
        caller = Caller(here.desk)
        confirm = caller.takes_a_time()
        page = caller.client.get(confirm).context["page"]
        value = page.form["time"].value()
        somebody_else_takes(here, value)
        given = {"form_key": page.form_key, **ROSA}

        answer = caller.client.post(confirm, {**given, "time": value})
        other = answer.context["page"].form["time"].options[0].value
        done = caller.client.post(confirm, {**given, "time": other})

        assert answer.status_code == 422
        assert "That time was just taken" in text_of(answer)
        assert 'value="Rosa Example"' in text_of(answer)
        assert other != value
        assert done.url.startswith("/clinic/book/done/")

    def test_a_time_that_is_gone_before_its_page_opens_leads_back_to_the_others(self, here):
        caller = Caller(here.desk)
        confirm = caller.takes_a_time()
        somebody_else_takes(here, parse_qs(urlsplit(confirm).query)["time"][0])

        page = caller.client.get(confirm, follow=True)

        assert "That time was just taken" in text_of(page)
        assert page.context["page"].form["time"].options

    def test_what_was_typed_is_shown_as_text(self, here):
        caller = Caller(here.desk)
        answer, _ = caller.books(caller.takes_a_time(), name=HOSTILE[0])

        page = text_of(caller.client.get(answer.url))

        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page

    def test_no_step_can_be_left_out(self, here):
        client = signed_in(here.desk)

        assert client.get(TIMES).url == VISIT
        assert client.get(f"{TIMES}?kind=evaluation&what=pt").url.startswith(ASK)
        assert client.get(f"{CONFIRM}?kind=evaluation&what=pt&time=x").url.startswith(VISIT)
        assert client.get(f"{TIMES}?kind=evaluation&what=pt&asked=x").status_code == 404
        assert client.get(f"{VISIT}?patient={uuid4()}").status_code == 404

    def test_the_wish_for_a_therapist_a_language_and_a_place_without_steps_is_kept(self, here):
        stairs = make_location(here.clinic, "Stairs", step_free=False)
        zoe = make_therapist(stairs, name="Zoe", languages=["en"])

        free = Caller(here.desk, step_free="on")
        chosen = Caller(here.desk, therapist=str(zoe.id))
        spanish = Caller(here.desk, therapist=str(zoe.id), language="es")

        assert "Stairs" not in text_of(free.client.get(free.times()))
        page = text_of(chosen.client.get(chosen.times()))
        assert "Zoe" in page
        assert "Ada" not in page
        assert "Nobody here fits" in text_of(spanish.client.get(spanish.times()))


class TestSomebodyNewWhoIsKnown:
    @pytest.mark.parametrize(
        "same", [{"name": "rosa  example"}, {"telephone": "(212) 555-0199"}, {"email": "ROSA@example.org"}]
    )
    def test_staff_are_asked_whether_it_is_them_and_nothing_typed_is_lost(self, here, same):
        known = make_patient(here.clinic, name="Rosa Example", telephone="2125550199", email="rosa@example.org", age=71)
        other = {"name": "Ben Other", "telephone": "212 555 0123", "email": "ben@example.org"}
        caller = Caller(here.desk)
        confirm = caller.takes_a_time()

        asked, given = caller.books(confirm, **{**other, **same}, note="Ring twice.")
        page = text_of(asked)

        assert asked.status_code == 422
        assert "Is it one of these?" in page
        assert "71 years old" in page
        assert "Ring twice." in page
        assert not Booking.objects.exists()

        done = caller.client.post(confirm, {**given, "who": str(known.id)})
        assert done.status_code == 302
        assert Booking.objects.get().patient_id == known.id
        assert Patient.objects.count() == 1

    def test_somebody_else_of_the_same_name_becomes_a_patient_of_their_own(self, here):
        make_patient(here.clinic, name="Rosa Example", telephone="212 555 0111", email="")
        caller = Caller(here.desk)

        done, _given = caller.books(caller.takes_a_time(), who="new")

        assert done.status_code == 302
        assert Patient.objects.filter(name="Rosa Example").count() == 2

    def test_who_is_known_at_another_clinic_is_not_named(self, here):
        make_patient(make_workplace("south").clinic, name="Rosa Example", telephone="212 555 0199")
        caller = Caller(here.desk)

        done, _given = caller.books(caller.takes_a_time())

        assert done.status_code == 302

    def test_nobody_but_those_who_were_shown_can_be_chosen(self, here):
        make_patient(here.clinic, name="Rosa Example", telephone="212 555 0111", email="")
        stranger = make_patient(here.clinic, name="Ben Other", telephone="212 555 0123", email="")
        caller = Caller(here.desk)

        refused, _given = caller.books(caller.takes_a_time(), who=str(stranger.id))

        assert refused.status_code == 422
        assert not Booking.objects.exists()


class TestDanger:
    @pytest.mark.parametrize("said", ["yes", "not_sure"])
    def test_a_yes_leads_to_the_words_to_say_now_and_books_nothing(self, here, said):
        caller = Caller(here.desk)

        step = caller.answers(caller.asks_for().url, ask_general=said)
        page = text_of(caller.client.get(step.url))

        assert step.url.startswith("/clinic/book/now/")
        assert "stroke" not in step.url
        assert "Call 911" in page
        assert "say you think it is a stroke" in page
        assert "Nothing is booked." in page
        assert not Patient.objects.exists()

    def test_the_answer_is_kept_for_those_who_treat_all_the_same(self, here):
        caller = Caller(here.desk)
        caller.answers(caller.asks_for().url, ask_general="yes")

        told = told_of(fresh(here.pt), Inquiry.objects.get().id)

        assert told.asked_danger == (("ask_general", "yes"),)
        assert told.danger_open
        assert told.relation == "desk"

    def test_it_is_asked_and_said_in_the_language_of_who_calls(self, here):
        caller = Caller(here.desk, language="es")
        ask = caller.asks_for().url

        asked = text_of(caller.client.get(ask))
        said = text_of(caller.client.get(caller.answers(ask, ask_general="yes").url))

        assert "Dolor de pecho" in asked
        assert 'lang="es"' in said
        assert "Llame" in said

    def test_what_belongs_to_the_age_is_asked_too(self, here):
        caller = Caller(here.desk, age="80")
        ask = caller.asks_for().url
        page = text_of(caller.client.get(ask))

        half = caller.answers(ask)
        whole = caller.answers(ask, ask_osteoporosis="no", ask_steroids="no")

        assert 'name="ask_steroids"' in page
        assert half.status_code == 422
        assert "Ask this too: Do you take steroid pills" in text_of(half)
        assert whole.url.startswith(TIMES)

    def test_an_answer_that_leads_to_more_is_asked_on(self, here):
        make_therapist(here.location, age_groups=["child"], name="Kit")
        caller = Caller(here.desk, age="9")
        ask = caller.asks_for().url

        more = caller.answers(ask, ask_child_limp="yes", ask_child_skills="no")
        kept_too_soon = InquiryEntry.objects.exists()
        now = caller.answers(ask, ask_child_limp="yes", ask_child_skills="no", ask_child_hip="yes")

        assert more.status_code == 422
        assert 'name="ask_child_hip"' in text_of(more)
        assert not kept_too_soon
        assert now.url.startswith("/clinic/book/now/")

    def test_an_evaluation_of_a_known_patient_is_asked_about_too_a_follow_up_in_their_treatment_is_not(self, here):
        patient = make_patient(here.clinic)
        visit_of(patient, here.ada, datetime.now(UTC) - timedelta(days=7))

        assert Caller(here.desk).asks_for(patient).url.startswith(ASK)
        assert Caller(here.desk, kind="follow_up").asks_for(patient).url.startswith(TIMES)

    @pytest.mark.parametrize("what", ["ot", "both"])
    def test_who_was_never_here_for_it_is_asked_before_a_follow_up_too(self, here, what):
        patient = make_patient(here.clinic)
        visit_of(patient, here.ada, datetime.now(UTC) - timedelta(days=7))

        assert Caller(here.desk, kind="follow_up", what=what).asks_for(patient).url.startswith(ASK)

    def test_a_cancelled_visit_makes_nobody_known_to_a_discipline(self, here):
        patient = make_patient(here.clinic)
        mark(visit_of(patient, here.ada, datetime.now(UTC) + timedelta(days=7)), "cancelled")

        assert Caller(here.desk, kind="follow_up").asks_for(patient).url.startswith(ASK)
        with pytest.raises(DangerNotAsked):
            book_by_telephone(
                fresh(here.desk),
                replace(call_of(here, kind="follow_up", inquiry_id=None), patient_id=patient.id, person=None),
            )

    def test_answers_about_one_patient_book_nothing_for_another(self, here):
        rosa, ben = make_patient(here.clinic), make_patient(here.clinic, name="Ben Other")
        caller = Caller(here.desk)
        asked = parse_qs(urlsplit(caller.answers(caller.asks_for(rosa).url).url).query)["asked"][0]
        call = replace(call_of(here, kind="evaluation", inquiry_id=UUID(asked)), person=None)

        with pytest.raises(DangerNotAsked):
            book_by_telephone(fresh(here.desk), replace(call, patient_id=ben.id))
        assert book_by_telephone(fresh(here.desk), replace(call, patient_id=rosa.id)).booking_id

    def test_somebody_new_is_asked_before_a_follow_up_too(self, here):
        caller = Caller(here.desk, kind="follow_up")
        unasked = f"{TIMES}?kind=follow_up&what=pt&age=40"

        call = call_of(here, kind="follow_up", inquiry_id=None)

        assert caller.asks_for().url.startswith(ASK)
        assert caller.client.get(unasked).url.startswith(ASK)
        with pytest.raises(DangerNotAsked):
            book_by_telephone(fresh(here.desk), call)
        assert not Booking.objects.exists()

    def test_another_age_in_the_address_is_asked_about_anew(self, here):
        caller = Caller(here.desk)
        at = caller.times().replace("age=40", "age=80")
        page = caller.client.get(at).context["page"]
        confirm = caller.client.post(at, {"time": page.form["time"].options[-1].value}).url

        answer, _ = caller.books(confirm)

        assert answer.url.startswith(ASK)
        assert not Booking.objects.exists()

    def test_a_clinic_that_has_signed_nothing_takes_nobody_by_telephone_either(self, here, settings):
        settings.DEMO = False
        call = call_of(here, kind="evaluation", inquiry_id=None)

        with pytest.raises(ClinicNotLive):
            keep_answers(fresh(here.desk), {"ask_general": Answer.NO}, patient_id=None, age=40, language=Language.EN)
        with pytest.raises(ClinicNotLive):
            book_by_telephone(fresh(here.desk), call)
        assert not Inquiry.objects.exists()
        assert not Booking.objects.exists()

    @pytest.mark.parametrize("age", ["00001234567", "0" * 5000])
    def test_an_age_that_is_none_is_unknown(self, here, age):
        client = signed_in(here.desk)

        assert client.post(f"{ASK}?kind=evaluation&what=pt&age={age}", {"ask_general": "no"}).status_code == 302

        assert InquiryEntry.objects.get(kind="about").data["age"] is None

    def test_where_therapy_may_start_beside_a_doctor_a_therapist_is_asked_to_look(self, here):
        make_therapist(here.location, age_groups=["child"], name="Kit")
        caller = Caller(here.desk, age="9")
        asked = questions_to_ask(age=9, answers={"ask_child_skills": Answer.YES})
        answers = {one.key: "yes" if one.key == "ask_child_skills" else "no" for one in asked}

        caller.books(caller.takes_a_time(**answers))

        assert Booking.objects.count() == 1
        assert Task.objects.filter(kind="read_note", role="pt").exists()

    def test_what_was_told_in_confidence_is_never_printed(self, here):
        answer = signed_in(here.desk).get(say_now(["partner_violence"], Language.EN))

        assert "re-no-print" in text_of(answer)
        assert "partner" not in answer.request["PATH_INFO"]
        assert signed_in(here.desk).get("/clinic/book/now/0000000000-1/").status_code == 404

    def test_danger_in_the_note_books_nothing(self, here):
        caller = Caller(here.desk)

        answer, _ = caller.books(caller.takes_a_time(), note=STROKE)

        assert answer.url.startswith("/clinic/book/now/")
        assert not Booking.objects.exists()
        assert not Patient.objects.exists()

    def test_the_service_itself_refuses_what_was_not_asked_in_this_call(self, here):
        caller = Caller(here.desk)
        caller.answers(caller.asks_for().url, ask_general="yes")
        dangerous = Inquiry.objects.get().id
        _, of_a_visitor = visitor(said="My knee hurts when I walk")
        Inquiry.objects.filter(id=of_a_visitor).update(clinic=here.clinic)
        used = caller.times()
        caller.books(caller.takes_a_time())
        of_another_call = Booking.objects.get().inquiry_id
        old = UUID(parse_qs(urlsplit(used).query)["asked"][0])
        Inquiry.objects.filter(id=old).update(begun_at=datetime.now(UTC) - timedelta(days=2))

        for inquiry_id in (None, dangerous, of_a_visitor, of_another_call, old):
            call = call_of(here, kind="evaluation", inquiry_id=inquiry_id)
            with pytest.raises(DangerNotAsked):
                book_by_telephone(fresh(here.desk), call)

        assert Booking.objects.count() == 1


class TestAKnownPatient:
    def test_the_next_visit_is_a_follow_up_of_its_own_length_and_moves_no_referral(self, here):
        patient = make_patient(here.clinic, telephone="212 555 0111")
        referral = accepted(here, patient)
        caller = Caller(here.desk, kind="follow_up")

        caller.books(caller.takes_a_time(patient), remind=["sms"])

        visit = Appointment.objects.get()
        assert visit.patient_id == patient.id
        assert visit.visit_type.kind == "follow_up"
        assert visit.ends_at - visit.starts_at == timedelta(minutes=30)
        assert referral.statuses.latest("id").state == "accepted"
        patient.refresh_from_db()
        assert (patient.remind_by_email, patient.remind_by_sms) == (False, True)

    def test_a_moved_follow_up_keeps_its_length(self, here):
        patient = make_patient(here.clinic)
        caller = Caller(here.desk, kind="follow_up")
        caller.books(caller.takes_a_time(patient))
        visit = Appointment.objects.get()
        at = f"/clinic/visits/{visit.booking_id}/{visit.id}/move/"

        other = caller.client.get(at).context["page"].form["time"].options[-1].value
        caller.client.post(at, {"time": other})

        moved = Appointment.objects.get(replaces=visit)
        assert moved.ends_at - moved.starts_at == timedelta(minutes=30)

    def test_an_evaluation_takes_the_accepted_referral_further(self, here):
        ReferralRule.objects.update(rule="referral")
        patient = make_patient(here.clinic)
        referral = accepted(here, patient)
        caller = Caller(here.desk)

        caller.books(caller.takes_a_time(patient))

        assert referral.statuses.latest("id").state == "booked"

    def test_of_another_clinic_is_nobody(self, here):
        stranger = make_patient(make_workplace("south").clinic)

        assert Caller(here.desk).asks_for(stranger).status_code == 404


class TestTheReferralRule:
    @pytest.mark.parametrize(
        ("rule", "told"), [(None, "no rule says whether a referral is needed"), ("referral", "a referral is needed")]
    )
    def test_without_a_reason_it_is_refused_and_with_one_the_therapists_read_it(self, here, rule, told):
        ReferralRule.objects.all().delete()
        if rule:
            ReferralRule.objects.create(clinic=here.clinic, discipline="pt", rule=rule)
        caller = Caller(here.desk)
        at = caller.times()
        shown = text_of(caller.client.get(at))
        confirm = caller.client.post(
            at, {"time": caller.client.get(at).context["page"].form["time"].options[-1].value}
        ).url

        refused, _ = caller.books(confirm)
        booked, _ = caller.books(confirm, why="The letter of the practice comes by fax today")

        assert told in shown
        assert refused.status_code == 422
        assert "Write why you book" in text_of(refused)
        assert booked.url.startswith("/clinic/book/done/")
        assert "comes by fax today" in text_of(signed_in(here.pt).get(f"/clinic/patients/{Patient.objects.get().id}/"))
        assert "comes by fax" not in text_of(signed_in(here.desk).get(f"/clinic/patients/{Patient.objects.get().id}/"))

    def test_an_open_referral_is_enough_and_is_shown(self, here):
        ReferralRule.objects.update(rule="referral")
        patient = make_patient(here.clinic)
        refer(here, patient)
        caller = Caller(here.desk)
        at = caller.times(patient)

        page = text_of(caller.client.get(at))
        answer, _ = caller.books(caller.takes_a_time(patient))

        assert "a referral is open" in page
        assert answer.url.startswith("/clinic/book/done/")

    def test_a_referral_with_an_open_danger_stops_it(self, here):
        patient = make_patient(here.clinic)
        refer(here, patient, STROKE)
        caller = Caller(here.desk)

        page = caller.client.get(caller.times(patient))

        assert "a therapist must look at the referral first" in text_of(page)
        assert "stroke" not in text_of(page)
        assert page.context["page"].form is None

    def test_who_is_in_treatment_here_needs_no_new_referral_for_the_next_visit(self, here):
        ReferralRule.objects.update(rule="referral")
        patient = make_patient(here.clinic)
        visit_of(patient, here.ada, datetime.now(UTC) - timedelta(days=7), state="done")
        caller = Caller(here.desk, kind="follow_up")

        page = text_of(caller.client.get(caller.times(patient)))

        assert "a referral is needed" not in page


class TestAfterIt:
    def test_the_clinics_own_texts_are_read_aloud_in_the_language_of_who_comes(self, here):
        ClinicText.objects.create(clinic=here.clinic, key="if_late", en="Call us.", es="Llámenos si llega tarde.")
        caller = Caller(here.desk)
        answer, _ = caller.books(caller.takes_a_time(), spoken="es", email="")

        page = text_of(caller.client.get(answer.url))

        assert "Llámenos si llega tarde." in page
        assert "They gave no e-mail address." in page

    def test_the_pages_stand_in_spanish_too(self, here):
        caller = Caller(here.desk)
        caller.client.cookies["django_language"] = "es"

        with translation.override("es"):
            answer = caller.client.get(caller.times())

        assert 'lang="es"' in text_of(answer)
        assert answer.status_code == 200


def free_choice(free):
    return read(f"{free.therapist_id}~{free.location_id}~{free.starts_at.astimezone(UTC):%Y%m%dT%H%M}")[0]


def somebody_else_takes(here, value):
    actor, inquiry_id = visitor()
    book(
        actor,
        clinic_id=here.clinic.id,
        inquiry_id=inquiry_id,
        person=person(name="Faster Example", telephone="212 555 0142", email="faster@example.org"),
        times=read(value),
        note="",
        form_key=form_key(),
    )


def refer(here, patient, text="Knee replacement, stiff. Please evaluate."):
    made = enter_referral(
        fresh(here.desk),
        person=None,
        patient_id=patient.id,
        disciplines=[Discipline.PT],
        text=text,
        physician_name="Dr. Iris Page",
        physician_contact="Fax 1",
    )
    return made.ids[0]


def accepted(here, patient):
    referral_id = refer(here, patient)
    act_on_referral(fresh(here.desk), referral_id, ReferralAct.CHECK)
    act_on_referral(fresh(here.pt), referral_id, ReferralAct.ACCEPT)
    return Referral.objects.get(id=referral_id)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_whole_call_goes_by_keyboard_and_every_page_is_accessible(browser, live_server, here, scripts):
    context = browser.new_context(java_script_enabled=scripts)
    cookie = signed_in(here.desk).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    desk = Walker(context.new_page(), live_server.url, keyboard=True)
    desk.on_each_page = looks_at if scripts else lambda page: None

    desk.opens("/clinic/schedule/")
    desk.presses("Book by telephone")
    desk.writes("Name, telephone number or e-mail address", "Rosa")
    desk.presses("Find")
    desk.presses("Somebody new")
    desk.presses("Go on")
    assert "Choose what the visit is for." in desk.reads()
    desk.ticks("An evaluation")
    desk.ticks("Physical therapy")
    desk.writes("How old is the person who comes?", "40")
    desk.presses("Go on")
    desk.ticks("No")
    desk.presses("Go on")
    desk.page.get_by_role("radio").last.press("Space")
    desk.presses("Take this time")
    desk.writes("Name of the person who comes", "Rosa Example")
    desk.presses("Book this visit")
    assert "Write a telephone number or an e-mail address." in desk.reads()
    desk.writes("Telephone", "212 555 0199")
    desk.presses("Book this visit")

    assert desk.heading == "It is booked for Rosa Example"
    assert Appointment.objects.count() == 1
    desk.opens(say_now(["stroke_signs", "blackout"], Language.EN))
    assert "Do not book. Say this now." in desk.heading
    context.close()


def looks_at(page):
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        must_be_accessible(page)
