"""Tables of small linguistic facts: which words mean the same, which words turn a meaning around."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reable.terms import Language


class WordTable(StrEnum):
    """A table `words/<language>/<name>.csv` with the columns `group,words` (words parted by `|`)."""

    SMALL = "small"  # words that carry no meaning of their own; the group says what sort they are
    IRREGULAR = "irregular"  # group: the base form
    SYNONYMS = "synonyms"  # group: the one that stands for all
    CUES = "cues"  # group: a Cue
    BOUNDS = "bounds"  # group: a Bound; these words keep the meaning they have elsewhere
    SITES = "sites"  # group: a Site
    MISSPELLED = "misspelled"  # group: the right word
    KNOWN = "known"  # real words that must never be "corrected"
    NUMBERS = "numbers"  # group: the number
    UNITS = "units"  # group: how many days
    WHEN = "when"  # group: how many days ago


Groups = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """All word tables of one language."""

    language: Language
    tables: Mapping[WordTable, Groups]
