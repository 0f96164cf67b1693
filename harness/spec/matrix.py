"""What is left where each row of a flow fails, as a matrix: what is wrong down, the rows that fail across."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from harness.spec.whatif import Failure, WhatIf
from harness.spec.world.differences import troubles
from harness.spec.world.ways import Reading

Mark = Literal["sure", "done", "undone"]
"""Whether something is wrong in either reading, or only if the failed row had done its work, or only if it had not."""


@dataclass(frozen=True)
class Item:
    """Something that is wrong after a failure: a difference (row 0), or the trouble of a row of the rollback."""

    row: int
    key: str
    label: str

    @property
    def order(self) -> tuple[int, str, str]:
        return self.row, self.key, self.label


@dataclass(frozen=True)
class Verdict:
    """One line on a flow: whether anything is wrong for sure."""

    kind: Literal["wrong", "unpromised", "right"]
    words: str


def matrix(found: WhatIf) -> dict[Item, dict[str, Mark]]:
    """What is wrong somewhere, in its order, and at the failure of which rows in which readings."""
    marks: dict[Item, dict[str, Mark]] = {}
    for failure in found.failures:
        undone, done = (list(_of_reading(reading)) for reading in failure.way.readings)
        keys = [{(item.row, item.key) for item in items} for items in (undone, done)]
        for item in (*undone, *done):
            sure = all((item.row, item.key) in both for both in keys)
            marks.setdefault(item, {})[failure.row.number] = "sure" if sure else "done" if item in done else "undone"
    return {item: marks[item] for item in sorted(marks, key=lambda item: item.order)}


def remarks(found: WhatIf) -> list[str]:
    """What has to be said once of how the rollback is entered, not for each row that fails."""
    said = [remark for failure in found.failures for remark in failure.remarks]
    return list(dict.fromkeys(remark.words for remark in said if remark.kind not in ("no-entry", "counted")))


def counted(found: WhatIf) -> list[str]:
    """What has to be said of rows that the column "At #" counts in another flow, in the order of the rows."""
    return [remark.words for failure in found.failures for remark in failure.remarks if remark.kind == "counted"]


def verdict(found: WhatIf) -> Verdict:
    """Whether anything is wrong for sure, and at the failure of which rows."""
    failures: list[Failure] = [failure for failure in found.failures if failure.wrong]
    if found.wrong and not failures:
        return Verdict("wrong", "wrong on the way forward, before anything fails")
    if found.failures and all(failure.unpromised for failure in found.failures):
        words = "the text promises no software rollback here: what is left is for a retry or a fallback"
        return Verdict("unpromised", words)
    if not failures:
        return Verdict("right", "nothing is wrong whether or not the failed row had done its work")
    holes = sum(failure.hole for failure in failures)
    rows = ", ".join(failure.row.number for failure in failures)
    no_entry = f"; {holes} without the entry that a note promises" if holes else ""
    return Verdict("wrong", f"wrong whether or not the failed row had done its work: at {rows}{no_entry}")


def _of_reading(reading: Reading) -> Iterator[Item]:
    for what in reading.differences:
        yield Item(0, what, f"left: {what}")
    for at, step in enumerate(reading.steps, 1):
        for kind, words, about in troubles(step):
            row = int(step.row.number) if step.row.number.isdigit() else at
            yield Item(row, f"{kind} {words}", f"row {step.row.number} cannot be done: {about}")
