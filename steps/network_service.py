"""The network service of clause 5.5.2 on the bench: VNF1 sends traffic to VNF2 while VNF2 and its VNFM are replaced."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from harness.judge.roles import Roles
    from mocks.lab.control import Control
    from steps.bench import Bench
    from steps.observer import Observer

ENTITY = "/nfvmanocim/v2/mano_entity"
SETTLED_WITHIN = 300.0
"""Lab seconds that the NS gets to come up."""

TRAFFIC = {"state": "RUNNING", "period": 0.5, "sessions": 4, "lasting": 3}
SCHEDULE = [25, 50, 100]
OTHER_VNFD = "vnfd-other"


@dataclass
class NetworkService:
    """What is there before a process, and what the observer looks at because of it.

    `others_at_target` says whether the S-VNFM manages VNF1 too, which otherwise has an S-VNFM of its own.
    """

    others_at_target: bool = False
    schedule: tuple[int, ...] = tuple(SCHEDULE)
    instance: str = ""

    def prepare(self, bench: Bench, observer: Observer, roles: Roles) -> None:
        """The NS is instantiated by its operator, the G-VNFM manages some other VNF, and all traffic goes to VNF2."""
        lab, named = bench.lab, roles.others
        oss = lab.control(roles.consumer)
        nsd = _made(oss, named["nfvo"], "/nsd/v1/ns_descriptors", {"userDefinedData": {"made by": roles.consumer}})
        oss.trigger(named["nfvo"], "PUT", f"/nsd/v1/ns_descriptors/{nsd}/nsd_content", self._content(roles))
        asked = {"nsdId": nsd, "nsName": "ns under judgement", "nsDescription": "two VNFs"}
        self.instance = _made(oss, named["nfvo"], "/nslcm/v1/ns_instances", asked)
        path = f"/nslcm/v1/ns_instances/{self.instance}/instantiate"
        oss.trigger(named["nfvo"], "POST", path, {"nsFlavourId": "default"})
        nfvo = lab.control(named["nfvo"])
        vnf = _made(nfvo, named["g_vnfm"], "/vnflcm/v1/vnf_instances", {"vnfdId": OTHER_VNFD})
        nfvo.trigger(named["g_vnfm"], "POST", f"/vnflcm/v1/vnf_instances/{vnf}/instantiate", {"flavourId": "default"})
        lab.settle(SETTLED_WITHIN)
        routes = {"routes": [{"vnf": named["vnf_source"], "share": 100}]}
        observer.ask("PUT", named["steering"], "/steering/v1/routes", routes)
        lab.settle(SETTLED_WITHIN)

    def begin_traffic(self, observer: Observer, roles: Roles) -> None:
        observer.ask("PUT", roles.others["traffic_source"], "/traffic/v1/generator", TRAFFIC)

    def end_traffic(self, observer: Observer, roles: Roles) -> None:
        observer.ask("PUT", roles.others["traffic_source"], "/traffic/v1/generator", {"state": "STOPPED"})

    def look(self, observer: Observer, roles: Roles) -> None:
        """What conditions, and what is left, are judged by."""
        named = roles.others
        vnfms = [roles.target, named["s_vnfm_host"], named["g_vnfm"], named["g_vnfm_host"]]
        for vnfm in vnfms:
            observer.ask("GET", vnfm, "/nfvmanoswm/v1/instance")
            observer.ask("GET", vnfm, ENTITY)
            observer.ask("GET", vnfm, "/vnflcm/v1/vnf_instances?all_fields=")
        for vnf in (named["vnf_source"], named["vnf_destination"], named["traffic_source"]):
            observer.ask("GET", vnf, ENTITY)
        observer.ask("GET", named["vnf_source"], "/svnf/v1/status")
        observer.ask("GET", named["vnf_destination"], "/vnfconfig/v1/configuration")
        for vnfm in (named["g_vnfm"], named["g_vnfm_host"]):
            observer.ask("GET", vnfm, "/nfvmanoswm/v1/capability")
        observer.ask("GET", named["nfvo"], f"/nslcm/v1/ns_instances/{self.instance}")
        observer.ask("GET", named["nfvo"], "/nsd/v1/ns_descriptors")
        observer.ask("GET", named["nfvo"], "/nfvmanocim/v2/peer_entities")
        observer.ask("GET", roles.provider, "/vrm/v1/networks")
        observer.ask("GET", roles.provider, "/vrm/v1/compute_resources")
        observer.ask("GET", named["traffic_source"], "/traffic/v1/generator")

    def parameters(self, roles: Roles) -> Mapping[str, Any]:
        """What the SMM is told when it is launched."""
        named = roles.others
        return {
            "nfvo": named["nfvo"],
            "nsInstanceId": self.instance,
            "sourceVnf": named["vnf_source"],
            "destinationVnf": named["vnf_destination"],
            "destinationVnfd": "vnfd-b-2",
            "steering": named["steering"],
            "gVnfm": named["g_vnfm"],
            "gVnfmHost": named["g_vnfm_host"],
            "sVnfmHost": named["s_vnfm_host"],
            "schedule": list(self.schedule),
        }

    def _content(self, roles: Roles) -> dict[str, Any]:
        named = roles.others
        first, second = named["traffic_source"], named["vnf_source"]
        manager = roles.target if self.others_at_target else named["other_s_vnfm"]
        return {
            "nsdInvariantId": "ns",
            "nsdVersion": "1",
            "vnfProfiles": [
                {"vnfProfileId": first, "vnfdId": "vnfd-a", "vnfmId": manager},
                {"vnfProfileId": second, "vnfdId": "vnfd-b-1", "vnfmId": roles.target},
            ],
            "virtualLinks": [{"virtualLinkId": "link"}],
            "paths": [{"pathId": "path", "vnfProfileIds": [first, second], "virtualLinkIds": ["link"]}],
        }


def _made(control: Control, to: str, path: str, body: Mapping[str, Any]) -> str:
    return str(control.trigger(to, "POST", path, body)["location"]).rsplit("/", 1)[-1]
