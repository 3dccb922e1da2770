"""Read YAML into plain data and remember the line of each key, so that faults can name it."""

import yaml
from yaml.constructor import SafeConstructor

from reable.knowledge.build import Path, Plain, Report

Lines = dict[Path, int]
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the one in C reads the same, many times as fast
_SCALARS = SafeConstructor()


def read_yaml(text: str, report: Report) -> tuple[Plain, Lines]:
    """Read one YAML document. Faults of YAML itself and doubled keys go to `report`.

    `lines` maps a key path to its line, 1 at the top; the empty path is the document.
    """
    lines: Lines = {(): 1}
    try:
        node = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        lines[("yaml",)] = 1 if mark is None else mark.line + 1
        report(("yaml",), f"this is not YAML: {error.problem or 'it cannot be read'}")
        return None, lines
    return (None if node is None else _plain(node, (), lines, report)), lines


def line_of(path: Path, lines: Lines) -> int:
    """Find the line of `path`, or of the nearest key above it."""
    while path not in lines:
        path = path[:-1]
    return lines[path]


def _plain(node: yaml.Node, path: Path, lines: Lines, report: Report) -> Plain:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, path, lines, report)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, (*path, number), lines, report) for number, item in enumerate(node.value)]
    construct = _SCALARS.yaml_constructors.get(node.tag)
    if construct is None:
        report(path, f"'{node.tag}' is no plain value; write text, a number, true, false or null")
        return None
    return construct(_SCALARS, node)


def _mapping(node: yaml.MappingNode, path: Path, lines: Lines, report: Report) -> Plain:
    data: dict[str, Plain] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        here = (*path, key)
        lines[here] = key_node.start_mark.line + 1
        if key in data:
            report(here, f"the key '{key}' stands here twice")
        data[key] = _plain(value_node, here, lines, report)
    return data
