"""What a clinic has yet to set up before anybody can book there: each thing is a page of the manager's."""

from enum import StrEnum

from reable.web.records.actor import Actor
from reable.web.records.models import Availability, ClinicText, Location, ReferralRule, Therapist, VisitType
from reable.web.records.selectors.governance import LEADS
from reable.web.records.selectors.places import TextKey


class Lack(StrEnum):
    """Something that is not set up, in the order in which it is done."""

    PLACE = "place"
    VISITS = "visits"
    RULES = "rules"
    THERAPIST = "therapist"
    HOURS = "hours"
    WHEN_CLOSED = "when_closed"


def lacks(actor: Actor) -> tuple[Lack, ...]:
    """Name what the actor's clinic has yet to set up; none means that people can book. Raises: NotAllowed, Unscoped."""
    actor.must_be(*LEADS, to="see what is yet to be set up")
    clinic_id = actor.clinic
    there = {
        Lack.PLACE: Location.objects.filter(clinic_id=clinic_id, closed_for_good_at__isnull=True),
        Lack.VISITS: VisitType.objects.filter(clinic_id=clinic_id),
        Lack.RULES: ReferralRule.objects.filter(clinic_id=clinic_id),
        Lack.THERAPIST: Therapist.objects.filter(clinic_id=clinic_id, left_at__isnull=True),
        Lack.HOURS: Availability.objects.filter(therapist__clinic_id=clinic_id, therapist__left_at__isnull=True),
        Lack.WHEN_CLOSED: ClinicText.objects.filter(clinic_id=clinic_id, key=TextKey.WHEN_CLOSED.value),
    }
    return tuple(lack for lack, rows in there.items() if not rows.exists())
