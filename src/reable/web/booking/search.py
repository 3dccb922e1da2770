"""Look for free times of one discipline, or of both on one day, ready for the tiles."""

from collections.abc import Mapping
from datetime import date, timedelta
from uuid import UUID

from reable.terms import Discipline
from reable.web.booking.choice import tiles
from reable.web.records.actor import Actor
from reable.web.records.selectors.slots import FreeTime, FreeTimes, Wish, free_pairs, free_times

MOST = 8


class Found:
    """What was found; `lacking` says why nothing was."""

    def __init__(self, paired: tuple[tuple[FreeTime, ...], ...], singles: tuple[FreeTimes, ...]) -> None:
        rows = paired or tuple((time,) for found in singles for time in found.times)
        rows = tuple(sorted(rows, key=lambda row: row[0].starts_at))
        self.paired = bool(paired)
        self.choices = tiles(rows)
        self.call_needed = any(found.call_needed for found in singles)
        self.lacking = () if rows else singles
        self.next_day: date | None = rows[-1][0].wall.date() + timedelta(days=1) if rows else None


def search(
    actor: Actor,
    clinic_id: UUID,
    wishes: Mapping[Discipline, Wish],
    *,
    order: tuple[Discipline, ...] | None,
    first_day: date | None,
    by_telephone: bool = False,
) -> Found:
    """Find times for one wish, or for one of each discipline on one day. Raises: NotFound for an unknown clinic."""
    if len(wishes) == 1:
        (wish,) = wishes.values()
        single = free_times(actor, clinic_id, wish, first_day=first_day, most=MOST, by_telephone=by_telephone)
        return Found((), (single,))
    pt, ot = wishes[Discipline.PT], wishes[Discipline.OT]
    pairs = free_pairs(actor, clinic_id, pt, ot, order=order, first_day=first_day, by_telephone=by_telephone)
    return Found(pairs.pairs, (pairs.pt, pairs.ot))
