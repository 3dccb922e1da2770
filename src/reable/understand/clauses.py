"""Part tokens into clauses, and mark which words are denied, impaired or eased in each.

A clause ends at a full stop, at *but* or *because*, and where *and I* begins a new thought. A comma parts a clause
into parts: words of one phrase may stand across it, but a denial stops there unless a list goes on.
"""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from itertools import pairwise, takewhile

from reable.understand.bounds import Bound
from reable.understand.cues import Cue
from reable.understand.lexicon import SMALL, Lexicon
from reable.understand.tokens import LONGEST_CLAUSE, Token

SUDDEN = "sudden"  # the synonym group that begins a new thought: "and suddenly"
_REACH_OF_NOT = 7  # tokens that a plain denial reaches over
_LONGEST_ITEM = 4  # words of a list item: "or tingling in legs"
_REACH_OF_MARK = 4  # tokens between a mark and the word it belongs to
_SUBJECTS = frozenset({Cue.SELF, Cue.THIRD, Cue.RELATION})
_END_OF_DENIAL = _SUBJECTS | {Cue.NOT, Cue.CANNOT, Cue.HARD, Cue.NOW, Cue.LATELY, Cue.AFTER}
_TURNING = frozenset({Cue.NOT, Cue.CANNOT, Cue.AGO, Cue.WHEN, Cue.PAST, Cue.USED_TO, Cue.TREATED, Cue.FINE})
_WISHES = frozenset({Cue.WANT, Cue.CANNOT, Cue.HARD, Cue.USED_TO, Cue.FEAR})  # with these "without help" is no ease
_TELLERS = _SUBJECTS | {Cue.OWN, Cue.CAN}
_DENYING = frozenset({Cue.NOT, Cue.WITHOUT})
_NEGATING = _DENYING | {Cue.CANNOT}
_MARKS = _NEGATING | {Cue.HARD, Cue.FINE, Cue.ALONE, Cue.CAN}
_OPENERS = frozenset({Cue.NOW, Cue.LATELY, Cue.CANNOT, Cue.WANT})


@dataclass(slots=True)
class Clause:
    """One thought. `parts[i]` is the number of the comma part of token i; `said` are the cues in it.

    For each token: `impaired` by a "can't", "no" or "trouble"; `eased` by a "no trouble" or "fine"; `denied` by the
    plain negation at that place (-1: none). `meant` gives the part of the body that an "it" stands for.
    """

    tokens: Sequence[Token]
    turned: bool = False  # begins with but, because ...
    opens: bool = True  # begins a sentence
    asked: bool = False  # its sentence ends with a question mark
    parts: list[int] = field(default_factory=list)
    impaired: set[int] = field(default_factory=set)
    impaired_by: dict[int, int] = field(default_factory=dict)
    eased: set[int] = field(default_factory=set)
    denied: dict[int, int] = field(default_factory=dict)
    meant: dict[int, str] = field(default_factory=dict)
    said: AbstractSet[Cue | None] = field(init=False)

    def __post_init__(self) -> None:
        self.said = {token.cue for token in self.tokens}

    def cues(self, kind: Cue) -> Iterator[int]:
        """Go through the places of the cues of one kind."""
        return (place for place, token in enumerate(self.tokens) if token.cue is kind)

    def has(self, kind: Cue) -> bool:
        """Test if the clause holds a cue of this kind."""
        return kind in self.said


def clauses(tokens: Sequence[Token], lexicon: Lexicon) -> list[Clause]:
    """Part `tokens` into clauses, none longer than 60 words, each with its marks."""
    found: list[Clause] = []
    current: list[Token] = []
    turned, opens = False, True
    for token, following in pairwise((*tokens, _END)):
        if token.stop in _ENDS or len(current) >= LONGEST_CLAUSE:
            found.append(Clause(current, turned, opens))
            if token.stop == "?":
                _ask(found)
            current, turned, opens = [], False, True
            if token.stop:
                continue
        if token.cue is None and not token.stop:  # nearly always
            current.append(token)
            continue
        if token.cue is Cue.TURN or (current and _begins_a_thought(token, following, current)):
            found.append(Clause(current, turned, opens))
            opens = opens and not current
            current, turned = [], token.cue is Cue.TURN
            continue
        current.append(_said_again(token, current) if token.cue is Cue.NOR else token)
    found.append(Clause(current, turned, opens))
    kept = [clause for clause in found if clause.tokens]
    begins_now = lexicon.bounds[Bound.PRESENT] & lexicon.small  # "has", "is"; "swells" looks like "swelling"
    since = lexicon.bounds[Bound.SINCE]
    for clause, after in pairwise((*kept, Clause([]))):
        _mark(clause, contrasted=clause.turned or after.turned, begins_now=begins_now, since=since)
    return kept


def _ask(found: Sequence[Clause]) -> None:
    """Mark the clauses of the last sentence as a question."""
    for clause in reversed(found):
        clause.asked = True
        if clause.opens:
            return


def _begins_a_thought(token: Token, following: Token, before: Sequence[Token]) -> bool:
    """Test if a new thought begins after "and" or a comma: "and I", ", she", "and now", "and can't".

    "And my" begins one only after something that must not reach over it: "a stroke years ago and my face droops".
    ", can't" goes on with a list of what cannot be done: "can't wash my feet, can't lift a pan".
    """
    if token.cue is Cue.JOIN:
        if following.cue is Cue.OWN:
            return any(t.cue in _TURNING for t in before)
        return following.cue in _SUBJECTS or following.cue in _OPENERS or following.concept == SUDDEN
    if token.stop != ",":
        return False
    if following.cue is Cue.CANNOT:
        return any(t.cue is Cue.CANNOT for t in before)
    return following.cue in _SUBJECTS or following.cue in (Cue.OWN, Cue.NOW, Cue.LATELY)


def _said_again(nor: Token, before: Sequence[Token]) -> Token:
    """Let "nor" mean what the negation before it meant: "no pain nor fever", but "can't stand nor grip"."""
    last = next((token.cue for token in reversed(before) if token.cue in (Cue.NOT, Cue.CANNOT)), Cue.NOT)
    return nor._replace(cue=last)


_ENDS = frozenset({".", "?"})
_END = Token(0, 0, "", SMALL, None, ".")


def _mark(clause: Clause, *, contrasted: bool, begins_now: AbstractSet[str], since: AbstractSet[str]) -> None:
    part = 0
    for token in clause.tokens:
        part += token.stop == ","
        clause.parts.append(part)
    if not clause.said.isdisjoint(_DENYING):
        _mark_denied(clause, begins_now, since)
    if not clause.said.isdisjoint(_MARKS):
        _Marker(clause, contrasted).run()


def _mark_denied(clause: Clause, begins_now: AbstractSet[str], since: AbstractSet[str]) -> None:
    """Let each plain denial reach over the words after it, and over the short items of a list: "no fever, chills".

    It ends at the next one, which has its own: "she doesn't get up and there's no food", and at what it comes from:
    "my face doesn't move after Bell's palsy", "she isn't there since the new tablets".
    """
    for place in _denials(clause):
        reach = place
        for other in range(place + 1, len(clause.tokens)):
            token = clause.tokens[other]
            listed = not token.stop or _is_list_item(clause.tokens[other + 1 :], begins_now)
            if token.cue in _END_OF_DENIAL or token.key in since or not listed:
                break
            reach = other if token.stop or token.cue is Cue.JOIN else reach
            if other - reach > _REACH_OF_NOT:
                break
            if token.concept:
                clause.denied.setdefault(other, place)


def _is_list_item(after: Sequence[Token], begins_now: AbstractSet[str]) -> bool:
    """Test if what follows a comma is a bare item of a list: few words, and nothing that begins a thought.

    "No fever, has chills" has the chills.
    """
    item = list(takewhile(lambda token: not token.stop, after))
    if item and item[0].key in begins_now:
        return False
    return 0 < len(item) <= _LONGEST_ITEM and all(token.cue in (None, Cue.JOIN, Cue.AFTER) for token in item)


def _denials(clause: Clause) -> Iterator[int]:
    """Find each plain "no" and "without" that denies.

    "I can't walk without pain" does not deny the pain, nor does "I want to walk with no pain", nor "I haven't seen my
    doctor about the pain".
    """
    for place, token in enumerate(clause.tokens):
        after = clause.tokens[place + 1 :]
        if token.cue not in _DENYING or _denies_treatment(after) or _denies_ease(after):
            continue
        part = clause.parts[place]
        goes_on = place > 0 and clause.tokens[place - 1].cue is Cue.JOIN  # "I'd love to hike, and not pay for it"
        before = {t.cue for t, p in zip(clause.tokens[:place], clause.parts, strict=False) if p == part or goes_on}
        if not before & ({Cue.WANT} if token.cue is Cue.NOT else _WISHES | {Cue.NOT}):
            yield place


def _denies_treatment(after: Sequence[Token]) -> bool:
    """Test if the first thing after a denial is a treatment: that was not done, and nothing else is denied."""
    said = takewhile(lambda token: not token.stop and token.cue is not Cue.JOIN, after)
    return next((token.cue is Cue.TREATED for token in said if token.concept or token.cue), False)


def _denies_ease(after: Sequence[Token]) -> bool:
    """Test if what is denied is that it goes well: "no habla bien", "no lo mueve bien" tell of trouble."""
    said = list(takewhile(lambda token: not token.stop and token.cue is not Cue.JOIN, after))
    first = next((place for place, token in enumerate(said) if token.concept), None)
    return first is not None and any(token.cue is Cue.FINE for token in said[first + 1 : first + 2])


class _Marker:
    """Walks once over a clause and ties "can't", "trouble", "no trouble" and "fine" to the word they belong to."""

    def __init__(self, clause: Clause, contrasted: bool) -> None:
        self.clause = clause
        self.contrasted = contrasted
        self.cues: dict[int, set[Cue]] = {}  # of each part
        for part, token in zip(clause.parts, clause.tokens, strict=True):
            if token.cue is not None:
                self.cues.setdefault(part, set()).add(token.cue)
        self.mark: tuple[Cue, int] | None = None  # what waits for its word, and since where
        self.last: tuple[Cue, int] | None = None  # what the word before got, for "or numb" after "not weak"
        self.word = -1  # the last word with meaning

    def run(self) -> None:
        for place, token in enumerate(self.clause.tokens):
            if token.cue is not None:
                if token.cue in _MARKS:
                    self._on_cue(token.cue, place)
            elif token.stop:
                self._settle()
                self.last = None
            elif token.concept:
                self._on_word(place)
        self._settle()

    def _on_cue(self, cue: Cue, place: int) -> None:
        near = self.cues[self.clause.parts[place]]
        wished = not near.isdisjoint(_WISHES)
        waiting = self.mark is not None and place - self.mark[1] <= _REACH_OF_MARK
        denied = waiting and self.mark is not None and self.mark[0] in _NEGATING
        if cue in _NEGATING:
            self._settle()
            self.mark = (cue, place)
        elif cue is Cue.HARD:
            self.mark = (Cue.FINE, place) if denied else (Cue.HARD, place)
        elif cue is Cue.FINE and (denied or not wished):
            self.mark = (Cue.HARD, place) if denied or self._denied_word(place) else (Cue.FINE, place)
            self._settle(backward_first=True)
        elif cue is Cue.ALONE and not wished and not near.isdisjoint(_TELLERS):
            self.mark = (Cue.FINE, place)
            self._settle(backward_first=True)
        elif cue is Cue.CAN and self.contrasted and not denied and not wished:
            self.mark = (Cue.FINE, place)

    def _denied_word(self, place: int) -> bool:
        """Test if the word just before is denied: "no camina bien" is no ease, but "no pain, and I walk fine" is."""
        if self.last is None or self.last[0] not in (Cue.NOT, Cue.CANNOT):
            return False
        return place - self.word == 1 and self.word - self.last[1] <= 2

    def _on_word(self, place: int) -> None:
        joined = place > 0 and self.clause.tokens[place - 1].cue is Cue.JOIN
        if self.mark is not None and place - self.mark[1] <= _REACH_OF_MARK + 1:
            self._tie(self.mark, place)
            self.last, self.mark = self.mark, None
        elif joined and self.last is not None:
            self._tie(self.last, place)
        else:
            self.last = None
            self.mark = None
        self.word = place

    def _settle(self, *, backward_first: bool = False) -> None:
        """Tie a mark that found no word after it to the word before it: "walking is hard"."""
        if self.mark is None or (backward_first and self.word < 0):
            return
        kind, since = self.mark
        if self.word >= 0 and kind in (Cue.HARD, Cue.FINE) and since > self.word:
            self._tie(self.mark, self.word)
        self.mark = None

    def _tie(self, mark: tuple[Cue, int], place: int) -> None:
        kind, since = mark
        if kind is Cue.FINE:
            self.clause.eased.add(place)
        else:
            self.clause.impaired.add(place)
            self.clause.impaired_by[place] = since
