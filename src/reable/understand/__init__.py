"""From words to what was said: limitations, signs, conditions, other doors, each with the words that said it."""

from reable.understand.bank import PhraseBank, extended, from_plain, to_plain
from reable.understand.cues import Cue
from reable.understand.drafts import make_bank
from reable.understand.kinds import FULL_PLAN, Kind, kinds_of, settings_of
from reable.understand.lexicon import conflicts_in
from reable.understand.mention import CueSaid, Mention, Reading
from reable.understand.reading import Understander, read
from reable.understand.student import Student
from reable.understand.suspicion import WATCHER

__all__ = [
    "FULL_PLAN",
    "WATCHER",
    "Cue",
    "CueSaid",
    "Kind",
    "Mention",
    "PhraseBank",
    "Reading",
    "Student",
    "Understander",
    "conflicts_in",
    "extended",
    "from_plain",
    "kinds_of",
    "make_bank",
    "read",
    "settings_of",
    "to_plain",
]
