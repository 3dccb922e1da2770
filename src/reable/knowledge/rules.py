"""How the families write their combinations (S7): one row for all the ways in which a few signs alarm together.

A row is a flag, its source (or several), and a text of groups parted by commas. In a group, words beside each other
must all be said; `a|b` is either of them; `a+b` is both; `2of a|b|c` any two of them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations, product

from reable.knowledge.shapes.danger import Combination
from reable.knowledge.shapes.source import Checked, Citation

Row = tuple[str, Citation | tuple[Citation, ...], str]
_ANY_TWO = "2of "


def read(source: str, at: str) -> Citation:
    """Cite a source whose text was at hand."""
    return Citation(source=source, at=at, checked=Checked.READ)


def told(source: str, at: str) -> Citation:
    """Cite a source as another one that was at hand quotes it."""
    return Citation(source=source, at=at, checked=Checked.SECOND_HAND)


def judged(source: str, at: str) -> Citation:
    """Name what an inference of our own rests on: it follows from what the source lists; nobody has checked it."""
    return Citation(source=source, at=at, checked=Checked.UNCHECKED)


def rules(rows: Iterable[Row]) -> tuple[Combination, ...]:
    """Write out each row as the combinations it stands for, each once, with the row's source."""
    found: dict[tuple[str, tuple[str, ...]], Combination] = {}
    for raises, source, text in rows:
        sources = source if isinstance(source, tuple) else (source,)
        inferred = all(cited.checked is Checked.UNCHECKED for cited in sources)
        for signs in _groups(text):
            rule = Combination(raises=raises, signs=signs, sources=sources, inferred=inferred)
            found.setdefault((raises, tuple(sorted(signs))), rule)
    return tuple(found.values())


def _groups(text: str) -> Iterator[tuple[str, ...]]:
    for group in text.split(","):
        stripped = group.strip()
        if stripped.startswith(_ANY_TWO):
            yield from combinations(stripped.removeprefix(_ANY_TWO).split("|"), 2)
            continue
        for chosen in product(*(part.split("|") for part in stripped.split())):
            signs = tuple(dict.fromkeys(sign for one in chosen for sign in one.split("+")))
            if len(signs) > 1:  # "a|b b|c" also pairs b with itself
                yield signs


def alike(rows: Iterable[tuple[str, str, str]], sourced: Sequence[Combination]) -> tuple[Combination, ...]:
    """Write out what is inferred: in a flag, one sign stands for another that alarms beside the same signs.

    A row is a flag, the signs that are said together, and those of which any one alarms beside them. It rests on what
    the sourced combinations of the flag cite, but no source says it in these words: its citations are `unchecked`.
    """
    rests_on: dict[str, dict[Citation, None]] = {}
    for rule in sourced:
        rests_on.setdefault(rule.raises, {}).update(dict.fromkeys(rule.sources))
    cited = {key: tuple(replace(c, checked=Checked.UNCHECKED) for c in found) for key, found in rests_on.items()}
    there = {(rule.raises, frozenset(rule.signs)) for rule in sourced}
    return tuple(
        Combination(raises=raises, signs=(*together.split(), other), sources=cited[raises], inferred=True)
        for raises, together, others in rows
        for other in others.split()
        if (raises, frozenset((*together.split(), other))) not in there
    )
