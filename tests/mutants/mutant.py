"""What a mutant is: one lie, and the points of the suite that have to see it."""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from typing import Literal

Kind = Literal["entity", "smm", "tester", "fallback"]

SEAMLESS = "5_2_2_seamless"
FALLBACK = "5_9_fallback"
"""The folder of features that most mutants are tried with."""

Point = tuple[str, str | None]
"""Where the suite judges: the name of a rule, and the row it stands for (None for a sentence of no row)."""


@dataclass(frozen=True)
class Mutant:
    """A subject that is wrong in one way.

    `make` is its class or factory (package.module:name), whose docstring is the lie. `at` names the rules that see
    the lie itself, `then` those that see what comes of it: "rule row row; rule", rows as `row` reads them. `actor` is
    whose power is exchanged, None for the SMM; it is tried with the features of `home`, for the target `entity`. `breaks`
    names the invariants that fall besides, in whatever scenario: "continuity; closure".
    """

    name: str
    kind: Kind
    make: str
    at: str
    then: str = ""
    actor: str | None = None
    home: str = SEAMLESS
    breaks: str = ""
    entity: str = "vnfm"

    @property
    def lie(self) -> str:
        module, _, name = self.make.partition(":")
        return str(getattr(importlib.import_module(module), name).__doc__).strip()

    @property
    def expected(self) -> frozenset[Point]:
        """The points at which the suite has to fail it, and no other."""
        return frozenset(points(self.at) + points(self.then) + points(self.breaks))


def points(text: str) -> list[Point]:
    """The points of a text such as "target_moved 5-1#3 6-1#3; process_ended"."""
    parts = [part.split() for part in text.split(";") if part.strip()]
    found: list[Point] = []
    for rule, *rows in parts:
        found += [(rule, row(each)) for each in rows] or [(rule, None)]
    return found


def row(short: str) -> str:
    """A row's reference; rows of tables in clause 5.2.2 are written without it, 5-1#3 for 5.2.2.5-1#3."""
    return short if short.startswith("5.") and short.count(".") > 1 else f"5.2.2.{short}"


def named(found: frozenset[Point]) -> list[str]:
    """Points as the table of mutants shows them: the row, or the name of the rule where there is none."""
    return sorted({ref or rule for rule, ref in found})
