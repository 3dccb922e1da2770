"""How the clinic's pages name things: one short name for each value, in the language of the page."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import pgettext_lazy as named

from reable.book import (
    AgeGroup,
    CancelReason,
    DeclineReason,
    ReferralAct,
    ReferralState,
    Role,
    SendBackNeed,
    VisitAct,
    VisitState,
)
from reable.knowledge.shapes.need import Server
from reable.terms import Discipline, Door, Language, Priority, Specialty, Urgency
from reable.web.records.actor import ActorKind
from reable.web.records.services.decisions import Verdict
from reable.web.records.services.reminders import TaskKind
from reable.web.ui.parts import TagColor

Words = Mapping[StrEnum, str | Promise]

DISCIPLINES: Words = {
    Discipline.PT: gettext_lazy("Physical therapy"),
    Discipline.OT: gettext_lazy("Occupational therapy"),
}
SHORT = {Discipline.PT: "PT", Discipline.OT: "OT"}
SERVERS: Words = {
    Server.PT: gettext_lazy("Physical therapy"),
    Server.OT: gettext_lazy("Occupational therapy"),
    Server.SLT: gettext_lazy("Speech and language therapy"),
}
DOORS: Words = {
    Door.PT: gettext_lazy("Physical therapy (PT)"),
    Door.OT: gettext_lazy("Occupational therapy (OT)"),
    Door.BOTH: gettext_lazy("Both PT and OT"),
    Door.OTHER: gettext_lazy("Other care, such as a doctor"),
    Door.URGENT: gettext_lazy("Help now, before therapy"),
    Door.UNCLEAR: gettext_lazy("Not clear yet"),
}
URGENCIES: Words = {
    Urgency.EMERGENCY: gettext_lazy("Emergency"),
    Urgency.SAME_DAY: gettext_lazy("A doctor today"),
    Urgency.DOCTOR_FIRST: gettext_lazy("A doctor should look"),
}
PRIORITIES: Words = {
    Priority.DAYS: gettext_lazy("Within days"),
    Priority.TWO_WEEKS: gettext_lazy("Within two weeks"),
    Priority.ROUTINE: gettext_lazy("Routine"),
}
PRIORITY_COLORS: Mapping[Priority, TagColor] = {
    Priority.DAYS: "orange",
    Priority.TWO_WEEKS: "yellow",
    Priority.ROUTINE: "grey",
}
LANGUAGES: Words = {Language.EN: gettext_lazy("English"), Language.ES: gettext_lazy("Spanish")}
VERDICTS: Words = {
    Verdict.ACCEPTED: gettext_lazy("Accepted"),
    Verdict.CHANGED: gettext_lazy("Changed"),
    Verdict.DECLINED: gettext_lazy("Declined"),
}
VISIT_STATES: Words = {
    VisitState.BOOKED: gettext_lazy("Booked"),
    VisitState.ARRIVED: gettext_lazy("Arrived"),
    VisitState.DONE: gettext_lazy("Done"),
    VisitState.NO_SHOW: gettext_lazy("Did not come"),
    VisitState.CANCELLED: gettext_lazy("Cancelled"),
}
VISIT_COLORS: Mapping[VisitState, TagColor] = {
    VisitState.BOOKED: "blue",
    VisitState.ARRIVED: "green",
    VisitState.DONE: "grey",
    VisitState.NO_SHOW: "orange",
    VisitState.CANCELLED: "white",
}
VISIT_ACTS: Words = {
    VisitAct.ARRIVE: named("what happened to a visit", "Arrived"),
    VisitAct.FINISH: named("what happened to a visit", "Done"),
    VisitAct.MISS: named("what happened to a visit", "Did not come"),
    VisitAct.CANCEL: gettext_lazy("Cancel"),
    VisitAct.UNDO: gettext_lazy("Undo"),
}
CANCEL_REASONS: Words = {
    CancelReason.PATIENT_ILL: gettext_lazy("The person is ill"),
    CancelReason.PATIENT_CANNOT_COME: gettext_lazy("The person cannot come"),
    CancelReason.THERAPIST_AWAY: gettext_lazy("The therapist is away"),
    CancelReason.CLINIC_CLOSED: gettext_lazy("The clinic is closed"),
    CancelReason.OTHER: gettext_lazy("Something else"),
}
ROLES: Mapping[str, str | Promise] = {
    Role.PT: gettext_lazy("Physical therapist"),
    Role.OT: gettext_lazy("Occupational therapist"),
    Role.FRONT_DESK: gettext_lazy("Front desk"),
    Role.MANAGER: gettext_lazy("Manager"),
    Role.REFERRING_PHYSICIAN: gettext_lazy("Referring physician"),
    ActorKind.SAFEGUARDING: gettext_lazy("Safeguarding clinician"),
    Role.INTEGRATION: gettext_lazy("Connected system"),
    Role.PATIENT: gettext_lazy("Patient"),
    Role.CARER: gettext_lazy("Carer"),
    Role.OPERATOR: gettext_lazy("Operator"),
}
TASKS: Words = {
    TaskKind.CALL: gettext_lazy("Call this person"),
    TaskKind.CALL_MISSED: gettext_lazy("Call: they did not come to their visit"),
    TaskKind.REBOOK: gettext_lazy("Call and book a new visit: the last one was cancelled"),
    TaskKind.READ_NOTE: gettext_lazy("Read what was written with the booking, before the visit"),
    TaskKind.CHECK_DANGER: gettext_lazy("Look today at what this person told us"),
    TaskKind.OFFER_CALL: gettext_lazy("Call and offer a time that has become free"),
    TaskKind.NOT_SENT: gettext_lazy("Call: a message to them could not be sent"),
}
SEVERITIES: Mapping[str, tuple[str | Promise, str | Promise, TagColor]] = {
    "near_miss": (gettext_lazy("Near miss"), gettext_lazy("It was noticed in time."), "grey"),
    "minor": (gettext_lazy("Minor"), gettext_lazy("Trouble or delay, no harm."), "yellow"),
    "moderate": (gettext_lazy("Moderate"), gettext_lazy("Harm that passes, or more care than planned."), "orange"),
    "severe": (gettext_lazy("Severe"), gettext_lazy("Lasting harm, or a hospital was needed."), "red"),
    "death": (gettext_lazy("Death"), gettext_lazy("Somebody died."), "red"),
}
REFERRAL_STATES: Words = {
    ReferralState.DRAFTED: gettext_lazy("Draft"),
    ReferralState.RECEIVED: gettext_lazy("Received"),
    ReferralState.CHECKED: gettext_lazy("Complete, waits for a therapist"),
    ReferralState.SENT_BACK: gettext_lazy("Sent back with a question"),
    ReferralState.ACCEPTED: gettext_lazy("Accepted, to be booked"),
    ReferralState.BOOKED: gettext_lazy("Evaluation booked"),
    ReferralState.EVALUATED: gettext_lazy("Evaluated, waits for the letter"),
    ReferralState.ANSWERED: gettext_lazy("Letter written"),
    ReferralState.DECLINED: gettext_lazy("Declined"),
    ReferralState.PATIENT_UNREACHABLE: gettext_lazy("The person could not be reached"),
    ReferralState.PATIENT_DECLINED: gettext_lazy("The person does not want it"),
    ReferralState.WITHDRAWN: gettext_lazy("Withdrawn"),
    ReferralState.CLOSED: gettext_lazy("Closed"),
}
REFERRAL_ACTS: Words = {
    ReferralAct.SEND: gettext_lazy("Send it"),
    ReferralAct.CHECK: gettext_lazy("It is complete"),
    ReferralAct.SEND_BACK: gettext_lazy("Send back with a question"),
    ReferralAct.ACCEPT: gettext_lazy("Accept"),
    ReferralAct.DECLINE: gettext_lazy("Decline"),
    ReferralAct.BOOK: gettext_lazy("The evaluation is booked"),
    ReferralAct.NOT_SEEN: gettext_lazy("The visit did not take place"),
    ReferralAct.EVALUATE: gettext_lazy("The evaluation was done"),
    ReferralAct.WRITE_LETTER: gettext_lazy("Write the letter"),
    ReferralAct.CLOSE: gettext_lazy("The letter was sent: close"),
    ReferralAct.TELL_PHYSICIAN: gettext_lazy("The physician was told: close"),
    ReferralAct.GIVE_UP_REACHING: gettext_lazy("Nobody could be reached"),
    ReferralAct.PATIENT_DECLINES: gettext_lazy("The person does not want it"),
    ReferralAct.REOPEN: gettext_lazy("Open again"),
    ReferralAct.WITHDRAW: gettext_lazy("Withdraw"),
}
REFERRAL_REASONS: Mapping[str, str | Promise] = {
    DeclineReason.NO_CAPACITY: gettext_lazy("We have no time to offer"),
    DeclineReason.NOT_OUR_SPECIALTY: gettext_lazy("Nobody here has this training"),
    DeclineReason.OUT_OF_AREA: gettext_lazy("The person lives too far away"),
    DeclineReason.NOT_COVERED: gettext_lazy("It is not covered here"),
    DeclineReason.DUPLICATE: gettext_lazy("We have this referral already"),
    DeclineReason.NO_REPLY: gettext_lazy("Our question was not answered"),
    DeclineReason.NEEDS_DOCTOR_FIRST: gettext_lazy("A doctor must look first"),
    DeclineReason.OTHER_CARE_FITS_BETTER: gettext_lazy("Other care fits better"),
    SendBackNeed.CONTACT_DETAILS: gettext_lazy("How to reach the person"),
    SendBackNeed.SIGNATURE: gettext_lazy("A signature"),
    SendBackNeed.AUTHORIZATION: gettext_lazy("An authorization"),
    SendBackNeed.DIAGNOSIS: gettext_lazy("The diagnosis"),
    SendBackNeed.PRECAUTIONS: gettext_lazy("What must be taken care of"),
    SendBackNeed.WEIGHT_BEARING: gettext_lazy("How much weight is allowed"),
    SendBackNeed.QUESTION_TO_ANSWER: gettext_lazy("The question to answer"),
    SendBackNeed.OTHER: gettext_lazy("Something else"),
}
WEEKDAYS = (
    gettext_lazy("Monday"),
    gettext_lazy("Tuesday"),
    gettext_lazy("Wednesday"),
    gettext_lazy("Thursday"),
    gettext_lazy("Friday"),
    gettext_lazy("Saturday"),
    gettext_lazy("Sunday"),
)
SPECIALTIES: Words = {
    Specialty.HAND: gettext_lazy("Hand"),
    Specialty.PELVIC: gettext_lazy("Pelvic floor"),
    Specialty.VESTIBULAR: gettext_lazy("Dizziness and balance"),
    Specialty.LYMPHEDEMA: gettext_lazy("Lymphedema"),
    Specialty.NEURO: gettext_lazy("Brain and nerves"),
    Specialty.PEDIATRIC: gettext_lazy("Children"),
    Specialty.ONCOLOGY: gettext_lazy("Cancer"),
    Specialty.DRIVER: gettext_lazy("Driving"),
    Specialty.LOW_VISION: gettext_lazy("Low vision"),
    Specialty.WORK: gettext_lazy("Work"),
    Specialty.SEATING: gettext_lazy("Seating and wheelchairs"),
    Specialty.PAIN: gettext_lazy("Lasting pain"),
    Specialty.FACIAL: gettext_lazy("Face"),
    Specialty.SPORTS: gettext_lazy("Sports"),
}
AGE_GROUPS: Words = {
    AgeGroup.CHILD: gettext_lazy("Children and teenagers"),
    AgeGroup.ADULT: gettext_lazy("Adults"),
    AgeGroup.OLDER: gettext_lazy("Older people"),
}


def language() -> Language:
    """Give the language of the page."""
    return Language((translation.get_language() or "en")[:2])


def role(value: str) -> str:
    """Name a role by its value; what is not known is shown as it is."""
    return str(ROLES[value]) if value in ROLES else _("The system")


def task(kind: str) -> str:
    """Name what is to be done; a kind that has no name yet is something to look at."""
    return str(TASKS[TaskKind(kind)]) if kind in set(TaskKind) else _("Look at this")


def referral_reason(value: str) -> str:
    """Name why a step was taken; free text stands as it is."""
    return str(REFERRAL_REASONS.get(value, value))


def cancel_reason(value: str) -> str:
    """Name why a visit was cancelled."""
    return str(CANCEL_REASONS.get(CancelReason(value), _("Moved"))) if value in set(CancelReason) else value
