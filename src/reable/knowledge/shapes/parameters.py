"""The numbers of the decision itself. All are judgements (no literature states them), each with its rationale."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerShares:
    """How likely each answer to a question about a limitation is, in thousandths that add up to 1000."""

    yes: int
    a_little: int
    no: int

    def __post_init__(self) -> None:
        if self.yes + self.a_little + self.no != 1000 or min(self.yes, self.a_little, self.no) < 0:
            raise ValueError("the shares of yes, a_little and no must add up to 1000 thousandths")


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """How needs become a door, when to stop asking, and how likely answers are.

    `lead_share`: thousandths of all points that one discipline needs to lead alone.
    `close_share`: below this share of the larger need, a call is close (N6 may shift it).
    `ot_shift`: points that N6 or a long duration add to daily function in a close call.
    `long_days`: from how many days a duration is prolonged.
    `weight_limited`, `weight_a_little`: points per grade in a plain and in a mild limitation.
    `stop_at`: confidence in thousandths at which asking stops; `most_questions`: the most limitation questions.
    `looked_at`: how many open questions the confidence looks at.
    """

    lead_share: int
    close_share: int
    ot_shift: int
    long_days: int
    weight_limited: int
    weight_a_little: int
    stop_at: int
    most_questions: int
    looked_at: int
    unlikely: AnswerShares
    usual: AnswerShares
    likely: AnswerShares
    rationale: str
