"""What the clinic and physicians do: decisions, and referrals with their letters."""

from datetime import datetime
from uuid import UUID

from reable.terms import Discipline
from reable.web.operations.demo.moments import day
from reable.web.operations.demo.played import CannotPlay, Played
from reable.web.operations.demo.shapes import ActStep, ClearedScript, DecideStep, ReferStep, SaidStep
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.selectors.person import person
from reable.web.records.selectors.referrals import referral
from reable.web.records.services.decisions import Cleared, Wanted
from reable.web.records.services.decisions import decide as decide_on
from reable.web.records.services.referrals import act_on_referral, clear_danger, enter_referral, note_try, write_letter


def decide(played: Played, step: DecideStep, at: datetime) -> Actor:
    """Read what somebody told, and decide for one's own discipline."""
    actor = played.clinic.actor(step.by)
    seen = person(actor, played.told, now=at)
    wanted = Wanted(
        discipline=played.clinic.staff[step.by].discipline,
        verdict=step.verdict,
        last_entry=seen.last_entry,
        door=step.door,
        reason=step.reason or "",
        cleared=_cleared(played, step.cleared),
    )
    decide_on(actor, played.told, wanted, now=at)
    return actor


def _cleared(played: Played, script: ClearedScript | None) -> Cleared | None:
    if script is None:
        return None
    on = day(script.day, now=played.now, zone=played.clinic.zone)
    return Cleared(who=script.who, on=on, how=script.how)


def refer(played: Played, step: ReferStep, at: datetime) -> Actor:
    """Enter a referral, as the physician or as the clinic for one."""
    actor = played.clinic.actor(step.by)
    script = played.clinic.staff[step.by].script
    entered = enter_referral(
        actor,
        person=None if played.patient_id else played.person(),
        disciplines=step.disciplines,
        text=step.text,
        physician_name=step.physician or script.name,
        physician_contact=step.contact or script.email,
        patient_id=played.patient_id,
        priority=step.priority,
        as_draft=bool(step.draft),
        now=at,
    )
    played.referrals = dict(zip(step.disciplines, entered.ids, strict=True))
    played.patient_id = referral(actor, entered.ids[0], now=at).line.patient_id
    return actor


def act(played: Played, step: ActStep, at: datetime) -> Actor:
    """Take a step of the referral's table."""
    actor = played.clinic.actor(step.by)
    act_on_referral(actor, _referral(played, step.discipline), step.do, reason=step.needs or step.because, now=at)
    return actor


def letter(played: Played, step: SaidStep, at: datetime) -> Actor:
    """Write the letter back."""
    actor = played.clinic.actor(step.by)
    write_letter(actor, _of(played, actor), step.text, now=at)
    return actor


def clear(played: Played, step: SaidStep, at: datetime) -> Actor:
    """Write down who cleared a danger that a referral speaks of."""
    actor = played.clinic.actor(step.by)
    clear_danger(actor, _of(played, actor), step.text, now=at)
    return actor


def tried(played: Played, by: str, at: datetime) -> Actor:
    """Note a try to reach somebody."""
    actor = played.clinic.actor(by)
    note_try(actor, _referral(played, None), now=at)
    return actor


def _of(played: Played, actor: Actor) -> UUID:
    """Give the referral of the therapist's own discipline."""
    return _referral(played, Discipline.PT if ActorKind.PT in actor.kinds else Discipline.OT)


def _referral(played: Played, discipline: Discipline | None) -> UUID:
    """Give their referral. Raises: CannotPlay."""
    if discipline is None and len(played.referrals) == 1:
        (only,) = played.referrals.values()
        return only
    if discipline is None or discipline not in played.referrals:
        raise CannotPlay("they have no such referral")
    return played.referrals[discipline]
