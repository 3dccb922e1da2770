"""What the model learns from: rows of the phrase banks as features, each with its label and its writer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from reable.knowledge import Knowledge
from reable.knowledge.shapes.wording import NOTHING, Wording, WordingPolarity
from reable.understand import FULL_PLAN, PhraseBank
from reable.understand.features import Place, places_of
from reable.understand.normalise import normalise
from reable.understand.tokens import tokens

LONGEST = 60  # places of a sentence


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, what it is about, and who wrote it."""

    places: Sequence[Place]
    label: str
    writer: str


def taught(rows: Iterable[Wording], knowledge: Knowledge) -> list[Wording]:
    """Choose the rows that teach.

    Limitations, other doors, *nothing*, the wish for a full plan, and the conditions for which both therapies are
    needed (N7). Never a danger: the model may not know one.
    """
    conditions = (key for key, condition in knowledge.conditions.items() if condition.both_unless_fine)
    labels = {*knowledge.categories, *knowledge.doors, *conditions, NOTHING, FULL_PLAN}
    return [row for row in rows if row.key in labels and row.polarity is not WordingPolarity.CALM]


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
