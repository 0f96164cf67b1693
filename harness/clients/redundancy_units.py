"""nfvmanoswm/v1 of one entity: the redundancy units that compose it (GR clause 5.3.2)."""

from __future__ import annotations

from typing import Literal

from harness.clients.http import Body, Http, segment

API = "/nfvmanoswm/v1"
UNITS = f"{API}/redundancy_units"
OCCURRENCES = f"{API}/redundancy_unit_op_occs"


class RedundancyUnits:
    """The redundancy units of one entity; what takes time gives the id of its operation occurrence."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def all(self) -> list[Body]:
        return self._http.all(UNITS)

    def get(self, id: str) -> Body:
        return self._http.get(f"{UNITS}/{segment(id)}").object

    def instantiate(self, body: Body) -> str:
        return self._http.post(UNITS, body).created

    def change_state(self, unit: str, request: Body) -> str:
        """Ask for a change of the state of a unit, with all its service interfaces."""
        return self._http.post(f"{UNITS}/{segment(unit)}/change_state", request).created

    def change_interface(self, unit: str, interface: str, request: Body) -> str:
        """Ask for a change of the state of one service interface of a unit."""
        path = f"{UNITS}/{segment(unit)}/service_interfaces/{segment(interface)}/change_state"
        return self._http.post(path, request).created

    def terminate(self, unit: str, how: Literal["GRACEFUL", "FORCEFUL"]) -> str:
        return self._http.post(f"{UNITS}/{segment(unit)}/terminate", {"terminationType": how}).created

    def occurrences(self) -> list[Body]:
        return self._http.all(OCCURRENCES)

    def occurrence(self, id: str) -> Body:
        return self._http.get(f"{OCCURRENCES}/{segment(id)}").object
