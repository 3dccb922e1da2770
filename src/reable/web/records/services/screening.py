"""Search for danger in what comes with a booking or a referral, before anything of it is kept (S3)."""

from dataclasses import dataclass, replace
from uuid import UUID

from reable import navigate
from reable.errors import ReableError
from reable.navigate import Navigation
from reable.terms import Hold, Language
from reable.web import core
from reable.web.records.actor import Actor, NotFound
from reable.web.records.inquiry_state import InquiryState
from reable.web.records.models import Decision, Inquiry
from reable.web.records.selectors.inquiries import open_inquiry, state_of
from reable.web.records.selectors.slots import STAFF


class DangerSaid(ReableError):
    """Something dangerous was said: the danger page of `flag` comes first, and nothing was kept or booked."""

    code = "web.danger_said"

    def __init__(self, flag: str) -> None:
        super().__init__(f"the danger '{flag}' was said", hint="show its danger page; nothing was booked or kept")
        self.flag = flag


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """What the search found short of a danger for today."""

    holds: bool  # a doctor looks before therapy begins
    tell: bool  # a therapist looks at it before the visit: a doctor should know, or the note asks for more questions
    excused: bool  # a danger was told of which they said that it is not happening now (S5)


def screen_note(note: str, *, language: Language | None, country: str, age: int | None) -> Screened:
    """Search a text that stands alone. Raises: DangerSaid, TooLong."""
    if not note.strip():
        return Screened(holds=False, tell=False, excused=False)
    found = core.answer(navigate.Inquiry(text=note, language=language, country=country, age=age))
    _refuse_danger(found, frozenset())
    return _screened(found)


def inquiry_for(actor: Actor, inquiry_id: UUID | None, clinic_id: UUID) -> Inquiry | None:
    """Give the way that a booking comes from: the actor's own, or one that staff of this clinic may see.

    Only staff, and who is signed in as a patient, need none. Raises: NotFound.
    """
    staff = actor.clinic_id == clinic_id and bool(STAFF & actor.kinds)
    if inquiry_id is None:
        if staff or actor.patient_ids:
            return None
        raise NotFound
    if inquiry_id in actor.inquiry_ids or not staff:
        return open_inquiry(actor, inquiry_id)
    row = Inquiry.objects.filter(id=inquiry_id, clinic_id=clinic_id, erased_at__isnull=True).first()
    if row is None:
        raise NotFound
    actor.reads(inquiries=[row.id])
    return row


def screen(inquiry: Inquiry | None, note: str, *, language: Language | None, country: str, age: int | None) -> Screened:
    """Search the note, and all that was told on the way it comes from. Raises: DangerSaid, TooLong."""
    if inquiry is None:
        return screen_note(note, language=language, country=country, age=age)
    decided = Decision.objects.filter(recommendation__inquiry=inquiry).exclude(danger_cleared="")
    return screen_way(state_of(inquiry), note, age=age, cleared=decided.exists())


def screen_way(state: InquiryState, note: str, *, age: int | None, cleared: bool) -> Screened:
    """Search all that somebody told, with the note as their last words. Raises: DangerSaid, TooLong.

    A danger of which they said that it is not happening now goes on to a therapist, unless it is a private one; the
    note itself is never excused. `cleared`: a therapist has written down who cleared the dangers told so far.
    """
    alone = screen_note(note, language=state.language, country=state.country, age=age)
    before = _answer(state, (), age)
    if before is None:
        return alone
    found = _answer(state, (note,), age) if note.strip() else before
    if found is None or cleared:
        return Screened(holds=False, tell=alone.tell, excused=False)
    _refuse_danger(found, frozenset(state.not_now))
    screened = _screened(found)
    asks_more = {one.key for one in found.screening.pending} - {one.key for one in before.screening.pending}
    return replace(screened, tell=screened.tell or bool(asks_more))


def _answer(state: InquiryState, more: tuple[str, ...], age: int | None) -> Navigation | None:
    told = replace(state, additions=(*state.additions, *more), age=state.age if age is None else age)
    inquiry = told.inquiry({key: str(one.code) for key, one in core.knowledge().activities.items()})
    return None if inquiry.is_empty else core.answer(inquiry)


def dangers(navigation: Navigation) -> tuple[str, ...]:
    """List the red flags that mean today or at once, most urgent first."""
    return tuple(one.flag.key for one in navigation.screening.raised if one.flag.urgency.is_urgent)


def _refuse_danger(navigation: Navigation, not_now: frozenset[str]) -> None:
    for raised in navigation.screening.raised:
        flag = raised.flag
        if flag.urgency.is_urgent and (flag.private or flag.key not in not_now):
            raise DangerSaid(flag.key)


def _screened(navigation: Navigation) -> Screened:
    screening = navigation.screening
    return Screened(
        holds=screening.hold is Hold.HOLD_THERAPY,
        tell=bool(screening.raised or screening.set_aside),
        excused=bool(dangers(navigation)),
    )
