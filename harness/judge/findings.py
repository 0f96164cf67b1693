"""What a rule finds: a verdict, why, the entries of the history that prove it, and the arrow that was expected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from harness.judge.history import Entry
from harness.judge.verdicts import Strength, Verdict


@dataclass(frozen=True)
class Arrow:
    """A message that a row of a table expects, as a sequence diagram draws it."""

    source: str
    to: str
    label: str


@dataclass(frozen=True)
class Finding:
    """The outcome of one rule over one history.

    It starts at the worst knowledge there is. `evidence` are entry numbers (n); `position` is the tick after which the
    next row's evidence has to lie, or None when this finding does not move the order on.
    """

    verdict: Verdict = Verdict.INCONCLUSIVE
    reason: str = "nothing was judged"
    evidence: tuple[int, ...] = ()
    expected: Arrow | None = None
    strength: Strength | None = None
    position: int | None = None

    def record(self) -> dict[str, Any]:
        """The finding as findings.json carries it."""
        arrow = self.expected
        return {
            "verdict": str(self.verdict),
            "strength": str(self.strength) if self.strength else None,
            "reason": self.reason,
            "evidence": list(self.evidence),
            "expected": {"from": arrow.source, "to": arrow.to, "label": arrow.label} if arrow else None,
        }


def passed(
    reason: str, evidence: Iterable[Entry], expected: Arrow | None = None, position: int | None = None
) -> Finding:
    """A pass, which needs evidence: without any entry to show it is inconclusive."""
    numbers = _numbers(evidence)
    if not numbers:
        return Finding(reason=f"no entry of the history shows it: {reason}", expected=expected)
    return Finding(Verdict.PASS, reason, numbers, expected, None, position)


def failed(
    reason: str, evidence: Iterable[Entry] = (), expected: Arrow | None = None, position: int | None = None
) -> Finding:
    """The observed conversation contradicts the flow or a condition."""
    return Finding(Verdict.FAIL, reason, _numbers(evidence), expected, Strength.CONTRADICTS_FLOW, position)


def inconclusive(reason: str, evidence: Iterable[Entry] = (), expected: Arrow | None = None) -> Finding:
    """The observation does not allow a verdict."""
    return Finding(Verdict.INCONCLUSIVE, reason, _numbers(evidence), expected)


def not_applicable(reason: str, evidence: Iterable[Entry] = ()) -> Finding:
    """The subject said before the run that it does not do this, and nothing contradicts it."""
    return Finding(Verdict.NOT_APPLICABLE, reason, _numbers(evidence))


def _numbers(entries: Iterable[Entry]) -> tuple[int, ...]:
    return tuple(sorted({entry.n for entry in entries}))
