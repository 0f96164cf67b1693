"""What every functional entity offers: information (SOL 009 clause 5), special logs (clause 8), checks of peers."""

from __future__ import annotations

from harness.clients.http import Body, Http, segment

CIM = "/nfvmanocim/v2"
LOGS = "/nfvmanologm/v1"
PEER = "/peer/v1"


class Information:
    """nfvmanocim/v2 of one entity."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def mano_entity(self) -> Body:
        """The ManoEntity: identity, software version, application state."""
        return self._http.get(f"{CIM}/mano_entity").object

    def change_state(self, request: Body) -> str:
        """Ask for a change of the application's state; returns the occurrence's id."""
        return self._http.post(f"{CIM}/mano_entity/change_state", request).created

    def interfaces(self) -> list[Body]:
        """The ManoServiceInterfaces with their states."""
        return self._http.all(f"{CIM}/mano_entity/mano_interfaces")

    def peers(self) -> list[Body]:
        """The PeerEntities that the entity is configured with."""
        return self._http.all(f"{CIM}/peer_entities")

    def change_application(self, request: Body) -> str:
        """Ask for a change of the application's state; returns the occurrence's id."""
        return self._http.post(f"{CIM}/mano_entity/change_state", request).created

    def add_peer(self, name: str, type: str) -> None:
        """Configure a peer entity (SOL 009 clause 5.5.5)."""
        self._http.post(f"{CIM}/peer_entities", {"peerEntityId": name, "name": name, "type": type})

    def remove_peer(self, id: str) -> None:
        self._http.delete(f"{CIM}/peer_entities/{segment(id)}")

    def change_interface(self, interface_id: str, request: Body) -> str:
        """Ask for a change of a service interface's state (SOL 009 clause 5.5.7); returns the occurrence's id."""
        path = f"{CIM}/mano_entity/mano_interfaces/{segment(interface_id)}/change_state"
        return self._http.post(path, request).created


class Logs:
    """nfvmanologm/v1 of one entity."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def start(self, entity_id: str, marks: Body) -> str:
        """Start a logging job over the entity's system logs (SOL 009 8.6.2); returns its id. `marks` find it again."""
        body: Body = {
            "objectInstanceIds": [{"type": "MANO_ENTITY", "objectId": entity_id}],
            "jobCriteria": {"loggingType": "SYSTEM", "systemLogDetail": {"severityLevel": 7, "systemLogs": marks}},
            "jobConfig": {"reportingCondition": {"reportingType": "NO_REPORTING"}, "securityConf": {}},
        }
        return self._http.post(f"{LOGS}/log_jobs", body).created

    def jobs(self) -> list[Body]:
        return self._http.all(f"{LOGS}/log_jobs")

    def stop(self, job_id: str) -> None:
        self._http.delete(f"{LOGS}/log_jobs/{segment(job_id)}")


class Peering:
    """peer/v1 of one entity: what a consumer of LCM and VRM operations is told (table 5.2.2.8-1)."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def notice(self, producer: str, operation_type: str, occurrence: str, reason: str) -> None:
        """Tell the consumer of an operation that it is pending, or that it should trigger it again."""
        body: Body = {
            "producer": producer,
            "operationType": operation_type,
            "operationOccurrenceId": occurrence,
            "reason": reason,
        }
        self._http.post(f"{PEER}/operation_notices", body)

    def connect(self, peer: str, api_uri: str | None = None, replaces: str | None = None) -> Body:
        """Have the entity authenticate to a peer and use its interface at this path; returns what came of it.

        With `replaces`, the peer takes the place of that other one; without a path, the peer is only tried.
        """
        given = {"apiUri": api_uri, "replaces": replaces}
        body: Body = {"peer": peer, **{name: value for name, value in given.items() if value}}
        return self._http.post(f"{PEER}/connections", body).object

    def check(self, peer: str) -> Body:
        """Have the entity use a service of a peer; returns what it found."""
        return self._http.post(f"{PEER}/checks", {"peer": peer}).object
