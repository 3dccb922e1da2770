"""From what was said to an explained recommendation: danger first, then the door, then the next question."""

from reable.navigate.clinical import for_clinician
from reable.navigate.explanation import for_person
from reable.navigate.inquiry import Inquiry
from reable.navigate.navigation import Navigation, NothingSaid, TooLong, navigate
from reable.navigate.recommendation import leads_of
from reable.navigate.record import Versions, to_record
from reable.navigate.request import BadRequest, inquiry_from

__all__ = [
    "BadRequest",
    "Inquiry",
    "Navigation",
    "NothingSaid",
    "TooLong",
    "Versions",
    "for_clinician",
    "for_person",
    "inquiry_from",
    "leads_of",
    "navigate",
    "to_record",
]
