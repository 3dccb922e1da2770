"""The clinic's pages in a real browser: each is accessible in both sizes, works by keyboard and without scripts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from reable.terms import Discipline
from reable.web.records.models import Decision, Location, Room
from reable.web.records.services.governance import open_incident, withdraw
from reable.web.records.services.referrals import enter_referral
from reable.web.records.services.reminders import TaskKind, write_task
from tests.web.clinic_people import (
    BUTTON,
    DROOP,
    HIT,
    asked,
    book_for,
    fresh,
    make_workplace,
    mark,
    signed_in,
    today_at,
    visit_of,
)
from tests.web.people import make_member, make_patient
from tests.web.people import person as given_person
from tests.web.walker import Walker, must_be_accessible

pytestmark = [pytest.mark.django_db(transaction=True)]


@pytest.fixture
def here():
    return make_workplace("riverbend")


def enter(context, actor, address):
    """Let a browser be signed in as somebody."""
    cookie = signed_in(actor).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": address}])


def page_of(name, *ids):
    if name == "week":
        return page_of("schedule") + "?view=week"
    return reverse(f"clinic:{name}", args=ids)


@pytest.fixture
def busy(here):
    """A clinic with something on each page; gives the addresses of each role."""
    danger = asked(here.clinic, DROOP, finished=False)
    private = asked(here.clinic, HIT)
    plain = asked(here.clinic, BUTTON)
    visit = visit_of(make_patient(here.clinic), here.ada, today_at(here.clinic, 0))
    mark(visit, "arrived")
    ahead = book_for(here.clinic, plain, "Rosa Example", starts=today_at(here.clinic, 10) + timedelta(days=2))
    write_task(TaskKind.CALL, "front_desk", clinic=here.clinic, patient_id=ahead.patient_id, now=datetime.now(UTC))
    Room.objects.create(location=Location.objects.get(), name="Room 1")
    referral = enter_referral(
        fresh(here.physician),
        person=given_person(),
        disciplines=[Discipline.PT],
        text=DROOP,
        physician_name="Dr. Iris Page",
        physician_contact="Fax 1",
    ).ids[0]
    therapist = ("people", ("person", danger), ("person", private), ("person", plain), ("hours", here.ada.id))
    desk = (
        "schedule",
        "week",
        ("visit_cancel", ahead.booking_id, ahead.id),
        ("visit_move", ahead.booking_id, ahead.id),
        ("patient", ahead.patient_id),
        "tasks",
        "waiting",
        "referral_new",
        ("referral_act", referral, "send_back"),
    )
    boss = ("overview", "places", ("place", here.location.id), ("place_close", here.location.id), "closed_days")
    boss = (*boss, "visit_types", "texts", "staff", ("profile", here.pt.user_id, "pt"), "availability", "decisions")
    withdraw(fresh(here.ot), item="d5400", reason="Its source says something else.")
    open_incident(fresh(here.ot), what="A time was shown twice", severity="near_miss", owner="Boss", hazard="H38")
    therapist = (*therapist, ("signing_part", "order_rules"), ("item", "d5400"), ("item", "cauda_equina"))
    boss = (*boss, "safety", "signing", ("signing_part", "residual_risk"), "withdrawn", "incidents", ("item", "d450"))
    pages = (
        (here.pt, (*therapist, ("referral", referral))),
        (here.desk, desk),
        (here.boss, boss),
        (here.physician, ("referrals",)),
        (make_member(here.clinic, "ot", "safeguarding"), ("safeguarding", ("disclosure", private))),
    )
    return [
        (actor, [page_of(*([name] if isinstance(name, str) else name)) for name in names]) for actor, names in pages
    ]


def test_every_page_is_accessible_and_fits_in_both_sizes(browser, live_server, busy):
    for actor, addresses in busy:
        context = browser.new_context()
        enter(context, actor, live_server.url)
        page = context.new_page()
        for address in addresses:
            assert page.goto(live_server.url + address).status == 200, address
            for width in (1280, 390):
                page.set_viewport_size({"width": width, "height": 844})
                must_be_accessible(page)
        context.close()


def test_a_therapist_decides_with_the_keyboard_and_without_scripts(browser, live_server, here):
    inquiry_id = asked(here.clinic, DROOP, finished=False)
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 640})
    enter(context, here.pt, live_server.url)
    therapist = Walker(context.new_page(), live_server.url, keyboard=True)

    therapist.opens(page_of("people"))
    therapist.presses(therapist.page.locator("h2 a").first.inner_text())
    therapist.ticks("Accept")
    therapist.presses("Keep my decision")
    assert "Write who cleared it, when and how" in therapist.reads()
    assert not Decision.objects.exists()
    therapist.writes("Who cleared the danger?", "Dr. Page, physician")
    therapist.writes("On which day?", "2026-03-02")
    therapist.writes("How was it cleared?", "Examined in the emergency room.")
    therapist.presses("Keep my decision")

    assert "Your decision is kept." in therapist.reads()
    assert Decision.objects.get().recommendation.inquiry_id == inquiry_id
    context.close()


def test_the_front_desk_marks_and_moves_a_visit_with_the_keyboard(browser, live_server, here):
    visit = visit_of(make_patient(here.clinic), here.ada, today_at(here.clinic, 0))
    ahead = book_for(here.clinic, None, "Ben Other", starts=today_at(here.clinic, 10) + timedelta(days=2))
    context = browser.new_context()
    enter(context, here.desk, live_server.url)
    desk = Walker(context.new_page(), live_server.url, keyboard=True)

    desk.opens(page_of("schedule"))
    desk.presses("Arrived Rosa Example")
    assert visit.statuses.latest("id").state == "arrived"
    desk.opens(page_of("patient", ahead.patient_id))
    desk.page.get_by_role("link", name="Move").press("Enter")
    desk.takes_the_first_time()
    desk.presses("Move to this time")

    assert "The visit has a new time, and the person is told." in desk.reads()
    assert ahead.statuses.latest("id").reason == "moved"
    context.close()


def test_the_week_prints_across_one_page(page, live_server, here):
    visit_of(make_patient(here.clinic), here.ada, today_at(here.clinic, 9))
    enter(page.context, here.desk, live_server.url)
    page.goto(f"{live_server.url}{page_of('schedule')}?view=week")

    printed = page.pdf(prefer_css_page_size=True)
    page.emulate_media(media="print")

    assert printed.count(b"/MediaBox [0 0 792 612]") == printed.count(b"/MediaBox") == 1
    assert page.locator("table").is_visible()
    assert not page.get_by_role("button", name="Show").is_visible()
    assert not page.get_by_role("navigation", name="Sections").is_visible()
