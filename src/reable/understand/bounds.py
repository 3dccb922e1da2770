"""Words that bound how far a cue reaches. The wordings stand in `knowledge/data/words/<language>/bounds.csv`."""

from enum import StrEnum


class Bound(StrEnum):
    """What a word says about the reach of the cues near it; it keeps the meaning it has elsewhere."""

    PRESENT = "present"  # is, has: after "and" something of now begins
    LATE = "late"  # lately, these days
    THIS = "this"  # before a week or a month: this very one
    SINCE = "since"  # since Monday, till Sunday: from here on something else holds
    NOBODY = "nobody"  # nobody, no one, yet: what follows was not done
    AND = "and"  # joins two thoughts where "or" lists things
    WITH = "with"  # with: goes on with what was told before the comma
    ALL = "all"  # "all that": all that was told before
    IT = "it"  # in "checked it": what was named before
    BEFORE_IT = "before_it"  # move, feel: "it" after these may be a part of the body
    AFTER_IT = "after_it"  # the same, in a language that says it first: "no la siento"
    HOLDS_IT = "holds_it"  # the same in one word: "moverla"
    ON = "on"  # stand on it
    AFRAID = "afraid"  # afraid, scared: what somebody is afraid to do is limited; what they only read of is not
    IF = "if"  # a bare "if" may name what brings a trouble on
    FIRST = "first"  # do, have, any: begins a question about oneself that may be answered with no
    ASKS = "asks"  # is, should, why: such a question is not answered by denying its words
    SPENT = "spent"  # know, check: a denial of these denies nothing else
    LIKE = "like"  # never like this: it is so now
    NEVER = "never"  # never
    BEFORE = "before"  # before today
    IMAGINES = "imagines"  # would, might, what: asks as well, and what stands under an "if" is only imagined
    FORM = "form"  # question, leaflet: the words are those of a form
    FLAT = "flat"  # no, never: an answer by itself
    OPEN = "open"  # yet, really, before: with these "no" is no plain answer
    THING = "thing"  # table, bike: "my mother's table" tells nothing of her
