"""A broken knowledge file: all faults are reported with file and line, and nothing is taken over."""

import shutil
from itertools import islice

import pytest

from reable import assets as edge
from reable.cli.main import main
from reable.knowledge import CompiledBroken, KnowledgeFaulty
from reable.knowledge.compile import read_folder
from reable.terms import Language

ROWS = 12  # of each phrase file: as few as a limitation may have; faults show in few rows as in many


@pytest.fixture(scope="module")
def few_phrases(tmp_path_factory):
    """The knowledge with the first rows of each phrase file, so that it is read in a moment."""
    target = tmp_path_factory.mktemp("knowledge") / "data"
    shutil.copytree(edge.DATA, target)
    for file in (target / "phrases").rglob("*.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            few = list(islice(lines, ROWS + 1))
        file.write_text("".join(few), encoding="utf-8")
    return target


@pytest.fixture
def folder(tmp_path, few_phrases):
    """A copy of the knowledge that a test may break."""
    target = tmp_path / "data"
    shutil.copytree(few_phrases, target)
    return target


def faults_of(folder):
    with pytest.raises(KnowledgeFaulty) as caught:
        read_folder(folder)
    return {str(fault) for fault in caught.value.faults}


def edited(folder, name, old, new):
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_shipped_knowledge_is_sound():
    assert read_folder(edge.DATA).knowledge.version == edge.load_knowledge().version, "run `make knowledge`"


def test_all_faults_at_once_with_file_line_and_suggestion(folder):
    edited(folder, "limitations/d5400.yaml", "rationale:", "rationle:")
    edited(folder, "red_flags/cauda_equina.yaml", "urgency: emergency", "urgency: emergancy")
    edited(folder, "conditions/stroke.yaml", "both_unless_fine: true", "both_unless_fine: yes please")
    (folder / "doors/dentist.yaml").write_text("key: dentist\nkey: dentist\n", encoding="utf-8")

    faults = faults_of(folder)

    assert any(f.startswith("limitations/d5400.yaml:") and "Did you mean 'rationale'?" in f for f in faults)
    assert any("the key 'rationale' of Category is missing" in f for f in faults)
    assert any(f.startswith("red_flags/cauda_equina.yaml:") and "Did you mean 'emergency'?" in f for f in faults)
    assert any(f.startswith("conditions/stroke.yaml:") and "true or false is needed" in f for f in faults)
    assert "doors/dentist.yaml:2: the key 'key' stands here twice" in faults


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            "red_flags/cauda_equina.yaml",
            "within: null",
            "within: weeks_2",
            "'within' and 'hold' belong to urgency doctor_first",
        ),
        ("limitations/d5400.yaml", "reviewed_by: []", "reviewed_by: [A. Name]", "go together"),
        ("limitations/d5400.yaml", "code: d5400", "code: x5400", "is not an ICF category"),
        ("limitations/d5400.yaml", "code: d5400", "code: !made-up d5400", "'!made-up' is no plain value"),
        ("phrases/en/d5400.csv", "text,register", "txt,register", "'txt' is not a column here. Did you mean 'text'?"),
    ],
)
def test_single_faults(folder, name, old, new, message):
    edited(folder, name, old, new)

    assert any(message in fault and fault.startswith(name) for fault in faults_of(folder))


def test_a_pointer_to_nowhere_is_a_fault(folder):
    edited(folder, "parameters.yaml", "lead_share", "lead_share")
    (folder / "red_flags/cauda_equina.yaml").unlink()

    assert any("'cauda_equina', which does not exist" in fault for fault in faults_of(folder))


def test_not_yaml_and_not_utf8_are_faults_not_crashes(folder):
    (folder / "limitations/d5400.yaml").write_text("code: [d5400\n", encoding="utf-8")
    (folder / "limitations/d450.yaml").write_bytes(b"code: \xff\xfe\n")

    faults = faults_of(folder)

    assert any(f.startswith("limitations/d5400.yaml:") and "this is not YAML" in f for f in faults)
    assert any(f.startswith("limitations/d450.yaml:") and "UTF-8" in f for f in faults)


def test_a_faulty_folder_leaves_the_compiled_base_as_it_was(folder, tmp_path):
    target = tmp_path / "compiled"
    edge.compile_folder(folder, target)
    before = {file.name: file.read_bytes() for file in target.iterdir()}
    edited(folder, "limitations/d5400.yaml", "code: d5400", "code: nonsense")

    with pytest.raises(KnowledgeFaulty):
        edge.compile_folder(folder, target)

    assert {file.name: file.read_bytes() for file in target.iterdir()} == before


@pytest.mark.parametrize("cut", [0, 1, 2000, "a row"])
def test_phrases_that_are_not_whole_are_refused_and_not_read_in_part(folder, tmp_path, cut):
    """A bank that lacks its last rows would miss dangers and say nothing."""
    edge.compile_folder(folder, tmp_path)
    whole = (tmp_path / edge.PHRASES).read_bytes()
    less = {0: b"", 1: whole[:-1], 2000: whole[:-2000], "a row": whole[: whole.rindex(b"\n", 0, -1) + 1]}[cut]
    (tmp_path / edge.PHRASES).write_bytes(less)

    with pytest.raises(CompiledBroken, match=r"phrases\.jsonl"):
        edge.load_banks(tmp_path / edge.PHRASES)


def test_compiled_phrases_are_found_again(folder, tmp_path):
    edge.compile_folder(folder, tmp_path)

    words, banks = edge.load_banks(tmp_path / edge.PHRASES)

    assert list(words) == list(banks) == list(Language)
    for language, bank in banks.items():
        lines = {phrase.id for phrase in bank.phrases if phrase.key == "d5400"}
        assert any(line.startswith(f"{language}/d5400/") for line in lines)


def test_the_command_says_where_and_fails(folder, capsys):
    edited(folder, "limitations/d5400.yaml", "rationale:", "rationle:")

    assert main(["knowledge", "check", str(folder)]) == 1

    assert "limitations/d5400.yaml:" in capsys.readouterr().err


def test_a_missing_folder_is_a_clear_error(tmp_path, capsys):
    assert main(["knowledge", "check", str(tmp_path / "none")]) == 2

    assert "There is no knowledge folder 'none'" in capsys.readouterr().err
