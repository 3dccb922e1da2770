"""What a phrase is: a wording reduced to the elements that must be said."""

from dataclasses import dataclass

from reable.knowledge.shapes.wording import WordingPolarity
from reable.understand.cues import Cue
from reable.understand.lexicon import Lexicon
from reable.understand.tokens import Token

IMPAIRED = "!"
SMALL_WORD = "~"
SAID_CUE = "@"
MARKS = IMPAIRED + SMALL_WORD + SAID_CUE
# Cues that a danger phrase keeps: "Bell's palsy since yesterday" is not "Bell's palsy", nor both hands one hand.
_KEPT_CUES = frozenset({Cue.NOW, Cue.LATELY, Cue.WORSE, Cue.BOTH_SIDES})
_LATELY = 7  # days that count as lately


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording reduced to its elements, the rarest first. `id` is its place in the knowledge: language/key/line.

    `weak`: a single word that other items use at least as much; it counts only where nothing else was found.
    """

    id: str
    key: str
    polarity: WordingPolarity
    elements: tuple[str, ...]
    weak: bool

    @property
    def denies(self) -> bool:
        """Test if a "no" or "can't" belongs to the wording itself."""
        return any(element.startswith(IMPAIRED) for element in self.elements)


def kept_cue(token: Token, lexicon: Lexicon) -> Cue | None:
    """Give the cue that a danger phrase keeps; "since Monday" is as good as "now"."""
    if token.cue is Cue.WHEN:
        return Cue.LATELY if lexicon.whens[token.key] <= _LATELY else None
    return token.cue if token.cue in _KEPT_CUES else None
