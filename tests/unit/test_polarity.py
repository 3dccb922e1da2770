"""A cue ends where its verb ends: what is past, treated, denied or imagined, and what is told beside it as of now.

Each text marks in brackets the words in question; all sentences are made up.
"""

import re

import pytest

from reable import understand
from reable.terms import Polarity
from reable.understand import Kind

LIVE = {Polarity.LIMITED, Polarity.WANTED}


@pytest.fixture
def polarities(assets):
    """Read a text, and give the polarities of the dangers found within its brackets."""

    def found(text):
        start, end = text.index("["), text.index("]") - 1
        plain = re.sub(r"[\[\]]", "", text)
        mentions = understand.read(plain, understander=assets.understander).mentions
        within = [m for m in mentions if m.kind is Kind.DANGER and start <= m.start and m.end <= end]
        assert within, "nothing was understood"
        return {mention.polarity for mention in within}

    return found


@pytest.fixture
def signs(assets):
    def found(text):
        mentions = understand.read(text, understander=assets.understander).mentions
        return {m.key for m in mentions if m.kind is Kind.DANGER and m.polarity in LIVE}

    return found


@pytest.mark.parametrize(
    "text",
    [
        "The cast came off last week and the [toes are cold and white].",
        "They sent me home with tablets and since Friday I [can't pee].",
        "The plaster was taken care of, I was discharged, and this week my [calf is hot and swollen].",
        "I was seen by the surgeon and have [chest pain] now.",
        "Finished the antibiotics and the [wound is leaking pus].",
        "Me dieron de alta y desde el jueves [no puedo orinar].",
        "El cirujano me revisó la rodilla y esta semana tengo la [pantorrilla hinchada y caliente].",
        "Ya terminé el tratamiento, me dieron de alta y hoy tengo [dolor de pecho].",
    ],
)
def test_what_was_treated_does_not_reach_over_what_is_told_as_of_now(polarities, text):
    assert polarities(text) <= LIVE


@pytest.mark.parametrize(
    "text",
    [
        "The doctor has checked my [chest pain] and the heart scan was clear.",
        "My [calf was hot and swollen]. The doctor checked it and found no clot.",
        "[Chest pain] was looked at by the cardiologist and it is muscle.",
        "La [pantorrilla hinchada] ya me la revisó el médico y no encontró nada.",
        "Tenía [dolor de pecho]. El médico ya lo revisó y no encontró nada.",
    ],
)
def test_what_was_treated_and_is_told_with_it_stays_treated(polarities, text):
    assert polarities(text) == {Polarity.TREATED}


@pytest.mark.parametrize(
    "text",
    [
        "Two years ago I was strong till this week my [legs gave way].",
        "Last winter I skied, lately my [speech is slurred].",
        "As a child I was never ill, these days I have [chest pain].",
        "El año pasado bailaba hasta esta semana que tengo [dolor de pecho].",
        "Hace dos años corría y esta semana [me falta el aire].",
        "De joven nadaba, últimamente [me desmayo].",
    ],
)
def test_the_past_ends_where_the_sentence_comes_to_now(polarities, text):
    assert polarities(text) <= LIVE


@pytest.mark.parametrize(
    "text",
    [
        "Two years ago I had a [blood clot in my leg] and now I swim.",
        "As a teenager I had [seizures]. Today I garden.",
        "Many years ago, I [passed out].",
        "Hace dos años tuve una [trombosis en la pierna] y ahora nado.",
        "De niña tuve [convulsiones]. Hoy trabajo en el jardín.",
    ],
)
def test_what_is_long_past_stays_past(polarities, text):
    assert polarities(text) == {Polarity.PAST}


@pytest.mark.parametrize(
    "text",
    [
        "It is worse if I [climb the stairs].",
        "My [chest hurts] if I lift my bag.",
        "My chest gets tight if I [climb the stairs].",
        "If I stand up I [faint].",
        "If I press it [pus comes out].",
        "Me duele el pecho si [subo las escaleras].",
        "Si me levanto [me desmayo].",
    ],
)
def test_an_if_that_brings_a_trouble_on_imagines_nothing(polarities, text):
    assert polarities(text) <= LIVE


@pytest.mark.parametrize(
    "text",
    [
        "What if I [pass out] one day?",
        "If I ever get [chest pain] whom should I call?",
        "I would like to know what to do if I [pass out] in the pool.",
        "My knee is sore, what happens if I [pass out] on the stairs?",
        "¿Qué hago si me da un [infarto]?",
        "¿A quién llamo en caso de [dolor de pecho]?",
    ],
)
def test_what_is_only_imagined_stays_so(polarities, text):
    assert polarities(text) == {Polarity.HYPOTHETICAL}


@pytest.mark.parametrize(
    "text",
    [
        "My [calf is hot and swollen] and nobody has checked it.",
        "No doctor has looked at it, the [calf is hot and swollen].",
        "My [calf is hot and swollen]. It hasn't been checked.",
        "I want it looked at, my [calf is hot and swollen].",
        "I haven't seen my doctor about the [chest pain].",
        "Tengo la [pantorrilla hinchada y caliente] y nadie la ha revisado.",
        "Tengo [dolor de pecho] y ningún médico me lo ha visto.",
        "No fui al médico por el [dolor de pecho].",
    ],
)
def test_a_treatment_that_did_not_happen_calms_nothing(polarities, text):
    assert polarities(text) <= LIVE


@pytest.mark.parametrize(
    "text",
    [
        "She doesn't wash and there's [no food] in the house.",
        "He doesn't smoke and has [chest pain].",
        "I don't sleep and there is [no feeling in my hand].",
        "Mi tía no se lava y [no hay comida] en casa.",
        "El niño no juega y [no hay comida].",
    ],
)
def test_a_denial_ends_where_another_verb_begins(polarities, text):
    assert polarities(text) <= LIVE


@pytest.mark.parametrize(
    "text",
    [
        "I don't know why my [foot is cold and white].",
        "I haven't slept for [chest pain].",
        "The clinic didn't believe me about the [chest pain].",
        "They sent me home without checking the [chest pain].",
        "Never had [chest pain] before today.",
        "I have never felt such a [bad headache].",
        "Me mandaron a casa sin revisarme el [dolor de pecho].",
        "No entiendo por qué tengo el [pie frío y blanco].",
        "Nunca había tenido un [dolor de cabeza] así.",
        "Jamás tuve [dolor de pecho] hasta hoy.",
    ],
)
def test_a_denial_of_something_else_denies_no_trouble(polarities, text):
    assert polarities(text) <= LIVE


@pytest.mark.parametrize(
    "text",
    ["I have never had [chest pain] before or since.", "I've never had [chest pain].", "Nunca tuve [dolor de pecho]."],
)
def test_never_alone_denies(polarities, text):
    assert polarities(text) == {Polarity.FINE}


@pytest.mark.parametrize(
    "text",
    [
        "My [calf is hot and swollen]. The doctor has checked my shoulder.",
        "My mother died of a stroke and my [face is drooping].",
        "I read that yoga helps and my [calf is hot and swollen].",
        "Tengo la [pantorrilla hinchada y caliente]. El médico ya me revisó el hombro.",
    ],
)
def test_what_was_of_another_place_or_person_or_page_calms_nothing_here(polarities, text):
    assert polarities(text) <= LIVE


def test_who_scans_a_leg_has_seen_the_calf(polarities):
    text = "My [calf was hot and swollen]. The doctor has checked my leg and the scan was clear."

    assert polarities(text) == {Polarity.TREATED}


@pytest.mark.parametrize(
    "text",
    [
        "I don't have fever and no [chest pain].",
        "She has no cough, [fever] or rash.",
        "I have never had [chest pain] or a blackout.",
        "No tengo tos ni [dolor de pecho].",
        "No hay tos y tampoco [fiebre].",
    ],
)
def test_a_denial_still_reaches_its_own_list(polarities, text):
    assert polarities(text) == {Polarity.FINE}


@pytest.mark.parametrize(
    "text",
    [
        "[Chest pain]? No. I come for my thumb.",
        "[Thoughts of suicide]? I haven't, and never have.",
        "Any [chest pain]? None.",
        "The form asks if I have [thoughts of suicide]. I don't.",
        "[Chest pain]: never.",
        "¿[Dolor de pecho]? No, nunca. Vengo por el pulgar.",
        "¿[Ganas de matarme]? Jamás.",
        "¿[Fiebre]? Para nada.",
    ],
)
def test_a_short_denial_answers_the_words_of_a_question(polarities, text):
    assert polarities(text) == {Polarity.FINE}


@pytest.mark.parametrize(
    "text",
    [
        "[Chest pain]? Yes, since noon.",
        "[Thoughts of suicide]? Not yet.",
        "[Thoughts of suicide]? Not really.",
        "[Chest pain]? Never before today.",
        "Is [chest pain] normal? No.",
        "Should I worry about the [chest pain]? I haven't.",
        "Why do I have [chest pain]? No idea.",
        "My [foot is cold and white], no?",
        "I want to [kill myself]. I haven't.",
        "¿[Ganas de matarme]? Todavía no.",
        "¿Es normal el [dolor de pecho]? No.",
        "¿Por qué tengo [dolor de pecho]? Nunca.",
    ],
)
def test_no_other_words_are_taken_for_such_an_answer(polarities, text):
    assert polarities(text) <= LIVE | {Polarity.HYPOTHETICAL}


@pytest.mark.parametrize(
    "text",
    [
        "Once, many years ago, I tried to [kill myself]; I am well.",
        "Years ago, I tried to [kill myself].",
        "Hace muchos años intenté [suicidarme]; estoy bien.",
    ],
)
def test_words_that_only_say_when_date_what_follows(polarities, text):
    assert polarities(text) == {Polarity.PAST}


@pytest.mark.parametrize(
    "text",
    [
        "Once I was glad, now I want to [kill myself].",
        "Last week, I tried to [kill myself].",
        "Intenté [suicidarme] la semana pasada, estoy bien.",
    ],
)
def test_what_is_near_is_not_past(polarities, text):
    assert polarities(text) <= LIVE


@pytest.mark.parametrize(
    "text",
    [
        "My daughter knocked her head on my grandmother's table.",
        "I slipped on my grandad's stairs.",
        "Mi hija se pegó en la cabeza con la mesa de mi abuela.",
        "Me caí de la escalera de mi abuelo.",
    ],
)
def test_the_owner_of_a_thing_is_nobody_spoken_of(signs, text):
    assert not {"a_grandparent", "old_age_told", "elder_abuse"} & signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "My grandmother's face droops.",
        "My grandmother's chair broke and she fell.",
        "My grandmother fell off her chair.",
        "Mi abuela se cayó de la silla.",
        "La cara de mi abuela se cayó de un lado.",
    ],
)
def test_whoever_has_the_trouble_is_spoken_of(signs, text):
    assert "a_grandparent" in signs(text)


@pytest.mark.parametrize(
    "text", ["The ankle doesn't wake me.", "It's sore, never wakes me up.", "El hombro no me despierta."]
)
def test_what_wakes_nobody_is_no_drowsiness(signs, text):
    assert not {"very_drowsy", "very_sleepy", "not_coming_round", "wants_to_be_gone"} & signs(text)


@pytest.mark.parametrize("text", ["He doesn't wake up.", "She won't wake when I call her.", "No despierta bien."])
def test_who_does_not_wake_is_drowsy(signs, text):
    assert {"very_drowsy", "very_sleepy", "not_coming_round"} & signs(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I'm afraid to climb the stairs.", "d4551"),
        ("I am scared of the gym since my back went.", "d9201"),
        ("She is frightened to shower by herself.", "d5101"),
        ("Worried about walking outside on my own.", "d4602"),
        ("Me da miedo volver a subir escaleras.", "d4551"),
    ],
)
def test_what_somebody_is_afraid_to_do_is_limited(assets, text, code):
    mentions = understand.read(text, understander=assets.understander).mentions
    assert Polarity.LIMITED in {m.polarity for m in mentions if m.key == code}


@pytest.mark.parametrize(
    ("text", "key"),
    [("I read about climbing stairs after a stroke.", "d4551"), ("I'm afraid my back pain will come back.", "b28013")],
)
def test_what_was_only_read_of_or_may_come_back_is_not_limited(assets, text, key):
    mentions = understand.read(text, understander=assets.understander).mentions
    assert {m.polarity for m in mentions if m.key == key} == {Polarity.HYPOTHETICAL}


@pytest.mark.parametrize(
    "text",
    [
        "Half my face doesn't move after Bell's palsy.",
        "I don't sleep following my knee replacement.",
        "No me muevo bien después de la cirugía de rodilla.",
    ],
)
def test_a_denial_ends_at_what_it_comes_from(assets, text):
    mentions = understand.read(text, understander=assets.understander).mentions
    assert Polarity.FINE not in {m.polarity for m in mentions if m.kind is Kind.CONDITION}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("No fever, no redness after the operation.", "fever"),
        ("Sin fiebre ni calambres después de la operación.", "fever"),
    ],
)
def test_a_list_that_is_denied_stays_denied_after_an_operation(signs, text, key):
    assert key not in signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "I had [chest pain] in June. They kept me in overnight.",
        "My [chest was tight] in spring. The hospital did every test.",
        "My face dropped, [my speech went], and I was six weeks there. All that was looked after.",
        "Estuvo ingresada por infección de orina, con [fiebre y desorientada].",
        "She was in hospital and seen by the doctor for an infection, with [fever].",
    ],
)
def test_what_looks_back_passes_over_mere_times_and_holds_for_what_was_added(polarities, text):
    assert polarities(text).isdisjoint(LIVE)


@pytest.mark.parametrize(
    "text",
    [
        "Since they checked it my [calf is hot and swollen].",
        "After they operated my [leg went numb].",
        "She was seen by the doctor in May, and [has a fever].",
        "Since today she [doesn't know where she is], and she talks to her husband, who died years ago.",
        "Desde esta tarde [no sabe dónde está], habla con su marido que murió hace años.",
        "I was seen by the doctor for my knee, with [fever] since last night.",
        "[My face dropped] this morning. All that stress was years ago.",
        "I did everything I was told and have [chest pain].",
        "I watched a movie and then had [chest pain].",
        "Vi una película y me dio [dolor de pecho].",
    ],
)
def test_a_treatment_that_only_says_when_and_a_date_told_later_leave_the_rest_live(polarities, text):
    assert LIVE & polarities(text)


@pytest.mark.parametrize("text", ["I don't see the point in living any more.", "No le veo sentido a la vida."])
def test_a_wording_that_holds_its_own_denial_is_not_denied_by_it(signs, text):
    assert "suicidal_thoughts" in signs(text)


@pytest.mark.parametrize(
    "text",
    [
        "[Chest pain], please check me.",
        "My [calf is hot and swollen], can you scan me?",
        "They keep sending me home and I [can't pee].",
        "I have been seeing [flashing lights].",
        "She is recovering from covid and [can't breathe].",
        "Que me revisen, tengo [dolor de pecho].",
    ],
)
def test_a_treatment_counts_only_in_the_form_that_tells_it_is_done(polarities, text):
    assert polarities(text) <= LIVE


@pytest.mark.parametrize(
    "text",
    [
        "[Chest pain], the doctor checked me.",
        "The [lump] was seen by the surgeon.",
        "[Dolor de pecho], ya me revisaron.",
        "Tuve [dolor de pecho], el cardiólogo me vio.",
    ],
)
def test_a_treatment_that_was_done_still_counts(polarities, text):
    assert polarities(text).isdisjoint(LIVE)


@pytest.mark.parametrize(
    "text",
    [
        "He talks to people who aren't there [since the new tablets].",
        "Habla con gente que no está [desde las pastillas nuevas].",
    ],
)
def test_a_denial_ends_at_since(polarities, text):
    assert polarities(text) <= LIVE
