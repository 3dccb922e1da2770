"""What a word stands for: "it" is the limb named before, small words together tell a danger, one's own knock is none."""

import pytest

from reable.terms import Door

PRIVATE = {"partner_violence", "grave_harm_at_home", "child_abuse", "elder_abuse", "neglect"}
EMERGENCY = {
    "it is the limb named before": [
        "I can't feel my leg and I can't move it since this morning.",
        "My arm suddenly went numb and I can't move it.",
        "His arm, he can't move it, came on an hour ago.",
        "My right arm dropped at lunch today. She says I cannot lift it.",
        "My leg, can't feel it, can't move it, since this morning.",
        "Mi pierna no la siento y no la puedo mover desde hoy.",
        "De repente se me durmió el brazo y no puedo moverlo.",
    ],
    "a limb that lost its feeling now": [
        "I can't feel my leg since this morning.",
        "My leg went numb this morning.",
        "Suddenly my whole right leg is numb.",
        "No siento la pierna desde hoy.",
        "No siento las piernas desde ayer.",
        "De repente se me durmió todo el lado derecho.",
    ],
    "a danger mentioned in passing": [
        "My new knee does nicely. I can't tell when I need a wee any more, and it feels odd when I wipe.",
        "Thanks for the splint. The fingers have turned a funny grey and the pain is far worse.",
        "My heart was going like a train in the night and I went grey, my wife says. I look forward to class.",
        "My baby used to sit and babble. She's stopped doing both and seems floppy.",
        "La espalda igual. Ya no siento ganas de orinar y se siente raro cuando me limpio.",
    ],
}
ORDINARY = {
    "a stiff joint that it stands for": [
        "My shoulder is stiff and I can't lift it above my head.",
        "My knee hurts and I can't bend it all the way since the operation last year.",
        "I had a stroke two years ago, my arm is weak and I can't move it.",
        "My arm is sore and the kettle is so full I can't lift it.",
        "My back aches, can't reach my feet, can't lift a saucepan.",
        "Me operaron la rodilla el año pasado y no la puedo doblar del todo.",
        "Mi hombro está tieso y no lo puedo levantar.",
    ],
    "a limb that goes numb by habit": [
        "My arm goes numb when I sleep on it.",
        "My leg has been numb for two years since the back operation.",
        "My arm goes numb at night with carpal tunnel.",
        "They kept me overnight for the numb arm, it was a trapped nerve, and they sent me to physio.",
        "Se me duerme el brazo por las noches.",
        "Tengo la pierna dormida desde hace años, por la espalda.",
    ],
    "help with clothes, meals and chairs": [
        "Little buttons are a nightmare, I want to fasten my tops myself.",
        "I'm sick of my sister bringing me plates of food, I want to cook.",
        "Mi hija me ayuda a pararme de la silla.",
        "I can no longer get out of a chair alone.",
    ],
    "what does not go well for long": [
        "Mi mamá no habla bien desde el derrame de hace dos años.",
        "No camino bien desde la operación de rodilla del año pasado.",
        "No tengo dolor y camino bien.",
        "No veo bien para coser.",
        "My mother doesn't walk right since her hip was done last spring.",
    ],
    "small words apart, and what is denied": [
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
}


def flags(navigation):
    return {raised.flag.key for raised in navigation.screening.raised}


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


def test_what_a_neighbour_had_is_not_the_writers(ask):
    words = "My neighbour had a clot in her leg, it made me think. My own legs are just tired after gardening."
    assert ask(words).door is not Door.URGENT
    assert ask("My sister had a clot, now my calf is swollen and hot.").door is Door.URGENT


@pytest.mark.parametrize("words", [words for group in EMERGENCY.values() for words in group])
def test_what_is_told_as_of_now_is_an_emergency(ask, words):
    assert ask(words).screening.urgency == "emergency"


@pytest.mark.parametrize("words", [words for group in ORDINARY.values() for words in group])
def test_what_only_sounds_like_it_is_no_alarm(ask, words):
    assert ask(words).door is not Door.URGENT
