"""The clinic's own sentences stand where a person needs them, in the person's language; without them, a standard one."""

from datetime import UTC, datetime

import pytest

from reable.web.records.models import ClinicText
from reable.web.records.selectors.bookings import calendar
from tests.web.clinic_people import finish, make_workplace, signed_in, teller, text_of, today_at
from tests.web.matrix_world import holding
from tests.web.people import DAY, booked, make_clinic, make_location, make_therapist, slot, visitor

pytestmark = pytest.mark.django_db
TEXTS = {
    "find_us": ("Ring at the blue door.", "Toque en la puerta azul."),
    "to_bring": ("Bring shorts.", "Traiga pantalones cortos."),
    "when_closed": ("Call the night line.", "Llame a la línea de noche."),
    "if_late": ("Ten minutes are fine.", "Diez minutos no importan."),
}
STAFF_ONLY = ("Call Ana first.", "Llame primero a Ana.")


@pytest.fixture
def clinic():
    return make_clinic(is_demo=True)


@pytest.fixture
def own(clinic):
    for key, (en, es) in {**TEXTS, "safeguarding": STAFF_ONLY}.items():
        ClinicText.objects.create(clinic=clinic, key=key, en=en, es=es)


@pytest.fixture
def visit(clinic):
    """Give who booked a visit of some days ahead, and the booking."""
    place = make_location(clinic)
    ada = make_therapist(place, weekdays=range(7))
    actor, booking_id, secret = booked(
        [slot(ada, place, today_at(clinic, 10) + 4 * DAY)], clinic, now=datetime.now(UTC)
    )
    return actor, booking_id, secret


def opened(client, visit, language):
    client.cookies["django_language"] = language
    return text_of(client.get(f"/booked/{visit[2]}/", follow=True))


@pytest.mark.parametrize(("language", "number"), [("en", 0), ("es", 1)])
def test_with_the_booking_all_of_them_are_read_in_the_persons_language(client, own, visit, language, number):
    page = opened(client, visit, language)

    assert all(texts[number] in page for texts in TEXTS.values())
    assert not any(texts[1 - number] in page for texts in TEXTS.values())
    assert STAFF_ONLY[number] not in page


def test_without_them_a_standard_sentence_stands_there_or_nothing(client, visit):
    page = opened(client, visit, "en")

    assert "Bring a photo ID" in page
    assert "Call us as soon as you know: 212 555 0101." in page
    assert "When we are closed" not in page
    assert "How to find us" not in page


def test_what_to_bring_stands_instead_of_the_standard_text(client, own, visit):
    assert "Bring a photo ID" not in opened(client, visit, "en")


def test_the_calendar_file_says_what_if_late_and_nothing_more(own, visit):
    actor, booking_id, _ = visit

    file = calendar(actor, booking_id).replace("\r\n ", "")

    assert "Ten minutes are fine. To change it\\, call us: 212 555 0101" in file
    for word in ("blue door", "shorts", "night line", "Ana", "therap"):
        assert word not in file


def test_where_a_place_and_a_time_are_chosen_the_clinic_says_where_it_is_and_what_when_closed(clinic, own, visit):
    make_location(clinic, "Hill")
    _, inquiry_id = visitor(said="My knee hurts when I walk")
    finish(teller(inquiry_id), inquiry_id)
    client = holding(inquiries=inquiry_id)

    places = text_of(client.get(f"/way/{inquiry_id}/book/"))
    times = text_of(client.get(f"/way/{inquiry_id}/times/?what=pt"))
    waiting = text_of(client.get(f"/way/{inquiry_id}/wait/?what=pt"))

    assert "Ring at the blue door." in places
    for page in (places, times, waiting):
        assert "Call the night line." in page


def test_what_a_manager_writes_is_shown_as_text_and_they_read_where_it_stands(client, clinic, visit):
    ClinicText.objects.create(clinic=clinic, key="if_late", en="<b>Run</b>\nor call", es="x")
    boss = signed_in(make_workplace("south").boss)

    page, form = opened(client, visit, "en"), text_of(boss.get("/clinic/texts/"))

    assert "&lt;b&gt;Run&lt;/b&gt;<br>or call" in page
    assert "in their calendar: no word of health" in form
