"""One noun, one file."""

from reable.web.records.models.audit import AccessEntry, AuditSeal, Erasure
from reable.web.records.models.booking import Appointment, AppointmentStatus, Booking, Claim
from reable.web.records.models.clinic import (
    Clinic,
    ClinicText,
    Closure,
    Location,
    OpeningHours,
    ReferralRule,
    Room,
    VisitType,
)
from reable.web.records.models.governance import Incident, Signature, WithdrawnItem
from reable.web.records.models.inquiry import Inquiry, InquiryEntry, ReturnLink
from reable.web.records.models.patient import Carer, Patient
from reable.web.records.models.recommendation import Decision, Recommendation
from reable.web.records.models.referral import Letter, Referral, ReferralStatus
from reable.web.records.models.safeguarding import Disclosure, DisclosureAct, SafeContact
from reable.web.records.models.task import Message, Task
from reable.web.records.models.therapist import Availability, AvailabilityException, Therapist
from reable.web.records.models.waiting_list import WaitingListEntry, WaitingListOffer

__all__ = [
    "AccessEntry",
    "Appointment",
    "AppointmentStatus",
    "AuditSeal",
    "Availability",
    "AvailabilityException",
    "Booking",
    "Carer",
    "Claim",
    "Clinic",
    "ClinicText",
    "Closure",
    "Decision",
    "Disclosure",
    "DisclosureAct",
    "Erasure",
    "Incident",
    "Inquiry",
    "InquiryEntry",
    "Letter",
    "Location",
    "Message",
    "OpeningHours",
    "Patient",
    "Recommendation",
    "Referral",
    "ReferralRule",
    "ReferralStatus",
    "ReturnLink",
    "Room",
    "SafeContact",
    "Signature",
    "Task",
    "Therapist",
    "VisitType",
    "WaitingListEntry",
    "WaitingListOffer",
    "WithdrawnItem",
]
