"""external-issue: a step of a modification meets an issue that others have to solve (table 5.7.1.6-1, row 4)."""

from __future__ import annotations

from mocks.entities.errors import AssistanceNeeded
from mocks.faults.effects import Data, Datum, Fault, Passing


def _need_help(data: Data, passing: Passing) -> None:
    passing.fail(AssistanceNeeded(data["detail"], data["needs"]))


FAULT = Fault(
    "external-issue",
    at_point=_need_help,
    default_point="software-modification/switch",
    data={
        "detail": Datum(str, "something outside keeps the step from being done, by an injected fault"),
        "needs": Datum(str, "OTHER"),
    },
)
