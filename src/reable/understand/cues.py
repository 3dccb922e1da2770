"""Words that turn a meaning around. The wordings stand in `knowledge/data/words/<language>/cues.csv`."""

from enum import StrEnum


class Cue(StrEnum):
    """What a cue word does to the things said near it."""

    NOT = "not"  # plain denial: no, don't have, denies
    NOR = "nor"  # nor, neither: says once more what the negation before it said, else a plain denial
    WITHOUT = "without"  # denial, but not after "can't" or "want to"
    CANNOT = "cannot"  # an ability is gone: can't, unable, won't
    HARD = "hard"  # trouble with it: difficult, struggle, hurts to
    FINE = "fine"  # no trouble with it: fine, easily, piece of cake
    ALONE = "alone"  # without help: fine where it is told, not where it is wanted
    CAN = "can"  # can, able to: fine only where a "but" stands against it
    WANT = "want"  # wanted back
    USED_TO = "used_to"  # once did: wanted back for activities, past for symptoms
    PAST = "past"  # over
    IF = "if"  # imagined
    FEAR = "fear"  # feared, read about, asked about
    TREATED = "treated"  # a clinician has looked at it
    WORSE = "worse"  # it has become worse since
    NOW = "now"  # now, currently
    LATELY = "lately"  # today, since yesterday: it is new
    MILD = "mild"  # a little
    TURN = "turn"  # but, because: a new thought begins
    JOIN = "join"  # and, or, nor
    AFTER = "after"  # after, due to: what follows is where it comes from, and not denied by what stands before
    SELF = "self"  # I
    OWN = "own"  # my, me
    THIRD = "third"  # he, she, they
    RELATION = "relation"  # my mother, my client
    ASKING_FOR = "asking_for"  # says that it is for somebody else
    FAMILY = "family"  # runs in the family, died of
    WAS = "was"  # had, was, died: told of somebody, it is over
    BACK = "back"  # that, it, this: refers to what was said before
    LEFT = "left"
    RIGHT = "right"
    BOTH_SIDES = "both_sides"
    AGO = "ago"
    WHEN = "when"  # last year, as a child: a time in itself
    FOR = "for"  # for, since, x: a duration follows
    AGED = "aged"  # years old
