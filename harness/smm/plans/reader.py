"""YAML that remembers on which line each value stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import yaml

from harness.problems import Path, Problem

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML without libyaml reads the same, more slowly
    from yaml import SafeLoader as Loader  # type: ignore[assignment]


@dataclass(frozen=True)
class Document:
    """What a YAML text says, the line (1-based) of each value by its path, and what is wrong with the YAML itself."""

    data: Any
    lines: dict[Path, int]
    problems: list[Problem]


def read(text: str) -> Document:
    """Read one YAML document; broken YAML is a problem with its line, not an exception."""
    loader = Loader(text)
    try:
        node = loader.get_single_node()
        data = None if node is None else loader.construct_document(node)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        return Document(None, {(): line}, [Problem((), f"not readable as YAML: {error.problem} (line {line})")])
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        return Document(None, {(): 1}, [Problem((), f"not readable as YAML: {error}")])
    finally:
        loader.dispose()
    lines: dict[Path, int] = {}
    problems: list[Problem] = []
    for path, line, twice in _walk(node, (), frozenset()) if node is not None else ():
        if twice:
            problems.append(Problem(path, "stands twice; keep one"))
        lines[path] = line
    return Document(data, lines, problems)


def _walk(node: yaml.Node, path: Path, above: frozenset[int]) -> Iterator[tuple[Path, int, bool]]:
    """Every value below a node: its path, its line, and whether its key stood there before."""
    yield path, node.start_mark.line + 1, False
    if id(node) in above:
        return
    above |= {id(node)}
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _walk(item, (*path, index), above)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            below = (*path, name)
            yield from _walk(value, below, above)
            yield below, key.start_mark.line + 1, name in seen
            seen.add(name)
