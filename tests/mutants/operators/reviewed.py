"""What was reviewed of the generated mutants that nobody catches: tests/mutants/equivalent.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from tests.mutants.operators.trial import Trial
from tests.mutants.operators.works import Row

FILE = Path(__file__).parents[1] / "equivalent.yaml"


@dataclass(frozen=True)
class Review:
    """Why mutants of an operator are not caught, and what they are found to be instead.

    It is about the rows named, or about every row that is judged by none but the rules named.
    """

    operator: str
    part: str
    found: str
    reason: str
    rows: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()

    def covers(self, trial: Trial, row: Row) -> bool:
        wrong = trial.wrong
        named = row.ref in self.rows or (bool(self.rules) and set(row.rules) <= set(self.rules))
        return named and (self.operator, self.part, self.found) == (wrong.operator, wrong.part.what, trial.found)


@cache
def reviews() -> tuple[Review, ...]:
    """Every entry of the file."""
    entries = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return tuple(
        Review(**{**entry, **{key: tuple(entry.get(key, ())) for key in ("rows", "rules")}}) for entry in entries
    )


def review_of(trial: Trial, row: Row) -> Review | None:
    """What was reviewed of it; None when it is a hole."""
    return next((review for review in reviews() if review.covers(trial, row)), None)


def stale(used: Iterable[Review]) -> list[Review]:
    """Entries that are about nothing: the judge has learned to see it, or the row is gone."""
    seen = set(used)
    return [review for review in reviews() if review not in seen]
