"""What was understood of a statement: mentions, each with the words that said it."""

from dataclasses import dataclass

from reable.terms import BodySide, Language, Polarity, Relation, Site
from reable.understand.cues import Cue
from reable.understand.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class CueSaid:
    """A cue word with its place in the statement."""

    cue: Cue
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Something that was said, with the words that said it.

    `start` and `end` are places in the statement; `phrase` is the id of the wording that was found there.
    `with_activity`: a pain that was told of an activity ("hurts when I sew"), so that the activity is the need.
    `at_hand`: a body function of the hand ("stiff fingers"), where OT gains weight (N6).
    `ago_days` and `for_days` are times said beside it; None: not said. `chance`: how sure the learned model is, in
    thousandths, where no wording was found but the model understood; then `phrase` names the model. `doubted`: a
    wording was found, but the model is sure that its sentence is about something else. `in_passing`: it was named, and
    what is hard was told elsewhere ("I teach. My back hurts."). Neither is a need of the person; both count in danger
    all the same.
    """

    key: str
    kind: Kind
    phrase: str
    words: str
    start: int
    end: int
    polarity: Polarity
    cues: tuple[CueSaid, ...]
    side: BodySide
    mild: bool
    with_activity: bool
    at_hand: bool
    ago_days: int | None
    for_days: int | None
    worse: bool
    chance: int | None = None
    doubted: bool = False
    in_passing: bool = False

    @property
    def counts(self) -> bool:
        """Test if nothing speaks against it as a need of the person."""
        return not (self.doubted or self.in_passing)

    @property
    def is_learned(self) -> bool:
        """Test if the model understood it and no wording was found."""
        return self.chance is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that was understood of a statement. `languages` is empty if it is in none that Reable reads."""

    words: str
    languages: tuple[Language, ...]
    mentions: tuple[Mention, ...]
    sites: tuple[Site, ...]
    age: int | None
    relation: Relation
    longest_days: int | None
