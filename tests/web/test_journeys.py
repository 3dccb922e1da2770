"""The whole way from the first page to a booked evaluation, in a real browser, as different people walk it."""

import re

import pytest

from reable.terms import Discipline
from reable.web.records.models import Appointment, Booking
from tests.web.people import make_clinic, make_location, make_therapist
from tests.web.walker import Walker, must_be_accessible

pytestmark = [pytest.mark.django_db(transaction=True)]


TRAINED = ("neuro", "hand")


@pytest.fixture
def clinic():
    clinic = make_clinic("riverbend")
    lakeside = make_location(clinic, "Lakeside", rooms=("1", "2"))
    hill = make_location(clinic, "Hill", step_free=False)
    make_therapist(lakeside, Discipline.PT, name="Pat Example", weekdays=range(7), hours=(9, 17), specialties=TRAINED)
    make_therapist(lakeside, Discipline.OT, name="Olga Example", weekdays=range(7), hours=(9, 17), specialties=TRAINED)
    make_therapist(hill, Discipline.OT, name="Otis Example", weekdays=range(7), hours=(9, 17), specialties=TRAINED)
    return clinic


def books(person: Walker) -> None:
    person.presses("Book a first visit")
    if person.page.get_by_label(person.words("How old is the person who comes?")).count():
        person.writes("How old is the person who comes?", "52")
    person.presses("Show free times")
    person.takes_the_first_time()
    person.presses("Take this time")
    person.writes("Name of the person who comes", "Rosa Example")
    person.writes("Telephone", "212 555 0199")
    person.presses("Book this visit")


def walks_by_words(person: Walker, statement: str, goal: str) -> None:
    person.opens()
    person.writes("Where are you stuck?", statement)
    person.writes("What do you want back?", goal)
    person.presses("Go on")
    person.presses("This is right, go on")
    person.answers_all()


def test_a_person_says_it_in_their_words_and_books_both_visits_on_one_day(page, live_server, clinic):
    person = Walker(page, live_server.url)

    walks_by_words(person, "My knee hurts when I walk and I cannot button my shirt", "I want to walk to the shop")
    assert "both" in person.heading
    books(person)

    assert person.heading == "Your visit is booked"
    assert sorted(Appointment.objects.values_list("discipline", flat=True)) == ["ot", "pt"]
    assert Booking.objects.count() == 1


def test_a_person_uses_only_the_keyboard(page, live_server, clinic):
    person = Walker(page, live_server.url, keyboard=True)

    walks_by_words(person, "I cannot button my shirt", "I want to dress by myself again")
    books(person)

    assert person.heading == "Your visit is booked"


def test_a_person_taps_and_types_nothing_but_name_and_number(page, live_server, clinic):
    person = Walker(page, live_server.url)

    person.opens()
    person.presses("I want to tap, not type")
    person.opens_fold("Getting dressed")
    person.ticks_here("Button a shirt")
    person.presses("Go on")
    assert "Button a shirt" in person.reads()
    person.presses("This is right, go on")
    assert "/danger/" in page.url  # a checklist comes before any recommendation (S3)
    person.answers_all()
    assert person.heading == "Start with occupational therapy."
    books(person)

    assert person.heading == "Your visit is booked"


def test_a_person_on_a_narrow_phone_without_scripts(browser, live_server, clinic):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    person = Walker(context.new_page(), live_server.url)

    walks_by_words(person, "I cannot button my shirt", "")
    books(person)

    assert person.heading == "Your visit is booked"
    context.close()


def test_a_person_speaks_spanish(page, live_server, clinic):
    person = Walker(page, live_server.url, language="es")

    person.opens()
    person.page.get_by_role("button", name="Español").click()
    assert page.locator("html").get_attribute("lang") == "es"
    walks_by_words(person, "No puedo abotonarme la camisa", "Quiero vestirme sin ayuda")
    assert "terapia ocupacional" in person.heading
    books(person)

    assert person.heading == person.words("Your visit is booked")
    assert page.locator("main").inner_text().count("You ") == 0


@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_of_the_way_is_accessible_and_fits(page, live_server, clinic, width):
    page.set_viewport_size({"width": width, "height": 844})
    person = Walker(page, live_server.url)
    person.on_each_page = must_be_accessible

    for path in (
        "/",
        "/tap/",
        "/tap/?for=child",
        "/difference/",
        "/help/en/",
        "/help/es/",
        "/visits/",
        "/account/login/",
    ):
        person.opens(path)
    walks_by_words(person, "My mother cannot hold her cup since her stroke last year", "She wants to eat alone")
    recommendation = page.url
    for name in ("letter", "link", "about", "erase"):
        page.goto(recommendation.replace("recommendation", name))
        must_be_accessible(page)
    page.goto(recommendation)
    books(person)
    person.presses("Choose another time")
    page.go_back()
    person.presses("Cancel this visit")

    assert person.heading == "Your visit is cancelled"


def test_text_at_twice_the_size_still_fits(page, live_server, clinic):
    page.set_viewport_size({"width": 640, "height": 900})
    page.add_init_script("document.documentElement.style.fontSize = '200%'")
    person = Walker(page, live_server.url)
    person.on_each_page = lambda shown: fits(shown)

    def fits(shown):
        assert shown.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), shown.url

    walks_by_words(person, "I cannot button my shirt", "")
    books(person)

    assert person.heading == "Your visit is booked"


def test_what_was_typed_is_there_again_after_the_connection_was_lost(page, live_server, clinic):
    person = Walker(page, live_server.url)
    person.opens()
    person.writes("Where are you stuck?", "I cannot button my shirt")
    page.get_by_label("Where are you stuck?").blur()
    page.context.set_offline(True)
    page.context.set_offline(False)
    page.reload()

    assert page.get_by_label("Where are you stuck?").input_value() == "I cannot button my shirt"


def test_a_booking_link_opens_in_another_browser_and_cancels_in_one_tap(page, live_server, clinic, browser):
    person = Walker(page, live_server.url)
    walks_by_words(person, "I cannot button my shirt", "")
    books(person)
    link = re.search(r"http\S+/booked/\S+/", person.reads())[0]
    context = browser.new_context()
    other = Walker(context.new_page(), live_server.url)

    other.page.goto(link)
    assert "Rosa Example" in other.reads()
    other.presses("Cancel this visit")

    assert other.heading == "Your visit is cancelled"
    context.close()
