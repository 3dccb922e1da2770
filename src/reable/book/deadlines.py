"""How soon is in time (S21). The days are judgement: no guideline was read that states them."""

from reable.terms import Priority

_IN_TIME_DAYS = {
    Priority.DAYS: 3,  # judgement: after a tendon repair or a new stroke a lost week is a loss that stays
    Priority.TWO_WEEKS: 14,  # judgement: what the name of the priority promises
    Priority.ROUTINE: 42,  # judgement: after six weeks without a visit somebody should hear from a person
}


def in_time_days(priority: Priority) -> int:
    """Give the days, counted from the asking, within which care of this priority should begin."""
    return _IN_TIME_DAYS[priority]
