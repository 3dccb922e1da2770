"""A clinic's own folder may add and sign, never remove a danger or calm it (decisions 8)."""

import pytest

from reable import assets as edge
from reable import navigate as core
from reable.knowledge import KnowledgeFaulty
from reable.navigate import Inquiry
from reable.terms import Door

FLAG = "red_flags/cauda_equina.yaml"


@pytest.fixture
def clinic(tmp_path):
    for folder in ("limitations", "red_flags", "phrases/en", "signs"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def original(name):
    return (edge.DATA / name).read_text(encoding="utf-8")


def test_nothing_in_the_folder_changes_only_the_version(clinic):
    plain, over = edge.load_with(None), edge.load_with(clinic)

    assert over.knowledge.red_flags == plain.knowledge.red_flags
    assert over.versions.knowledge != plain.versions.knowledge


def test_a_clinic_may_sign_an_item(clinic):
    signed = (
        original(FLAG)
        .replace("status: draft", "status: signed")
        .replace("reviewed_by: []", "reviewed_by: [A clinician of this test]")
    )
    (clinic / FLAG).write_text(signed, encoding="utf-8")

    assert edge.load_with(clinic).knowledge.red_flags["cauda_equina"].reviewed_by


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("urgency: emergency", "urgency: same_day"),
        ("calmed_by: [", "calmed_by: [other_person, "),
        ("private: false", "private: true"),
    ],
)
def test_a_clinic_may_not_weaken_a_red_flag(clinic, old, new):
    text = original(FLAG)
    assert old in text
    (clinic / FLAG).write_text(text.replace(old, new), encoding="utf-8")

    with pytest.raises(KnowledgeFaulty):
        edge.load_with(clinic)


def test_a_clinic_may_make_a_red_flag_more_urgent(clinic):
    name = "red_flags/blood_clot_leg.yaml"
    (clinic / name).write_text(original(name).replace("urgency: same_day", "urgency: emergency"), encoding="utf-8")

    assert edge.load_with(clinic).knowledge.red_flags["blood_clot_leg"].urgency == "emergency"


def test_a_clinic_may_add_phrases(clinic):
    (clinic / "phrases/en/d450.csv").write_text(
        "text,register,origin,writer,polarity,note\nzorble along,patient,contributed,here,neutral,\n", encoding="utf-8"
    )
    over = edge.load_with(clinic)

    answer = core.navigate(
        Inquiry(text="I want to zorble along the road"), knowledge=over.knowledge, understander=over.understander
    )

    assert answer.door is Door.PT


def test_a_clinic_may_not_add_wordings_that_calm(clinic):
    (clinic / "phrases/en/cauda_equina.csv").write_text(
        "text,register,origin,writer,polarity,note\nnumb saddle,patient,contributed,here,calm,\n", encoding="utf-8"
    )

    with pytest.raises(KnowledgeFaulty, match="may not add wordings that calm"):
        edge.load_with(clinic)


def test_phrases_of_nothing_are_a_fault(clinic):
    (clinic / "phrases/en/nothing.csv").write_text(
        "text,register,origin,writer,polarity,note\nx y,patient,contributed,here,neutral,\n", encoding="utf-8"
    )

    with pytest.raises(KnowledgeFaulty, match="belong to no item"):
        edge.load_with(clinic)
