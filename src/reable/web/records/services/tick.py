"""What must happen though nobody asks: messages that are due are sent, offers end, old inquiries are forgotten.

Run it each minute; two at once do no harm. A message is claimed before it is sent, by counting its tries up and putting
off its next one, in a short transaction of its own: nothing is locked while a mail server thinks. Should this process
die between sending and writing that down, the message is sent once more; its Message-ID is the same.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils.module_loading import import_string

from reable import book
from reable.book import Channel, ReminderKind, Role
from reable.web.records.models import Message
from reable.web.records.services.inquiries import erase_expired
from reable.web.records.services.reminders import TaskKind, Written, write_task, written
from reable.web.records.services.safeguarding import tell_of_unseen
from reable.web.records.services.waiting_list import expire_offers

log = logging.getLogger("reable.tick")
WAITS_MINUTES = (5, 15, 60, 240, 720)  # before the next try; after the last the clinic calls
MOST_AT_ONCE = 200  # messages in one tick: the next comes in a minute
Got = TypeVar("Got")
_LOG_ONLY = "reable.web.records.services.tick.SmsToLog"


class SmsSender(Protocol):
    """Whatever sends an SMS: name a class with this one method in the setting REABLE_SMS."""

    def send(self, number: str, text: str) -> None:
        """Send the text, or raise any error: it is tried again later."""


class SmsToLog:
    """Sends nothing and says so in the log, without number and text."""

    def send(self, number: str, text: str) -> None:
        """Write down the fact only."""
        log.info("an SMS of %d letters would have been sent", len(text))


class SmsToFile:
    """For trying out: writes each SMS into the folder `sms` beside the mail."""

    def send(self, number: str, text: str) -> None:
        """Write a file."""
        folder = Path(settings.VAR) / "sms"
        folder.mkdir(parents=True, exist_ok=True)
        name = sha256(f"{number} {text}".encode()).hexdigest()[:16]
        (folder / f"{name}.txt").write_text(f"{number}\n{text}\n", encoding="utf-8")


@dataclass(frozen=True, slots=True, kw_only=True)
class TickDone:
    """What one tick did."""

    sent: int
    failed: int  # to be tried again
    given_up: int  # a person calls instead
    dropped: int  # nothing to say any more
    offers_expired: int
    offers_made: int
    erased: int


def tick(now: datetime) -> TickDone:
    """Do what is due by `now`. One part that fails keeps no other from being done; then its error is raised."""
    failed: list[Exception] = []
    nothing: list[str] = []
    expired, made = _done(lambda: expire_offers(now), failed, (0, 0))
    _done(lambda: tell_of_unseen(now), failed, 0)
    outcomes = _done(lambda: [_send(message_id, now) for message_id in _claimed(now)], failed, nothing)
    erased = _done(lambda: erase_expired(now), failed, 0)
    if failed:
        raise failed[0]
    return TickDone(
        sent=outcomes.count("sent"),
        failed=outcomes.count("failed"),
        given_up=outcomes.count("given_up"),
        dropped=outcomes.count("dropped"),
        offers_expired=expired,
        offers_made=made,
        erased=erased,
    )


def _done(part: Callable[[], Got], failed: list[Exception], otherwise: Got) -> Got:
    try:
        return part()
    except Exception as error:  # noqa: BLE001 - kept, and raised when the other parts are done
        failed.append(error)
        return otherwise


def _claimed(now: datetime) -> Iterable[UUID]:
    """Take what is due, so that another tick does not: until its next try it is ours."""
    due = Message.objects.filter(sent_at__isnull=True, dropped_at__isnull=True, due_at__lte=now)
    with transaction.atomic():
        rows = list(
            due.select_for_update(skip_locked=True, of=("self",))
            .select_related("clinic")
            .order_by("due_at", "id")[:MOST_AT_ONCE]
        )
        for row in rows:
            wait = timedelta(minutes=WAITS_MINUTES[min(row.tries, len(WAITS_MINUTES) - 1)])
            row.tries += 1
            row.due_at = book.next_waking(now + wait, ZoneInfo(row.clinic.time_zone))
        Message.objects.bulk_update(rows, ["tries", "due_at"])
    return [row.id for row in rows]


def _send(message_id: UUID, now: datetime) -> str:
    message = Message.objects.select_related(
        "patient", "user", "clinic", "appointment__booking", "appointment__clinic", "appointment__location"
    ).get(id=message_id)
    words = None if _is_too_late(message, now) else written(message, now=now)
    address = _address(message)
    if words is None or not address:
        _end(message, dropped_at=now)
        return "dropped"
    try:
        _deliver(message, words, address)
    except Exception as error:  # noqa: BLE001 - any sender may fail in any way, and none may stop the others
        log.warning("a message could not be sent: %s, try %d", type(error).__name__, message.tries)
        return _failed(message, now)
    _end(message, sent_at=now)
    return "sent"


def _address(message: Message) -> str:
    if message.patient is None:
        return message.user.email if message.user is not None and message.user.is_active else ""
    return message.patient.email if message.channel == Channel.EMAIL else message.patient.telephone


def _is_too_late(message: Message, now: datetime) -> bool:
    """A reminder after the visit began reminds of nothing."""
    appointment = message.appointment
    return appointment is not None and message.kind in set(ReminderKind) and appointment.starts_at <= now


def _deliver(message: Message, words: Written, address: str) -> None:
    if message.channel == Channel.SMS:
        sender: SmsSender = import_string(getattr(settings, "REABLE_SMS", _LOG_ONLY))()
        sender.send(address, "\n".join(words.lines))
        return
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    key = sha256(message.dedupe_key.encode()).hexdigest()[:32]
    mail = EmailMessage(
        subject=words.subject,
        body="\n".join(words.lines) + "\n",
        to=[address],
        headers={"Message-ID": f"<{key}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    if words.calendar:
        method = "CANCEL" if words.cancels else "PUBLISH"
        mail.attach("visit.ics", words.calendar, f"text/calendar; method={method}; charset=utf-8")
    mail.send()


def _failed(message: Message, now: datetime) -> str:
    if message.tries <= len(WAITS_MINUTES):
        return "failed"
    with transaction.atomic():
        _end(message, dropped_at=now)
        if message.patient_id is not None:  # of the others the front desk learns nothing (S13): they rise on their page
            clinic, desk = message.clinic, Role.FRONT_DESK
            write_task(TaskKind.NOT_SENT, desk, clinic=clinic, patient_id=message.patient_id, now=now)
    return "given_up"


def _end(message: Message, *, sent_at: datetime | None = None, dropped_at: datetime | None = None) -> None:
    """Write down how it ended; the secret link in it is kept no longer."""
    Message.objects.filter(id=message.id).update(sent_at=sent_at, dropped_at=dropped_at, text="")
