"""Cut plain text into tokens, and join words that mean one thing together ("put on", "no trouble", "used to")."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from reable.terms import Language
from reable.understand.bounds import Bound
from reable.understand.cues import Cue
from reable.understand.lexicon import AS_TOLD, SMALL, Keys, Lexicon, Sense

_TOKEN = re.compile(r"[a-z0-9'/]+|[^a-z0-9'/\s]|\n")
_HARD_STOPS = frozenset(".!?;\n\u2026\u00a1\u00bf")
_SOFT_STOPS = frozenset(',:()[]-\u2013\u2014/"')
LONGEST_CLAUSE = 60
OF = {Language.EN: "of", Language.ES: "de"}


class Token(NamedTuple):
    """One word or a few that mean one thing. `start` and `end` are places in the plain text.

    `concept` is empty for words without meaning of their own; `stop` is ".", "?" or "," for punctuation.
    A tuple, because there is one for each word that is read, and a frozen class takes three times as long to make.
    """

    start: int
    end: int
    key: str
    concept: str
    cue: Cue | None
    stop: str


def tokens(text: str, lexicon: Lexicon) -> list[Token]:
    """Cut plain `text`. Time is linear in its length."""
    raw = _cut(text, lexicon)
    raw = [piece for number, piece in enumerate(raw) if not (piece[3] and _stands_inside(raw, number, text))]
    found: list[Token] = []
    place = 0
    while place < len(raw):
        length, token = _joined(raw, place, text, lexicon)
        if token is not None:
            found.append(token)
        place += length
    return _without_owners(found, text, lexicon)


def _without_owners(found: list[Token], text: str, lexicon: Lexicon) -> list[Token]:
    """Drop who only owns a thing: "my mother's table", "la mesa de mi madre" tell nothing of her."""
    things = lexicon.bounds[Bound.THING]
    relation = Cue.RELATION
    for place, token in [(place, token) for place, token in enumerate(found) if token.cue is relation]:
        after = found[place + 1].key if place + 1 < len(found) else ""
        owned = text.endswith("'s", token.start, token.end) and after in things and _goes_on(found, place)
        of_whom = place > 1 and found[place - 1].key == OF[lexicon.language] and found[place - 2].key in things
        if owned or (of_whom and _goes_on(found, place - 3)):
            found[place] = token._replace(concept=SMALL, cue=None)
    return found


def _stands_inside(raw: "list[Raw]", number: int, text: str) -> bool:
    """Test if a stop is the point in "38.2" or a hyphen in "five-year-old", which part nothing."""
    start, end, _, _ = raw[number]
    if not 0 < number < len(raw) - 1:
        return False
    before, after = raw[number - 1], raw[number + 1]
    if before[1] != start or end != after[0] or before[3] or after[3]:
        return False
    return text[start] == "-" or (text[start] == "." and before[2].isdecimal() and after[2].isdecimal())


def _goes_on(found: list[Token], place: int) -> bool:
    """Test if something stands before: "my mother's table fell on her" begins with her."""
    return place > 0 and not found[place - 1].stop


Raw = tuple[int, int, str, str]  # start, end, base form, stop


def _cut(text: str, lexicon: Lexicon) -> list[Raw]:
    """Cut plain text into words and stops."""
    raw: list[Raw] = []
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word.isalnum():  # nearly always
            raw.append((match.start(), match.end(), lexicon.key(word), ""))
        else:
            raw += _raw(match.start(), word, lexicon)
    return raw


def _raw(start: int, word: str, lexicon: Lexicon) -> Iterator[Raw]:
    """Give base form or stop of a piece of text; "w/o" is one word if the tables know it, else a slash parts words."""
    end = start + len(word)
    if word[0] in _HARD_STOPS:
        yield start, end, "", "?" if word == "?" else "."
    elif word[0] in _SOFT_STOPS and len(word) == 1:
        yield start, end, "", ","
    elif "/" in word and word not in lexicon.slashed:
        for number, piece in enumerate(word.split("/")):
            if number:
                yield start - 1, start, "", ","
            yield from _raw(start, piece, lexicon) if piece else ()
            start += len(piece) + 1
    else:
        bare = word.strip("'")
        yield start, end, lexicon.key(bare) if bare and bare[0].isalnum() else "", ""


def _joined(raw: list[Raw], place: int, text: str, lexicon: Lexicon) -> tuple[int, Token | None]:
    """Take the longest entry that begins at `place`, and say how many raw tokens it took."""
    start, end, key, stop = raw[place]
    if not key:
        return 1, Token(start, end, "", SMALL, None, stop) if stop else None
    choices = lexicon.entries.get(key)
    if choices is not None and choices.longer and place + 1 < len(raw):
        for keys, sense in choices.longer.get(raw[place + 1][2], ()):
            length = len(keys)
            if length == 2 or tuple(r[2] for r in raw[place : place + length]) == keys:
                last = raw[place + length - 1][1]
                if sense[1] not in AS_TOLD or " ".join(text[start:last].split()) in lexicon.as_told:
                    return length, _made(start, last, keys, sense, lexicon)
    if choices is not None and choices.alone is not None:
        return 1, _made(start, end, (key,), choices.alone, lexicon)
    return 1, Token(start, end, key, SMALL if key in lexicon.small else key, None, "")


def _made(start: int, end: int, keys: Keys, sense: Sense, lexicon: Lexicon) -> Token:
    concept, cue = sense
    if cue is Cue.RELATION:
        concept = lexicon.concept(keys[-1])  # "my baby" is about a baby as well
    return Token(start, end, " ".join(keys), concept, cue, "")
