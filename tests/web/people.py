"""Small makers of clinics, people and actors for the web's tests. `NOW` is a Monday, 8 o'clock in New York."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from reable.terms import Discipline, Language
from reable.web.accounts.models import Membership, User
from reable.web.accounts.services import add_user
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.models import Availability, Clinic, Location, Patient, ReferralRule, Room, Therapist, VisitType
from reable.web.records.selectors.slots import Wish
from reable.web.records.services.bookings import Chosen, book
from reable.web.records.services.inquiries import begin_inquiry, give
from reable.web.records.services.persons import Person

ZONE = "America/New_York"
NOW = datetime(2026, 3, 2, 13, tzinfo=UTC)
DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
_numbers = count(1)


def at(day: int, hour: int, minute: int = 0, *, month: int = 3) -> datetime:
    """Give a moment of 2026 in UTC."""
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def make_clinic(slug: str = "north", *, rules: str | None = "direct", minutes: int = 60, **fields: Any) -> Clinic:
    clinic = Clinic.objects.create(
        slug=slug, **{"name": slug.title(), "telephone": "212 555 0100", "time_zone": ZONE, "country": "US", **fields}
    )
    for discipline in Discipline:
        VisitType.objects.create(clinic=clinic, discipline=discipline, kind="evaluation", minutes=minutes)
        if rules:
            ReferralRule.objects.create(clinic=clinic, discipline=discipline, rule=rules)
    return clinic


def make_location(
    clinic: Clinic, name: str = "Lakeside", *, rooms: Iterable[str] = (), step_free: bool = True
) -> Location:
    location = Location.objects.create(
        clinic=clinic, name=name, address=f"{name} Road 1", telephone="212 555 0101", step_free=step_free
    )
    for room in rooms:
        Room.objects.create(location=location, name=room)
    return location


def make_user(email: str | None = None) -> User:
    return User.objects.create_user(email or f"user{next(_numbers)}@example.org", None)


def make_therapist(
    location: Location,
    discipline: Discipline = Discipline.PT,
    *,
    name: str = "Ada",
    weekdays: Iterable[int] = range(5),
    hours: tuple[int, int] = (9, 12),
    languages: Iterable[str] = ("en", "es"),
    specialties: Iterable[str] = (),
    age_groups: Iterable[str] = ("adult", "older"),
    room: Room | None = None,
) -> Therapist:
    therapist = Therapist.objects.create(
        clinic=location.clinic,
        user=make_user(),
        discipline=discipline,
        name=name,
        languages=list(languages),
        specialties=list(specialties),
        age_groups=list(age_groups),
    )
    for weekday in weekdays:
        add_hours(therapist, location, weekday, hours, room=room)
    return therapist


def add_hours(
    therapist: Therapist, location: Location, weekday: int, hours: tuple[int, int], *, room: Room | None = None
) -> None:
    Availability.objects.create(
        therapist=therapist,
        location=location,
        room=room,
        weekday=weekday,
        starts=time(hours[0]),
        ends=time(hours[1]),
        valid_from=date(2026, 1, 1),
    )


def staff(clinic: Clinic, *kinds: ActorKind) -> Actor:
    return Actor(kind=kinds[0], user_id=make_user().id, clinic_id=clinic.id, kinds=frozenset(kinds))


def nobody() -> Actor:
    return Actor(kind=ActorKind.ANONYMOUS)


def visitor(*, age: int = 40, relation: str = "", said: str = "") -> tuple[Actor, UUID]:
    """Give somebody who has begun to tell, and their inquiry."""
    actor = nobody()
    inquiry_id = begin_inquiry(
        actor, clinic_id=None, about={"language": "en", "country": "US", "age": age, "relation": relation}
    )
    if said:
        give(actor, inquiry_id, ("statement", {"text": said}))
    return actor, inquiry_id


def person(**fields: Any) -> Person:
    given = {
        "name": "Rosa Example",
        "email": "rosa@example.org",
        "telephone": "212 555 0199",
        "language": Language.EN,
        "age": 40,
        "remind_by_email": True,
        "remind_by_sms": False,
    }
    return Person(**{**given, **fields})


def make_patient(clinic: Clinic, *, user: User | None = None, age: int = 40, **fields: Any) -> Patient:
    given = {"name": "Rosa Example", "email": "rosa@example.org", "language": "en", "since": NOW}
    return Patient.objects.create(clinic=clinic, user=user, age=age, **{**given, **fields})


def patient_actor(patient: Patient, kind: ActorKind = ActorKind.PATIENT) -> Actor:
    return Actor(kind=kind, user_id=make_user().id, patient_ids=frozenset({patient.id}))


def form_key() -> str:
    return f"a-form-sent-once-{next(_numbers)}"


def slot(therapist: Therapist, location: Location, starts_at: datetime) -> Chosen:
    return Chosen(therapist_id=therapist.id, location_id=location.id, starts_at=starts_at)


def wish(discipline: Discipline = Discipline.PT, **fields: Any) -> Wish:
    return Wish(**{"discipline": discipline, "age": 40, **fields})


def booked(
    times: Iterable[Chosen], clinic: Clinic, *, now: datetime = NOW, note: str = "", **fields: Any
) -> tuple[Actor, UUID, str]:
    """Book as a visitor; gives who did it, the booking and the secret of its link."""
    actor, inquiry_id = visitor(age=fields.get("age", 40))
    made = book(
        actor,
        clinic_id=clinic.id,
        inquiry_id=inquiry_id,
        person=person(**fields),
        times=list(times),
        note=note,
        form_key=form_key(),
        now=now,
    )
    return actor, made.booking_id, made.secret


def make_member(clinic: Clinic, *roles: str, email: str | None = None, password: str | None = None) -> Actor:
    """Give somebody who works in a clinic with rows of these roles, so that they can sign in."""
    user = User.objects.filter(email=email).first() if email else None
    user = user or add_user(email or f"user{next(_numbers)}@example.org", "Somebody", password=password, proven=True)
    for role in roles:
        Membership.objects.create(user=user, clinic=clinic, role=role, since=NOW)
    kinds = [ActorKind(role) for role in roles]
    return Actor(kind=kinds[0], user_id=user.id, clinic_id=clinic.id, kinds=frozenset(kinds))
