"""What an NS consists of by its NSD: VNFs at the VNFMs that the NSD names, virtual networks at the VIM (GR 5.5.2)."""

from __future__ import annotations

from typing import Any

from mocks.entities.core import Core
from mocks.entities.lifecycle_instance import Instance
from mocks.entities.lifecycle_orders import Order, Remote
from mocks.entities.lifecycle_providers import VnfsOfVnfm
from mocks.entities.ports import Body

NETWORKS = "/vrm/v1/networks"
NOTHING: Body = {"vnfProfiles": [], "virtualLinks": [], "paths": []}
"""The NSD of an NS that is no longer instantiated."""


class Composition:
    """The parts of one NS instance. They are remembered in the instance before they are ordered."""

    def __init__(self, core: Core, instance: Instance) -> None:
        self._core = core
        self._instance = instance
        self._vim = Remote(core, str(core.profile.get("vim", "vim")))

    def to(self, nsd: Body) -> Order:
        """The order after which the NS is as the NSD says: first what is new comes, then what is old goes."""
        return Order(self._take_up, lambda: self._advance(nsd))

    @property
    def vnfs(self) -> dict[str, Body]:
        found: dict[str, Body] = self._instance.parts.setdefault("vnfs", {})
        return found

    @property
    def networks(self) -> dict[str, Body]:
        found: dict[str, Body] = self._instance.parts.setdefault("networks", {})
        return found

    def _take_up(self) -> None:
        """What an earlier attempt left undone is ordered again."""
        for vnf in self.vnfs.values():
            vnf["ordered"] = vnf["ready"]
            vnf["dismissed"] = False

    def _advance(self, nsd: Body) -> bool:
        wanted = {each["vnfProfileId"]: each for each in nsd["vnfProfiles"]}
        links = {each["virtualLinkId"] for each in nsd["virtualLinks"]}
        self._make_networks(sorted(links - self.networks.keys()))
        if not self._all_there(wanted):
            return False
        if not self._all_gone(self.vnfs.keys() - wanted.keys()):
            return False
        self._remove_networks(sorted(self.networks.keys() - links))
        return True

    def _make_networks(self, missing: list[str]) -> None:
        for link in missing:
            name = f"{link}-{self._instance.id}"
            made = self._vim.call("POST", NETWORKS, {"name": name})
            self.networks[link] = {"id": made["id"], "name": name}

    def _remove_networks(self, left: list[str]) -> None:
        for link in left:
            self._vim.call("DELETE", f"{NETWORKS}/{self.networks[link]['id']}", also=404)
            del self.networks[link]

    def _all_there(self, wanted: dict[str, Body]) -> bool:
        for name, profile in wanted.items():
            vnf = self.vnfs.setdefault(name, _part(self._core, profile))
            provider = self._provider(vnf)
            if vnf["leaving"]:
                provider.recall(vnf["id"])
                vnf |= {"leaving": False, "recalled": True, "ordered": True}
            if not vnf["ordered"]:
                provider.order(vnf["name"], provider.find(vnf["name"]))
                vnf["ordered"] = True
            if not vnf["ready"]:
                vnf["id"] = vnf["id"] or provider.find(vnf["name"])
                there = provider.recalled if vnf["recalled"] else provider.arrived
                vnf["ready"] = vnf["id"] is not None and there(vnf["id"])
        return all(self.vnfs[name]["ready"] for name in wanted)

    def _all_gone(self, unwanted: set[str]) -> bool:
        for name in sorted(unwanted):
            vnf = self.vnfs[name]
            provider = self._provider(vnf)
            vnf["id"] = vnf["id"] or provider.find(vnf["name"])
            vnf["ready"] = False
            if vnf["id"] and not vnf["dismissed"]:
                provider.dismiss(vnf["id"])
                vnf |= {"dismissed": True, "leaving": True, "recalled": False}
            if not vnf["id"] or provider.gone(vnf["id"]):
                del self.vnfs[name]
        return not unwanted & self.vnfs.keys()

    def _provider(self, vnf: Body) -> VnfsOfVnfm:
        return VnfsOfVnfm(self._core, vnf["vnfmId"], vnf["vnfdId"])


def shown(instance: Instance) -> Body:
    """The parts as an NsInstance shows them."""
    parts: dict[str, Any] = instance.parts
    vnfs = [
        {"vnfInstanceId": vnf["id"], "vnfProfileId": name, "vnfdId": vnf["vnfdId"], "vnfmId": vnf["vnfmId"]}
        for name, vnf in parts.get("vnfs", {}).items()
        if vnf["id"] is not None
    ]
    links = [{"id": made["id"], "virtualLinkId": name} for name, made in parts.get("networks", {}).items()]
    return {"vnfInstance": vnfs, "virtualLinkInfo": links} if vnfs or links else {}


def _part(core: Core, profile: Body) -> Body:
    name = f"{profile['vnfProfileId']}-{core.ids.uuid()}"
    named = {key: profile[key] for key in ("vnfdId", "vnfmId")}
    states = ("ordered", "ready", "dismissed", "leaving", "recalled")
    return {"name": name, **named, "id": None, **dict.fromkeys(states, False)}
