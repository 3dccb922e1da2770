"""Facts beside the limitations: body sites, sides, times, age, and for whom somebody speaks."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from reable.terms import BodySide, Relation, Site
from reable.understand.clauses import Clause
from reable.understand.cues import Cue
from reable.understand.lexicon import Lexicon
from reable.understand.tokens import Token

_SIDED = frozenset(Site) - {Site.HEAD, Site.FACE, Site.JAW, Site.NECK, Site.CHEST, Site.BACK, Site.BELLY, Site.PELVIS}
_SIDES = {Cue.LEFT: BodySide.LEFT, Cue.RIGHT: BodySide.RIGHT, Cue.BOTH_SIDES: BodySide.BOTH}
_OLDEST = 120
_GROWN_UP = 18
_DAYS_A_YEAR = 365
_FIRST_YEAR, _LAST_PAST_YEAR = 1900, 2024
_YEAR = 400  # days that surely lie back since a year that is over
_SOME = 2  # of a unit said without a number
# Words before a bare number, and before a number of years, that make it an age.
_AGE_INTRODUCED_BY = {
    False: frozenset({"i'm", "im", "he's", "she's", "hes", "shes", "turned", "turning"}),
    True: frozenset({"de", "tengo", "tiene", "cumplio", "cumplir", "con"}),
}
_AGE_TAILS = ("yo", "yrs", "yr", "y", "f", "m")
# A little one's age is said in weeks or months; elsewhere these are how long something lasts.
_LITTLE_ONES = frozenset({"baby", "child", "bebe", "nino"})  # synonym groups
_IS = frozenset({"is", "was", "he", "she", "hes", "shes", "tiene", "cumplio", "es", "de"})
_GOES_ON = frozenset({"with", "who", "con", "que"})
_PERSONS = {Cue.RELATION: Relation.PROXY, Cue.THIRD: Relation.PROXY, Cue.SELF: Relation.SELF, Cue.OWN: Relation.SELF}
_LITTLE_UNITS = (1, 7, 30)  # days, weeks, months
_MONTH_TAILS = {"mo": 30, "mos": 30, "mth": 30, "mths": 30, "wk": 7, "wks": 7}
_ENDS_AGE = frozenset({Cue.JOIN, Cue.NOT, Cue.CANNOT, Cue.TURN, Cue.THIRD})
_LASTS = frozenset({Cue.AGO, Cue.FOR, Cue.PAST, Cue.WHEN})  # "5 months post op", "two weeks since"


@dataclass(frozen=True, slots=True)
class Time:
    """A time that was said: so many days, at token `place`; `ago` for "3 weeks ago", else a duration."""

    place: int
    days: int
    ago: bool


def times(clause: Clause, lexicon: Lexicon) -> Iterator[Time]:
    """Find times such as "3 weeks ago", "for two years", "x 6 months"."""
    tokens, when = clause.tokens, Cue.WHEN
    for place, token in enumerate(tokens):
        if token.cue is when:
            yield Time(place, lexicon.whens[token.key], ago=True)
            continue
        if _is_past_year(token.key):
            yield Time(place, _YEAR, ago=True)
            continue
        days = lexicon.units.get(token.key)
        if days is None:
            continue
        amount = _amount(tokens, place, lexicon)
        near = [t.cue for t in (*tokens[max(0, place - 4) : place], *tokens[place + 1 : place + 2])]
        if Cue.AGO in near:
            yield Time(place, days * amount, ago=True)
        elif Cue.FOR in near:
            yield Time(place, days * amount, ago=False)


def _is_past_year(key: str) -> bool:
    """Test for "in 1999", "since 2005". There is no clock here: the last years may be now and are not taken as past."""
    return key.isdecimal() and len(key) == len("1999") and _FIRST_YEAR <= int(key) <= _LAST_PAST_YEAR


def _amount(tokens: Sequence[Token], unit: int, lexicon: Lexicon) -> int:
    """Find how many; "years ago" without a number is a few."""
    for token in reversed(tokens[max(0, unit - 2) : unit]):
        if token.key.isdecimal() and len(token.key) <= 3:
            return int(token.key)
        if token.key in lexicon.numbers:
            return lexicon.numbers[token.key]
    return _SOME


def age(tokens: Sequence[Token], lexicon: Lexicon) -> int | None:
    """Find the age in years of the person spoken of: "my 6 year old", "78F", "she's 7", "tiene 7 años", "my 9mo"."""
    numbers = [n for n, token in enumerate(tokens) if token.key[:1].isdecimal() or token.key in lexicon.numbers]
    for place in numbers:
        token = tokens[place]
        before = tokens[place - 1] if place else None
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        number = _number(token, lexicon)
        if number is None:
            if (years := _years_in_one_word(token)) is not None:
                return years
            if (days := _days_in_one_word(token)) is not None and _is_of_little_one(tokens, place, place):
                return days // _DAYS_A_YEAR
            continue
        if after is not None and after.cue is Cue.AGED:
            days = lexicon.units.get(after.key.split()[0], _DAYS_A_YEAR)  # "8 months old" is a baby
            return number * days // _DAYS_A_YEAR
        if before is not None and before.cue is Cue.AGED and "old" not in before.key:
            return number
        unit = None if after is None else lexicon.units.get(after.key)
        introduced = before is not None and before.key in _AGE_INTRODUCED_BY[unit == _DAYS_A_YEAR]
        if introduced and unit in (None, _DAYS_A_YEAR) and token.key.isdecimal():
            return number
        if _is_said_of_oneself(tokens, place, number):
            return number
        if unit in _LITTLE_UNITS and _is_of_little_one(tokens, place, place + 1):
            return number * unit // _DAYS_A_YEAR
    return None


def _is_said_of_oneself(tokens: Sequence[Token], place: int, number: int) -> bool:
    """Test for "I am 71." and "I am 58 and ...": a number that nothing is counted in, as grown-ups say their age."""
    said = [token.key for token in tokens[max(0, place - 2) : place]]
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    ends = after is None or bool(after.stop) or after.cue in (*_ENDS_AGE, Cue.OWN)
    return said == ["i", "am"] and ends and _GROWN_UP <= number <= _OLDEST


def _is_of_little_one(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Test if the time at `first` to `last` is a little one's age: "my son, 14 months,", "bebé de 8 meses", "my 9mo".

    "He is 14 months post op" and "tiene 3 meses con dolor" tell how long something lasts.
    """
    after = tokens[last + 1] if last + 1 < len(tokens) else None
    if first == last and after is not None and after.concept in _LITTLE_ONES:  # "a 20mo girl"
        return True
    before = _said_before(tokens, first)
    little = any(token.concept in _LITTLE_ONES for token in before)
    if not before or any(token.cue in _LASTS for token in (*before, *(() if after is None else (after,)))):
        return False
    if little and before[-1].key == "de":  # "mi niña de 14 meses"
        return True
    goes_on = little and after is not None and after.key in _GOES_ON
    if after is not None and not (goes_on or after.stop or after.cue in _ENDS_AGE):
        return False
    is_said = before[-1].key in _IS and (
        len(before) == 1 or little or any(token.cue is Cue.THIRD for token in before[-2:])
    )
    return is_said or before[-1].concept in _LITTLE_ONES or (first == last and before[-1].cue is Cue.OWN)


def _said_before(tokens: Sequence[Token], place: int) -> list[Token]:
    """List up to three words before `place` in its sentence."""
    before: list[Token] = []
    for token in reversed(tokens[max(0, place - 4) : place]):
        if token.stop == ".":
            break
        if not token.stop:
            before.insert(0, token)
    return before[-3:]


def _number(token: Token, lexicon: Lexicon) -> int | None:
    if token.key.isdecimal() and len(token.key) <= len(str(_OLDEST)) and int(token.key) <= _OLDEST:
        return int(token.key)
    return lexicon.numbers.get(token.key)


def _years_in_one_word(token: Token) -> int | None:
    digits = token.key.rstrip("yorsfm")
    if not digits.isdecimal() or len(digits) > len(str(_OLDEST)) or int(digits) > _OLDEST:
        return None
    return int(digits) if token.key[len(digits) :] in _AGE_TAILS else None


def _days_in_one_word(token: Token) -> int | None:
    """Read "9mo" and "6wks"."""
    digits = token.key.rstrip("mothwks")
    if not digits.isdecimal() or len(digits) > len(str(_OLDEST)):
        return None
    days = _MONTH_TAILS.get(token.key[len(digits) :])
    return None if days is None else int(digits) * days


def sites(clause: Clause, lexicon: Lexicon) -> frozenset[Site]:
    """List the body sites that a clause names."""
    return frozenset(lexicon.sites[token.key] for token in clause.tokens if token.key in lexicon.sites)


def side(clause: Clause, places: Sequence[int], named: AbstractSet[Site]) -> BodySide:
    """Find the side that belongs to the words at `places`: the nearest one said in that clause, which `named` sites."""
    if named.isdisjoint(_SIDED):
        return BodySide.NONE
    if clause.said.isdisjoint(_SIDES):
        return BodySide.UNKNOWN
    marks = [(place, token.cue) for place, token in enumerate(clause.tokens) if token.cue in _SIDES]
    _, cue = min(marks, key=lambda mark: (min(abs(mark[0] - place) for place in places), mark[0]))
    return BodySide.UNKNOWN if cue is None else _SIDES[cue]


def subject(clause: Clause, before: Relation) -> Relation:
    """Tell whom a clause is about: the first of "I", "my mother", "she" decides; else as `before`."""
    first = next((token.cue for token in clause.tokens if token.cue in _PERSONS), None)
    return before if first is None else _PERSONS[first]
