"""One software modification of an entity, from request to commit (GR clause 5.2.2.5, rows 2 to 4).

    prepare  takes resources out of the indicated reservation     undo: gives them back
    deploy   makes the destination version ready                  undo: takes it away
    switch   the destination version begins to run                undo: the source version runs again
    clean    gives the resources back                             (the last step: nothing to undo)

The service interfaces stay up all the time: that is what makes the support seamless.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mocks.entities.components import Components
from mocks.entities.core import Core
from mocks.entities.deployment import run_version
from mocks.entities.errors import AssistanceNeeded, StepFailed
from mocks.entities.held_resources import HeldResources
from mocks.entities.occurrence import Occurrence, problem_of
from mocks.entities.ports import Body
from mocks.entities.runner import Runner, Step

KIND = "software-modification"
STEPS = ("prepare", "deploy", "switch", "clean")
UNSAFE = frozenset({"clean"})
"""Between the versions' switch and the end of the work there is no place to halt: only tidying is left."""

IN_PROGRESS = ("STARTING", "PROCESSING", "SUSPENDING", "SUSPENDED", "UNDOING")
TRANSITIONS = {
    ("STARTING", "begin"): "PROCESSING",
    ("PROCESSING", "suspend"): "SUSPENDING",
    ("SUSPENDING", "halt"): "SUSPENDED",
    **{(state, "need"): "SUSPENDED" for state in ("PROCESSING", "SUSPENDING")},
    ("SUSPENDED", "resume"): "PROCESSING",
    ("SUSPENDED", "undo"): "UNDOING",
    ("PROCESSING", "finish"): "COMPLETED",
    ("SUSPENDING", "finish"): "COMPLETED",
    ("PROCESSING", "fail"): "UNDOING",
    ("SUSPENDING", "fail"): "UNDOING",
    ("UNDOING", "undone"): "ROLLED_BACK",
    ("UNDOING", "fail"): "FAILED",
    **{(state, "interrupt"): "FAILED" for state in IN_PROGRESS},
}
COMMITTABLE = frozenset({"COMPLETED", "ROLLED_BACK"})
TASKS = ("suspend", "resume", "undo")


class ModificationOperation(Occurrence):
    """The occurrence and the work of one modification; `heard` is called after each turn it takes."""

    walking_back = frozenset({"UNDOING"})

    def __init__(self, core: Core, request: Body, held: HeldResources, requested_by: str, heard: Heard) -> None:
        self.component: str | None = request.get("component")
        self.source = self._running(core)
        self.destination: str = request["destinationSoftwareVersion"]
        self.restoration_point: str | None = request.get("restorationPointId")
        self.deployed = {self.source}
        self._held = held
        self._heard = heard
        attributes: Body = {
            "sourceSoftwareVersion": self.source,
            "destinationSoftwareVersion": self.destination,
            "internalRetries": 0,
            "result": None,
            "committed": False,
            "assistance": None,
            "requestedBy": requested_by,
        }
        if self.component is not None:
            attributes["component"] = self.component
        if self.restoration_point is not None:
            attributes["restorationPointId"] = self.restoration_point
        super().__init__(core, TRANSITIONS, self._plan(), attributes)

    def _plan(self) -> list[Step]:
        prepare, deploy, switch, clean = STEPS
        return [
            Step(prepare, self._acquire, self._held.release),
            Step(deploy, lambda: self.deployed.add(self.destination), lambda: self.deployed.discard(self.destination)),
            Step(switch, lambda: self._switch(self.destination), lambda: self._switch(self.source)),
            Step(clean, self._clean, safe=clean not in UNSAFE),
        ]

    def walker(self) -> Runner:
        return self.core.runner(KIND, self.steps, self)

    def snapshot(self) -> Body:
        return {**super().snapshot(), "held": self._held.snapshot(), "deployed": sorted(self.deployed)}

    def revive(self, snapshot: Body) -> None:
        super().revive(snapshot)
        self.source = self.attribute("sourceSoftwareVersion")
        self.deployed = set(snapshot["deployed"])
        self._held.revive(snapshot["held"])

    @property
    def in_progress(self) -> bool:
        return self.state in IN_PROGRESS

    @property
    def committable(self) -> bool:
        return self.state in COMMITTABLE and not self.attribute("committed")

    def begin(self) -> None:
        """Take up the work, unless it was interrupted before it began."""
        if self.can("begin"):
            self._turn("begin")
            self.work()

    def suspend(self) -> None:
        self._turn("suspend", Runner.suspend)

    def resume(self, resources: Sequence[Body] = ()) -> None:
        """Go on after a halt, on other resources when any are indicated."""
        self._turn("resume", lambda runner: self._go_on(runner.resume, resources), assistance=None)

    def undo(self, resources: Sequence[Body] = ()) -> None:
        """Take back what was done, on other resources when any are indicated."""
        self._turn("undo", lambda runner: self._go_on(runner.undo, resources), assistance=None)

    def _go_on(self, then: Callable[[], None], resources: Sequence[Body]) -> None:
        self._held.point_to(resources)
        then()

    def commit(self) -> None:
        """Make the outcome final (Fun.012); Conflict while in progress, after a failure, or the second time."""
        self.set_once("committed", True, in_states=COMMITTABLE)

    def interrupt(self, reason: str) -> None:
        """End the work where it stands, because the entity is stopped by force; what it holds is given back."""
        if not self.in_progress:
            return
        if self.runner:
            self.runner.stop()
        left = self._held.abandon()
        error = StepFailed("; ".join(filter(None, (reason, left))))
        self._turn("interrupt", result="FAILED", error=problem_of(error, "Software modification interrupted"))

    def stepped(self, step: str) -> None:  # noqa: ARG002  # the occurrence itself tells the step that follows
        self._heard(self)

    def finished(self) -> None:
        self._turn("finish", result="SUCCESSFUL")

    def suspended(self) -> None:
        self._turn("halt")

    def undone(self) -> None:
        error = self.attribute("error")
        possible = error is None or error["retryable"]
        self._turn("undone", result=f"ROLLED_BACK_RETRY_{'POSSIBLE' if possible else 'NOT_FEASIBLE'}")

    def failed(self, error: StepFailed) -> None:
        """Try the step again when that may help and is still allowed, else undo; a broken undo is the end."""
        if self.state == "UNDOING":
            cause = self.attribute("error")
            detail = f"{error.detail}; undoing had begun after: {cause['detail']}" if cause else error.detail
            ended = problem_of(StepFailed(detail), "Undoing the software modification failed")
            self._turn("fail", result="FAILED", error=ended)
        elif isinstance(error, AssistanceNeeded) and self._may_halt:
            self._turn("need", assistance={"needs": error.needs, "detail": error.detail})
        elif error.transient and self._retries < int(self.core.profile.get("internalRetries", 0)):
            self._retry()
        else:
            self._turn("fail", Runner.undo, error=problem_of(error, "Software modification failed"))

    @property
    def _may_halt(self) -> bool:
        """Whether the work stands right before a step that it may be suspended at."""
        return self.runner is not None and self.runner.current not in UNSAFE

    @property
    def _retries(self) -> int:
        return int(self.attribute("internalRetries"))

    def _retry(self) -> None:
        self.note(internalRetries=self._retries + 1)
        if self.runner:
            self.runner.start()
        self._heard(self)

    def _turn(self, event: str, then: Callable[[Runner], None] | None = None, **attributes: Any) -> None:
        """Change the state, tell the runner, tell who listens: under one lock, so that news keep their order."""
        with self._lock:
            self.advance(event, **attributes)
            if then and self.runner:
                then(self.runner)
            self._heard(self)

    def _acquire(self) -> None:
        """Take the resources; an entity that asks for assistance leaves it to others to find better ones."""
        try:
            self._held.acquire()
        except StepFailed as error:
            if self.core.profile.get("asksForAssistance", False):
                raise AssistanceNeeded(error.detail, "RESOURCES") from error
            raise

    def _running(self, core: Core) -> str:
        """The version that runs what is to be modified: a component, or the entity as a whole."""
        components = core.power(Components)
        return components.version(self.component) if components and self.component else core.software_version

    def _switch(self, version: str) -> None:
        components = self.core.power(Components)
        if components and self.component:
            components.run(self.component, version)
        else:
            run_version(self.core, version)

    def _clean(self) -> None:
        self._held.release()
        self.deployed.discard(self.source)


Heard = Callable[[ModificationOperation], None]
