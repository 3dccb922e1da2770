"""What is dangerous, how it is said, and what to ask: red flags, signs, combinations, danger questions."""

from collections.abc import Container
from dataclasses import dataclass
from enum import StrEnum

from reable.knowledge.shapes.source import Citation, Status, must_be_signed_by_someone
from reable.terms import Bilingual, Hold, IcfCode, Polarity, Site, Urgency, Within

CALMING = frozenset({Polarity.FINE, Polarity.PAST, Polarity.OTHER_PERSON, Polarity.HYPOTHETICAL, Polarity.TREATED})


class SignKind(StrEnum):
    """A `context` is a fact about the person: that it is past does not calm it."""

    SYMPTOM = "symptom"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """Something said that raises nothing alone but counts in combinations (S7)."""

    key: str
    kind: SignKind
    name: Bilingual
    within_days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag:
    """A finding that raises suspicion of something serious, what to do, and what may calm it (S4)."""

    key: str
    name: Bilingual
    family: str
    urgency: Urgency
    within: Within | None
    hold: Hold | None
    says: Bilingual
    do_now: tuple[Bilingual, ...]
    do_not: tuple[Bilingual, ...]
    raised_by: tuple[str, ...]
    calmed_by: tuple[Polarity, ...]
    calmed_by_conditions: tuple[str, ...]
    counts_if_resolved_within: int | None
    calm_if_older_than: int | None
    private: bool
    sources: tuple[Citation, ...]
    status: Status
    reviewed_by: tuple[str, ...]

    def __post_init__(self) -> None:
        must_be_signed_by_someone(self.status, self.reviewed_by)
        doctor_first = self.urgency is Urgency.DOCTOR_FIRST
        if doctor_first != (self.within is not None) or doctor_first != (self.hold is not None):
            raise ValueError("'within' and 'hold' belong to urgency doctor_first: give both with it, neither without")
        if not CALMING.issuperset(self.calmed_by):
            allowed = ", ".join(sorted(CALMING))
            raise ValueError(f"'calmed_by' may hold only: {allowed}")

    @property
    def may_be_checked(self) -> bool:
        """Test if a clinician's look at this very episode may calm it (S4)."""
        return Polarity.TREATED in self.calmed_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """A rule of S7: all `signs` together raise the flag that each alone does not.

    A sign may be the key of a sign, a flag, a condition or a limitation. One that is `inferred` says in other signs
    what a sourced one says (one sign stands for another that alarms alike): it raises, but asks no question.
    """

    raises: str
    signs: tuple[str, ...]
    sources: tuple[Citation, ...]
    inferred: bool = False

    def __post_init__(self) -> None:
        if len(set(self.signs)) < 2:
            raise ValueError(f"the combination for '{self.raises}' needs at least two different signs")

    def is_touched_by(self, said: Container[str]) -> bool:
        """Test if what was said can matter to this rule: any of its signs, or all of them if it is inferred."""
        return (all if self.inferred else any)(sign in said for sign in self.signs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """When a danger question belongs to what was said: any one of these. All empty: it always belongs."""

    sites: tuple[Site, ...]
    limitations: tuple[IcfCode, ...]
    conditions: tuple[str, ...]
    signs: tuple[str, ...]

    @property
    def always(self) -> bool:
        """Test if the question belongs to any statement."""
        return not (self.sites or self.limitations or self.conditions or self.signs)


@dataclass(frozen=True, slots=True, kw_only=True)
class DangerQuestion:
    """A question about danger. Yes, a little and not sure assert `yes_means` (S1)."""

    key: str
    yes_means: tuple[str, ...]
    when: Occasion
    text: Bilingual
    why: Bilingual
