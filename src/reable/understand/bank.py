"""The phrase bank of one language, made ready for finding phrases in clauses.

A phrase is a set of elements: base forms; `!` and a base form where the phrase says that it is impaired or absent;
`~` and a base form for a small word without which the phrase would say too little; `@` and a cue.
It is found where all its elements stand near each other in one clause, in any order. Phrases are looked up by their
rarest element, so that the time for a clause does not grow with the size of the bank.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from reable.knowledge.shapes.wording import Wording, WordingPolarity
from reable.knowledge.shapes.words import Words
from reable.understand.clauses import Clause, clauses
from reable.understand.cues import Cue
from reable.understand.kinds import Kind
from reable.understand.lexicon import Lexicon
from reable.understand.normalise import normalise
from reable.understand.tokens import Token, tokens

IMPAIRED = "!"
SMALL_WORD = "~"
SAID_CUE = "@"
MARKS = IMPAIRED + SMALL_WORD + SAID_CUE
# Cues that a danger phrase keeps: "Bell's palsy since yesterday" is not "Bell's palsy", nor both hands one hand.
KEPT_CUES = frozenset({Cue.NOW, Cue.LATELY, Cue.WORSE, Cue.BOTH_SIDES})
_LATELY = 7  # days that count as now
WHOLE = "whole"  # the note of a row whose small words count: "took all my pills"
_ENOUGH = 2  # words that make a phrase without the relation in it
GAP = 3  # words with meaning that may stand between those of a phrase

Plain = object
_SUBJECT_CUES = frozenset({Cue.SELF, Cue.OWN, Cue.THIRD, Cue.BACK})


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording reduced to its elements, the rarest first. `id` is its place in the knowledge: language/key/line.

    `weak`: a single word that other items use at least as much; it counts only where nothing else was found.
    """

    id: str
    key: str
    polarity: WordingPolarity
    elements: tuple[str, ...]
    weak: bool


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found in a clause; `places` are the places of its words there, in order."""

    phrase: Phrase
    places: tuple[int, ...]


class PhraseBank:
    """All phrases of one language and the lexicon that reads them."""

    def __init__(
        self, words: Words, phrases: Iterable[Phrase], vocabulary: Iterable[str], surfaces: Iterable[str]
    ) -> None:
        self.vocabulary = frozenset(vocabulary)
        self.surfaces = frozenset(surfaces)
        self.lexicon = Lexicon(words, self.vocabulary, self.surfaces)
        self.phrases = tuple(phrases)
        self._by_anchor = _by_anchor(self.phrases)

    def find(self, clause: Clause) -> list[Match]:
        """Find all phrases in `clause`, each once, in the order of their first words."""
        where = _where(clause, self.lexicon)
        found = (
            Match(phrase, places)
            for element in where
            for phrase in self._by_anchor.get(element, ())
            if (places := _places(phrase.elements, where)) is not None
        )
        return sorted(found, key=lambda match: (match.places, match.phrase.id))


def make_bank(words: Words, wordings: Iterable[Wording], *, kinds: Mapping[str, Kind]) -> PhraseBank:
    """Make a bank from the rows of one language.

    Phrases of limitations drop "can't" and "trouble": limited is their default anyway. A wording that shrinks to one
    word which other items use as much would be found everywhere: it gets its small words back, or falls out.
    """
    lexicon = Lexicon(words)
    drafts = tuple(_Draft(row, lexicon, kinds[row.key]) for row in wordings)
    uses = Counter((draft.kind, element, draft.row.key) for draft in drafts for element in set(draft.elements))
    totals: Counter[tuple[Kind, str]] = Counter()
    for (kind, element, _key), count in uses.items():
        totals[kind, element] += count
    counted = Counter(element for draft in drafts for element in draft.elements)
    phrases: list[Phrase] = []
    for draft in drafts:
        sole = (draft.kind, draft.elements[0]) if len(draft.elements) == 1 else None
        owns = sole is None or uses[(*sole, draft.row.key)] * 2 >= totals[sole]
        elements = draft.settled(owns=owns)
        if elements:
            elements = tuple(sorted(elements, key=lambda element: (counted[element], element)))
            phrases.append(Phrase(draft.id, draft.row.key, draft.polarity, elements, len(elements) == 1 and not owns))
    vocabulary = sorted({element.lstrip(MARKS) for phrase in phrases for element in phrase.elements})
    surfaces = {word for draft in drafts for word in draft.surfaces}
    return PhraseBank(words, phrases, vocabulary, surfaces)


class _Draft:
    """A wording on its way to a phrase."""

    def __init__(self, row: Wording, lexicon: Lexicon, kind: Kind) -> None:
        self.row = row
        self.kind = kind
        self.id = f"{row.language}/{row.key}/{row.line}"
        self.polarity = row.polarity
        self.small: dict[str, None] = {}
        content: dict[str, None] = {}
        relations: dict[str, None] = {}
        plain = normalise(row.text).text
        self.surfaces = plain.split()
        found = tokens(plain, lexicon)
        for clause in clauses(found):
            for place, token in enumerate(clause.tokens):
                if token.cue is Cue.RELATION:
                    relations[token.concept] = None
                elif token.concept:
                    content[(IMPAIRED if place in clause.impaired else "") + token.concept] = None
                elif kind is Kind.DANGER and (cue := kept_cue(token, lexicon)) is not None:
                    content[SAID_CUE + cue] = None
        if kind is Kind.DANGER or 0 < len(content) < _ENOUGH:
            content |= relations  # "my mother can't dress" is about dressing; "see my friends" is about friends
        for token in found:
            telling = kind is Kind.DANGER or token.cue not in _SUBJECT_CUES  # "kill me" is not "kill"
            grammar = lexicon.hollow if kind is Kind.DANGER else lexicon.colorless
            if token.key and not token.concept and telling and token.key not in grammar:
                self.small[SMALL_WORD + token.key] = None
        self.words = sum(bool(token.key) for token in found)
        self.elements = tuple(content)
        self.counts_time = any(token.key in lexicon.units or token.key in lexicon.numbers for token in found)
        if kind is not Kind.LIMITATION and self.polarity is WordingPolarity.NEUTRAL:
            self.polarity = WordingPolarity.LIMITED  # "no cancer" denies it; only of an ability "no" means trouble
        if kind is Kind.LIMITATION and any(element.startswith(IMPAIRED) for element in self.elements):
            self.elements = tuple(dict.fromkeys(element.lstrip(IMPAIRED) for element in self.elements))
            self.polarity = WordingPolarity.NEUTRAL

    def settled(self, *, owns: bool) -> tuple[str, ...]:
        """Give the elements to look for; none if the wording says too little to be told from others.

        `owns`: at least half of the uses of its only word are this item's.
        """
        whole = (*self.elements, *self.small) if self.elements else ()
        if self.row.note == WHOLE:
            return whole
        unmistakable = self.words == 1 or (owns and self.kind is Kind.LIMITATION and not self.counts_time)
        if len(self.elements) >= _ENOUGH or (self.elements and unmistakable):
            return self.elements
        return whole if len(whole) >= _ENOUGH else ()


def extended(bank: PhraseBank, words: Words, more: PhraseBank) -> PhraseBank:
    """Add the phrases of another bank of the same language."""
    vocabulary, surfaces = bank.vocabulary | more.vocabulary, bank.surfaces | more.surfaces
    return PhraseBank(words, (*bank.phrases, *more.phrases), vocabulary, surfaces)


def to_plain(bank: PhraseBank) -> Plain:
    """Turn a bank into plain data that JSON can hold; `from_plain` is the way back."""
    return {
        "vocabulary": sorted(bank.vocabulary),
        "surfaces": sorted(bank.surfaces),
        "phrases": [[p.id, p.key, p.polarity.value, list(p.elements), p.weak] for p in bank.phrases],
    }


def from_plain(words: Words, data: Mapping[str, Any]) -> PhraseBank:
    """Make a bank from what `to_plain` gave."""
    polarities = {polarity.value: polarity for polarity in WordingPolarity}
    phrases = [
        Phrase(i, key, polarities[polarity], tuple(elements), weak)
        for i, key, polarity, elements, weak in data["phrases"]
    ]
    return PhraseBank(words, phrases, data["vocabulary"], data["surfaces"])


def kept_cue(token: Token, lexicon: Lexicon) -> Cue | None:
    """Give the cue that a danger phrase keeps; "since Monday" is as good as "now"."""
    if token.cue is Cue.WHEN:
        return Cue.LATELY if lexicon.whens[token.key] <= _LATELY else None
    return token.cue if token.cue in KEPT_CUES else None


def _by_anchor(phrases: tuple[Phrase, ...]) -> dict[str, list[Phrase]]:
    """Index phrases by their first, rarest element, and drop those that only repeat another of the same key."""
    index: dict[str, list[Phrase]] = {}
    seen: set[tuple[str, WordingPolarity, tuple[str, ...]]] = set()
    for phrase in phrases:
        same = (phrase.key, phrase.polarity, phrase.elements)
        if same not in seen:
            seen.add(same)
            index.setdefault(phrase.elements[0], []).append(phrase)
    return index


def _where(clause: Clause, lexicon: Lexicon) -> dict[str, list[tuple[int, int]]]:
    """List for each element of the clause its places: (number among words with meaning, place among all tokens)."""
    where: dict[str, list[tuple[int, int]]] = {}
    number = 0
    for place, token in enumerate(clause.tokens):
        if token.concept:
            where.setdefault(token.concept, []).append((number, place))
            if place in clause.impaired:
                where.setdefault(IMPAIRED + token.concept, []).append((number, place))
            number += 1
        elif token.key:
            where.setdefault(SMALL_WORD + token.key, []).append((number, place))
            cue = kept_cue(token, lexicon)
            for said in (cue, Cue.NOW) if cue is Cue.LATELY else (cue,):  # what is of today is of now as well
                if said is not None:
                    where.setdefault(SAID_CUE + said, []).append((number, place))
    return where


def _places(elements: tuple[str, ...], where: Mapping[str, list[tuple[int, int]]]) -> tuple[int, ...] | None:
    """Find places for all elements within reach of each other, the first such; None if there are none."""
    choices = []
    for element in elements:
        choice = where.get(element)
        if choice is None:
            return None
        choices.append(choice)
    if len(choices) == 1:
        return (choices[0][0][1],)
    reach = len(elements) - 1 + GAP
    for number, _ in choices[0]:
        nearest = [min(choice, key=lambda spot: abs(spot[0] - number)) for choice in choices]
        numbers = [spot[0] for spot in nearest]
        if max(numbers) - min(numbers) <= reach:
            return tuple(sorted({spot[1] for spot in nearest}))
    return None
