"""From the first words to the recommendation, as the pages lead: danger first, then the questions, then the answer."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from reable.knowledge.shapes.danger import DangerQuestion
from reable.terms import Answer
from reable.web.operations.demo.played import CannotPlay, Played
from reable.web.operations.demo.shapes import Seen, Stop
from reable.web.portal.way import SOMEBODY, Way, way_of
from reable.web.records.inquiry_state import Entry
from reable.web.records.services.inquiries import begin_inquiry, give, keep_recommendation

MOST_PAGES = 40
_MINUTE = timedelta(minutes=1)


def tell(played: Played, at: datetime) -> datetime:
    """Begin on the clinic's link and go as far as this person goes; gives when they left. Raises: CannotPlay."""
    script = played.script
    relation = SOMEBODY if script.for_whom else ""
    about = {"language": played.language.value, "country": "US", "relation": relation}
    played.inquiry_id = begin_inquiry(played.actor, clinic_id=played.clinic.id, about=about, now=at)
    for entries in _pages(played):
        give(played.actor, played.told, *entries, now=at)
        calm, at = _past_danger(played, at + _MINUTE)
        if not calm:
            return at
    return go_on(played, at)


def say_more(played: Played, text: str, at: datetime) -> datetime:
    """Come back and add something. Raises: CannotPlay."""
    give(played.actor, played.told, ("addition", {"text": text}), now=at)
    return go_on(played, at + _MINUTE)


def go_on(played: Played, at: datetime) -> datetime:
    """Answer what is asked until nothing more is, then read the recommendation. Raises: CannotPlay."""
    for _ in range(MOST_PAGES):
        calm, at = _past_danger(played, at)
        if not calm:
            return at
        way = way_of(played.actor, played.told)
        question = way.navigation.next_question
        if question is None:
            return _read(played, way, at)
        if played.script.stops is Stop.CHECKLIST:
            return at
        if isinstance(question, DangerQuestion):
            answers = {one.key: _to_danger(played, one.key) for one in way.navigation.screening.pending}
        else:
            answers = {f"limitation:{question.code}": _to_limitation(played, question.code)}
        give(played.actor, played.told, ("answers", {key: one.value for key, one in answers.items()}), now=at)
        at += _MINUTE
    raise CannotPlay("the questions never end")


def _pages(played: Played) -> list[list[Entry]]:
    """List what is sent, page by page."""
    script = played.script
    said: list[Entry] = [
        (kind, {"text": text}) for kind, text in (("statement", script.says), ("goal", script.wants)) if text
    ]
    if script.taps:
        sites = [[*one.split(":"), "none"][:2] for one in script.taps.sites]
        said.append(("taps", {"activities": list(script.taps.activities), "sites": sites}))
    facts: dict[str, Any] = {"age": script.age}
    if script.for_whom:
        facts |= {"relation": script.for_whom.relation, "agrees": script.for_whom.agrees or "yes"}
    health: list[Entry] = [("addition", {"text": script.health})] if script.health else []
    more: list[list[Entry]] = [[("addition", {"text": script.adds})]] if script.adds else []
    corrected: list[list[Entry]] = [[("correction", {"key": key, "how": how})] for key, how in script.corrects.items()]
    return [said, [("about", facts), *health], *corrected, *more]


def _past_danger(played: Played, at: datetime) -> tuple[bool, datetime]:
    """Face each danger page: say that it is not happening now, if the script does; else call for help and leave.

    Gives whether they go on, and when. Raises: CannotPlay where the script speaks of no danger, or no page leads on.
    """
    while True:
        way = way_of(played.actor, played.told)
        urgency = way.navigation.screening.urgency
        if urgency is None or not urgency.is_urgent:
            return True, at
        flag, seen = way.navigation.screening.raised[0].flag, played.script.seen
        told_so = seen is None or flag.key in way.state.checked  # the second: what they said did not calm it
        if told_so and played.script.stops is not Stop.DANGER:
            raise CannotPlay(f"they meet the danger '{flag.key}', of which the script says nothing")
        if seen is None or told_so:
            return False, at
        if not flag.may_be_checked:
            raise CannotPlay(f"from the danger '{flag.key}' no page leads on")
        given = (("not_now", {"flag": flag.key}), ("checked", _checked(seen, flag.key)))
        give(played.actor, played.told, *given, now=at)
        at += _MINUTE


def _checked(seen: Seen, flag: str) -> Mapping[str, str]:
    """Write the form as its page does: it calms a danger if a clinician has looked at it and it is surely not worse."""
    counts = seen.by_clinician and seen.worse is False
    worse = "" if seen.worse is None else "yes" if seen.worse else "no"
    told = {"seen": "yes" if seen.by_clinician else "no", "when": seen.when or "", "worse": worse}
    return {"flag": flag, "counts": "yes" if counts else "no", **told}


def _to_danger(played: Played, key: str) -> Answer:
    if key in played.script.unsure:
        return Answer.NOT_SURE
    return Answer.YES if key in played.script.yes else Answer.NO


def _to_limitation(played: Played, code: str) -> Answer:
    script = played.script
    given = ((script.hard, Answer.YES), (script.a_little, Answer.A_LITTLE), (script.fine, Answer.NO))
    return next((answer for codes, answer in given if code in codes), Answer.NOT_SURE)


def _read(played: Played, way: Way, at: datetime) -> datetime:
    if played.script.stops is not None:
        raise CannotPlay(f"the script says that they stop at '{played.script.stops}', but nothing stopped them")
    if played.script.seen is not None and not way.navigation.screening.set_aside:
        raise CannotPlay("the script says that a clinician has looked at a danger, but none was met")
    keep_recommendation(played.actor, played.told, way.navigation, now=at)
    return at + _MINUTE
