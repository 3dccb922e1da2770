"""Links that open one thing without an account: a booking, a place on the waiting list.

The secret of a link is drawn from the key of this server and the row's random id (24 bytes, as `token_urlsafe(24)`
has), so that it can be written again into a later message while the database holds nothing but its digest.
"""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils.crypto import salted_hmac

from reable.web.records.actor import Actor, NotFound
from reable.web.records.digest import digest_of
from reable.web.records.models import Booking
from reable.web.records.selectors.bookings import open_booking

SECRET_BYTES = 24
KEPT_DAYS = 30  # after the last visit a booking's link opens no more


class LinkTo(StrEnum):
    """What a link opens; the value is the first part of its address."""

    BOOKING = "booked"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookingMade:
    """A booking, and the secret of the link that opens it."""

    booking_id: UUID
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A place on the waiting list, and the secret of the link that opens it."""

    entry_id: UUID
    secret: str


def secret_of(what: LinkTo, id_: UUID) -> str:
    """Give the secret of a link to this row."""
    return _secret(what, id_, settings.SECRET_KEY)


def link_to(what: LinkTo, id_: UUID, digest: str) -> str:
    """Write the whole address of a link for a message; empty if no key of this server fits its digest any more."""
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        secret = _secret(what, id_, key)
        if digest_of(secret) == digest:
            address = getattr(settings, "REABLE_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
            return f"{address}/{what.value}/{secret}/"
    return ""


def open_by_secret(actor: Actor, digest: str, *, now: datetime | None = None) -> UUID:
    """Open a booking by the digest of its link's secret: who acts may see and change it from now on.

    Raises: NotFound for wrong, revoked and old ones.
    """
    now = now or datetime.now(UTC)
    row = Booking.objects.filter(digest=digest, link_revoked_at__isnull=True).first()
    if row is None:
        raise NotFound
    last = row.appointments.aggregate(last=Max("ends_at"))["last"]
    if last is None or last + timedelta(days=KEPT_DAYS) < now:
        raise NotFound
    before = actor.booking_ids
    actor.booking_ids = before | {row.id}
    try:
        open_booking(actor, row.id)
    except NotFound:
        actor.booking_ids = before
        raise
    return row.id


@transaction.atomic
def revoke_link(actor: Actor, booking_id: UUID, *, now: datetime | None = None) -> None:
    """Close a booking's link, and with it every browser that came by it. Raises: NotFound."""
    row = open_booking(actor, booking_id)
    Booking.objects.filter(id=row.id, link_revoked_at__isnull=True).update(link_revoked_at=now or datetime.now(UTC))


def _secret(what: LinkTo, id_: UUID, key: str | bytes) -> str:
    mac = salted_hmac(f"reable.link.{what.value}", str(id_), secret=key, algorithm="sha256").digest()
    return urlsafe_b64encode(mac[:SECRET_BYTES]).decode()
