"""Read saved answers: one JSON object, a list of them, or one a line."""

import json
from collections.abc import Mapping
from pathlib import Path

from reable.errors import ReableError


class NotAnswers(ReableError):
    """A file does not hold answers."""

    code = "cli.not_answers"


def read_answers(file: Path) -> list[Mapping[str, object]]:
    """Read all answers of a file, in order. Raises: NotAnswers."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise NotAnswers(
            f"'{file}' cannot be read as text.", hint="Give a file that `reable navigate --json` or `--jsonl` wrote."
        ) from error
    try:
        found = json.loads(text)
    except json.JSONDecodeError:
        found = [_line(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    answers = found if isinstance(found, list) else [found]
    if not answers or not all(isinstance(answer, dict) for answer in answers):
        raise NotAnswers(
            f"'{file}' holds no answers.", hint="Give a file that `reable navigate --json` or `--jsonl` wrote."
        )
    return answers


def _line(number: int, line: str) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise NotAnswers(f"line {number} is not JSON (column {error.colno}).") from error
