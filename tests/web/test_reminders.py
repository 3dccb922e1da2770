"""What is sent, when, once, and without a word of health; and the tick that does it."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import override_settings

from reable.book import CancelReason
from reable.terms import Discipline, Language
from reable.web.records.actor import ActorKind, NotFound
from reable.web.records.models import Appointment, Booking, Inquiry, Message, Task
from reable.web.records.selectors.messages import MessageState, messages_of, open_tasks
from reable.web.records.services.access import LinkTo, link_to, revoke_link
from reable.web.records.services.bookings import cancel, move
from reable.web.records.services.reminders import finish_task
from reable.web.records.services.tick import WAITS_MINUTES, SmsToFile, SmsToLog, tick
from tests.web.people import DAY, NOW, at, booked, make_clinic, make_location, make_therapist, slot, staff, visitor

pytestmark = pytest.mark.django_db
PT, OT = Discipline.PT, Discipline.OT
FRIDAY_10 = at(6, 15)
SENT: list[tuple[str, str]] = []


class SmsBox:
    """Keeps what would have been sent."""

    def send(self, number: str, text: str) -> None:
        SENT.append((number, text))


class Broken:
    """A line that is down."""

    def send(self, number: str, text: str) -> None:
        raise OSError(f"no line to {number}")


class BrokenMail:
    """A mail server that is down."""

    def __init__(self, *_: object, **__: object) -> None:
        """Like any backend of Django."""

    def send_messages(self, messages: object) -> int:
        raise OSError("no server")


@pytest.fixture(autouse=True)
def empty_boxes():
    SENT.clear()
    with override_settings(
        REABLE_SMS="tests.web.test_reminders.SmsBox", DEFAULT_FROM_EMAIL="Desk <desk@clinic.example>"
    ):
        yield


@pytest.fixture
def clinic():
    return make_clinic()


@pytest.fixture
def lakeside(clinic):
    return make_location(clinic)


@pytest.fixture
def ada(lakeside):
    return make_therapist(lakeside)


def friday(clinic, lakeside, ada, **who):
    return booked([slot(ada, lakeside, FRIDAY_10)], clinic, **who)


def the_visit(booking_id):
    return Appointment.objects.filter(booking_id=booking_id).order_by("-starts_at")[0]


def test_a_booking_is_confirmed_at_once_and_reminded_of_twice(clinic, lakeside, ada):
    friday(clinic, lakeside, ada, remind_by_sms=True)

    done = [tick(when).sent for when in (NOW, at(4, 14, 59), at(4, 15), at(6, 12), at(6, 13), at(7, 13))]

    assert done == [2, 0, 2, 0, 2, 0]
    assert [one.subject for one in mail.outbox] == ["Your visit is booked", "Your visit is soon", "Your visit is soon"]
    assert [number for number, _ in SENT] == ["212 555 0199"] * 3
    assert mail.outbox[0].to == ["rosa@example.org"]


def test_reminders_are_sent_only_as_wished(clinic, lakeside, ada):
    friday(clinic, lakeside, ada, remind_by_email=False)

    assert [tick(when).sent for when in (NOW, at(4, 15), at(6, 13))] == [1, 0, 0]
    assert SENT == []


def test_no_message_says_who_with_whom_or_why(clinic, lakeside, ada):
    actor, booking_id, secret = friday(clinic, lakeside, ada, remind_by_sms=True)
    for when in (NOW, at(4, 15)):
        tick(when)
    move(actor, the_visit(booking_id).id, slot(ada, lakeside, at(9, 14)), now=at(4, 16))
    tick(at(4, 16))
    cancel(actor, booking_id, reason=CancelReason.PATIENT_ILL, now=at(4, 17))
    tick(at(4, 17))

    words = [f"{one.subject} {one.body} {one.attachments}" for one in mail.outbox] + [text for _, text in SENT]
    assert len(words) == 8
    for text in words:
        plain = text.replace(secret, "").replace("clinic.example", "").lower()
        for word in ("rosa", "ada", "north", "therap", "physical", "pt ", "ill", "evaluation", "pain"):
            assert word not in plain, (word, text)


def test_a_message_says_when_on_the_clock_there_where_to_look_and_whom_to_call(clinic, lakeside, ada):
    _, _, secret = friday(clinic, lakeside, ada)
    with override_settings(REABLE_ADDRESS="https://clinic.example/"):
        tick(NOW)

    assert mail.outbox[0].body.splitlines() == [
        "Your visit is booked:",
        "Friday, March 6, 2026 at 10:00 AM",
        f"See where it is, or change it: https://clinic.example/booked/{secret}/",
        "Call us: 212 555 0101",
    ]
    assert mail.outbox[0].extra_headers["Message-ID"].endswith("@clinic.example>")


def test_a_message_speaks_the_persons_language(clinic, lakeside, ada):
    friday(clinic, lakeside, ada, language=Language.ES)
    tick(NOW)

    assert "viernes, 6 de marzo de 2026" in mail.outbox[0].body


def test_both_visits_of_one_day_are_confirmed_in_one_message(clinic, lakeside, ada):
    ben = make_therapist(lakeside, OT, name="Ben")
    booked([slot(ben, lakeside, at(6, 14)), slot(ada, lakeside, FRIDAY_10)], clinic)
    tick(NOW)

    (message,) = mail.outbox
    assert "9:00 AM" in message.body
    assert "10:00 AM" in message.body
    assert message.attachments[0].content.count("BEGIN:VEVENT") == 2
    assert message.attachments[0].mimetype.startswith("text/calendar; method=PUBLISH")


def test_a_moved_visit_is_reminded_of_at_its_new_time_and_calendars_are_told(clinic, lakeside, ada):
    actor, booking_id, _ = friday(clinic, lakeside, ada)
    tick(NOW)
    move(actor, the_visit(booking_id).id, slot(ada, lakeside, at(9, 14)), now=NOW)

    assert [tick(when).sent for when in (NOW, at(4, 15), at(6, 13), at(7, 15), at(9, 12))] == [1, 0, 0, 1, 1]
    assert "SEQUENCE:1" in mail.outbox[1].attachments[0].content
    assert mail.outbox[1].subject == "Your visit has a new time"


def test_a_cancelled_visit_is_taken_out_of_calendars_and_not_reminded_of(clinic, lakeside, ada):
    actor, booking_id, _ = friday(clinic, lakeside, ada)
    tick(NOW)
    cancel(actor, booking_id, reason=CancelReason.OTHER, now=NOW)

    assert [tick(when).sent for when in (NOW, at(4, 15), at(6, 13))] == [1, 0, 0]
    assert "METHOD:CANCEL" in mail.outbox[1].attachments[0].content
    assert "http" not in mail.outbox[1].body


def test_cancelled_before_it_was_confirmed_only_the_end_is_told(clinic, lakeside, ada):
    actor, booking_id, _ = friday(clinic, lakeside, ada)
    cancel(actor, booking_id, reason=CancelReason.OTHER, now=NOW)
    tick(NOW)

    assert [one.subject for one in mail.outbox] == ["Your visit is cancelled"]


def test_a_pair_of_which_one_moved_is_still_confirmed_as_it_stands(clinic, lakeside, ada):
    ben = make_therapist(lakeside, OT, name="Ben")
    actor, booking_id, _ = booked([slot(ben, lakeside, at(6, 14)), slot(ada, lakeside, FRIDAY_10)], clinic)
    first = Appointment.objects.get(booking_id=booking_id, discipline="ot")
    move(actor, first.id, slot(ben, lakeside, at(9, 14)), now=NOW)
    tick(NOW)

    by_subject = {one.subject: one.body for one in mail.outbox}
    new, kept = "Monday, March 9, 2026 at 10:00 AM", "Friday, March 6, 2026 at 10:00 AM"
    assert kept in by_subject["Your visit is booked"]
    assert new in by_subject["Your visit is booked"]
    assert new in by_subject["Your visit has a new time"]


def test_one_part_that_fails_keeps_no_other_from_being_done(clinic, lakeside, ada, monkeypatch):
    def broken(now):
        raise RuntimeError("the offers are broken")

    monkeypatch.setattr("reable.web.records.services.tick.expire_offers", broken)
    friday(clinic, lakeside, ada)

    with pytest.raises(RuntimeError, match="offers"):
        tick(NOW)
    assert len(mail.outbox) == 1


def test_a_revoked_link_is_not_sent_any_more(clinic, lakeside, ada):
    actor, booking_id, _ = friday(clinic, lakeside, ada)
    revoke_link(actor, booking_id)
    tick(NOW)

    assert "http" not in mail.outbox[0].body


def test_a_new_key_of_the_server_breaks_no_link_while_the_old_one_is_a_fallback(clinic, lakeside, ada):
    _, booking_id, secret = friday(clinic, lakeside, ada)
    digest = Booking.objects.get().digest

    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):  # noqa: S106
        assert f"/booked/{secret}/" in link_to(LinkTo.BOOKING, booking_id, digest)
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[]):  # noqa: S106
        assert link_to(LinkTo.BOOKING, booking_id, digest) == ""


def test_the_database_holds_no_secret_of_a_booking(clinic, lakeside, ada):
    _, _, secret = friday(clinic, lakeside, ada, remind_by_sms=True)

    assert secret not in str(list(Message.objects.values())) + str(list(Booking.objects.values()))


def test_what_cannot_be_sent_is_tried_again_ever_later_and_then_somebody_calls(clinic, lakeside, ada):
    friday(clinic, lakeside, ada, remind_by_email=False)
    now, tries = NOW, 0
    with override_settings(EMAIL_BACKEND="tests.web.test_reminders.BrokenMail"):
        while Message.objects.filter(kind="booked", dropped_at__isnull=True).exists():
            done = tick(now)
            tries += done.failed + done.given_up
            now += timedelta(minutes=30)

    assert tries == len(WAITS_MINUTES) + 1
    assert Task.objects.get().kind == "not_sent"
    assert mail.outbox == []


def test_one_line_that_is_down_keeps_no_other_message_back(clinic, lakeside, ada):
    friday(clinic, lakeside, ada, remind_by_sms=True)

    with override_settings(REABLE_SMS="tests.web.test_reminders.Broken"):
        done = tick(NOW)
    assert (done.sent, done.failed) == (1, 1)
    assert tick(NOW).sent == 0
    assert tick(NOW + timedelta(minutes=WAITS_MINUTES[0])).sent == 1


def test_a_log_names_neither_number_nor_text(clinic, lakeside, ada, caplog):
    caplog.set_level("INFO")
    friday(clinic, lakeside, ada, remind_by_sms=True)
    with override_settings(REABLE_SMS="tests.web.test_reminders.Broken"):
        tick(NOW)
    SmsToLog().send("212 555 0199", "Your visit")

    assert "would have been sent" in caplog.text
    assert "555" not in caplog.text
    assert "visit" not in caplog.text


def test_to_try_it_out_an_sms_becomes_a_file(tmp_path):
    with override_settings(VAR=tmp_path):
        SmsToFile().send("212 555 0199", "Your visit is soon")

    assert "Your visit is soon" in next((tmp_path / "sms").iterdir()).read_text()


def test_a_reminder_that_comes_after_the_visit_is_dropped(clinic, lakeside, ada):
    friday(clinic, lakeside, ada)
    tick(NOW)

    done = tick(FRIDAY_10)

    assert (done.sent, done.dropped) == (0, 2)


def test_an_sms_at_night_waits_for_the_morning(clinic, lakeside, ada):
    night = at(3, 4)  # 23 o'clock there
    booked([slot(ada, lakeside, FRIDAY_10)], clinic, now=night, remind_by_sms=True)

    assert tick(night).sent == 1
    assert SENT == []
    assert tick(at(3, 13)).sent == 1
    assert len(SENT) == 1


def test_an_erased_person_gets_nothing(clinic, lakeside, ada):
    friday(clinic, lakeside, ada)
    Booking.objects.get().patient.__class__.objects.update(email="", telephone="", erased_at=NOW)

    assert tick(NOW).dropped == 1
    assert mail.outbox == []


def test_inquiries_that_led_nowhere_are_forgotten(clinic, lakeside, ada):
    friday(clinic, lakeside, ada)
    visitor(said="I cannot button my shirt")
    late = datetime.now(ZoneInfo("UTC")) + 31 * DAY

    assert tick(late).erased == 1
    assert Inquiry.objects.filter(erased_at__isnull=True).count() == 1


def test_a_task_is_ticked_off_by_its_role_and_only_once(clinic, lakeside, ada):
    desk, other = staff(clinic, ActorKind.FRONT_DESK), staff(make_clinic("other"), ActorKind.FRONT_DESK)
    _, booking_id, _ = friday(clinic, lakeside, ada)
    cancel(staff(clinic, ActorKind.MANAGER), booking_id, reason=CancelReason.CLINIC_CLOSED, now=NOW)
    (task,) = open_tasks(desk, now=NOW)

    for stranger in (other, staff(clinic, ActorKind.PT)):
        with pytest.raises(NotFound):
            finish_task(stranger, task.task_id, now=NOW)
    with pytest.raises(NotFound):
        finish_task(desk, uuid4(), now=NOW)
    finish_task(desk, task.task_id, now=NOW)

    assert open_tasks(desk, now=NOW) == ()
    assert Task.objects.get().done_by_id == desk.user_id


def test_the_clinic_sees_what_was_sent(clinic, lakeside, ada):
    _, booking_id, _ = friday(clinic, lakeside, ada)
    tick(NOW)

    seen = messages_of(staff(clinic, ActorKind.FRONT_DESK), booking_id)

    assert [one.state for one in seen] == [MessageState.SENT, MessageState.WAITING, MessageState.WAITING]


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_send_each_message_once(clinic, lakeside, ada):
    for hour in (14, 15, 16):
        for day in (3, 4, 5, 6):
            booked([slot(ada, lakeside, at(day, hour))], clinic, remind_by_sms=True)
    start, sent = Barrier(4), []

    def run():
        start.wait()
        try:
            sent.append(tick(NOW).sent)
        finally:
            connection.close()

    connection.close()
    threads = [Thread(target=run) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert sum(sent) == 24
    assert len(mail.outbox) == len(SENT) == 12
    assert not Message.objects.filter(kind="booked", sent_at__isnull=True).exists()
