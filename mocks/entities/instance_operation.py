"""One operation on the instance of an entity: it is brought to its host, or taken away (GR clause 5.3.3).

INSTANTIATE  prepare (take resources out of the indicated reservation), deploy, start   undone when it breaks
TERMINATE    stop, release (give the resources back)                                    asked for again when it breaks
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from mocks.entities.core import Core
from mocks.entities.deployment import run_version
from mocks.entities.errors import StepFailed
from mocks.entities.occurrence import Occurrence, problem_of
from mocks.entities.ports import Body
from mocks.entities.runner import Runner, Step

if TYPE_CHECKING:
    from mocks.entities.instantiation import Instantiation

KINDS = {"INSTANTIATE": "fe-instantiation", "TERMINATE": "fe-termination"}
IN_PROGRESS = ("STARTING", "PROCESSING", "ROLLING_BACK")
TRANSITIONS = {
    ("STARTING", "begin"): "PROCESSING",
    ("PROCESSING", "finish"): "COMPLETED",
    ("PROCESSING", "back"): "ROLLING_BACK",
    ("PROCESSING", "fail"): "FAILED",
    ("ROLLING_BACK", "undone"): "ROLLED_BACK",
    ("ROLLING_BACK", "fail"): "FAILED",
    **{(state, "interrupt"): "FAILED" for state in IN_PROGRESS},
}


class InstanceOperation(Occurrence):
    """The occurrence and the work of one operation; `heard` is called after each turn it takes."""

    walking_back = frozenset({"ROLLING_BACK"})

    def __init__(
        self, core: Core, host: Instantiation, operation: str, request: Body, requested_by: str, heard: Heard
    ) -> None:
        self.operation = operation
        self._host = host
        self._request = request
        self._heard = heard
        attributes: Body = {
            "operation": operation,
            "operationParams": request,
            "softwareVersion": request.get("softwareVersion", core.software_version),
            "requestedBy": requested_by,
        }
        super().__init__(core, TRANSITIONS, self._plan(), attributes)

    def _plan(self) -> list[Step]:
        held = self._host.held
        if self.operation == "TERMINATE":
            return [Step("stop"), Step("release", held.release)]
        prepare = Step("prepare", held.acquire, held.release)
        return [prepare, Step("deploy", self._deploy), Step("start")]

    def walker(self) -> Runner:
        return self.core.runner(KINDS[self.operation], self.steps, self)

    @property
    def in_progress(self) -> bool:
        return self.state in IN_PROGRESS

    def begin(self) -> None:
        """Take up the work, unless it was interrupted before it began."""
        if self.can("begin"):
            self._turn("begin")
            self.work()

    def interrupt(self, reason: str) -> None:
        """End where it stands, because the host is stopped by force; what an instantiation holds is given back."""
        if not self.in_progress:
            return
        if self.runner:
            self.runner.stop()
        left = self._host.held.abandon() if self.operation == "INSTANTIATE" else ""
        error = StepFailed("; ".join(filter(None, (reason, left))), transient=True)
        self._turn("interrupt", error=problem_of(error, f"{self.operation} interrupted"))

    def stepped(self, step: str) -> None:  # noqa: ARG002  # the occurrence itself tells the step that follows
        self._heard(self)

    def finished(self) -> None:
        # Before the state is told: who hears COMPLETED finds the instance there, or gone.
        if self.operation == "INSTANTIATE":
            self._host.appear(self._request)
        else:
            self._host.vanish()
        self._turn("finish")

    def failed(self, error: StepFailed) -> None:
        """Leave nothing behind of an instantiation; a termination can be asked for again."""
        problem = problem_of(error, f"{self.operation} failed")
        if self.operation == "INSTANTIATE" and self.state == "PROCESSING" and self.runner:
            self._turn("back", error=problem)
            self.runner.undo()
        else:
            self._turn("fail", error=problem)

    def undone(self) -> None:
        self._turn("undone")

    def suspended(self) -> None:
        """Never asked for."""

    def _turn(self, event: str, **attributes: Any) -> None:
        with self._lock:
            self.advance(event, **attributes)
            self._heard(self)

    def _deploy(self) -> None:
        run_version(self.core, self._request["softwareVersion"])


Heard = Callable[[InstanceOperation], None]
