"""The Software Modification Manager: its processes, its subscribers, and its journals."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from harness.clients.entities import Endpoint, Entities
from harness.clients.errors import ClientError
from harness.clients.http import Body
from harness.problems import unknown
from harness.smm import policy
from harness.smm.decide import Decide
from harness.smm.engine import Process, World
from harness.smm.journal import PROCESS, Entry, Journal, Store
from harness.smm.operations import Launch, Operation
from harness.smm.plans import Plan, PlanError, builtin, parse
from harness.smm.policy import OperatorPolicy, PolicyError
from harness.smm.view import notification, state, timestamp
from harness.sut.surroundings import Surroundings

NAMES = ("target", "resourceProvider", "tester", "fallbackManager")
WORLD, SUBSCRIPTION = "world", "subscription"
"""What is kept beside the journals."""


class LaunchError(ValueError):
    """A process that cannot be launched as asked; `problems` lists every reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Subscription:
    """Who hears of the processes; with states, only of what happens in these states of a process."""

    id: str
    callback_uri: str
    states: tuple[str, ...] = ()

    def wants(self, state: str) -> bool:
        return not self.states or state in self.states


class Smm:
    """Holds processes by id; every request is noted here and acted on in the clock's tasks."""

    def __init__(self, surroundings: Surroundings, operations: Mapping[str, Operation], decide: Decide) -> None:
        self._own = surroundings.own_url.rstrip("/")
        self._clock = surroundings.clock
        self._entities = Entities(surroundings.session, surroundings.inventory, surroundings.clock)
        self._store = Store(surroundings.folder) if surroundings.folder is not None else None
        self._lock = threading.Lock()
        self._numbers = 0
        self.processes: dict[str, Process] = {}
        self.subscriptions: dict[str, Subscription] = {}
        self._world = World(
            surroundings.name, self._entities, surroundings.clock, operations, decide, self._taken, self._tell
        )

    def pick_up(self) -> None:
        """Take over every process that the journals in the folder know, and go on with those that have not ended.

        Raises ClientError when the SMM knew how to get a token, and none comes.
        """
        self._recall()
        for journal in self._store.journals() if self._store else ():
            first = journal.entries[0].detail
            process = self._process(journal, parse(first["plan"]), first["request"])
            self.processes[journal.process] = process
            self._numbers = max(self._numbers, int(first["number"]))
            if not process.now.ended:
                self._clock.call_later(0, process.pick_up)

    def _recall(self) -> None:
        """Know again who is around and who listens."""
        if self._store is None:
            return
        for known in self._store.kept(WORLD).values():
            self._take({name: Endpoint(**one) for name, one in known["actors"].items()}, known["authorization"])
        for kept, one in self._store.kept(SUBSCRIPTION).items():
            self.subscriptions[kept] = Subscription(kept, one["callback"], tuple(one["states"]))
            self._numbers = max(self._numbers, int(one["number"]))

    @property
    def inventory(self) -> Mapping[str, Endpoint]:
        """The actors around, by name."""
        return self._entities.inventory

    def introduce(self, inventory: Mapping[str, Endpoint], authorization: Mapping[str, str] | None) -> None:
        """Take other actors for the world around; raises ClientError when no token comes, and then keeps the old."""
        self._take(inventory, authorization)
        if self._store:
            actors = {name: asdict(one) for name, one in inventory.items()}
            self._store.keep(WORLD, WORLD, {"actors": actors, "authorization": dict(authorization or {})})

    def _take(self, inventory: Mapping[str, Endpoint], authorization: Mapping[str, str] | None) -> None:
        if authorization:
            given = (authorization[name] for name in ("tokenEndpoint", "clientId", "clientSecret"))
            self._entities.identify(*given)
        self._entities.replace(inventory)

    def launch(self, request: Body) -> Process:
        """Note a new process and begin it in the clock's next task; raises LaunchError with every problem."""
        problems: list[str] = []
        plan = self._plan(request, problems)
        try:
            policy.parse(request.get("policy", {}))
        except PolicyError as error:
            problems += error.problems
        actors = [(key, request[key]) for key in NAMES if key in request]
        actors += [("impacted", name) for name in request["impacted"]]
        known = self._entities.names
        problems += [f"{key}: {unknown('actor', name, known)}" for key, name in actors if name not in known]
        if problems or plan is None:
            raise LaunchError(problems)
        with self._lock:
            self._numbers += 1
            number = self._numbers
        process_id = self._id("processes", number)
        kept = {key: value for key, value in request.items() if key not in ("plan", "planId")}
        journal = Journal(process_id, store=self._store)
        detail = {"number": number, "request": kept, "plan": plan.source}
        journal.append(Entry(PROCESS, None, "launched", self._clock.now(), detail))
        process = self.processes[process_id] = self._process(journal, plan, kept)
        self._tell(process, journal.entries[0])
        self._clock.call_later(0, process.advance)
        return process

    def listens(self, id: str) -> bool:
        """Whether there is such a process."""
        return id in self.processes

    def notified(self, id: str, body: Body) -> bool:
        """Take a notification for a process; False when there is no such process."""
        process = self.processes.get(id)
        if process is None:
            return False
        self._clock.call_later(0, lambda: process.notified(body))
        return True

    def subscribe(self, callback_uri: str, states: Iterable[str] = ()) -> tuple[Subscription, bool]:
        """Make a subscription or find the equal one; raises ClientError when the callback does not answer a GET."""
        wanted = tuple(states)
        for existing in self.subscriptions.values():
            if (existing.callback_uri, existing.states) == (callback_uri, wanted):
                return existing, False
        self._entities.at(callback_uri).get("")
        with self._lock:
            self._numbers += 1
            number = self._numbers
        made = Subscription(self._id("subscriptions", number), callback_uri, wanted)
        if self._store:
            kept = {"callback": callback_uri, "states": list(wanted), "number": number}
            self._store.keep(SUBSCRIPTION, made.id, kept)
        self.subscriptions[made.id] = made
        return made, True

    def unsubscribe(self, id: str) -> bool:
        """Tell this subscriber no more; False when there is none."""
        if self._store:
            self._store.drop(SUBSCRIPTION, id)
        return self.subscriptions.pop(id, None) is not None

    def close(self) -> None:
        """Let go of the journal's file."""
        if self._store is not None:
            self._store.close()

    def _plan(self, request: Body, problems: list[str]) -> Plan | None:
        try:
            if "plan" in request:
                return parse(request["plan"])
            name, plans = str(request.get("planId")), builtin()
            if name in plans:
                return plans[name]
            problems.append(f"planId: {unknown('plan', name, plans)}")
        except PlanError as error:
            problems += [f"plan: {problem}" for problem in error.problems]
        return None

    def _process(self, journal: Journal, plan: Plan, request: Mapping[str, Any]) -> Process:
        launch = Launch(
            id=journal.process,
            target=request["target"],
            destination=request["destinationSoftwareVersion"],
            provider=request["resourceProvider"],
            tester=request["tester"],
            impacted=tuple(request["impacted"]),
            policy=policy.parse(request["policy"]) if "policy" in request else OperatorPolicy(),
            restoration_point=request.get("restorationPointId"),
            callback=f"{self._own}/callbacks/{journal.process}",
            parameters=request.get("parameters", {}),
            destination_actor=request.get("destination") or "",
            fallback_manager=request.get("fallbackManager"),
        )
        return Process(launch, plan, journal, self._world)

    def _id(self, kind: str, number: int) -> str:
        # The same SMM asked the same things gives the same ids, so that runs can be compared.
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self._own}/smm/v1/{kind}/{number}"))

    def _taken(self) -> set[str]:
        entries = (entry for process in list(self.processes.values()) for entry in list(process.journal.entries))
        return set(_strings(entry.detail for entry in entries if entry.event == "done"))

    def _tell(self, process: Process, entry: Entry) -> None:
        if not self.subscriptions:
            return
        now = process.now
        present = state(now)
        wanting = [one for one in list(self.subscriptions.values()) if one.wants(present)]
        if not wanting:
            return
        body = notification(process.launch, entry, now)
        at, number = timestamp(entry.at), len(process.journal.entries)
        for subscription in wanting:
            told: Body = {
                "id": str(uuid.uuid5(uuid.UUID(subscription.id), f"{process.launch.id}/{number}")),
                "notificationType": "SoftwareModificationProcessNotification",
                "timeStamp": at,
                "subscriptionId": subscription.id,
                **body,
            }
            self._clock.call_later(0, lambda to=subscription.callback_uri, told=told: self._deliver(to, told))  # type: ignore[misc]

    def _deliver(self, callback_uri: str, told: Body) -> None:
        try:
            self._entities.at(callback_uri).post("", told)
        except ClientError:
            # What becomes of a notification is the receiver's affair; the process can be queried.
            return


def _strings(details: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    return (value for detail in details for value in detail.values() if isinstance(value, str))
