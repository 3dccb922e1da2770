"""The shapes of the script: clinics, who works there, and people with what they say and do.

What is optional, and each list and table, may be left out of the YAML. Moments are written as `moments` reads them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum

from reable.book import AgeGroup, CancelReason, DeclineReason, ReferralAct, SendBackNeed, Weekday
from reable.terms import Discipline, Door, Language, Priority, Specialty
from reable.web.accounts.models import RoleName
from reable.web.records.selectors.places import TextKey
from reable.web.records.services.decisions import Verdict
from reable.web.records.services.reminders import TaskKind
from reable.web.records.services.safeguarding import Outcome, Way


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceScript:
    """A place; `map` is latitude and longitude, or nothing."""

    name: str
    address: str
    telephone: str
    step_free: bool
    map: tuple[str, ...]
    rooms: tuple[str, ...]
    open: Mapping[Weekday, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosedScript:
    """A day to come on which the clinic, or one place, is closed."""

    day: str
    place: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitedScript:
    """Somebody who was invited and has not answered."""

    email: str
    role: RoleName


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicScript:
    """A clinic. `minutes` by kind of visit."""

    name: str
    telephone: str
    time_zone: str
    country: str
    notice_minutes: int
    first_manager: str
    minutes: Mapping[str, int]
    rules: Mapping[Discipline, str]
    closed: tuple[ClosedScript, ...]
    places: Mapping[str, PlaceScript]
    invited: tuple[InvitedScript, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TextScript:
    """A text of a clinic's own."""

    en: str
    es: str


Texts = Mapping[TextKey, TextScript]


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursScript:
    """Weekly hours at a place."""

    place: str
    room: str | None
    days: tuple[Weekday, ...]
    from_to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherDay:
    """A day that differs: away, or other hours at a place."""

    day: str
    place: str | None
    from_to: str | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffScript:
    """Somebody who works in a clinic, or refers to it."""

    name: str
    email: str
    roles: tuple[RoleName, ...]
    specialties: tuple[Specialty, ...]
    languages: tuple[Language, ...]
    ages: tuple[AgeGroup, ...]
    hours: tuple[HoursScript, ...]
    other_days: tuple[OtherDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """What somebody gives of themselves when they book. `remind`: email, sms."""

    name: str
    email: str | None
    telephone: str | None
    remind: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ForWhom:
    """For whom a helper asks, and whether that person agrees."""

    relation: str
    agrees: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taps:
    """What was tapped; a part of the body may name its side, such as `hand:right`."""

    activities: tuple[str, ...]
    sites: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The answers to "this is not happening now" (S5)."""

    by_clinician: bool
    when: str | None
    worse: bool | None


class Stop(StrEnum):
    """Where somebody leaves before a recommendation."""

    DANGER = "danger"
    CHECKLIST = "checklist"


@dataclass(frozen=True, slots=True, kw_only=True)
class BookStep:
    """Book PT, OT or both (on one day) with these therapists, the first free time from `since` on."""

    pt: str | None
    ot: str | None
    since: str
    by: str | None  # who of the clinic books, by telephone; nobody: the person
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStep:
    """Move a visit to the first free time with this therapist from `since` on."""

    visit: Discipline
    to: str
    since: str
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelStep:
    """Cancel a visit."""

    visit: Discipline
    reason: CancelReason
    by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitStep:
    """Join the waiting list; no place is any."""

    discipline: Discipline
    place: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClearedScript:
    """Who cleared an open danger, on which day, and how."""

    who: str
    day: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideStep:
    """A therapist decides on the recommendation, for their own discipline."""

    by: str
    verdict: Verdict
    door: Door | None
    reason: str | None
    cleared: ClearedScript | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferStep:
    """A referral is entered: by the physician, or by the clinic for one."""

    by: str
    disciplines: tuple[Discipline, ...]
    text: str
    physician: str | None
    contact: str | None
    priority: Priority | None
    draft: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActStep:
    """A step of a referral's table; `discipline` where there are two referrals."""

    do: ReferralAct
    by: str
    discipline: Discipline | None
    needs: SendBackNeed | None
    because: DeclineReason | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidStep:
    """Words of somebody of the clinic: a letter back, or how a danger was cleared."""

    by: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CarerStep:
    """A helper is let in, as told to the front desk."""

    name: str
    email: str
    relation: str
    authority: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeStep:
    """A way by which contact is safe: call, text or email."""

    way: Way
    address: str
    when: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookStep:
    """The safeguarding clinician reads it, and writes down what was done; an outcome closes it."""

    by: str
    text: str | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoneStep:
    """Somebody ticks off a task of this person."""

    task: TaskKind
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing that happens: exactly one of these; `at` where it does not follow from what was before."""

    at: str | None
    book: BookStep | None
    come: Discipline | None  # arrive and be seen
    come_if_over: Discipline | None  # the same, as far as the clock is
    miss: Discipline | None
    move: MoveStep | None
    cancel: CancelStep | None
    wait: WaitStep | None
    take_offer: bool | None
    refuse_offer: bool | None
    leave_list: bool | None
    says_more: str | None
    decide: DecideStep | None
    refer: ReferStep | None
    act: ActStep | None
    letter: SaidStep | None
    tried: str | None
    clear: SaidStep | None
    sign_in: bool | None
    carer: CarerStep | None
    safe: SafeStep | None
    look: LookStep | None
    done: DoneStep | None
    erase: bool | None

    def __post_init__(self) -> None:
        if len([name for name in VERBS if getattr(self, name) is not None]) != 1:
            raise ValueError(f"a step does exactly one thing: {', '.join(VERBS)}")

    @property
    def verb(self) -> str:
        """What is done."""
        return next(name for name in VERBS if getattr(self, name) is not None)


VERBS = tuple(field.name for field in fields(Step) if field.name != "at")


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonScript:
    """Somebody made up. `door` is where they are shown first, or would be; `then` is what happens afterwards, in order.

    Danger questions are answered with no but for `yes` and `unsure`; other questions with "not sure" but for `hard`,
    `a_little` and `fine`.
    """

    clinic: str | None
    who: Who | None
    age: int | None
    language: Language | None
    for_whom: ForWhom | None
    asked: str | None
    says: str | None
    wants: str | None
    taps: Taps | None
    health: str | None
    adds: str | None
    corrects: Mapping[str, str]
    yes: tuple[str, ...]
    unsure: tuple[str, ...]
    hard: tuple[str, ...]
    a_little: tuple[str, ...]
    fine: tuple[str, ...]
    seen: Seen | None
    stops: Stop | None
    door: Door | None
    then: tuple[Step, ...]
