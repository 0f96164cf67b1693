"""The actors around the harness, by name, each with clients for its APIs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import requests

from harness.clients.clock import Clock
from harness.clients.entity import Information, Logs, Peering
from harness.clients.errors import ClientError
from harness.clients.fallback import Fallbacks
from harness.clients.http import Http
from harness.clients.instances import Instances
from harness.clients.network_services import NetworkServices, Traffic, Vnfs
from harness.clients.operations import Operations, Subscriptions
from harness.clients.redundancy_units import RedundancyUnits
from harness.clients.resources import Resources
from harness.clients.software_modification import SoftwareModification
from harness.clients.tester import Tester
from harness.clients.tokens import token


@dataclass(frozen=True)
class Endpoint:
    """Where an actor is, and of which type (NFVO, VNFM, VIM, TESTER, ...)."""

    type: str
    url: str


class UnknownActor(ClientError):
    """No actor of that name is in the inventory."""


class Entity:
    """One actor and the clients of its APIs, made when first used."""

    def __init__(self, http: Http) -> None:
        self.http = http

    @cached_property
    def information(self) -> Information:
        return Information(self.http)

    @cached_property
    def logs(self) -> Logs:
        return Logs(self.http)

    @cached_property
    def peering(self) -> Peering:
        return Peering(self.http)

    @cached_property
    def software_modification(self) -> SoftwareModification:
        return SoftwareModification(self.http)

    @cached_property
    def instances(self) -> Instances:
        return Instances(self.http)

    @cached_property
    def redundancy_units(self) -> RedundancyUnits:
        return RedundancyUnits(self.http)

    @cached_property
    def resources(self) -> Resources:
        return Resources(self.http)

    @cached_property
    def tester(self) -> Tester:
        return Tester(self.http)

    @cached_property
    def fallbacks(self) -> Fallbacks:
        return Fallbacks(self.http)

    @cached_property
    def operations(self) -> Operations:
        return Operations(self.http)

    @cached_property
    def network_services(self) -> NetworkServices:
        return NetworkServices(self.http)

    @cached_property
    def vnfs(self) -> Vnfs:
        return Vnfs(self.http)

    @cached_property
    def traffic(self) -> Traffic:
        return Traffic(self.http)

    @cached_property
    def subscriptions(self) -> Subscriptions:
        return Subscriptions(self.http)


class Entities:
    """All actors of an inventory, over one Session."""

    def __init__(self, session: requests.Session, inventory: Mapping[str, Endpoint], clock: Clock) -> None:
        # Reading proxies and netrc from the environment costs more than a loopback request.
        session.trust_env = False
        self._session = session
        self.inventory = inventory
        self._clock = clock
        self._made: dict[str, Entity] = {}

    def replace(self, inventory: Mapping[str, Endpoint]) -> None:
        """Other actors from now on."""
        self.inventory = dict(inventory)
        self._made.clear()

    def identify(self, endpoint: str, client: str, secret: str) -> None:
        """Speak from now on with a token from this endpoint; raises ClientError when it gives none."""
        self._session.headers["Authorization"] = token(self._session, endpoint, client, secret, self._clock)

    @property
    def names(self) -> list[str]:
        """Who there is."""
        return sorted(self.inventory)

    def __getitem__(self, name: str) -> Entity:
        """The actor of that name; raises UnknownActor with the names there are."""
        found = self._made.get(name)
        if found is None:
            if name not in self.inventory:
                known = ", ".join(sorted(self.inventory)) or "nobody"
                raise UnknownActor(f"no actor is called {name!r}; known: {known}")
            found = self._made[name] = Entity(Http(self._session, self.inventory[name].url, self._clock))
        return found

    def at(self, url: str) -> Http:
        """Whoever listens at a URI that was given to us, for example a callback."""
        return Http(self._session, url, self._clock)
