"""What an inquiry comes to for those who treat: the dangers in its answer, what is private, where a yes would lead.

Read from the stored record of an answer, so that it says what the person was shown; nothing of a private flag (S13) is
given to a list or a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reable.navigate import NothingSaid, TooLong, to_record
from reable.terms import Discipline, Door, Priority, Urgency
from reable.web import core
from reable.web.records.inquiry_state import InquiryState

Record = Mapping[str, Any]
THERAPY = frozenset({Door.PT, Door.OT, Door.BOTH})


@dataclass(frozen=True, slots=True, kw_only=True)
class Danger:
    """A red flag that was raised, with the words that raised it; no words where it came of an answer."""

    key: str
    urgency: Urgency
    private: bool
    words: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An answer as those see it who treat. `record` may hold only those parts that a list needs."""

    record: Record
    dangers: tuple[Danger, ...]  # most urgent first; private ones among them
    pending: tuple[str, ...]  # danger questions that nobody has answered
    set_aside: tuple[str, ...]  # a clinician has looked at them, the person says (S5)

    @property
    def shown(self) -> tuple[Danger, ...]:
        """The dangers that may be shown: those that are not private."""
        return tuple(danger for danger in self.dangers if not danger.private)

    @property
    def is_private(self) -> bool:
        """Test if something was told in confidence (S13): the words are then withheld."""
        return bool(self.confided)

    @property
    def confided(self) -> tuple[str, ...]:
        """The private flags that stand, for the named safeguarding clinician alone (S13)."""
        told = (*(danger.key for danger in self.dangers), *self.set_aside)
        return tuple(key for key in dict.fromkeys(told) if is_private(key))

    @property
    def is_dangerous(self) -> bool:
        """Test if a danger is open: raised, or asked about and not answered (S31)."""
        return bool(self.dangers or self.pending)

    @property
    def urgency(self) -> Urgency | None:
        """How soon a doctor must look at the most urgent danger that may be shown."""
        return self.shown[0].urgency if self.shown else None

    @property
    def door(self) -> Door:
        """Where the person was shown first; a private danger does not show in it."""
        door = Door(self.record["door"])
        hidden = door is Door.URGENT and not (self.urgency is not None and self.urgency.is_urgent)
        return self._leaning if hidden else door

    @property
    def target(self) -> Door:
        """Where an acceptance leads: beside a danger to the therapy that would stand otherwise."""
        return self._leaning if self.door is Door.URGENT else self.door

    @property
    def priority(self) -> Priority:
        """How soon therapy should start (S21)."""
        return Priority(self.record.get("therapy_priority") or Priority.ROUTINE)

    @property
    def _leaning(self) -> Door:
        return Door(self.record.get("leaning") or Door.UNCLEAR)


def finding_of(record: Record) -> Finding:
    """Read a stored record, whole or in parts."""
    derivation = record.get("derivation") or {}
    return Finding(
        record=record,
        dangers=tuple(_danger(flag) for flag in record.get("red_flags") or ()),
        pending=tuple(derivation.get("pending") or ()),
        set_aside=tuple(derivation.get("set_aside") or ()),
    )


def derived(state: InquiryState) -> Record | None:
    """Ask the core what it says to all that was told by now; None if nothing can be said to it."""
    codes = {key: str(activity.code) for key, activity in core.knowledge().activities.items()}
    here = core.opened()
    try:
        navigation = core.answer(state.inquiry(codes))
    except (NothingSaid, TooLong):
        return None
    return to_record(navigation, id_=str(state.id), knowledge=here.knowledge, versions=here.versions)


def is_private(flag: str) -> bool:
    """Test if a red flag may be seen by nobody but who is named for it (S13)."""
    known = core.knowledge().red_flags.get(flag)
    return known is not None and known.private


def asks_in_private(question: str) -> bool:
    """Test if a yes to this question raises a private flag."""
    known = core.knowledge().questions.get(question)
    return known is not None and any(map(is_private, known.yes_means))


def concerns(door: Door, disciplines: tuple[Discipline, ...]) -> bool:
    """Test if a door is one of these disciplines' own work, or of whoever looks first."""
    return door not in THERAPY or door is Door.BOTH or any(door.value == one.value for one in disciplines)


def _danger(flag: Record) -> Danger:
    told = [piece for piece in flag.get("evidence") or () if piece.get("words")]
    return Danger(
        key=flag["id"],
        urgency=Urgency(flag["urgency"]),
        private=is_private(flag["id"]),
        words=tuple(dict.fromkeys(" ".join(piece["words"].split()) for piece in told)),
        spans=tuple((piece["start"], piece["end"]) for piece in told),
    )
