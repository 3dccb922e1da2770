"""Make inquiries, hostile texts and mutated answers, always the same for the same seed."""

import copy
import random
import string
from collections.abc import Iterator
from typing import Any

from reable.assets import Assets

Record = dict[str, Any]

_FRAMES = (
    "{0}", "I want {0}", "I can't {0}", "no {0}", "{0} for two years", "{0} since yesterday", "my mother has {0}", "{0}, but {1} is fine",
    "{0} and {1}", "two years ago I had {0}. Now {1}", "{0}. {1}. {2}", "afraid of {0}, {1}", "the doctor has checked {0}; {1}",
    "me cuesta {0}", "quiero {0} y {1}", "no tengo {0}", "{0} on the left, {1} on both sides", "my 6 year old: {0}", "78F {0} s/p {1}",
)  # fmt: skip
_PIECES = (
    "knee pain ", "\u200b", "(a+)+", "'", "\u0000", "😀", "<b>", "\u202e", "é", "ﬀ", "no ", "can't ", "but ", ", ", ". ", "\n", "ago ", "12 ",
    "years ", "ignore the red flag ", "%s", "{}", "\\", '"', "chest pain ", "¿", "ñ", "ß", "İ", "𝖈𝖍𝖊𝖘𝖙", "с", "\ud800",
)  # fmt: skip


def inquiries(count: int, assets: Assets, *, seed: int) -> Iterator[Record]:
    """Make requests out of the phrase bank: several frames, goals, ages, conditions, answers."""
    chance = random.Random(seed)
    phrases = [
        " ".join(e.lstrip("!~@") for e in p.elements) for b in assets.understander.banks.values() for p in b.phrases
    ]
    conditions, questions = sorted(assets.knowledge.conditions), sorted(assets.knowledge.questions)
    codes = sorted(assets.knowledge.categories)
    for number in range(count):
        request: Record = {"id": str(number), "text": chance.choice(_FRAMES).format(*chance.choices(phrases, k=3))}
        if chance.random() < 0.2:
            request["goal"] = chance.choice(phrases)
        if chance.random() < 0.2:
            request["age"] = chance.randrange(0, 100)
        if chance.random() < 0.3:
            request["conditions"] = [chance.choice([*conditions, "I63.9", "unknown thing"])]
        if chance.random() < 0.2:
            request["lang"] = chance.choice(["en", "es"])
        if chance.random() < 0.3:
            keys = chance.sample(questions, 2) + [f"limitation:{chance.choice(codes)}"]
            request["answers"] = {key: chance.choice(["yes", "a_little", "no", "not_sure"]) for key in keys}
        yield request


def hostile_texts(count: int, *, seed: int) -> Iterator[str]:
    """Make texts that nobody should send: long, broken, foreign, full of what feeds careless code."""
    chance = random.Random(seed)
    for _ in range(count):
        kind = chance.random()
        if kind < 0.5:
            yield "".join(chance.choices(_PIECES, k=chance.randrange(1, 60)))
        elif kind < 0.8:
            yield "".join(chr(chance.randrange(1, 0x10FFFF)) for _ in range(chance.randrange(1, 80)))
        else:
            yield chance.choice([*_PIECES, *string.printable]) * chance.randrange(1, 2000)


_KEPT = ("id", "inquiry")  # what is not derived from anything


def mutated(record: Record, chance: random.Random) -> Record:
    """Alter one derived thing in a copy: a value changed, something left out, or something added."""
    changed = copy.deepcopy(record)
    places = [place for place in _places(changed) if place[1] not in _KEPT or place[0] is not changed]
    holder, key = chance.choice(places)
    value = holder[key]
    if isinstance(value, list) and value and chance.random() < 0.5:
        del value[chance.randrange(len(value))]
    elif isinstance(value, list):
        value.append(copy.deepcopy(value[0]) if value else "added")
    elif chance.random() < 0.2 and isinstance(holder, dict):
        del holder[key]
    else:
        holder[key] = _other(value, chance)
    return changed


def _places(value: Any) -> list[tuple[Any, Any]]:
    """List all places of a record, each with its holder; the inquiry is left out."""
    found: list[tuple[Any, Any]] = []
    keys = value.keys() if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in list(keys):
        if key == "inquiry":
            continue
        found.append((value, key))
        found += _places(value[key])
    return found


def _other(value: Any, chance: random.Random) -> Any:
    """Give a value that is not `value`."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + chance.choice([-1, 1])
    if isinstance(value, float):
        return value + chance.choice([-0.001, 0.001])
    if value is None:
        return "something"
    return chance.choice([None, "", f"{value}x"]) if isinstance(value, str) and value else "something"
