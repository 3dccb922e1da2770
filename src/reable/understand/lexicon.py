"""What each word stands for in one language: its base form, its synonym group, the cue it is, the site it names."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from reable.knowledge.shapes.words import Words, WordTable
from reable.terms import Language, Site
from reable.understand.bounds import Bound
from reable.understand.cues import Cue
from reable.understand.normalise import plain
from reable.understand.spelling import corrected

SMALL = ""  # the concept of a word that carries no meaning of its own
_STEMMERS: Mapping[Language, str] = {Language.EN: "english", Language.ES: "spanish"}
_MOST_REMEMBERED = 50_000
# Cues that calm a danger count only in the very form that tells it is done: "they checked me", never "please check me".
AS_TOLD = frozenset({Cue.TREATED, Cue.PAST})

Keys = tuple[str, ...]
Sense = tuple[str, Cue | None]  # concept, cue
Groups = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Choices:
    """All entries that begin with one base form: itself alone, and the longer ones by their second, longest first."""

    alone: Sense | None
    longer: Mapping[str, Sequence[tuple[Keys, Sense]]]


Tables = Mapping[WordTable, Groups]


class Lexicon:
    """The word tables of one language, made ready for looking up.

    `vocabulary`: base forms that the phrase bank uses; `surfaces`: the words as they stand in it. A word outside of
    both may be a misspelling. Without them (while the bank itself is made) nothing is mended.
    """

    def __init__(self, words: Words, vocabulary: Iterable[str] | None = None, surfaces: Iterable[str] = ()) -> None:
        self.language = words.language
        self._stem = Stemmer.Stemmer(_STEMMERS[words.language]).stemWord
        tables = _plain(words.tables)
        self._irregular = _inverted(tables[WordTable.IRREGULAR])
        self._misspelled = _inverted(tables[WordTable.MISSPELLED])
        self._known = frozenset(word for group in tables[WordTable.KNOWN].values() for word in group)
        self.grammar = frozenset(
            wording
            for table in (WordTable.SMALL, WordTable.CUES)
            for group in tables[table].values()
            for wording in group
            if " " not in wording
        )
        self.slashed = frozenset(word for word in self.grammar if "/" in word)
        self.key = lru_cache(maxsize=_MOST_REMEMBERED)(self._key)
        self._vocabulary: frozenset[str] = frozenset()
        self.small = frozenset(
            self._keys(w)[0] for group in tables[WordTable.SMALL].values() for w in group if " " not in w
        )
        self.articles = self._of_groups(tables[WordTable.SMALL], ("article",))
        self.hollow = self._of_groups(tables[WordTable.SMALL], ("article", "pronoun"))
        self.colorless = self.hollow | self._of_groups(tables[WordTable.SMALL], ("auxiliary", "preposition"))
        self.sites: dict[str, Site] = self._single(tables[WordTable.SITES], Site)
        self.numbers = {self._keys(w)[0]: int(group) for group, ws in tables[WordTable.NUMBERS].items() for w in ws}
        self.units = {self._keys(w)[0]: int(group) for group, ws in tables[WordTable.UNITS].items() for w in ws}
        self.whens = {" ".join(self._keys(w)): int(group) for group, ws in tables[WordTable.WHEN].items() for w in ws}
        bounds = {Bound(group): self._whole(words) for group, words in tables.get(WordTable.BOUNDS, {}).items()}
        self.bounds = dict.fromkeys(Bound, frozenset[str]()) | bounds
        self.as_told = frozenset(w for cue in AS_TOLD for w in tables[WordTable.CUES].get(cue, ()))
        self.conflicts: list[str] = []
        self.entries = self._entries(tables)
        in_tables = (word for groups in tables.values() for ws in groups.values() for w in ws for word in w.split())
        self.surfaces = frozenset(surfaces) | frozenset(in_tables)
        if vocabulary is not None:
            self._vocabulary = frozenset(vocabulary) | self._table_vocabulary()
        self.key.cache_clear()

    def concept(self, key: str) -> str:
        """Give what a single base form stands for, even where longer entries begin with it or it is a cue."""
        choices = self.entries.get(key)
        return (choices.alone[0] if choices is not None and choices.alone is not None else "") or key

    def knows(self, word: str) -> bool:
        """Test if a word stands in the tables or the phrase bank of this language."""
        return word in self.surfaces

    def _key(self, word: str) -> str:
        """Reduce a word to its base form, mending a misspelling that no real word excuses."""
        if word.endswith("'s"):
            word = word[:-2]
        word = self._misspelled.get(word, word)
        key = self._base(word)
        if not self._vocabulary or key in self._vocabulary or word in self._known:
            return key
        mended = corrected(word, known=self.surfaces.__contains__)
        return key if mended is None else self._base(mended)

    def _base(self, word: str) -> str:
        """Small words and cues stay as they are: "para" must not become one with "parar"."""
        return word if word in self.grammar else str(self._stem(self._irregular.get(word, word)))

    def _keys(self, wording: str) -> Keys:
        return tuple(self.key(word) for word in wording.split())

    def _whole(self, wordings: Iterable[str]) -> frozenset[str]:
        return frozenset(" ".join(self._keys(wording)) for wording in wordings)

    def _of_groups(self, groups: Groups, names: tuple[str, ...]) -> frozenset[str]:
        return frozenset(" ".join(self._keys(word)) for name in names for word in groups.get(name, ()))

    def _single(self, groups: Mapping[str, tuple[str, ...]], kind: type[Site]) -> dict[str, Site]:
        return {self._keys(word)[0]: kind(group) for group, words in groups.items() for word in words}

    def _entries(self, tables: Tables) -> dict[str, Choices]:
        """Index all multi-word and single-word entries by their first two base forms; cues win."""
        found: dict[Keys, Sense] = {}
        for words in tables[WordTable.SMALL].values():
            found.update({self._keys(wording): (SMALL, None) for wording in words if " " in wording})
        synonyms = self._senses(tables[WordTable.SYNONYMS], lambda group: (group, None))
        cues = self._senses(tables[WordTable.CUES], lambda group: (SMALL, Cue(group)))
        found.update(synonyms | cues)
        for words in tables[WordTable.WHEN].values():
            for wording in words:
                found.setdefault(self._keys(wording), (SMALL, Cue.WHEN))
        longer: dict[str, dict[str, list[tuple[Keys, Sense]]]] = {}
        for keys, sense in sorted(found.items(), key=lambda entry: -len(entry[0])):
            begun = longer.setdefault(keys[0], {})
            if len(keys) > 1:
                begun.setdefault(keys[1], []).append((keys, sense))
        return {first: Choices(found.get((first,)), begun) for first, begun in longer.items()}

    def _senses(self, groups: Groups, sense: Callable[[str], Sense]) -> dict[Keys, Sense]:
        """Give each wording of one table its sense; a base form that stands in two groups is a conflict."""
        found: dict[Keys, Sense] = {}
        for group, words in groups.items():
            for wording in words:
                keys = self._keys(wording)
                if found.setdefault(keys, sense(group)) != sense(group):
                    self.conflicts.append(f"'{wording}' stands in the group '{group}' and in another one")
        return found

    def _table_vocabulary(self) -> frozenset[str]:
        in_longer = (
            key
            for choices in self.entries.values()
            for entries in choices.longer.values()
            for keys, _ in entries
            for key in keys
        )
        return (
            frozenset(self.entries)
            | frozenset(in_longer)
            | self.small
            | self.sites.keys()
            | self.numbers.keys()
            | self.units.keys()
        )


def conflicts_in(words: Words) -> list[str]:
    """List the words of one language that stand in two groups of the same table."""
    return Lexicon(words).conflicts


def _plain(tables: Tables) -> Tables:
    """Write the tables as statements are read: lower case, no accents."""
    return {
        table: {group: tuple(map(plain, words)) for group, words in groups.items()} for table, groups in tables.items()
    }


def _inverted(groups: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: group for group, words in groups.items() for word in words}
