"""What is told in confidence (S13): who alone sees it, what they keep, who is told of it, and that nothing leaks."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client, override_settings

from reable.terms import Discipline
from reable.web.accounts.models import Membership, User
from reable.web.accounts.services import NotATherapist, accept, invite, revoke_membership
from reable.web.accounts.services.invitations import digest_of
from reable.web.records.actor import NotFound
from reable.web.records.models import (
    AccessEntry,
    ClinicText,
    Disclosure,
    DisclosureAct,
    Inquiry,
    InquiryEntry,
    Message,
    SafeContact,
    Task,
)
from reable.web.records.selectors.safeguarding import Standing, disclosure, disclosures
from reable.web.records.services.decisions import Cleared, Verdict, Wanted, decide
from reable.web.records.services.inquiries import erase_inquiry, give, make_return_link
from reable.web.records.services.safeguarding import (
    BadNote,
    BadSafeContact,
    Outcome,
    SafeWay,
    Way,
    keep_safe_contact,
    note_done,
    note_seen,
)
from reable.web.records.services.tick import tick
from tests.web.clinic_people import BUTTON, HIT, asked, book_for, fresh, make_workplace, signed_in, teller, text_of
from tests.web.people import make_member

pytestmark = pytest.mark.django_db
LIST = "/clinic/safeguarding/"
SAID = ("husband", "hits me")
GUARDED = (*SAID, "violence", "confidence")
DAY_AND_MORE = timedelta(hours=25)


@pytest.fixture
def here():
    return make_workplace()


@pytest.fixture
def named(here):
    """The safeguarding clinician: an OT with this role."""
    return make_member(here.clinic, "ot", "safeguarding")


def lines(actor, **fields):
    return disclosures(fresh(actor), **fields).lines


def make_old(inquiry_id, hours):
    """Let what was told have been told so many hours ago."""
    at = datetime.now(UTC) - timedelta(hours=hours)
    Disclosure.objects.filter(inquiry_id=inquiry_id).update(since=at)
    InquiryEntry.objects.filter(inquiry_id=inquiry_id).update(at=at)


class TestWhoSeesIt:
    def test_the_named_clinician_reads_what_was_told_by_whom_and_when(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False, age=34)
        client = signed_in(named)

        listed, page = text_of(client.get(LIST)), text_of(client.get(f"{LIST}{inquiry_id}/"))

        assert "Violence or fear in the couple" in listed
        assert "husband" not in listed  # the words stand on the page of the one person only
        assert "My shoulder hurts when I reach up" in page
        assert "<mark>My husband hits" in page
        for fact in ("The person", "34", "English", "Not given yet: nothing is booked"):
            assert fact in page

    def test_to_everybody_else_there_is_no_such_page_and_nothing_in_the_navigation(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        missing = signed_in(here.boss).get("/clinic/nothing/here/")

        for actor in (here.pt, here.ot, here.desk, here.boss, here.physician):
            client = signed_in(actor)
            for address in (LIST, f"{LIST}{inquiry_id}/", f"{LIST}{uuid4()}/"):
                answer = client.get(address)
                assert answer.status_code == missing.status_code == 404
                assert not any(word in text_of(answer).lower() for word in GUARDED)
            assert client.post(f"{LIST}{inquiry_id}/", {"seen": "yes"}).status_code == 404
            assert LIST not in text_of(client.get("/clinic/referrals/"))
            with pytest.raises(NotFound):
                disclosures(fresh(actor))
            with pytest.raises(NotFound):
                note_seen(fresh(actor), inquiry_id)
        assert LIST in text_of(signed_in(named).get("/clinic/referrals/"))
        assert not DisclosureAct.objects.exists()

    def test_who_did_not_sign_in_is_asked_to(self, here):
        assert Client().get(LIST).status_code == 302

    def test_the_role_alone_without_a_therapists_is_not_enough(self, here):
        asked(here.clinic, HIT, finished=False)
        bare = make_member(here.clinic, "front_desk", "safeguarding")

        assert signed_in(bare).get(LIST).status_code == 404

    def test_another_clinic_and_a_way_on_no_clinics_link_stay_unseen(self, here, named):
        elsewhere = make_workplace("south")
        foreign = asked(elsewhere.clinic, HIT, finished=False)
        asked(None, HIT, finished=False)

        assert lines(named) == ()
        assert signed_in(named).get(f"{LIST}{foreign}/").status_code == 404
        assert Disclosure.objects.count() == 1

    def test_what_was_begun_elsewhere_is_seen_once_more_is_told_after_booking_here(self, here, named):
        inquiry_id = asked(None, BUTTON)
        book_for(here.clinic, inquiry_id, "Rosa Example")
        assert lines(named) == ()

        give(teller(inquiry_id), inquiry_id, ("addition", {"text": "My husband hits me"}))

        (line,) = lines(named)
        assert (line.source_id, line.names) == (inquiry_id, ("Rosa Example",))
        page = text_of(signed_in(named).get(f"{LIST}{inquiry_id}/"))
        assert "PT, Ada" in page or "OT, Omar" in page

    def test_an_everyday_trouble_is_no_disclosure(self, here, named):
        asked(here.clinic, BUTTON)

        assert lines(named) == ()
        assert "Nobody has told us anything of this kind" in text_of(signed_in(named).get(LIST))

    def test_each_look_leaves_a_row_of_the_audit(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        book_for(here.clinic, inquiry_id, "Rosa Example")

        signed_in(named).get(LIST)
        signed_in(named).get(f"{LIST}{inquiry_id}/")

        rows = AccessEntry.objects.order_by("-id")[:2]
        assert {row.act for row in rows} == {"clinic:safeguarding", "clinic:disclosure"}
        assert all(row.inquiries == [str(inquiry_id)] and len(row.patients) == 1 for row in rows)

    def test_it_is_neither_printed_nor_read_aloud(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)

        for address in (LIST, f"{LIST}{inquiry_id}/"):
            page = text_of(signed_in(named).get(address))
            assert "re-no-print" in page
            assert "data-private" in page
            assert "data-read-aloud" not in page

    def test_words_stay_text(self, here, named):
        inquiry_id = asked(here.clinic, f"{HIT} <script>alert(1)</script>", finished=False)

        assert "<script>alert(1)" not in text_of(signed_in(named).get(f"{LIST}{inquiry_id}/"))

    def test_who_speaks_for_somebody_is_told_apart(self, here, named):
        inquiry_id = asked(
            here.clinic, "My brother hits our mother and locks her in", finished=False, relation="parent", agrees="no"
        )

        page = text_of(signed_in(named).get(f"{LIST}{inquiry_id}/"))

        assert "Somebody else spoke for them" in page
        assert "does not know or does not agree" in page


class TestTheOrder:
    def test_what_waits_longest_unseen_rises_then_the_new_the_open_and_the_closed(self, here, named):
        closed, opened, new, late = (asked(here.clinic, HIT, finished=False) for _ in range(4))
        for inquiry_id in (closed, opened):
            note_seen(fresh(named), inquiry_id)
        note_done(fresh(named), closed, "Reported on Monday.", outcome=Outcome.REPORTED)
        make_old(late, 25)

        found = lines(named)

        assert [line.source_id for line in found] == [late, new, opened, closed]
        assert [line.standing for line in found] == [Standing.LATE, Standing.NEW, Standing.OPEN, Standing.CLOSED]
        assert "Nobody has looked for more than a day" in text_of(signed_in(named).get(LIST))

    def test_what_somebody_has_looked_at_is_not_late(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        note_seen(fresh(named), inquiry_id)

        (line,) = lines(named, now=datetime.now(UTC) + DAY_AND_MORE)

        assert line.standing is Standing.OPEN

    def test_more_that_is_told_makes_it_new_again_also_when_closed(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        note_done(fresh(named), inquiry_id, "Spoke with her.", outcome=Outcome.NO_REPORT)
        assert lines(named)[0].standing is Standing.CLOSED

        give(teller(inquiry_id), inquiry_id, ("addition", {"text": "He has a knife now"}))

        assert lines(named)[0].standing is Standing.NEW

    def test_many_are_shown_in_pages(self, here, named):
        for _ in range(21):
            asked(here.clinic, HIT, finished=False)
        client = signed_in(named)

        assert text_of(client.get(LIST)).count("cl-card__name") == 20
        assert text_of(client.get(LIST, {"page": "2"})).count("cl-card__name") == 1


class TestWhatWasDone:
    def test_seen_noted_and_closed_are_kept_with_who_and_when(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        client, address = signed_in(named), f"{LIST}{inquiry_id}/"
        assert "I have seen it" in text_of(client.get(address))

        answers = [
            client.post(address, {"seen": "yes"}),
            client.post(address, {"text": "Called the county line on 3 March.", "standing": "open"}),
            client.post(address, {"text": "They took it over.", "standing": "reported"}),
        ]

        assert {(one.status_code, one["Location"]) for one in answers} == {(302, address)}
        acts = DisclosureAct.objects.order_by("id")
        assert [(one.kind, one.outcome) for one in acts] == [("seen", ""), ("note", ""), ("closed", "reported")]
        assert {one.by_id for one in acts} == {named.user_id}
        page = text_of(client.get(address))
        assert "Called the county line on 3 March." in page
        assert "Closed: reported, as our local steps say" in page
        assert "I have seen it" not in page

    def test_what_was_told_after_the_page_was_opened_is_not_seen_with_it(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        client, at = signed_in(named), f"{LIST}{inquiry_id}/"
        opened = client.get(at)
        read = opened.context["page"].read
        give(teller(inquiry_id), inquiry_id, ("addition", {"text": "He has a knife now"}))
        note = {"text": "Called the police.", "standing": "reported"}

        looked = client.post(at, {"seen": "yes", "read": read}, follow=True)
        noted = client.post(at, {**note, "read": read})

        assert f'name="read" value="{read}"' in text_of(opened)
        assert "He has a knife now" in re.sub(r"</?mark[^>]*>", "", text_of(looked))
        assert noted.status_code == 422
        for page in (looked, noted):
            assert "More was told on" in text_of(page)
        assert "Called the police." in text_of(noted)
        assert not DisclosureAct.objects.exists()
        assert client.post(at, {**note, "read": noted.context["page"].read}).status_code == 302
        assert lines(named)[0].standing is Standing.CLOSED

    def test_a_note_without_a_word_is_refused_and_nothing_typed_is_lost(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        client, address = signed_in(named), f"{LIST}{inquiry_id}/"

        empty = client.post(address, {"text": " ", "standing": "reported"})
        undecided = client.post(address, {"text": "Called the county line."})

        assert (empty.status_code, undecided.status_code) == (422, 422)
        assert "Write what was done, by whom and on which day." in text_of(empty)
        assert "Called the county line." in text_of(undecided)
        assert "Choose whether it stays open, or how it ended." in text_of(undecided)
        with pytest.raises(BadNote):
            note_done(fresh(named), inquiry_id, " ")
        assert not DisclosureAct.objects.exists()

    def test_a_closed_one_can_be_opened_again_by_a_note(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        note_done(fresh(named), inquiry_id, "Not reached.", outcome=Outcome.NOT_REACHED)

        note_done(fresh(named), inquiry_id, "She called back.")

        assert lines(named)[0].standing is Standing.OPEN

    def test_the_database_keeps_no_ending_without_a_word(self, here, named):
        asked(here.clinic, HIT, finished=False)
        row = Disclosure.objects.get()
        given = {"disclosure": row, "by_id": named.user_id, "at": datetime.now(UTC)}

        for wrong in ({"kind": "closed", "text": "x"}, {"kind": "note"}, {"kind": "forgot", "text": "x"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                DisclosureAct.objects.create(**given, **wrong)

    def test_deleting_what_one_told_leaves_only_what_the_clinician_did(self, here, named):
        untouched, touched = (asked(here.clinic, HIT, finished=False) for _ in range(2))
        keep_safe_contact(teller(touched), touched, SafeWay(way=Way.CALL, address="555 0164", when=""))
        note_done(fresh(named), touched, "Gave her the number of the shelter.")

        for inquiry_id in (untouched, touched):
            erase_inquiry(teller(inquiry_id), inquiry_id)

        assert [line.source_id for line in lines(named)] == [touched]
        page = text_of(signed_in(named).get(f"{LIST}{touched}/"))
        assert "What was told has been deleted since" in page
        assert "Gave her the number of the shelter." in page
        assert not any(word in page for word in ("hits me", "555 0164", "Violence"))
        assert not SafeContact.objects.exists()
        assert signed_in(named).get(f"{LIST}{untouched}/").status_code == 404

    def test_what_is_forgotten_after_its_time_is_not_shown(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        Inquiry.objects.update(expires_at=datetime.now(UTC) - timedelta(minutes=1))

        assert lines(named) == ()
        with pytest.raises(NotFound):
            disclosure(fresh(named), inquiry_id)


class TestTheSteps:
    def test_the_clinics_own_steps_stand_on_top(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        ClinicText.objects.create(clinic=here.clinic, key="safeguarding", en="Call Ana first.", es="Llame a Ana.")

        for address in (LIST, f"{LIST}{inquiry_id}/"):
            page = text_of(signed_in(named).get(address))
            assert 0 < page.index("Call Ana first.") < page.rindex("</h2>")

    def test_missing_steps_are_said(self, here, named):
        assert "has not written its local steps yet" in text_of(signed_in(named).get(LIST))

    def test_a_manager_reads_what_is_missing_whether_or_not_anybody_told(self, here):
        client = signed_in(here.boss)
        addresses = ("/clinic/overview/", "/clinic/texts/")
        before = [text_of(client.get(address)) for address in addresses]
        asked(here.clinic, HIT, finished=False)

        after = [text_of(client.get(address)) for address in addresses]

        for page in (*before, *after):
            assert "Nobody is named as the safeguarding clinician." in page
            assert "The local steps when somebody tells of abuse or neglect are not written." in page
        assert [one.count("safeguarding") for one in before] == [one.count("safeguarding") for one in after]

    def test_nothing_is_said_once_both_are_there(self, here, named):
        ClinicText.objects.create(clinic=here.clinic, key="safeguarding", en="Call Ana first.", es="Llame a Ana.")

        assert "Before you take people" not in text_of(signed_in(here.boss).get("/clinic/overview/"))


class TestTheMessage:
    def test_the_clinician_gets_one_mail_without_name_or_content(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        give(teller(inquiry_id), inquiry_id, ("goal", {"text": "I want to reach up"}))

        tick(datetime.now(UTC))
        tick(datetime.now(UTC))

        (sent,) = mail.outbox
        assert sent.to == [User.objects.get(id=named.user_id).email]
        assert sent.subject == "There is something new for you on Reable"
        told = f"{sent.subject} {sent.body}".lower()
        assert "/account/login/" in told
        for word in (*GUARDED, "abuse", "safeguard", "disclos", "rosa", "north", str(inquiry_id), "patient"):
            assert word not in told

    def test_nobody_else_is_told_and_nothing_becomes_a_task(self, here, named):
        asked(here.clinic, HIT, finished=False)

        tick(datetime.now(UTC))

        assert [one.to for one in mail.outbox] == [[User.objects.get(id=named.user_id).email]]
        assert not Task.objects.exists()

    def test_more_that_is_told_is_told_again_only_after_a_look(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        more = ("addition", {"text": "He took my phone"})
        give(teller(inquiry_id), inquiry_id, more)
        assert Message.objects.count() == 1

        note_seen(fresh(named), inquiry_id)
        give(teller(inquiry_id), inquiry_id, more)
        give(teller(inquiry_id), inquiry_id, more)

        assert Message.objects.count() == 2

    def test_what_nobody_looked_at_for_a_day_is_told_once_more(self, here, named):
        asked(here.clinic, HIT, finished=False)
        now = datetime.now(UTC)

        for later in (timedelta(), DAY_AND_MORE, DAY_AND_MORE * 2):
            tick(now + later)

        assert len(mail.outbox) == 2

    def test_what_was_told_after_a_look_is_told_once_more_too(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        note_seen(fresh(named), inquiry_id)
        give(teller(inquiry_id), inquiry_id, ("addition", {"text": "He hit me again"}))
        before, now = Message.objects.count(), datetime.now(UTC)

        for later in (timedelta(), DAY_AND_MORE, DAY_AND_MORE * 2):
            tick(now + later)

        assert Message.objects.count() == before + 1

    def test_what_was_looked_at_is_not_told_again(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        note_seen(fresh(named), inquiry_id)
        before = Message.objects.count()

        tick(datetime.now(UTC) + DAY_AND_MORE)

        assert Message.objects.count() == before

    def test_who_is_named_later_is_told_by_the_next_tick(self, here):
        asked(here.clinic, HIT, finished=False)
        tick(datetime.now(UTC))
        assert not mail.outbox

        make_member(here.clinic, "pt", "safeguarding")
        tick(datetime.now(UTC))

        assert len(mail.outbox) == 1

    def test_who_has_the_role_no_more_is_told_nothing(self, here, named):
        asked(here.clinic, HIT, finished=False)
        Membership.objects.filter(user_id=named.user_id, role="safeguarding").update(revoked_at=datetime.now(UTC))

        tick(datetime.now(UTC))

        assert not mail.outbox

    def test_a_mail_that_cannot_be_sent_gives_the_front_desk_no_task(self, here, named):
        asked(here.clinic, HIT, finished=False)
        Message.objects.update(tries=10)

        with override_settings(EMAIL_BACKEND="tests.web.test_reminders.BrokenMail"):
            done = tick(datetime.now(UTC))

        assert done.given_up == 1
        assert not Task.objects.exists()


class TestNaming:
    def test_a_therapist_is_invited_on_the_staff_page_and_takes_it_up(self, here):
        email = User.objects.get(id=here.pt.user_id).email
        client = signed_in(here.boss)

        answer = client.post("/clinic/staff/", {"email": email, "role": "safeguarding"}, follow=True)

        assert "The invitation is sent." in text_of(answer)
        assert "Safeguarding clinician" in text_of(answer)

    def test_who_is_no_therapist_there_is_refused_with_words_that_teach(self, here):
        email = User.objects.get(id=here.desk.user_id).email

        answer = signed_in(here.boss).post("/clinic/staff/", {"email": email, "role": "safeguarding"})

        assert answer.status_code == 422
        assert "must be a physical or occupational therapist of this clinic" in text_of(answer)
        with pytest.raises(NotATherapist) as refused:
            invite(fresh(here.boss), "new@example.org", "safeguarding")
        assert "Invite them as a therapist first." in str(refused.value)

    def test_a_therapist_of_another_clinic_is_refused(self, here):
        email = User.objects.get(id=make_workplace("south").pt.user_id).email

        with pytest.raises(NotATherapist):
            invite(fresh(here.boss), email, "safeguarding")

    def test_the_invitation_ends_with_the_work_as_a_therapist(self, here):
        user = User.objects.get(id=here.pt.user_id)
        invited = invite(fresh(here.boss), user.email, "safeguarding")
        here.clinic.invitations.filter(id=invited.id).update(digest=digest_of("secret"))
        Membership.objects.filter(user=user).update(revoked_at=datetime.now(UTC))

        with pytest.raises(NotFound):
            accept("secret", by=user.id)

    def test_the_role_is_taken_up_and_ends_with_the_last_role_as_a_therapist(self, here):
        user = User.objects.get(id=here.pt.user_id)
        invited = invite(fresh(here.boss), user.email, "safeguarding")
        here.clinic.invitations.filter(id=invited.id).update(digest=digest_of("secret"))
        accept("secret", by=user.id)
        assert signed_in(here.pt).get(LIST).status_code == 200

        revoke_membership(fresh(here.boss), Membership.objects.get(user=user, role="pt").id)

        assert not Membership.objects.filter(user=user, revoked_at__isnull=True).exists()
        assert signed_in(here.pt).get(LIST).status_code in (403, 404)


class TestSafeContact:
    def way_here(self, here, said=HIT):
        """Somebody begins on the clinic's link and tells something, in a browser."""
        client = Client()
        client.get(f"/at/{here.clinic.slug}/")
        answer = client.post("/", {"statement": said, "goal": "", "whom": "me"})
        return client, answer["Location"]

    def test_the_danger_page_leads_to_the_question_and_the_answer_is_seen_by_the_clinician_only(self, here, named):
        client, danger = self.way_here(here)
        page = text_of(client.get(danger))
        assert 'href="/reach/"' in page
        assert "The clinic has not been told" not in page
        given = {"safe": "yes", "way": "call", "address": "555 010 4477", "when": "Before noon. Say: the library."}

        answer = client.post("/reach/", given)

        assert (answer.status_code, answer["Location"]) == (302, "/reach/?kept=1")
        again = text_of(client.get("/reach/?kept=1"))
        assert "We have your answer" in again
        assert "555 010 4477" not in again  # it is never played back
        inquiry_id = Inquiry.objects.get().id
        seen = text_of(signed_in(named).get(f"{LIST}{inquiry_id}/"))
        assert "555 010 4477" in seen
        assert "Before noon. Say: the library." in seen
        for actor in (here.pt, here.ot):
            assert "555 010 4477" not in text_of(signed_in(actor).get(f"/clinic/people/{inquiry_id}/"))

    def test_no_is_an_answer_and_the_latest_counts(self, here, named):
        client, _danger = self.way_here(here)
        client.post("/reach/", {"safe": "yes", "way": "email", "address": "me@example.org", "when": ""})

        client.post("/reach/", {"safe": "no", "way": "email", "address": "me@example.org", "when": "x"})

        page = text_of(signed_in(named).get(f"{LIST}{Inquiry.objects.get().id}/"))
        assert "do not contact me about this" in page
        assert "me@example.org" not in page

    def test_what_they_gave_to_book_is_not_shown_while_nobody_said_that_contact_is_safe(self, here, named):
        inquiry_id = asked(here.clinic, HIT, finished=False)
        row = book_for(here.clinic, inquiry_id, "Rosa Example")
        row.patient.telephone = "555 0199"
        row.patient.save()

        page = text_of(signed_in(named).get(f"{LIST}{inquiry_id}/"))

        assert "Rosa Example" in page
        assert "They have not said. Do not call or write to them about this." in page
        assert "555 0199" not in page
        assert row.patient.email not in page

    @pytest.mark.parametrize(
        ("given", "told"),
        [
            ({}, "Choose yes or no."),
            ({"safe": "yes"}, "Choose which way is safe."),
            ({"safe": "yes", "way": "call"}, "Write the number or the e-mail address."),
            ({"safe": "yes", "way": "call", "address": "me@"}, "Write the whole number"),
            ({"safe": "yes", "way": "email", "address": "555 0100"}, "Write the whole number"),
        ],
    )
    def test_what_cannot_be_used_is_said_and_not_lost(self, here, given, told):
        client, _danger = self.way_here(here)

        answer = client.post("/reach/", given)

        assert answer.status_code == 422
        assert told in text_of(answer)
        assert given.get("address", "") in text_of(answer)
        assert not SafeContact.objects.exists()

    def test_where_no_clinic_can_see_it_nothing_is_asked(self, here):
        client = Client()
        client.post("/", {"statement": HIT, "goal": "", "whom": "me"})

        for answer in (client.get("/reach/"), client.post("/reach/", {"safe": "no"}), Client().get("/reach/")):
            assert answer.status_code == 200
            assert "No clinic can see what you told us" in text_of(answer)
        assert not SafeContact.objects.exists()

    def test_it_is_asked_only_where_something_was_told_in_confidence(self, here):
        client, _address = self.way_here(here, said=BUTTON)

        assert 'name="safe"' not in text_of(client.get("/reach/"))
        inquiry_id = asked(here.clinic, BUTTON)
        with pytest.raises(NotFound):
            keep_safe_contact(teller(inquiry_id), inquiry_id, None)

    def test_the_service_checks_the_way_itself_and_names_no_value(self, here):
        inquiry_id = asked(here.clinic, HIT, finished=False)

        with pytest.raises(BadSafeContact) as bad:
            keep_safe_contact(teller(inquiry_id), inquiry_id, SafeWay(way=Way.TEXT, address="none", when="x" * 301))

        assert bad.value.fields == ("address", "when")
        assert "none" not in str(bad.value)

    def test_a_link_that_was_made_before_ends_when_something_is_told_in_confidence(self, here, named):
        """Who has it may be the one who harms: they learn nothing, and never say how contact is safe."""
        inquiry_id = asked(here.clinic, BUTTON, finished=False)
        secret = make_return_link(teller(inquiry_id), inquiry_id)
        assert Client().get(f"/back/{secret}/").status_code == 302

        give(teller(inquiry_id), inquiry_id, ("addition", {"text": "My husband hits me"}))

        helper = Client()
        assert helper.get(f"/back/{secret}/").status_code == 404
        helper.post("/reach/", {"safe": "yes", "way": "call", "address": "212 555 0666", "when": ""})
        assert not SafeContact.objects.exists()

    def test_nobody_answers_for_somebody_elses_inquiry(self, here):
        inquiry_id = asked(here.clinic, HIT, finished=False)

        with pytest.raises(NotFound):
            keep_safe_contact(teller(uuid4()), inquiry_id, None)


def test_nothing_of_it_stands_on_any_other_page_of_the_clinic(here, named):
    """A booked person who told it, with a decision past it: every page of every role is looked through."""
    inquiry_id = asked(here.clinic, HIT, name="Rosa Example")
    wanted = Wanted(
        discipline=Discipline.PT,
        verdict=Verdict.ACCEPTED,
        last_entry=InquiryEntry.objects.filter(inquiry_id=inquiry_id).order_by("-id").values_list("id", flat=True)[0],
        cleared=Cleared(who="Dr. Example", on=datetime(2026, 3, 1, tzinfo=UTC).date(), how="Spoke with her alone."),
    )
    decide(fresh(here.pt), inquiry_id, wanted)
    patient = here.clinic.patients.get()
    pages = (
        "people/",
        "people/?stage=decided",
        f"people/{inquiry_id}/",
        "schedule/",
        "tasks/",
        "waiting/",
        "overview/",
    )
    pages += ("overview/decisions/", "referrals/", f"patients/{patient.id}/", "texts/", "staff/", "tasks/?whose=all")

    for actor in (here.pt, here.ot, here.desk, here.boss, here.physician):
        client = signed_in(actor)
        for page in pages:
            shown = text_of(client.get(f"/clinic/{page}")).lower()
            assert not any(word in shown for word in (*SAID, "violence or fear")), (actor.kind, page)
