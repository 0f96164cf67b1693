"""The scenarios of features as data: which rows, notes and recommendations of which tables each is about.

Read as Gherkin, never run: a row is the number in brackets that a step begins with, of the one flow among the
scenario's @table tags, or a line of a data table with a column `#`, of the table of that kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gherkin.errors import CompositeParserException
from gherkin.parser import Parser

from features.tables import tables

ROW = re.compile(r"\((begin|end|\d+)\)\s+(\S.*)")
CONDITIONS = (
    (re.compile(r"pre-conditions? hold"), "pre"),
    (re.compile(r"post-conditions? hold"), "post"),
    (re.compile(r"roles were played"), "roles"),
)
Node = Mapping[str, Any]


@dataclass(frozen=True)
class Point:
    """A step or a line of a data table that is about a row. `role` is whom a line of the roles names."""

    ref: str
    text: str
    line: int
    role: str = ""


@dataclass(frozen=True)
class Scenario:
    """A scenario, or one block of examples of an outline; `feature` is the file below the features' folder."""

    feature: str
    name: str
    line: int
    tags: frozenset[str]
    points: tuple[Point, ...]

    @property
    def id(self) -> str:
        return f"{self.feature}:{self.line} {self.name}"

    def tagged(self, prefix: str) -> list[str]:
        """The values of the tags with this prefix, in order."""
        return sorted(tag.partition(":")[2] for tag in self.tags if tag.startswith(f"{prefix}:"))


def scenarios(root: Path) -> list[Scenario]:
    """Every scenario of the features in a folder; a file that is no Gherkin raises ValueError."""
    return [one for path in sorted(root.rglob("*.feature")) for one in _of_file(path, path.relative_to(root))]


def _of_file(path: Path, name: Path) -> Iterator[Scenario]:
    try:
        feature = Parser().parse(path.read_text(encoding="utf-8")).get("feature")
    except (CompositeParserException, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: no Gherkin: {error}") from None
    if feature:
        yield from _children(feature, frozenset(), name.as_posix())


def _children(node: Node, above: frozenset[str], feature: str) -> Iterator[Scenario]:
    tags = above | _tags(node)
    for child in node["children"]:
        if "rule" in child:
            yield from _children(child["rule"], tags, feature)
        elif "scenario" in child:
            yield from _variants(child["scenario"], tags, feature)


def _tags(node: Node) -> frozenset[str]:
    return frozenset(tag["name"].removeprefix("@") for tag in node["tags"])


def _variants(node: Node, above: frozenset[str], feature: str) -> Iterator[Scenario]:
    """One for each set of tags: examples may name another table than those before them."""
    own = above | _tags(node)
    sets = dict.fromkeys(own | _tags(examples) for examples in node.get("examples", ()))
    for tags in sets or (own,):
        points = tuple(_points(node["steps"], tags))
        yield Scenario(feature, node["name"], node["location"]["line"], tags, points)


def _points(steps: Iterable[Node], tags: frozenset[str]) -> Iterator[Point]:
    named = [tag.partition(":")[2] for tag in sorted(tags) if tag.startswith("table:")]
    for step in steps:
        numbered = ROW.match(step["text"])
        flow = _of_kind(named, "flow")
        if numbered and flow:
            yield Point(f"{flow}#{numbered[1]}", numbered[2], step["location"]["line"])
        kind = next((kind for pattern, kind in CONDITIONS if pattern.search(step["text"])), "")
        table = _of_kind(named, kind)
        if table and "dataTable" in step:
            yield from _lines(table, step["dataTable"]["rows"])


def _of_kind(named: Iterable[str], kind: str) -> str:
    """The table of a kind among those that are tagged; none where it cannot be told which is meant."""
    known = tables()
    found = [name for name in named if name in known and known[name].kind == kind]
    return found[0] if len(found) == 1 else ""


def _lines(table: str, rows: list[Node]) -> Iterator[Point]:
    head = [cell["value"].strip() for cell in rows[0]["cells"]]
    if "#" not in head:
        return
    for row in rows[1:]:
        cells = dict(zip(head, (cell["value"].strip() for cell in row["cells"]), strict=True))
        text = ", ".join(value for name, value in cells.items() if name != "#")
        yield Point(f"{table}#{cells['#']}", text, row["location"]["line"], cells.get("role", ""))
