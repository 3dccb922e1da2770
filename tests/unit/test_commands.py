"""The command line: each command says something useful, and each wrong call says what to do."""

import io
import json
import re

import pytest

from reable.cli.main import COMMANDS, main


def said(capsys):
    return capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help(command, capsys):
    with pytest.raises(SystemExit) as stopped:
        main([command, "--help"])

    assert stopped.value.code == 0
    assert "usage: reable" in said(capsys)


def test_an_unknown_command_is_refused(capsys):
    with pytest.raises(SystemExit) as stopped:
        main(["navigte"])

    assert stopped.value.code == 2
    assert "invalid choice" in capsys.readouterr().err


def test_navigate_for_a_clinician_shows_a_sum_that_adds_up(capsys):
    assert main(["navigate", "I can't button my shirt and can't walk far", "--for", "clinician"]) == 0

    out = " ".join(said(capsys).split())
    points = re.findall(r"weight \d, movement \(PT\) (\d+), daily function \(OT\) (\d+)", out)
    movement, daily = (sum(int(one[place]) for one in points) for place in (0, 1))
    assert len(points) > 1
    assert f"Sum: movement (PT) {movement}, daily function (OT) {daily};" in out


def test_navigate_in_spanish(capsys):
    assert main(["navigate", "Quiero caminar sin dolor"]) == 0

    assert said(capsys).startswith("Empiece con fisioterapia.")


def test_json_holds_the_contract(capsys):
    assert main(["navigate", "I want to walk without pain", "--json", "--condition", "M17", "--age", "70"]) == 0

    answer = json.loads(said(capsys))
    fields = (
        "schema id door leaning order start_with_evaluation alternatives specialty therapy_priority urgency doctor_first "
        "danger_screen red_flags also_ask other confidence next_question limitations warnings knowledge_version model_version "
        "reasoning_version inquiry derivation"
    )
    assert list(answer) == fields.split()
    assert any(e["key"] == "knee_osteoarthritis" for e in answer["derivation"]["evidence"])


@pytest.mark.parametrize(
    "given", ["knee_osteoarthritis", "M17.9", "arthritis of the knee", "Bell's palsy", "G51.0", "CVA"]
)
def test_conditions_by_key_code_and_name(given, record):
    answer = record("I am stuck", conditions=[given])

    assert not [warning for warning in answer["warnings"] if warning.startswith("conditions")]
    assert any(piece["via"] == "condition" for piece in answer["derivation"]["evidence"])


def test_replay_says_same_or_names_the_version(tmp_path, capsys, record):
    answer = record("My knee hurts on stairs")
    file = tmp_path / "a.json"
    file.write_text(
        json.dumps(
            [answer, {**answer, "knowledge_version": "old"}, {**answer, "door": "ot"}, {"error": "x", "id": None}]
        ),
        encoding="utf-8",
    )

    assert main(["replay", str(file)]) == 1

    lines = said(capsys).splitlines()
    assert lines[0] == "answer 1: same"
    assert lines[1].startswith("answer 2: knowledge_version differs: old then")
    assert lines[2] == "answer 3: differs, although all versions are the same"
    assert "nothing to replay" in lines[3]


def test_explain_reads_saved_answers(tmp_path, capsys, record):
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(record("My knee hurts on stairs")), encoding="utf-8")

    assert main(["explain", str(file), "--for", "person"]) == 0

    assert "Start with physical therapy." in said(capsys)


@pytest.mark.parametrize("text", ["", "[]", "3", "{", "\n\n"])
def test_a_file_without_answers_is_a_clear_error(tmp_path, capsys, text):
    file = tmp_path / "a.jsonl"
    file.write_text(text, encoding="utf-8")

    assert main(["verify", str(file)]) == 2

    assert capsys.readouterr().err.strip()


def test_a_missing_file_is_a_clear_error(capsys):
    assert main(["verify", "nowhere.jsonl"]) == 2

    assert "cannot be read" in capsys.readouterr().err


def test_knowledge_show_search_and_stats(capsys):
    assert main(["knowledge", "show", "d5400"]) == 0
    assert json.loads(said(capsys))["code"] == "d5400"
    assert main(["knowledge", "search", "buttons"]) == 0
    assert "d5400" in said(capsys)
    assert main(["knowledge", "stats"]) == 0
    out = said(capsys)
    assert "signed by a clinician: none" in out
    assert "judgement" in out


def test_knowledge_show_suggests(capsys):
    assert main(["knowledge", "show", "strok"]) == 2

    assert "Did you mean 'stroke'?" in capsys.readouterr().err


def test_difference_in_both_languages(capsys):
    assert main(["difference"]) == 0
    assert "occupational" in said(capsys).lower()
    assert main(["difference", "--lang", "es"]) == 0
    assert "terapia ocupacional" in said(capsys).lower()


def interview(monkeypatch, capsys, *lines, arguments=()):
    typed = iter(lines)

    def reads(prompt=""):
        print(prompt)
        try:
            return next(typed)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr("builtins.input", reads)
    code = main(["ask", *arguments])
    return code, said(capsys)


def test_the_interview_asks_about_danger_first_and_ends_with_a_recommendation(monkeypatch, capsys):
    code, out = interview(monkeypatch, capsys, "my knee hurts on stairs", *["n"] * 40)

    assert code == 0
    assert "Start with physical therapy." in out
    assert "We asked our questions about danger signs." in out


def test_the_interview_can_go_back_and_refuses_nonsense_kindly(monkeypatch, capsys):
    code, out = interview(monkeypatch, capsys, "my knee hurts on stairs", "what", "n", "b", "q")

    assert code == 0
    assert "Please type one of the letters shown." in out


def test_the_interview_stops_at_an_emergency(monkeypatch, capsys):
    _, out = interview(monkeypatch, capsys, "my back hurts", *["?"] * 40)

    assert "Nobody is reading this now." in out


def test_the_interview_in_spanish(monkeypatch, capsys):
    _, out = interview(
        monkeypatch, capsys, "me duele la rodilla en las escaleras", *["n"] * 40, arguments=("--lang", "es")
    )

    assert "Empiece con fisioterapia." in out


def test_assure_reports_what_does_not_hold(tmp_path, capsys):
    file = tmp_path / "cases.yaml"
    file.write_text(
        "- {case: wrong, text: I want to walk without pain, expect: {door: ot}}\n- {case: right, text: I want to walk without pain, expect: {door: pt, limitations: [d450]}}\n",
        encoding="utf-8",
    )

    assert main(["assure", str(file)]) == 1

    out = said(capsys)
    assert "FAIL wrong" in out
    assert "door: expected ot, got pt" in out
    assert "1 of 2 cases hold" in out


@pytest.mark.parametrize("text", ["", "a: [", "- 3", "- {case: x, text: y}", "- {case: x, text: y, expect: {dor: pt}}"])
def test_assure_refuses_a_broken_file(tmp_path, capsys, text):
    file = tmp_path / "cases.yaml"
    file.write_text(text, encoding="utf-8")

    assert main(["assure", str(file)]) == 2

    assert "HINT" in capsys.readouterr().err


def test_standard_input_is_read(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("I want to walk without pain"))

    assert main(["navigate", "-"]) == 0

    assert said(capsys).startswith("Start with physical therapy.")
