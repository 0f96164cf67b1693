"""What every failure of a flow does, as a part of the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from harness.spec import matrix
from harness.spec.model import Document, Row, Table
from harness.spec.page.parts import Failing, World
from harness.spec.whatif import Failure, WhatIf, what_if
from harness.spec.world.differences import troubles

Names = Mapping[int, str]
"""The name on the page of each row and table, by its id()."""


def world(document: Document, flow: Table, names: Names) -> World:
    """The failure of each row of a flow in turn, and what its rollback makes of that."""
    found = what_if(document, flow)
    if found is None:
        return World("unknown", "no row of it does anything to an instance that is understood")
    told = matrix.verdict(found)
    marks = matrix.matrix(found)
    failed = [failure.row.number for failure in found.failures]
    return World(
        told.kind,
        told.words,
        found.rollback.id if found.rollback else "",
        names[id(found.rollback)] if found.rollback else "",
        tuple(_forward(found)),
        tuple(_failing(failure, names) for failure in found.failures),
        tuple((item.label, tuple(of.get(number, "") for number in failed)) for item, of in marks.items()),
        (*matrix.remarks(found), *_counted(found)),
    )


def _forward(found: WhatIf) -> Iterator[str]:
    for step in found.steps:
        for _, _, about in troubles(step):
            yield f"row {step.row.number} cannot be done: {about}"
    yield from (f"at the end: {what}" for what in found.short)


def _failing(failure: Failure, names: Names) -> Failing:
    entry: Row | None = failure.way.entry
    about = "; ".join(remark.words for remark in failure.remarks)
    return Failing(
        failure.row.number,
        names[id(failure.row)],
        entry.number if entry else "",
        names[id(entry)] if entry else "",
        about,
        failure.hole,
    )


def _counted(found: WhatIf) -> Iterator[str]:
    """One remark for all rows whose number is another one in the flow that the column "At #" counts."""
    if matrix.counted(found):
        yield "its column 'At #' counts the rows of another flow: each entry says which row it takes this one for"
