"""Read an inquiry: whoever began it or opened its link; a clinic only what was booked or begun there."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from reable.web.records.actor import Actor, NotFound
from reable.web.records.inquiry_state import InquiryState, state_from
from reable.web.records.models import Booking, Inquiry, ReturnLink

ASK_AGAIN_AFTER = timedelta(days=7)  # an older answer is not shown before danger was asked again (S3)


def open_inquiry(actor: Actor, inquiry_id: UUID) -> Inquiry:
    """Give the row, for services and selectors only. Raises: NotFound for foreign, missing, erased and expired."""
    if inquiry_id not in actor.inquiry_ids:
        raise NotFound
    inquiry = Inquiry.objects.filter(id=inquiry_id, erased_at__isnull=True).first()
    if inquiry is None or inquiry.expires_at < datetime.now(UTC):
        raise NotFound
    actor.reads(inquiries=[inquiry_id])
    return inquiry


def inquiry_state(actor: Actor, inquiry_id: UUID) -> InquiryState:
    """Give what was told so far. Raises: NotFound."""
    return state_of(open_inquiry(actor, inquiry_id))


def state_of(inquiry: Inquiry) -> InquiryState:
    """Add up the entries of a row."""
    entries = inquiry.entries.order_by("id").values_list("kind", "data")
    return state_from(inquiry.id, inquiry.clinic_id, entries)


def is_long_ago(actor: Actor, inquiry_id: UUID) -> bool:
    """Test if danger was last asked so long ago that it is asked again first (S3). Raises: NotFound."""
    latest = open_inquiry(actor, inquiry_id).entries.order_by("-id").values_list("at", flat=True).first()
    return latest is not None and datetime.now(UTC) - latest > ASK_AGAIN_AFTER


def is_booked(actor: Actor, inquiry_id: UUID) -> bool:
    """Test if a booking came of it. Raises: NotFound."""
    return open_inquiry(actor, inquiry_id).bookings.exists()


def who_may_see(actor: Actor, inquiry_id: UUID) -> frozenset[UUID]:
    """List the clinics that may see it by now. Raises: NotFound."""
    return clinics_of(open_inquiry(actor, inquiry_id), datetime.now(UTC))


def clinics_of(inquiry: Inquiry, now: datetime) -> frozenset[UUID]:
    """List who may see an inquiry: the clinic on whose link it was begun, and where it was booked (decisions 15)."""
    rows = Booking.objects.filter(inquiry=inquiry, appointments__statuses__isnull=False)
    booked = frozenset(rows.values_list("clinic_id", flat=True))
    is_begun = inquiry.clinic_id is not None and inquiry.expires_at > now
    return booked | {inquiry.clinic_id} if is_begun and inquiry.clinic_id else booked


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedLink:
    """What a link leads to."""

    inquiry_id: UUID
    link_id: UUID


def by_return_link(digest: str) -> OpenedLink:
    """Find the inquiry of a link by the digest of its secret. Raises: NotFound for wrong, revoked and expired ones."""
    now = datetime.now(UTC)
    link = (
        ReturnLink.objects.filter(digest=digest, revoked_at__isnull=True, expires_at__gt=now)
        .filter(inquiry__erased_at__isnull=True)
        .first()
    )
    if link is None:
        raise NotFound
    return OpenedLink(inquiry_id=link.inquiry_id, link_id=link.id)


def open_links(links: Iterable[UUID]) -> frozenset[UUID]:
    """Tell which of these links still open what they lead to."""
    wanted = list(links)
    if not wanted:
        return frozenset()
    rows = ReturnLink.objects.filter(id__in=wanted, revoked_at__isnull=True, expires_at__gt=datetime.now(UTC))
    return frozenset(rows.values_list("id", flat=True))
