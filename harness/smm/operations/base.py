"""What an abstract operation is, what it gets, and what can become of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, TypeGuard

from harness.clients.entities import Entities, Entity
from harness.clients.http import Body
from harness.smm.plans.model import OF_ITEM, Step
from harness.smm.policy import OperatorPolicy
from harness.smm.progress import Arrival, Progress

Facts = dict[str, Any]


@dataclass(frozen=True)
class Done:
    """It is done; `facts` go into the journal for later steps, `arrivals` are operations learned of on the way."""

    facts: Facts = field(default_factory=dict)
    arrivals: tuple[Arrival, ...] = ()


@dataclass(frozen=True)
class Failed:
    """It is not done.

    `kind` is one of transient, refused, unknown (nobody can say what state the entity is in), failed, not-passed,
    rolled-back-retry-possible, rolled-back, undone (as it was asked to); the plan says what follows each.
    """

    kind: str
    reason: str
    retry_after: float | None = None


@dataclass(frozen=True)
class Waiting:
    """It is under way; a notification tells the end. After `timeout` lab seconds without, the entity is asked.

    `assistance` says what the entity needs that halted by itself (table 5.7.1.6-1, row 4).
    """

    timeout: float
    assistance: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Absent:
    """Looked up: the entity knows nothing of it, so doing it again cannot do it twice."""


Outcome = Done | Failed | Waiting


@dataclass(frozen=True)
class Launch:
    """What a process was launched with; `policy` is what the operator prefers, `parameters` what one plan knows."""

    id: str
    target: str
    destination: str
    provider: str
    tester: str
    impacted: tuple[str, ...]
    policy: OperatorPolicy
    restoration_point: str | None
    callback: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    destination_actor: str = ""
    """Where the instance is, or is to be, that takes the place of the target; empty where none does."""
    fallback_manager: str | None = None

    def seen_from(self, item: object) -> Launch:
        """As it is for one of two targets, where a step is repeated for each (GR clause 5.4.2)."""
        if not is_member(item):
            return self
        return replace(
            self,
            target=item["target"],
            destination=item["destinationSoftwareVersion"],
            destination_actor=item["destination"],
            impacted=tuple(item["impacted"]),
            restoration_point=item.get("restorationPointId"),
        )


def is_member(item: object) -> TypeGuard[Mapping[str, Any]]:
    """Whether what a step is repeated for is a target, with the instance that takes its place."""
    return isinstance(item, Mapping) and item.keys() >= {"target", "destination"}


@dataclass(frozen=True)
class Context:
    """All that one operation may use: the process, its step, what other steps found, the actors.

    `notified` is the latest notification about each occurrence or test run; `memory` lasts while the step is under
    way; `taken` gives every identifier that any process of this SMM knows of.
    """

    launch: Launch
    step: Step
    now: Progress
    entities: Entities
    notified: Mapping[str, Body]
    name: str
    memory: Facts
    taken: Callable[[], set[str]]

    @property
    def target(self) -> Entity:
        return self.entities[self.launch.target]

    @property
    def at(self) -> str:
        """The actor that the step is about, by its parameter `at`: the source (the target) or the destination."""
        return self.launch.destination_actor if self.parameter("at") == "destination" else self.launch.target

    @property
    def other(self) -> str:
        """The other one of the two."""
        return self.launch.target if self.parameter("at") == "destination" else self.launch.destination_actor

    @property
    def instance(self) -> Entity:
        return self.entities[self.at]

    @property
    def holder(self) -> Entity:
        """The instance that has the operational state now: the target, until it was handed over."""
        return self.entities[self.find("state") or self.launch.target]

    @property
    def provider(self) -> Entity:
        return self.entities[self.launch.provider]

    @property
    def tester(self) -> Entity:
        return self.entities[self.launch.tester]

    @property
    def arrival(self) -> Arrival:
        """The operation that a step beside the main line is about."""
        return self.now.arrivals[self.step.id.partition("/")[2]]

    @property
    def earlier(self) -> list[Mapping[str, Any]]:
        """What this step found each time it was done."""
        return self.now.done.get(self.step.id, [])

    def parameter(self, name: str, default: Any = None) -> Any:
        return self.step.parameters.get(name, default)

    def setting(self, name: str, default: Any = None) -> Any:
        """What the process was launched with under this name, else the plan's parameter."""
        return self.launch.parameters.get(name, self.parameter(name, default))

    def fact(self, step: str) -> Mapping[str, Any]:
        """What another step found; in a track beside the main line, the step of the same track.

        In a repetition, the step for the same item.
        """
        _, slash, arrival = self.step.id.partition("/")
        _, repeated, number = self.step.id.partition(OF_ITEM)
        if repeated and (found := self.now.fact(f"{step}{OF_ITEM}{number}")):
            return found
        return (slash and self.now.fact(f"{step}/{arrival}")) or self.now.fact(step)

    def find(self, key: str) -> Any:
        """The latest value that any step found under this key, or None; nothing of the other of two targets."""
        mine = self.step.id.partition(OF_ITEM)[2] if is_member(self.step.item) else ""
        for name, details in reversed(self.now.done.items()):
            if details and key in details[-1] and (not mine or name.partition(OF_ITEM)[2] in ("", mine)):
                return details[-1][key]
        return None

    @property
    def partners(self) -> list[str]:
        """Of two targets that are modified together, the instance of the other one in the same version."""
        if not is_member(self.step.item):
            return []
        return [self.step.item["partner"]["destination" if self.parameter("at") == "destination" else "source"]]

    def version(self) -> str:
        """The software version that the step's parameter `version` means."""
        if self.parameter("version") == "destination":
            return self.launch.destination
        return str(self.find("sourceSoftwareVersion"))

    def occurrences(self) -> Iterator[str]:
        """The software modification occurrences of the steps that parameter `of` names, oldest first."""
        of = self.parameter("of", [])
        for name in of if isinstance(of, list) else [of]:
            for found in self._found_by(name):
                yield str(found["softwareModificationOpOccId"])

    def _found_by(self, name: str) -> list[Mapping[str, Any]]:
        """What a step found each time it was done: in a repetition for the same item, else for every item."""
        _, repeated, number = self.step.id.partition(OF_ITEM)
        if mine := self.now.done.get(f"{name}{OF_ITEM}{number}" if repeated else name):
            return mine
        every = self.now.done.items()
        return [found for step, details in every if step.partition(OF_ITEM)[0] == name for found in details]

    def reserved(self) -> list[Body]:
        """The reservations of the steps that parameter `resources` names, as a request indicates them."""
        found = [self.fact(name) for name in self.parameter("resources", [])]
        return [{"provider": fact["provider"], "reservationId": fact["reservationId"]} for fact in found if fact]


class Operation:
    """One abstract operation. Stateless: everything it needs is in the context, everything it learns in its outcome.

    Client errors need no handling here: the loop makes failures of them, and looks up what it cannot know.
    """

    references: ClassVar[tuple[str, ...]] = ()
    """The parameters whose values are ids of steps."""

    def do(self, context: Context) -> Outcome:
        """Do it."""
        raise NotImplementedError

    def look_up(self, context: Context) -> Outcome | Absent:
        """Ask the entity what became of it: after a lost answer, a time-out, or the death of the SMM."""
        if context.step.idempotent:
            return Absent()
        return Failed("unknown", f"nobody can say whether {context.step.operation} was carried out")

    def status(self, context: Context) -> Body | None:  # noqa: ARG002 - most have nobody at work for them
        """Ask whoever is at work how far that is, for a manager who wants to know; None when nobody is."""
        return None

    def hear(self, context: Context, notification: Body) -> Outcome | None:  # noqa: ARG002 - most have nothing to hear
        """Judge a notification that came while the step is under way; None when it says nothing about it."""
        return None


def sole(found: list[str], what: str) -> str | Failed | None:
    """The only one of what a look-up found, None for none; Failed when more than one may be it."""
    if len(found) > 1:
        return Failed("unknown", f"{len(found)} {what} could be the one that was asked for: {', '.join(found)}")
    return found[0] if found else None
