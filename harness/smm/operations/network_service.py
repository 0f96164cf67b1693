"""An NS that follows another NSD: what is found at the NFVO, NSDs, associations, and their ends (GR clause 5.5.2)."""

from __future__ import annotations

from harness.clients.errors import Conflict, NotFound
from harness.clients.http import Body
from harness.smm.operations.base import Absent, Context, Done, Failed, Operation, Outcome, Waiting
from harness.smm.operations.nsd import profile, with_parallel_path, without_paths

UNDER_WAY = frozenset({"STARTING", "PROCESSING", "ROLLING_BACK"})
BROKEN = "FAILED_TEMP"


class ReadNetworkService(Operation):
    """Read the S-VNFM and the NS whose VNF it manages; refuse what does not work normally."""

    def do(self, context: Context) -> Outcome:
        nfvo, target = context.entities[context.setting("nfvo")].network_services, context.launch.target
        entity, capability = context.target.information.mano_entity(), context.target.software_modification.capability()
        ns = nfvo.instance(context.setting("nsInstanceId"))
        content = nfvo.nsd_content(ns["nsdId"])
        source = profile(content, context.setting("sourceVnf"))
        state = entity.get("manoApplicationState", {})
        reasons = []
        if (state.get("operationalState"), state.get("administrativeState")) != ("STARTED", "UNLOCKED"):
            reasons.append(f"it is not working normally: {state}")
        if source is None or source["vnfmId"] != target:
            reasons.append(f"it is not the manager of {context.setting('sourceVnf')} in NSD {ns['nsdId']}")
        if reasons or source is None:
            return Failed("refused", f"{target}: {'; '.join(reasons)}")
        return Done(
            {
                "sourceSoftwareVersion": entity.get("softwareVersion"),
                "entityId": entity.get("id"),
                "capability": capability,
                "sVnfm": target,
                "sourceProfile": source,
            }
        )


class _Updating(Operation):
    def current(self, context: Context) -> tuple[str, Body]:
        """The NSD that the NS is associated with, and what it says."""
        services = context.entities[context.setting("nfvo")].network_services
        nsd = str(services.instance(context.setting("nsInstanceId"))["nsdId"])
        return nsd, services.nsd_content(nsd)


class UpdateNsd(_Updating):
    """Give the NFVO an NSD with or without the path through a VNF, unless the one in use is like that already."""

    def do(self, context: Context) -> Outcome:
        services = context.entities[context.setting("nfvo")].network_services
        nsd, content = self.current(context)
        wanted = self.wanted(context, content)
        if wanted == content:
            return Done({"nsdId": nsd, "made": False})
        marks = self._marks(context)
        there = [each["id"] for each in services.nsds() if each.get("userDefinedData") == marks]
        made = there[0] if there else services.create_nsd(marks)
        services.onboard_nsd(made, {**wanted, "nsdVersion": f"{content['nsdVersion']}+{context.step.id}"})
        return Done({"nsdId": made, "made": True})

    def wanted(self, context: Context, content: Body) -> Body:
        """What the NSD is to say."""
        if gone := context.parameter("remove"):
            return without_paths(content, self.vnf(context, gone))
        added = context.parameter("add")
        return with_parallel_path(content, self.profile(context, added), self.vnf(context, _OTHER[added]))

    def vnf(self, context: Context, which: str) -> str:
        return str(context.setting(f"{which}Vnf"))

    def profile(self, context: Context, which: str) -> Body:
        """The VNF's profile, which names its manager: the G-VNFM or the S-VNFM that is there now."""
        if which == "source":
            return {**context.find("sourceProfile"), "vnfmId": context.find("sVnfm")}
        vnfd = context.setting("destinationVnfd")
        return {"vnfProfileId": self.vnf(context, which), "vnfdId": vnfd, "vnfmId": context.find("gVnfm")}

    def _marks(self, context: Context) -> Body:
        return {"process": context.launch.id, "step": context.step.id}


_OTHER = {"source": "destination", "destination": "source"}


class RemoveNsd(Operation):
    """Delete the NSD that a step made, unless the NS goes by it."""

    def do(self, context: Context) -> Outcome:
        services = context.entities[context.setting("nfvo")].network_services
        for found in context.earlier:
            if found["made"]:
                try:
                    services.delete_nsd(found["nsdId"])
                except (NotFound, Conflict):
                    continue
        return Done()


class AssociateNsd(_Updating):
    """Have the NS follow the NSD of another step; what broke on the way there is taken up again."""

    references = ("nsd",)

    def do(self, context: Context) -> Outcome:
        wanted = str(context.fact(context.parameter("nsd"))["nsdId"])
        services, ns = context.entities[context.setting("nfvo")].network_services, context.setting("nsInstanceId")
        last = next(iter(_operations(context, wanted)), None)
        if last and last.get("operationState") == BROKEN:
            services.task(last["id"], "retry")
            return _begun(last["id"])
        if last and last.get("operationState") in UNDER_WAY:
            return _begun(last["id"])
        if self.current(context)[0] == wanted:
            return Done({"nsLcmOpOccId": None})
        return _begun(services.associate(ns, wanted))

    def look_up(self, context: Context) -> Outcome | Absent:
        wanted = str(context.fact(context.parameter("nsd"))["nsdId"])
        found = _operations(context, wanted)
        return _begun(found[0]["id"]) if found else Absent()


class RollBackNsUpdate(Operation):
    """Have the NFVO undo an association that broke half-way; nothing where none did."""

    def do(self, context: Context) -> Outcome:
        services = context.entities[context.setting("nfvo")].network_services
        broken = [each for each in _operations(context) if each.get("operationState") == BROKEN]
        if not broken:
            return Done({"nsLcmOpOccId": None})
        services.task(broken[0]["id"], "rollback")
        return _begun(broken[0]["id"])


class AwaitNsUpdate(Operation):
    """Wait until the NFVO reports the end of what a step asked for; after a time-out without any, ask it."""

    references = ("of",)

    def do(self, context: Context) -> Outcome:
        occurrence = self._occurrence(context)
        if occurrence is None:
            return Done()
        heard = context.notified.get(occurrence)
        outcome = self._judge(heard) if heard else None
        if isinstance(outcome, Failed):
            # What was heard may be of an attempt before this one.
            outcome = self._judge(context.entities[context.setting("nfvo")].network_services.occurrence(occurrence))
        return outcome or Waiting(context.parameter("timeout", 60))

    def hear(self, context: Context, notification: Body) -> Outcome | None:
        return self._judge(notification) if notification.get("nsLcmOpOccId") == self._occurrence(context) else None

    def look_up(self, context: Context) -> Outcome:
        services = context.entities[context.setting("nfvo")].network_services
        found = services.occurrence(str(self._occurrence(context)))
        outcome = self._judge(found)
        if outcome is not None:
            return outcome
        if context.memory.get("waited"):
            return Failed("unknown", f"the NFVO makes no progress: {found.get('operationState')}")
        context.memory["waited"] = True
        return Waiting(context.parameter("timeout", 60))

    def _judge(self, told: Body) -> Outcome | None:
        state, wanted = told.get("operationState"), self._wanted
        if state in UNDER_WAY:
            return None
        if state == wanted:
            return Done({"operationState": state})
        error = told.get("error") or {}
        kind = "transient" if error.get("retryable") else "failed"
        return Failed(kind, f"the NFVO reports {state}: {error.get('detail') or 'no reason given'}")

    _wanted = "COMPLETED"

    def _occurrence(self, context: Context) -> str | None:
        found: str | None = context.fact(context.parameter("of")).get("nsLcmOpOccId")
        return found


class AwaitNsRollback(AwaitNsUpdate):
    """Wait until the NFVO reports that it undid what broke."""

    _wanted = "ROLLED_BACK"


class ConcludeReplacement(_Updating):
    """The last look before what protects the process is released: the NS goes without the VNF that was replaced."""

    def do(self, context: Context) -> Outcome:
        _, content = self.current(context)
        left = context.setting(f"{context.parameter('gone')}Vnf")
        if profile(content, left):
            return Failed("failed", f"the NS still has {left}")
        open_ones = [each["id"] for each in _operations(context) if each["operationState"] in (BROKEN, *UNDER_WAY)]
        if open_ones:
            return Failed("failed", f"updates of the NS have not ended: {', '.join(open_ones)}")
        return Done({"concluded": True})


def _begun(occurrence: str) -> Done:
    # `operations` tells the engine that this one is no stranger's
    return Done({"nsLcmOpOccId": occurrence, "operations": [{"id": occurrence}]})


def _operations(context: Context, nsd: str | None = None) -> list[Body]:
    """The updates of the NS, the newest first, towards an NSD or any."""
    services = context.entities[context.setting("nfvo")].network_services
    found = [each for each in services.occurrences(context.setting("nsInstanceId")) if each["operation"] == "UPDATE"]
    if nsd:
        found = [each for each in found if each["operationParams"]["assocNewNsdVersionData"]["newNsdId"] == nsd]
    return found[::-1]
