"""Find who acts in a request: from the session, the memberships that are live, and the links that were opened."""

from uuid import UUID

from django.http import HttpRequest

from reable.web.records.actor import Actor, ActorKind
from reable.web.records.models import Carer, Patient
from reable.web.records.selectors.inquiries import open_links

INQUIRIES, BOOKINGS, CLINIC = "inquiries", "bookings", "clinic"  # keys of the session
LINKS = "inquiry_links"  # key of the session: by which return link an inquiry came into this browser


def actor_of(request: HttpRequest) -> Actor:
    """Give the actor. A membership that was revoked a moment ago counts no more."""
    inquiries = _inquiries(request)
    bookings = frozenset(UUID(key) for key in request.session.get(BOOKINGS, ()))
    if not request.user.is_authenticated:
        kind = ActorKind.LINK_HOLDER if bookings else ActorKind.ANONYMOUS
        return Actor(kind=kind, inquiry_ids=inquiries, booking_ids=bookings)
    user_id = request.user.pk
    # Through the user: the accounts know the records, so the records must not know the accounts.
    memberships = request.user.memberships.filter(revoked_at__isnull=True)
    live = list(memberships.order_by("since").values_list("clinic_id", "role"))
    chosen = request.session.get(CLINIC)
    clinic_id = next((clinic for clinic, _ in live if str(clinic) == chosen), live[0][0] if live else None)
    kinds = frozenset(ActorKind(role) for clinic, role in live if clinic == clinic_id)
    own, cared = _patients(user_id)
    return Actor(
        kind=_kind(kinds, is_operator=request.user.is_superuser, own=bool(own), cared=bool(cared)),
        user_id=user_id,
        clinic_id=clinic_id,
        kinds=kinds,
        inquiry_ids=inquiries,
        booking_ids=bookings,
        patient_ids=own | cared,
    )


def _inquiries(request: HttpRequest) -> frozenset[UUID]:
    """Give the inquiries of this browser; one that came by a link counts as long as that link opens it (S13)."""
    links = request.session.get(LINKS, {})
    opened = open_links(UUID(link) for link in links.values())
    known = request.session.get(INQUIRIES, ())
    return frozenset(UUID(key) for key in known if key not in links or UUID(links[key]) in opened)


def _patients(user_id: UUID) -> tuple[frozenset[UUID], frozenset[UUID]]:
    own = Patient.objects.filter(user_id=user_id, erased_at__isnull=True).values_list("id", flat=True)
    cared = Carer.objects.filter(user_id=user_id, revoked_at__isnull=True, patient__erased_at__isnull=True)
    return frozenset(own), frozenset(cared.values_list("patient_id", flat=True))


def _kind(kinds: frozenset[ActorKind], *, is_operator: bool, own: bool, cared: bool) -> ActorKind:
    """Name the actor by the role in which most is done, for the audit."""
    order = (ActorKind.PT, ActorKind.OT, ActorKind.FRONT_DESK, ActorKind.MANAGER, ActorKind.REFERRING_PHYSICIAN)
    first = next((kind for kind in (*order, ActorKind.INTEGRATION) if kind in kinds), None)
    if first is not None:
        return first
    if is_operator:
        return ActorKind.OPERATOR
    return ActorKind.PATIENT if own else ActorKind.CARER if cared else ActorKind.ANONYMOUS
