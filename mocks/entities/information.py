"""What an entity tells of itself and how its state is managed (SOL 009 clause 5: nfvmanocim)."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

from mocks.entities.core import Core
from mocks.entities.errors import Unprocessable
from mocks.entities.interruption import Interruptible, Serving, powers_offering
from mocks.entities.logs import Logs
from mocks.entities.mano_interfaces import ManoInterface, ManoInterfaces
from mocks.entities.mano_objects import CIM, entity_reference, interface_reference, lets_through, link, path_of
from mocks.entities.merge_patch import merged
from mocks.entities.peer_entities import PeerEntities
from mocks.entities.ports import Body
from mocks.entities.state_changes import APPLICATION, ManagedState, StateChange, StateChanges
from mocks.entities.subscriptions import Subscription, Subscriptions
from mocks.entities.times import timestamp

_PARAMETERS = ("clockSyncs", "defaultLogCompileBySizeValue", "defaultLogCompileByTimerValue")


class Information:
    """The ManoEntity with its service interfaces, peers, changes of state and subscriptions.

    `state_changes` and `peers` serve their resources themselves.
    """

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.Lock()
        self._application = ManagedState(APPLICATION)
        self._interfaces = ManoInterfaces(core)
        self._described: Body = {"name": core.name, "description": f"{core.type} of the manolab lab"}
        self._parameters: Body = {"defaultLogCompileBySizeValue": 1024, "defaultLogCompileByTimerValue": 3600}
        self._services: dict[str, Body] = {}
        self._find_services()
        self.state_changes = StateChanges(core, self._state_changed)
        self.peers = PeerEntities(core)
        self.subscriptions = Subscriptions(core.ids, core.clock, core.peers)

    @property
    def entity_id(self) -> str:
        """Managed objects are named by their actor, so that every actor of a lab knows the name."""
        return self._core.name

    def entity(self) -> Body:
        """The ManoEntity, with the software version that runs at this moment."""
        return {
            "id": self.entity_id,
            "type": self._core.type,
            **self._described,
            "provider": "manolab",
            "softwareVersion": self._core.software_version,
            "manoServices": list(self._services.values()),
            "manoConfigurableParams": self._parameters,
            "manoApplicationState": self._application.body(),
            "_links": _LINKS,
        }

    def modify_entity(self, patch: Body) -> None:
        """Apply a ManoConfigModificationRequest; Unprocessable when it names a service that is not there."""
        services = {change["id"]: change for change in patch.get("manoServiceModifications", ())}
        if unknown := sorted(services.keys() - self._services.keys()):
            raise Unprocessable(f"no service {', '.join(unknown)}; there are {', '.join(self._services)}")
        with self._lock:
            self._described = merged(self._described, _only(patch, "name", "description"))
            self._parameters = merged(self._parameters, _only(patch, *_PARAMETERS))
            for service, change in services.items():
                self._services[service] = merged(self._services[service], _only(change, "name", "description"))
        self._information_changed(patch)

    def change_state(self, request: Body) -> StateChange:
        """Begin to change the state of the application; see StateChanges.start for what may go wrong."""
        reference = entity_reference(self.entity_id)
        return self.state_changes.start(reference, self._application, request, self._cut_off)

    def come_up_locked(self) -> None:
        """Be STARTED and LOCKED, as after a restoration in a fallback (table 5.9.5-1, row 3)."""
        self._application.put("STARTED", "LOCKED")
        self._record("restored: the application is STARTED and LOCKED")

    @property
    def application_state(self) -> Body:
        return self._application.body()

    def interfaces(self) -> list[Body]:
        application = self._serving
        return [interface.body(application) for interface in self._interfaces.all()]

    def interface(self, id: str) -> Body:
        return self._interfaces.get(id).body(self._serving)

    @property
    def _serving(self) -> str:
        """The operational state of what is behind the interfaces: STOPPED where no redundancy unit serves."""
        served = all(power.serves() for _, power in powers_offering(self._core, Serving))
        return self._application.operational.state if served else "STOPPED"

    def at_work(self, interface_id: str) -> bool:
        """Whether the interface serves its users now: it and the application are started and unlocked."""
        return self._application.at_work and self._interfaces.get(interface_id).state.at_work

    def start_locked(self) -> None:
        """The entity was just instantiated: started and locked, the interfaces of its service stopped (GR 5.3.3.5)."""
        self._application.put("STARTED", "LOCKED")
        for interface in self._interfaces.of_service():
            interface.state.put("STOPPED", "UNLOCKED")

    def not_shut_down(self) -> list[str]:
        """The interfaces of its service that still run, in a running application."""
        if self._application.operational.state == "STOPPED":
            return []
        running = self._interfaces.of_service()
        return [each.offer.id for each in running if each.state.busy or each.state.operational.state != "STOPPED"]

    def version_changed(self) -> None:
        """Another software version runs: open and close the service interfaces that differ (GR clause 5.2.3)."""
        with self._lock:
            if not self._interfaces.follow_version():
                return
            self._find_services()
        self._information_changed({"manoServiceInterfaces": [{"id": each.offer.id} for each in self._interfaces.all()]})

    def modify_interface(self, id: str, patch: Body) -> None:
        """Apply a ManoServiceInterfaceModificationRequest."""
        interface = self._interfaces.get(id)
        with self._lock:
            interface.modify(patch)
        self._information_changed({"manoServiceInterfaces": [{"id": id, **patch}]})

    def change_interface_state(self, id: str, request: Body) -> StateChange:
        """Begin to change the state of one interface."""
        interface = self._interfaces.get(id)
        return self.state_changes.start(interface_reference(self.entity_id, id), interface.state, request)

    def snapshot(self) -> Body:
        with self._lock:
            return {
                "described": self._described,
                "parameters": self._parameters,
                "services": dict(self._services),
                "application": self._application.snapshot(),
                "interfaces": {name: interface.snapshot() for name, interface in self._interfaces.items()},
                "stateChanges": self.state_changes.snapshot(),
                "peers": self.peers.snapshot(),
                "subscriptions": self.subscriptions.snapshot(),
            }

    def revive(self, snapshot: Body) -> None:
        self._described, self._parameters = snapshot["described"], snapshot["parameters"]
        self._interfaces.follow_version()
        self._services = snapshot["services"]
        self._application.revive(snapshot["application"])
        for name, interface in self._interfaces.items():
            interface.revive(snapshot["interfaces"][name])
        self.state_changes.revive(snapshot["stateChanges"], self._state_of)
        self.peers.revive(snapshot["peers"])
        self.subscriptions.revive(snapshot["subscriptions"])

    def _cut_off(self) -> None:
        """Stopped by force: whatever was under way ends here."""
        for _, power in powers_offering(self._core, Interruptible):
            power.interrupt(f"{self._core.name} was stopped by force")

    def _find_services(self) -> None:
        known, there = self._services, self._interfaces.all()
        self._services = {each.offer.id: known.get(each.offer.id) or _service(each) for each in there}

    def _state_of(self, reference: Body) -> ManagedState:
        interface = reference.get("subObjectId")
        return self._interfaces.get(interface).state if interface else self._application

    def _information_changed(self, changed: Body) -> None:
        self._record(f"information changed: {', '.join(sorted(changed))}")
        now = timestamp(self._core.clock.date())
        reference = entity_reference(self.entity_id)

        def notification(subscription: Subscription) -> Body | None:
            if not lets_through(subscription.filter, "InformationChangedNotification", reference):
                return None
            return {
                "id": self._core.ids.uuid(),
                "notificationType": "InformationChangedNotification",
                "subscriptionId": subscription.id,
                "timeStamp": now,
                "informationChangedTime": now,
                "manoEntityId": self.entity_id,
                "changedInfo": changed,
                "_links": {"self": link(f"{CIM}/mano_entity"), "subscription": link(_subscription(subscription))},
            }

        self.subscriptions.publish(notification)

    def _state_changed(self, change: StateChange) -> None:
        self._record(f"state change {change.id} of {path_of(change.reference)}: {change.operation_state}")
        now, entered, state = timestamp(self._core.clock.date()), timestamp(change.entered), change.state.body()

        def notification(subscription: Subscription) -> Body | None:
            if not lets_through(subscription.filter, "ChangeStateNotification", change.reference):
                return None
            return {
                "id": self._core.ids.uuid(),
                "notificationType": "ChangeStateNotification",
                "subscriptionId": subscription.id,
                "timestamp": now,  # so spelled in SOL 009, unlike the timeStamp of all its other notifications
                "changeStateOpOccId": change.id,
                "stateChangedTime": entered,
                "changeStateOperationState": change.operation_state,
                "managedObjectRef": change.reference,
                "operationalState": state["operationalState"],
                "administrativeState": state["administrativeState"],
                "_links": {
                    "subscription": link(_subscription(subscription)),
                    "objectInstance": link(path_of(change.reference)),
                    "changeStateOpOcc": link(f"{CIM}/change_state_ops/{change.id}"),
                },
            }

        self.subscriptions.publish(notification)

    def _record(self, text: str) -> None:
        logs = self._core.power(Logs)
        if logs is not None:
            logs.record(text)


_LINKS = {
    "self": link(f"{CIM}/mano_entity"),
    "manoServiceInterfaces": link(f"{CIM}/mano_entity/mano_interfaces"),
    "peerEntities": link(f"{CIM}/peer_entities"),
    "changeState": link(f"{CIM}/mano_entity/change_state"),
    "changeStateOpOccs": link(f"{CIM}/change_state_ops"),
}


def _service(interface: ManoInterface) -> Body:
    interface_id = interface.offer.id
    return {
        "id": interface_id,
        "name": interface.offer.name,
        "description": interface.offer.description,
        "manoServiceInterfaceIds": [interface_id],
        "_links": {"manoServiceInterfaces": [link(f"{CIM}/mano_entity/mano_interfaces/{interface_id}")]},
    }


def _subscription(subscription: Subscription) -> str:
    return f"{CIM}/subscriptions/{subscription.id}"


def _only(body: Mapping[str, Any], *names: str) -> Body:
    return {name: body[name] for name in names if name in body}
