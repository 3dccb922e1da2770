"""How far a cue reaches: where something new begins, what was only asked, what brings a trouble on.

A cue of the past or of treatment ends where the sentence comes to now ("the cast is off and today the foot is cold").
A bare "if" beside a trouble names what brings it on ("hurts if I climb"). A short denial answers the words of a
question before it ("Chest pain? No.").
"""

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from reable.terms import Site
from reable.understand.bounds import Bound
from reable.understand.clauses import Clause
from reable.understand.cues import Cue
from reable.understand.lexicon import Lexicon
from reable.understand.tokens import Token

Bounds = Mapping[Bound, AbstractSet[str]]
Place = tuple[int, int]  # clause number, token place

_LIMBS = {
    Site.LEG: frozenset({Site.KNEE, Site.CALF, Site.ANKLE, Site.FOOT}),
    Site.ARM: frozenset({Site.ELBOW, Site.WRIST, Site.HAND}),
}
_NOW = frozenset({Cue.NOW, Cue.LATELY})
_TIMES = frozenset({Cue.NOW, Cue.LATELY, Cue.WHEN, Cue.AGO, Cue.FOR})
_LATELY_DAYS = 7  # a time as near as this is now, where something long ago is told beside it
_WINDOW = 5  # tokens before "checked" where "nobody" may stand
_AFTER_AND = 5  # tokens after "and" where "is" or "has" may stand
_OBJECT = 2  # tokens from "I" to the "my" of what I do something with
_LONGEST_ANSWER = 8
_LONGEST_QUESTION = 12
_NOT_DONE = frozenset({Cue.NOT, Cue.CANNOT, Cue.WITHOUT, Cue.WANT, Cue.IF, Cue.FEAR, Cue.AFTER})
_ANSWERING = frozenset({None, Cue.NOT, Cue.SELF, Cue.THIRD, Cue.JOIN, Cue.WAS})
_TELLING = frozenset({Cue.SELF, Cue.OWN, Cue.THIRD, Cue.RELATION})


class Scope:
    """Tells how far cues reach, with the word tables of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.bounds: Bounds = lexicon.bounds

    def presents(self, clause: Clause) -> list[int]:
        """List the places where a clause comes to now: "now", "today", "since Sunday", "till this week", "lately"."""
        return [place for place, token in enumerate(clause.tokens) if self._is_now(clause.tokens, place, token)]

    def _is_now(self, tokens: Sequence[Token], place: int, token: Token) -> bool:
        if token.cue in _NOW or token.key in self.bounds[Bound.LATE]:
            return True
        if token.cue is Cue.WHEN:
            return self.lexicon.whens[token.key] <= _LATELY_DAYS
        before = tokens[place - 1].key if place else ""
        return token.key in self.lexicon.units and before in self.bounds[Bound.THIS]

    def turns_to_now(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Test if something of now begins from `first` to `last`: "and now", "since Sunday", "and the foot is"."""
        for place in range(first, last):
            token = tokens[place]
            if token.cue is Cue.WHEN:
                begins = token.key.split()[0] in self.bounds[Bound.SINCE]
            else:
                begins = self._is_now(tokens, place, token)
            if begins or (token.cue is Cue.JOIN and self._is_present(tokens[place + 1 : place + 1 + _AFTER_AND])):
                return True
        return False

    def _is_present(self, tokens: Sequence[Token]) -> bool:
        """Test if what follows an "and" says that something is: its first verb is of now."""
        for token in tokens:
            if token.stop or token.cue is Cue.WAS:
                return False
            if token.key in self.bounds[Bound.PRESENT]:
                return True
        return False

    def goes_on_anew(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Test if an "and" with its own verb stands from `first` to `last`: "I don't smoke and have chest pain"."""
        for place in range(first, last):
            if tokens[place].key in self.bounds[Bound.AND]:
                verb = tokens[place + 1 : place + 3]
                told = next((n for n, token in enumerate(verb) if token.key in self.bounds[Bound.PRESENT]), None)
                if told is not None and not any(token.concept for token in verb[:told]):
                    return True
        return False

    def denies_less(self, tokens: Sequence[Token], denial: int, last: int) -> bool:
        """Test if the "no" at `denial` does not reach to `last`: "I don't know why", "never like this", "and has"."""
        meant = next((token for token in tokens[denial + 1 : last] if token.concept), None)
        if meant is not None and meant.key in self.bounds[Bound.SPENT]:
            return True
        return self.goes_on_anew(tokens, denial, last) or self._first_time(tokens, denial)

    def _first_time(self, tokens: Sequence[Token], denial: int) -> bool:
        """Test if "never" tells what is so now: "never had such pain", "never like this", "never before today"."""
        if tokens[denial].key not in self.bounds[Bound.NEVER]:
            return False
        for place in range(denial + 1, len(tokens)):
            two = " ".join(token.key for token in tokens[place : place + 2])
            if tokens[place].key in self.bounds[Bound.LIKE] or two in self.bounds[Bound.LIKE]:
                return True
            if place + 1 < len(tokens) and tokens[place].key in self.bounds[Bound.BEFORE]:
                return self._is_now(tokens, place + 1, tokens[place + 1])
        return False

    def of_another_site(self, own: Sequence[Token], other: Clause) -> bool:
        """Test if a treatment names another part of the body than the words it might look back to."""
        here, there = self._sites(own), self._sites(other.tokens)
        return bool(here and there) and here.isdisjoint(there)

    def _sites(self, tokens: Sequence[Token]) -> set[Site]:
        """List the body sites named, with the parts of a whole limb: who scans a leg has seen the calf."""
        named = {self.lexicon.sites[token.key] for token in tokens if token.key in self.lexicon.sites}
        return named.union(*(parts for whole, parts in _LIMBS.items() if whole in named))

    def was_not_done(self, clause: Clause, place: int) -> bool:
        """Test if the treatment at `place` is denied, wanted, only imagined, or a time: "since they checked it"."""
        after = [token for token in clause.tokens[place + 1 : place + 1 + _WINDOW] if token.cue or token.concept]
        if len(after) > 1 and after[0].cue in (Cue.WITHOUT, Cue.NOT) and after[1].key in self.bounds[Bound.SPENT]:
            return True  # "sent me home without checking"
        for token in reversed(clause.tokens[max(0, place - _WINDOW) : place]):
            if (
                token.cue in _NOT_DONE
                or token.key in self.bounds[Bound.NOBODY]
                or token.key in self.bounds[Bound.SINCE]
            ):
                return True
            if token.stop or token.cue is Cue.JOIN:
                return False
        return False

    def only_times(self, clause: Clause, places: Sequence[int]) -> bool:
        """Test if the words at `places` only say when: "six weeks", "overnight"."""
        return all(self._is_time(clause.tokens[place]) for place in places)

    def _is_time(self, token: Token) -> bool:
        return token.cue in _TIMES or token.key in self.lexicon.units or token.key in self.lexicon.numbers

    def means_all(self, said: Sequence[Token]) -> bool:
        """Test if words mean the whole of what was told before: "all that", but not "all that stress"."""
        return any(
            f"{one.key} {other.key}" in self.bounds[Bound.ALL] and not (after and after.concept)
            for one, other, after in zip(said, said[1:], (*said[2:], None), strict=False)
        )

    def goes_on_with(self, clause: Clause, part: int) -> bool:
        """Test if a comma part only adds to the one before: ", with fever", but not ", with fever since last night"."""
        first = clause.parts.index(part) + 1  # after the comma
        adds = first < len(clause.tokens) and clause.tokens[first].key in self.bounds[Bound.WITH]
        return adds and all(clause.parts[place] != part for place in self.presents(clause))

    def means_before(self, clause: Clause, place: int) -> bool:
        """Test if the treatment at `place` is of something named before: "she checked it and found nothing"."""
        return not self.bounds[Bound.IT].isdisjoint(clause.tokens[place].key.split())

    def brings_on(self, clause: Clause, place: int, troubles: Sequence[int], after: bool) -> bool:
        """Test if the bare "if" at `place` names what brings a trouble on: "hurts if I climb", "if I climb I faint".

        `troubles` are the places of troubles in the clause; `after`: one is told in the clause that follows.
        """
        if clause.tokens[place].key not in self.bounds[Bound.IF] or clause.asked:
            return False
        if any(token.key in self.bounds[Bound.IMAGINES] or token.cue is Cue.WANT for token in clause.tokens):
            return False
        if any(trouble < place for trouble in troubles):
            return True
        main = self._main_after(clause, place)
        return after if main is None else any(trouble > main for trouble in troubles)

    def _main_after(self, clause: Clause, place: int) -> int | None:
        """Find where the main thought begins after an "if": at its second "I" or "she", a late "my", after "it"."""
        told = [n for n, token in enumerate(clause.tokens) if n > place and token.cue in _TELLING]
        for other in told[1:]:
            if clause.tokens[other].cue is not Cue.OWN or other - told[0] > _OBJECT:  # "if I turn my head" goes on
                return other
        return next((n for n in clause.cues(Cue.BACK) if told and n > told[0]), None)  # "if I press it"

    def answers(self, clauses: Sequence[Clause]) -> Iterator[tuple[tuple[int, int], Place]]:
        """Find the parts of clauses that a short denial answers, each with the place of the denial."""
        for number, clause in enumerate(clauses):
            after = clauses[number + 1] if number + 1 < len(clauses) else None
            if after is not None and after.opens and self._may_be_denied(clause):
                denial = self._denial(after.tokens)
                if denial is not None:
                    yield from (((number, part), (number + 1, denial)) for part in sorted(set(clause.parts)))
            yield from self._answered_within(number, clause)

    def _may_be_denied(self, clause: Clause) -> bool:
        """Test if a clause asks oneself, or tells what a form asks: "Chest pain?", "it asks if I have chest pain"."""
        if clause.asked and len(clause.tokens) <= _LONGEST_QUESTION:
            first = clause.tokens[0].key in self.bounds[Bound.FIRST]
            told = any(token.cue in _TELLING for token in clause.tokens)
            asking = self.bounds[Bound.ASKS] | self.bounds[Bound.IMAGINES]
            asks = any(not asking.isdisjoint(token.key.split()) for token in clause.tokens[first:])
            return not asks and (first or not told)
        return clause.has(Cue.IF) and any(token.key in self.bounds[Bound.FORM] for token in clause.tokens)

    def _denial(self, tokens: Sequence[Token]) -> int | None:
        """Find the denial in words that say nothing else: "No, never", "I haven't"; "not yet" is no such answer."""
        if len(tokens) > _LONGEST_ANSWER:
            return None
        found = None
        for place, token in enumerate(tokens):
            flat = token.cue is Cue.NOT and token.key in self.bounds[Bound.FLAT]
            if token.concept or token.cue not in _ANSWERING or token.key in self.bounds[Bound.OPEN]:
                return None
            if token.cue is Cue.NOT and not flat:
                return None
            found = place if flat and found is None else found
        return found

    def _answered_within(self, number: int, clause: Clause) -> Iterator[tuple[tuple[int, int], Place]]:
        """Find what is denied in the same breath: "chest pain, fever: no to all"."""
        if clause.asked or any(token.cue in _TELLING for token in clause.tokens):
            return
        since = 0
        for part in range(1, clause.parts[-1] + 1):
            begin = clause.parts.index(part)
            end = begin + clause.parts[begin:].count(part)
            denial = self._denial([t for t in clause.tokens[begin:end] if not t.stop])
            if denial is not None:
                yield from (((number, told), (number, begin + 1 + denial)) for told in range(since, part))
                since = part + 1
