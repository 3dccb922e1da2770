"""The authorisation matrix: every address, every kind of person, reading and sending.

A row names who gets in; everybody else is refused (403, 404) or sent to sign in. An address without a row fails the
build. What one gets into shows only one's own (the lists are scoped; see the tests of each page).
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse

from reable.web.portal.letters import pdf_possible
from tests.web.matrix_world import World, make_world

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("authorisation.txt")
LETTERS = {
    "anonymous": "a",
    "holder": "h",
    "patient": "p",
    "carer": "c",
    "pt": "T",
    "ot": "O",
    "front_desk": "F",
    "manager": "M",
    "referring_physician": "R",
    "safeguarding": "g",
    "other_pt": "x",
    "other_manager": "X",
    "revoked": "v",
    "operator": "s",
}
REFUSED = (403, 404)


def addresses() -> Iterator[tuple[str, frozenset[str]]]:
    """Go through all addresses by name, with the parts they need."""
    return _within(get_resolver(), "", frozenset())


def _within(resolver, names: str, had: frozenset[str]) -> Iterator[tuple[str, frozenset[str]]]:
    for one in resolver.url_patterns:
        groups = one.pattern.regex.groupindex if hasattr(one.pattern, "regex") else {}
        parts = had | set(one.pattern.converters) | set(groups)
        if hasattr(one, "url_patterns"):
            yield from _within(one, f"{names}{one.namespace}:" if one.namespace else names, parts)
        else:
            yield f"{names}{one.name}", parts


def gets_in(world: World, name: str, parts: frozenset[str], method: str) -> str:
    """Ask as each kind of person, and take back whatever it did."""
    given = {part: world.parts[part] for part in parts}
    if name == "clinic:open_hours_remove":
        given["hours_id"] = world.parts["open_hours"]
    address, found = reverse(name, kwargs=given), ""
    for who, browser in world.people.items():
        kept = dict(browser.cookies)
        with transaction.atomic():
            answer = getattr(browser, method)(address)
            transaction.set_rollback(True)
        browser.cookies.load({key: morsel.value for key, morsel in kept.items()})
        asked_to_sign_in = answer.status_code == 302 and "/account/login" in answer["Location"]
        if answer.status_code not in (*REFUSED, 405) and not asked_to_sign_in:
            found += LETTERS[who]
    return found or "-"


def rows() -> dict[str, tuple[str, str]]:
    """Read the table: name, who may read, who may send."""
    lines = (line.split() for line in TABLE.read_text(encoding="utf-8").splitlines() if line and line[0] != "#")
    return {name: (reads, sends) for name, reads, sends in lines}


def test_every_address_has_a_row_and_no_row_is_left_over():
    assert sorted(rows()) == sorted({name for name, _ in addresses()})


def test_who_gets_in_where():
    world = make_world()
    found = {
        name: (gets_in(world, name, parts, "get"), gets_in(world, name, parts, "post")) for name, parts in addresses()
    }
    if os.environ.get("REABLE_WRITE_MATRIX"):  # to look at what changed; the difference is then read, row by row
        lines = [f"{name:40} {reads:14} {sends}" for name, (reads, sends) in found.items()]
        head = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
        TABLE.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")

    expected = rows()
    if not pdf_possible():  # the page is there for nobody where the library for it is missing
        expected["portal:letter_pdf"] = ("-", "-")

    assert {name: row for name, row in found.items() if row != expected.get(name)} == {}
