"""The table of a referral: its states, whose turn it is in each and for how long, and every step between them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from reable.book.deadlines import in_time_days
from reable.book.roles import FAMILY, OFFICE, STAFF, THERAPISTS, Role
from reable.terms import Priority


class ReferralState(StrEnum):
    """Where a referral stands."""

    DRAFTED = "drafted"
    RECEIVED = "received"
    CHECKED = "checked"
    SENT_BACK = "sent_back"
    ACCEPTED = "accepted"
    BOOKED = "booked"
    EVALUATED = "evaluated"
    ANSWERED = "answered"
    DECLINED = "declined"
    PATIENT_UNREACHABLE = "patient_unreachable"
    PATIENT_DECLINED = "patient_declined"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"

    @property
    def is_final(self) -> bool:
        """Test that nothing is left to do."""
        return self not in DUTIES


class ReferralAct(StrEnum):
    """What somebody does to a referral."""

    SEND = "send"
    CHECK = "check"
    SEND_BACK = "send_back"
    ACCEPT = "accept"
    DECLINE = "decline"
    BOOK = "book"
    NOT_SEEN = "not_seen"
    EVALUATE = "evaluate"
    WRITE_LETTER = "write_letter"
    CLOSE = "close"
    TELL_PHYSICIAN = "tell_physician"
    GIVE_UP_REACHING = "give_up_reaching"
    PATIENT_DECLINES = "patient_declines"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"


class DeclineReason(StrEnum):
    """Why the clinic does not take a referral. The physician is told."""

    NO_CAPACITY = "no_capacity"
    NOT_OUR_SPECIALTY = "not_our_specialty"
    OUT_OF_AREA = "out_of_area"
    NOT_COVERED = "not_covered"
    DUPLICATE = "duplicate"
    NO_REPLY = "no_reply"
    NEEDS_DOCTOR_FIRST = "needs_doctor_first"
    OTHER_CARE_FITS_BETTER = "other_care_fits_better"
    OTHER = "other"


class SendBackNeed(StrEnum):
    """What the clinic needs from the physician before it can go on."""

    CONTACT_DETAILS = "contact_details"
    SIGNATURE = "signature"
    AUTHORIZATION = "authorization"
    DIAGNOSIS = "diagnosis"
    PRECAUTIONS = "precautions"
    WEIGHT_BEARING = "weight_bearing"
    QUESTION_TO_ANSWER = "question_to_answer"
    OTHER = "other"


class ReferralTime(StrEnum):
    """What must hold before a step can be taken."""

    ANY_TIME = "any_time"
    WHEN_OVERDUE = "when_overdue"
    AFTER_TRIES = "after_tries"
    DANGER_CLEARED = "danger_cleared"


class Owner(StrEnum):
    """Whose turn it is: the therapist is one of the referral's discipline."""

    PHYSICIAN = "physician"
    FRONT_DESK = "front_desk"
    THERAPIST = "therapist"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Whose turn it is in a state, who watches over it, and the calendar days allowed for each priority."""

    owner: Owner
    watched_by: Role
    days: int
    two_weeks: int
    routine: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralStep:
    """One row of the table. `own_discipline`: of the therapists only those of the referral's discipline (S31).

    `reasons` are those to choose from; empty where none is asked.
    """

    state: ReferralState
    act: ReferralAct
    to: ReferralState
    who: frozenset[Role]
    when: ReferralTime
    own_discipline: bool
    reasons: frozenset[DeclineReason | SendBackNeed]


_S, _A, _T = ReferralState, ReferralAct, ReferralTime
_PHYSICIAN = frozenset({Role.REFERRING_PHYSICIAN})
_MANAGER = frozenset({Role.MANAGER})
_SENDERS = frozenset({Role.REFERRING_PHYSICIAN, Role.INTEGRATION, Role.FRONT_DESK})
_TELLERS = STAFF | {Role.INTEGRATION}
_BOOKERS = STAFF | FAMILY
_ASKERS = OFFICE | FAMILY

# Days are calendar days and judgement: short enough that the steps together keep what the priority promises. The work
# of one desk is one to five days; a therapist looks at an urgent referral the next day; a letter that comes later than
# a week comes after the next visit to the doctor. Once booked, the time to the evaluation is that of `deadlines`.
DUTIES: Mapping[ReferralState, Duty] = {
    state: Duty(owner=owner, watched_by=watched_by, days=days, two_weeks=two_weeks, routine=routine)
    for state, owner, watched_by, days, two_weeks, routine in (
        (_S.DRAFTED, Owner.PHYSICIAN, Role.MANAGER, 1, 3, 7),
        (_S.RECEIVED, Owner.FRONT_DESK, Role.MANAGER, 1, 1, 3),
        (_S.CHECKED, Owner.THERAPIST, Role.MANAGER, 1, 2, 5),
        (_S.SENT_BACK, Owner.PHYSICIAN, Role.FRONT_DESK, 1, 4, 10),
        (_S.ACCEPTED, Owner.FRONT_DESK, Role.MANAGER, 1, 2, 5),
        (
            _S.BOOKED,
            Owner.THERAPIST,
            Role.FRONT_DESK,
            in_time_days(Priority.DAYS),
            in_time_days(Priority.TWO_WEEKS),
            in_time_days(Priority.ROUTINE),
        ),
        (_S.EVALUATED, Owner.THERAPIST, Role.MANAGER, 2, 5, 7),
        (_S.ANSWERED, Owner.FRONT_DESK, Role.MANAGER, 1, 2, 3),
        (_S.DECLINED, Owner.FRONT_DESK, Role.MANAGER, 1, 1, 3),
        (_S.PATIENT_UNREACHABLE, Owner.FRONT_DESK, Role.MANAGER, 1, 1, 3),
        (_S.PATIENT_DECLINED, Owner.FRONT_DESK, Role.MANAGER, 1, 1, 3),
    )
}

FIRST_STATES: Mapping[ReferralState, frozenset[Role]] = {
    ReferralState.DRAFTED: _PHYSICIAN,
    ReferralState.RECEIVED: _SENDERS | _MANAGER,  # written at once, by another system, or typed in from paper
}

_NONE: frozenset[DeclineReason | SendBackNeed] = frozenset()
# The front desk sees tasks, not clinical words (S31): it sends back and declines for reasons that need none.
OFFICE_DECLINES = frozenset(
    {
        DeclineReason.NO_CAPACITY,
        DeclineReason.OUT_OF_AREA,
        DeclineReason.NOT_COVERED,
        DeclineReason.DUPLICATE,
        DeclineReason.OTHER,
    }
)
THERAPIST_DECLINES = frozenset(DeclineReason) - {DeclineReason.NO_REPLY}
OFFICE_NEEDS = frozenset(
    {SendBackNeed.CONTACT_DETAILS, SendBackNeed.SIGNATURE, SendBackNeed.AUTHORIZATION, SendBackNeed.OTHER}
)
THERAPIST_NEEDS = frozenset(SendBackNeed)
_UNANSWERED = frozenset({DeclineReason.NO_REPLY})

REFERRAL_STEPS = tuple(
    ReferralStep(state=state, act=act, to=to, who=who, when=when, own_discipline=who <= THERAPISTS, reasons=reasons)
    for state, act, to, who, when, reasons in (
        (_S.DRAFTED, _A.SEND, _S.RECEIVED, _PHYSICIAN, _T.ANY_TIME, _NONE),
        (_S.DRAFTED, _A.WITHDRAW, _S.WITHDRAWN, _PHYSICIAN, _T.ANY_TIME, _NONE),
        (_S.DRAFTED, _A.WITHDRAW, _S.WITHDRAWN, _MANAGER, _T.WHEN_OVERDUE, _NONE),
        (_S.RECEIVED, _A.CHECK, _S.CHECKED, OFFICE, _T.ANY_TIME, _NONE),
        (_S.RECEIVED, _A.SEND_BACK, _S.SENT_BACK, OFFICE, _T.ANY_TIME, OFFICE_NEEDS),
        (_S.RECEIVED, _A.DECLINE, _S.DECLINED, OFFICE, _T.ANY_TIME, OFFICE_DECLINES),
        (_S.RECEIVED, _A.PATIENT_DECLINES, _S.PATIENT_DECLINED, _ASKERS, _T.ANY_TIME, _NONE),
        (_S.RECEIVED, _A.WITHDRAW, _S.WITHDRAWN, _PHYSICIAN, _T.ANY_TIME, _NONE),
        (_S.CHECKED, _A.ACCEPT, _S.ACCEPTED, THERAPISTS, _T.DANGER_CLEARED, _NONE),
        (_S.CHECKED, _A.SEND_BACK, _S.SENT_BACK, THERAPISTS, _T.ANY_TIME, THERAPIST_NEEDS),
        (_S.CHECKED, _A.DECLINE, _S.DECLINED, THERAPISTS, _T.ANY_TIME, THERAPIST_DECLINES),
        (_S.CHECKED, _A.PATIENT_DECLINES, _S.PATIENT_DECLINED, _ASKERS, _T.ANY_TIME, _NONE),
        (_S.CHECKED, _A.WITHDRAW, _S.WITHDRAWN, _PHYSICIAN, _T.ANY_TIME, _NONE),
        (_S.SENT_BACK, _A.SEND, _S.RECEIVED, _SENDERS, _T.ANY_TIME, _NONE),
        (_S.SENT_BACK, _A.DECLINE, _S.DECLINED, OFFICE, _T.WHEN_OVERDUE, _UNANSWERED),
        (_S.SENT_BACK, _A.PATIENT_DECLINES, _S.PATIENT_DECLINED, _ASKERS, _T.ANY_TIME, _NONE),
        (_S.SENT_BACK, _A.WITHDRAW, _S.WITHDRAWN, _PHYSICIAN, _T.ANY_TIME, _NONE),
        (_S.ACCEPTED, _A.BOOK, _S.BOOKED, _BOOKERS, _T.ANY_TIME, _NONE),
        (_S.ACCEPTED, _A.DECLINE, _S.DECLINED, THERAPISTS, _T.ANY_TIME, THERAPIST_DECLINES),
        (_S.ACCEPTED, _A.GIVE_UP_REACHING, _S.PATIENT_UNREACHABLE, OFFICE, _T.AFTER_TRIES, _NONE),
        (_S.ACCEPTED, _A.PATIENT_DECLINES, _S.PATIENT_DECLINED, _ASKERS, _T.ANY_TIME, _NONE),
        (_S.ACCEPTED, _A.WITHDRAW, _S.WITHDRAWN, _PHYSICIAN, _T.ANY_TIME, _NONE),
        (_S.BOOKED, _A.EVALUATE, _S.EVALUATED, THERAPISTS, _T.ANY_TIME, _NONE),
        (_S.BOOKED, _A.NOT_SEEN, _S.ACCEPTED, STAFF, _T.ANY_TIME, _NONE),
        (_S.BOOKED, _A.PATIENT_DECLINES, _S.PATIENT_DECLINED, _ASKERS, _T.ANY_TIME, _NONE),
        (_S.BOOKED, _A.WITHDRAW, _S.WITHDRAWN, _PHYSICIAN, _T.ANY_TIME, _NONE),
        # From here on a therapist has seen the person: the only way on is the letter back.
        (_S.EVALUATED, _A.WRITE_LETTER, _S.ANSWERED, THERAPISTS, _T.ANY_TIME, _NONE),
        (_S.ANSWERED, _A.CLOSE, _S.CLOSED, _TELLERS, _T.ANY_TIME, _NONE),
        # Nobody has seen the person: the physician is told, or it goes on after all.
        (_S.DECLINED, _A.TELL_PHYSICIAN, _S.CLOSED, _TELLERS, _T.ANY_TIME, _NONE),
        (_S.PATIENT_UNREACHABLE, _A.REOPEN, _S.ACCEPTED, _ASKERS, _T.ANY_TIME, _NONE),
        (_S.PATIENT_UNREACHABLE, _A.TELL_PHYSICIAN, _S.CLOSED, _TELLERS, _T.ANY_TIME, _NONE),
        (_S.PATIENT_DECLINED, _A.REOPEN, _S.RECEIVED, _ASKERS, _T.ANY_TIME, _NONE),
        (_S.PATIENT_DECLINED, _A.TELL_PHYSICIAN, _S.CLOSED, _TELLERS, _T.ANY_TIME, _NONE),
    )
)
