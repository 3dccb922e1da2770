"""What a person gives on the way in: their words, and the few facts that they chose to add."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from reable.knowledge import Knowledge
from reable.terms import Answer, BodySide, Language, Polarity, Relation, Site
from reable.understand import Kind, Understander, read

LONGEST_NAME = 200  # letters of a condition's name that are looked at


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """One anonymous way from a statement to a recommendation.

    `conditions` are keys of the knowledge, ICD-10-CM codes or names, as given. `age` is in years.
    `answers` are those given so far, by the key of the question: a danger question or `limitation:CODE`.
    `sites` are parts of the body that were tapped, `relation` is for whom somebody said to speak. Without any words
    the answers and sites are all there is. `checked` are keys of red flags of which the person said that a clinician
    has looked at this very episode and that it is not worse since (S5). `taken_back` are keys that were understood
    but are not so, with how it is instead (somebody else's, past, fine); `sides` are sides of the body put right. What
    was taken back speaks for no therapist any more; in the search for danger it still counts (S5).
    """

    text: str
    goal: str | None = None
    language: Language | None = None
    country: str = "US"
    age: int | None = None
    conditions: tuple[str, ...] = ()
    answers: Mapping[str, Answer] = field(default_factory=dict)
    sites: tuple[Site, ...] = ()
    relation: Relation | None = None
    checked: tuple[str, ...] = ()
    taken_back: Mapping[str, Polarity] = field(default_factory=dict)
    sides: Mapping[str, BodySide] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """The text and the goal as one statement; the goal begins a line of its own."""
        return self.text if self.goal is None else f"{self.text}\n{self.goal}"

    @property
    def is_empty(self) -> bool:
        """Test if nothing was said, tapped or answered."""
        return not (self.words.strip() or self.answers or self.sites)

    @property
    def goal_at(self) -> int | None:
        """Where in `words` the goal begins; None without one."""
        return None if self.goal is None else len(self.text) + 1


def resolve(given: str, *, knowledge: Knowledge, understander: Understander) -> str | None:
    """Find the condition that a key, an ICD-10-CM code or a name stands for; None if it is not known."""
    key = given.strip().lower().replace(" ", "_").replace("-", "_")
    if key in knowledge.conditions:
        return key
    return _by_code(given, knowledge) or _by_name(given, understander)


def _by_code(given: str, knowledge: Knowledge) -> str | None:
    code = given.strip().upper().replace(".", "")
    fitting = [
        (len(prefix), condition.key)
        for condition in knowledge.conditions.values()
        for prefix in condition.icd10cm
        if code.startswith(prefix.replace(".", ""))
    ]
    return max(fitting)[1] if fitting else None


def _by_name(given: str, understander: Understander) -> str | None:
    reading = read(given[:LONGEST_NAME], understander=understander)
    named = [mention for mention in reading.mentions if mention.kind is Kind.CONDITION]
    longest = max(named, key=lambda mention: (mention.end - mention.start, mention.key), default=None)
    return None if longest is None else longest.key
