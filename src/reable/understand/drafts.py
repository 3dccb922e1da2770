"""Make a phrase bank out of the rows of a language: each wording is reduced to what tells it from others."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from reable.knowledge.shapes.wording import SENTENCE, WHOLE, Wording, WordingPolarity
from reable.knowledge.shapes.words import Words
from reable.understand.bank import PhraseBank, made_of
from reable.understand.clauses import clauses
from reable.understand.cues import Cue
from reable.understand.kinds import TOLD_WHOLE, Kind
from reable.understand.lexicon import Lexicon
from reable.understand.normalise import normalise
from reable.understand.phrase import IMPAIRED, MARKS, SAID_CUE, SMALL_WORD, Phrase, kept_cue
from reable.understand.tokens import Token, tokens

_ENOUGH = 2  # words that tell a phrase from others
_ENOUGH_SMALL = 3  # small words that do so where they stand close together: "scared of him"
_SUBJECT_CUES = frozenset({Cue.SELF, Cue.OWN, Cue.THIRD, Cue.BACK})


def make_bank(words: Words, wordings: Iterable[Wording], *, kinds: Mapping[str, Kind]) -> PhraseBank:
    """Make a bank from the rows of one language.

    Phrases of limitations drop "can't" and "trouble": limited is their default anyway. A wording that shrinks to one
    word which other items use as much would be found everywhere: it gets its small words back, or falls out.
    """
    lexicon = Lexicon(words)
    drafts = tuple(_Draft(row, lexicon, kinds[row.key]) for row in wordings if row.note != SENTENCE)
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
    return made_of(words, phrases, vocabulary, surfaces)


class _Draft:
    """A wording on its way to a phrase."""

    def __init__(self, row: Wording, lexicon: Lexicon, kind: Kind) -> None:
        self.row = row
        self.kind = kind
        self.id = f"{row.language}/{row.key}/{row.line}"
        self.polarity = row.polarity
        plain = normalise(row.text).text
        found = tokens(plain, lexicon)
        self.surfaces = plain.split()
        self.words = sum(bool(token.key) for token in found)
        self.counts_time = any(token.key in lexicon.units or token.key in lexicon.numbers for token in found)
        self.small = tuple(self._small(found, lexicon))
        self.elements = tuple(self._content(found, lexicon))
        if kind is not Kind.LIMITATION and self.polarity is WordingPolarity.NEUTRAL:
            self.polarity = WordingPolarity.LIMITED  # "no cancer" denies it; only of an ability "no" means trouble
        if kind is Kind.LIMITATION and any(element.startswith(IMPAIRED) for element in self.elements):
            self.elements = tuple(dict.fromkeys(element.lstrip(IMPAIRED) for element in self.elements))
            self.polarity = WordingPolarity.NEUTRAL

    def _content(self, found: Sequence[Token], lexicon: Lexicon) -> dict[str, None]:
        """List the words with meaning, in order, each once; whose they are only where little else is said."""
        content: dict[str, None] = {}
        relations: dict[str, None] = {}
        for clause in clauses(found, lexicon):
            for place, token in enumerate(clause.tokens):
                if token.cue is Cue.RELATION:
                    relations[token.concept] = None
                elif token.concept:
                    content[(IMPAIRED if place in clause.impaired else "") + token.concept] = None
                elif self.kind in TOLD_WHOLE and (cue := kept_cue(token, lexicon)) is not None:
                    content[SAID_CUE + cue] = None
        # "My mother can't dress" is about dressing; "see my friends" is about friends.
        return content | relations if self.kind in TOLD_WHOLE or 0 < len(content) < _ENOUGH else content

    def _small(self, found: Sequence[Token], lexicon: Lexicon) -> dict[str, None]:
        """List the small words that may tell one wording from another; in danger also whom: "kill me"."""
        danger = self.kind in TOLD_WHOLE
        colorless = lexicon.hollow if danger else lexicon.colorless
        telling = (t for t in found if t.key and not t.concept and (danger or t.cue not in _SUBJECT_CUES))
        return {SMALL_WORD + token.key: None for token in telling if token.key not in colorless}

    def settled(self, *, owns: bool) -> tuple[str, ...]:
        """Give the elements to look for; none if the wording says too little to be told from others.

        `owns`: at least half of the uses of its only word are this item's.
        """
        if not self.elements:
            told = self.kind in TOLD_WHOLE and len(self.small) >= _ENOUGH_SMALL
            return self.small if told else ()
        whole = (*self.elements, *self.small)
        if self.row.note == WHOLE:
            return whole
        unmistakable = self.words == 1 or (owns and self.kind is Kind.LIMITATION and not self.counts_time)
        if len(self.elements) >= _ENOUGH or unmistakable:
            return self.elements
        return whole if len(whole) >= _ENOUGH else ()
