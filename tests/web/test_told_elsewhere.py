"""What is told in confidence (S13) in a doctor's letter, on the telephone, and after a way was opened by its link."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from reable.terms import Discipline
from reable.web.accounts.models import User
from reable.web.records.actor import NotFound
from reable.web.records.models import Booking, Disclosure, InquiryEntry, Message, Patient, Referral, Task
from reable.web.records.selectors.governance import safeguarding_missing
from reable.web.records.selectors.referrals import referral as referral_of
from reable.web.records.selectors.safeguarding import Standing, clinicians_of, disclosure, disclosures
from reable.web.records.services.inquiries import give, make_return_link
from reable.web.records.services.referrals import edit_draft, enter_referral
from reable.web.records.services.safeguarding import note_done, note_seen
from reable.web.records.services.tick import tick
from tests.web.clinic_people import BUTTON, asked, fresh, make_workplace, signed_in, teller, text_of, visit_of
from tests.web.people import form_key, make_clinic, make_member, make_patient, person
from tests.web.test_booking_by_phone import Caller, make_follow_ups
from tests.web.test_way import go_on, say

pytestmark = pytest.mark.django_db
HIT = "My husband hits me"
LETTER = "Please evaluate. Her husband hits her and she is afraid of him. She cannot lift her arm to dress since March."
SAID = ("husband", "hits her", "hits me", "afraid of him", "violence or fear")


@pytest.fixture
def here():
    return make_workplace()


@pytest.fixture
def named(here):
    """The safeguarding clinician: an OT with this role."""
    return make_member(here.clinic, "ot", "safeguarding")


def enter(actor, text=LETTER, **fields):
    made = enter_referral(
        fresh(actor),
        person=person(name="Rosa Example"),
        disciplines=[Discipline.OT],
        text=text,
        physician_name="Dr. Iris Page",
        physician_contact="Fax 1",
        **fields,
    )
    return made.ids[0]


def page_of(referral_id):
    return reverse("clinic:referral", args=[referral_id])


def told(actor, source_id):
    return disclosure(fresh(actor), source_id)


class TestALetter:
    def test_the_named_clinician_reads_it_with_who_it_is_about_and_who_wrote_it(self, here, named):
        referral_id = enter(here.physician)
        client = signed_in(named)

        listed = text_of(client.get("/clinic/safeguarding/"))
        page = text_of(client.get(f"/clinic/safeguarding/{referral_id}/"))

        assert "Rosa Example" in listed
        assert "Violence or fear in the couple" in listed
        assert "<mark>husband hits</mark>" in page
        assert "Dr. Iris Page, Fax 1" in page
        assert "A doctor wrote this." in page
        assert "Somebody else spoke for them" not in page

    def test_the_clinician_is_told_by_a_mail_that_says_nothing_of_it(self, here, named):
        enter(here.desk)
        tick(datetime.now(UTC))

        (sent,) = mail.outbox
        assert sent.to == [User.objects.get(id=named.user_id).email]
        assert not any(word in sent.body for word in (*SAID, "Rosa", "referral"))

    @pytest.mark.parametrize("who", ["pt", "ot", "desk", "boss"])
    def test_the_others_see_what_it_asks_for_and_nothing_of_what_was_told(self, here, named, who):
        referral_id = enter(here.physician)
        client = signed_in(getattr(here, who))

        for address in ("/clinic/referrals/", page_of(referral_id), "/clinic/tasks/?whose=all"):
            shown = text_of(client.get(address)).lower()
            assert not any(word in shown for word in SAID), address
        seen = referral_of(fresh(getattr(here, who)), referral_id)
        assert not seen.text

    def test_a_therapist_learns_whom_to_ask_and_what_is_hard(self, here, named):
        referral_id = enter(here.physician)

        page = text_of(signed_in(here.ot).get(page_of(referral_id)))

        assert "The letter is not shown" in page
        assert f"Ask {clinicians_of(here.clinic.id)[0]} before you decide." in page
        assert "Putting on clothes" in page

    def test_its_physician_reads_their_own_letter_and_it_is_neither_printed_nor_read_aloud(self, here, named):
        referral_id = enter(here.physician)

        page = text_of(signed_in(here.physician).get(page_of(referral_id)))

        assert "hits her" in page
        assert "re-no-print" in page
        assert "by its safeguarding clinician alone" in page

    def test_an_everyday_letter_is_shown_to_therapists_and_is_no_disclosure(self, here, named):
        referral_id = enter(here.physician, "Rotator cuff repair six weeks ago. Please evaluate.")

        assert "Rotator cuff repair" in text_of(signed_in(here.ot).get(page_of(referral_id)))
        assert not Disclosure.objects.exists()

    def test_a_letter_that_was_changed_is_new_again_and_told_once_more(self, here, named):
        referral_id = enter(here.physician, as_draft=True)
        note_seen(fresh(named), referral_id)
        tick(datetime.now(UTC))
        mail.outbox.clear()

        edit_draft(
            fresh(here.physician),
            referral_id,
            person=None,
            discipline=Discipline.OT,
            text=LETTER + " He has a gun.",
            physician_name="Dr. Iris Page",
            physician_contact="Fax 1",
        )
        tick(datetime.now(UTC))

        assert told(named, referral_id).line.standing is Standing.NEW
        assert len(mail.outbox) == 1

    def test_a_draft_that_tells_only_when_it_is_changed_is_found_too(self, here, named):
        referral_id = enter(here.physician, "Rotator cuff repair six weeks ago.", as_draft=True)
        edit_draft(
            fresh(here.physician),
            referral_id,
            person=None,
            discipline=Discipline.OT,
            text=LETTER,
            physician_name="Dr. Iris Page",
            physician_contact="Fax 1",
        )

        assert told(named, referral_id).told.words == LETTER

    def test_what_was_done_is_kept_and_closes_it(self, here, named):
        referral_id = enter(here.physician)
        client = signed_in(named)

        client.post(f"/clinic/safeguarding/{referral_id}/", {"text": "Spoke with her alone.", "standing": "help_found"})

        assert told(named, referral_id).line.standing is Standing.CLOSED

    def test_the_visits_of_the_person_are_shown(self, here, named):
        referral_id = enter(here.physician)
        visit_of(Referral.objects.get(id=referral_id).patient, here.omar, datetime.now(UTC) + timedelta(days=2))

        assert [one.discipline for one in told(named, referral_id).visits] == [Discipline.OT]

    def test_once_the_patient_is_erased_only_what_was_done_stays(self, here, named):
        untouched, touched = enter(here.physician), enter(here.physician)
        note_done(fresh(named), touched, "Spoke with her alone.")

        Patient.objects.update(erased_at=datetime.now(UTC))

        assert [line.source_id for line in disclosures(fresh(named)).lines] == [touched]
        assert told(named, touched).told is None
        assert told(named, touched).line.names == ()
        with pytest.raises(NotFound):
            told(named, untouched)

    def test_another_clinic_finds_nothing(self, here, named):
        referral_id = enter(here.physician)
        other = make_member(make_clinic("south"), "pt", "safeguarding")

        with pytest.raises(NotFound):
            told(other, referral_id)

    def test_the_database_keeps_none_without_a_source_and_none_with_two(self, here):
        referral_id = enter(here.physician)
        inquiry_id = asked(here.clinic, BUTTON, finished=False)

        for source in ({}, {"inquiry_id": inquiry_id, "referral_id": referral_id}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Disclosure.objects.create(clinic=here.clinic, since=datetime.now(UTC), **source)


class TestTheTelephone:
    def test_what_the_desk_wrote_down_is_kept_for_the_clinician_alone_with_the_name(self, here, named):
        caller = Caller(here.desk)
        stopped, _given = caller.books(caller.takes_a_time(), note=HIT)

        said = text_of(caller.client.get(stopped.url))

        assert "Do not book yet" in said
        assert "say nothing aloud" in said
        assert f"Tell {clinicians_of(here.clinic.id)[0]} at once, and nobody else." in said
        (line,) = disclosures(fresh(named)).lines
        assert line.names == ("Rosa Example",)
        assert HIT in told(named, line.source_id).told.words
        assert not Booking.objects.exists()
        assert not Task.objects.exists()
        for address in (stopped.url, "/clinic/people/", f"/clinic/people/{line.source_id}/", "/clinic/schedule/"):
            shown = text_of(signed_in(here.pt).get(address)).lower()
            assert "hits" not in shown, address

    def test_it_is_kept_for_a_known_patient_on_a_follow_up_that_was_not_asked_about(self, here, named):
        patient = make_patient(here.clinic, name="Ben Other")
        visit_of(patient, here.ada, datetime.now(UTC) - timedelta(days=7))
        make_follow_ups(here.clinic)
        caller = Caller(here.desk, kind="follow_up")
        confirm = caller.takes_a_time(patient)

        caller.books(confirm, note="His wife hits him.", remind=["email"])

        (line,) = disclosures(fresh(named)).lines
        assert line.names == ("Ben Other",)
        assert [one.discipline for one in told(named, line.source_id).visits] == [Discipline.PT]
        assert Booking.objects.count() == 1  # the visit of last week

    def test_help_at_once_is_still_read_aloud_where_life_is_in_danger(self, here, named):
        caller = Caller(here.desk)
        stopped, _given = caller.books(caller.takes_a_time(), note="My husband strangled me last night")

        said = text_of(caller.client.get(stopped.url))

        assert "Do not book. Say this now." in said
        assert "Call 911" in said
        assert len(disclosures(fresh(named)).lines) == 1

    def test_another_danger_is_not_kept_as_a_disclosure(self, here, named):
        caller = Caller(here.desk)
        caller.books(caller.takes_a_time(), note="His face droops since this morning and the arm is weak.")

        assert not Disclosure.objects.exists()
        assert not Patient.objects.exists()

    def test_the_page_that_asks_says_what_to_do_with_it(self, here, named):
        caller = Caller(here.desk)

        page = text_of(caller.client.get(caller.asks_for().url))

        assert "If they tell you of abuse, violence or neglect" in page
        assert f"Tell {clinicians_of(here.clinic.id)[0]} at once, and nobody else." in page

    def test_where_nobody_is_named_the_page_says_so(self, here):
        caller = Caller(here.desk)

        assert "Nobody is named as the safeguarding clinician" in text_of(caller.client.get(caller.asks_for().url))

    def test_wishes_for_reminders_do_not_stay_where_nothing_is_booked(self, here, named):
        patient = make_patient(here.clinic, email="ben@example.org", remind_by_email=False)
        visit_of(patient, here.ada, datetime.now(UTC) - timedelta(days=7))
        make_follow_ups(here.clinic)
        caller = Caller(here.desk, kind="follow_up")

        caller.books(
            caller.takes_a_time(patient), note="My chest feels crushed and I cannot breathe.", remind=["email"]
        )

        patient.refresh_from_db()
        assert not patient.remind_by_email


class TestANoteWithABooking:
    def books(self, here, note):
        browser = Client()
        browser.get(f"/at/{here.clinic.slug}/")
        way = go_on(browser, say(browser, BUTTON)["Location"]).replace("recommendation/", "")
        times = browser.post(f"{way}book/", {"age": "40", "language": "any"})["Location"]
        time = browser.get(times).context["page"].form["time"].options[-1].value
        contact = browser.post(times, {"time": time})["Location"]
        given = {"name": "Rosa Example", "telephone": "212 555 0199", "email": "", "note": note, "form_key": form_key()}
        answer = browser.post(contact, given)
        return browser, answer, UUID(way.split("/")[2])

    def test_of_abuse_is_kept_for_the_clinician_and_contact_is_asked_about_though_nothing_is_booked(self, here, named):
        browser, answer, inquiry_id = self.books(here, HIT)

        assert answer["Location"].startswith("/help/en/")
        assert HIT in told(named, inquiry_id).told.words
        assert b'name="address"' in browser.get("/reach/").content
        assert not Booking.objects.exists()
        assert not Patient.objects.exists()

    def test_of_another_danger_keeps_nothing(self, here, named):
        _browser, answer, _inquiry_id = self.books(here, "His face droops since this morning and the arm is weak.")

        assert answer["Location"].startswith("/help/en/")
        assert not Disclosure.objects.exists()
        assert not InquiryEntry.objects.filter(kind="addition").exists()


class TestABrowserThatCameByALink:
    def came(self, here, said=BUTTON):
        inquiry_id = asked(here.clinic, said, finished=False)
        browser = Client()
        browser.get(f"/back/{make_return_link(teller(inquiry_id), inquiry_id)}/")
        return inquiry_id, browser

    def test_sees_the_way_as_long_as_its_link_opens_it(self, here):
        inquiry_id, browser = self.came(here)
        address = reverse("portal:understood", args=[inquiry_id])
        assert browser.get(address).status_code == 200

        make_return_link(teller(inquiry_id), inquiry_id)

        assert browser.get(address).status_code == 404

    @pytest.mark.parametrize("with_clinic", [True, False])
    def test_sees_nothing_once_something_was_told_in_confidence_elsewhere(self, here, named, with_clinic):
        inquiry_id = asked(here.clinic if with_clinic else None, BUTTON, finished=False)
        browser = Client()
        browser.get(f"/back/{make_return_link(teller(inquiry_id), inquiry_id)}/")

        give(teller(inquiry_id), inquiry_id, ("addition", {"text": HIT}))

        for name in ("understood", "danger", "recommendation", "link", "erase"):
            assert browser.get(reverse(f"portal:{name}", args=[inquiry_id])).status_code == 404, name
        assert "How to reach you" in text_of(browser.get("/reach/"))
        assert b'name="address"' not in browser.get("/reach/").content

    def test_who_tells_it_there_stays_on_their_way(self, here, named):
        inquiry_id, browser = self.came(here)

        browser.post(reverse("portal:understood", args=[inquiry_id]), {"text": HIT})

        assert browser.get(reverse("portal:understood", args=[inquiry_id])).status_code in (200, 302)
        assert b'name="address"' in browser.get("/reach/").content

    def test_who_makes_a_new_link_there_goes_on_with_it(self, here):
        inquiry_id, browser = self.came(here)

        browser.post(reverse("portal:link", args=[inquiry_id]))

        assert browser.get(reverse("portal:understood", args=[inquiry_id])).status_code == 200

    def test_the_browser_in_which_it_was_told_needs_no_link(self, here):
        browser = Client()
        begun = browser.post("/", {"statement": BUTTON, "goal": "", "whom": "me"})
        inquiry_id = begun.url.split("/")[2]
        browser.post(reverse("portal:link", args=[inquiry_id]))
        browser.post(reverse("portal:link", args=[inquiry_id]), {"end": "1"})

        assert browser.get(reverse("portal:understood", args=[inquiry_id])).status_code == 200


class TestANamedClinicianWhoCannotSignIn:
    def test_counts_as_nobody(self, here, named):
        assert "safeguarding_clinician" not in safeguarding_missing(here.clinic.id)

        User.objects.filter(id=named.user_id).update(is_active=False)
        enter(here.physician)

        assert "safeguarding_clinician" in safeguarding_missing(here.clinic.id)
        assert clinicians_of(here.clinic.id) == ()
        assert not Message.objects.exists()
