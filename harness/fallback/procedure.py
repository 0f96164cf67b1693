"""The fallback procedure as table 5.9.5-1 tells it, one method a row or two.

Each method is a generator: where something has to be waited for it yields a Wait, and is resumed when that is over. It
raises Impossible when the restoration point at hand does not lead anywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from harness.clients.entities import Entities, Entity
from harness.clients.errors import ClientError, Conflict, Refused
from harness.clients.http import Body
from harness.fallback.order import Order, Point

P = ParamSpec("P")
R = TypeVar("R")

SWM, CIM, TESTER = "/nfvmanoswm/v1", "/nfvmanocim/v2", "/tester/v1"
FORCEFUL_STOP: Body = {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": "FORCEFUL"}}
UNLOCK: Body = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}
FOR_TESTS = {"vcpu": 2, "memoryMiB": 4096, "storageGiB": 20}
ENDED = ("COMPLETED", "FAILED")
ATTEMPTS, DELAY = 5, 15.0
"""How often, and how many lab seconds apart, a target is told to stop that does not answer: it may be coming back."""

PATIENCE = 120.0
"""Lab seconds without news after which whoever owes them is asked."""


class Impossible(Exception):
    """The fallback cannot be completed from this restoration point; the message says why."""


@dataclass(frozen=True)
class Wait:
    """Until `over` says so, or `seconds` have passed; then `look` asks once more, and `over` has the last word.

    Without `needed` the time alone is waited for.
    """

    what: str
    over: Callable[[], bool] = lambda: False
    seconds: float = PATIENCE
    look: Callable[[], None] = lambda: None
    needed: bool = True


Steps = Generator[Wait, None, None]


@dataclass
class Heard:
    """What was told so far: each target's state, what became of restorations, and how test runs are."""

    states: dict[str, tuple[str, str]] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    reconciled: set[str] = field(default_factory=set)
    runs: dict[str, Body] = field(default_factory=dict)

    def take(self, body: Body) -> None:
        """Take a notification into account."""
        kind = body.get("notificationType")
        if kind == "ChangeStateNotification" and body.get("managedObjectRef", {}).get("type") == "MANO_ENTITY":
            name = str(body["managedObjectRef"]["objectId"])
            self.states[name] = (str(body.get("operationalState")), str(body.get("administrativeState")))
        elif kind == "StateReconciliationNotification":
            self.reconciled.add(str(body.get("restoreOpOccId")))
        elif kind == "RestoreOperationOccurrenceNotification":
            self.restored(str(body.get("restoreOpOccId")), body)
        elif kind == "TestRunNotification":
            self.runs[str(body.get("testRunId"))] = body

    def restored(self, occurrence: str, body: Body) -> None:
        """What is said of a restoration."""
        if body.get("operationState") == "FAILED":
            self.failures[occurrence] = str((body.get("error") or {}).get("detail", "no reason given"))
        if body.get("operationState") == "COMPLETED" and body.get("differences") is not None:
            self.reconciled.add(occurrence)


class Procedure:
    """One fallback from one restoration point."""

    def __init__(self, order: Order, point: Point, entities: Entities, callback: str, heard: Heard) -> None:
        self.order = order
        self.point = point
        self.targets: list[str] = []
        self.row = "begin"
        self.heard = heard
        self._entities = entities
        self._callback = callback
        self._restorations: dict[str, str] = {}
        self._subscriptions: list[tuple[str, str, str]] = []
        self._reservation = ""

    def run(self) -> Steps:
        """Everything, from the look at the restoration point to the tester's verdict."""
        try:
            self.find_targets()
            yield from self.stop()
            yield from self.restore()
            yield from self.reconcile()
            yield from self.unlock()
            yield from self.test()
        finally:
            self.tidy_up()

    def find_targets(self) -> None:
        """Every entity whose state the point contains falls back (table 5.9.3-1, row 1); each must have its part."""
        point = self.ask(self.at(self.point.at).software_modification.restoration_point, self.point.id)
        self.targets = [str(name) for name in point.get("scope") or [self.point.at]]
        for target in self.targets:
            self.ask(self.at(target).software_modification.restoration_point, self.point.id)
            self.listen(target, SWM)
            self.listen(target, CIM)

    def stop(self) -> Steps:
        """Row 1: all of them, by force, before anything is restored."""
        self.row = "1"
        for target in self.targets:
            yield from self._stop_patiently(target)
        yield self.until("STOPPED", None)

    def restore(self) -> Steps:
        """Rows 2 and 3: the state of the point comes back, and everybody comes up locked."""
        self.row = "2"
        for target in self.targets:
            restore = self.at(target).software_modification.restore
            self._restorations[target] = self.ask(restore, self.point.id, {"administrativeState": "LOCKED"})
        yield from ()

    def reconcile(self) -> Steps:
        """Rows 4 and 5: each target discovers what it really manages, and says when its state fits that."""
        self.row = "5"
        mine = self._restorations

        def over() -> bool:
            return bool(self._failures()) or set(mine.values()) <= self.heard.reconciled

        def look() -> None:
            for target, occurrence in mine.items():
                found = self.ask(self.at(target).software_modification.restoration, occurrence)
                self.heard.restored(occurrence, found)

        yield Wait(f"the reconciliation of {', '.join(mine)}", over, look=look)
        if failures := self._failures():
            raise Impossible("; ".join(failures))

    def unlock(self) -> Steps:
        """Row 6."""
        self.row = "6"
        for target in self.targets:
            self.heard.states.pop(target, None)
            self.ask(self.at(target).information.change_state, UNLOCK)
        yield self.until("STARTED", "UNLOCKED")

    def test(self) -> Steps:
        """Rows 7 and 8: every suite, for the targets and for every other entity, on resources set aside for it."""
        self.row = "7"
        self.listen(self.order.tester, TESTER)
        reserve = self.at(self.order.provider).resources.reserve
        self._reservation = self.ask(reserve, "TESTING", dict(FOR_TESTS))
        # One after the other: the resources are for one run at a time.
        for request in self.test_requests():
            run = self.ask(self.at(self.order.tester).tester.run, request)
            yield from self.await_verdict(run, request["target"])

    def await_verdict(self, run: str, tested: str) -> Steps:
        """Row 8: the tester says how a run ended; anything but a PASS for all is no success."""
        self.row = "8"
        runs = self.heard.runs

        def look() -> None:
            runs[run] = self.ask(self.at(self.order.tester).tester.get, run)

        yield Wait(f"the tests of {tested}", lambda: runs.get(run, {}).get("state") in ENDED, look=look)
        found = runs[run]
        if (found.get("state"), found.get("verdict")) != ("COMPLETED", "PASS"):
            bad = [str(one.get("name")) for one in found.get("suites", []) if one.get("verdict") != "PASS"]
            raise Impossible(f"the tests of {tested} were not passed ({', '.join(bad) or found.get('state')})")

    def test_requests(self) -> Iterable[Body]:
        """The test runs: the targets first, then the rest of NFV-MANO; each with all its suites and all who use it."""
        tester = self.at(self.order.tester).tester
        for name in dict.fromkeys([*self.targets, *self.order.verified]):
            version = str(self.ask(self.at(name).information.mano_entity).get("softwareVersion"))
            suites = self.ask(tester.suites, name, version)
            if not suites:
                raise Impossible(f"{self.order.tester} has no test suites for {name} in version {version}")
            yield {
                "target": name,
                "softwareVersion": version,
                "suites": suites,
                "resources": [{"provider": self.order.provider, "reservationId": self._reservation}],
                "impacted": list(self.order.verified.get(name, ())),
            }

    def tidy_up(self) -> None:
        """Give the resources back and end the subscriptions, as far as that can be done."""
        try:
            if self._reservation:
                self._entities[self.order.provider].resources.release(self._reservation)
        except ClientError:
            pass  # who does not answer has forgotten it, or will be asked by a person
        for actor, api, made in self._subscriptions:
            try:
                self._entities[actor].subscriptions.unsubscribe(api, made)
            except ClientError:
                continue

    # How it is done

    def at(self, name: str) -> Entity:
        """An actor; Impossible when nobody is called so."""
        try:
            return self._entities[name]
        except ClientError as error:
            raise Impossible(str(error)) from None

    def ask(self, call: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """What somebody answers; an error of any kind makes this restoration point impossible."""
        try:
            return call(*args, **kwargs)
        except ClientError as error:
            raise Impossible(str(error)) from None

    def listen(self, actor: str, api: str) -> None:
        """Subscribe to an API of an actor until the end."""
        made = self.ask(self.at(actor).subscriptions.subscribe, api, self._callback)
        self._subscriptions.append((actor, api, made))

    def until(self, operational: str, administrative: str | None) -> Wait:
        """Wait for all targets to be in this state."""

        def there(target: str) -> bool:
            found = self.heard.states.get(target, ("", ""))
            return found[0] == operational and administrative in (None, found[1])

        def look() -> None:
            for target in self.targets:
                self.look_at_state(target)

        wanted = "_".join(filter(None, (operational, administrative)))
        return Wait(f"{', '.join(self.targets)} to be {wanted}", lambda: all(map(there, self.targets)), look=look)

    def look_at_state(self, target: str) -> None:
        """Ask a target for the state of its application."""
        state = self.ask(self.at(target).information.mano_entity).get("manoApplicationState", {})
        self.heard.states[target] = (str(state.get("operationalState")), str(state.get("administrativeState")))

    def stop_request(self) -> Body:
        """The change of state that row 1 asks for."""
        return FORCEFUL_STOP

    def _stop_patiently(self, target: str) -> Steps:
        for attempt in range(1, ATTEMPTS + 1):
            self.heard.states.pop(target, None)
            try:
                self.at(target).information.change_state(self.stop_request())
            except Conflict as error:
                # It may be stopped already, by whatever went wrong before.
                self.look_at_state(target)
                if self.heard.states[target][0] != "STOPPED":
                    raise Impossible(f"{target} cannot be stopped: {error}") from None
            except ClientError as error:
                if isinstance(error, Refused) or attempt == ATTEMPTS:
                    raise Impossible(f"{target} cannot be stopped: {error}") from None
                yield Wait(f"{target} to answer", seconds=DELAY, needed=False)
                continue
            return

    def _failures(self) -> list[str]:
        found = self.heard.failures
        return [f"{target}: {found[one]}" for target, one in self._restorations.items() if one in found]
