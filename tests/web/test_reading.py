"""What patients read is easy: grade 6 or lower in English, INFLESZ 65 or more in Spanish (decisions 19)."""

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from reable.assets import load
from tests.reading import ease, grade, words_in

LOCALE = Path(__file__).parents[2] / "src/reable/web/locale/es/LC_MESSAGES/django.po"
PATIENTS_READ = ("portal/", "booking/", "ui/", "accounts/", "templates/", "errors.py", "records/services/reminders.py")
STAFF_READ = (
    "accounts/templates/accounts/invit",
    "accounts/services/memberships",
    "accounts/services/invitations",
    "clinic/",
)
LONG = 8  # words from which a sentence is measured
HARDEST, EASE = 6.0, 65.0


def texts() -> list[tuple[str, str]]:
    """Give each text that patients read, with its Spanish."""
    with LOCALE.open("rb") as file:
        catalog = read_po(file)
    found = []
    for message in catalog:
        places = [place for place, _line in message.locations]
        if not message.id or not any(place.startswith(PATIENTS_READ) for place in places):
            continue
        if any(place.startswith(STAFF_READ) for place in places):
            continue
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        spanish = message.string if isinstance(message.string, tuple) else (message.string,)
        found += [(one, spanish[min(number, len(spanish) - 1)]) for number, one in enumerate(english)]
    return found


def test_there_is_something_to_read():
    assert len(texts()) > 300


@pytest.mark.parametrize("english", [e for e, _ in texts() if words_in(e) > LONG])
def test_each_english_sentence_can_be_read_in_grade_six(english):
    assert grade(english) <= HARDEST


@pytest.mark.parametrize("spanish", [s for _, s in texts() if words_in(s) > LONG])
def test_each_spanish_sentence_is_quite_easy(spanish):
    assert ease(spanish) >= EASE


def test_every_text_has_a_spanish_one_of_its_own():
    same = {"Reable", "E-mail", "No", "PT", "OT", "SMS"}

    missing = [e for e, s in texts() if not s.strip()]

    assert not missing[:5]
    assert len([e for e, s in texts() if e == s and e not in same and words_in(e) > 2]) == 0


def test_the_education_texts_are_easy_as_a_whole():
    for item in load().knowledge.education.values():
        assert grade(" ".join(line.en for line in item.body)) <= HARDEST
        assert ease(" ".join(line.es for line in item.body)) >= EASE
