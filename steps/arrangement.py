"""What Given steps arrange before anything happens: roles, profiles, faults, policy, stimuli."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from harness.described import LOADER
from harness.judge.roles import Roles
from steps import pair
from steps.network_service import NetworkService

FALLBACK_FACTS: dict[str, Any] = {
    "system": ["nfvo", "vnfm", "vim"],
    "managed": {"nfvo": "vnf", "vnfm": "vnf", "vim": "nfvi"},
}
"""The functional entities whose services make up the NFV-MANO in clause 5.9, and what each of them manages."""

VERSIONS = {"source": "1.0.0", "destination": "2.0.0"}
SERVICES = {"NS_LCM": "/nslcm/v1", "VNF_LCM": "/vnflcm/v1", "VRM": "/vrm/v1"}
"""The path of the service that each type of operation belongs to."""

When = Literal["ongoing", "parallel"]


class UnknownTarget(Exception):
    """No role mapping names this entity as a target; the message lists those that are known."""


@cache
def role_mappings() -> dict[str, dict[str, Any]]:
    """Who plays which role for each target (features/role_mappings.yaml)."""
    text = files("features").joinpath("role_mappings.yaml").read_text(encoding="utf-8")
    mappings: dict[str, dict[str, Any]] = yaml.load(text, LOADER)  # noqa: S506 - a safe one
    return mappings


def actor_of(entity: str) -> str:
    """The actor that is the target of a role mapping: vim of vim@embedded, which says where the CISM is."""
    return entity.partition("@")[0]


@dataclass
class Arrangement:
    """One scenario before its start. `fault.to` and the keys of `profiles` are actors."""

    roles: Roles | None = None
    operation: str = ""
    service: str = ""
    """The path of the service that the target's users come to."""

    plan: str = "internal-seamless"
    when: When | None = None
    arrives_at: str = "target software-modification/deploy"
    policy: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    profiles: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    faults_at_rest: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    """Those that are armed once the process is suspended."""

    manual_commit: bool = False
    existing_point: bool = False
    peers_use_target: bool = False
    topology: str | None = None
    network_service: NetworkService | None = None
    suspend_at: str = ""
    falls_back: bool = False
    preparations: list[tuple[str, ...]] = field(default_factory=list)
    """What happens before anybody looks around, in order: a kind of preparation (steps/fallback.py) and its words."""

    units: int = 0
    components: list[str] = field(default_factory=list)
    pair: list[Roles] = field(default_factory=list)
    """Of two entities that are modified together (steps/pair.py), the roles of each by itself."""

    def instance(self, entity: str) -> None:
        """As `target`, where another instance takes the place: impacted entities use an interface of their own."""
        self.target(entity)
        source, destination = self.cast.target, f"{self.cast.target}-b"
        self.roles = replace(self.cast, destination=destination)
        self.profiles.setdefault(destination, {}).update(self.profiles.get(source, {}))
        self.arrives_at = "destination fe-instantiation/deploy"
        self.capability({"support": "NONE"})
        for actor in self.cast.impacted_entities:
            self.profiles.setdefault(actor, {})["connections"] = {source: f"/entities{self.service}"}

    def target(self, entity: str) -> None:
        """Give every role to somebody, for the target of this role mapping."""
        mappings = role_mappings()
        if entity not in mappings:
            raise UnknownTarget(f"no role mapping for {entity!r}; known targets are {', '.join(mappings)}")
        mapping = dict(mappings[entity])
        self.operation = mapping.pop("operation", "")
        self.service = mapping.pop("service", SERVICES.get(self.operation, ""))
        self.topology = mapping.pop("topology", None)
        for actor, profile in mapping.pop("profiles", {}).items():
            self.profiles.setdefault(actor, {}).update(profile)
        self.roles = Roles.of({"target": actor_of(entity), **mapping})

    @property
    def cast(self) -> Roles:
        """The roles; raises UnknownTarget when no step named a target yet."""
        if self.roles is None:
            raise UnknownTarget("no step has named the target yet; begin with: Given a seamless <entity> ...")
        return self.roles

    def actor(self, role: str) -> str:
        """The actor that plays a role, or the word itself when it is no role."""
        return str(self.cast.others.get(role.replace(" ", "_")) or getattr(self.cast, role, role))

    def destination(self, actor: str) -> None:
        """Who takes the target's place."""
        self.roles = replace(self.cast, destination=actor)

    def compose(self, units: int) -> None:
        """Have the target consist of so many redundancy units."""
        self.units = units
        self.profiles.setdefault(self.cast.target, {})["redundancyUnits"] = units

    def consist_of(self, components: list[str]) -> None:
        """Have the target consist of components, and see to it that it manages something meanwhile."""
        self.components = components
        self.profiles.setdefault(self.cast.target, {})["components"] = components
        self.preparations.append(("manage",))

    def capability(self, change: Mapping[str, Any]) -> None:
        """Change the target's capability descriptor."""
        self.profiles.setdefault(self.cast.target, {}).setdefault("capability", {}).update(change)

    @property
    def handling(self) -> str:
        """The operator's first wish for the arranged operation that the target offers; empty where both are open."""
        wishes = self.policy.get(self.when or "", {}).get(self.operation, [])
        described = self.profiles.get(self.cast.target, {}).get("capability", {}).get("operationHandling", {})
        offered = described.get(self.operation, {}).get(self.when, wishes)
        return next((wish for wish in wishes if wish in offered), "")

    def scenario(self) -> dict[str, Any]:
        """What the history's header carries: all that is needed to judge it again."""
        facts = {"operation": self.operation, "policy": self.policy, **(pair.facts(self.pair) if self.pair else {})}
        return {
            "roles": self.cast.data(),
            "versions": VERSIONS,
            "facts": {**facts, **FALLBACK_FACTS} if self.falls_back else facts,
        }

    def stand_by(self) -> None:
        """Let there be a Fallback Manager."""
        self.falls_back = True
        managed = FALLBACK_FACTS["managed"][self.cast.target]
        self.roles = replace(self.cast, others={"fallback_manager": "fallback-manager", "managed": managed})
