"""Say an answer in words for a clinician: flags with their sources, codes, the sum that can be added up (S32).

What a private flag (S13) rests on is never repeated, and nothing here says "safe" (S14).
"""

from collections.abc import Iterator, Mapping

from reable.knowledge import Knowledge
from reable.knowledge.shapes.need import Server
from reable.navigate.explanation import Section
from reable.navigate.navigation import Navigation
from reable.navigate.recommendation import Rule
from reable.navigate.record import Versions
from reable.terms import BodySide, Discipline, Door, Hold, Priority, Relation, Screen, Within
from reable.understand import Mention

_DISCIPLINES = {Discipline.PT: "physical therapy (PT)", Discipline.OT: "occupational therapy (OT)"}
_DOORS: Mapping[Door, str] = {
    Door.PT: _DISCIPLINES[Discipline.PT],
    Door.OT: _DISCIPLINES[Discipline.OT],
    Door.BOTH: "both PT and OT",
    Door.OTHER: "other care than PT or OT",
    Door.URGENT: "a doctor now, before therapy",
    Door.UNCLEAR: "not clear yet",
}
_SERVERS = {
    Server.PT: _DISCIPLINES[Discipline.PT],
    Server.OT: _DISCIPLINES[Discipline.OT],
    Server.SLT: "speech and language therapy (SLT)",
}
_WITHIN = {
    Within.DAYS_2: "within 2 days",
    Within.WEEKS_2: "within 2 weeks",
    Within.ROUTINE: "at the next routine visit",
}
_HOLDS = {
    Hold.HOLD_THERAPY: "therapy waits until then",
    Hold.THERAPY_MAY_START: "therapy may start meanwhile",
    Hold.CONTINUE_AND_TELL: "therapy goes on, the doctor is told",
}
_SOON = {Priority.DAYS: "within days", Priority.TWO_WEEKS: "within two weeks", Priority.ROUTINE: "routine"}
_SCREENS = {
    Screen.NOT_ASKED: "none was asked",
    Screen.PARTIAL: "some were not asked or not answered",
    Screen.COMPLETE: "all that belong to what was said were asked and answered",
}
_RULES = {
    Rule.WANTS_A_FULL_PLAN: "a full plan is wanted",
    Rule.LIMITATION: "what limits the person most decides",
    Rule.BOTH_UNLESS_FINE: "both, unless one side is said to be fine",
    Rule.CONDITION: "only a condition was told",
    Rule.OTHER_DOOR: "another door is the right one",
    Rule.NOTHING_UNDERSTOOD: "no limitation was understood",
}


def for_clinician(navigation: Navigation, *, knowledge: Knowledge, versions: Versions) -> tuple[Section, ...]:
    """Explain an answer to a clinician: flags and sources, codes, the sum that can be added up by hand (S32)."""
    signed = knowledge.signed()
    by_whom = f"items of the knowledge signed by a clinician: {signed}" if signed else "signed by no clinician"
    sections = (
        Section(
            key="headline",
            title=f"Recommendation (not a diagnosis or order; {by_whom})",
            lines=tuple(_head(navigation, knowledge)),
        ),
        Section(key="danger", title="Red flags", lines=tuple(_flag_lines(navigation))),
        Section(key="said", title="What was said", lines=tuple(_mention_lines(navigation, knowledge))),
        Section(key="points", title="Points (weight x grade)", lines=tuple(_point_lines(navigation, knowledge))),
        Section(key="not_asked", title="Not asked yet", lines=tuple(q.text.en for q in navigation.screening.pending)),
        Section(
            key="versions",
            title="Versions",
            lines=(f"knowledge {versions.knowledge}, model {versions.model}, reasoning {versions.reasoning}",),
        ),
    )
    return tuple(section for section in sections if section.lines)


def _head(navigation: Navigation, knowledge: Knowledge) -> Iterator[str]:
    """Say what is recommended and by which rule; a field without a value is left out."""
    screening, recommendation = navigation.screening, navigation.recommendation
    yield f"Recommended: {_door(navigation, knowledge)}"
    if navigation.door is Door.URGENT and navigation.leaning is not None:
        yield f"Therapy afterwards: {_DOORS[navigation.leaning]}"
    if recommendation.order is not None:
        first, then = recommendation.order
        yield f"Order: {_DISCIPLINES[first]} first, then {_DISCIPLINES[then]}"
    if screening.urgency is not None:
        yield f"Urgency: {screening.urgency.replace('_', ' ')}"
    if screening.within is not None and screening.hold is not None:
        yield f"Doctor first: {_WITHIN[screening.within]}; {_HOLDS[screening.hold]}"
    yield f"Questions about danger: {_SCREENS[screening.screen]}"
    yield f"How soon therapy should start: {_SOON[recommendation.therapy_priority]}"
    if recommendation.specialty:
        yield f"Special training: {', '.join(one.replace('_', ' ') for one in recommendation.specialty)}"
    if recommendation.alternatives:
        yield f"Also serves: {', '.join(_SERVERS[Server(one)] for one in recommendation.alternatives)}"
    yield f"Rule: {_RULES[recommendation.rule]} ({recommendation.rule})"
    age = navigation.inquiry.age if navigation.inquiry.age is not None else navigation.reading.age
    speaker = navigation.inquiry.relation or navigation.reading.relation
    spoke = "somebody for the person" if speaker is Relation.PROXY else "the person"
    yield f"Who spoke: {spoke}; age: {'not known' if age is None else age}"


def _door(navigation: Navigation, knowledge: Knowledge) -> str:
    other = knowledge.doors.get(str(navigation.other))
    if navigation.door is Door.OTHER and other is not None:
        return f"{_DOORS[Door.OTHER]}: {other.name.en}"
    return _DOORS[navigation.door]


def _flag_lines(navigation: Navigation) -> Iterator[str]:
    """List the flags with what raised them. Of a private one not even the name is written (S13)."""
    for raised in navigation.screening.raised:
        flag = raised.flag
        if flag.private:
            yield "something was told in confidence: speak with the person alone"
            continue
        words = ", ".join(dict.fromkeys(f'"{e.mention.words}"' for e in raised.evidence if e.mention))
        cited = "; ".join(f"{c.source} {c.at} ({c.checked})" for c in flag.sources)
        yield f"{flag.urgency}: {flag.name.en}. Evidence: {words or raised.evidence[0].origin}. Source: {cited}"


def _mention_lines(navigation: Navigation, knowledge: Knowledge) -> Iterator[str]:
    private = {e.key for raised in navigation.screening.raised if raised.flag.private for e in raised.evidence}
    for m in navigation.reading.mentions:
        item = knowledge.categories.get(m.key) or knowledge.conditions.get(m.key)
        if m.key not in private and item is not None:
            side = "" if m.side is BodySide.NONE else f"side {m.side}"
            beside = ", ".join(part for part in (m.polarity.replace("_", " "), side, _how(m)) if part)
            yield f'{item.name.en} ({m.key}): "{m.words}" ({beside})'


def _how(mention: Mention) -> str:
    """Say how a mention was found, and why it does not count."""
    if mention.is_learned:
        return f"learned, {mention.chance} of 1000"
    if mention.doubted:
        return "doubted by the learned model"
    return "named in passing" if mention.in_passing else ""


def _point_lines(navigation: Navigation, knowledge: Knowledge) -> Iterator[str]:
    recommendation = navigation.recommendation
    for p in recommendation.points:
        item = knowledge.categories.get(p.key) or knowledge.conditions.get(p.key)
        name = p.key if item is None else f"{item.name.en} ({p.key})"
        yield f"{name}: weight {p.weight}, movement (PT) {p.movement}, daily function (OT) {p.daily_function}"
    if recommendation.points:
        sums = f"movement (PT) {recommendation.movement}, daily function (OT) {recommendation.daily_function}"
        yield f"Sum: {sums}; how sure of the therapist: {navigation.outlook.confidence} of 1000"
