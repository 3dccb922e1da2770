"""Danger in words: what the pages say for a red flag, with the numbers of the clinic's country (S11)."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings

from reable.knowledge import Knowledge
from reable.knowledge.shapes.care import Country
from reable.knowledge.shapes.danger import RedFlag
from reable.terms import Bilingual, Language, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number to call or text; `dial` holds digits only."""

    label: str
    dial: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """The numbers of another country."""

    country: str
    emergency: str
    crisis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerWords:
    """One danger, one action: whom to call, what to do and what not."""

    heading: str
    calls: tuple[Number, ...]
    text_to: Number | None
    do_now: tuple[str, ...]
    do_not: tuple[str, ...]
    emergency: bool
    crisis: bool


def danger_words(flag: RedFlag, language: Language, knowledge: Knowledge) -> DangerWords:
    """Say what a red flag asks for: numbers of the clinic's country, never of the language (S11)."""
    numbers = Numbers(language, knowledge)
    emergency = flag.urgency is Urgency.EMERGENCY
    crisis = "{suicide_line}" in flag.says.en
    calls = numbers.crisis() if crisis and "{emergency_number}" not in flag.says.en else numbers.emergency()
    return DangerWords(
        heading=numbers.say(flag.says),
        calls=calls if emergency or crisis else (),
        text_to=numbers.text_line() if crisis else None,
        do_now=tuple(numbers.say(text) for text in flag.do_now),
        do_not=tuple(numbers.say(text) for text in flag.do_not),
        emergency=emergency,
        crisis=crisis,
    )


def code_of(key: str) -> str:
    """Give the number of a flag's page."""
    return sha256(f"help:{key}".encode()).hexdigest()[:10]


def flag_of(code: str, knowledge: Knowledge) -> RedFlag | None:
    """Find the flag of a page's number."""
    return next((flag for flag in knowledge.red_flags.values() if code_of(flag.key) == code), None)


class Numbers:
    """Fills in the numbers of the clinic's country; where it is unknown, those of several (S11)."""

    def __init__(self, language: Language, knowledge: Knowledge) -> None:
        self.language, self.knowledge = language, knowledge
        self.country: Country | None = knowledge.countries.get(settings.REABLE_COUNTRY)

    def plain(self, key: str) -> str:
        """Give a text of the knowledge that holds no number."""
        return self.knowledge.texts[key].in_(self.language)

    def say(self, text: Bilingual) -> str:
        """Say a text with the numbers in it."""
        said = text.in_(self.language)
        emergency = (self.country and self.country.emergency_number) or self.plain("local_emergency")
        crisis = (self.country and self.country.suicide_line) or self.plain("local_suicide_line")
        return said.replace("{emergency_number}", emergency).replace("{suicide_line}", crisis)

    def emergency(self) -> tuple[Number, ...]:
        """Give the numbers to call in an emergency."""
        if self.country is not None and self.country.emergency_number:
            return (self._call(self.country.emergency_number),)
        return tuple(self._call(number) for number in ("911", "112", "999"))

    def crisis(self) -> tuple[Number, ...]:
        """Give the line for somebody in a crisis of the mind."""
        line = self.country.suicide_line if self.country is not None else ""
        return (self._call(line),) if line else self.emergency()

    def text_line(self) -> Number | None:
        """Give the line that can be written to, where there is one."""
        line = self.country.suicide_line_text if self.country is not None else ""
        digits = _digits(line.split("(")[0])
        return Number(label=self.plain("text_to").format(number=line), dial=digits) if digits else None

    def elsewhere(self) -> Iterator[Elsewhere]:
        """Give the numbers of the other countries."""
        for country in self.knowledge.countries.values():
            if self.country is None or country.country != self.country.country:
                yield Elsewhere(
                    country=country.name.in_(self.language),
                    emergency=country.emergency_number,
                    crisis=country.suicide_line,
                )

    def _call(self, number: str) -> Number:
        return Number(label=self.plain("call_number").format(number=number), dial=_digits(number))


def _digits(number: str) -> str:
    return "".join(letter for letter in number if letter.isdigit() or letter in "+*#")
