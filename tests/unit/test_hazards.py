"""The hazard log: each mitigation names tests that exist, each safety requirement is in a hazard, figures are in range."""

import ast
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
LOG = ROOT / "docs/safety/hazards.yaml"
REQUIREMENTS = {f"S{n}" for n in (*range(1, 9), *range(10, 26), *range(30, 33), *range(40, 43))}
FIELDS = [
    "id",
    "s_ids",
    "hazard",
    "cause",
    "effect",
    "mitigation",
    "before",
    "after",
    "basis",
    "owner",
    "tests",
    "open",
]
HAZARDS = yaml.safe_load(LOG.read_text(encoding="utf-8"))


def proofs_in(file):
    """Name the test functions of a file, without running it."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_each_hazard_is_complete_and_in_range(hazard):
    assert list(hazard) == FIELDS
    assert all(str(hazard[key]).strip() for key in FIELDS[:-2])
    assert hazard["basis"] == "judgement"
    assert set(hazard["s_ids"]) <= REQUIREMENTS
    for when in ("before", "after"):
        assert list(hazard[when]) == ["severity", "likelihood"]
        assert all(value in range(1, 6) for value in hazard[when].values())
    risk = [hazard[when]["severity"] * hazard[when]["likelihood"] for when in ("before", "after")]
    assert risk[1] <= risk[0]


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_each_mitigation_names_tests_that_exist_or_says_what_is_missing(hazard):
    for named in hazard["tests"]:
        file, _, test = named.partition("::")
        assert (ROOT / file).is_file(), named
        assert test in proofs_in(file), named
    assert bool(hazard["tests"]) != bool(hazard["open"])


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard["id"])
def test_without_proof_no_likelihood_is_said_to_have_fallen_far(hazard):
    if hazard["open"]:
        assert hazard["before"]["likelihood"] - hazard["after"]["likelihood"] <= 1


def test_owners_are_roles_and_nobody_is_invented():
    assert {hazard["owner"] for hazard in HAZARDS} <= {
        "clinical safety officer (to be named by the clinic)",
        "privacy officer (to be named by the clinic)",
        "manager of the clinic",
        "maintainers of the software",
    }


def test_each_safety_requirement_is_in_a_hazard():
    assert {s_id for hazard in HAZARDS for s_id in hazard["s_ids"]} == REQUIREMENTS


def test_hazards_are_numbered_without_gaps():
    assert [hazard["id"] for hazard in HAZARDS] == [f"H{number}" for number in range(1, len(HAZARDS) + 1)]
    assert len(HAZARDS) >= 30


def test_what_is_open_is_counted_and_shown(capsys):
    still_open = [hazard for hazard in HAZARDS if hazard["open"]]

    with capsys.disabled():
        print(f"\nhazards: {len(HAZARDS)}, of which {len(still_open)} without a proving test yet:")
        for hazard in still_open:
            print(f"  {hazard['id']} {hazard['hazard']} ({hazard['open']})")

    said = (LOG.parent / "README.md").read_text(encoding="utf-8")
    assert f"{len(HAZARDS)} hazards, {len(still_open)} of them without a proving test" in said
