"""The clinics of the demo, before anybody asks: places, hours, staff. A manager sets them up as managers do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

from reable import book
from reable.terms import Discipline
from reable.web.accounts.models import Membership, RoleName
from reable.web.accounts.services import add_user, invite
from reable.web.operations.demo.moments import day, span
from reable.web.operations.demo.shapes import ClinicScript, OtherDay, PlaceScript, StaffScript, Texts
from reable.web.operations.site import operator
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.selectors.places import place
from reable.web.records.selectors.places import places as places_of
from reable.web.records.services.clinics import ClinicGiven, new_clinic
from reable.web.records.services.places import (
    PlaceGiven,
    add_open_hours,
    add_room,
    close_day,
    save_place,
    set_lengths,
    set_rules,
    set_texts,
)
from reable.web.records.services.staff import DayGiven, Profile, WeeklyGiven, add_day, add_hours, save_profile

FOUNDED_BEFORE = timedelta(days=56)
_DISCIPLINES = {RoleName.PT: Discipline.PT, RoleName.OT: Discipline.OT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """Somebody who works in a clinic of the demo."""

    user_id: UUID
    script: StaffScript
    therapist_id: UUID | None

    @property
    def discipline(self) -> Discipline:
        """What they treat in. Raises: StopIteration for who treats nobody."""
        return next(_DISCIPLINES[role] for role in self.script.roles if role in _DISCIPLINES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """A clinic of the demo; places and staff by their keys in the script."""

    id: UUID
    zone: ZoneInfo
    places: Mapping[str, UUID]
    staff: Mapping[str, Colleague]

    def actor(self, key: str) -> Actor:
        """Give the actor of somebody who works here, as signing in does. Raises: KeyError."""
        return _actor(self.id, self.staff[key].user_id, self.staff[key].script)


def found(key: str, script: ClinicScript, texts: Texts, staff: Mapping[str, StaffScript], *, now: datetime) -> Founded:
    """Set up a clinic."""
    begun = now - FOUNDED_BEFORE
    first, *_others = script.places
    clinic_id = new_clinic(operator(), _clinic(key, script, script.places[first]), is_demo=True)
    users = {name: _employ(clinic_id, member, begun) for name, member in staff.items()}
    boss = _actor(clinic_id, users[script.first_manager], staff[script.first_manager])
    set_lengths(boss, {(one, kind): length for one in script.rules for kind, length in script.minutes.items()})
    set_rules(boss, script.rules)
    set_texts(boss, {name: (text.en, text.es) for name, text in texts.items()})
    made_already = {one.name: one.id for one in places_of(boss)}
    places = {name: _place(boss, made_already.get(one.name), one) for name, one in script.places.items()}
    zone = ZoneInfo(script.time_zone)
    for closed in script.closed:
        there = places[closed.place] if closed.place else None
        close_day(boss, day(closed.day, now=now, zone=zone), place_id=there, reason=closed.reason, now=now)
    for invited in script.invited:
        invite(boss, invited.email, invited.role, now=now)
    colleagues = {
        name: Colleague(user_id=users[name], script=one, therapist_id=_bookable(boss, users[name], one))
        for name, one in staff.items()
    }
    made = Founded(id=clinic_id, zone=zone, places=places, staff=colleagues)
    for name, one in staff.items():
        _give_hours(made, name, one, now)
    return made


def _clinic(key: str, script: ClinicScript, first: PlaceScript) -> ClinicGiven:
    return ClinicGiven(
        slug=key,
        name=script.name,
        telephone=script.telephone,
        time_zone=script.time_zone,
        country=script.country,
        notice_minutes=script.notice_minutes,
        place=_given(first),
    )


def _employ(clinic_id: UUID, member: StaffScript, begun: datetime) -> UUID:
    """Enter somebody with their roles, as the operator enters a first manager: nobody reads invitations here."""
    user = add_user(member.email, member.name, proven=True)
    for role in member.roles:
        Membership.objects.create(user=user, clinic_id=clinic_id, role=role, since=begun)
    return user.id


def _actor(clinic_id: UUID, user_id: UUID, script: StaffScript) -> Actor:
    kinds = [ActorKind(role) for role in script.roles]
    return Actor(kind=kinds[0], user_id=user_id, clinic_id=clinic_id, kinds=frozenset(kinds))


def _given(script: PlaceScript) -> PlaceGiven:
    latitude, longitude = (Decimal(one) for one in script.map) if script.map else (None, None)
    return PlaceGiven(
        name=script.name,
        address=script.address,
        telephone=script.telephone,
        step_free=script.step_free,
        latitude=latitude,
        longitude=longitude,
    )


def _place(boss: Actor, made: UUID | None, script: PlaceScript) -> UUID:
    """Furnish a place; the first one came with the clinic."""
    id_ = made or save_place(boss, None, _given(script))
    for room in script.rooms:
        add_room(boss, id_, room)
    for weekday, hours in script.open.items():
        opens, closes = span(hours)
        add_open_hours(boss, id_, weekday=list(book.Weekday).index(weekday), opens=opens, closes=closes)
    return id_


def _bookable(boss: Actor, user_id: UUID, script: StaffScript) -> UUID | None:
    profile = Profile(
        name=script.name, specialties=script.specialties, languages=script.languages, age_groups=script.ages
    )
    treats = [_DISCIPLINES[role] for role in script.roles if role in _DISCIPLINES]
    made = [save_profile(boss, user_id, discipline, profile) for discipline in treats]
    return made[0] if made else None


def _give_hours(clinic: Founded, key: str, script: StaffScript, now: datetime) -> None:
    """Let a therapist enter their hours, and the days that differ."""
    therapist_id = clinic.staff[key].therapist_id
    if therapist_id is None:
        return
    begun = book.day_of(now - FOUNDED_BEFORE, clinic.zone)
    boss = next(clinic.actor(one) for one, who in clinic.staff.items() if RoleName.MANAGER in who.script.roles)
    for hours in script.hours:
        rooms = {room.name: room.id for room in place(boss, clinic.places[hours.place]).rooms}
        for weekday, from_to in ((one, text) for one in hours.days for text in hours.from_to):
            starts, ends = span(from_to)
            given = WeeklyGiven(
                weekday=list(book.Weekday).index(weekday),
                starts=starts,
                ends=ends,
                place_id=clinic.places[hours.place],
                room_id=rooms[hours.room] if hours.room else None,
                valid_from=begun,
                valid_until=None,
            )
            add_hours(clinic.actor(key), therapist_id, given)
    for other in script.other_days:
        add_day(clinic.actor(key), therapist_id, _other(clinic, other, now), now=now)


def _other(clinic: Founded, script: OtherDay, now: datetime) -> DayGiven:
    return DayGiven(
        on=day(script.day, now=now, zone=clinic.zone),
        hours=span(script.from_to) if script.from_to else None,
        place_id=clinic.places[script.place] if script.place else None,
        reason=script.reason,
    )
