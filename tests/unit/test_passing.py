"""What is only named in passing is no need where something was told plainly; nothing is lost where it was not."""

import pytest

from reable.navigate.clinical import for_clinician
from reable.terms import Door


def needs(record):
    return {point["key"] for point in record["derivation"]["points"]} - {"N6"}


def aside(record):
    return {one["key"] for one in record["derivation"]["mentions"] if one["in_passing"]}


PLAIN_BESIDE_A_LIFE = (
    ("I drive to work. My fingers are too stiff to button my shirt.", {"d4751"}, Door.OT),
    ("I climb trees and I swim. My trouble is that I can't button my shirt.", {"d4554"}, Door.OT),
    ("The church pew is my enemy. I can't get up from low seats.", {"d930"}, Door.PT),
    ("Warehouse job. My back hurts when I bend down.", {"d850"}, Door.PT),
    ("Monto en bicicleta y nado. Lo que no puedo es abrocharme la camisa.", {"d4750"}, Door.OT),
    ("Trabajo de mesera. Me duele la rodilla al subir escaleras.", {"d850"}, Door.PT),
)


@pytest.mark.parametrize(("words", "named", "door"), PLAIN_BESIDE_A_LIFE)
def test_what_is_told_without_trouble_does_not_count_beside_what_is_hard(record, words, named, door):
    found = record(words)

    assert found["door"] == door
    assert named <= aside(found)
    assert not named & needs(found)
    assert not named & {one["icf"] for one in found["limitations"]}


ALONE = ("Stairs.", "The bus.", "escaleras", "I can't do my job any more", "Driving.")


@pytest.mark.parametrize("words", ALONE)
def test_where_nothing_plainer_was_told_it_counts(record, words):
    found = record(words)

    assert needs(found)
    assert not aside(found)


TOLD_TOGETHER = (
    ("I can't button my shirt and I can't climb the stairs.", {"d5400", "d4551"}),
    ("My stairs are hard. My buttons are hard.", {"d5400", "d4551"}),
    ("No puedo con los botones. Tampoco puedo subir las escaleras.", {"d5400", "d4551"}),
)


@pytest.mark.parametrize(("words", "told"), TOLD_TOGETHER)
def test_each_that_is_told_to_be_hard_counts(record, words, told):
    found = record(words)

    assert told <= needs(found)
    assert found["door"] == Door.BOTH


def test_what_is_wanted_back_is_never_in_passing(record):
    found = record("I can't button my shirt.", goal="Drive. Go to church.")

    assert {"d4751", "d930"} <= needs(found)


def test_a_danger_named_in_passing_counts_all_the_same(record):
    found = record(
        "I drive to work. My chest hurts and my left arm is heavy since this morning. I can't button my shirt."
    )

    assert found["door"] == Door.URGENT


def test_another_door_is_not_hidden_by_a_life_that_goes_on(record):
    assert record("Mis estudios van bien, leo y escribo. ¿Aceptan Medicaid?")["door"] == Door.OTHER


def test_what_goes_well_stays_in_sight_beside_what_is_hard(record):
    found = record("Walking's fine, but holding a fork is beyond me.")

    assert ("d450", "fine") in [(one["icf"], one["polarity"]) for one in found["limitations"]]


def test_a_clinician_reads_why_it_does_not_count(ask, assets):
    answer = ask("Warehouse job. My back hurts when I bend down.")

    sections = for_clinician(answer, knowledge=assets.knowledge, versions=assets.versions)

    assert any("named in passing" in line for section in sections for line in section.lines)
