"""Tell in which languages something is written, by its small words first."""

from collections.abc import Mapping

from reable.terms import Language
from reable.understand.bank import PhraseBank

_AROUND = ".,;:!?()\"'"
_LONGEST_LOOK = 400  # words that are enough to tell
_LEAST_KNOWN = 350  # thousandths of the words that must be known, else it is in another language
_LEAST_MIXED = 3  # own small words that make a second language worth reading


def languages_of(text: str, banks: Mapping[Language, PhraseBank], *, chosen: Language | None) -> list[Language]:
    """List the languages to read plain `text` in, the likelier first; empty if it is in none of them.

    Where the words do not tell (one word, two languages alike), the `chosen` language or English is read.
    """
    words = words_of(text, most=_LONGEST_LOOK)
    known = {language: sum(map(bank.lexicon.surfaces.__contains__, words)) for language, bank in banks.items()}
    own = {language: _own_small_words(words, language, banks) for language in banks}
    order = sorted(banks, key=lambda each: (-own[each], -known[each], each is not chosen, each))
    if not words or max(known.values()) * 1000 < _LEAST_KNOWN * len(words):
        return []
    return [each for each in order if each is order[0] or own[each] >= _LEAST_MIXED]


def words_of(text: str, *, most: int = -1) -> list[str]:
    """Part plain `text` at its spaces, without the punctuation around words; at most `most` of them."""
    parts = text.split(maxsplit=most)
    return [plain for word in (parts if most < 0 else parts[:most]) if (plain := word.strip(_AROUND))]


def _own_small_words(words: list[str], language: Language, banks: Mapping[Language, PhraseBank]) -> int:
    """Count small words and cues that this language shares with no other."""
    mine = banks[language].lexicon.grammar
    own = [word for word in words if word in mine]
    for other, bank in banks.items():
        if other is not language:
            own = [word for word in own if word not in bank.lexicon.grammar]
    return len(own)
