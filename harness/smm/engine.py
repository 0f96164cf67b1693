"""The loop that takes a process through its plan: journal "started", act, journal the outcome, ask what comes next.

It never waits. Where a step's end is told by a notification, the loop returns; the notification, a time-out or a
restart of the SMM brings it back. Everything here runs on the clock's thread, except `ask`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

from harness.clients.clock import Clock, Timer
from harness.clients.entities import Entities
from harness.clients.errors import ClientError, Refused, Transient
from harness.clients.http import Body
from harness.clients.operations import ONGOING, OPERATIONS
from harness.smm.decide import Decide, Do, End, Retry, Undo
from harness.smm.journal import PROCESS, Entry, Journal
from harness.smm.operations import Absent, Context, Done, Failed, Launch, Operation, Outcome, Waiting
from harness.smm.plans.model import Plan, Step
from harness.smm.policy import When
from harness.smm.progress import Arrival, Progress
from harness.smm.reading import progress
from harness.smm.view import permitted, resource

Answer = TypeVar("Answer")
SUBJECTS = (
    "softwareModificationOpOccId",
    "testRunId",
    "changeStateOpOccId",
    "instanceOpOccId",
    "redundancyUnitOpOccId",
    "fallbackId",
    *(api.id for api in OPERATIONS.values()),
)
TYPES = {api.notification: kind for kind, api in OPERATIONS.items()}


@dataclass(frozen=True)
class World:
    """What every process of an SMM shares."""

    name: str
    entities: Entities
    clock: Clock
    operations: Mapping[str, Operation]
    decide: Decide
    taken: Callable[[], set[str]]
    tell: Callable[[Process, Entry], None]


class Process:
    """One software modification process."""

    def __init__(self, launch: Launch, plan: Plan, journal: Journal, world: World) -> None:
        self.launch = launch
        self.plan = plan
        self.journal = journal
        self._world = world
        # Guards the journal: what is decided and what is kept of it may have no request of an operator in between.
        self._lock = threading.RLock()
        self._memory: dict[str, dict[str, Any]] = {}
        self._timers: dict[str, Timer] = {}
        self._notified: dict[str, Body] = {}
        self._coming = False

    @property
    def now(self) -> Progress:
        """How far the process is."""
        with self._lock:
            return progress(self.plan, self.journal)

    def view(self) -> dict[str, Any]:
        """The Process resource, as it is between two entries of the journal."""
        with self._lock:
            return resource(self.launch, self.journal, self.now)

    def inquire(self) -> dict[str, Any]:
        """The view, with what whoever is at work on the step under way says of it now (5.7.2.5-1, rows 7 and 8)."""
        details = None
        for step in self.now.main_open:
            with suppress(ClientError):
                details = self._operation(step).status(self._context(step))
        return {**self.view(), **({"details": details} if details else {})}

    def ask(self, request: str) -> bool:
        """Note an operator's suspend, resume, rollback or commit; False when the state forbids it."""
        with self._lock:
            if not permitted(self.now, request):
                return False
            self._keep(PROCESS, None, "requested", {"request": request})
        self._world.clock.call_later(0, self.advance)
        return True

    def pick_up(self) -> None:
        """Go on where another SMM was interrupted: what it began and did not end is looked up first."""
        for step in list(self.now.open.values()):
            self._memory[step.id] = {}
            undo = step.id in self.now.undoing
            self._record(step, self._looked_up(step, undo=undo), undo=undo)
        self.advance()

    def notified(self, body: Body) -> None:
        """Take a notification into account."""
        if self.now.ended:
            return
        subject = next((str(body[key]) for key in SUBJECTS if key in body), "")
        known = subject in self._notified
        self._notified[subject] = body
        if body.get("notificationType") in TYPES and not known:
            self._notice(subject, TYPES[body["notificationType"]], body)
        for step in list(self.now.open.values()):
            if step.id in self._memory and step.id not in self.now.undoing:
                outcome = self._guarded(step, lambda s=step: self._operation(s).hear(self._context(s), body))  # type: ignore[misc]
                if outcome is not None:
                    self._record(step, outcome)
        self.advance()

    def advance(self) -> None:
        """Do the next thing that can be done now, and come back for more in a task of its own."""
        self._coming = False
        with self._lock:
            action = self._world.decide(self.plan, self.journal)
            if isinstance(action, Do | Undo):
                self._begin(action)
            elif isinstance(action, End) and not self.now.ended:
                self._keep(PROCESS, None, "ended", {"outcome": action.outcome, "reason": action.reason})
        if isinstance(action, Do | Undo):
            undo = isinstance(action, Undo)
            self._record(action.step, self._act(action.step, undo), undo)
            self._come_back()
        elif isinstance(action, Retry):
            self._retry_later(action)
        elif isinstance(action, End):
            self._forget()

    def _come_back(self) -> None:
        # Between two steps the clock gets its turn: notifications and operators are heard in between.
        if not self._coming:
            self._coming = True
            self._world.clock.call_later(0, self.advance)

    # Acting

    def _begin(self, action: Do | Undo) -> None:
        step = action.step
        self._memory[step.id] = {}
        if isinstance(action, Undo):
            self._keep(step.id, self._end_row(), "started", {"undo": step.undo})
        else:
            self._keep(step.id, step.row, "started")

    def _act(self, step: Step, undo: bool) -> Outcome:
        """Do a step, or take it back; whatever goes wrong becomes an outcome."""
        operation = self._operation(step, undo)
        try:
            return operation.do(self._context(step))
        except Refused as error:
            return Failed("refused", str(error))
        except Transient as error:
            if error.untouched:
                return Failed("transient", str(error))
            return self._uncertain(step, str(error), undo)
        except ClientError as error:
            return self._uncertain(step, str(error), undo)
        except Exception as error:
            # An operation that breaks leaves nobody knowing what it did; the clock's thread has to go on.
            return Failed("unknown", f"{operation.__class__.__name__} broke: {error!r}")

    def _uncertain(self, step: Step, reason: str, undo: bool) -> Outcome:
        """No usable answer came: repeat what is harmless to repeat, look up everything else."""
        if undo or step.idempotent:
            return Failed("transient", reason)
        outcome = self._looked_up(step)
        if isinstance(outcome, Failed):
            return Failed(outcome.kind, f"{reason}; {outcome.reason}")
        return outcome

    def _looked_up(self, step: Step, undo: bool = False) -> Outcome:
        if undo:
            return Failed("transient", f"the SMM was interrupted during {step.undo}")
        outcome = self._guarded(step, lambda: self._operation(step).look_up(self._context(step)))
        if isinstance(outcome, Absent):
            return Failed("transient", "looked up: it was not carried out")
        return outcome

    def _guarded(self, step: Step, ask: Callable[[], Answer]) -> Answer | Failed:
        """Ask; an entity that cannot say leaves the state unknown."""
        try:
            return ask()
        except ClientError as error:
            return Failed("unknown", f"{step.operation} could not be looked up: {error}")
        except Exception as error:
            return Failed("unknown", f"{step.operation} broke: {error!r}")

    def _record(self, step: Step, outcome: Outcome, undo: bool = False) -> None:
        """Keep what became of a step."""
        with self._lock:
            if step.id not in self.now.open:
                return
            if isinstance(outcome, Waiting):
                if outcome.assistance:
                    self._keep(PROCESS, None, "assistance", outcome.assistance)
                self._watch(step, outcome.timeout)
                return
            row = self._end_row() if undo else step.row
            if isinstance(outcome, Done):
                self._keep(step.id, row, "undone" if undo else "done", outcome.facts)
                for arrival in outcome.arrivals:
                    self._keep(PROCESS, None, "noticed", asdict(arrival))
            else:
                detail: dict[str, Any] = {"kind": outcome.kind, "reason": outcome.reason}
                if outcome.retry_after is not None:
                    detail["retryAfter"] = outcome.retry_after
                self._keep(step.id, row, "failed", detail)
        self._unwatch(step.id)

    def _retry_later(self, action: Retry) -> None:
        step = action.step
        if step.id not in self._timers:
            self._timers[step.id] = self._world.clock.call_later(action.delay, lambda: self._retry(step))

    def _retry(self, step: Step) -> None:
        with self._lock:
            self._timers.pop(step.id, None)
            if step.id in self.now.retrying:
                self._keep(step.id, step.row, "retried", {"attempt": self.now.tries[step.id] + 1})
        self.advance()

    # Waiting

    def _watch(self, step: Step, timeout: float) -> None:
        before = self._timers.pop(step.id, None)
        if before is not None:
            before.cancel()
        self._timers[step.id] = self._world.clock.call_later(timeout, lambda: self._timed_out(step))

    def _unwatch(self, id: str) -> None:
        self._memory.pop(id, None)
        timer = self._timers.pop(id, None)
        if timer is not None:
            timer.cancel()

    def _timed_out(self, step: Step) -> None:
        """No notification came: ask the entity."""
        if step.id in self.now.open:
            self._record(step, self._looked_up(step))
            self.advance()

    def _notice(self, subject: str, kind: str, body: Body) -> None:
        """An operation that the SMM did not know of: choose what is done about it (5.2.2.8, row 2)."""
        with self._lock:
            now = self.now
            found = {one["id"] for details in now.done.values() for one in details[-1].get("operations", ())}
            if body.get("operationState") not in ONGOING or subject in now.arrivals or subject in found:
                return
            phase: When = "parallel" if now.in_parallel_window else "ongoing"
            arrival = Arrival(
                id=subject,
                type=kind,
                action=self._action(kind, phase, now),
                consumer=str(body.get("requestedBy", "")),
                operation=str(body.get("operation", "")),
                phase=phase,
            )
            self._keep(PROCESS, None, "noticed", asdict(arrival))

    def _action(self, kind: str, phase: When, now: Progress) -> str:
        """What was chosen for this type of operation before it began; behind the modification nothing is kept."""
        if phase == "ongoing" and now.changed:
            return "PARALLEL"
        chosen = self._context(self.plan.modification.steps[0]).find(phase) or {}
        return str(chosen.get(kind, "PARALLEL"))

    # Keeping

    def _keep(self, step: str, row: str | None, event: str, detail: Mapping[str, Any] | None = None) -> None:
        entry = Entry(step, row, event, self._world.clock.now(), detail or {})
        self.journal.append(entry)
        self._world.tell(self, entry)

    def _operation(self, step: Step, undo: bool = False) -> Operation:
        return self._world.operations[step.undo if undo and step.undo else step.operation]

    def _context(self, step: Step) -> Context:
        return Context(
            launch=self.launch.seen_from(step.item),
            step=step,
            now=self.now,
            entities=self._world.entities,
            notified=self._notified,
            name=self._world.name,
            memory=self._memory.get(step.id, {}),
            taken=self._world.taken,
        )

    def _end_row(self) -> str:
        return (self.plan.rollback if self.now.section == "rollback" else self.plan.modification).end

    def _forget(self) -> None:
        """The process is over: nothing is due any more."""
        for step in list(self._timers):
            self._unwatch(step)
        self._notified.clear()
