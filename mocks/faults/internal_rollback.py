"""internal-rollback: a step of a modification breaks, so that the entity rolls back by itself (5.2.2.5, note 2)."""

from __future__ import annotations

from mocks.entities.errors import StepFailed
from mocks.faults.effects import Data, Datum, Fault, Passing


def _break_step(data: Data, passing: Passing) -> None:
    passing.fail(StepFailed(data["detail"], transient=data["retryPossible"]))


FAULT = Fault(
    "internal-rollback",
    at_point=_break_step,
    default_point="software-modification/switch",
    data={
        "detail": Datum(str, "the step broke by an injected fault"),
        "retryPossible": Datum(bool, True),
    },
)
