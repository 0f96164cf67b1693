"""An actor of the lab that does its work, or tells of it, wrong in one way: the operators on the side of the mocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar
from urllib.parse import urlsplit

from mocks.entities.core import Core
from mocks.entities.information import Information
from mocks.entities.lifecycle_orders import Order, OrderingGate
from mocks.entities.ports import Body, Gate, Peers
from mocks.entities.runner import Listener, Runner, Step
from mocks.entities.test_run import TestRun
from tests.mutants.operators.lifecycle import goes_back, tasks_of

TAMPERING = "tampering"
"""The key of an actor's profile that says what is wrong with it; none is there for an actor that is right."""


class Tampered(Information):
    """An actor that can be made wrong by its profile.

    Every actor has this power, and gets it first: what the powers after it take of the core is tampered with already.
    """

    acted: ClassVar[bool] = False
    """Whether what was wrong has come into play since somebody put this to False."""

    section: ClassVar[str] = ""
    """The section of its plan that a process has come to since somebody put this to nothing."""

    def __init__(self, core: Core) -> None:
        told = core.profile.get(TAMPERING)
        if told and told["what"] == "report":
            core.peers = _Messenger(core.peers, told)
        elif told:
            self._tamper_with_work(core, told)
        super().__init__(core)

    def _tamper_with_work(self, core: Core, told: Mapping[str, Any]) -> None:
        usual = core.runner
        core.peers = astray = _Astray(core.peers, told["others"])

        def runner(kind: str, steps: Sequence[Step], listener: Listener, gate: Gate | None = None) -> Runner:
            if kind != told["kind"] or _at_another_time(told) or not _about(core, listener, told):
                return usual(kind, steps, listener, gate)
            if told["step"]:
                return usual(kind, _one_wrong(steps, told, astray, listener), listener, gate)
            how, change = WORKERS.get(told["operator"], (Runner, astray.led))
            if told["back"] or goes_back(listener):
                how, change = (_Stuck if how is _Idle else how), _mirrored(change)
            passed = _disordered(gate, told["operator"], astray, core.gate) if gate else core.gate
            return how(kind, [change(step, listener) for step in steps], core.clock, passed, listener)

        core.runner = runner  # type: ignore[method-assign]


def _acts() -> None:
    Tampered.acted = True


def _about(core: Core, work: Any, told: Mapping[str, Any]) -> bool:
    """Whether it is the work that the row is about: for the version, or for the task that it names."""
    if told["version"] is not None and told["version"] != work.attribute(told["about"]):
        return False
    return told["task"] is None or told["task"] in tasks_of(core, work)


def _at_another_time(told: Mapping[str, Any]) -> bool:
    """Whether the scene is being set, or the process goes the other way: the row is about neither."""
    return bool(told["section"]) and told["section"] != Tampered.section


# Work


class _Idle(Runner):
    """Never begins."""

    def start(self) -> None:
        _acts()


class _Stuck(Runner):
    """Never begins to undo."""

    def undo(self) -> None:
        _acts()


class _Careless(Runner):
    """Takes a step that failed for done."""

    def _fail(self, error: Exception) -> None:
        _acts()
        step = self.steps[min(self.done, len(self.steps) - 1)]
        _pretend(step, self._listener)
        self.done += 1
        self._listener.stepped(step.name)
        self._later(self._next)


def _one_wrong(steps: Sequence[Step], told: Mapping[str, Any], astray: _Astray, listener: Listener) -> list[Step]:
    """Steps of which one is missing, or done wrong."""
    if told["operator"] == "leave-out":
        left = [step for step in steps if step.name != told["step"]]
        Tampered.acted = Tampered.acted or len(left) < len(steps)
        return left
    _, change = WORKERS.get(told["operator"], (Runner, astray.led))
    return [change(step, listener) if step.name == told["step"] else step for step in steps]


def _disordered(gate: Gate, operator: str, astray: _Astray, own: Gate) -> Gate:
    """What is ordered from others for the steps: nothing, all of it twice, or from somebody else."""
    if operator == "reports-without-doing" or not isinstance(gate, OrderingGate):
        return own
    changes: dict[str, Callable[[Order], Order]] = {"twice": astray.doubled, "wrong-actor": astray.misled}
    change = changes.get(operator)
    if change:
        gate._orders = {name: change(order) for name, order in gate._orders.items()}
    return gate


def _mirrored(change: Callable[[Step, Listener], Step]) -> Callable[[Step, Listener], Step]:
    """The change made of what undoes a step."""

    def changed(step: Step, listener: Listener) -> Step:
        turned = change(Step(step.name, step.undo, step.do, step.seconds, step.safe), listener)
        return Step(step.name, step.do, turned.do, step.seconds, step.safe)

    return changed


def _as_it_is(step: Step, _listener: Listener) -> Step:
    return step


def _twice(step: Step, _listener: Listener) -> Step:
    def do() -> None:
        step.do()
        _acts()
        step.do()

    return Step(step.name, do, step.undo, step.seconds, step.safe)


def _pretended(step: Step, listener: Listener) -> Step:
    def do() -> None:
        _acts()
        _pretend(step, listener)

    return Step(step.name, do, lambda: None, step.seconds, step.safe)


def _pretend(step: Step, listener: Listener) -> None:
    """What is left of a step that was only said to be done: of a test suite, its verdict."""
    if isinstance(listener, TestRun) and step.name.startswith("suite-"):
        listener._judge(step.name.removeprefix("suite-"), [])


WORKERS: Mapping[str, tuple[type[Runner], Callable[[Step, Listener], Step]]] = {
    "leave-out": (_Idle, _as_it_is),
    "twice": (Runner, _twice),
    "goes-on-after-failure": (_Careless, _as_it_is),
    "reports-without-doing": (Runner, _pretended),
}


class _Astray:
    """The peers of an actor that, in what it does wrong, asks one where it should ask another, or asks twice."""

    def __init__(self, peers: Peers, others: Mapping[str, str]) -> None:
        self._peers = peers
        self._others = others
        self._ask: Callable[..., Any] | None = None

    def led(self, step: Step, _listener: Listener) -> Step:
        return Step(step.name, self._within(self._elsewhere, step.do), step.undo, step.seconds, step.safe)

    def misled(self, order: Order) -> Order:
        """The same order, placed with somebody else."""
        return self._ordered(order, self._elsewhere)

    def doubled(self, order: Order) -> Order:
        """The same order, of which everything is asked for twice."""
        return self._ordered(order, self._twice)

    def _ordered(self, order: Order, ask: Callable[..., Any]) -> Order:
        return Order(self._within(ask, order.place), self._within(ask, order.settled))

    def _within(self, ask: Callable[..., Any], do: Callable[[], Any]) -> Callable[[], Any]:
        def done() -> Any:
            self._ask = ask
            try:
                return do()
            finally:
                self._ask = None

        return done

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._peers, name)
        return partial(self._ask, found) if self._ask and callable(found) else found

    def _elsewhere(self, usual: Callable[..., Any], *given: Any) -> Any:
        swapped = [self._others.get(one, one) if isinstance(one, str) else one for one in given]
        if swapped != list(given):
            _acts()
        return usual(*swapped)

    def _twice(self, usual: Callable[..., Any], *given: Any) -> Any:
        """What is answered to the second request that changes something is not looked at."""
        found = usual(*given)
        if any(one in CHANGING for one in given[1:2] if isinstance(one, str)):
            _acts()
            usual(*given)
        return found


CHANGING = frozenset({"POST", "PUT", "PATCH", "DELETE"})
"""The methods of requests after which something may be otherwise."""


# Reports


class _Messenger:
    """The peers of an actor whose report of the end of its work is wrong."""

    def __init__(self, peers: Peers, told: Mapping[str, Any]) -> None:
        self._peers = peers
        self._told = told
        self._over = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._peers, name)

    def deliver(self, callback_uri: str, notification: Body) -> None:
        told = self._told
        ours = notification.get("notificationType") == told["notification"]
        if not ours or _at_another_time(told) or told["version"] not in (None, notification.get(told["about"])):
            self._peers.deliver(callback_uri, notification)
            return
        final = notification.get(self._told["state"]) in self._told["final"]
        REPORTERS[self._told["operator"]](self, callback_uri, notification, final)

    def leave_out(self, uri: str, notification: Body, final: bool) -> None:
        if not final:
            self._peers.deliver(uri, notification)
        else:
            _acts()

    def twice(self, uri: str, notification: Body, final: bool) -> None:
        self._peers.deliver(uri, notification)
        if final:
            _acts()
            self._peers.deliver(uri, notification)

    def too_early(self, uri: str, notification: Body, final: bool) -> None:
        """Success comes in the place of the first news of the work, and no news after it."""
        if not self._over:
            _acts()
            self._over = True
            self._peers.deliver(uri, {**notification, **self._told["success"]})
        elif final:
            self._over = False

    def wrong_actor(self, uri: str, notification: Body, final: bool) -> None:
        if not final:
            self._peers.deliver(uri, notification)
            return
        _acts()
        self._peers.request(self._told["instead"], "POST", urlsplit(uri).path, notification)

    def goes_on(self, uri: str, notification: Body, final: bool) -> None:
        """What failed is told as a success."""
        success = self._told["success"]
        if final and any(notification.get(name) != value for name, value in success.items() if name in _VERDICTS):
            _acts()
            notification = {**notification, **success}
        self._peers.deliver(uri, notification)


_VERDICTS = ("operationState", "result", "state", "verdict")

REPORTERS: Mapping[str, Callable[[_Messenger, str, Body, bool], None]] = {
    "leave-out": _Messenger.leave_out,
    "twice": _Messenger.twice,
    "too-early": _Messenger.too_early,
    "wrong-actor": _Messenger.wrong_actor,
    "goes-on-after-failure": _Messenger.goes_on,
}
