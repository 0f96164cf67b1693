"""The order of rows: each row's evidence lies after the evidence of the row before it."""

from __future__ import annotations

from harness.judge.case import Case
from harness.judge.findings import Finding
from harness.judge.registry import Rule, judge


class Walk:
    """Judges steps one after the other over one history.

    Steps of the same row share a starting point. After a row, the order has come as far as the furthest position its
    findings name. A finding without position (a fail, or a row that runs beside others) leaves the order where it
    was, so one wrong row does not make the rows after it wrong.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._row: str | None = None
        self._furthest = 0

    def step(self, rule: Rule, row: str | None = None, **arguments: object) -> Finding:
        """The finding of the next step; `row` is its row in the table, None for a step of no row."""
        if row is None or row != self._row:
            self._case = self._case.moved_to(self._furthest)
            self._row = row
        finding = judge(rule, self._case, **arguments)
        self._furthest = max(self._furthest, finding.position or 0)
        return finding
