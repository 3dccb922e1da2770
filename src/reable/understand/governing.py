"""Which parts of a statement a cue governs: "the doctor has checked it" looks back, "I want" looks on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reable.knowledge.shapes.wording import WordingPolarity
from reable.terms import Polarity
from reable.understand.bank import Match
from reable.understand.clauses import Clause
from reable.understand.cues import Cue
from reable.understand.scope import Scope
from reable.understand.tokens import Token

# Cues that govern a whole part of a clause, with what they make of it, strongest first.
GOVERNING: Mapping[Cue, Polarity] = {
    Cue.FAMILY: Polarity.OTHER_PERSON,
    Cue.IF: Polarity.HYPOTHETICAL,
    Cue.FEAR: Polarity.HYPOTHETICAL,
    Cue.TREATED: Polarity.TREATED,
    Cue.PAST: Polarity.PAST,
    Cue.USED_TO: Polarity.PAST,
    Cue.WANT: Polarity.WANTED,
}
_TROUBLES = frozenset({Cue.HARD, Cue.WORSE})
_LOOK_BACK = frozenset({Cue.PAST, Cue.TREATED, Cue.FAMILY})
_NEXT = 1  # a cue that looks back reaches no further than into the thought before


@dataclass(frozen=True, slots=True)
class CueSpan:
    """A cue and where it stands: clause number and token place."""

    cue: Cue
    clause: int
    place: int


Part = tuple[int, int]  # clause number, part number


def governing(clauses: Sequence[Clause], matches: Sequence[Sequence[Match]], scope: Scope) -> dict[Part, list[CueSpan]]:
    """Find for each part with matches the cues that govern it.

    A cue governs its own part. Where that part says nothing but a time, one that looks back ("that was years ago",
    "the doctor has checked it") governs the part before, any other the part after; "all that" means the whole sentence
    before. What the next part only adds was so as well: "she was in hospital with an infection, with fever". A short
    denial governs what it answers.
    """
    return _Governing(clauses, matches, scope).found()


class _Governing:
    """Where something was said: `speaking` are the parts with matches, `telling` those that tell more than a time."""

    def __init__(self, clauses: Sequence[Clause], matches: Sequence[Sequence[Match]], scope: Scope) -> None:
        self.clauses, self.matches, self.scope = clauses, matches, scope
        placed = [
            (number, clause.parts[m.places[0]], m.places)
            for number, (clause, ms) in enumerate(zip(clauses, matches, strict=True))
            for m in ms
        ]
        self.speaking = sorted({(number, part) for number, part, _ in placed})
        self.telling = sorted({(n, part) for n, part, places in placed if not scope.only_times(clauses[n], places)})

    def found(self) -> dict[Part, list[CueSpan]]:
        found: dict[Part, list[CueSpan]] = {}
        for number, clause in enumerate(self.clauses):
            if clause.said.isdisjoint(GOVERNING):
                continue
            for place, token in enumerate(clause.tokens):
                if token.cue is not None and token.cue in GOVERNING and self._holds(number, place):
                    for target in self._targets(token, number, place):
                        found.setdefault(target, []).append(CueSpan(token.cue, number, place))
        for part in self.speaking:
            before = (part[0], part[1] - 1)
            if part not in found and before in found and self.scope.goes_on_with(self.clauses[part[0]], part[1]):
                found[part] = [span for span in found[before] if span.cue in _LOOK_BACK]
        for part, (number, place) in self.scope.answers(self.clauses):
            found.setdefault(part, []).append(CueSpan(Cue.NOT, number, place))
        return found

    def _holds(self, number: int, place: int) -> bool:
        """Test if a cue means what it says: no "nobody has checked it", and no "if" that brings a trouble on."""
        clause, kind = self.clauses[number], self.clauses[number].tokens[place].cue
        if kind is Cue.TREATED:
            return not self.scope.was_not_done(clause, place)
        if kind is not Cue.IF:
            return True
        troubles = [m.places[0] for m in self.matches[number] if m.phrase.polarity is WordingPolarity.LIMITED]
        troubles += [place for place, token in enumerate(clause.tokens) if token.cue in _TROUBLES]
        after = number + 1 < len(self.clauses) and not self.clauses[number + 1].opens
        told_after = after and any(m.phrase.polarity is WordingPolarity.LIMITED for m in self.matches[number + 1])
        return not self.scope.brings_on(clause, place, troubles, after=told_after)

    def _targets(self, token: Token, number: int, place: int) -> Iterator[Part]:
        """List the parts that the cue `token` governs."""
        clause = self.clauses[number]
        own = (number, clause.parts[place])
        said = [other for other, part in zip(clause.tokens, clause.parts, strict=True) if part == own[1]]
        if own in self.speaking:
            yield own
        for other in self._others(token, own, said, means_before=self.scope.means_before(clause, place)):
            if not (token.cue is Cue.TREATED and self.scope.of_another_site(said, self.clauses[other[0]])):
                yield other

    def _others(self, token: Token, own: Part, said: Sequence[Token], *, means_before: bool) -> Sequence[Part]:
        back = _looks_back(token.cue, said)
        if back and self.scope.means_all(said):
            return self._sentence_before(own)
        if own in self.telling:
            return self._before(own) if token.cue is Cue.TREATED and means_before else ()
        after = [part for part in self.speaking if part > own and part[0] == own[0]][:1]
        if own in self.speaking:
            return self._before(own) if back else ()
        return (self._before(own) or after) if back else after

    def _before(self, own: Part) -> Sequence[Part]:
        before = [part for part in self.telling if part < own][-1:]
        return [part for part in before if own[0] - part[0] <= _NEXT]

    def _sentence_before(self, own: Part) -> Sequence[Part]:
        """List all that was told in the sentence before, and in this one before `own`."""
        first = own[0]
        while first > 0 and not self.clauses[first].opens:
            first -= 1
        first = max(0, first - 1)
        while first > 0 and not self.clauses[first].opens:
            first -= 1
        return [part for part in self.telling if (first, 0) <= part < own]


def _looks_back(cue: Cue | None, said: Sequence[Token]) -> bool:
    """Test if a cue governs what was said before: "that was years ago", "that's what I want"; "the wound has healed"
    does not, and a wish only where it says "that".
    """
    refers = any(token.cue is Cue.BACK for token in said)
    silent = not any(token.concept for token in said)
    if cue is Cue.WANT:
        return refers and silent
    return cue in _LOOK_BACK and (cue is not Cue.PAST or refers or silent)
