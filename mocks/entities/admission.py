"""LCM and VRM operations that reach an entity while its own software is being modified (GR clause 5.2.2.8).

The modification request says for each type of operation what becomes of it. PARALLEL: it runs at once. DELAY and
NOTIFY_CONSUMER: it is kept until somebody asks for its execution or gives it back. SUSPEND: it is kept until the
modification gives way, then it runs by itself.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from mocks.entities.core import Core
from mocks.entities.interruption import powers_offering
from mocks.entities.ports import Body, Task
from mocks.entities.register import Register

RUNS_AT_ONCE = {
    # (handling, the modification is suspended): the operation need not wait
    ("PARALLEL", False): True,
    ("PARALLEL", True): True,
    ("SUSPEND", True): True,
}


@dataclass(frozen=True)
class PendingOperation:
    """What arrived: `type` is NS_LCM, VNF_LCM or VRM; `operation` is its name in that API, `consumer` who asked."""

    type: str
    occurrence_id: str
    operation: str
    consumer: str


@dataclass(frozen=True)
class Kept:
    """An operation that waits, with both ways out."""

    operation: PendingOperation
    handling: str
    run: Task
    give_back: Task


@runtime_checkable
class Operating(Protocol):
    """A power whose operations ask for admission: in a later life they are known by their ids only."""

    @property
    def operation_type(self) -> str: ...

    def execute(self, occurrence_id: str) -> None:
        """Start the work of an operation that waits."""
        ...

    def give_back(self, occurrence_id: str) -> None:
        """End an operation as ROLLED_BACK, never executed."""
        ...


class OperationAdmission:
    """Lets operations run or keeps them, as the software modification in progress was told to handle them."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.Lock()
        self._handling: Mapping[str, str] | None = None
        self._suspended = False
        self._kept: Register[Kept] = Register("pending operation")

    def admit(self, operation: PendingOperation, run: Task, give_back: Task) -> None:
        """Call `run` now, or keep both tasks until one of them is asked for.

        `run` starts the work of the occurrence; `give_back` ends it as ROLLED_BACK, never executed. Neither may block.
        """
        with self._lock:
            handling = "PARALLEL" if self._handling is None else self._handling.get(operation.type, "PARALLEL")
            if not RUNS_AT_ONCE.get((handling, self._suspended), False):
                self._kept.add(self._core.ids.uuid(), Kept(operation, handling, run, give_back))
                return
        run()

    def keeps(self, occurrence_id: str) -> bool:
        """Whether this operation waits."""
        return any(kept.operation.occurrence_id == occurrence_id for kept in self._kept.all())

    def list(self) -> list[Body]:
        return [_body(each, kept) for each, kept in self._kept.items()]

    def get(self, id: str) -> Body:
        return _body(id, self._kept.get(id))

    def execute(self, id: str) -> PendingOperation:
        """Let a kept operation run now; raise NotFound when it is not kept (any more)."""
        kept = self._kept.take(id)
        kept.run()
        return kept.operation

    def give_back(self, id: str) -> PendingOperation:
        """End a kept operation without executing it, so that its consumer can ask for it again."""
        kept = self._kept.take(id)
        kept.give_back()
        return kept.operation

    def modification_began(self, handling: Mapping[str, str]) -> None:
        """From now on operations are handled as `handling` says, by type; types it leaves out run in parallel."""
        with self._lock:
            self._handling, self._suspended = dict(handling), False

    def modification_suspended(self) -> None:
        with self._lock:
            self._suspended = True
        self._run_those_that_asked_for_suspension()

    def modification_resumed(self) -> None:
        with self._lock:
            self._suspended = False

    def handling(self) -> Body:
        """How operations that arrive are handled now, by type; empty: they run at once."""
        with self._lock:
            return dict(self._handling or {})

    def modification_ended(self) -> None:
        """New operations run at once again; delayed ones keep waiting until they are asked for.

        An operation that waited for a suspension runs too: nobody would come for it, as no suspension follows.
        """
        with self._lock:
            self._handling, self._suspended = None, False
        self._run_those_that_asked_for_suspension()

    def interrupt(self, reason: str) -> None:  # noqa: ARG002  # an occurrence given back carries no reason
        """Give all kept operations back: who stops an entity by force takes away what they wait for."""
        for kept in self._kept.take_all(lambda _: True):
            kept.give_back()

    def hand_over(self) -> Body:
        """What waits, waits at another instance from now on."""
        given = self.snapshot()
        self._kept.clear()
        return given

    def take_over(self, state: Body) -> None:
        self.revive(state)

    def snapshot(self) -> Body:
        with self._lock:
            kept = [
                {"id": name, "operation": vars(one.operation), "handling": one.handling}
                for name, one in self._kept.items()
            ]
            return {"kept": kept, "handling": self._handling, "suspended": self._suspended}

    def revive(self, snapshot: Body) -> None:
        self._handling, self._suspended = snapshot["handling"], snapshot["suspended"]
        self._kept.clear()
        for each in snapshot["kept"]:
            self._kept.add(each["id"], self._kept_again(PendingOperation(**each["operation"]), each["handling"]))

    def _kept_again(self, operation: PendingOperation, handling: str) -> Kept:
        # Looked up when it is asked for: the power that executes it comes back later than this one.
        def owner() -> Operating:
            powers: Iterator[Operating] = (power for _, power in powers_offering(self._core, Operating))
            return next(power for power in powers if power.operation_type == operation.type)

        occurrence = operation.occurrence_id
        return Kept(operation, handling, lambda: owner().execute(occurrence), lambda: owner().give_back(occurrence))

    def _run_those_that_asked_for_suspension(self) -> None:
        for kept in self._kept.take_all(lambda kept: kept.handling == "SUSPEND"):
            kept.run()


def _body(id: str, kept: Kept) -> Body:
    return {
        "id": id,
        "operationType": kept.operation.type,
        "operationOccurrenceId": kept.operation.occurrence_id,
        "operation": kept.operation.operation,
        "consumer": kept.operation.consumer,
        "handling": kept.handling,
        "_links": {"self": {"href": f"/nfvmanoswm/v1/pending_operations/{id}"}},
    }
