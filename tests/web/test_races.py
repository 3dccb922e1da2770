"""Many people want the same times at once: nobody is booked twice, and each who was too late is told so.

The suite runs a fixed sample; `REABLE_RACE=10000` runs as many attempts, and `REABLE_RACE_RESULTS` names a file that
gets a line of JSON for each race. Both databases must pass: SQLite lets one writer in at a time and hides lost updates.
"""

import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import combinations, cycle
from pathlib import Path
from random import Random
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from reable.book import CancelReason, ReferralAct, VisitState
from reable.terms import Discipline
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.models import Appointment, Booking, Claim, Inquiry, Patient, ReferralStatus, WaitingListOffer
from reable.web.records.selectors.bookings import latest
from reable.web.records.services.bookings import book, cancel, move
from reable.web.records.services.referrals import act_on_referral, enter_referral
from reable.web.records.services.visits import arrive
from reable.web.records.services.waiting_list import expire_offers, join, refuse_offer, take_offer
from tests.web.people import (
    NOW,
    at,
    booked,
    form_key,
    make_clinic,
    make_location,
    make_therapist,
    person,
    slot,
    staff,
    visitor,
    wish,
)

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.timeout(1800)]
ATTEMPTS = int(os.environ.get("REABLE_RACE", "400"))
THREADS = 8
HOURS = range(14, 19)  # 9 to 14 o'clock there: five visits of an hour


def race(work: Iterable[Callable[[], str]]) -> tuple[Counter[str], float]:
    """Do the work in eight threads that start together; counts what each piece gave, an error by its type."""
    pieces, start, gave = list(work), Barrier(THREADS), []

    def run(number: int) -> None:
        start.wait()
        try:
            gave.extend(_outcome(piece) for piece in pieces[number::THREADS])
        finally:
            connection.close()

    connection.close()
    threads = [Thread(target=run, args=(number,)) for number in range(THREADS)]
    began = time.perf_counter()
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return Counter(gave), time.perf_counter() - began


def _outcome(piece: Callable[[], str]) -> str:
    try:
        return piece()
    except Exception as error:  # noqa: BLE001 - what it was is what the test asks
        return type(error).__name__


def note(name: str, gave: Counter[str], seconds: float) -> None:
    """Print what a race gave, and write it down where `make prove` looks."""
    line = {
        "race": name,
        "database": connection.vendor,
        "threads": THREADS,
        "attempts": gave.total(),
        "outcomes": dict(sorted(gave.items())),
        "seconds": round(seconds, 1),
    }
    print(json.dumps(line))
    if where := os.environ.get("REABLE_RACE_RESULTS"):
        with Path(where).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")


def visitors(number: int) -> list[tuple[Actor, Inquiry]]:
    rows = Inquiry.objects.bulk_create(
        (Inquiry(begun_at=NOW, expires_at=NOW + timedelta(days=3650)) for _ in range(number)), batch_size=500
    )
    return [(Actor(kind=ActorKind.ANONYMOUS, inquiry_ids=frozenset({row.id})), row) for row in rows]


def nothing_is_booked_twice() -> None:
    """Look at the visits themselves, not at the claims that should have kept them apart."""
    rows = Appointment.objects.annotate(state=latest("state")).exclude(state=VisitState.CANCELLED)
    held = list(rows) + list(Appointment.objects.filter(statuses__isnull=True))
    for field in ("therapist_id", "room_id", "patient_id"):
        for one, other in combinations(held, 2):
            if getattr(one, field) is not None and getattr(one, field) == getattr(other, field):
                assert one.ends_at <= other.starts_at or other.ends_at <= one.starts_at, field
    cells = {
        (row.id, kind): row.claims.filter(resource=kind).count() for row in held for kind in ("therapist", "patient")
    }
    assert set(cells.values()) <= {4}
    assert Claim.objects.exclude(appointment__in=held).count() == 0


def test_twenty_times_wanted_by_hundreds_are_each_given_once():
    """Four therapists with five visits each, singles and pairs of both disciplines; a room for everybody."""
    clinic = make_clinic()
    place = make_location(clinic, rooms=["A", "B", "C", "D"])
    disciplines = (Discipline.PT, Discipline.PT, Discipline.OT, Discipline.OT)
    team = [make_therapist(place, one, hours=(9, 14), name=f"T{n}") for n, one in enumerate(disciplines)]
    mix, each = Random(17), cycle((one, hour) for one in team for hour in HOURS)

    def wanted():
        if mix.random() < 0.4:  # each of the twenty alone, round and round
            one, hour = next(each)
            return [slot(one, place, at(3, hour))]
        first = mix.choice(HOURS[:-1])
        return [slot(mix.choice(team[:2]), place, at(3, first)), slot(mix.choice(team[2:]), place, at(3, first + 1))]

    def attempt(actor, inquiry, times):
        def piece():
            book(
                actor, clinic_id=clinic.id, inquiry_id=inquiry.id, person=person(), times=times, note="",
                form_key=uuid4().hex, now=NOW,
            )  # fmt: skip
            return f"booked {len(times)}"

        return piece

    gave, seconds = race([attempt(actor, inquiry, wanted()) for actor, inquiry in visitors(ATTEMPTS)])

    note("book", gave, seconds)
    assert set(gave) == {"booked 1", "booked 2", "TimeTaken"}
    assert gave.total() == ATTEMPTS
    assert Appointment.objects.count() == gave["booked 1"] + 2 * gave["booked 2"] == 20
    assert Booking.objects.count() == Patient.objects.count() == gave["booked 1"] + gave["booked 2"]
    assert sorted(row.appointments.count() for row in Booking.objects.all()).count(2) == gave["booked 2"]
    nothing_is_booked_twice()


def test_rooms_that_are_too_few_are_each_used_once_and_none_stays_empty():
    clinic = make_clinic()
    place = make_location(clinic, rooms=["A", "B"])
    team = [make_therapist(place, hours=(9, 14), name=f"T{number}") for number in range(4)]
    wanted = [slot(one, place, at(3, hour)) for one in team for hour in HOURS] * 4
    Random(18).shuffle(wanted)

    def attempt(actor, inquiry, chosen):
        def piece():
            book(
                actor, clinic_id=clinic.id, inquiry_id=inquiry.id, person=person(), times=[chosen], note="",
                form_key=uuid4().hex, now=NOW,
            )  # fmt: skip
            return "booked"

        return piece

    people = zip(visitors(len(wanted)), wanted, strict=True)
    gave, seconds = race([attempt(actor, inquiry, chosen) for (actor, inquiry), chosen in people])

    note("rooms", gave, seconds)
    assert gave == {"booked": 10, "TimeTaken": len(wanted) - 10}
    nothing_is_booked_twice()


def test_one_form_sent_eight_times_at_once_makes_one_booking():
    clinic = make_clinic()
    place = make_location(clinic, rooms=["A", "B"])
    chosen = slot(make_therapist(place), place, at(3, 15))
    actor, inquiry_id = visitor()
    key = form_key()
    made = []

    def piece():
        done = book(
            Actor(kind=ActorKind.ANONYMOUS, inquiry_ids=actor.inquiry_ids), clinic_id=clinic.id,
            inquiry_id=inquiry_id, person=person(), times=[chosen], note="", form_key=key, now=NOW,
        )  # fmt: skip
        made.append(done)
        return "booked"

    gave, _ = race([piece] * THREADS)

    assert gave == {"booked": THREADS}
    assert len(set(made)) == Booking.objects.count() == Patient.objects.count() == 1


def test_one_person_in_eight_windows_gets_one_visit():
    clinic = make_clinic()
    place = make_location(clinic)
    ada = make_therapist(place)
    actor, inquiry_id = visitor()

    def window(day):
        def piece():
            book(
                Actor(kind=ActorKind.ANONYMOUS, inquiry_ids=actor.inquiry_ids), clinic_id=clinic.id,
                inquiry_id=inquiry_id, person=person(), times=[slot(ada, place, at(day, 15))], note="",
                form_key=uuid4().hex, now=NOW,
            )  # fmt: skip
            return "booked"

        return piece

    gave, _ = race([window(day) for day in (3, 4, 5, 6)] * 2)

    assert gave["booked"] == Booking.objects.count() == Patient.objects.count() == 1
    assert set(gave) <= {"booked", "BookedAlready"}


@pytest.fixture
def visit():
    """A visit on Tuesday at ten, with a referral behind it that was received, and two who wait for its time."""
    clinic = make_clinic()
    place = make_location(clinic)
    times = [slot(make_therapist(place), place, at(3, 15))]
    _, booking_id, _ = booked(times, clinic, name="Gives Back")
    for (actor, inquiry), name in zip(visitors(2), ("First", "Second"), strict=True):
        who = person(name=name)
        join(actor, clinic_id=clinic.id, inquiry_id=inquiry.id, person=who, wish=wish(), now=NOW - timedelta(hours=20))
    return Appointment.objects.get(booking_id=booking_id)


def test_a_step_taken_eight_times_at_once_is_taken_once(visit):
    """On PostgreSQL each reads the state before any writes, unless the row is locked."""
    desk = staff(visit.clinic, ActorKind.FRONT_DESK)
    doctor = staff(visit.clinic, ActorKind.REFERRING_PHYSICIAN)
    (referral_id,) = enter_referral(
        doctor, person=person(), disciplines=[Discipline.PT], text="Stiff shoulder.", physician_name="Dr. Example",
        physician_contact="", now=NOW,
    ).ids  # fmt: skip

    for act in (
        lambda: arrive(desk, visit.id, now=at(3, 15)),
        lambda: act_on_referral(desk, referral_id, ReferralAct.CHECK, now=NOW),
        lambda: cancel(desk, visit.booking_id, reason=CancelReason.OTHER, now=NOW),
    ):
        gave, _ = race([lambda act=act: str(act())] * THREADS)
        assert gave.total() - gave["NotAllowed"] in (1, THREADS)  # refused the others, or the same for all

    assert list(visit.statuses.order_by("id").values_list("state", flat=True)) == ["booked", "arrived", "cancelled"]
    states = ReferralStatus.objects.filter(referral_id=referral_id).order_by("id").values_list("state", flat=True)
    assert list(states) == ["received", "checked"]
    assert WaitingListOffer.objects.count() == 1


def test_an_offer_taken_eight_times_at_once_is_one_booking(visit):
    cancel(staff(visit.clinic, ActorKind.MANAGER), visit.booking_id, reason=CancelReason.OTHER, now=at(2, 10))
    entry_id = WaitingListOffer.objects.get().entry_id
    desk = staff(visit.clinic, ActorKind.FRONT_DESK)

    gave, _ = race([lambda: str(take_offer(desk, entry_id=entry_id, now=at(2, 11)).booking_id)] * THREADS)

    assert list(gave.values()) == [THREADS]
    assert Appointment.objects.annotate(state=latest("state")).filter(state=VisitState.BOOKED).count() == 1


def test_two_ticks_that_end_one_offer_make_one_next(visit):
    cancel(staff(visit.clinic, ActorKind.MANAGER), visit.booking_id, reason=CancelReason.OTHER, now=at(2, 10))
    ends = WaitingListOffer.objects.get().expires_at

    gave, _ = race([lambda: str(expire_offers(ends))] * THREADS)

    assert gave == {"(1, 1)": 1, "(0, 0)": THREADS - 1}
    assert WaitingListOffer.objects.filter(answered_at__isnull=True).count() == 1


def test_moves_cancellations_bookings_and_offers_at_once_lock_nobody_out():
    """Everything that claims and frees, all together: no deadlock, no lost time, no time given twice."""
    clinic = make_clinic()
    place = make_location(clinic, rooms=["A", "B", "C"])
    team = [make_therapist(place, hours=(9, 14), name=f"T{number}") for number in range(3)]
    desk, mix = staff(clinic, ActorKind.FRONT_DESK), Random(19)
    times = [slot(one, place, at(day, hour)) for one in team for day in (5, 6) for hour in HOURS]
    places = [
        join(actor, clinic_id=clinic.id, inquiry_id=inquiry.id, person=person(name=f"W{n}"), wish=wish(), now=NOW)
        for n, (actor, inquiry) in enumerate(visitors(10))
    ]
    people = visitors(200)

    def booking(actor, inquiry):
        def piece():
            book(
                actor, clinic_id=clinic.id, inquiry_id=inquiry.id, person=person(), times=[mix.choice(times)], note="",
                form_key=uuid4().hex, now=NOW,
            )  # fmt: skip
            return "booked"

        return piece

    def changing():
        rows = list(Booking.objects.filter(appointments__statuses__isnull=False).values_list("id", flat=True))
        if not rows:
            return "nothing"
        row = Booking.objects.get(id=mix.choice(rows))
        visit = row.appointments.filter(replaced_by__isnull=True)[0]
        if mix.random() < 0.5:
            cancel(desk, row.id, reason=CancelReason.OTHER, now=NOW)
            return "cancelled"
        move(desk, visit.id, mix.choice(times), now=NOW)
        return "moved"

    def answering():
        entry = mix.choice(places).entry_id
        (take_offer if mix.random() < 0.5 else refuse_offer)(desk, entry_id=entry, now=NOW)
        return "answered"

    work = [booking(*one) for one in people] + [changing] * 100 + [answering] * 100
    mix.shuffle(work)
    gave, seconds = race(work)

    note("everything", gave, seconds)
    expected = {
        "booked",
        "moved",
        "cancelled",
        "answered",
        "nothing",
        "TimeTaken",
        "NotAllowed",
        "OfferIsOver",
        "NotFound",
    }
    assert set(gave) <= expected, gave
    assert gave["booked"] > 10
    nothing_is_booked_twice()
    for offer in WaitingListOffer.objects.filter(answered_at__isnull=True):
        assert Booking.objects.filter(form_key=f"offer:{offer.id}").exists()
