"""The harness' own eyes and voice in the lab: it asks actors what they report, and plays the external manager."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import orjson
import requests

from harness.clients.http import Received, exchange

if TYPE_CHECKING:
    from harness.judge.roles import Roles
    from steps.bench import Bench

ENTITY = "/nfvmanocim/v2/mano_entity"
MANO = ("NFVO", "VNFM", "VIM", "WIM", "CISM")
"""Types of functional entities of NFV-MANO."""

TIMEOUT = 60.0
"""Lab seconds that the observer waits for an answer."""


class Observer:
    """Speaks as the actor `observer`; whatever it hears stands in the history, so nothing is returned to be judged."""

    def __init__(self, bench: Bench, roles: Roles, versions: Mapping[str, str]) -> None:
        self._bench = bench
        self._roles = roles
        self._versions = versions

    def ask(self, method: str, actor: str, path: str, body: Mapping[str, Any] | None = None) -> Received | None:
        """Send a request to an actor; None when no answer comes, which the history shows as well."""
        url = self._bench.lab.actors[actor].url + path
        timeout = self._bench.lab.clock.real(TIMEOUT)
        try:
            data = None if body is None else orjson.dumps(body)
            return exchange(self._bench.session, method, url, data, timeout)
        except requests.RequestException:
            return None

    def look_before(self) -> None:
        """What the pre-conditions are judged by."""
        roles = self._roles
        for actor in (roles.target, *roles.impacted):
            self.ask("GET", actor, ENTITY)
        self.ask("GET", roles.target, ENTITY + "/mano_interfaces")
        for path in ("/nfvmanoswm/v1/capability", "/nfvmanoswm/v1/restoration_points"):
            self.ask("GET", roles.target, path)
        self.look_at_instances()
        self.ask("GET", roles.provider, "/vrm/v1/capacity")
        for version in self._versions.values():
            self.ask("GET", roles.tester, f"/tester/v1/test_suites?target={roles.target}&softwareVersion={version}")
        for path in ("/smm/v1/execution_plans", "/smm/v1/processes"):
            self.ask("GET", roles.smm, path)

    def look_after(self) -> None:
        """What the end, the post-conditions and what may be left over are judged by."""
        roles = self._roles
        for actor in (roles.target, *roles.impacted):
            self.ask("GET", actor, ENTITY)
        self.ask("GET", roles.target, ENTITY + "/mano_interfaces")
        self.look_at_instances()
        self.check_peers()
        for path in ("restoration_points", "pending_operations", "software_modification_op_occs", "subscriptions"):
            self.ask("GET", roles.target, f"/nfvmanoswm/v1/{path}")
        for actor in filter(None, (roles.destination,)):
            for path in ("restoration_points", "pending_operations"):
                self.ask("GET", actor, f"/nfvmanoswm/v1/{path}")
        self.ask("GET", roles.target, "/nfvmanologm/v1/log_jobs")
        self.ask("GET", roles.provider, "/vrm/v1/reservations")
        self.ask("GET", roles.smm, "/smm/v1/processes")

    def look_at_instances(self) -> None:
        """What is instantiated at source and destination, where another instance takes the target's place."""
        roles = self._roles
        if not roles.destination:
            return
        for actor in (roles.target, roles.destination):
            self.ask("GET", actor, "/nfvmanoswm/v1/instance")
        for path in (ENTITY, ENTITY + "/mano_interfaces"):  # the target's have been looked at
            self.ask("GET", roles.destination, path)

    def check_peers(self) -> None:
        """Have every impacted actor use a service of the target."""
        for actor in self._roles.impacted:
            self.ask("POST", actor, "/peer/v1/checks", {"peer": self._roles.target})

    def look_during(self) -> None:
        """What the continuity of services is judged by."""
        self.check_peers()
        for actor in filter(None, (self._roles.target, self._roles.destination)):
            self.ask("GET", actor, ENTITY + "/mano_interfaces")

    def look_at_mano(self) -> None:
        """What every FE of the lab but the target reports of itself."""
        for name, actor in self._bench.lab.actors.items():
            if actor.type in MANO and name != self._roles.target:
                self.ask("GET", name, ENTITY)

    def subscribe(self, actor: str, api: str, **filter: list[str]) -> None:
        """Hear of what an API of an actor notifies: of everything, or of what the filter lets through."""
        wanted = {"callbackUri": f"{self._bench.observer.url}/callbacks/{api}", "filter": filter}
        self.ask("POST", actor, f"/{api}/subscriptions", {name: value for name, value in wanted.items() if value})
