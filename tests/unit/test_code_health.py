"""The house rules that a machine can hold."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted(file for file in (ROOT / "src").rglob("*.py") if "migrations" not in file.parts)
MOST_LINES = 400
MOST_FUNCTION_LINES = 45
BANNED = ("client", "subject", "manager", "engine", "processor", "handler", "util", "helper", "compliance", "triage")


@pytest.mark.parametrize("file", SOURCES, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_modules_and_functions_stay_small(file):
    text = file.read_text(encoding="utf-8")

    functions = [n for n in ast.walk(ast.parse(text)) if isinstance(n, ast.FunctionDef)]

    assert text.count("\n") <= MOST_LINES
    assert not [f.name for f in functions if (f.end_lineno or 0) - f.lineno + 1 > MOST_FUNCTION_LINES]


def test_public_names_use_the_glossary():
    classes = [
        n.name
        for file in SOURCES
        for n in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(n, ast.ClassDef)
    ]

    assert not [name for name in classes if any(word in name.lower() for word in BANNED)]


def test_the_checker_shares_nothing_with_navigate_and_stays_short():
    text = (ROOT / "src/reable/verify.py").read_text(encoding="utf-8")

    imported = [n.module for n in ast.walk(ast.parse(text)) if isinstance(n, ast.ImportFrom)]

    assert text.count("\n") <= MOST_LINES
    assert not [name for name in imported if name and name.startswith("reable.navigate")]


def test_regular_expressions_only_in_the_tokeniser_and_harmless():
    """No nested or adjacent quantifiers: they are what hostile text feeds on (decisions 11)."""
    core = [file for file in SOURCES if not {"cli", "web"}.intersection(file.parts)]

    users = [file.name for file in core if "import re\n" in file.read_text(encoding="utf-8")]

    assert users == ["tokens.py"]
    from reable.understand.tokens import _TOKEN

    for alternative in _TOKEN.pattern.split("|"):
        outside = "".join(part.split("]", 1)[-1] for part in alternative.split("["))
        assert outside in ("", "+", "\\n"), alternative


def test_every_lock_file_has_hashes_and_no_address():
    for lock in (ROOT / "requirements").glob("*.txt"):
        text = lock.read_text(encoding="utf-8")
        assert "://" not in text
        assert all(
            line.endswith("\\") for line in text.splitlines() if "==" in line and not line.lstrip().startswith("#")
        )


def test_each_error_has_its_own_code():
    codes = [
        node.value.value
        for file in SOURCES
        for cls in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(cls, ast.ClassDef)
        for node in cls.body
        if isinstance(node, ast.Assign)
        and getattr(node.targets[0], "id", "") == "code"
        and isinstance(node.value, ast.Constant)
    ]

    assert len(codes) == len(set(codes)) > 8


def test_decision_records_are_numbered_without_gaps():
    numbers = sorted(int(file.name[:4]) for file in (ROOT / "docs/decisions").glob("[0-9]*.md"))

    assert numbers == list(range(1, len(numbers) + 1))
