"""How old somebody is: weeks and months of a baby, and grown-ups who say a bare number; told apart from durations."""

import pytest

from reable.terms import Door


def flags(navigation):
    return {raised.flag.key for raised in navigation.screening.raised}


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("He is 14 months and does not walk", 1),
        ("My daughter, 16 months, drags one leg", 1),
        ("She's 20 months and keeps to one hand", 1),
        ("our baby is 7 weeks", 0),
        ("a 15mo boy who fell", 1),
        ("my 9mo won't sit", 0),
        ("my son is 13 months with a fever", 1),
        ("mi niña de 14 meses no camina", 1),
        ("tiene 15 meses y no se sienta", 1),
        ("el bebé de 8 meses llora", 0),
        ("mi bebé de 20 días no come", 0),
    ],
)
def test_weeks_and_months_of_a_little_one_are_an_age(ask, words, age):
    assert ask(words).reading.age == age


@pytest.mark.parametrize(
    "words",
    [
        "I'm 14 months post op",
        "he is 6 weeks into his cast",
        "my son broke his arm 3 weeks ago",
        "pain for 14 months now",
        "she is 8 months pregnant",
        "my 6mo check up is due",
        "His knee has hurt 4 months now",
        "la operaron hace 14 meses",
        "tiene tres meses con dolor de hombro",
        "mi hijo lleva 3 meses con dolor",
        "tengo 8 meses de embarazo",
        "mi mamá tiene 3 meses sin caminar",
    ],
)
def test_how_long_it_lasts_is_no_age(ask, words):
    assert ask(words).reading.age is None


@pytest.mark.parametrize(
    "words",
    [
        "My daughter is 10 months and already left handed",
        "He is 8 months and prefers his right hand",
        "Mi hijo tiene 10 meses y ya es zurdo",
        "Seven months, our baby, and only ever uses the left hand",
    ],
)
def test_a_baby_with_one_favourite_hand_is_seen_by_a_doctor(ask, words):
    assert "hand_preference_before_1" in flags(ask(words))


@pytest.mark.parametrize(
    "words",
    [
        "I broke my wrist 6 months ago and I am right handed",
        "Stroke 8 months ago, I am left handed and play the piano with one hand",
        "Me quebré la muñeca hace 6 meses y soy diestro",
        "Soy zurda y llevo cinco meses sin poder escribir",
    ],
)
def test_months_that_pass_make_nobody_a_baby(ask, words):
    """A grown-up who names months and a hand is no baby that uses one hand too soon."""
    assert "hand_preference_before_1" not in flags(ask(words))


def test_a_hot_swollen_knee_of_months_is_no_hurt_baby(ask):
    navigation = ask("For five months my knee has been swollen, there was a bruise and I can't bend it")

    assert "baby_limb_hurt" not in flags(navigation)


@pytest.mark.parametrize(
    "words",
    [
        "My girl is 5 months, hot and floppy and won't feed",
        "5 months, hot, won't feed at all",
        "Mi bebé con fiebre de 39 tiene 2 meses y no come",
    ],
)
def test_an_ill_baby_is_still_found(ask, words):
    assert ask(words).door is Door.URGENT


def test_an_arm_is_no_thing_of_a_baby(ask):
    """Spanish says "bracito" of a baby; the base form is the arm of anybody."""
    said = {mention.key for mention in ask("Me duele el brazo y la pierna").reading.mentions}

    assert "baby_things" not in said


@pytest.mark.parametrize(
    ("words", "age"),
    [
        ("I am 71. My knee hurts when I walk", 71),
        ("I am 58 and I like my garden", 58),
        ("Hello, I am 66, my shoulder is stiff", 66),
        ("I am 71 kg and my knee hurts", None),
        ("I am 40 minutes from town", None),
        ("I am 6 weeks after my operation", None),
    ],
)
def test_a_bare_number_that_somebody_says_of_themselves_is_their_age(ask, words, age):
    assert ask(words).reading.age == age


@pytest.mark.parametrize(
    "words",
    [
        "His calf has been fat and sore since the weekend and this morning his heart is galloping",
        "Tengo la pantorrilla hinchada desde ayer y el corazón acelerado",
    ],
)
def test_a_leg_like_a_clot_with_a_racing_heart_is_an_emergency(ask, words):
    assert "pulmonary_embolism" in flags(ask(words))
