"""The service interfaces of an entity (SOL 009 clause 5.6.2.11), each with a state of its own."""

from __future__ import annotations

from collections.abc import Iterator

from mocks.entities.core import Core
from mocks.entities.merge_patch import merged
from mocks.entities.offers import CIM, LOGM, MCIO, OFFERS, Offer
from mocks.entities.placement import manages_mcios
from mocks.entities.ports import Body
from mocks.entities.register import Register
from mocks.entities.service_instances import instances
from mocks.entities.state_changes import INTERFACE, ManagedState


class ManoInterface:
    """One service interface."""

    def __init__(self, offer: Offer, administrative: str = "UNLOCKED") -> None:
        self.offer = offer
        self.state = ManagedState(INTERFACE, administrative)
        self._configured: Body = {
            "name": offer.name,
            "apiEndpoint": {
                "apiName": offer.name,
                "apiMajorVersion": offer.major,
                "apiUri": offer.root,
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
        self._core = core
        for offer in self._offered():
            self.add(offer.id, ManoInterface(offer))

    def follow_version(self) -> bool:
        """Open, locked, what the running version brings, and close what it does not have; whether anything changed."""
        wanted = {offer.id: offer for offer in self._offered()}
        gone = self.take_all(lambda interface: interface.offer.id not in wanted)
        opened = [offer for offer in wanted.values() if offer.id not in self]
        for offer in opened:
            self.add(offer.id, ManoInterface(offer, "LOCKED"))
        return bool(gone or opened)

    def of_service(self) -> list[ManoInterface]:
        """The instances of the entity's main service, which users come to."""
        service = {offer.name for offer in OFFERS.get(self._core.type, ())[:1]}
        return [interface for interface in self.all() if interface.offer.name in service]

    def _offered(self) -> Iterator[Offer]:
        own = OFFERS.get(self._core.type, ())
        yield from instances(self._core, own[0]) if own else ()
        yield from own[1:]
        if MCIO not in own and manages_mcios(self._core):
            yield MCIO
        yield from (CIM, LOGM)
