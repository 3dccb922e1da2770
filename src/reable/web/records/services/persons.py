"""Who a booking, a place on the waiting list or a referral is for: what they gave of themselves, and their row."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from unicodedata import category
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from reable.errors import ReableError
from reable.terms import Language
from reable.web.records.actor import Actor, NotFound
from reable.web.records.models import Inquiry, Patient
from reable.web.records.selectors.slots import STAFF

LONGEST_NAME, LONGEST_EMAIL, LONGEST_TELEPHONE = 120, 254, 40
FEWEST_DIGITS = 5
OLDEST = 130
_TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])  # marks that turn the text around them
_NO_LETTERS = frozenset({"Cc", "Cs", "Cn"})  # controls, halves of letters, and what is no letter at all


class BadPerson(ReableError):
    """What somebody gave of themselves cannot be used. Names the fields, never what is in them."""

    code = "web.bad_person"

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(f"these fields cannot be used: {', '.join(fields)}", hint="ask the person to look at them")
        self.fields = fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Name and how to reach somebody; an empty e-mail address or telephone number was not given."""

    name: str
    email: str
    telephone: str
    language: Language
    age: int | None
    remind_by_email: bool
    remind_by_sms: bool


def checked(person: Person) -> Person:
    """Give the person without stray spaces. Raises: BadPerson."""
    tidy = replace(
        person,
        name=" ".join(person.name.translate(_TURNING).split()),
        email=person.email.strip().lower(),
        telephone=" ".join(person.telephone.split()),
    )
    faults = tuple(_faults(tidy))
    if faults:
        raise BadPerson(faults)
    return tidy


def patient_for(
    actor: Actor,
    clinic_id: UUID,
    person: Person | None,
    *,
    patient_id: UUID | None,
    inquiry: Inquiry | None,
    now: datetime,
) -> Patient:
    """Give the row of a patient who is known, or make one. The same person on the same way stays one patient.

    `patient_id` is for staff, and for who is signed in as that patient or their carer.
    Raises: NotFound, BadPerson.
    """
    if patient_id is not None:
        return known_patient(actor, clinic_id, patient_id)
    if person is None:
        raise BadPerson(("name",))
    person = checked(person)
    if inquiry is not None:
        there = Patient.objects.filter(clinic_id=clinic_id, erased_at__isnull=True).filter(
            name=person.name, email=person.email, telephone=person.telephone
        )
        row = there.filter(bookings__inquiry=inquiry).first() or there.filter(waiting__inquiry=inquiry).first()
        if row is not None:
            return row
    return Patient.objects.create(
        clinic_id=clinic_id,
        name=person.name,
        email=person.email,
        telephone=person.telephone,
        language=person.language.value,
        age=person.age,
        remind_by_email=person.remind_by_email,
        remind_by_sms=person.remind_by_sms,
        since=now,
    )


def correct_person(patient_id: UUID, person: Person) -> None:
    """Put right what was written of somebody who is known by nothing else yet. For services. Raises: BadPerson."""
    person = checked(person)
    Patient.objects.filter(id=patient_id).update(
        name=person.name, email=person.email, telephone=person.telephone, language=person.language.value, age=person.age
    )


def known_patient(actor: Actor, clinic_id: UUID, patient_id: UUID) -> Patient:
    """Give the row of a patient of this clinic. Raises: NotFound."""
    staff = actor.clinic_id == clinic_id and bool(STAFF & actor.kinds)
    row = Patient.objects.filter(id=patient_id, clinic_id=clinic_id, erased_at__isnull=True).first()
    if row is None or not (staff or row.id in actor.patient_ids):
        raise NotFound
    actor.reads(patients=[row.id])
    return row


def _faults(person: Person) -> Iterator[str]:
    if not person.name or len(person.name) > LONGEST_NAME or any(category(one) in _NO_LETTERS for one in person.name):
        yield "name"
    if person.email and not is_address(person.email):
        yield "email"
    if person.telephone and not is_number(person.telephone):
        yield "telephone"
    if not (person.email or person.telephone):
        yield "contact"
    if person.remind_by_email and not person.email:
        yield "remind_by_email"
    if person.remind_by_sms and not person.telephone:
        yield "remind_by_sms"
    if person.age is not None and not 0 <= person.age <= OLDEST:
        yield "age"


def is_address(email: str) -> bool:
    """Test if this can be an e-mail address."""
    try:
        validate_email(email)
    except ValidationError:
        return False
    return len(email) <= LONGEST_EMAIL


def is_number(telephone: str) -> bool:
    """Test if this can be a telephone number."""
    digits = sum(letter.isdecimal() and letter.isascii() for letter in telephone)
    plain = all(letter.isascii() and (letter.isalnum() or letter in "+-() ./#*") for letter in telephone)
    return plain and digits >= FEWEST_DIGITS and len(telephone) <= LONGEST_TELEPHONE
