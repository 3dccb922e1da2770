"""What the learned model sees of a sentence: its words, its meanings, its pairs, its letters.

Every feature belongs to one place in the sentence, so that what each word says can be added up and shown.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zlib import crc32

from reable.understand.tokens import Token

BUCKETS = 1 << 19
_SHORTEST, _LONGEST = 3, 5  # letters of a piece of a word
_LETTERS = 24  # of a word that are looked at
_EDGE = "\n"

Features = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """One place of a sentence: where it stands in the plain text, the written word, and its features.

    `pieces` are letter pieces of the word; together they count as one feature.
    """

    start: int
    end: int
    word: str
    whole: Features
    pieces: Features


def places_of(text: str, tokens: Sequence[Token]) -> Iterator[Place]:
    """Go through the places of a sentence; `tokens` are those of the sentence in the plain `text`."""
    spoken = [token for token in tokens if token.key]
    written = [text[token.start : token.end] for token in spoken]
    meant = [token.concept or token.key for token in spoken]
    befores = [_EDGE, *written], [_EDGE, *meant]
    for token, word, concept, before, meant_before in zip(spoken, written, meant, *befores, strict=False):
        yield Place(
            start=token.start,
            end=token.end,
            word=word,
            whole=(
                bucket("w", word),
                bucket("c", concept),
                bucket("p", f"{before} {word}"),
                bucket("m", f"{meant_before} {concept}"),
            ),
            pieces=pieces_of(word),
        )


def bucket(kind: str, text: str) -> int:
    """Give the number of a feature; two features may share one."""
    return crc32(f"{kind}:{text}".encode()) % BUCKETS


def pieces_of(word: str) -> Features:
    """List the letter pieces of a written word, three to five letters each, its edges marked."""
    marked = f"<{word[:_LETTERS]}>"
    return tuple(
        bucket("g", marked[start : start + length])
        for length in range(_SHORTEST, _LONGEST + 1)
        for start in range(len(marked) - length + 1)
    )
