"""The service interfaces of an entity (SOL 009 clause 5.6.2.11), each with a state of its own."""

from __future__ import annotations

from dataclasses import dataclass

from mocks.entities.core import Core
from mocks.entities.merge_patch import merged
from mocks.entities.ports import Body
from mocks.entities.register import Register
from mocks.entities.state_changes import INTERFACE, ManagedState


@dataclass(frozen=True)
class Offer:
    """What an API is: name and major version in its path, the standard's version, its own, what one can do with it."""

    name: str
    major: str
    standard: str
    version: str
    operations: tuple[str, ...]
    description: str

    @property
    def id(self) -> str:
        return f"{self.name}-{self.major}"


_CIM = Offer("nfvmanocim", "v2", "3.7.1", "2.2.0", ("GET", "PATCH", "CHANGE_STATE"), "configuration and information")
_LOGM = Offer("nfvmanologm", "v1", "3.7.1", "1.0.1", ("CREATE_LOG_JOB", "COMPILE_LOG"), "log management")
_SWM = Offer("nfvmanoswm", "v1", "1.0.0", "1.0.0", ("MODIFY", "SUSPEND", "RESUME", "UNDO", "COMMIT"), "own software")
_NSLCM = Offer("nslcm", "v1", "2.6.1", "1.2.0", ("CREATE", "INSTANTIATE", "TERMINATE"), "lifecycle of network services")
_VNFLCM = Offer("vnflcm", "v1", "2.6.1", "1.3.0", ("CREATE", "INSTANTIATE", "TERMINATE"), "lifecycle of VNFs")
_VRM = Offer("vrm", "v1", "1.0.0", "1.0.0", ("RESERVE", "ALLOCATE", "TERMINATE"), "virtualised resources")
_TESTER = Offer("tester", "v1", "1.0.0", "1.0.0", ("RUN",), "tests of entities")

OFFERS: dict[str, tuple[Offer, ...]] = {
    "NFVO": (_NSLCM, _SWM),
    "VNFM": (_VNFLCM, _SWM),
    "VIM": (_VRM, _SWM),
    "NFVI": (_VRM,),
    "TESTER": (_TESTER,),
}
"""What each type offers beside information and logs, which all offer; its main service first."""


class ManoInterface:
    """One service interface."""

    def __init__(self, offer: Offer) -> None:
        self.offer = offer
        self.state = ManagedState(INTERFACE)
        self._configured: Body = {
            "name": offer.name,
            "apiEndpoint": {
                "apiName": offer.name,
                "apiMajorVersion": offer.major,
                "apiUri": f"/{offer.name}/{offer.major}",
            },
        }

    @property
    def name(self) -> str:
        return str(self._configured["name"])

    def modify(self, patch: Body) -> None:
        """Apply a ManoServiceInterfaceModificationRequest."""
        endpoint = {name: patch[name] for name in ("apiRoot", "apiUri") if name in patch}
        rest = {name: value for name, value in patch.items() if name in ("name", "securityInfo", "metadata")}
        self._configured = merged(self._configured, {**rest, "apiEndpoint": endpoint})

    def body(self, application: str) -> Body:
        """The ManoServiceInterface on the wire; `application` is the operational state of what it belongs to.

        An interface of an application that is not STARTED is down with it, whatever its own state is.
        """
        state = self.state.body()
        if application != "STARTED":
            down = "STARTING" if application == "RESTARTING" else application
            state |= {"operationalState": down, "usageState": "NOT_IN_USE"}
        return {
            "id": self.offer.id,
            "type": self.offer.name,
            "standardVersion": self.offer.standard,
            "providerSpecificApiVersion": self.offer.version,
            "apiVersion": self.offer.version,
            "supportedOperations": [{"operationName": name} for name in self.offer.operations],
            "interfaceState": state,
            **self._configured,
        }

    def snapshot(self) -> Body:
        return {"state": self.state.snapshot(), "configured": self._configured}

    def revive(self, snapshot: Body) -> None:
        self.state.revive(snapshot["state"])
        self._configured = snapshot["configured"]


class ManoInterfaces(Register[ManoInterface]):
    """The interfaces of an entity of this type, by id."""

    def __init__(self, core: Core) -> None:
        super().__init__("service interface")
        for offer in (*OFFERS.get(core.type, ()), _CIM, _LOGM):
            self.add(offer.id, ManoInterface(offer))
