"""Values that the components show: links, rows, tasks, problems. Pages hold them, so that templates need no logic.

Texts may be lazy translations or, where markup is wanted, `SafeString` (made with `format_html`); all others are
escaped when shown.
"""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Text = str | Promise
TagColor = Literal["", "white", "grey", "green", "aqua-green", "blue", "purple", "pink", "red", "orange", "yellow"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one answer; `href` is `#` and the id of its first field, or empty."""

    text: Text
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place to go; `hidden` is added for those who hear the page ("Change" + "your name")."""

    text: Text
    href: str
    hidden: Text = ""
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a summary list: what it is, what it holds, what can be done about it."""

    key: Text
    value: Text
    actions: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One line of a task list; a task without `href` cannot be begun yet. A `color` shows the status as a tag."""

    heading: Text
    status: Text
    href: str = ""
    hint: Text = ""
    color: TagColor = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a table; `header` names its row, `numeric` aligns it right."""

    text: Text
    header: bool = False
    numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a caption; each row has as many cells as `head`."""

    caption: Text
    head: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pager:
    """Where the pages before and after are, and the numbered ones between (a `Link` without `href` is a gap)."""

    previous: str = ""
    next: str = ""
    numbers: tuple[Link, ...] = ()
