"""What the model learns from: rows of the phrase banks as features, each with its label and its writer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from zlib import crc32

from reable.knowledge import Knowledge
from reable.knowledge.shapes.wording import NOTHING, Wording, WordingPolarity
from reable.understand import FULL_PLAN, PhraseBank
from reable.understand.features import Place, places_of
from reable.understand.normalise import normalise
from reable.understand.tokens import tokens

LONGEST = 60  # places of a sentence
SUSPECTED = "suspected_"  # begins the signs that stand for a suspicion, one a family of red flags


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, what it is about, and who wrote it."""

    places: Sequence[Place]
    label: str
    writer: str


def taught(rows: Iterable[Wording], knowledge: Knowledge) -> list[Wording]:
    """Choose the rows that teach the student.

    Limitations, other doors, *nothing*, the wish for a full plan, and the conditions for which both therapies are
    needed (N7). Never a danger: the student may not know one.
    """
    conditions = (key for key, condition in knowledge.conditions.items() if condition.both_unless_fine)
    labels = {*knowledge.categories, *knowledge.doors, *conditions, NOTHING, FULL_PLAN}
    return [row for row in rows if row.key in labels and row.polarity is not WordingPolarity.CALM]


def watched(rows: Iterable[Wording], knowledge: Knowledge) -> list[Wording]:
    """Choose the rows that teach the watcher: what is said of red flags, by family, and what tells of none.

    A look-alike tells of none; of all other harmless rows every second is enough. Each row gets as its key the sign
    that stands for the suspicion.
    """
    chosen: list[Wording] = []
    for row in rows:
        flag = knowledge.red_flags.get(row.key)
        calm = row.polarity is WordingPolarity.CALM
        if flag is not None and not calm:
            chosen.append(replace(row, key=f"{SUSPECTED}{flag.family}"))
        elif calm or (row.key not in knowledge.signs and _is_drawn(row)):
            chosen.append(replace(row, key=NOTHING))
    return chosen


def _is_drawn(row: Wording) -> bool:
    return row.text.count(" ") > 1 and crc32(row.text.encode()) % 2 == 0


def examples_of(rows: Iterable[Wording], bank: PhraseBank) -> list[Example]:
    """Turn rows of one language into what the model sees."""
    return [Example(seen(row.text, bank), row.key, row.writer) for row in rows]


def seen(text: str, bank: PhraseBank) -> Sequence[Place]:
    """Give what the model sees of a sentence."""
    plain = normalise(text).text
    return tuple(places_of(plain, tokens(plain, bank.lexicon)))[:LONGEST]


def hash_of(rows: Iterable[Wording]) -> str:
    """Hash all that is learned from, so that a model can be seen to be older than its rows."""
    digest = sha256()
    for row in rows:
        digest.update("\t".join((row.language, row.key, row.writer, row.text)).encode() + b"\n")
    return digest.hexdigest()[:16]
