"""Signs of one strength: what is weak or ordinary does not stand in for what is strong, and nothing strong is lost."""

import pytest

from reable.terms import Door


def flags(navigation):
    return {raised.flag.key for raised in navigation.screening.raised}


def signs(navigation):
    return {piece.key for piece in navigation.evidence}


ORDINARY = {
    "a leak is not wetting oneself": [
        "My back aches after gardening and I leak a little when I laugh.",
        "The tap leaks and bending under the sink hurts my back.",
        "Mopping the wet floor makes my lower back sore and my legs are stiff after.",
    ],
    "plain back pain is no crack in the spine": [
        "My lower back is sore and my legs feel weak after sitting all winter.",
        "I have back pain, I am 70, and lifting shopping bags is a chore.",
        "El suelo mojado me da dolor de espalda al fregar.",
    ],
    "a neck that crunches by habit": [
        "My neck crunches when I turn it, it has for years, since a fall as a boy.",
        "Me truena el cuello al girar desde hace años, de chico me caí.",
    ],
    "fat fingers are not fingers without blood": [
        "My fingers are swollen in the morning and I hold my hand still until they ease.",
        "Tengo los dedos hinchados por la mañana y cuido la mano.",
    ],
    "tired is no word for what a man has": [
        "I am tired and worn out and my hip hurts.",
        "I was tested last week and my elbow is sore.",
    ],
    "red is a color": [
        "I have lymphoedema and my red sleeve is baggy.",
        "The red coat hangs in the hall, my lymphoedema arm will not fit it.",
    ],
    "a meal is no onset": [
        "At breakfast my hand won't hold the cup because of my thumbs.",
        "I can't lift my left arm to dress, frozen shoulder, worst at dinner time.",
        "En el desayuno no puedo sostener la taza por la artritis de la mano.",
    ],
    "minutes are no end of it": [
        "On the phone my arm goes dead after ten minutes.",
        "My arm gets heavy hanging washing, half an hour is my limit.",
    ],
    "a hard calf is a muscle": ["My calf is rock hard from running, how do I stretch it?"],
    "wet, burning and loose are many things": [
        "La toalla mojada y la espalda adolorida, así salgo de nadar.",
        "Me arde la planta del pie con estos tenis.",
    ],
    "knees that buckle": ["My knees buckle on the stairs when I carry the shopping."],
    "a computer that crashed": ["My laptop crashed and my neck is sore from bending over it."],
}
DANGER = {
    "a crack at the moment": [
        "I slipped off the ladder, felt a crack in my back and can't feel my legs.",
        "My back went with a crunch turning over in bed, I am 81 on steroids.",
        "We crashed this morning, my neck cracked and I can't turn my head.",
        "Chocamos esta mañana, me tronó el cuello y no puedo girar la cabeza.",
    ],
    "wet without knowing": [
        "Both my legs gave way, my back hurts and I wet myself today.",
        "Se me doblaron las piernas de repente, me duele la espalda y me oriné encima.",
    ],
    "fingers without blood": [
        "Fingers gone white and cold below the plaster.",
        "My fingers are swollen in the cast and it hurts.",
        "Se le pusieron azules los dedos con el yeso.",
    ],
    "somebody was shaken": ["I look after my mum, I shook her last night and I am ashamed."],
    "came with a knife": ["My husband came at me with a knife last night.", "Mi marido sacó un cuchillo anoche."],
    "a bang in the heel": ["Bang in my heel at tennis today and I can't go up on tiptoe."],
    "landed hard": ["My gran of 84 sat down hard on the step yesterday and her groin is painful."],
    "power that went for a while": ["Monday I lost the power of my hand for a quarter of an hour."],
    "in the middle of breakfast": [
        "At breakfast his mouth drooped and his words came out wrong.",
        "En el desayuno se le torció la boca y hablaba enredado.",
    ],
    "heavy legs that climb": ["My legs feel heavy since Monday and the tingling in my hands and feet climbs up."],
    "a hard belly": ["My belly is rock hard and I keep being sick since this morning."],
    "a shoulder still out": ["My shoulder went out at handball an hour ago and it is still out."],
}


@pytest.mark.parametrize("words", [words for group in ORDINARY.values() for words in group])
def test_what_is_ordinary_is_no_alarm(ask, words):
    assert ask(words).door is not Door.URGENT


@pytest.mark.parametrize("words", [words for group in DANGER.values() for words in group])
def test_what_is_strong_still_alarms(ask, words):
    assert ask(words).door is Door.URGENT


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("I shook hands with the therapist", "shakes_now"),
        ("I shook her by mistake when she slept", "shakes_any"),
        ("I can't go up on tiptoe since the injury", "walks_on_toes"),
        ("I can't go up on tiptoe since the injury", "child"),
        ("I wound the clock and I was winded on the hill", "wound_gapes"),
        ("The wind on the hill is strong", "breathless"),
        ("Vendo zapatos en el mercado", "wound_or_scar_named"),
        ("Getting dressed takes me an hour", "wound_or_scar_named"),
        ("My wedding ring is tight", "ear_rings"),
        ("I want to get fit again", "fit_or_jerks"),
        ("It is getting worse", "grows_past_line"),
        ("I expect to be late", "pregnant"),
        ("Mi moto pesa mucho", "limb_color_change"),
        ("Vivo en el segundo piso", "over_quickly"),
        ("La silla es dura", "hard_like_wood"),
        ("La venda está pegada a la piel", "struck_word"),
        ("La pierna no me responde", "very_drowsy"),
        ("Me duele el lomo", "hurrying_or_hill"),
        ("The walk is 70 metres", "over_sixty"),
    ],
)
def test_a_word_is_not_taken_for_another(ask, words, sign):
    assert sign not in signs(ask(words))


@pytest.mark.parametrize(
    ("words", "sign"),
    [
        ("I have bad ringing in my ears", "ear_rings"),
        ("I was winded on the stairs", "breathless"),
        ("He had a fit", "fit_or_jerks"),
        ("The redness is spreading", "grows_past_line"),
        ("My wife is expecting twins", "pregnant"),
        ("La piel está moteada", "limb_color_change"),
        ("Duró unos segundos", "over_quickly"),
        ("La venda está manchada", "wound_or_scar_named"),
        ("Mi mamá no responde", "very_drowsy"),
        ("The dressing on my knee came off", "wound_or_scar_named"),
        ("My fingers went white", "digits_bad"),
        ("I landed hard on the floor", "small_jolt"),
    ],
)
def test_a_word_is_still_read_where_it_is_meant(ask, words, sign):
    assert sign in signs(ask(words))


def test_a_hard_chair_leaves_sitting_hard_to_be_said(ask):
    """A hard chair is a chair; that sitting is hard stays trouble."""
    assert ask("Sitting on hard chairs is hard").door is not Door.URGENT
    assert ask("It is hard to sit on the floor").door is Door.PT


def test_a_child_that_rises_on_its_toes_is_still_seen(ask):
    assert "toe_walking_new" in flags(ask("My daughter of five suddenly walks on tiptoe and her legs are weak"))
