"""From a recommendation to a visit: who is free and fits, who waits, what was booked, and the referral behind it.

`visits` and `referrals` are tables of steps with the same verbs: `visits.allowed(...)`, `referrals.apply(...)`.
"""

from reable.book import referrals, visits
from reable.book.availability import BadDays, BadException, DayKind, Exceptional, Hours, WeeklyHours, open_intervals
from reable.book.calendar_file import BadCalendarFile, CalendarEntry, CalendarMethod, CalendarWords, calendar_text
from reable.book.cells import CELL_MINUTES, OffTheMark, cells
from reable.book.deadlines import in_time_days
from reable.book.intervals import EndsTooEarly, Interval, NoTimeZone, common, merged
from reable.book.matching import AgeGroup, Fit, Lack, Location, Need, Therapist, fit
from reable.book.quiet import after_waking, is_quiet, next_waking
from reable.book.referral_table import DeclineReason, Owner, ReferralAct, ReferralState, ReferralStep, SendBackNeed
from reable.book.referrals import TRIES_TO_REACH, BadFacts, ReferralFacts, ReferralReason
from reable.book.reminders import Channel, Reminder, ReminderKind, due_reminders
from reable.book.roles import Role, is_within_discipline, therapist_of
from reable.book.slots import MOST_GAP_MINUTES, BadChoice, Pair, Slot, first_slots, free_slots, pairs
from reable.book.steps import NotAllowed, Refusal
from reable.book.visits import CancelReason, VisitAct, VisitFacts, VisitState, VisitStep
from reable.book.waiting_list import (
    OFFERS_BEFORE_A_CALL,
    BadOffer,
    Offer,
    OfferAnswer,
    OfferIsOver,
    OfferState,
    Suits,
    WaitingListEntry,
    answer_offer,
    ask_by_telephone,
    call_needed,
    in_order,
    in_time_by,
    next_offer,
)
from reable.book.wall import NotAWallTime, OverNight, Weekday, day_of, instant, local

__all__ = [
    "CELL_MINUTES",
    "MOST_GAP_MINUTES",
    "OFFERS_BEFORE_A_CALL",
    "TRIES_TO_REACH",
    "AgeGroup",
    "BadCalendarFile",
    "BadChoice",
    "BadDays",
    "BadException",
    "BadFacts",
    "BadOffer",
    "CalendarEntry",
    "CalendarMethod",
    "CalendarWords",
    "CancelReason",
    "Channel",
    "DayKind",
    "DeclineReason",
    "EndsTooEarly",
    "Exceptional",
    "Fit",
    "Hours",
    "Interval",
    "Lack",
    "Location",
    "Need",
    "NoTimeZone",
    "NotAWallTime",
    "NotAllowed",
    "OffTheMark",
    "Offer",
    "OfferAnswer",
    "OfferIsOver",
    "OfferState",
    "OverNight",
    "Owner",
    "Pair",
    "ReferralAct",
    "ReferralFacts",
    "ReferralReason",
    "ReferralState",
    "ReferralStep",
    "Refusal",
    "Reminder",
    "ReminderKind",
    "Role",
    "SendBackNeed",
    "Slot",
    "Suits",
    "Therapist",
    "VisitAct",
    "VisitFacts",
    "VisitState",
    "VisitStep",
    "WaitingListEntry",
    "Weekday",
    "WeeklyHours",
    "after_waking",
    "answer_offer",
    "ask_by_telephone",
    "calendar_text",
    "call_needed",
    "cells",
    "common",
    "day_of",
    "due_reminders",
    "first_slots",
    "fit",
    "free_slots",
    "in_order",
    "in_time_by",
    "in_time_days",
    "instant",
    "is_quiet",
    "is_within_discipline",
    "local",
    "merged",
    "next_offer",
    "next_waking",
    "open_intervals",
    "pairs",
    "referrals",
    "therapist_of",
    "visits",
]
