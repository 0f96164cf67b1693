"""failed-test: a suite that the tester runs ends with the verdict FAIL."""

from __future__ import annotations

from mocks.entities.errors import StepFailed
from mocks.faults.effects import Data, Datum, Fault, Passing


def _fail_suite(data: Data, passing: Passing) -> None:
    passing.fail(StepFailed(data["detail"]))


FAULT = Fault(
    "failed-test",
    at_point=_fail_suite,
    default_point="test-run/suite-system",
    data={"detail": Datum(str, "a test case of the suite failed by an injected fault")},
)
