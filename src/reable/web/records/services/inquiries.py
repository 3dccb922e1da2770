"""Begin an inquiry, add to it, keep what was recommended, make a way back, delete it."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any
from uuid import UUID

from django.db import transaction

from reable.navigate import Navigation, to_record
from reable.web import core
from reable.web.records.actor import Actor, system_actor
from reable.web.records.digest import digest_of
from reable.web.records.models import Erasure, Inquiry, InquiryEntry, Recommendation, ReturnLink
from reable.web.records.selectors.inquiries import open_inquiry
from reable.web.records.services.safeguarding import forget, notice

KEPT_DAYS = 30  # an inquiry that leads to no booking is forgotten after these
LINK_DAYS = 30


@transaction.atomic
def begin_inquiry(
    actor: Actor, *, clinic_id: UUID | None, about: Mapping[str, Any], now: datetime | None = None
) -> UUID:
    """Begin an inquiry for who acts; they may see it from now on."""
    now = now or datetime.now(UTC)
    inquiry = Inquiry.objects.create(clinic_id=clinic_id, begun_at=now, expires_at=now + timedelta(days=KEPT_DAYS))
    InquiryEntry.objects.create(inquiry=inquiry, kind="about", data=dict(about), at=now)
    actor.inquiry_ids |= {inquiry.id}
    actor.reads(inquiries=[inquiry.id])
    return inquiry.id


@transaction.atomic
def give(actor: Actor, inquiry_id: UUID, *given: tuple[str, Mapping[str, Any]], now: datetime | None = None) -> None:
    """Add entries of these kinds. What was given before stays; the latest counts. Raises: NotFound."""
    inquiry = open_inquiry(actor, inquiry_id)
    now = now or datetime.now(UTC)
    InquiryEntry.objects.bulk_create(
        InquiryEntry(inquiry=inquiry, kind=kind, data=dict(data), at=now) for kind, data in given
    )
    notice(inquiry, now=now)


@transaction.atomic
def keep_recommendation(actor: Actor, inquiry_id: UUID, navigation: Navigation, *, now: datetime | None = None) -> UUID:
    """Keep an answer as it is shown; the same answer shown again is the same row. Raises: NotFound."""
    inquiry = open_inquiry(actor, inquiry_id)
    here = core.opened()
    record: dict[str, Any] = to_record(
        navigation, id_=str(inquiry_id), knowledge=here.knowledge, versions=here.versions
    )
    latest = inquiry.recommendations.order_by("-at").first()
    if latest is not None and latest.record == record:
        return latest.id
    made = Recommendation.objects.create(
        inquiry=inquiry,
        record=record,
        door=record["door"],
        leaning=record["leaning"] or "",
        urgency=record["urgency"] or "",
        danger_screen=record["danger_screen"],
        knowledge_version=here.versions.knowledge,
        model_version=here.versions.model,
        reasoning_version=here.versions.reasoning,
        at=now or datetime.now(UTC),
    )
    return made.id


@transaction.atomic
def make_return_link(actor: Actor, inquiry_id: UUID) -> str:
    """Make a secret with which this inquiry can be opened again; earlier ones end. Raises: NotFound."""
    inquiry = open_inquiry(actor, inquiry_id)
    now = datetime.now(UTC)
    inquiry.links.filter(revoked_at__isnull=True).update(revoked_at=now)
    secret = token_urlsafe(24)
    ReturnLink.objects.create(
        inquiry=inquiry, digest=digest_of(secret), made_at=now, expires_at=now + timedelta(days=LINK_DAYS)
    )
    return secret


@transaction.atomic
def revoke_return_links(actor: Actor, inquiry_id: UUID) -> None:
    """End all links to this inquiry. Raises: NotFound."""
    open_inquiry(actor, inquiry_id).links.filter(revoked_at__isnull=True).update(revoked_at=datetime.now(UTC))


@transaction.atomic
def erase_inquiry(actor: Actor, inquiry_id: UUID) -> None:
    """Delete what somebody told, at once; a booking that came of it stays without it. Raises: NotFound."""
    erase_rows(open_inquiry(actor, inquiry_id), actor)


def erase_rows(inquiry: Inquiry, actor: Actor) -> None:
    """Delete everything given and advised, and leave a tombstone that says only that it happened."""
    now = datetime.now(UTC)
    forget(inquiry, now=now)
    inquiry.entries.all().delete()
    inquiry.links.all().delete()
    for recommendation in inquiry.recommendations.all():
        recommendation.decisions.all().delete()
    inquiry.recommendations.all().delete()
    Inquiry.objects.filter(id=inquiry.id).update(erased_at=now)
    Erasure.objects.create(
        clinic_id=inquiry.clinic_id, kind="inquiry", erased_id=inquiry.id, actor=actor.kind.value, at=now
    )


def erase_expired(now: datetime) -> int:
    """Forget inquiries that led to no booking and whose time is over; gives how many."""
    expired = Inquiry.objects.filter(expires_at__lt=now, erased_at__isnull=True, bookings__isnull=True)
    count = 0
    for inquiry in expired:
        with transaction.atomic():
            erase_rows(inquiry, system_actor(inquiry.clinic_id))
        count += 1
    return count
