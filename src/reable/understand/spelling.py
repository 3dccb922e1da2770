"""Mend a misspelled word: one slip (a letter too many, missing, wrong or swapped) away from a word we know.

Short words are left alone: with them one slip too often makes another real word.
"""

from collections.abc import Callable, Iterator

_SHORTEST = 5
_LONGEST = 24
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def corrected(word: str, *, known: Callable[[str], bool]) -> str | None:
    """Find the known word one slip away; None if there is none, or if the word is short, long or not a word.

    Swapped letters are tried first, then doubled, missing, extra and wrong ones; the first letter stays.
    """
    if not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
        return None
    return next((candidate for candidate in _one_slip_away(word) if known(candidate)), None)


def _one_slip_away(word: str) -> Iterator[str]:
    places = range(1, len(word))
    yield from (word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1))
    yield from (word[:i] + word[i] + word[i:] for i in places)
    yield from (word[:i] + word[i + 1 :] for i in places)
    yield from (word[:i] + letter + word[i:] for i in (*places, len(word)) for letter in _LETTERS)
    yield from (word[:i] + letter + word[i + 1 :] for i in places for letter in _LETTERS)
