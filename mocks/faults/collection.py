"""The faults and holds of one actor: where, when and how often they strike, and how they heal."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from mocks.entities.errors import Conflict, NotFound, StepFailed
from mocks.entities.ports import Clock, Task
from mocks.faults.armed import Armed
from mocks.faults.effects import LATE, PLAYED, Condition, NoAnswer, Passing
from mocks.faults.holds import Holds
from mocks.faults.journal import Journal
from mocks.faults.spec import load

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


NO_ROOM = "no space left to keep the state; make room and ask again"


class Faults:
    """Everything that may go wrong at one actor, each event of it written to the journal.

    `incarnation` counts the actor's lives: it grows with each crash and each fresh lab. May be used from any thread.
    """

    def __init__(self, clock: Clock, journal: Journal) -> None:
        self._clock = clock
        self._journal = journal
        self._lock = threading.RLock()
        self._given = 0
        self._armed: dict[str, Armed] = {}
        self._holds = Holds()
        self._starting = False
        self.incarnation = 0
        self.on_start: Task = lambda: None
        """Runs once a crashed actor is started again, before it answers anybody."""
        self.no_room: Callable[[], bool] = lambda: False
        """Whether there is really no room to keep the state, fault or not."""

    @property
    def dead(self) -> bool:
        """Whether the actor is crashed and not yet started again."""
        return self._afflicted("dead") is not None

    @property
    def cut(self) -> bool:
        """Whether the actor is out of everybody's reach."""
        return self._afflicted("cut") is not None

    @property
    def full(self) -> bool:
        """Whether nothing can be kept of what would change the actor's state."""
        return self._afflicted("full") is not None or self.no_room()

    @property
    def skew(self) -> float:
        """By how many lab seconds the actor's clock is fast."""
        if not self._armed:
            return 0.0
        with self._lock:
            return math.fsum(armed.data["seconds"] for armed in self._armed.values() if armed.condition == "skewed")

    def lag(self) -> float:
        """By how many lab seconds the message is late that passes now; infinitely: it never gets there."""
        if not self._armed:
            return 0.0
        with self._lock:
            return sum(armed.lag() for armed in self._armed.values() if armed.condition == "late")

    def put_off(self, task: Task) -> bool:
        """Keep the task until the actor moves again; False when it does not stand still."""
        if not self._armed:
            return False
        with self._lock:
            still = self._afflicted("still")
            if still:
                still.parked.append(task)
            return still is not None

    def arm(self, raw: object) -> str:
        """Arm a fault from its specification and return its id; raises SpecError with every problem at once."""
        spec = load(raw)
        with self._lock:
            armed = Armed(self._new_id("fault"), spec)
            self._armed[armed.id] = armed
            self._journal.fault(armed.name, "armed", armed.facts())
            if not spec.where():
                self._strike(armed, {})
            return armed.id

    def list(self) -> list[dict[str, Any]]:
        with self._lock:
            return [
                {"fault": armed.name, **armed.facts(), "state": armed.state, "struck": armed.struck}
                for armed in self._armed.values()
            ]

    def heal(self, id: str, by: str = "manually") -> None:
        """End a fault; raises NotFound, or Conflict for one that never heals."""
        with self._lock:
            armed = self._armed.get(id)
            if armed is None:
                raise NotFound(f"no fault {id} (armed now: {', '.join(self._armed) or 'none'})")
            if not armed.spec.heals:
                raise Conflict(f"{id} ({armed.name}) never heals; reset the actor to end it")
        self._heal(armed, by)

    def hold(self, point: str) -> str:
        """Let work wait at the point until it is released; returns the hold's id."""
        with self._lock:
            return self._holds.add(self._new_id("hold"), point)

    def release(self, id: str) -> None:
        """End a hold; what waited at it goes on, after the present request."""
        with self._lock:
            hold = self._holds.take(id)
            for point, go_on in hold.parked:
                self._journal.lab("released", {"id": id, "point": point})
                self._clock.call_later(0, go_on)

    def clear(self) -> None:
        """No faults and no holds, for a fresh lab; what waited is forgotten."""
        with self._lock:
            for armed in self._armed.values():
                if armed.healing:
                    armed.healing.cancel()
            self._armed.clear()
            self._holds.clear()
            self._given = 0
            self.incarnation += 1

    def lose_work(self) -> None:
        """Begin another life: nothing that was under way in the one before goes on."""
        with self._lock:
            self.incarnation += 1
            self._holds.lose_parked()
            for armed in self._armed.values():
                armed.parked.clear()

    def kept(self) -> dict[str, Any]:
        """The faults and holds as JSON, for a process that takes over from this one; what waits at them is lost."""
        with self._lock:
            return {
                "given": self._given,
                "faults": [armed.kept() for armed in self._armed.values()],
                "holds": self._holds.kept(),
            }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Take over what `kept` told, without a word in the journal: nothing of it is new."""
        with self._lock:
            self._given = kept["given"]
            for one in kept["faults"]:
                armed = self._armed[one["id"]] = Armed.revived(one)
                # who is dead cannot heal himself
                if armed.heals_at is not None and armed.condition != "dead":
                    left = armed.heals_at - self._clock.now()
                    armed.healing = self._clock.call_later(left, partial(self._heal, armed, "time"))
            for hold, point in kept["holds"].items():
                self._holds.add(hold, point)

    def answer(self, app: WSGIApplication, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request as the faults will have it; raises NoAnswer when there is none."""
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        if not self._armed and not self._starting:  # nearly always
            environ[LATE] = 0.0
            return app(environ, start_response)
        with self._lock:
            if self.dead or self._starting:
                raise NoAnswer("refused")
            if self.cut or self._afflicted("still"):
                raise NoAnswer("hang")
            late = self.lag()
            if late == math.inf:
                raise NoAnswer("hang")
            matching = [a for a in self._armed.values() if a.spec.request and a.spec.request.matches(method, path)]
            armed = self._first_due(matching, {"request": f"{method} {path}"})
        environ[LATE] = late
        if armed is None or armed.spec.fault.at_request is None:
            return app(environ, start_response)
        return armed.spec.fault.at_request(armed.data, app, environ, start_response)

    def enter(self, point: str, proceed: Task, fail: Callable[[Exception], None]) -> None:
        """Bring work to a point: first its holds, then its faults, then on."""
        with self._lock:
            if self.dead or self.put_off(partial(self.enter, point, proceed, fail)):
                return
            hold = self._holds.at(point)
            if hold:
                hold.parked.append((point, partial(self._pass, point, proceed, fail)))
                self._journal.lab("held", {"id": hold.id, "point": point})
                return
        self._pass(point, proceed, fail)

    def _pass(self, point: str, proceed: Task, fail: Callable[[Exception], None]) -> None:
        with self._lock:
            if self.dead or self.put_off(partial(self._pass, point, proceed, fail)):
                return
            matching = [a for a in self._armed.values() if a.spec.point and a.spec.point.matches(point)]
            armed = self._first_due(matching, {"point": point})
        go_on = partial(self._go_on, proceed, fail)
        if armed is None or armed.spec.fault.at_point is None:
            go_on()
        else:
            armed.spec.fault.at_point(armed.data, Passing(point, go_on, fail, armed.parked.append))

    def _go_on(self, proceed: Task, fail: Callable[[Exception], None]) -> None:
        if self.full:
            fail(StepFailed(NO_ROOM, transient=True))
        else:
            proceed()

    def _afflicted(self, condition: Condition) -> Armed | None:
        if not self._armed:  # nearly always, and asked at each request
            return None
        with self._lock:
            return next((armed for armed in self._armed.values() if armed.condition == condition), None)

    def _new_id(self, kind: str) -> str:
        self._given += 1
        return f"{kind}-{self._given}"

    def _first_due(self, matching: Iterable[Armed], where: dict[str, str]) -> Armed | None:
        due = [armed for armed in matching if armed.meets()]
        if not due:
            return None
        self._strike(due[0], where)
        return due[0]

    def _strike(self, armed: Armed, where: dict[str, str]) -> None:
        armed.struck += 1
        way = self._journal.fault(armed.name, "struck", {"id": armed.id, **where})
        if armed.spec.fault.physical and armed.condition:
            armed.elsewhere = way is not None
            self._journal.lab("afflicted", {"id": armed.id, "by": armed.name, "way": way or PLAYED})
        if armed.spec.heals_after is not None and armed.healing is None:
            armed.heals_at = self._clock.now() + armed.spec.heals_after
            armed.healing = self._clock.call_later(armed.spec.heals_after, partial(self._heal, armed, "time"))
        if armed.condition == "dead":
            self.lose_work()

    def _heal(self, armed: Armed, by: str) -> None:
        with self._lock:
            if self._armed.pop(armed.id, None) is None:
                return
            if armed.healing:
                armed.healing.cancel()
            starts = armed.condition == "dead" and not self.dead
            self._starting = self._starting or starts
        if starts:
            self.on_start()
        with self._lock:
            self._starting = self._starting and not starts
            self._journal.fault(armed.name, "healed", {"id": armed.id, "by": by})
            for go_on in armed.parked:
                self._clock.call_later(0, go_on)
