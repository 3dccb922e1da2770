"""Which times belong to what was said: those of its own thought, and of a neighbor that says only when."""

from collections.abc import Iterator, Sequence

from reable.understand import facts
from reable.understand.bank import Match
from reable.understand.clauses import Clause
from reable.understand.cues import Cue
from reable.understand.scope import Scope

_LONGEST_DATE = 6  # words of a thought that only says when: "that was about three years ago"
_LONG_AGO = 7  # days from which on a time is no longer of now


class Dates:
    """The times that hold for one clause."""

    def __init__(
        self, number: int, clauses: Sequence[Clause], matches: Sequence[Sequence[Match]], scope: Scope
    ) -> None:
        clause = clauses[number]
        self.parts = clause.parts
        self.said = [*facts.times(clause, scope.lexicon), *_dated_after(number, clauses, matches, scope)]
        self.presents = scope.presents(clause) if any(time.ago for time in self.said) else []
        if not self.said and number and not clause.opens:
            self.said += _dated_before(number, clauses, matches, scope)

    def nearest(self, match: Match, *, ago: bool) -> int | None:
        """Find the days of the time nearest to a match; a time long ago ends where the sentence comes to now."""
        near = [time for time in self.said if time.ago is ago and not (ago and self._ends_before(time, match))]
        if not near:
            return None
        return min(near, key=lambda time: min(abs(time.place - place) for place in match.places)).days

    def _ends_before(self, time: facts.Time, match: Match) -> bool:
        if time.days <= _LONG_AGO:
            return False
        first, last = sorted((time.place, match.places[0]))
        return any(first < present < last for present in self.presents) or self._is_of_now(time, match)

    def _is_of_now(self, time: facts.Time, match: Match) -> bool:
        """Test if the match's own comma part comes to now and the time stands in a later one.

        "Since today she can't say where she is, and talks to her husband, who died years ago".
        """
        own = self.parts[match.places[0]]
        return (
            match.places[0] < time.place < len(self.parts)
            and self.parts[time.place] != own
            and any(self.parts[present] == own for present in self.presents)
        )


def _dated_after(
    number: int, clauses: Sequence[Clause], matches: Sequence[Sequence[Match]], scope: Scope
) -> Iterator[facts.Time]:
    """Find when the thought after this one says that it was: "My hip was broken. That was in 1998"."""
    if number + 1 == len(clauses) or matches[number + 1]:
        return
    other = clauses[number + 1]
    if len(other.tokens) <= _LONGEST_DATE and not other.has(Cue.FINE) and other.has(Cue.BACK) and other.has(Cue.WAS):
        end = len(clauses[number].tokens)
        yield from (facts.Time(end + t.place, t.days, ago=True) for t in facts.times(other, scope.lexicon) if t.ago)


def _dated_before(
    number: int, clauses: Sequence[Clause], matches: Sequence[Sequence[Match]], scope: Scope
) -> Iterator[facts.Time]:
    """Find when the words before say that it was, where they say nothing else: "Once, long ago, I fell"."""
    other = clauses[number - 1]
    if len(other.tokens) > _LONGEST_DATE or matches[number - 1] or scope.presents(clauses[number]):
        return
    if any(token.cue not in (None, Cue.WHEN, Cue.AGO) for token in other.tokens):
        return
    yield from (facts.Time(-1, t.days, ago=True) for t in facts.times(other, scope.lexicon) if t.ago)
