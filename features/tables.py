"""The tables that features are tagged with (tables.yaml): kinds, rows, and notes that ask for behaviour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import yaml

Kind = Literal["roles", "pre", "post", "flow"]


@dataclass(frozen=True)
class Table:
    """A table of the GR: `rows` are the values of its column `#`, `begin` and `end` for a flow's unnumbered rows."""

    id: str
    kind: Kind
    rows: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def clause(self) -> str:
        """The use case it belongs to, as in 5.2.2 or 5.9."""
        home = self.id.rpartition("-")[0].split(".")
        return ".".join(home[:2] if home[1] in ("8", "9") else home[:3])

    @property
    def refs(self) -> tuple[str, ...]:
        """References of its rows, as in 5.2.2.5-1#3."""
        return tuple(f"{self.id}#{row}" for row in self.rows)


@cache
def tables() -> Mapping[str, Table]:
    """Every table of clause 5, by its identifier, in the order of the document."""
    text = files("features").joinpath("tables.yaml").read_text(encoding="utf-8")
    read = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    return {name: _table(name, **about) for name, about in read.items()}


def _table(id: str, kind: Kind, rows: int, notes: tuple[int, ...] = ()) -> Table:
    numbered = [str(number) for number in range(1, rows + 1)]
    whole = ["begin", *numbered, "end"] if kind == "flow" else numbered
    return Table(id, kind, tuple(whole), tuple(map(str, notes)))
