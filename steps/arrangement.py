"""What Given steps arrange before anything happens: roles, profiles, faults, policy, stimuli."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from harness.judge.roles import Roles

VERSIONS = {"source": "1.0.0", "destination": "2.0.0"}
When = Literal["ongoing", "parallel"]


class UnknownTarget(Exception):
    """No role mapping names this entity as a target; the message lists those that are known."""


@cache
def role_mappings() -> dict[str, dict[str, Any]]:
    """Who plays which role for each target (features/role_mappings.yaml)."""
    text = files("features").joinpath("role_mappings.yaml").read_text(encoding="utf-8")
    mappings: dict[str, dict[str, Any]] = yaml.safe_load(text)
    return mappings


@dataclass
class Arrangement:
    """One scenario before its start. `fault.to` and the keys of `profiles` are actors."""

    roles: Roles | None = None
    operation: str = ""
    plan: str = "internal-seamless"
    when: When | None = None
    policy: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    profiles: dict[str, dict[str, Any]] = field(default_factory=dict)
    faults: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    manual_commit: bool = False
    existing_point: bool = False
    peers_use_target: bool = False
    units: int = 0

    def target(self, entity: str) -> None:
        """Give every role to somebody, for this entity as the target."""
        mappings = role_mappings()
        if entity not in mappings:
            raise UnknownTarget(f"no role mapping for {entity!r}; known targets are {', '.join(mappings)}")
        mapping = dict(mappings[entity])
        self.operation = mapping.pop("operation")
        self.roles = Roles.of({"target": entity, **mapping})

    @property
    def cast(self) -> Roles:
        """The roles; raises UnknownTarget when no step named a target yet."""
        if self.roles is None:
            raise UnknownTarget("no step has named the target yet; begin with: Given a seamless <entity> ...")
        return self.roles

    def actor(self, role: str) -> str:
        """The actor that plays a role, or the word itself when it is no role."""
        return str(getattr(self.cast, role, role))

    def compose(self, units: int) -> None:
        """Have the target consist of so many redundancy units."""
        self.units = units
        self.profiles.setdefault(self.cast.target, {})["redundancyUnits"] = units

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
        return {
            "roles": self.cast.data(),
            "versions": VERSIONS,
            "facts": {"operation": self.operation, "policy": self.policy},
        }
