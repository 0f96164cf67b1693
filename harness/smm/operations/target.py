"""What the SMM finds out about its target before anything else."""

from __future__ import annotations

from harness.clients.errors import NotFound, Transient
from harness.clients.operations import OPERATIONS as TYPES
from harness.smm.operations.base import Context, Done, Failed, Operation, Outcome
from harness.smm.policy import When, choose
from harness.smm.progress import Arrival


class ReadTarget(Operation):
    """Read capability and state; refuse a target that the plan does not fit or that does not work normally."""

    def do(self, context: Context) -> Outcome:
        capability = context.target.software_modification.capability()
        entity = context.target.information.mano_entity()
        support, wanted = capability.get("support"), context.now.plan.support
        versions = capability.get("availableSoftwareVersions", [])
        state = entity.get("manoApplicationState", {})
        reasons = []
        if support != wanted:
            reasons.append(f"its support is {support}, the plan is for {wanted}")
        if context.launch.destination not in versions:
            only = ", ".join(versions) or "none"
            reasons.append(f"version {context.launch.destination} is not available, only {only}")
        if (state.get("operationalState"), state.get("administrativeState")) != ("STARTED", "UNLOCKED"):
            reasons.append(f"it is not working normally: {state}")
        if reasons:
            return Failed("refused", f"{context.launch.target}: {'; '.join(reasons)}")
        return Done(
            {
                "sourceSoftwareVersion": capability.get("softwareVersion", entity.get("softwareVersion")),
                "entityId": entity.get("id"),
                "capability": capability,
            }
        )


class ChooseOperationHandling(Operation):
    """Choose an action for each type of operation that the target offers (5.2.2.7, 5.2.2.8)."""

    def do(self, context: Context) -> Outcome:
        capability = context.find("capability") or {}
        chosen: dict[When, dict[str, str]] = {"ongoing": {}, "parallel": {}}
        missing = []
        for kind in capability.get("operationHandling", {}):
            for when, actions in chosen.items():
                action = self.choose(context, when, kind)
                if action is None:
                    missing.append(f"{kind} operations that are {when}")
                else:
                    actions[kind] = action
        if missing:
            return Failed("refused", f"capability and policy leave no action for {', '.join(missing)}")
        return Done({"ongoing": chosen["ongoing"], "parallel": chosen["parallel"]})

    def choose(self, context: Context, when: When, kind: str) -> str | None:
        """The action for one type of operation."""
        return choose(when, kind, context.launch.policy, context.find("capability") or {})


class WatchOperations(Operation):
    """Subscribe to the target's LCM and VRM operations, so that new ones are learned of."""

    def do(self, context: Context) -> Outcome:
        made = {}
        for kind in context.find("parallel") or {}:
            if kind in TYPES:
                made[kind] = context.target.subscriptions.subscribe(TYPES[kind].root, context.launch.callback)
        return Done({"subscriptions": made})


class UnwatchOperations(Operation):
    """Find operations that the target still keeps, in case a notification was lost; then unsubscribe."""

    def do(self, context: Context) -> Outcome:
        arrivals = tuple(
            Arrival(
                id=str(kept["operationOccurrenceId"]),
                type=str(kept["operationType"]),
                action=str(kept.get("handling", "DELAY")),
                consumer=str(kept.get("consumer", "")),
                operation=str(kept.get("operation", "")),
                phase="afterwards",
            )
            for kept in context.holder.software_modification.pending_operations()
        )
        known = context.now.arrivals
        for kind, subscription in context.now.fact(context.step.id).get("subscriptions", {}).items():
            root = TYPES[kind].root
            # What it subscribed to may be served over another interface by now (GR clause 5.2.3).
            way = (context.find("ways") or {}).get(root, root)
            unsubscribe(context, str(context.find("state") or context.launch.target), way, subscription)
        return Done(arrivals=tuple(new for new in arrivals if new.id not in known or known[new.id].phase != "parallel"))


class Subscribe(Operation):
    """Subscribe to an API of the target, the tester, or an actor that the process was launched with."""

    def do(self, context: Context) -> Outcome:
        at = context.parameter("at")
        here = dict.fromkeys(("source", "destination"), context.at)
        named = {"tester": context.launch.tester, "target": context.launch.target, **here}
        actor = str(named.get(at) or context.setting(at))
        api = context.parameter("api")
        made = context.entities[actor].subscriptions.subscribe(api, context.launch.callback)
        return Done({"subscriptionId": made, "actor": actor, "api": api})


class Unsubscribe(Operation):
    """Take a subscription back."""

    def do(self, context: Context) -> Outcome:
        found = context.now.fact(context.step.id)
        unsubscribe(context, found["actor"], found["api"], found["subscriptionId"])
        return Done()


def unsubscribe(context: Context, actor: str, api: str, subscription: str) -> None:
    """End a subscription; one that is gone already is as good."""
    try:
        context.entities[actor].subscriptions.unsubscribe(api, subscription)
    except NotFound:
        return
    except Transient:
        if not is_gone(context, actor):
            raise


def is_gone(context: Context, actor: str) -> bool:
    """Whether an instance was terminated: what it had is gone with it."""
    hosts = (context.launch.target, context.launch.destination_actor)
    return bool(context.launch.destination_actor) and actor in hosts and not context.entities[actor].instances.there
