"""A person's way from the first page to the recommendation, without a browser."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError
from django.test import Client

from reable.web.portal.letters import pdf_possible
from reable.web.records.models import Erasure, Inquiry, InquiryEntry, Recommendation, ReturnLink, WithdrawnItem
from reable.web.records.services import inquiries as services
from tests.web.people import make_clinic, make_user

pytestmark = pytest.mark.django_db
BUTTON = "I want to button my shirt again"
DROOP = "Since this morning my face droops and my arm is weak"


@pytest.fixture
def person() -> Client:
    return Client()


def say(person: Client, statement: str, goal: str = "", whom: str = "me"):
    return person.post("/", {"statement": statement, "goal": goal, "whom": whom})


def go_on(person: Client, url: str, signs: str = "none", answer: str = "no") -> str:
    """Answer everything that is asked, and give the address of the page that asks nothing more."""
    for _ in range(15):
        if "/danger/" in url:
            url = person.post(url, {"signs": [signs]})["Location"]
        elif "/question/" in url:
            page = person.get(url).content.decode()
            key = re.search(r'name="key" value="([^"]+)"', page)
            assert key
            url = person.post(url, {"answer": answer, "key": key[1], **({"one": "1"} if "one" in url else {})})[
                "Location"
            ]
        elif "/understood/" in url:
            url = re.search(r'href="([^"]+)"[^>]*>This is right', person.get(url).content.decode())[1]
        else:
            return url
    raise AssertionError("the questions never end")


def test_from_words_to_a_recommendation(person):
    url = say(person, BUTTON)["Location"]
    assert "button my shirt</mark>" in person.get(url).content.decode()

    url = go_on(person, url)
    page = person.get(url).content.decode()

    assert "/recommendation/" in url
    assert "Start with occupational therapy." in page
    assert "Putting on clothes" in page
    assert "Nobody is reading this now" in page
    kept = Recommendation.objects.get()
    assert (kept.door, kept.danger_screen) == ("ot", "complete")


def test_the_same_answer_shown_twice_is_kept_once(person):
    url = go_on(person, say(person, BUTTON)["Location"])

    person.get(url)
    person.get(url)

    assert Recommendation.objects.count() == 1


def test_danger_leads_straight_to_its_page_and_what_was_said_is_kept(person):
    answer = say(person, DROOP)

    assert re.fullmatch(r"/help/en/[0-9a-f]{10}/", answer["Location"])
    assert "Call 911" in person.get(answer["Location"]).content.decode()
    assert InquiryEntry.objects.filter(kind="statement").count() == 1


def test_a_danger_page_is_shown_when_the_database_does_not_answer(person, monkeypatch):
    def fails(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr("reable.web.portal.views.start.begin_inquiry", fails)

    assert say(person, DROOP)["Location"].startswith("/help/en/")


def test_a_recommendation_is_not_shown_before_danger_was_asked(person):
    inquiry = say(person, BUTTON)["Location"].split("/")[2]

    answer = person.get(f"/way/{inquiry}/recommendation/")

    assert answer["Location"].endswith("/danger/")


def test_not_sure_about_the_list_asks_one_by_one(person):
    inquiry = say(person, BUTTON)["Location"].split("/")[2]

    answer = person.post(f"/way/{inquiry}/danger/", {"signs": ["not_sure"]})

    assert answer["Location"].endswith("/question/?one=1")
    end = go_on(person, answer["Location"])
    assert "/recommendation/" in end


def test_none_beside_something_ticked_is_asked_again_and_nothing_is_lost(person):
    inquiry = say(person, BUTTON)["Location"].split("/")[2]

    answer = person.post(f"/way/{inquiry}/danger/", {"signs": ["none", "ask_cord_hands"]})

    assert answer.status_code == 422
    assert 'value="ask_cord_hands" checked' in answer.content.decode()


def test_a_danger_is_set_aside_only_when_a_clinician_has_looked_and_it_is_not_worse(person):
    danger = say(person, DROOP)["Location"]
    not_now = danger.replace("/help/en/", "/not-now/")

    refused = person.post(not_now, {"seen": "yes", "when": "week", "worse": "not_sure"})
    assert refused.status_code == 200
    assert "looked at first" in refused.content.decode()

    url = person.post(not_now, {"seen": "yes", "when": "week", "worse": "no"})["Location"]
    for _ in range(4):  # each danger that was raised is asked about
        if url.startswith("/help/"):
            url = person.post(url.replace("/help/en/", "/not-now/"), {"seen": "yes", "when": "week", "worse": "no"})[
                "Location"
            ]
    page = person.get(go_on(person, url)).content.decode()

    assert "A doctor or nurse has looked at it" in page
    assert InquiryEntry.objects.filter(kind="not_now").count() >= 2


def test_self_harm_has_no_way_around(person):
    danger = say(person, "I want to kill myself tonight, I have the pills")["Location"]

    page = person.get(danger).content.decode()

    assert "988" in page
    assert "not happening now" not in page
    assert person.get(danger.replace("/help/en/", "/not-now/")).status_code == 404


def test_a_disclosure_is_never_shown_again(person):
    danger = say(person, "My husband hits me and I am afraid of him. My wrist hurts.")["Location"]
    inquiry = Inquiry.objects.get().id

    page = person.get(danger).content.decode()
    assert "data-private" in page
    assert "data-quick-exit" in page
    for name in ("understood", "letter", "link", "recommendation"):
        shown = person.get(f"/way/{inquiry}/{name}/", follow=True).content.decode()
        assert "hits me" not in shown
        assert "husband" not in shown
    person.post(f"/way/{inquiry}/link/")
    assert not ReturnLink.objects.exists()


def test_what_was_understood_can_be_put_right_but_a_danger_stays(person):
    url = say(person, "I cannot walk far and I cannot button my shirt")["Location"]
    inquiry = url.split("/")[2]

    person.post(f"/way/{inquiry}/correct/", {"key": "d450", "how": "past"})
    person.post(f"/way/{inquiry}/correct/", {"key": "d4501", "how": "past"})
    assert "this is over" in person.get(url).content.decode()
    assert "Start with occupational therapy." in person.get(go_on(person, url)).content.decode()

    person.post(f"/way/{inquiry}/correct/", {"key": "nonsense<script>", "how": "past"})
    assert not InquiryEntry.objects.filter(data__key="nonsense<script>").exists()


def test_a_third_language_is_told_so_and_shown_the_taps(person):
    page = person.get(say(person, "Ich kann mein Hemd nicht mehr zuknöpfen")["Location"]).content.decode()

    assert "English and Spanish only" in page
    assert "/tap/" in page


def test_for_somebody_else_it_is_asked_for_whom_and_a_childs_age(person):
    url = say(person, "She cannot hold a pencil", whom="other")["Location"]
    assert url.endswith("/about/")

    refused = person.post(url, {"relation": "child", "agrees": "yes"})
    assert refused.status_code == 422
    assert "how old the child is" in refused.content.decode()

    assert person.post(url, {"relation": "child", "agrees": "yes", "age": "7"})["Location"].endswith("/understood/")


def test_of_a_child_alone_nothing_is_kept(person):
    page = person.get(say(person, "I am 9 years old and my knee hurts when I run")["Location"])

    assert "ask a grown-up" in page.content.decode()
    assert not InquiryEntry.objects.exists()
    assert Erasure.objects.count() == 1


def test_a_link_opens_once_made_ends_when_revoked_and_is_stored_only_as_a_digest(person):
    url = go_on(person, say(person, BUTTON)["Location"])
    inquiry = url.split("/")[2]
    shown = person.post(f"/way/{inquiry}/link/").content.decode()
    secret = re.search(r"/back/([\w-]+)/", shown)[1]
    other = Client()

    assert other.get(f"/way/{inquiry}/understood/").status_code == 404
    assert secret not in str(ReturnLink.objects.values_list("digest", flat=True))
    assert other.get(f"/back/{secret}/", follow=True).status_code == 200
    person.post(f"/way/{inquiry}/link/", {"end": "1"})
    assert Client().get(f"/back/{secret}/").status_code == 404


def test_a_link_made_before_something_was_told_in_confidence_opens_nothing(person):
    inquiry = say(person, BUTTON)["Location"].split("/")[2]
    secret = re.search(r"/back/([\w-]+)/", person.post(f"/way/{inquiry}/link/").content.decode())[1]
    assert Client().get(f"/back/{secret}/").status_code == 302

    person.post(f"/way/{inquiry}/understood/", {"text": "My husband hits me"})

    assert Client().get(f"/back/{secret}/").status_code == 404


def test_a_link_opened_after_a_week_asks_about_danger_again(person):
    inquiry = go_on(person, say(person, BUTTON)["Location"]).split("/")[2]
    secret = re.search(r"/back/([\w-]+)/", person.post(f"/way/{inquiry}/link/").content.decode())[1]
    InquiryEntry.objects.update(at=datetime.now(UTC) - timedelta(days=8))
    other = Client()

    other.get(f"/back/{secret}/")

    assert other.get(f"/way/{inquiry}/recommendation/")["Location"].endswith("/danger/")


def test_deleting_removes_everything_and_leaves_a_tombstone(person):
    url = go_on(person, say(person, BUTTON)["Location"])
    inquiry = url.split("/")[2]
    person.get(url)

    person.post(f"/way/{inquiry}/erase/")

    assert not InquiryEntry.objects.exists()
    assert not Recommendation.objects.exists()
    assert Erasure.objects.get().kind == "inquiry"
    assert person.get(url).status_code == 404


def test_what_leads_nowhere_is_forgotten_after_its_time(person):
    say(person, BUTTON)
    now = datetime.now(UTC)
    assert services.erase_expired(now) == 0

    assert services.erase_expired(now + timedelta(days=services.KEPT_DAYS + 1)) == 1
    assert not InquiryEntry.objects.exists()


@pytest.mark.parametrize(
    "words",
    [
        "my knee hurts " * 1700,  # 5,000 words
        "🦵😖 my knee hurts on stairs",
        "ركبتي تؤلمني",
        '<script>alert(1)</script> =HYPERLINK("x") my knee hurts',
        "\x00 my knee\u202e hurts",
    ],
)
def test_odd_words_are_read_or_refused_kindly_and_never_run(person, words):
    answer = say(person, words)

    assert answer.status_code in (302, 422)
    page = (
        person.get(answer["Location"], follow=True).content.decode()
        if answer.status_code == 302
        else answer.content.decode()
    )
    assert "<script>alert" not in page


def test_nothing_said_is_asked_again_in_kind_words(person):
    answer = say(person, "   ")

    assert answer.status_code == 422
    assert "A few words are enough" in answer.content.decode()


def test_a_form_of_an_older_page_still_answers_its_own_question(person):
    inquiry = say(person, "I cannot do things at home")["Location"].split("/")[2]
    person.post(f"/way/{inquiry}/danger/", {"signs": ["none"]})

    person.post(f"/way/{inquiry}/question/", {"key": "limitation:d5400", "answer": "yes"})

    assert InquiryEntry.objects.filter(kind="answers", data__has_key="limitation:d5400").exists()


def test_someone_elses_way_and_a_missing_one_look_the_same(person):
    inquiry = say(person, BUTTON)["Location"].split("/")[2]
    stranger = Client()
    say(stranger, "my knee hurts")

    foreign = stranger.get(f"/way/{inquiry}/understood/")
    missing = stranger.get("/way/00000000-0000-4000-8000-000000000000/understood/")

    assert foreign.status_code == missing.status_code == 404
    strip = re.compile(r'value="[^"]{60,}"|/way/[^"]+|nonce="[^"]*"')
    assert strip.sub("", foreign.content.decode()) == strip.sub("", missing.content.decode())


def test_the_page_for_the_doctor_says_what_was_asked_and_what_was_not(person):
    inquiry = go_on(person, say(person, "My knee hurts after my knee replacement")["Location"]).split("/")[2]

    page = person.get(f"/way/{inquiry}/letter/").content.decode()

    for line in (
        "not an order",
        "Who spoke: The person",
        "pacemaker or implant: not asked",
        "The reply that is wanted",
    ):
        assert line in page


@pytest.mark.parametrize(("age", "answer"), [("I am 71", "yes"), ("I am 52", "no")])
def test_an_age_that_was_told_answers_the_doctors_question_for_it(person, age, answer):
    inquiry = go_on(person, say(person, f"{age}. My knee hurts when I walk")["Location"]).split("/")[2]

    assert f"65 or over: {answer}" in person.get(f"/way/{inquiry}/letter/").content.decode()


def test_the_pdf_is_made_without_fetching_anything(person):
    inquiry = go_on(person, say(person, BUTTON)["Location"]).split("/")[2]
    if not pdf_possible():
        pytest.skip("this machine lacks what PDFs need: libpango-1.0-0 and libpangoft2-1.0-0")

    answer = person.get(f"/way/{inquiry}/letter.pdf")

    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


def test_an_answer_that_rests_on_a_withdrawn_item_is_not_given(person):
    clinic = make_clinic("north")
    WithdrawnItem.objects.create(
        clinic=clinic, item="d5400", reason="found wrong", by=make_user(), at=datetime.now(UTC)
    )
    person.get("/at/north/")

    answer = go_on(person, say(person, BUTTON)["Location"])

    letters = ("letter/", "letter.pdf") if pdf_possible() else ("letter/",)
    for address in (answer, *(answer.replace("recommendation/", letter) for letter in letters)):
        page = person.get(address).content.decode()
        assert "A person helps you with this" in page
        assert clinic.telephone in page
        assert "Start with" not in page
