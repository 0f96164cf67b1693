"""The software of a VNF: started and stopped by its VNFM over the one interface it has, and serving sessions meanwhile.

The profile's "management" says which interface that is: "standard" (SOL 002 style) or "proprietary".
"""

from __future__ import annotations

import threading

from mocks.entities.core import Core
from mocks.entities.errors import Conflict, NotFound
from mocks.entities.ports import Body

STARTED, STOPPED = "STARTED", "STOPPED"


class VnfApplication:
    """What the VNF does for others. Sessions that are open when it stops are lost."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.Lock()
        self.state = STOPPED
        self.instance: str | None = None
        self._open: dict[str, int] = {}
        self._served = 0

    def turn(self, state: str, instance: str) -> None:
        """Start or stop on behalf of the VNFM."""
        with self._lock:
            self.state, self.instance = state, instance
            if state == STOPPED:
                self._open.clear()

    def open(self, sessions: int) -> Body:
        """Take on sessions; Conflict unless the VNF is started."""
        with self._lock:
            if self.state != STARTED:
                raise Conflict(f"{self._core.name} is {self.state} and serves nobody")
            made = self._core.ids.uuid()
            self._open[made] = sessions
            return {"id": made, "sessions": sessions}

    def complete(self, id: str) -> None:
        """End sessions; NotFound when they were lost."""
        with self._lock:
            if id not in self._open:
                raise NotFound(f"{self._core.name} has no sessions {id}; they ended, or were lost when it stopped")
            self._served += self._open.pop(id)

    def load(self) -> Body:
        with self._lock:
            return {"openSessions": sum(self._open.values()), "servedSessions": self._served}

    def snapshot(self) -> Body:
        with self._lock:
            own = {"state": self.state, "instance": self.instance, "open": dict(self._open)}
            return {**own, "served": self._served}

    def revive(self, snapshot: Body) -> None:
        self.state, self.instance = snapshot["state"], snapshot["instance"]
        self._open, self._served = dict(snapshot["open"]), snapshot["served"]


class _Interface:
    """An interface for management; NotFound where the VNF has the other one."""

    kind = ""

    def __init__(self, core: Core) -> None:
        self._core = core

    def snapshot(self) -> Body:
        """Nothing: what it changes is the application's."""
        return {}

    def revive(self, snapshot: Body) -> None: ...

    def _application(self) -> VnfApplication:
        application = self._core.power(VnfApplication)
        spoken = self._core.profile.get("management", "standard")
        if application is None or spoken != self.kind:
            raise NotFound(f"{self._core.name} is managed over its {spoken} interface, not over the {self.kind} one")
        return application


class StandardManagement(_Interface):
    """The standard interface between VNFM and VNF, here the configuration interface of SOL 002."""

    kind = "standard"

    def configuration(self) -> Body:
        found = self._application()
        data = {"vnfInstanceId": found.instance, "vnfState": found.state}
        return {"vnfConfigurationData": {"vnfSpecificData": data}}

    def configure(self, patch: Body) -> Body:
        """Start or stop, as the VNFM configures."""
        data = patch["vnfConfigurationData"]["vnfSpecificData"]
        self._application().turn(data["vnfState"], data["vnfInstanceId"])
        return self.configuration()


class ProprietaryManagement(_Interface):
    """An interface that one supplier's VNFM and VNF have between them."""

    kind = "proprietary"

    def status(self) -> Body:
        found = self._application()
        return {"vnfInstanceId": found.instance, "vnfState": found.state}

    def command(self, request: Body) -> Body:
        """BOOT or HALT."""
        state = STARTED if request["command"] == "BOOT" else STOPPED
        self._application().turn(state, request["vnfInstanceId"])
        return self.status()
