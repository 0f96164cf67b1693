"""VNFMs that come and go: the generic one that takes over and the specific one that is replaced (GR clause 5.5.2)."""

from __future__ import annotations

from harness.clients.errors import Conflict, NotFound, Transient
from harness.clients.http import Body
from harness.smm.operations.base import Context, Done, Failed, Operation, Outcome
from harness.smm.operations.gradual import Gradual, done_with
from harness.smm.operations.protection import StopSpecialLogs

INSTANCE = "/nfvmanoswm/v1/instance"
AT_WORK = ("STARTED", "UNLOCKED")
UNLOCK: Body = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}
LOCK: Body = {"administrativeStateChange": {"administrativeStateAction": "LOCK"}}
START: Body = {"operationalStateChange": {"operationalStateAction": "START"}}
GRACEFUL_STOP: Body = {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": "GRACEFUL"}}
SERVICE = "vnflcm"
"""The type of the service interfaces that a VNFM is there for."""

ROLES = {"generic": "gVnfm", "specific": "sVnfm"}


class FindGVnfm(Operation):
    """See whether the G-VNFM that the process was launched with can manage another VNF; else a host has to do."""

    def do(self, context: Context) -> Outcome:
        name = context.setting("gVnfm")
        if name and self.has_capacity(context, name):
            return Done({"gVnfm": name, "new": False})
        host = context.setting("gVnfmHost")
        if not host:
            return Failed("refused", "no G-VNFM can manage another VNF, and there is no host for a new one")
        return Done({"gVnfm": host, "new": True})

    def has_capacity(self, context: Context, name: str) -> bool:
        """Whether it works, and manages fewer VNFs than it can."""
        entity = context.entities[name]
        try:
            capability = entity.software_modification.capability()
            return _at_work(entity.information.mano_entity()) and self._room(context, name, capability)
        except Transient:
            return False

    def _room(self, context: Context, name: str, capability: Body) -> bool:
        return len(context.entities[name].vnfs.all()) < int(capability.get("maxVnfInstances", 0))


class _OfVnfm(Gradual):
    """Something that is done to the VNFM in a role, where the process has made it."""

    def name(self, context: Context) -> str:
        return str(context.find(ROLES[context.parameter("role")]))

    def is_new(self, context: Context) -> bool:
        role = context.parameter("role")
        return bool(context.find("new") if role == "generic" else context.find("newSVnfm"))

    def turn(self, context: Context) -> Outcome | None:
        return self.turn_new(context, self.name(context)) if self.is_new(context) else Done()

    def turn_new(self, context: Context, name: str) -> Outcome | None:
        raise NotImplementedError


class InstantiateVnfm(Gradual):
    """Instantiate a VNFM on its empty host, where one is needed."""

    references = ("resources",)

    def turn(self, context: Context) -> Outcome | None:
        if context.parameter("role") == "generic":
            host, needed = str(context.find("gVnfm")), bool(context.find("new"))
            facts: Body = {}
        else:
            facts, host, needed = self._specific(context)
        if not needed or self._there(context, host):
            return Done(facts)
        if broken := self._broken(context, host):
            return broken
        if self.once(context, host):
            version = context.setting("vnfmVersion", "1.0.0")
            context.entities[host].http.post(
                f"{INSTANCE}/instantiate",
                {
                    "softwareVersion": version,
                    "applicationState": "STARTED_LOCKED",
                    "resources": context.reserved(),
                },
            )
        return None

    def _specific(self, context: Context) -> tuple[Body, str, bool]:
        """The S-VNFM that is there stays; one that was terminated gets a new instance."""
        present = str(context.find("sVnfm"))
        if self._there(context, present):
            return {"sVnfm": present, "newSVnfm": bool(context.find("newSVnfm"))}, present, False
        host = str(context.setting("sVnfmHost") or present)
        return {"sVnfm": host, "newSVnfm": True}, host, True

    def _there(self, context: Context, name: str) -> bool:
        return bool(context.entities[name].http.get(INSTANCE).object["instantiationState"] == "INSTANTIATED")

    def _broken(self, context: Context, host: str) -> Failed | None:
        """How an instantiation that this step asked for ended badly."""
        if host not in context.memory.get("asked", []):
            return None
        last = context.entities[host].http.all("/nfvmanoswm/v1/instance_op_occs")[-1:]
        if not last or last[0]["operationState"] not in ("FAILED", "ROLLED_BACK"):
            return None
        error = last[0].get("error") or {}
        kind = "transient" if error.get("retryable") else "failed"
        return Failed(kind, f"{host} could not be instantiated: {error.get('detail')}")


class VerifyVnfm(_OfVnfm):
    """A new VNFM is there, started, in its version."""

    def turn_new(self, context: Context, name: str) -> Outcome | None:
        entity = context.entities[name].information.mano_entity()
        state = entity.get("manoApplicationState", {})
        if entity.get("type") != "VNFM" or state.get("operationalState") != "STARTED":
            return Failed("failed", f"{name} is not operational: {entity.get('type')} {state}")
        return Done({"verified": name, "vnfmVersion": entity.get("softwareVersion")})


class SetVnfmPeering(_OfVnfm):
    """Configure a new VNFM and the NFVO as each other's peers."""

    def turn_new(self, context: Context, name: str) -> Outcome | None:
        nfvo = context.setting("nfvo")
        for one, other, kind in ((name, nfvo, "NFVO"), (nfvo, name, "VNFM")):
            information = context.entities[one].information
            if not any(peer["peerEntityId"] == other for peer in information.peers()):
                information.add_peer(other, kind)
        return Done({"peers": [name, nfvo]})


class UnlockVnfm(_OfVnfm):
    """Unlock a new VNFM, and start its service. One that was locked only is unlocked again as well."""

    def turn(self, context: Context) -> Outcome | None:
        return self.turn_new(context, self.name(context))

    def turn_new(self, context: Context, name: str) -> Outcome | None:
        information = context.entities[name].information
        if not _at_work(information.mano_entity()):
            if self.once(context, "application"):
                information.change_application(UNLOCK)
            return None
        states = _services(information.interfaces())
        left = {one: state for one, state in states.items() if state != AT_WORK}
        for interface, state in left.items():
            if self.once(context, f"{interface} {state}"):
                information.change_interface(interface, START if state[0] == "STOPPED" else UNLOCK)
        return done_with(None if left else {"unlocked": name})


class ConnectVnfm(_OfVnfm):
    """Have a new VNFM and the NFVO authenticate to each other, and each use the other once."""

    def turn_new(self, context: Context, name: str) -> Outcome | None:
        nfvo = context.setting("nfvo")
        for one, other, root in ((name, nfvo, "/nslcm/v1"), (nfvo, name, "/vnflcm/v1")):
            found = context.entities[one].peering.connect(other, root)
            if not (found.get("authenticated") and found.get("reachable")):
                return Failed("failed", f"{one} could not peer with {other}: {found.get('detail') or found}")
        return Done({"connected": [name, nfvo]})


class RetireVnfm(Gradual):
    """Lock and terminate a VNFM, unless it manages VNFs; a G-VNFM only when the process has made it."""

    def turn(self, context: Context) -> Outcome | None:
        role = context.parameter("role")
        name = context.find(ROLES[role])
        if name is None or (role == "generic" and not context.find("new")):
            return Done({"kept": name})
        entity = context.entities[name]
        if entity.http.get(INSTANCE).object["instantiationState"] != "INSTANTIATED":
            return self.forgotten(context, name)
        state = _state(entity.information.mano_entity()["manoApplicationState"])
        if state == AT_WORK and self.needed(context, name):
            return Done({"kept": name})
        return self.retired(context, name)

    def needed(self, context: Context, name: str) -> bool:
        """Whether it manages any VNF."""
        states = _services(context.entities[name].information.interfaces())
        return AT_WORK in states.values() and bool(context.entities[name].vnfs.all())

    def retired(self, context: Context, name: str) -> Outcome | None:
        """The next step towards its end: it is locked, its service is stopped, it is terminated."""
        information = context.entities[name].information
        running = [one for one, state in _services(information.interfaces()).items() if state[0] != "STOPPED"]
        locked = information.mano_entity()["manoApplicationState"].get("administrativeState") == "LOCKED"
        if not locked:
            if self.once(context, "lock"):
                information.change_application(LOCK)
        elif running:
            for interface in running:
                if self.once(context, f"stop {interface}"):
                    information.change_interface(interface, GRACEFUL_STOP)
        elif self.once(context, "terminate"):
            context.entities[name].http.post(f"{INSTANCE}/terminate", {"terminationType": "GRACEFUL"})
        return None

    def forgotten(self, context: Context, name: str) -> Outcome:
        """Gone: the NFVO need not know of it any more."""
        information = context.entities[context.setting("nfvo")].information
        for peer in information.peers():
            if peer["peerEntityId"] == name:
                information.remove_peer(peer["id"])
        return Done({"terminated": name})


class ReleaseUnlessLivedIn(Operation):
    """Give back what was reserved, but for what a VNFM lives in that the process has instantiated and that stays."""

    def do(self, context: Context) -> Outcome:
        hosts = {context.find("gVnfm"), context.find("sVnfm")}
        for found in context.earlier:
            if not found["made"]:
                continue
            resources = context.entities[found["provider"]].resources
            try:
                resources.release(found["reservationId"])
            except NotFound:
                continue
            except Conflict as error:
                used = resources.reservation(found["reservationId"]).get("allocations", [])
                if not {each["owner"] for each in used} <= hosts:
                    return Failed("transient", str(error))
        return Done()


class StopLogsUnlessGone(StopSpecialLogs):
    """End the logging job; with a VNFM that was terminated its jobs went too."""

    def do(self, context: Context) -> Outcome:
        instance = context.target.http.get(INSTANCE).object
        return super().do(context) if instance["instantiationState"] == "INSTANTIATED" else Done()


def _at_work(entity: Body) -> bool:
    return _state(entity.get("manoApplicationState") or {}) == AT_WORK


def _state(state: Body) -> tuple[str, str]:
    return str(state.get("operationalState")), str(state.get("administrativeState"))


def _services(interfaces: list[Body]) -> dict[str, tuple[str, str]]:
    """The states of the service interfaces for VNF LCM, by their identifiers."""
    return {str(one["id"]): _state(one["interfaceState"]) for one in interfaces if one.get("type") == SERVICE}
