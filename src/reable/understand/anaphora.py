"""Let "it" stand for the part of the body named in a thought before: "my arm went numb and I can't move it"."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from reable.understand.bounds import Bound
from reable.understand.clauses import Clause
from reable.understand.cues import Cue
from reable.understand.lexicon import SMALL, Lexicon
from reable.understand.tokens import Token

_NOTHING = Token(0, 0, "", SMALL, None, "")


def name_parts(clauses: Sequence[Clause], lexicon: Lexicon) -> None:
    """Write into each clause which part of the body its "it" means; time is linear in the tokens.

    Only what is done to a part tells that "it" is one: "can't move it", "no la siento", "moverla". Whatever else was
    named since, with "my" or "the" before it, may be meant instead: then no part is named.
    """
    part = ""
    for clause in clauses:
        own = {token.concept for token in clause.tokens}
        for place, token, following in _walk(clause):
            if token.key in lexicon.sites:
                part = token.concept
            elif part and part not in own and _means_a_part(clause.tokens, place, lexicon):
                clause.meant[place] = part
            elif _names_another(token, following, lexicon):
                part = ""


def _walk(clause: Clause) -> Iterator[tuple[int, Token, Token]]:
    for place, (token, following) in enumerate(pairwise((*clause.tokens, _NOTHING))):
        yield place, token, following


def _means_a_part(tokens: Sequence[Token], place: int, lexicon: Lexicon) -> bool:
    bounds = lexicon.bounds
    key = tokens[place].key
    if key in bounds[Bound.HOLDS_IT]:
        return True
    if key not in bounds[Bound.IT]:
        return False
    near = (place - 2, place - 1, place + 1)
    two_before, before, after = (tokens[p].key if 0 <= p < len(tokens) else "" for p in near)
    done_on_it = before in bounds[Bound.ON] and two_before in bounds[Bound.BEFORE_IT]
    return done_on_it or before in bounds[Bound.BEFORE_IT] or after in bounds[Bound.AFTER_IT]


def _names_another(token: Token, following: Token, lexicon: Lexicon) -> bool:
    """Test if a thing is named next: "the kettle", "my cup"; "the morning" is none."""
    begins = token.key in lexicon.articles or token.cue is Cue.OWN
    return begins and bool(following.concept) and following.key not in lexicon.units
