"""The power of an entity to consist of components whose software is modified one by one (GR clause 5.3.6.2).

`profile["components"]` names them, each an independent part of the entity that manages resources of a kind or the
platform itself; without it the entity is of one piece. What they manage for others is no part of any of them, and
stays as it is whichever of them is modified.
"""

from __future__ import annotations

from mocks.entities.core import Core
from mocks.entities.deployment import run_version
from mocks.entities.errors import Unprocessable
from mocks.entities.ports import Body


class Components:
    """The components and the software version of each; the entity reports a version once all of them run it."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._versions = {str(name): core.software_version for name in core.profile.get("components", ())}

    def list(self) -> list[Body]:
        return [{"name": name, "softwareVersion": version} for name, version in self._versions.items()]

    def version(self, name: str) -> str:
        """The version that a component runs; Unprocessable for one that is not there."""
        if name not in self._versions:
            there = ", ".join(self._versions) or "none"
            raise Unprocessable(f"{self._core.name} has no component {name!r}; its components: {there}")
        return self._versions[name]

    def run(self, name: str, version: str) -> None:
        """Let a component run a version; the others stay as they are."""
        self._versions[name] = version
        if set(self._versions.values()) == {version} and version != self._core.software_version:
            run_version(self._core, version)

    def capture(self) -> Body:
        return {"versions": dict(self._versions)}

    def restore(self, captured: Body) -> None:
        self._versions = dict(captured["versions"])

    def snapshot(self) -> Body:
        return self.capture()

    def revive(self, snapshot: Body) -> None:
        self.restore(snapshot)


def components_of(core: Core) -> Components | None:
    """The components of an entity that consists of some."""
    return core.power(Components) if core.profile.get("components") else None
