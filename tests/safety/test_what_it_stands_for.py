"""A limb without feeling or power: "it" is the limb named before, and what one does to oneself is nobody's violence."""

from dataclasses import replace

import pytest

from reable.knowledge.shapes.source import Status
from reable.navigate import for_clinician
from reable.terms import Door

PRIVATE = {"partner_violence", "grave_harm_at_home", "child_abuse", "elder_abuse", "neglect"}


def flags(navigation):
    return {raised.flag.key for raised in navigation.screening.raised}


@pytest.mark.parametrize(
    "words",
    [
        "I can't feel my leg and I can't move it since this morning.",
        "My arm suddenly went numb and I can't move it.",
        "His arm, he can't move it, came on an hour ago.",
        "My right arm dropped at lunch today. She says I cannot lift it.",
        "My leg, can't feel it, can't move it, since this morning.",
        "Mi pierna no la siento y no la puedo mover desde hoy.",
        "De repente se me durmió el brazo y no puedo moverlo.",
    ],
)
def test_it_is_the_limb_named_before(ask, words):
    assert ask(words).screening.urgency == "emergency"


@pytest.mark.parametrize(
    "words",
    [
        "My shoulder is stiff and I can't lift it above my head.",
        "My knee hurts and I can't bend it all the way since the operation last year.",
        "I had a stroke two years ago, my arm is weak and I can't move it.",
        "My arm is sore and the kettle is so full I can't lift it.",
        "My back aches, can't reach my feet, can't lift a saucepan.",
        "Me operaron la rodilla el año pasado y no la puedo doblar del todo.",
        "Mi hombro está tieso y no lo puedo levantar.",
    ],
)
def test_a_stiff_joint_that_it_stands_for_is_no_alarm(ask, words):
    assert ask(words).door is not Door.URGENT


@pytest.mark.parametrize(
    "words",
    [
        "I can't feel my leg since this morning.",
        "My leg went numb this morning.",
        "Suddenly my whole right leg is numb.",
        "No siento la pierna desde hoy.",
        "No siento las piernas desde ayer.",
        "De repente se me durmió todo el lado derecho.",
    ],
)
def test_a_limb_that_lost_its_feeling_now_is_an_emergency(ask, words):
    assert ask(words).screening.urgency == "emergency"


@pytest.mark.parametrize(
    "words",
    [
        "My arm goes numb when I sleep on it.",
        "My leg has been numb for two years since the back operation.",
        "My arm goes numb at night with carpal tunnel.",
        "They kept me overnight for the numb arm, it was a trapped nerve, and they sent me to physio.",
        "Se me duerme el brazo por las noches.",
        "Tengo la pierna dormida desde hace años, por la espalda.",
    ],
)
def test_a_limb_that_goes_numb_by_habit_is_no_alarm(ask, words):
    assert ask(words).door is not Door.URGENT


@pytest.mark.parametrize("who", ["Mi esposo", "Mi novio", "Mi pareja", "Mi papá", "Mi nuera"])
@pytest.mark.parametrize(
    "happened",
    [
        "se golpeó la rodilla",
        "se torció el tobillo jugando",
        "se pegó en el codo",
        "se dio un golpe en el hombro",
        "se tiró al suelo a jugar y le duele la cadera",
    ],
)
def test_a_knock_of_ones_own_is_nobodys_violence(ask, who, happened):
    assert not flags(ask(f"{who} {happened}")) & PRIVATE


@pytest.mark.parametrize(
    "words",
    [
        "Mi novio me pega.",
        "Me tiró al suelo mi esposo.",
        "Mi ex me tuerce el brazo.",
        "Mi papá me avienta.",
        "A mi mamá su esposo la golpea cuando toma.",
        "Su papá le pega al niño.",
        "La cuidadora le pega a mi abuela.",
        "Mis papás se pegan y me da miedo.",
    ],
)
def test_what_somebody_does_to_another_is_violence(ask, words):
    assert flags(ask(words)) & PRIVATE


@pytest.mark.parametrize(
    "words",
    [
        "Little buttons are a nightmare, I want to fasten my tops myself.",
        "I'm sick of my sister bringing me plates of food, I want to cook.",
        "Mi hija me ayuda a pararme de la silla.",
        "I can no longer get out of a chair alone.",
    ],
)
def test_help_with_clothes_meals_and_chairs_is_no_alarm(ask, words):
    assert ask(words).door is not Door.URGENT


@pytest.mark.parametrize(
    "words",
    [
        "Mi papá no habla bien desde esta mañana.",
        "No mueve bien el brazo desde hoy.",
        "No puede tragar bien desde ayer, se atraganta con el agua.",
        "Mi abuela no coordina bien desde hoy.",
        "My husband is not breathing right.",
        "He isn't talking right since this morning.",
    ],
)
def test_what_does_not_go_well_since_today_alarms(ask, words):
    assert ask(words).door is Door.URGENT


@pytest.mark.parametrize(
    "words",
    [
        "Mi mamá no habla bien desde el derrame de hace dos años.",
        "No camino bien desde la operación de rodilla del año pasado.",
        "No tengo dolor y camino bien.",
        "No veo bien para coser.",
        "My mother doesn't walk right since her hip was done last spring.",
    ],
)
def test_what_does_not_go_well_for_long_is_no_alarm(ask, words):
    assert ask(words).door is not Door.URGENT


@pytest.mark.parametrize(
    "words",
    [
        "My new knee does nicely. I can't tell when I need a wee any more, and it feels odd when I wipe.",
        "Thanks for the splint. The fingers have turned a funny grey and the pain is far worse.",
        "My heart was going like a train in the night and I went grey, my wife says. I look forward to class.",
        "My baby used to sit and babble. She's stopped doing both and seems floppy.",
        "La espalda igual. Ya no siento ganas de orinar y se siente raro cuando me limpio.",
    ],
)
def test_a_danger_mentioned_in_passing_alarms(ask, words):
    assert ask(words).door is Door.URGENT


@pytest.mark.parametrize(
    "words",
    [
        "I don't want to be here any more and I've written letters.",
        "I was raped last week and can't face anyone.",
        "I'm frightened of what I might do to her.",
        "My brother has dad locked in his room and he gets one meal a day.",
        "Veo doble desde la mañana.",
        "He hit his head on the door, now he is sick and wants to sleep.",
        "No chest pain, has a fever and a red hot knee.",
        "Mi papá se salió de la casa y no aparece, tiene alzheimer.",
        "I took all my pills.",
        "My eye went black.",
        "My shoulder popped out and won't go in.",
        "Se me zafó el hombro.",
        "Me tomé todas las pastillas anoche.",
        "I've got a rope.",
        "My ex is outside with a knife.",
        "I'm bleeding a lot and on warfarin.",
        "No siento al bebé desde ayer.",
        "La nuera no le da de comer a mi papá.",
        "No siento cuando hago del baño, se me sale.",
    ],
)
def test_dangers_told_in_small_words_alarm(ask, words):
    assert ask(words).door is Door.URGENT


@pytest.mark.parametrize(
    "words",
    [
        "I was scared of the operation, he said to wait.",
        "Scared of burning myself when I'm at the stove.",
        "No fever, no chills, has a stiff knee.",
        "My shoulder used to pop out.",
        "I have a black eye from the door last month, it is my knee that I come for.",
        "I take all my pills every day and my knee is sore.",
        "Me tomé todas las pastillas que me recetaron y me duele la rodilla.",
        "I've got a rope on the bed to pull myself up.",
        "Without any chest pain, swelling of legs, or dizziness. Only my knee hurts on squatting.",
        "Come bien, duerme bien, y todos los días leemos. Le cuesta abotonarse.",
    ],
)
def test_small_words_apart_and_what_is_denied_are_no_alarm(ask, words):
    assert ask(words).door is not Door.URGENT


def test_what_a_neighbour_had_is_not_the_writers(ask):
    words = "My neighbour had a clot in her leg, it made me think. My own legs are just tired after gardening."
    assert ask(words).door is not Door.URGENT
    assert ask("My sister had a clot, now my calf is swollen and hot.").door is Door.URGENT


def test_the_clinicians_page_counts_what_was_signed(ask, assets):
    navigation = ask("I want to walk without pain")
    flag = replace(
        assets.knowledge.red_flags["cauda_equina"], status=Status.SIGNED, reviewed_by=("A clinician of this test",)
    )
    signed = replace(assets.knowledge, red_flags={**assets.knowledge.red_flags, "cauda_equina": flag})

    titles = [
        for_clinician(navigation, knowledge=knowledge, versions=assets.versions)[0].title
        for knowledge in (assets.knowledge, signed)
    ]

    assert "signed by no clinician" in titles[0]
    assert "signed by a clinician: 1" in titles[1]
