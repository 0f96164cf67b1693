"""One lifecycle operation occurrence: it starts, breaks, is tried again, rolled back, given up or cancelled."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mocks.entities.core import Core
from mocks.entities.errors import StepFailed
from mocks.entities.lifecycle_dialect import Dialect
from mocks.entities.lifecycle_instance import Instance
from mocks.entities.lifecycle_operations import ENDED, GROWING, SHRINKING, Operation
from mocks.entities.lifecycle_orders import Order, OrderingGate
from mocks.entities.occurrence import Occurrence, problem_of
from mocks.entities.ports import Body, Task
from mocks.entities.runner import Runner, Step

UNDER_WAY = ("PROCESSING", "ROLLING_BACK")
Heard = Callable[["LifecycleOccurrence"], None]


@dataclass(frozen=True)
class Asked:
    """What was asked, by whom, and how many members the instance has before and is to have after it.

    `orders` are what its steps order besides, or instead of members.
    """

    operation: Operation
    params: Body
    by: str
    before: int
    after: int
    orders: Mapping[str, Order] = field(default_factory=dict)


class LifecycleOccurrence(Occurrence):
    """`heard` is called at each change of state, once the instance shows it too."""

    def __init__(
        self,
        core: Core,
        dialect: Dialect,
        instance: Instance,
        asked: Asked,
        heard: Heard,
    ) -> None:
        self.instance = instance
        self.operation = asked.operation
        self._dialect = dialect
        self._asked = asked
        self._heard = heard
        self._orders = _orders(instance, asked)
        self._position = 0
        # Held for each turn, because a request to cancel may race the end that the clock brings.
        self._turns = threading.RLock()
        self._attempt: _Attempt | None = None
        self.gone = False
        """Whether another instance of the entity goes on with it."""
        attributes: Body = {
            dialect.instance_id: instance.id,
            "operation": asked.operation.name,
            "operationParams": asked.params,
            "isAutomaticInvocation": False,
            "isCancelPending": False,
            "requestedBy": asked.by,
        }
        super().__init__(core, dialect.transitions, [Step(name) for name in asked.operation.steps], attributes)

    @property
    def ended(self) -> bool:
        return self.state in ENDED

    def wants_nsd(self, id: str) -> bool:
        """Whether it has not ended and associates its NS with this NSD."""
        wanted = self._asked.params.get("assocNewNsdVersionData", {})
        return not self.ended and isinstance(wanted, dict) and wanted.get("newNsdId") == id

    def walker(self) -> Runner:
        """A runner that speaks for a new attempt; whoever walked before is no longer heard."""
        self._attempt = _Attempt(self)
        gate = OrderingGate(self.core, self._orders, lambda: not self.gone)
        return self.core.runner(self._dialect.kind, self.steps, self._attempt, gate)

    def snapshot(self) -> Body:
        with self._turns:
            sizes = {"before": self._asked.before, "after": self._asked.after}
            return {**super().snapshot(), "instance": self.instance.id, **sizes, "position": self._position}

    def revive(self, snapshot: Body) -> None:
        super().revive(snapshot)
        self._position = snapshot["position"]

    def progress(self) -> Body:
        """SOL 003 and SOL 005 show no progress."""
        return {}

    def body(self) -> Body:
        """The occurrence on the wire; `error` and `cancelMode` are there only when there is something to say."""
        own, occurrences = self._dialect.root, self._dialect.occurrences
        shown = super().body()
        if shown["error"] is None:
            del shown["error"]
        if not shown["isCancelPending"]:
            shown.pop("cancelMode", None)
        tasks = [event for event in ("retry", "rollback", "fail", "cancel", "continue") if self.can(event)]
        href = f"{own}/{occurrences}/{self.id}"
        return shown | {
            "_links": {
                "self": {"href": href},
                self._dialect.instance_link: {"href": f"{own}/{self._dialect.instances}/{self.instance.id}"},
                **{task: {"href": f"{href}/{task}"} for task in tasks},
            }
        }

    def begin(self) -> None:
        """Take up the work, unless it was cancelled while it waited for its turn."""
        with self._turns:
            if self.can("begin") and not self.gone:
                self._turn("begin")
                self._walk()

    def give_back(self) -> None:
        """End it unexecuted, so that its consumer can ask for it again."""
        with self._turns:
            if self.can("give_back"):
                self._turn("give_back")

    def again(self, task: str) -> None:
        """Take it up after it broke.

        retry: the broken step is tried again; continue: it is left undone, and the steps after it are done;
        rollback: what was done is undone, and the broken step too, which may have left something behind.
        """
        with self._turns:
            self._turn(task, **({} if task == "rollback" else {"error": None}))
            if task != "retry":
                self._position = min(self._position + 1, len(self.steps))
            self._walk(back=task == "rollback")

    def fail(self) -> None:
        """Give it up where it stands."""
        with self._turns:
            self._turn("fail")

    def cancel(self, mode: str) -> None:
        """Stop it at once (FORCEFUL) or after the step under way (GRACEFUL); what has not begun just ends."""
        with self._turns:
            if mode == "GRACEFUL" and self.state == "PROCESSING" and self.runner:
                self.note(isCancelPending=True, cancelMode=mode)
                self.runner.suspend()
            else:
                self.stop(f"cancelled ({mode})")

    def let_go(self) -> None:
        """Halt at the step under way for good: another instance of the entity goes on with it."""
        with self._turns:
            if self.runner and self.state in UNDER_WAY:
                self.runner.stop()
                self._position = self.runner.done
            self._attempt, self.gone = None, True

    def go_on(self) -> None:
        """Take up what was under way at another instance of the entity, at the step it had come to."""
        with self._turns:
            if self.state in UNDER_WAY:
                self._walk(back=self.state == "ROLLING_BACK")

    def stop(self, reason: str) -> None:
        """End the work under way; Conflict when there is none."""
        with self._turns:
            self._halt()
            error = problem_of(StepFailed(reason, transient=True), "Operation cancelled") if self._attempt else None
            self._turn("cancel", isCancelPending=False, error=error)

    def listen(self, attempt: _Attempt, turn: Task) -> None:
        """Take a turn that an attempt asks for, if it is the present one and still under way."""
        with self._turns:
            if self._attempt is attempt and self.state in UNDER_WAY:
                turn()

    def finished(self) -> None:
        self.operation.effect(self.instance, self._asked.params)
        self._turn("finish", isCancelPending=False)

    def undone(self) -> None:
        self._turn("undone")

    def broken(self, error: StepFailed) -> None:
        self._halt()
        self._turn("break", isCancelPending=False, error=problem_of(error, f"{self.operation.name} failed"))

    def _turn(self, event: str, **attributes: object) -> None:
        self.advance(event, **attributes)
        if self.ended:
            self.instance.busy_with = None
        self._heard(self)

    def _walk(self, *, back: bool = False) -> None:
        self.runner = self.walker()
        self.runner.done = self._position
        (self.runner.undo if back else self.runner.start)()

    def _halt(self) -> None:
        """Stop the runner and keep the place; a step that was half undone counts as broken, like one half done."""
        if self.runner and self.state in UNDER_WAY:
            self.runner.stop()
            self._position = max(0, self.runner.done - (self.state == "ROLLING_BACK"))


class _Attempt:
    """The listener of one walk; when a later one has begun, nobody listens to it any more."""

    def __init__(self, occurrence: LifecycleOccurrence) -> None:
        self._occurrence = occurrence

    def stepped(self, step: str) -> None:
        """Steps are not told: SOL 003 and SOL 005 notify of states."""

    def finished(self) -> None:
        self._occurrence.listen(self, self._occurrence.finished)

    def undone(self) -> None:
        self._occurrence.listen(self, self._occurrence.undone)

    def suspended(self) -> None:
        self._occurrence.listen(self, lambda: self._occurrence.stop("cancelled (GRACEFUL)"))

    def failed(self, error: StepFailed) -> None:
        self._occurrence.listen(self, lambda: self._occurrence.broken(error))


def _orders(instance: Instance, asked: Asked) -> Mapping[str, Order]:
    """What each step orders on its way forwards, and on the way back as "undo-<step>"."""
    orders: dict[str, Order] = {}
    members, before, after = instance.members, asked.before, asked.after
    for step in asked.operation.steps:
        if step in GROWING and after > before:
            orders[step], orders[f"undo-{step}"] = members.growth(after), members.reduction(before)
        elif step in SHRINKING and after < before:
            orders[step], orders[f"undo-{step}"] = members.reduction(after), members.growth(before)
    return {**orders, **asked.orders}
