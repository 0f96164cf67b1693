"""Restoration points of an entity and the way back to one of them (note 1 of table 5.2.2.5-1, GR clause 5.9).

A point holds the software version that ran and the state of each power that offers some (`Restorable`). Restoring
stops the entity by force, puts that state back and starts it; what came after the point is lost.

    stop       work in progress ends as failed (`Interruptible` powers)
    restore    software version and state of the point come back
    start      the entity is at work again; in a fallback it comes up STARTED and LOCKED, and goes on with
    discover   what it manages is asked what really is there
    reconcile  its books are adjusted to that, and who listens is told (rows 3 to 5 of table 5.9.5-1)
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mocks.entities.core import Core
from mocks.entities.deployment import run_version
from mocks.entities.discovery import discover, reconcile
from mocks.entities.errors import Conflict, StepFailed
from mocks.entities.information import Information
from mocks.entities.interruption import (
    CountsOnRestorationPoint,
    Interruptible,
    Restorable,
    Returning,
    powers_offering,
)
from mocks.entities.modification_announcements import ROOT, announcements_of
from mocks.entities.modification_capability import capability
from mocks.entities.occurrence import Occurrence, problem_of
from mocks.entities.ports import Body
from mocks.entities.register import Register
from mocks.entities.runner import Runner, Step
from mocks.entities.times import timestamp

KIND = "restoration"
POINTS = "/restoration_points"
OCCURRENCES = "/restore_op_occs"
NOTIFICATION = "RestoreOperationOccurrenceNotification"
RECONCILED = "StateReconciliationNotification"
IN_PROGRESS = ("STARTING", "PROCESSING")
TRANSITIONS = {
    ("STARTING", "begin"): "PROCESSING",
    ("PROCESSING", "finish"): "COMPLETED",
    ("PROCESSING", "fail"): "FAILED",
    **{(state, "interrupt"): "FAILED" for state in IN_PROGRESS},
}
TOLD = ("operationState", "percentage", "currentStep", "restorationPointId", "requestedBy")


@dataclass(frozen=True)
class RestorationPoint:
    """What an entity was like at a moment; `captured` holds the state of each power by the name of its class.

    `scope` names every entity whose state belongs to it: each keeps its own part, under the same id.
    """

    id: str
    description: str
    software_version: str
    created_at: str
    scope: tuple[str, ...]
    captured: dict[str, Body] = field(repr=False)

    def body(self) -> Body:
        return {
            "id": self.id,
            "description": self.description,
            "softwareVersion": self.software_version,
            "createdAt": self.created_at,
            "scope": list(self.scope),
            "_links": {"self": {"href": f"{ROOT}{POINTS}/{self.id}"}},
        }

    @classmethod
    def revived(cls, snapshot: Body) -> RestorationPoint:
        return cls(**{**snapshot, "scope": tuple(snapshot["scope"])})

    @classmethod
    def gone(cls, id: str) -> RestorationPoint:
        """A point that was deleted: a restoration that was made from it still names it."""
        return cls(id, "", "", "", (), {})


class RestorationPoints:
    """Makes, keeps, deletes and restores the points of one entity."""

    fallback_class: type[RestoreOperation] | None = None
    """What a restoration in a fallback does; an entity that does it differently replaces it."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.Lock()
        self._points: Register[RestorationPoint] = Register("restoration point")
        self._restores: Register[RestoreOperation] = Register("restore occurrence")
        self.announcements = announcements_of(core)

    def create(self, request: Body) -> Body:
        """Capture the entity as it is now; Conflict when it has a part of a restoration point of that id already."""
        name = request.get("restorationPointId") or self._core.ids.uuid()
        if name in self._points:
            raise Conflict(f"{self._core.name} has a restoration point {name} already")
        point = RestorationPoint(
            id=name,
            description=request.get("description", ""),
            software_version=self._core.software_version,
            created_at=timestamp(self._core.clock.date()),
            scope=tuple(dict.fromkeys((self._core.name, *request.get("scope", ())))),
            captured={name: power.capture() for name, power in powers_offering(self._core, Restorable)},
        )
        return self._points.add(point.id, point).body()

    def knows(self, id: str) -> bool:
        return id in self._points

    def list(self) -> list[Body]:
        return [point.body() for point in self._points.all()]

    def get(self, id: str) -> Body:
        return self._points.get(id).body()

    def delete(self, id: str) -> None:
        """Forget a point; Conflict while a modification counts on it or a restoration works from it."""
        with self._lock:
            self._points.get(id)
            users = powers_offering(self._core, CountsOnRestorationPoint)
            if any(power.uses_restoration_point(id) for _, power in users):
                raise Conflict(f"restoration point {id} protects the software modification in progress")
            if any(restore.in_progress and restore.point.id == id for restore in self._restores.all()):
                raise Conflict(f"{self._core.name} is being restored from restoration point {id}")
            self._points.take(id)

    @property
    def restoring(self) -> bool:
        """Whether a restoration is in progress."""
        return any(restore.in_progress for restore in self._restores.all())

    def restore(self, id: str, requested_by: str, administrative_state: str = "") -> Body:
        """Begin to set the entity back and return the occurrence; Conflict while another restoration runs.

        LOCKED is what a fallback asks for: the entity serves nobody until it is unlocked, and reconciles its state.
        """
        if "FALLBACK" not in capability(self._core).get("recovery", ("FALLBACK",)):
            raise Conflict(f"{self._core.name} offers no fallback")
        with self._lock:
            point = self._points.get(id)
            if self.restoring:
                raise Conflict(f"{self._core.name} is being restored already; one restoration at a time")
            restore = self._operation(point, requested_by, administrative_state == "LOCKED")
            self._restores.add(restore.id, restore)
        self._heard(restore)
        self._core.clock.call_later(0, restore.begin)
        return self.get_restore(restore.id)

    def list_restores(self) -> Sequence[Body]:
        return [_body(restore) for restore in self._restores.all()]

    def get_restore(self, id: str) -> Body:
        return _body(self._restores.get(id))

    def snapshot(self) -> Body:
        restores = [restore.snapshot() for restore in self._restores.all()]
        return {"points": [dict(vars(point)) for point in self._points.all()], "restores": restores}

    def revive(self, snapshot: Body) -> None:
        self._points.clear()
        for each in snapshot["points"]:
            self._points.add(each["id"], RestorationPoint.revived(each))
        self._restores.clear()
        for each in snapshot["restores"]:
            asked = each["attributes"]
            named = asked["restorationPointId"]
            point = self._points.get(named) if self.knows(named) else RestorationPoint.gone(named)
            restore = self._operation(point, asked["requestedBy"], "administrativeState" in asked)
            restore.revive(each)
            self._restores.add(restore.id, restore)

    def interrupt(self, reason: str) -> None:
        """End a restoration in progress as failed."""
        for restore in self._restores.all():
            restore.interrupt(reason)

    def _operation(self, point: RestorationPoint, requested_by: str, locked: bool) -> RestoreOperation:
        made = self.fallback_class or Fallback if locked else RestoreOperation
        return made(self._core, point, requested_by, self._heard)

    def _heard(self, restore: RestoreOperation) -> None:
        body = restore.body()
        told = {name: body[name] for name in TOLD}
        told |= {"restoreOpOccId": restore.id, "softwareVersion": self._core.software_version}
        if body["error"]:
            told["error"] = body["error"]
        self.announcements.send(NOTIFICATION, told, {"restoreOpOcc": f"{OCCURRENCES}/{restore.id}"})


class RestoreOperation(Occurrence):
    """The occurrence and the work of setting the entity back to a point."""

    def __init__(
        self, core: Core, point: RestorationPoint, requested_by: str, heard: Callable[[RestoreOperation], None]
    ) -> None:
        self.point = point
        self._heard = heard
        named = {"restorationPointId": point.id, "requestedBy": requested_by}
        super().__init__(core, TRANSITIONS, self._plan(), named | self._wanted())

    def _plan(self) -> list[Step]:
        return [Step("stop", self._stop), Step("restore", self._restore), Step("start")]

    def _wanted(self) -> Body:
        return {}

    def walker(self) -> Runner:
        return self.core.runner(KIND, self.steps, self)

    @property
    def in_progress(self) -> bool:
        return self.state in IN_PROGRESS

    def begin(self) -> None:
        if self.can("begin"):
            self._turn("begin")
            self.work()

    def interrupt(self, reason: str) -> None:
        """End where it stands, because the entity is stopped by force; nothing to do when it is over."""
        if self.can("interrupt"):
            if self.runner:
                self.runner.stop()
            self._turn("interrupt", error=problem_of(StepFailed(reason, transient=True), "Restoration interrupted"))

    def stepped(self, step: str) -> None:  # noqa: ARG002  # the occurrence itself tells the step that follows
        self._heard(self)

    def finished(self) -> None:
        self._turn("finish")

    def failed(self, error: StepFailed) -> None:
        self._turn("fail", error=problem_of(error, "Restoration failed"))

    def suspended(self) -> None:
        """Never happens: nobody can ask a restoration to halt."""

    def undone(self) -> None:
        """Never happens: a restoration is not undone, it is done again or from another point."""

    def _turn(self, event: str, **attributes: Any) -> None:
        with self._lock:
            self.advance(event, **attributes)
            self._heard(self)

    def _stop(self) -> None:
        for _, power in powers_offering(self.core, Interruptible):
            if not isinstance(power, RestorationPoints):
                power.interrupt(f"{self.core.name} was stopped to be restored from restoration point {self.point.id}")

    def _restore(self) -> None:
        run_version(self.core, self.point.software_version)
        for name, power in powers_offering(self.core, Restorable):
            if name in self.point.captured:
                power.restore(self.point.captured[name])
        for _, power in powers_offering(self.core, Returning):
            power.restored()


class Fallback(RestoreOperation):
    """A restoration as a fallback wants it: up but LOCKED, and reconciled with what the entity really manages."""

    def _plan(self) -> list[Step]:
        self._actual: list[Body] = []
        stop, restore, _ = super()._plan()
        start, discover = Step("start", self._come_up), Step("discover", self._discover)
        return [stop, restore, start, discover, Step("reconcile", self._reconcile)]

    def _wanted(self) -> Body:
        return {"administrativeState": "LOCKED", "differences": None}

    def _come_up(self) -> None:
        if information := self.core.power(Information):
            information.come_up_locked()

    def _discover(self) -> None:
        self._actual = discover(self.core)

    def _reconcile(self) -> None:
        self.note(differences=reconcile(self.core, self._actual))

    def finished(self) -> None:
        super().finished()
        self._tell_reconciled()

    def _tell_reconciled(self) -> None:
        information = self.core.power(Information)
        told = {
            "restoreOpOccId": self.id,
            "restorationPointId": self.point.id,
            "softwareVersion": self.core.software_version,
            "manoApplicationState": information.application_state if information else {},
            "differences": self.attribute("differences"),
        }
        announcements_of(self.core).send(RECONCILED, told, {"restoreOpOcc": f"{OCCURRENCES}/{self.id}"})


def _body(restore: RestoreOperation) -> Body:
    path = f"{ROOT}{OCCURRENCES}/{restore.id}"
    point = f"{ROOT}{POINTS}/{restore.point.id}"
    return {**restore.body(), "_links": {"self": {"href": path}, "restorationPoint": {"href": point}}}
