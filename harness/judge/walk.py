"""The order of rows: each row's evidence lies after the evidence of the row before it."""

from __future__ import annotations

from harness.judge.case import Case
from harness.judge.findings import Finding
from harness.judge.pair import members, merged
from harness.judge.registry import Rule, judge


class Walk:
    """Judges steps one after the other over one history.

    Steps of the same row share a starting point. After a row, the order has come as far as the furthest position its
    findings name. A finding without position (a fail, or a row that runs beside others) leaves the order where it
    was, so one wrong row does not make the rows after it wrong.

    Where two entities are modified together (clause 5.4.2) each has an order of its own; a row about both joins them.
    """

    def __init__(self, case: Case) -> None:
        self._case = case
        self._members = list(members(case))
        self._row: str | None = None
        self._furthest = 0
        self._own = [0 for _ in self._members]

    def step(self, rule: Rule, row: str | None = None, each: bool = False, **arguments: object) -> Finding:
        """The finding of the next step; `row` is its row in the table, None for a step of no row.

        `each` says that it is about each of two entities by itself.
        """
        if row is None or row != self._row:
            self._case = self._case.moved_to(max(self._furthest, *self._own, 0))
            self._members = [
                one.moved_to(max(self._furthest, own)) for one, own in zip(self._members, self._own, strict=True)
            ]
            self._row = row
        if not each:
            finding = judge(rule, self._case, **arguments)
            self._furthest = max(self._furthest, finding.position or 0)
            return finding
        findings = [judge(rule, one, **arguments) for one in self._members]
        self._own = [max(own, found.position or 0) for own, found in zip(self._own, findings, strict=True)]
        return merged(self._members, findings)
