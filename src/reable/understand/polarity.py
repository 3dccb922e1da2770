"""How something was said: limited, fine, wanted, past, somebody else's, imagined, treated.

The default is *limited*: something leaves the list only on an explicit cue, and the cue is kept as evidence.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reable.knowledge.shapes.wording import WordingPolarity
from reable.terms import Polarity
from reable.understand.bank import Match
from reable.understand.clauses import Clause
from reable.understand.cues import Cue
from reable.understand.phrase import IMPAIRED
from reable.understand.scope import Scope
from reable.understand.tokens import Token

# Cues that govern a whole part of a clause, with what they make of it, strongest first.
_GOVERNING: Mapping[Cue, Polarity] = {
    Cue.FAMILY: Polarity.OTHER_PERSON,
    Cue.IF: Polarity.HYPOTHETICAL,
    Cue.FEAR: Polarity.HYPOTHETICAL,
    Cue.TREATED: Polarity.TREATED,
    Cue.PAST: Polarity.PAST,
    Cue.USED_TO: Polarity.PAST,
    Cue.WANT: Polarity.WANTED,
}
_ENDS_NOW = frozenset({Cue.PAST, Cue.TREATED, Cue.FAMILY, Cue.FEAR})  # what of now begins after them is not theirs
_TROUBLES = frozenset({Cue.HARD, Cue.WORSE})
_LOOK_BACK = frozenset({Cue.PAST, Cue.TREATED, Cue.FAMILY})
_MUST_STAND_BEFORE = frozenset({Cue.IF, Cue.FEAR, Cue.USED_TO})


@dataclass(frozen=True, slots=True)
class CueSpan:
    """A cue and where it stands: clause number and token place."""

    cue: Cue
    clause: int
    place: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """A polarity with the cues that decided it; none for the default."""

    polarity: Polarity
    cues: tuple[CueSpan, ...]


Part = tuple[int, int]  # clause number, part number


def governing(clauses: Sequence[Clause], matches: Sequence[Sequence[Match]], scope: Scope) -> dict[Part, list[CueSpan]]:
    """Find for each part with matches the cues that govern it.

    A cue governs its own part. Where that part says nothing, one that looks back ("that was years ago", "the doctor
    has checked it") governs the part before, any other the part after. A short denial governs what it answers.
    """
    speaking = sorted({(number, clauses[number].parts[m.places[0]]) for number, ms in enumerate(matches) for m in ms})
    spoken = frozenset(speaking)
    found: dict[Part, list[CueSpan]] = {}
    for number, clause in enumerate(clauses):
        if clause.said.isdisjoint(_GOVERNING):
            continue
        for place, token in enumerate(clause.tokens):
            if token.cue is not None and token.cue in _GOVERNING and _holds(number, place, clauses, matches, scope):
                own = (number, clause.parts[place])
                back = _looks_back(token.cue, clause, own[1])
                targets: list[Part | None] = [own if own in spoken else _neighbor(own, speaking, back=back)]
                if own in spoken and token.cue is Cue.TREATED and scope.means_before(clause, place):
                    targets.append(_before(own, speaking))
                for target in targets:
                    if target is not None and (target == own or not _elsewhere(token, own, target, clauses, scope)):
                        found.setdefault(target, []).append(CueSpan(token.cue, number, place))
    for part, (number, place) in scope.answers(clauses):
        found.setdefault(part, []).append(CueSpan(Cue.NOT, number, place))
    return found


def _holds(
    number: int, place: int, clauses: Sequence[Clause], matches: Sequence[Sequence[Match]], scope: Scope
) -> bool:
    """Test if a cue means what it says: no "nobody has checked it", and no "if" that brings a trouble on."""
    clause, kind = clauses[number], clauses[number].tokens[place].cue
    if kind is Cue.TREATED:
        return not scope.was_not_done(clause, place)
    if kind is not Cue.IF:
        return True
    troubles = [m.places[0] for m in matches[number] if m.phrase.polarity is WordingPolarity.LIMITED]
    troubles += [place for place, token in enumerate(clause.tokens) if token.cue in _TROUBLES]
    after = number + 1 < len(clauses) and not clauses[number + 1].opens
    told_after = after and any(m.phrase.polarity is WordingPolarity.LIMITED for m in matches[number + 1])
    return not scope.brings_on(clause, place, troubles, after=told_after)


def _elsewhere(token: Token, own: Part, target: Part, clauses: Sequence[Clause], scope: Scope) -> bool:
    """Test if a treatment was of another part of the body: "my calf is hot. The doctor has checked my shoulder"."""
    clause = clauses[own[0]]
    said = [other for other, part in zip(clause.tokens, clause.parts, strict=True) if part == own[1]]
    return token.cue is Cue.TREATED and scope.of_another_site(said, clauses[target[0]])


def _looks_back(cue: Cue, clause: Clause, part: int) -> bool:
    """Test if a cue governs what was said before: "that was years ago", "that's what I want"; "the wound has healed"
    does not, and a wish only where it says "that".
    """
    own = [token for token, number in zip(clause.tokens, clause.parts, strict=True) if number == part]
    refers = any(token.cue is Cue.BACK for token in own)
    silent = not any(token.concept for token in own)
    if cue is Cue.WANT:
        return refers and silent
    return cue in _LOOK_BACK and (cue is not Cue.PAST or refers or silent)


def _neighbor(own: Part, speaking: Sequence[Part], *, back: bool) -> Part | None:
    after = next((part for part in speaking if part > own and part[0] == own[0]), None)
    return (_before(own, speaking) or after) if back else after


def _before(own: Part, speaking: Sequence[Part]) -> Part | None:
    before = [part for part in speaking if part < own]
    return before[-1] if before and own[0] - before[-1][0] <= 1 else None


def judge(
    match: Match, number: int, clause: Clause, governed: Mapping[Part, Sequence[CueSpan]], scope: Scope
) -> Verdict:
    """Judge how a match was said."""
    cues = governed.get((number, clause.parts[match.places[0]]), ())
    answer = tuple(span for span in cues if span.cue is Cue.NOT) if cues else ()
    if answer and match.phrase.polarity is WordingPolarity.LIMITED:
        return Verdict(Polarity.FINE, answer)
    fine = tuple(_fine(match, number, clause, scope))
    for kind, polarity in _GOVERNING.items() if cues else ():
        if polarity is Polarity.TREATED and fine:
            break
        for span in cues:
            if span.cue is kind and _reaches(span, match, number, clause, scope):
                return Verdict(_meaning(kind, polarity, match), (span,))
    return Verdict(Polarity.FINE, fine) if fine else Verdict(Polarity.LIMITED, ())


def _meaning(cue: Cue, polarity: Polarity, match: Match) -> Polarity:
    """What somebody used to do is wanted back; what somebody used to suffer is past."""
    if cue is Cue.USED_TO and match.phrase.polarity is WordingPolarity.NEUTRAL:
        return Polarity.WANTED
    return polarity


def _reaches(span: CueSpan, match: Match, number: int, clause: Clause, scope: Scope) -> bool:
    if span.clause != number:
        return True
    if span.cue in _MUST_STAND_BEFORE and span.place > match.places[0]:
        return False
    if span.cue is Cue.PAST and any(t.cue is Cue.NOT for t in clause.tokens[max(0, span.place - 2) : span.place]):
        return False  # "it never went away"
    between = clause.tokens[min(span.place, match.places[0]) : max(span.place, match.places[-1])]
    if any(token.cue in (Cue.NOW, Cue.LATELY) for token in between):
        return False
    if (
        span.cue in _ENDS_NOW
        and span.place < match.places[0]
        and scope.turns_to_now(clause.tokens, span.place, match.places[0])
    ):
        return False
    return span.place not in match.places


def _fine(match: Match, number: int, clause: Clause, scope: Scope) -> Iterator[CueSpan]:
    """Find what says that the matched thing is no trouble: "no pain", "no trouble walking", "I walk fine"."""
    if match.phrase.polarity is WordingPolarity.LIMITED:
        if clause.denied.keys().isdisjoint(match.places):
            return
        used = {clause.impaired_by.get(place) for place in match.places}
        consumed = used if any(element.startswith(IMPAIRED) for element in match.phrase.elements) else set()
        for place in match.places:
            denial = clause.denied.get(place)
            if denial is None or denial in consumed:
                continue
            if not scope.denies_less(clause.tokens, denial, place):
                yield CueSpan(Cue.NOT, number, denial)
                return
        return
    if not clause.eased.isdisjoint(match.places) and not clause.impaired.intersection(match.places):
        yield CueSpan(Cue.FINE, number, match.places[0])
