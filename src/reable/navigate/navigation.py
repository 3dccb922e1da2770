"""The whole way from an inquiry to an explained answer, in one place (the main job).

words → what was said → danger → recommendation → the next question. Danger comes first and is laid over the rest: an
emergency or same-day danger makes the door `urgent`, a hold of therapy makes it `other` (a doctor); the therapy door
that would stand otherwise stays as `leaning`.
"""

from dataclasses import dataclass

from reable.errors import ReableError
from reable.knowledge import Knowledge
from reable.knowledge.shapes.danger import DangerQuestion
from reable.navigate.danger import Screening, screen
from reable.navigate.evidence import Evidence, Via, gather
from reable.navigate.inquiry import Inquiry, resolve
from reable.navigate.questions import Candidate, Outlook, outlook
from reable.navigate.recommendation import DOCTOR, Recommendation, Rule, recommend
from reable.terms import Door, Hold
from reable.understand import Reading, Understander, read

LONGEST_STATEMENT = 200_000  # letters


class NothingSaid(ReableError):
    """The statement is empty."""

    code = "navigate.nothing_said"

    def __init__(self) -> None:
        super().__init__(
            "Nothing was said: the text is empty.",
            hint="Say in your own words where you are stuck and what you want back. "
            "In an emergency, call your local emergency number.",
        )


class TooLong(ReableError):
    """The statement is longer than anybody would say."""

    code = "navigate.too_long"

    def __init__(self, letters: int) -> None:
        super().__init__(
            f"The text has {letters} letters; at most {LONGEST_STATEMENT} are read.",
            hint="Send the part that says where the person is stuck.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Navigation:
    """The answer to one inquiry, with everything it rests on."""

    inquiry: Inquiry
    reading: Reading
    evidence: tuple[Evidence, ...]
    screening: Screening
    recommendation: Recommendation
    outlook: Outlook
    warnings: tuple[str, ...]

    @property
    def door(self) -> Door:
        """Where the person is shown first."""
        urgency = self.screening.urgency
        if urgency is not None and urgency.is_urgent:
            return Door.URGENT
        return Door.OTHER if self._held else self.recommendation.door

    @property
    def leaning(self) -> Door | None:
        """The best therapy door so far; beside a danger it is always filled."""
        beside_danger = Door.BOTH if self.screening.raised else None
        return self.recommendation.leaning or beside_danger

    @property
    def other(self) -> str | None:
        """The other door: a doctor where therapy must wait, else what the person asked for."""
        return DOCTOR if self._held else self.recommendation.other

    @property
    def next_question(self) -> DangerQuestion | Candidate | None:
        """The next question: an unasked danger question always comes first (S1)."""
        if self.screening.pending:
            return self.screening.pending[0]
        return None if self.door is Door.URGENT else self.outlook.next

    @property
    def _held(self) -> bool:
        return self.screening.hold is Hold.HOLD_THERAPY


def navigate(inquiry: Inquiry, *, knowledge: Knowledge, understander: Understander) -> Navigation:
    """Answer an inquiry. Same inquiry and knowledge: same answer.

    Raises: NothingSaid, TooLong.
    """
    if inquiry.is_empty:
        raise NothingSaid
    if len(inquiry.words) > LONGEST_STATEMENT:
        raise TooLong(len(inquiry.words))
    reading = read(inquiry.words, understander=understander, language=inquiry.language, goal_at=inquiry.goal_at)
    resolved = [resolve(given, knowledge=knowledge, understander=understander) for given in inquiry.conditions]
    evidence = gather(reading, inquiry, tuple(key for key in resolved if key), knowledge=knowledge)
    sites = tuple(dict.fromkeys((*reading.sites, *inquiry.sites)))
    age = inquiry.age if inquiry.age is not None else reading.age
    screening = screen(evidence, sites, inquiry.answers, inquiry.checked, age=age, knowledge=knowledge)
    if screening.urgency is not None and screening.urgency.is_urgent:
        evidence = tuple(piece for piece in evidence if not piece.is_learned)  # beside a danger nothing is guessed
    evidence = tuple(piece for piece in evidence if piece.via is Via.ANSWER or piece.key not in inquiry.taken_back)
    recommendation = recommend(
        evidence, inquiry.relation or reading.relation, reading.longest_days, knowledge=knowledge
    )
    return Navigation(
        inquiry=inquiry,
        reading=reading,
        evidence=evidence,
        screening=screening,
        recommendation=recommendation,
        outlook=outlook(recommendation, evidence, sites, inquiry.answers, knowledge=knowledge),
        warnings=_warnings(inquiry, reading, resolved, recommendation),
    )


def _warnings(
    inquiry: Inquiry, reading: Reading, resolved: list[str | None], recommendation: Recommendation
) -> tuple[str, ...]:
    unknown = [
        f"conditions[{number}] is not known and was left out: give a key, an ICD-10-CM code or a common name"
        for number, key in enumerate(resolved)
        if key is None
    ]
    unread = bool(inquiry.words.strip()) and not reading.languages
    foreign = [] if not unread else ["the text is in no language that Reable reads (English, Spanish)"]
    lost = recommendation.rule is Rule.NOTHING_UNDERSTOOD and not unread
    unclear = ["no limitation was understood; danger questions and a person come first"] if lost else []
    return (*unknown, *foreign, *unclear)
