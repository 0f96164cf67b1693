"""Service interfaces of a target: found, verified, started, moved to, stopped.

Old and new ones of one target (GR clause 5.2.3), or those of its source and its destination instance (GR clause 5.3.3):
then the parameter `at` says which instance a step is about.

An interface is at work when it is STARTED and UNLOCKED, and shut down when it is STOPPED and UNLOCKED (SOL 009). All
operations look first and do only what is left to do, so each can be repeated.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from harness.clients.http import Body
from harness.smm.operations.base import Context, Done, Failed, Operation, Outcome, Waiting

MANO_TYPES = frozenset({"NFVO", "VNFM", "VIM", "WIM", "CISM"})
TWO_ASPECTS = frozenset({"VNF_CISM"})
"""A VNF that embeds a CISM is a functional entity and a VNF (clause 5.6.2.6), so it moves over in both capacities."""

AT_WORK = ("STARTED", "UNLOCKED")
LOCKED = ("STARTED", "LOCKED")
SHUT_DOWN = ("STOPPED", "UNLOCKED")
TO_WORK: Mapping[tuple[str, str], Body] = {
    LOCKED: {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}},
    SHUT_DOWN: {"operationalStateChange": {"operationalStateAction": "START"}},
}
GRACEFUL_STOP: Body = {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": "GRACEFUL"}}
NEWS = "ChangeStateNotification"
OTHER = {"old": "new", "new": "old"}


class CollectInterfaces(Operation):
    """Learn which service interfaces are old and new, and whom they concern."""

    def do(self, context: Context) -> Outcome:
        changes = (context.find("capability") or {}).get("interfaceChanges", [])
        there = {str(one["id"]) for one in context.instance.information.interfaces()}
        missing = [change["old"] for change in changes if change["old"] not in there]
        if missing:
            return Failed("refused", f"{context.at} has no service interface {', '.join(missing)}")
        return Done({"interfaceChanges": changes})


class VerifyLocked(Operation):
    """Make sure that the new service interfaces are there and let nobody in yet."""

    def do(self, context: Context) -> Outcome:
        states = _states(_there(context))
        new = [change["new"] for change in _changes(context)]
        wrong = [
            f"{interface} is {states.get(interface, 'missing')}" for interface in new if states.get(interface) != LOCKED
        ]
        if wrong:
            return Failed("failed", f"new service interfaces that are not started and locked: {'; '.join(wrong)}")
        return Done({"locked": new})


class Changing(Operation):
    """A change of the state of interfaces, each turn of which the target tells."""

    def do(self, context: Context) -> Outcome:
        raise NotImplementedError

    def hear(self, context: Context, notification: Body) -> Outcome | None:
        if notification.get("notificationType") != NEWS:
            return None
        if notification.get("changeStateOperationState") == "PROCESSING":
            return None
        outcome = self.do(context)
        return None if isinstance(outcome, Waiting) else outcome

    def look_up(self, context: Context) -> Outcome:
        outcome = self.do(context)
        if isinstance(outcome, Waiting) and context.memory.get("asked") == context.memory.get("before"):
            return Failed("unknown", f"{context.at} does not change the state of {context.memory['asked']}")
        context.memory["before"] = context.memory.get("asked")
        return outcome

    def ask(self, context: Context, wanted: Mapping[str, Body]) -> Outcome:
        """Ask for these changes, each once, and wait."""
        asked: dict[str, str] = context.memory.setdefault("asked", {})
        for interface, request in wanted.items():
            if interface not in asked:
                asked[interface] = context.instance.information.change_interface(interface, request)
        return Waiting(context.parameter("timeout", 120))


class StartInterfaces(Changing):
    """Start service interfaces, and have those they concern authenticate to the target and use them."""

    def do(self, context: Context) -> Outcome:
        ids, there = _ids(context), _there(context)
        states = _states(there)
        lost = [interface for interface in ids if interface not in states]
        if lost:
            return Failed("failed", f"{context.at} has no service interface {', '.join(lost)}")
        if wanted := {interface: TO_WORK[states[interface]] for interface in ids if states[interface] in TO_WORK}:
            return self.ask(context, wanted)
        if any(states[interface] != AT_WORK for interface in ids):
            return self.ask(context, {})
        outcome = connected(context, self.consumers(context), ids, there)
        return Done({**outcome.facts, **_own_ways(context, there, True)}) if isinstance(outcome, Done) else outcome

    def consumers(self, context: Context) -> list[str]:
        """Whom the interfaces concern."""
        return _concerned(context)


class StopInterfaces(Changing):
    """Stop service interfaces gracefully; with `await`, until they are shut down. One that never ran is left alone."""

    def do(self, context: Context) -> Outcome:
        there = _there(context)
        states = _states(there)
        left = [
            interface
            for interface in _ids(context)
            if states.get(interface, SHUT_DOWN) != SHUT_DOWN and states[interface] != LOCKED
        ]
        if context.parameter("move") and left and not context.memory.get("moved"):
            # Nobody may be left on what is about to stop.
            other = _ids(context, OTHER[context.parameter("which")])
            moved = connected(context, _concerned(context), other, there)
            if isinstance(moved, Failed):
                return moved
            context.memory["moved"] = True
        if not left:
            return Done({"stopped": _ids(context), **_own_ways(context, there, False)})
        outcome = self.ask(context, {interface: GRACEFUL_STOP for interface in left if states[interface] == AT_WORK})
        return outcome if context.parameter("await", True) else Done({"stopping": left})


class AwaitStopped(Changing):
    """Wait until service interfaces that were asked to stop are shut down."""

    def do(self, context: Context) -> Outcome:
        states = _states(_there(context))
        left = [interface for interface in _ids(context) if states.get(interface, SHUT_DOWN) not in (SHUT_DOWN, LOCKED)]
        return self.ask(context, {}) if left else Done({"stopped": _ids(context)})


def connected(context: Context, actors: Iterable[str], ids: list[str], there: Iterable[Body]) -> Outcome:
    """Have each actor move over to those of the interfaces there; an instance new to it authenticates to it first."""
    paths = {str(one["id"]): _path(one) for one in there}
    for actor in actors:
        if context.parameter("at"):
            found = context.instance.peering.connect(actor)
            if not (found.get("authenticated") and found.get("reachable")):
                return Failed(
                    "failed", f"{context.at} could not authenticate to {actor}: {found.get('detail') or found}"
                )
        for interface in ids:
            found = context.entities[actor].peering.connect(context.at, paths[interface], replaced(context))
            if not (found.get("authenticated") and found.get("reachable")):
                return Failed("failed", f"{actor} could not move over to {interface}: {found.get('detail') or found}")
    return Done({"connected": dict.fromkeys(actors, ids)})


def replaced(context: Context) -> str | None:
    """Whose place the instance takes that an actor moves over to; None where there is but one instance."""
    return context.other if context.parameter("at") else None


def _own_ways(context: Context, interfaces: Iterable[Body], served: bool) -> dict[str, Any]:
    """Over which path the SMM itself uses the target's services from now on, where it would use another by itself."""
    if (context.parameter("towards"), context.parameter("which")) != ("IMPACTED_FE", "new"):
        return {}
    there = {str(one["id"]): _path(one) for one in interfaces}
    pairs = [(there.get(change["old"]), there.get(change["new"])) for change in _changes(context)]
    return {"ways": {old: new for old, new in pairs if served and old and new}}


def _changes(context: Context) -> list[Mapping[str, Any]]:
    towards = context.parameter("towards")
    found = context.find("interfaceChanges") or []
    return [change for change in found if towards is None or change["towards"] == towards]


def _ids(context: Context, which: str | None = None) -> list[str]:
    """The old or new service interfaces that the step is about; an old one that stays is not stopped."""
    if context.parameter("at"):
        towards, found = context.parameter("towards"), context.find("serviceInterfaces") or []
        return [str(one["id"]) for one in found if towards in (None, one["towards"])]
    wanted = which or context.parameter("which")
    return [change[wanted] for change in _changes(context) if wanted == "new" or change.get("stopOld", True)]


def _there(context: Context) -> list[Body]:
    """The service interfaces of the instance as they are now."""
    return context.instance.information.interfaces()


def _states(interfaces: Iterable[Body]) -> dict[str, tuple[str, str]]:
    return {str(one["id"]): state_of(one.get("interfaceState")) for one in interfaces}


def state_of(state: Mapping[str, Any] | None) -> tuple[str, str]:
    """The operational and the administrative state that an application or an interface tells."""
    state = state or {}
    return str(state.get("operationalState")), str(state.get("administrativeState"))


def _path(interface: Mapping[str, Any]) -> str:
    return str((interface.get("apiEndpoint") or {}).get("apiUri", ""))


def interface_paths(context: Context) -> list[str]:
    """The paths of the service interfaces that the step is about."""
    there = {str(one["id"]): _path(one) for one in context.instance.information.interfaces()}
    return [there[interface] for interface in _ids(context)]


def _concerned(context: Context) -> list[str]:
    """The impacted FEs or the impacted entities, as the step says."""
    functional = context.parameter("towards") == "IMPACTED_FE"
    inventory = context.entities.inventory
    kinds = {actor: inventory[actor].type for actor in context.launch.impacted}
    return [one for one, kind in kinds.items() if kind in TWO_ASPECTS or (kind in MANO_TYPES) == functional]
