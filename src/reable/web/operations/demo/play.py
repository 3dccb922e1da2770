"""Plays the script: what everybody does happens in the order of its moments, with the clinic's tick in between.

All of it is one transaction: the demo is made whole or not at all.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta
from heapq import heapify, heappop, heappush
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction

from reable import book
from reable.errors import ReableError
from reable.terms import Discipline
from reable.web.operations.demo import around, booking, deciding, telling
from reable.web.operations.demo.founding import FOUNDED_BEFORE, Founded, found
from reable.web.operations.demo.moments import moment
from reable.web.operations.demo.played import CannotPlay, Played
from reable.web.operations.demo.script import FIRST, Script
from reable.web.operations.demo.shapes import PersonScript, Step
from reable.web.records.actor import Actor
from reable.web.records.services.audit import note_access
from reable.web.records.services.seal import seal
from reable.web.records.services.tick import tick

TICKS_AT = (time(8, 5), time(19, 5))  # after the times at which reminders are due
_FIRST_DAY = timedelta(days=28)
_BETWEEN = timedelta(minutes=4)  # from one page to the next, where the script names no moment
_EARLY, _LATE = timedelta(minutes=5), timedelta(minutes=20)
Result = TypeVar("Result")
_AS_FAR_AS_THE_CLOCK = ("come_if_over", "seen_if_over")


class StepFailed(ReableError):
    """A step of somebody of the demo was refused. The demo was not made."""

    code = "web.demo_failed"

    def __init__(self, key: str, verb: str, why: str) -> None:
        super().__init__(f"the demo was not made: '{key}' could not '{verb}': {why}")
        self.key = key


def play(script: Script, *, now: datetime) -> None:
    """Make everything. Raises: StepFailed."""
    with transaction.atomic():
        clinics = {
            key: found(key, one, script.texts.get(key, {}), script.staff[key], now=now)
            for key, one in script.clinics.items()
        }
        zone = next(iter(clinics.values())).zone
        _play_people([_played(key, one, clinics, now) for key, one in script.people.items()], zone, now)
        tick(now)
        seal(now)


def _played(key: str, script: PersonScript, clinics: Mapping[str, Founded], now: datetime) -> Played:
    clinic = clinics[script.clinic or FIRST]
    made = Played(key=key, script=script, clinic=clinic, now=now, last=now - FOUNDED_BEFORE)
    made.steps = [one for step in script.then for one in _parts(step)]
    return made


def _parts(step: Step) -> Iterator[tuple[str, Step]]:
    """Part coming to a visit into arriving and being seen: the clock runs in between."""
    yield step.verb, step
    if step.verb == "come":
        yield "seen", step
    if step.verb == "come_if_over":
        yield "seen_if_over", step


def _play_people(people: list[Played], zone: ZoneInfo, now: datetime) -> None:
    """Do what comes next in time, of whomever it is; where two fall on one moment, in the order of the script."""
    ticks = _ticks(zone, now)
    due = next(ticks, None)
    cues = [cue for number, one in enumerate(people) if (cue := _first_cue(number, one)) is not None]
    heapify(cues)
    while cues:
        at, number = heappop(cues)
        while due is not None and due <= at:
            tick(due)
            due = next(ticks, None)
        _play_one(people[number], at)
        following = _next_cue(people[number])
        if following is not None:
            heappush(cues, (following, number))


def _ticks(zone: ZoneInfo, now: datetime) -> Iterator[datetime]:
    first = book.day_of(now - _FIRST_DAY, zone)
    for ahead in range(_FIRST_DAY.days + 1):
        for wall in TICKS_AT:
            at = book.instant(first + timedelta(days=ahead), wall, zone)
            if at < now:
                yield at


def _first_cue(number: int, played: Played) -> tuple[datetime, int] | None:
    """Give when somebody begins: by asking, or by what the clinic does for them."""
    if played.script.asked is None:
        at = _next_cue(played)
        return None if at is None else (at, number)
    return _named(played, "ask", lambda: _moment(played, played.script.asked or "")), number


def _next_cue(played: Played) -> datetime | None:
    """Give when their next step is due. Raises: StepFailed where it would lie before the last, or in the future."""
    while played.steps:
        verb, step = played.steps[0]
        at = _named(played, verb, lambda verb=verb, step=step: _due(played, verb, step))  # type: ignore[misc]
        if at <= played.now:
            if at < played.last:
                raise StepFailed(played.key, verb, "it would come before the step before it")
            return at
        if verb not in _AS_FAR_AS_THE_CLOCK:
            raise StepFailed(played.key, verb, f"it would lie in the future, at {at:%Y-%m-%d %H:%M} UTC")
        played.steps.pop(0)
    return None


def _due(played: Played, verb: str, step: Step) -> datetime:
    """Say when a step is due: when the script says, or by the clock of the visit it is about."""
    if step.at is not None:
        return _moment(played, step.at)
    match verb:
        case "come" | "come_if_over":
            return played.visit(_what(step)).starts_at - _EARLY
        case "seen" | "seen_if_over":
            return played.visit(_what(step)).ends_at
        case "miss":
            return played.visit(_what(step)).starts_at + _LATE
        case _other:
            return played.last + _BETWEEN


def _what(step: Step) -> Discipline:
    found = step.come or step.come_if_over or step.miss
    if found is None:
        raise CannotPlay("the step is about no visit")
    return found


def _moment(played: Played, text: str) -> datetime:
    return moment(text, now=played.now, zone=played.clinic.zone, before=played.last)


def _play_one(played: Played, at: datetime) -> None:
    """Ask, or take the next step; each leaves its row in the audit."""
    if played.script.asked is not None and played.inquiry_id is None:
        played.last = _named(played, "ask", lambda: telling.tell(played, at))
        _note(played.actor, "demo ask")
        return
    verb, step = played.steps.pop(0)
    if verb == "says_more":
        played.last = _named(played, verb, lambda: telling.say_more(played, step.says_more or "", at))
        _note(played.actor, "demo says more")
        return
    actor = _named(played, verb, lambda: _DO[verb](played, getattr(step, step.verb), at))
    played.last = at
    _note(actor, f"demo {verb.replace('_', ' ')}")


def _named(played: Played, verb: str, do: Callable[[], Result]) -> Result:
    """Do it; whatever goes wrong is told with the key of the person. Raises: StepFailed."""
    try:
        return do()
    except Exception as error:
        why = str(error) if isinstance(error, ReableError) else f"{type(error).__name__}: {error}"
        raise StepFailed(played.key, verb, why) from error


def _note(actor: Actor, act: str) -> None:
    note_access(actor, act=act, method="COMMAND", status=200, request_id="demo")


_DO: Mapping[str, Callable[[Played, Any, datetime], Actor]] = {
    "book": booking.book_visits,
    "come": booking.come,
    "seen": booking.be_seen,
    "come_if_over": booking.come,
    "seen_if_over": booking.be_seen,
    "miss": booking.stay_away,
    "move": booking.move_visit,
    "cancel": booking.cancel_visit,
    "wait": booking.wait,
    "take_offer": booking.take,
    "refuse_offer": booking.refuse,
    "leave_list": booking.leave_list,
    "decide": deciding.decide,
    "refer": deciding.refer,
    "act": deciding.act,
    "letter": deciding.letter,
    "tried": deciding.tried,
    "clear": deciding.clear,
    "sign_in": around.sign_in,
    "carer": around.carer,
    "safe": around.safe,
    "look": around.look,
    "done": around.done,
    "erase": around.erase,
}
