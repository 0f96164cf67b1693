"""One VRM operation: a compute resource is allocated and started, or stopped and freed.

ALLOCATE   allocate, start   undone: stopped and freed again, nothing of it is left
TERMINATE  stop, free        undone: started again
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mocks.entities.core import Core
from mocks.entities.errors import StepFailed
from mocks.entities.occurrence import Occurrence, problem_of
from mocks.entities.ports import Body
from mocks.entities.runner import Runner, Step

KIND = "vrm-operation"
IN_PROGRESS = ("STARTING", "PROCESSING")
TRANSITIONS = {
    ("STARTING", "begin"): "PROCESSING",
    ("STARTING", "give back"): "ROLLED_BACK",
    ("PROCESSING", "finish"): "COMPLETED",
    ("PROCESSING", "undone"): "ROLLED_BACK",
    ("PROCESSING", "fail"): "FAILED",
    **{(state, "interrupt"): "FAILED" for state in IN_PROGRESS},
}


@dataclass
class ComputeResource:
    """A virtual machine, as far as counting and starting it goes."""

    id: str
    name: str
    owner: str
    resources: dict[str, int]
    state: str = "ALLOCATING"
    """ALLOCATING, STOPPED, STARTED."""

    def body(self) -> Body:
        return {
            "id": self.id,
            "name": self.name,
            "owner": self.owner,
            "resources": dict(self.resources),
            "state": self.state,
            "_links": {"self": {"href": f"/vrm/v1/compute_resources/{self.id}"}},
        }

    @classmethod
    def gone(cls, id: str) -> ComputeResource:
        """One that is no longer there: the operations that were done on it still name it."""
        return cls(id, "", "", {})


class ResourceOperation(Occurrence):
    """The occurrence and the work of one VRM operation.

    `heard` is called after each turn; `free` takes the compute resource and its amounts off the books.
    """

    def __init__(
        self,
        core: Core,
        operation: str,
        resource: ComputeResource,
        requested_by: str,
        heard: Callable[[ResourceOperation], None],
        free: Callable[[ComputeResource], None],
    ) -> None:
        self.operation = operation
        self.resource = resource
        self.requested_by = requested_by
        self._heard = heard
        self._free = free
        self._undoing: StepFailed | None = None
        self._gone_over = False
        attributes = {"operation": operation, "computeResourceId": resource.id, "requestedBy": requested_by}
        super().__init__(core, TRANSITIONS, self._plan(), attributes)

    def _plan(self) -> list[Step]:
        if self.operation == "TERMINATE":
            return [Step("stop", self._is("STOPPED"), self._is("STARTED")), Step("free", self._gone)]
        allocate = Step("allocate", self._is("STOPPED"), self._gone)
        return [allocate, Step("start", self._is("STARTED"), self._is("STOPPED"))]

    def walker(self) -> Runner:
        return self.core.runner(KIND, self.steps, self)

    @property
    def in_progress(self) -> bool:
        return self.state in IN_PROGRESS

    def begin(self) -> None:
        """Take up the work; called when the operation is admitted."""
        if self.can("begin") and not self._gone_over:
            self._turn("begin")
            self.work()

    def let_go(self) -> None:
        """Halt at the step under way for good: another instance of the entity goes on with it."""
        if self.runner:
            self.runner.stop()
        self._gone_over = True

    def go_on(self) -> None:
        """Take up what was under way at another instance of the entity, at the step it had come to."""
        if self.state == "PROCESSING" and self.runner:
            if self.attribute("error"):
                self._undoing = StepFailed(self.attribute("error")["detail"])
                self.runner.undo()
            else:
                self.runner.start()

    def give_back(self) -> None:
        """End as ROLLED_BACK without having been executed: the compute resource is as before the request."""
        if self.can("give back"):
            self._forget_if_new()
            self._turn("give back")

    def interrupt(self, reason: str) -> None:
        """End as FAILED where it stands, because the entity is stopped by force."""
        if self.in_progress and not self._gone_over:
            if self.runner:
                self.runner.stop()
            self._turn("interrupt", error=problem_of(StepFailed(reason), "VRM operation interrupted"))

    def stepped(self, step: str) -> None:
        """Steps are too small to tell of; the state changes are."""

    def finished(self) -> None:
        self._turn("finish")

    def failed(self, error: StepFailed) -> None:
        """Undo what was done so far; a broken undo leaves the operation FAILED."""
        if self._undoing is None and self.runner:
            self._undoing = error
            self.note(error=problem_of(error, f"{self.operation} failed"))
            self.runner.undo()
        else:
            self._turn("fail", error=problem_of(error, f"Undoing {self.operation} failed"))

    def undone(self) -> None:
        self._forget_if_new()
        self._turn("undone")

    def suspended(self) -> None:
        """Never happens: a VRM operation cannot be suspended."""

    def _turn(self, event: str, **attributes: Any) -> None:
        with self._lock:
            self.advance(event, **attributes)
            self._heard(self)

    def _is(self, state: str) -> Callable[[], None]:
        def become() -> None:
            self.resource.state = state

        return become

    def _forget_if_new(self) -> None:
        # Before the state is told: who hears ROLLED_BACK finds the books as they were before the request.
        if self.operation == "ALLOCATE":
            self._free(self.resource)

    def _gone(self) -> None:
        self._free(self.resource)
