"""The closed list of verdicts, and how several become one."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Verdict(StrEnum):
    """TTCN-3's verdicts, with not-applicable in the place of none."""

    PASS = "pass"  # noqa: S105  (a verdict, no password)
    FAIL = "fail"
    INCONCLUSIVE = "inconclusive"
    NOT_APPLICABLE = "not-applicable"
    ERROR = "error"


class Strength(StrEnum):
    """How strong a fail is: the GR is informative, so its flows weigh differently from its recommendations."""

    CONTRADICTS_FLOW = "contradicts-flow"
    RECOMMENDATION_NOT_MET = "recommendation-not-met"


PRIORITY = (Verdict.ERROR, Verdict.FAIL, Verdict.INCONCLUSIVE, Verdict.PASS, Verdict.NOT_APPLICABLE)
"""The order in which one verdict among several wins."""


def roll_up(verdicts: Iterable[Verdict]) -> Verdict:
    """One verdict for several; nothing judged is inconclusive, because nothing is known."""
    seen = set(verdicts)
    return next((verdict for verdict in PRIORITY if verdict in seen), Verdict.INCONCLUSIVE)
