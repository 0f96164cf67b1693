"""Rows by operators, as data (reports/schemas/mutants.schema.json): what became of each, and who else fails a row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from tests.mutants.operators.grid import ENTITY, Grid
from tests.mutants.operators.operators import IDLE, OPERATORS, Declined
from tests.mutants.operators.reviewed import Review, review_of, stale
from tests.mutants.operators.trial import Trial
from tests.mutants.operators.works import Row
from tests.mutants.zoo import MUTANTS

FORMAT = "manolab-mutants/1"
PRIORITY = ("misplaced", "MISSED", "caught", "later", "undecided", "equivalent", "n.a.")
"""What a cell says of several parts."""

MEANINGS: Mapping[str, str] = {
    "leave-out": "the row is not done",
    "twice": "the row is done twice",
    "too-early": "the row is done before the row before it",
    "wrong-actor": "the row is done towards another actor of the same type, or an impacted one",
    "goes-on-after-failure": "the row fails, and nobody minds",
    "reports-without-doing": "the row is said to be done, with plausible facts, and is not",
}

Data = dict[str, Any]


def matrix(found: Grid, whole: bool) -> Data:
    """Everything that was tried or declined, by table, row and operator; of the `whole` set also what is stale."""
    parts: dict[tuple[str, str], list[Data]] = {}
    for declined in found.declined:
        parts.setdefault((declined.ref, declined.operator), []).append(_declined(declined))
    for trial in found.trials:
        row = found.atlas.rows[trial.wrong.ref]
        parts.setdefault((row.ref, trial.wrong.operator), []).append(_tried(trial, row))
    refs = {ref for ref, _ in parts}
    rows = [_row(row, parts) for row in found.atlas.rows.values() if row.ref in refs]
    tables = dict.fromkeys(found.atlas.rows[row["ref"]].table for row in rows)
    used = [name for name in OPERATORS if any(operator == name for _, operator in parts)]
    counts = Counter(cell["verdict"] for row in rows for cell in row["cells"])
    return {
        "format": FORMAT,
        "entity": ENTITY,
        "mutants": [],
        "operators": {name: MEANINGS[name] for name in used},
        "tables": [{"table": name, "rows": [r for r in rows if r["ref"].startswith(name + "#")]} for name in tables],
        "counts": {verdict: counts[verdict] for verdict in PRIORITY if counts[verdict]},
        "unsound": found.unsound,
        "stale": [_about(each) for each in stale(_used(found))] if whole else [],
    }


def _used(found: Grid) -> list[Review]:
    uncaught = [trial for trial in found.trials if trial.found != "caught"]
    reviews = [review_of(trial, found.atlas.rows[trial.wrong.ref]) for trial in uncaught]
    return [review for review in reviews if review is not None]


def _about(review: Review) -> str:
    return f"{review.operator} {review.part} {review.found}: {', '.join(review.rows or review.rules)}"


def by_hand(ref: str) -> list[str]:
    """The mutants written by hand that fail a row."""
    return sorted(mutant.name for mutant in MUTANTS if ref in {place for _, place in mutant.expected})


def _row(row: Row, parts: Mapping[tuple[str, str], list[Data]]) -> Data:
    cells = [_cell(name, parts[row.ref, name]) for name in OPERATORS if (row.ref, name) in parts]
    hand = by_hand(row.ref)
    checked = bool(hand) or any(part["verdict"] == "caught" for cell in cells for part in cell["parts"])
    told = {"row": row.number, "ref": row.ref, "text": row.text}
    return {**told, "byHand": hand, "checked": checked, "cells": cells}


def _cell(operator: str, parts: Iterable[Data]) -> Data:
    each = list(parts)
    verdict = min((part["verdict"] for part in each), key=PRIORITY.index)
    return {"operator": operator, "verdict": verdict, "parts": each}


def _declined(one: Declined) -> Data:
    none: Data = {"scenarios": [], "failed": [], "elsewhere": []}
    return {"by": one.part.by, "what": one.part.what, "verdict": "n.a.", "reason": one.reason, **none}


def _tried(trial: Trial, row: Row) -> Data:
    verdict, reason = _verdict(trial, row)
    told = {"scenarios": trial.scenarios, "failed": trial.failed, "elsewhere": trial.elsewhere}
    part = trial.wrong.part
    return {"by": part.by, "what": part.what, "verdict": verdict, "reason": reason, **told}


def _verdict(trial: Trial, row: Row) -> tuple[str, str | None]:
    """What is said of a trial, and why it is not caught."""
    if trial.found in ("misplaced", "caught"):
        return trial.found, None
    idle = IDLE.get(trial.wrong.operator) if trial.found == "idle" else None
    if idle:
        return "n.a.", idle
    review = review_of(trial, row)
    if review:
        return trial.found, review.reason
    return "MISSED", f"found {trial.found}, and nobody reviewed it"
