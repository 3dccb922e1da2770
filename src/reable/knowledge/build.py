"""Build a typed shape from plain data, strictly: unknown, missing and mistyped keys are faults.

The same builder reads YAML (where `lines` tells the line of each key path) and the compiled JSON.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import TypeVar, cast, get_args, get_origin, get_type_hints

from reable.errors import ReableError
from reable.knowledge.faults import did_you_mean
from reable.terms import IcfCode

Shape = TypeVar("Shape")
Path = tuple[str | int, ...]
Plain = object
Report = Callable[[Path, str], None]


class Misbuilt(Exception):
    """Internal: a value could not be built; the fault was reported."""


def build(shape: type[Shape], data: Plain, report: Report) -> Shape | None:
    """Build `shape` from `data`. Every fault goes to `report` with its key path; then the result is None."""
    try:
        made = _builder(cast("Hashable", shape))(data, (), report)
    except Misbuilt:
        return None
    return made  # type: ignore[return-value]


@cache
def _builder(kind: Hashable) -> Callable[[Plain, Path, Report], object]:
    """Choose how values of `kind` are built; made once for each type, since loading must be quick."""
    if isinstance(kind, UnionType):
        return _optional(next(k for k in get_args(kind) if k is not NoneType))
    if get_origin(kind) is Mapping:
        return _table_of(get_args(kind)[0], get_args(kind)[1])
    if get_origin(kind) is tuple:
        return _list_of(get_args(kind)[0])
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _choice(kind)
    if kind is IcfCode:
        return _icf_code
    if is_dataclass(kind):
        return _mapping(kind)
    return _scalar(kind)


def _optional(kind: Hashable) -> Callable[[Plain, Path, Report], object]:
    inner = _builder(kind)
    return lambda data, path, report: None if data is None else inner(data, path, report)


def _list_of(kind: Hashable) -> Callable[[Plain, Path, Report], object]:
    inner = _builder(kind)

    def made(data: Plain, path: Path, report: Report) -> object:
        if not isinstance(data, list):
            return _refuse(path, report, f"a list is needed here, not {_called(data)}")
        return tuple(inner(item, (*path, number), report) for number, item in enumerate(data))

    return made


def _table_of(key_kind: type, kind: Hashable) -> Callable[[Plain, Path, Report], object]:
    inner = _builder(kind)

    def made(data: Plain, path: Path, report: Report) -> object:
        if not isinstance(data, Mapping):
            return _refuse(path, report, f"a mapping is needed here, not {_called(data)}")
        return {key_kind(key): inner(item, (*path, key), report) for key, item in data.items()}

    return made


def _choice(kind: type[Enum]) -> Callable[[Plain, Path, Report], object]:
    members = {member.value: member for member in kind}

    def made(data: Plain, path: Path, report: Report) -> object:
        if isinstance(data, str | int) and not isinstance(data, bool) and data in members:
            return members[data]
        allowed = [str(value) for value in members]
        given = str(data) if isinstance(data, str | int) else _called(data)
        return _refuse(path, report, f"'{given}' is not one of {', '.join(allowed)}.{did_you_mean(given, allowed)}")

    return made


def _icf_code(data: Plain, path: Path, report: Report) -> object:
    if not isinstance(data, str):
        return _refuse(path, report, f"an ICF code is needed here, not {_called(data)}")
    try:
        return IcfCode(data)
    except ReableError as error:
        return _refuse(path, report, error.message)


def _scalar(kind: object) -> Callable[[Plain, Path, Report], object]:
    def made(data: Plain, path: Path, report: Report) -> object:
        if type(data) is kind:
            return data
        wanted = {str: "a text", int: "a whole number", bool: "true or false"}.get(kind, str(kind))  # type: ignore[call-overload]
        return _refuse(path, report, f"{wanted} is needed here, not {_called(data)}")

    return made


def _mapping(kind: type) -> Callable[[Plain, Path, Report], object]:
    hints = get_type_hints(kind)
    builders = {field.name: _builder(hints[field.name]) for field in fields(kind)}

    def made(data: Plain, path: Path, report: Report) -> object:
        if not isinstance(data, Mapping):
            return _refuse(path, report, f"keys of {kind.__name__} are needed here, not {_called(data)}")
        if data.keys() != builders.keys():
            _compare_keys(kind.__name__, data, builders, path, report)
        values: dict[str, object] = {}
        whole = data.keys() == builders.keys()
        for name, builder in builders.items():
            try:
                values[name] = builder(data[name], (*path, name), report)
            except (Misbuilt, KeyError):
                whole = False
        if not whole:
            raise Misbuilt
        try:
            return kind(**values)
        except ValueError as error:
            return _refuse(path, report, str(error))

    return made


def _compare_keys(
    name: str, data: Mapping[str, Plain], allowed: Mapping[str, object], path: Path, report: Report
) -> None:
    for key in data.keys() - allowed.keys():
        report((*path, key), f"'{key}' is not a key of {name}.{did_you_mean(key, allowed)}")
    for key in allowed.keys() - data.keys():
        report(path, f"the key '{key}' of {name} is missing")


def _refuse(path: Path, report: Report, message: str) -> object:
    report(path, message)
    raise Misbuilt


def _called(data: Plain) -> str:
    if data is None:
        return "nothing (null)"
    names = {str: "a text", bool: "true or false", int: "a number", float: "a decimal number", list: "a list"}
    return names.get(type(data), "a mapping")
