"""Reads what the demo plays from YAML, strictly: every fault is named with its file and line."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import NoneType, UnionType
from typing import TypeVar, get_args, get_origin, get_type_hints

from reable.errors import ReableError
from reable.knowledge.build import Path, Plain, build
from reable.knowledge.yaml_reader import line_of, read_yaml
from reable.web.operations.demo.shapes import ClinicScript, PersonScript, StaffScript, Texts

DATA = files("reable.web.operations.demo").joinpath("data")
FIRST = "riverbend"
Shape = TypeVar("Shape")


class ScriptFaulty(ReableError):
    """The demo's YAML cannot be played as it stands."""

    code = "web.demo_script"

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults), hint="The demo's YAML lies in reable/web/operations/demo/data.")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clinics:
    all: Mapping[str, ClinicScript]


@dataclass(frozen=True, slots=True, kw_only=True)
class _AllTexts:
    all: Mapping[str, Texts]


@dataclass(frozen=True, slots=True, kw_only=True)
class _AllStaff:
    all: Mapping[str, Mapping[str, StaffScript]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _People:
    all: Mapping[str, PersonScript]


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """All that is played; the keys name people in errors."""

    clinics: Mapping[str, ClinicScript]
    texts: Mapping[str, Texts]
    staff: Mapping[str, Mapping[str, StaffScript]]
    people: Mapping[str, PersonScript]


def read_script() -> Script:
    """Read everything. Raises: ScriptFaulty."""
    people: dict[str, PersonScript] = {}
    for file in sorted(DATA.joinpath("people").iterdir(), key=lambda one: one.name):
        found = read_people(file)
        twice = sorted(found.keys() & people.keys())
        if twice:
            raise ScriptFaulty([f"{file.name}: there is a '{key}' in another file" for key in twice])
        people |= found
    return Script(
        clinics=_read(_Clinics, DATA.joinpath("clinics.yaml")).all,
        texts=_read(_AllTexts, DATA.joinpath("texts.yaml")).all,
        staff=_read(_AllStaff, DATA.joinpath("staff.yaml")).all,
        people=people,
    )


def read_people(file: Traversable) -> Mapping[str, PersonScript]:
    """Read one file of people. Raises: ScriptFaulty."""
    return _read(_People, file).all


def _read(shape: type[Shape], file: Traversable) -> Shape:
    faults: list[tuple[Path, str]] = []
    data, lines = read_yaml(file.read_text(encoding="utf-8"), lambda path, what: faults.append((path, what)))
    made = None
    if not faults:
        made = build(shape, _filled(shape, {"all": data}), lambda path, what: faults.append((path[1:], what)))
    if made is None:
        raise ScriptFaulty([f"{file.name}:{line_of(path, lines)}: {what}" for path, what in faults])
    return made


def _filled(kind: object, data: Plain) -> Plain:
    """Add what a script may leave out: an optional part is nothing, a list or table is empty."""
    if isinstance(kind, UnionType):
        inner = next(one for one in get_args(kind) if one is not NoneType)
        return None if data is None else _filled(inner, data)
    if get_origin(kind) is tuple and isinstance(data, list):
        return [_filled(get_args(kind)[0], one) for one in data]
    if get_origin(kind) is Mapping and isinstance(data, Mapping):
        return {key: _filled(get_args(kind)[1], one) for key, one in data.items()}
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(data, Mapping):
        hints = get_type_hints(kind)
        missing = {one.name: _nothing(hints[one.name]) for one in fields(kind) if one.name not in data}
        given = {key: _filled(hints.get(key), one) for key, one in data.items()}
        return {**{key: empty for key, empty in missing.items() if empty is not ...}, **given}
    return data


def _nothing(hint: object) -> Plain:
    """Give what stands for a key that was left out; `...` where it may not be."""
    if isinstance(hint, UnionType):
        return None
    return [] if get_origin(hint) is tuple else {} if get_origin(hint) is Mapping else ...
