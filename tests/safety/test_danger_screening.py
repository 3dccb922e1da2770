"""Screening for danger: each test is a row of the safety requirements (S1-S8, S12-S14, S32)."""

from dataclasses import replace

import pytest

from reable.knowledge.shapes.source import Status
from reable.navigate import for_clinician, for_person
from reable.terms import Door, Screen, Urgency


def flags(navigation):
    return {raised.flag.key for raised in navigation.screening.raised}


def text_of(sections):
    return "\n".join(line for section in sections for line in section.lines)


def test_s1_no_urgency_never_means_safe(ask, assets):
    """An answer without urgency says that nothing was asked yet."""
    navigation = ask("I want to button my shirt again")

    assert navigation.screening.screen is Screen.NOT_ASKED
    said = text_of(for_person(navigation, knowledge=assets.knowledge)).lower()
    assert "have not asked" in said
    assert not [word for word in ("no red flags", "you are safe", "low risk") if word in said]


def test_s1_an_unasked_danger_question_is_always_next(ask):
    assert ask("My back hurts").next_question == ask("My back hurts").screening.pending[0]


def test_s1_asking_everything_makes_the_screen_complete(ask):
    answers = {}
    navigation = ask("My back hurts")
    while navigation.screening.pending:
        answers[navigation.screening.pending[0].key] = "no"
        navigation = ask("My back hurts", answers=answers)
        assert navigation.screening.screen is (Screen.PARTIAL if navigation.screening.pending else Screen.COMPLETE)

    assert len(answers) >= 2
    assert navigation.door is Door.PT


@pytest.mark.parametrize("answer", ["yes", "a_little", "not_sure"])
def test_s1_not_sure_counts_as_yes(ask, answer):
    question = next(q for q in ask("My back hurts").screening.pending if "cauda_equina" in q.yes_means)

    navigation = ask("My back hurts", answers={question.key: answer})

    assert navigation.door is Door.URGENT
    assert "cauda_equina" in flags(navigation)


def test_s2_unknown_age_is_not_taken_for_adult(ask):
    """Where a flag depends on the age, it is asked for."""
    pending = {key for q in ask("limping with hip pain").screening.pending for key in q.yes_means}

    assert "child" in pending


def test_s2_cancer_is_asked_for_with_back_pain(ask):
    pending = {key for q in ask("My back hurts").screening.pending for key in q.yes_means}

    assert pending & {"cancer", "spinal_pain_with_cancer"}


@pytest.mark.parametrize(
    "text",
    [
        "Yesterday my face drooped and my speech was slurred for ten minutes, it went away",
        "I passed out yesterday but I feel fine now",
        "I took all my pills but I feel fine",
        "I took an overdose last night but I am ok now",
        "I lost my sight in one eye for a few minutes this morning and it came back",
    ],
)
def test_s4_something_over_may_still_count(ask, text):
    assert ask(text).door is Door.URGENT


@pytest.mark.parametrize(
    "text", ["I can't pee and my back hurts", "no feeling down there since yesterday", "I can't feel myself wiping"]
)
def test_s4_a_denial_that_is_the_sign(ask, text):
    assert "cauda_equina" in flags(ask(text))


@pytest.mark.parametrize(
    "text",
    [
        "I had a stroke two years ago and want to button my shirt again",
        "No chest pain, no trouble breathing. My knee hurts on stairs.",
        "My father had a heart attack. I want to walk without pain.",
        "I am afraid of having a stroke one day. My knee hurts.",
        "These stairs are killing me, my knee hurts",
        "I broke my hip last year, it healed, and I want to walk further",
    ],
)
def test_s4_past_denied_others_feared_and_idiom_stay_calm(ask, text):
    assert ask(text).door is not Door.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "I'm afraid I might kill myself",
        "What if I just ended my life",
        "my friend wants to kill herself",
        "I'm scared he will hit me again",
    ],
)
def test_s4_fear_and_others_never_calm_suicide_and_violence(ask, text):
    assert ask(text).door is Door.URGENT


def test_s4_a_new_sign_after_an_old_stroke_is_new(ask):
    assert ask("I had a stroke two years ago. Since this morning my face droops on one side.").door is Door.URGENT


def test_s4_treated_calms_only_if_a_clinician_looked_and_it_is_not_worse(ask):
    assert ask("My calf is swollen and red. The doctor has checked it, the scan was clear.").door is not Door.URGENT
    assert ask("My calf is swollen and red. The doctor has checked it but it is getting worse.").door is Door.URGENT
    assert ask("My calf is swollen and red. I took some aspirin for it.").door is Door.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "My speech is suddenly slurred, I think I need speech therapy",
        "I suddenly lost my sight in one eye, do I need new glasses",
        "My jaw hurts when I climb stairs, maybe a dentist",
        "I ran out of insulin two days ago and need a refill",
        "I have run out of my blood thinner and need a refill",
    ],
)
def test_s6_other_doors_never_swallow_danger(ask, text):
    assert ask(text).screening.urgency is not None
    assert ask(text).door is Door.URGENT


def test_s7_single_weak_signs_ask_and_combinations_alarm(ask):
    assert ask("My knee hurts at night").door is not Door.URGENT
    assert ask("My back hurts and I have had breast cancer").door is Door.URGENT


def test_s8_unsigned_knowledge_still_alarms(assets, ask):
    assert not any(flag.reviewed_by for flag in assets.knowledge.red_flags.values())
    assert ask("crushing chest pain and sweating").door is Door.URGENT


def test_the_door_is_urgent_exactly_for_emergency_and_same_day(ask):
    for text in (
        "crushing chest pain",
        "My hand has started to tremble",
        "I want to walk",
        "red hot swollen arm with lymphedema",
    ):
        navigation = ask(text)
        urgency = navigation.screening.urgency
        assert (navigation.door is Door.URGENT) == (urgency in (Urgency.EMERGENCY, Urgency.SAME_DAY))


def test_leaning_is_filled_beside_a_danger(ask):
    assert ask("crushing chest pain").leaning is Door.BOTH
    assert ask("crushing chest pain, and I can't button my shirt").leaning is Door.OT


def test_s12_plan_is_an_emergency_and_thoughts_are_same_day(ask):
    assert ask("I am going to kill myself tonight, I have the pills").screening.urgency is Urgency.EMERGENCY
    assert ask("I have thoughts of suicide").screening.urgency is Urgency.SAME_DAY


def test_s12_depression_as_a_reason_gets_the_direct_question(ask):
    pending = ask("Because of my depression I can't get through my morning routine").screening.pending

    assert any({"suicidal_thoughts", "suicide_plan"} & set(q.yes_means) for q in pending)


def test_s12_a_carer_at_the_end_is_in_danger(ask):
    assert ask("I can't cope any more with my mother, I'm afraid I'll hurt her").door is Door.URGENT


def test_s13_what_was_disclosed_is_never_repeated(ask, assets):
    navigation = ask("My husband hits me and my wrist hurts")

    for sections in (
        for_person(navigation, knowledge=assets.knowledge),
        for_clinician(navigation, knowledge=assets.knowledge, versions=assets.versions),
    ):
        assert "hits me" not in text_of(sections)


def test_s32_the_clinicians_page_counts_what_was_signed(ask, assets):
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


def test_s14_how_sure_is_about_the_therapist(ask, assets):
    sections = for_person(ask("I want to walk without pain"), knowledge=assets.knowledge)

    assert any("who to start with" in section.title for section in sections)


def test_emergency_numbers_follow_the_country_never_the_language(ask, assets):
    text = "dolor fuerte en el pecho y sudor frío"

    assert "911" in text_of(for_person(ask(text, country="US"), knowledge=assets.knowledge))
    assert "112" in text_of(for_person(ask(text, country="ES"), knowledge=assets.knowledge))
    unknown = text_of(for_person(ask(text, country="XX"), knowledge=assets.knowledge))
    assert "911" in unknown
    assert "112" in unknown
    assert "999" in unknown


@pytest.mark.parametrize(
    "statement",
    [
        "a los diecinueve años quise quitarme la vida, estuve en tratamiento mucho tiempo y me duele la muñeca",
        "Bell's palsy last year, saw the doctor within a day. My cheek is stiff when I chew.",
    ],
)
def test_what_was_treated_long_ago_is_over_even_where_treatment_alone_calms_nothing(ask, statement):
    assert not ask(statement).screening.raised
