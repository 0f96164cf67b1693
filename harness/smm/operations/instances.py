"""Instances of a target that come and go, and the operational state data they hand to each other (GR clause 5.3.3).

The parameter `at` says which instance a step is about: the source (the target that the process was launched with) or
the destination. All operations look first and do only what is left to do, so each can be repeated.
"""

from __future__ import annotations

from harness.clients.errors import Conflict
from harness.clients.http import Body
from harness.smm.operations.base import Absent, Context, Done, Failed, Operation, Outcome, Waiting
from harness.smm.operations.interfaces import AT_WORK, LOCKED, Changing, state_of
from harness.smm.operations.resources import ReleaseResources

FINAL = frozenset({"COMPLETED", "ROLLED_BACK", "FAILED"})
UNLOCK: Body = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}


class FindHost(Operation):
    """See that the host of the instance to come is empty."""

    def do(self, context: Context) -> Outcome:
        if not context.launch.destination_actor:
            return Failed("refused", "the launch request names no destination to instantiate the entity at")
        if (context.find("capability") or {}).get("stateModel") is False:
            # Without states nothing can be started locked, unlocked or stopped gracefully (GR clause 5.3.6.2).
            return Failed("refused", f"{context.launch.target} does not support the state model that the plan needs")
        found = context.instance.instances.read()
        if found.get("instantiationState") != "NOT_INSTANTIATED":
            return Failed("refused", f"{context.at} is no empty host: {found.get('instantiationState')}")
        return Done()


class CollectInstanceInformation(Operation):
    """Learn of the source what its other instance needs: interfaces and whom they serve, peers, parameters."""

    def do(self, context: Context) -> Outcome:
        capability = context.find("capability") or {}
        peers = context.target.information.peers()
        entity = context.target.information.mano_entity()
        return Done(
            {
                "serviceInterfaces": capability.get("serviceInterfaces", []),
                "peers": [str(peer["peerEntityId"]) for peer in peers],
                "configuration": entity.get("manoConfigurableParams", {}),
            }
        )


class InstantiateEntity(Operation):
    """Ask for an instance at a version, its application started and locked; one that is there already is as good."""

    references = ("resources",)

    def do(self, context: Context) -> Outcome:
        if context.instance.instances.there:
            return Done({"instanceOpOccId": None, "there": True})
        return self._made(context.instance.instances.instantiate(self.body(context)))

    def body(self, context: Context) -> Body:
        """The request."""
        return {
            "softwareVersion": context.version(),
            "applicationState": "STARTED_LOCKED",
            "resources": context.reserved(),
            "peers": context.find("peers") or [],
            "configuration": context.find("configuration") or {},
            "replaces": context.other,
        }

    def look_up(self, context: Context) -> Outcome | Absent:
        taken = context.taken()
        found = [
            occurrence["id"]
            for occurrence in context.instance.instances.occurrences()
            if (occurrence.get("operation"), occurrence.get("requestedBy")) == ("INSTANTIATE", context.name)
            and occurrence["id"] not in taken
        ]
        return self._made(found[-1]) if found else Absent()

    def _made(self, occurrence: str) -> Done:
        return Done({"instanceOpOccId": occurrence, "there": False})


class AwaitInstance(Operation):
    """Wait for the end of an instantiation or termination that the step `of` asked for."""

    references = ("of",)

    def do(self, context: Context) -> Outcome:
        occurrence = self.occurrence(context)
        if not occurrence:
            return Done({"skipped": "nothing was left to do"})
        heard = context.notified.get(occurrence)
        return (self.judge(context, heard) if heard else None) or Waiting(context.parameter("timeout", 120))

    def hear(self, context: Context, notification: Body) -> Outcome | None:
        if notification.get("instanceOpOccId") != self.occurrence(context):
            return None
        context.memory["seen"] = _progress(notification)
        return self.judge(context, notification)

    def look_up(self, context: Context) -> Outcome:
        occurrence = self.occurrence(context)
        if not occurrence:
            return Done({"skipped": "nothing was left to do"})
        found = context.instance.instances.occurrence(occurrence)
        if outcome := self.judge(context, found):
            return outcome
        before, context.memory["seen"] = context.memory.get("seen"), _progress(found)
        if before == context.memory["seen"]:
            return Failed("unknown", f"{context.at} makes no progress: {before}")
        return Waiting(context.parameter("timeout", 120))

    def judge(self, context: Context, report: Body) -> Outcome | None:
        """What an occurrence, or a notification of one, says of the end; None while there is no end."""
        state, error = report.get("operationState"), report.get("error") or {}
        if state not in FINAL:
            return None
        if state == "COMPLETED":
            return self.completed(context)
        said = error.get("detail") or error.get("title") or "no reason given"
        return Failed("transient" if error.get("retryable") else "failed", f"{report.get('operation')}: {said}")

    def completed(self, context: Context) -> Outcome:  # noqa: ARG002 - a termination leaves nothing to look at
        return Done()

    def occurrence(self, context: Context) -> str:
        return str(context.fact(context.parameter("of")).get("instanceOpOccId") or "")


class AwaitInstantiation(AwaitInstance):
    """Wait until the instance is there, and see that its application is started and locked."""

    def completed(self, context: Context) -> Outcome:
        entity = context.instance.information.mano_entity()
        state = state_of(entity.get("manoApplicationState"))
        if state != LOCKED:
            return Failed("failed", f"the application of {context.at} is {'_'.join(state)}, not STARTED_LOCKED")
        return Done({"softwareVersion": entity.get("softwareVersion")})


class TransferState(Operation):
    """Hand the operational state data of one instance to another; `at` takes it.

    State that its owner handed over and nobody took stays with the owner, who takes it back.
    """

    def do(self, context: Context) -> Outcome:
        giver = context.entities[context.other].instances
        if context.parameter("takeBack") and not self._taken(context):
            # The way back before the way there was gone: the owner goes on with what it had handed over.
            giver = context.instance.instances
        context.instance.instances.import_state(giver.export_state())
        return Done({"state": context.at})

    def _taken(self, context: Context) -> bool:
        """Whether the other instance has the state: only then it can give it."""
        return bool(context.find("state") == context.other)


class RecallInstanceInformation(Operation):
    """Have what was collected before at hand again, and see how far the interfaces of either instance are."""

    def do(self, context: Context) -> Outcome:
        states = {}
        for host in (context.launch.target, context.launch.destination_actor):
            if context.entities[host].instances.there:
                found = context.entities[host].information.interfaces()
                states[host] = {str(one["id"]): "_".join(state_of(one.get("interfaceState"))) for one in found}
        return Done({"states": states})


class UnlockApplication(Changing):
    """Unlock the application of an instance; one that is unlocked stays as it is."""

    def do(self, context: Context) -> Outcome:
        state = state_of(context.instance.information.mano_entity().get("manoApplicationState"))
        if state[1] == "UNLOCKED":
            return Done({"unlocked": context.at})
        if not context.memory.get("asked"):
            context.memory["asked"] = {"application": context.instance.information.change_application(UNLOCK)}
        return Waiting(context.parameter("timeout", 120))


class TerminateEntity(Operation):
    """Ask for the end of an instance; where there is none, nothing is left to do."""

    def do(self, context: Context) -> Outcome:
        if not context.instance.instances.there:
            return Done({"instanceOpOccId": None})
        return Done({"instanceOpOccId": context.instance.instances.terminate(context.parameter("how", "GRACEFUL"))})

    def look_up(self, context: Context) -> Outcome | Absent:
        taken = context.taken()
        found = [
            occurrence["id"]
            for occurrence in context.instance.instances.occurrences()
            if occurrence.get("operation") == "TERMINATE" and occurrence["id"] not in taken
        ]
        return Done({"instanceOpOccId": found[-1]}) if found else Absent()


class CommitInstance(Operation):
    """See before the point of no return that one instance is there, at work, and the other one is gone."""

    def do(self, context: Context) -> Outcome:
        state = state_of(context.instance.information.mano_entity().get("manoApplicationState"))
        if state != AT_WORK:
            return Failed("failed", f"the application of {context.at} is {'_'.join(state)}")
        if context.entities[context.other].instances.there:
            return Failed("failed", f"{context.other} is still there")
        return Done({"instance": context.at})


class ReleaseUnlessInhabited(ReleaseResources):
    """Give back what a step reserved, but not what an instance is made of that stays."""

    def do(self, context: Context) -> Outcome:
        hosts = [context.launch.target, context.launch.destination_actor]
        inhabited = {
            part["reservationId"]
            for host in filter(None, hosts)
            for part in context.entities[host].instances.read().get("resources", [])
        }
        for found in context.earlier:
            if found["reservationId"] in inhabited:
                continue
            try:
                self.release(context, found)
            except Conflict as error:
                return Failed("transient", str(error))
        return Done()


def _progress(report: Body) -> list[object]:
    return [report.get("operationState"), report.get("percentage"), report.get("currentStep")]
