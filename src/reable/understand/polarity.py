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
from reable.understand.governing import GOVERNING, CueSpan, Part
from reable.understand.phrase import IMPAIRED
from reable.understand.scope import Scope

_ENDS_NOW = frozenset({Cue.PAST, Cue.TREATED, Cue.FAMILY, Cue.FEAR})  # what of now begins after them is not theirs
_MUST_STAND_BEFORE = frozenset({Cue.IF, Cue.FEAR, Cue.USED_TO})


@dataclass(frozen=True, slots=True)
class Verdict:
    """A polarity with the cues that decided it; none for the default."""

    polarity: Polarity
    cues: tuple[CueSpan, ...]


def judge(
    match: Match, number: int, clause: Clause, governed: Mapping[Part, Sequence[CueSpan]], scope: Scope
) -> Verdict:
    """Judge how a match was said."""
    cues = governed.get((number, clause.parts[match.places[0]]), ())
    answer = tuple(span for span in cues if span.cue is Cue.NOT) if cues else ()
    if answer and match.phrase.polarity is WordingPolarity.LIMITED:
        return Verdict(Polarity.FINE, answer)
    fine = tuple(_fine(match, number, clause, scope))
    for kind, polarity in GOVERNING.items() if cues else ():
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
