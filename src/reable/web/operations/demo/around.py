"""What happens around visits: signing in, a helper who is let in, what is told in confidence, a task that is done."""

from datetime import datetime

from reable.web.accounts.models import User
from reable.web.accounts.services import grant_carer, link_patients_on_sign_in, prove_address, user_for_patient
from reable.web.operations.demo.played import CannotPlay, Played
from reable.web.operations.demo.shapes import CarerStep, DoneStep, LookStep, SafeStep
from reable.web.records.actor import Actor, ActorKind
from reable.web.records.selectors.safeguarding import disclosure
from reable.web.records.selectors.tasks import open_tasks
from reable.web.records.services.inquiries import erase_inquiry
from reable.web.records.services.reminders import finish_task
from reable.web.records.services.safeguarding import SafeWay, keep_safe_contact, note_done, note_seen


def sign_in(played: Played, given: bool, at: datetime) -> Actor:
    """Sign in with the code that was sent to their address: from now on they see their visits. Raises: CannotPlay."""
    person = played.person()
    user = User.objects.get(id=user_for_patient(person.email, person.name))
    prove_address(user, user.email)
    if played.patient not in link_patients_on_sign_in(user):
        raise CannotPlay("they could not be linked with their address")
    return Actor(kind=ActorKind.PATIENT, user_id=user.id, patient_ids=frozenset({played.patient}))


def carer(played: Played, step: CarerStep, at: datetime) -> Actor:
    """Let a helper in, as told to the front desk. The helper has signed in before, so that their name is known."""
    actor = played.clinic.actor(step.by)
    user_for_patient(step.email, step.name)
    grant_carer(actor, played.patient, step.email, step.relation, step.authority, patient_agrees=True)
    return actor


def safe(played: Played, step: SafeStep, at: datetime) -> Actor:
    """Say how contact is safe."""
    keep_safe_contact(
        played.actor, played.told, SafeWay(way=step.way, address=step.address, when=step.when or ""), now=at
    )
    return played.actor


def look(played: Played, step: LookStep, at: datetime) -> Actor:
    """Read what was told in confidence, and write down what was done."""
    actor = played.clinic.actor(step.by)
    disclosure(actor, played.told, now=at)
    note_seen(actor, played.told, now=at)
    if step.text:
        note_done(actor, played.told, step.text, outcome=step.outcome, now=at)
    return actor


def done(played: Played, step: DoneStep, at: datetime) -> Actor:
    """Tick off a task of this person. Raises: CannotPlay."""
    actor = played.clinic.actor(step.by)
    name = played.person().name
    mine = [one for one in open_tasks(actor, now=at).tasks if one.name == name and one.kind == step.task]
    if not mine:
        raise CannotPlay(f"there is no task '{step.task}' for them")
    finish_task(actor, mine[0].task_id, now=at)
    return actor


def erase(played: Played, given: bool, at: datetime) -> Actor:
    """Delete what they told."""
    erase_inquiry(played.actor, played.told)
    return played.actor
