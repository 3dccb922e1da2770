"""Turn what was typed into plain lower-case letters, and remember where each letter came from.

Look-alike letters of other alphabets, accents, odd apostrophes and invisible characters must not hide a word.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

_INVISIBLE = frozenset({"Cf", "Mn", "Me", "Cc", "Co", "Cs"})
_APOSTROPHES = frozenset("'\u2019\u2018\u201b\u02bc\u0060\u00b4\u2032\uff07")
# Letters of other alphabets that look like Latin ones (Unicode's confusables, the ones met in Latin words).
_LOOK_ALIKES = dict(
    zip(
        "абвеёикмнорстухіјѕһԁԛԝᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢαβεηικμνορτυχγϲϳıɡɑ",
        "abbeeikmhopctyxijshdqwabcdeghijklmnoprtuvwyzabenikuvoptuxycjiga",
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """Plain text; `origin[i]` is the place in the original of the letter `i` (one more for the end)."""

    text: str
    origin: Sequence[int]


def normalise(words: str) -> Normalised:
    """Make `words` plain: lower case, no accents, no look-alikes, nothing invisible."""
    if words.isascii() and words.replace("\n", " ").isprintable():
        return Normalised(words.lower(), range(len(words) + 1))
    letters: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(words):
        for letter in _plain(character):
            letters.append(letter)
            origin.append(place)
    origin.append(len(words))
    return Normalised("".join(letters), origin)


def plain(words: str) -> str:
    """Make `words` plain where nobody asks for the places."""
    return words.lower() if words.isascii() and words.isprintable() else normalise(words).text


@lru_cache(maxsize=4096)
def _plain(character: str) -> str:
    """Give the plain letters of one character; none if it is invisible, a space if it only parts words."""
    if character in _APOSTROPHES:
        return "'"
    if character in "\n\r\t\v\f":
        return "\n" if character in "\n\r" else " "
    lowered = character.lower()
    if lowered in _LOOK_ALIKES:
        return _LOOK_ALIKES[lowered]
    if unicodedata.category(character) in _INVISIBLE:
        return ""
    folded = unicodedata.normalize("NFKD", lowered)
    return "".join(
        _LOOK_ALIKES.get(letter, letter) for letter in folded.lower() if unicodedata.category(letter) not in _INVISIBLE
    )
