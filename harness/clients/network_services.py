"""NSDs and NS instances of an NFVO, the VNFs of a VNFM, and the traffic within an NS (GR clause 5.5.2)."""

from __future__ import annotations

from typing import Any

from harness.clients.http import Body, Http, segment

NSDS = "/nsd/v1/ns_descriptors"
NSLCM = "/nslcm/v1"
VNFS = "/vnflcm/v1/vnf_instances"
ROUTES = "/steering/v1/routes"


class NetworkServices:
    """nsd/v1 and nslcm/v1 of one NFVO."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def nsds(self) -> list[Body]:
        return self._http.all(NSDS)

    def create_nsd(self, user_defined: Body) -> str:
        return self._http.post(NSDS, {"userDefinedData": user_defined}).created

    def nsd_content(self, id: str) -> Body:
        return self._http.get(f"{NSDS}/{segment(id)}/nsd_content").object

    def onboard_nsd(self, id: str, content: Body) -> None:
        self._http.put(f"{NSDS}/{segment(id)}/nsd_content", content)

    def delete_nsd(self, id: str) -> None:
        self._http.delete(f"{NSDS}/{segment(id)}")

    def instance(self, id: str) -> Body:
        return self._http.get(f"{NSLCM}/ns_instances/{segment(id)}").object

    def associate(self, id: str, nsd: str) -> str:
        """Have an NS follow another NSD; returns the id of the operation occurrence."""
        body: Body = {
            "updateType": "ASSOC_NEW_NSD_VERSION",
            "assocNewNsdVersionData": {"newNsdId": nsd, "sync": True},
        }
        return self._http.post(f"{NSLCM}/ns_instances/{segment(id)}/update", body).created

    def occurrences(self, id: str) -> list[Body]:
        """The operations on an NS, with what they were asked for."""
        found = self._http.all(f"{NSLCM}/ns_lcm_op_occs", {"all_fields": ""})
        return [each for each in found if each.get("nsInstanceId") == id]

    def occurrence(self, id: str) -> Body:
        return self._http.get(f"{NSLCM}/ns_lcm_op_occs/{segment(id)}").object

    def task(self, occurrence: str, task: str) -> None:
        """Ask for retry or rollback of an operation that broke."""
        self._http.post(f"{NSLCM}/ns_lcm_op_occs/{segment(occurrence)}/{task}")


class Vnfs:
    """The VNF instances of one VNFM (vnflcm/v1)."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def all(self) -> list[Body]:
        return self._http.all(VNFS)


class Traffic:
    """Who steers traffic (steering/v1), and what a VNF has to do (traffic/v1)."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def routes(self) -> Body:
        """How traffic is shared, and whether whoever sends knows."""
        return self._http.get(ROUTES).object

    def steer(self, shares: dict[str, int]) -> None:
        routes: list[dict[str, Any]] = [{"vnf": vnf, "share": share} for vnf, share in shares.items()]
        self._http.put(ROUTES, {"routes": routes})

    def load(self) -> Body:
        """How many sessions a VNF has open."""
        return self._http.get("/traffic/v1/load").object
