"""Say an answer in words for the person: grade 6, never a diagnosis. For a clinician `clinical` says it.

All sentences come from the knowledge (`texts.csv` and the items), so that they can be read, checked and translated
there. What a private flag (S13) rests on is never repeated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from reable.knowledge import Knowledge
from reable.knowledge.shapes.danger import DangerQuestion
from reable.knowledge.shapes.need import Condition
from reable.navigate.evidence import Evidence
from reable.navigate.navigation import Navigation
from reable.navigate.recommendation import DOCTOR, Rule
from reable.navigate.record import language_of
from reable.terms import Bilingual, Discipline, Door, Grade

_SURE = 850  # thousandths from which the words say "quite sure"
_FAIRLY_SURE = 600
_MOST_REFERRALS = 3  # shown to the person


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with its lines; the first section of an answer has no heading but says the main thing.

    `key` names what it is about (headline, because, sure ...), so that a page can put it where it belongs.
    """

    key: str
    title: str
    lines: tuple[str, ...]


def for_person(navigation: Navigation, *, knowledge: Knowledge) -> tuple[Section, ...]:
    """Explain an answer to the person: what to do, why, what each would do, how sure, what was not asked."""
    speaker = _Speaker(navigation, knowledge)
    if navigation.door is Door.URGENT:  # one page, one action
        urgent = (
            Section(key="headline", title="", lines=tuple(speaker.headline())),
            speaker.section("title_do_now", speaker.to_do()),
            speaker.section("title_do_not", speaker.not_to_do()),
            speaker.section("title_note", speaker.notes()),
        )
        return tuple(section for section in urgent if section.lines)
    sections = (
        Section(key="headline", title="", lines=tuple(speaker.headline())),
        speaker.section("title_do_now", speaker.to_do()),
        speaker.section("title_do_not", speaker.not_to_do()),
        speaker.section("title_because", speaker.because()),
        speaker.section("title_side_by_side", speaker.side_by_side()),
        speaker.section("title_other", speaker.other_help()),
        speaker.section("title_also", speaker.also_ask()),
        speaker.section("title_sure", speaker.how_sure()),
        speaker.section("title_danger", speaker.danger_asked()),
        speaker.section("title_next", speaker.next_question()),
        speaker.section("title_note", speaker.notes()),
    )
    return tuple(section for section in sections if section.lines)


class _Speaker:
    """Finds the sentences for one answer in one language."""

    def __init__(self, navigation: Navigation, knowledge: Knowledge) -> None:
        self.navigation = navigation
        self.knowledge = knowledge
        self.language = language_of(navigation)
        country = knowledge.countries.get(navigation.inquiry.country)
        self.numbers = {
            "emergency_number": (country and country.emergency_number) or self.text("local_emergency"),
            "suicide_line": (country and country.suicide_line) or self.text("local_suicide_line"),
        }

    def section(self, title: str, lines: Iterator[str]) -> Section:
        return Section(key=title.removeprefix("title_"), title=self.text(title), lines=tuple(lines))

    def text(self, key: str, **parts: str) -> str:
        return self.knowledge.texts[key].in_(self.language).format(**parts, **getattr(self, "numbers", {}))

    def say(self, text: Bilingual) -> str:
        """Say a sentence of an item, with the numbers of the country filled in."""
        said = text.in_(self.language)
        for name, number in self.numbers.items():
            said = said.replace("{" + name + "}", number)
        return said

    def headline(self) -> Iterator[str]:
        """Say the main thing: the dangers first, then who to start with."""
        screening = self.navigation.screening
        if screening.raised:
            yield self.say(screening.raised[0].flag.says)
        if screening.urgency is not None and screening.urgency.is_urgent:
            yield self.text("nobody_reads")
            yield self.text("then_therapy", door=self.text(self._door_key(self.navigation.leaning or Door.BOTH)))
            return
        if screening.within is not None and screening.hold is not None:
            yield self.text(f"doctor_{screening.within}")
            yield self.text(f"hold_{screening.hold}")
        if self.navigation.door is Door.OTHER and self.navigation.other not in (None, DOCTOR):
            yield self.text("door_other", name=self.say(self.knowledge.doors[str(self.navigation.other)].name))
        elif self.navigation.inquiry.words.strip() and not self.navigation.reading.languages:
            yield self.text("third_language")
        else:
            yield self.text(self._door_key(self.navigation.door))

    def _door_key(self, door: Door) -> str:
        recommendation = self.navigation.recommendation
        if door is Door.OTHER:
            return "door_doctor"
        if door is not Door.BOTH:
            return f"door_{door}"
        if recommendation.start_with_evaluation:
            return "door_evaluation"
        return "door_both" if recommendation.order is None else "door_" + "_".join(recommendation.order)

    def to_do(self) -> Iterator[str]:
        """Say what to do about the most urgent danger; the rest can wait until help is there."""
        return (self.say(text) for raised in self.navigation.screening.raised[:1] for text in raised.flag.do_now)

    def not_to_do(self) -> Iterator[str]:
        return (self.say(text) for raised in self.navigation.screening.raised[:1] for text in raised.flag.do_not)

    def because(self) -> Iterator[str]:
        """Give the reasons: their own words, the limitation, who helps with it."""
        recommendation = self.navigation.recommendation
        if recommendation.rule is Rule.WANTS_A_FULL_PLAN:
            yield self.text("you_want_a_plan")
        for points in recommendation.points:
            pieces = [e for e in self.navigation.evidence if e.key == points.key and e.is_live]
            if pieces:
                yield f"{self._reason(pieces[0])} {self.text(self._helper(points.movement, points.daily_function))}"
        if recommendation.rule is Rule.BOTH_UNLESS_FINE:
            yield self.text("both_unless_fine")
        orders = (condition.first_because for condition in self._conditions_with_order())
        yield from (self.say(because) for because in islice(filter(None, orders), 1))  # one reason is enough

    def _reason(self, piece: Evidence) -> str:
        item = self.knowledge.categories.get(piece.key) or self.knowledge.conditions[piece.key]
        name = self.say(item.name)
        if piece.mention is not None:
            said = "you_meant" if piece.is_learned else "you_said"
            return self.text(said, words=" ".join(piece.mention.words.split()), name=name)
        return self.text("you_have" if piece.key in self.knowledge.conditions else "you_answered", name=name)

    @staticmethod
    def _helper(movement: int, daily_function: int) -> str:
        if movement == daily_function:
            return "helps_both"
        return "helps_pt" if movement > daily_function else "helps_ot"

    def _conditions_with_order(self) -> Iterator[Condition]:
        if self.navigation.recommendation.order is not None:
            for piece in self.navigation.evidence:
                condition = self.knowledge.conditions.get(piece.key)
                if condition is not None and piece.is_live:
                    yield condition

    def side_by_side(self) -> Iterator[str]:
        """Say what each therapist would do about the main need of theirs."""
        leaning = self.navigation.leaning
        keys = [points.key for points in self.navigation.recommendation.points]
        keys += [e.key for e in self.navigation.evidence if e.key in self.knowledge.conditions and e.is_live]
        items = [self.knowledge.categories.get(key) or self.knowledge.conditions.get(key) for key in keys]
        for discipline in (*(self.navigation.recommendation.order or Discipline),):
            if leaning not in (Door.BOTH, Door(discipline.value)):
                continue
            parts = [item.pt if discipline is Discipline.PT else item.ot for item in items if item is not None]
            parts = [part for part in parts if part.grade > Grade.NOTHING]
            if parts:
                most = max(parts, key=lambda part: part.grade)
                yield self.text(f"does_{discipline}", does=self.say(most.does))

    def other_help(self) -> Iterator[str]:
        key = self.navigation.recommendation.other
        if key is not None:
            door = self.knowledge.doors[key]
            yield f"{self.say(door.says)} {self.say(door.turn_to)}"

    def also_ask(self) -> Iterator[str]:
        """Name the first few; a longer list would not be read. The clinician's page and the record hold all."""
        first = self.navigation.recommendation.also_ask[:_MOST_REFERRALS]
        return (self.say(self.knowledge.referrals[key].says) for key in first)

    def how_sure(self) -> Iterator[str]:
        """Say how sure the door is, never how serious anything is (S14)."""
        if self.navigation.door in (Door.URGENT, Door.OTHER, Door.UNCLEAR):
            return
        confidence = self.navigation.outlook.confidence
        sure = "sure_high" if confidence >= _SURE else "sure_middle" if confidence >= _FAIRLY_SURE else "sure_low"
        yield self.text(sure)
        candidate = self.navigation.outlook.next
        if candidate is not None:
            yield self.text("would_change", name=self.say(self.knowledge.categories[candidate.code].name))

    def danger_asked(self) -> Iterator[str]:
        if self.navigation.door is not Door.URGENT:
            yield self.text(f"danger_{self.navigation.screening.screen}")

    def next_question(self) -> Iterator[str]:
        question = self.navigation.next_question
        if isinstance(question, DangerQuestion):
            yield f"{self.say(question.text)} ({self.say(question.why)})"
        elif question is not None:
            yield f"{self.say(self.knowledge.categories[question.code].ask)} ({self.text('why_limitation')})"

    def notes(self) -> Iterator[str]:
        yield self.text("a_person_decides")
        if not self.knowledge.signed():
            yield self.text("nothing_signed")
