"""Who acts: the roles that the tables of visits and referrals speak of."""

from enum import StrEnum

from reable.terms import Discipline


class Role(StrEnum):
    """In which role somebody acts. One person may have several; an act is done in one."""

    PT = "pt"
    OT = "ot"
    FRONT_DESK = "front_desk"
    MANAGER = "manager"
    REFERRING_PHYSICIAN = "referring_physician"
    INTEGRATION = "integration"
    PATIENT = "patient"
    CARER = "carer"
    OPERATOR = "operator"


THERAPISTS = frozenset({Role.PT, Role.OT})
OFFICE = frozenset({Role.FRONT_DESK, Role.MANAGER})
STAFF = THERAPISTS | OFFICE
FAMILY = frozenset({Role.PATIENT, Role.CARER})


def therapist_of(discipline: Discipline) -> Role:
    """Give the role of a therapist of `discipline`."""
    return Role.PT if discipline is Discipline.PT else Role.OT


def is_within_discipline(role: Role, discipline: Discipline) -> bool:
    """Test that `role` is not a therapist of the other discipline (S31)."""
    return role not in THERAPISTS or role is therapist_of(discipline)
