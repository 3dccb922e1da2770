"""The closed lists of the field: each is an enum, so that a value outside the list cannot be built."""

from enum import IntEnum, StrEnum
from typing import Self


class Discipline(StrEnum):
    """A therapy profession."""

    PT = "pt"
    OT = "ot"


class Door(StrEnum):
    """Where a person is shown first. `URGENT` exactly for an emergency or same-day danger."""

    PT = "pt"
    OT = "ot"
    BOTH = "both"
    OTHER = "other"
    URGENT = "urgent"
    UNCLEAR = "unclear"


class Language(StrEnum):
    """A language Reable speaks."""

    EN = "en"
    ES = "es"


class Grade(IntEnum):
    """How much a discipline contributes: a judgement of 0 (nothing) to 3 (the core of it)."""

    NOTHING = 0
    SOME = 1
    MUCH = 2
    CORE = 3


class Polarity(StrEnum):
    """How something was said. Only the first and third say that the person has it now."""

    LIMITED = "limited"
    FINE = "fine"
    WANTED = "wanted"
    PAST = "past"
    OTHER_PERSON = "other_person"
    HYPOTHETICAL = "hypothetical"
    TREATED = "treated"


class BodySide(StrEnum):
    """Which side of the body; `NONE` where a side makes no sense."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"
    UNKNOWN = "unknown"
    NONE = "none"


class Site(StrEnum):
    """A part of the body as people name it."""

    HEAD = "head"
    FACE = "face"
    JAW = "jaw"
    EYE = "eye"
    EAR = "ear"
    NECK = "neck"
    SHOULDER = "shoulder"
    ARM = "arm"
    ELBOW = "elbow"
    WRIST = "wrist"
    HAND = "hand"
    CHEST = "chest"
    BACK = "back"
    BELLY = "belly"
    PELVIS = "pelvis"
    HIP = "hip"
    GROIN = "groin"
    LEG = "leg"
    KNEE = "knee"
    CALF = "calf"
    ANKLE = "ankle"
    FOOT = "foot"


class Specialty(StrEnum):
    """Training within a discipline that a need may ask for (S20)."""

    HAND = "hand"
    PELVIC = "pelvic"
    VESTIBULAR = "vestibular"
    LYMPHEDEMA = "lymphedema"
    NEURO = "neuro"
    PEDIATRIC = "pediatric"
    ONCOLOGY = "oncology"
    DRIVER = "driver"
    LOW_VISION = "low_vision"
    WORK = "work"
    SEATING = "seating"
    PAIN = "pain"
    FACIAL = "facial"
    SPORTS = "sports"


class Priority(StrEnum):
    """How soon therapy should start (S21), soonest first."""

    DAYS = "days"
    TWO_WEEKS = "two_weeks"
    ROUTINE = "routine"

    @property
    def rank(self) -> int:
        """0 is soonest."""
        return list(Priority).index(self)


class Urgency(StrEnum):
    """How soon a doctor must see a danger, soonest first."""

    EMERGENCY = "emergency"
    SAME_DAY = "same_day"
    DOCTOR_FIRST = "doctor_first"

    @property
    def rank(self) -> int:
        """0 is most urgent."""
        return list(Urgency).index(self)

    @property
    def is_urgent(self) -> bool:
        """Test if the door becomes `urgent`."""
        return self is not Urgency.DOCTOR_FIRST


class Within(StrEnum):
    """The time limit of `doctor_first`, shortest first."""

    DAYS_2 = "days_2"
    WEEKS_2 = "weeks_2"
    ROUTINE = "routine"

    @property
    def rank(self) -> int:
        """0 is shortest."""
        return list(Within).index(self)


class Hold(StrEnum):
    """What therapy does until the doctor has looked, strictest first."""

    HOLD_THERAPY = "hold_therapy"
    THERAPY_MAY_START = "therapy_may_start"
    CONTINUE_AND_TELL = "continue_and_tell"

    @property
    def rank(self) -> int:
        """0 is strictest."""
        return list(Hold).index(self)


class Screen(StrEnum):
    """How far danger was asked (S1). None of these means safe."""

    NOT_ASKED = "not_asked"
    PARTIAL = "partial"
    COMPLETE = "complete"


class Answer(StrEnum):
    """An answer to a question. To a danger question `NOT_SURE` counts as yes (S1)."""

    YES = "yes"
    A_LITTLE = "a_little"
    NO = "no"
    NOT_SURE = "not_sure"

    @classmethod
    def read(cls, given: str) -> Self:
        """Read an answer as people or files write it. Raises: ValueError."""
        return cls(given.strip().lower().replace(" ", "_").replace("-", "_"))


class Relation(StrEnum):
    """For whom somebody speaks."""

    SELF = "self"
    PROXY = "proxy"
