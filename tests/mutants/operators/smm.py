"""The reference SMM with one row of its plan done wrong: the operators on the side of the SMM."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from harness.clients.entities import Entity
from harness.clients.errors import ClientError
from harness.clients.http import Body
from harness.smm import OPERATIONS, Subject
from harness.smm.decide import Action, Decide, End, Wait, decide
from harness.smm.engine import Process
from harness.smm.journal import Entry, Journal
from harness.smm.manager import Smm
from harness.smm.operations import Absent, Context, Done, Failed, Operation, Outcome
from harness.smm.plans import Plan
from harness.smm.reading import progress
from harness.smm.view import notification, timestamp
from harness.sut.surroundings import Surroundings
from tests.mutants.operators.north import Evasive, North

NEWS = "SoftwareModificationProcessNotification"
TIMES = {"leave-out": 0, "twice": 2}
"""How often a notice is sent, where that is not once."""

SECOND = 2
"""The try that is one again."""

Ask = Callable[[], Outcome | Absent | None]


@dataclass
class Trace:
    """What an SMM that is right came to in one scenario: its plan, and how its steps ended."""

    plan: str = ""
    done: dict[str, Done] = field(default_factory=dict)
    failed: set[str] = field(default_factory=set)
    undone: set[str] = field(default_factory=set)


@dataclass
class Lie:
    """What is wrong with an SMM, and whether that came into play.

    `steps` are the ids of steps done wrong, `undo` says that it is the taking down of what they made,
    `again` that it is what is done once more after a failure; `facts` is what
    each step would have found, `repeats`
    names what finds the items of a repetition and where, `others` who is addressed in the place of whom;
    `north` is what it does wrong to its manager.
    """

    operator: str = ""
    steps: frozenset[str] = frozenset()
    undo: bool = False
    again: bool = False
    facts: Mapping[str, Done] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    first: frozenset[str] = frozenset()
    repeats: Mapping[str, str] = field(default_factory=dict)
    change: Callable[[Plan], Plan] = lambda plan: plan
    deciding: Decide = decide
    launches: str = ""
    north: North | None = None
    acted: bool = False

    def subject(self, surroundings: Surroundings) -> Subject:
        """The SMM that tells this lie."""
        wrapped = {name: Wrong(operation, name, self) for name, operation in OPERATIONS.items()}
        return Subject(Liar(surroundings, wrapped, self.decides, self))

    def decides(self, plan: Plan, journal: Journal) -> Action:
        return self.deciding(plan, journal)


class Liar(Smm):
    """An SMM that goes by another plan than it was told to, or launches other processes."""

    def __init__(
        self, surroundings: Surroundings, operations: Mapping[str, Operation], deciding: Decide, lie: Lie
    ) -> None:
        super().__init__(surroundings, operations, deciding)
        self._lie = lie

    def launch(self, request: Body) -> Process:
        if self._lie.launches:
            self._lie.acted = True
        if self._lie.launches == "wrong-actor":
            request = {**request, "target": self._lie.others[request["target"]]}
        elif self._lie.launches == "twice":
            super().launch(request)
        return super().launch(request)

    def _plan(self, request: Body, problems: list[str]) -> Plan | None:
        plan = super()._plan(request, problems)
        return plan and self._lie.change(plan)

    def _process(self, journal: Journal, plan: Plan, request: Mapping[str, Any]) -> Process:
        made = super()._process(journal, plan, request)
        north = self._lie.north
        return made if north is None else Evasive(made.launch, made.plan, made.journal, self._world, north, self._acts)

    def _tell(self, process: Process, entry: Entry) -> None:
        north = self._lie.north
        if north and north.is_early(entry.event, process.plan.named(entry.step.partition("/")[0])):
            self._tell_ahead(process, entry, north.which)
        super()._tell(process, entry)

    def _tell_ahead(self, process: Process, entry: Entry, state: str) -> None:
        """What a subscriber will be told once the process is in this state."""
        body = {**notification(process.launch, entry, process.now), "state": state, "timeStamp": timestamp(entry.at)}
        for one in self.subscriptions.values():
            if one.wants(state):
                named = {"id": one.id, "subscriptionId": one.id, "notificationType": NEWS}
                self._acts()
                told = partial(self._deliver, one.callback_uri, {**body, **named})
                self._clock.call_later(0, told)

    def _deliver(self, callback_uri: str, told: Body) -> None:
        north = self._lie.north
        if north is None or north.what != "notice" or told["state"] != north.which:
            super()._deliver(callback_uri, told)
            return
        if north.operator != "too-early":
            self._acts()
        if north.operator == "wrong-actor":
            other = self._entities[next(iter(self._lie.others))].http.url
            callback_uri = other + urlsplit(callback_uri).path
        for _ in range(TIMES.get(north.operator, 1)):
            super()._deliver(callback_uri, told)

    def _acts(self) -> None:
        self._lie.acted = True


class Wrong(Operation):
    """An operation that is done as the lie says where it is done for one of the lie's steps."""

    def __init__(self, operation: Operation, name: str, lie: Lie) -> None:
        self._operation = operation
        self._name = name
        self._lie = lie
        self.references = operation.references  # type: ignore[misc]

    def do(self, context: Context) -> Outcome:
        lie, step = self._lie, _id(context)
        if step in lie.first:
            self._take_down(context)
        if not self._concerned(context):
            return self._other_items(context, self._operation.do(context))
        if lie.operator == "reports-without-doing":
            lie.acted = True
            return lie.facts.get(step, Done())
        found = self._asked(context, lambda: self._operation.do(self._astray(context)))
        if lie.operator == "twice" and not isinstance(found, Failed):
            self._again(context)
        return found  # type: ignore[return-value]

    def look_up(self, context: Context) -> Outcome | Absent:
        found = self._asked(context, lambda: self._operation.look_up(self._astray(context)))
        return found if found is not None else Absent()

    def hear(self, context: Context, notification: Body) -> Outcome | None:
        return self._asked(context, lambda: self._operation.hear(context, notification))  # type: ignore[return-value]

    def _asked(self, context: Context, ask: Ask) -> Outcome | Absent | None:
        """What comes of it; a failure is none where the lie is to go on."""
        lie = self._lie
        if lie.operator != "goes-on-after-failure" or not self._concerned(context):
            return ask()
        try:
            found = ask()
        except ClientError as error:
            found = Failed("unknown", str(error))
        if not isinstance(found, Failed):
            return found
        lie.acted = True
        return lie.facts.get(_id(context), Done())

    def _again(self, context: Context) -> None:
        self._lie.acted = True
        try:
            self._operation.do(context)
        except ClientError:
            return  # what becomes of the second time is not looked at

    def _astray(self, context: Context) -> Context:
        if self._lie.operator != "wrong-actor" or not self._concerned(context):
            return context
        return replace(context, entities=Elsewhere(context, self._lie))  # type: ignore[arg-type]

    def _concerned(self, context: Context) -> bool:
        lie, step = self._lie, context.step
        if lie.undo:
            return self._name == step.undo
        first = lie.again and context.now.tries.get(step.id, 0) < SECOND
        return _id(context) in lie.steps and self._name == step.operation and not first

    def _other_items(self, context: Context, found: Outcome) -> Outcome:
        """What is repeated for each item is repeated for the first alone, or twice for each."""
        key = self._lie.repeats.get(_id(context))
        if key is None or self._name != context.step.operation or not isinstance(found, Done):
            return found
        items = found.facts.get(key) or []
        self._lie.acted = self._lie.acted or len(items) > 1
        changed = items[:1] if self._lie.operator == "leave-out" else [one for item in items for one in (item, item)]
        return replace(found, facts={**found.facts, key: changed})

    def _take_down(self, context: Context) -> None:
        """What protects the process is taken down now, and again in the end."""
        for step in reversed(context.now.protections.values()):
            self._lie.acted = True
            try:
                OPERATIONS[str(step.undo)].do(replace(context, step=step))
            except ClientError:
                continue


class Elsewhere:
    """The actors, one in the place of another."""

    def __init__(self, context: Context, lie: Lie) -> None:
        self._entities = context.entities
        self._lie = lie

    def __getitem__(self, name: str) -> Entity:
        self._lie.acted = self._lie.acted or name in self._lie.others
        return self._entities[self._lie.others.get(name, name)]

    def __getattr__(self, name: str) -> Any:
        return getattr(self._entities, name)


class Watching(Wrong):
    """An operation that is right, and keeps in a trace how each step ended."""

    def __init__(self, operation: Operation, name: str, trace: Trace) -> None:
        super().__init__(operation, name, Lie())
        self._trace = trace

    def _asked(self, context: Context, ask: Ask) -> Outcome | Absent | None:
        try:
            found = ask()
        except ClientError:
            self._trace.failed.add(_id(context))
            raise
        if isinstance(found, Failed):
            self._trace.failed.add(_id(context))
        if isinstance(found, Done):
            self._trace.done[_id(context)] = found
        return found

    def do(self, context: Context) -> Outcome:
        self._trace.plan = context.now.plan.id
        if self._name == context.step.undo:
            self._trace.undone.add(_id(context))
            return self._operation.do(context)
        return self._asked(context, lambda: self._operation.do(context))  # type: ignore[return-value]


def watched(trace: Trace) -> Callable[[Surroundings], Subject]:
    """The reference SMM, which leaves a trace."""

    def make(surroundings: Surroundings) -> Subject:
        operations = {name: Watching(operation, name, trace) for name, operation in OPERATIONS.items()}
        return Subject(Smm(surroundings, operations, decide))

    return make


def _id(context: Context) -> str:
    """The step as its plan calls it, whatever arrival or item it is done for."""
    return context.now.plan.named(context.step.id.partition("/")[0])


# Without a step


def never_begins(lie: Lie) -> Decide:
    """A process that was taken up, and nothing more."""

    def deciding(plan: Plan, journal: Journal) -> Action:
        lie.acted = True
        return Wait(None)

    return deciding


def ends_at_once(lie: Lie, outcome: str, sections: Collection[str]) -> Decide:
    """A process that is said to have ended so, as soon as it is in one of these sections of its plan."""

    def deciding(plan: Plan, journal: Journal) -> Action:
        now = progress(plan, journal)
        if now.section not in sections or now.ended:
            return decide(plan, journal)
        lie.acted = True
        return End(outcome, None)

    return deciding
