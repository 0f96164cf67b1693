"""One mock as the lab runs it: an entity in a slot, its applications and layers built once around it."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from mocks.api import control
from mocks.api.app import create_app
from mocks.entities.actors import equip, powers_of
from mocks.entities.core import Core
from mocks.entities.peering import Peering
from mocks.entities.persistence import revive
from mocks.entities.restart import restarted
from mocks.faults.collection import Faults
from mocks.faults.gate import FaultGate, MortalClock
from mocks.faults.middleware import FaultMiddleware, RoomMiddleware
from mocks.lab.errors import LabError
from mocks.wire.authentication import Authentication
from mocks.wire.ids import Ids
from mocks.wire.peers import WirePeers
from mocks.wire.recorder import ActorJournal, Recorder, Recording

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from mocks.lab.topology import ActorSpec
    from mocks.lab.transport import LabClock
    from mocks.wire.tokens import Tokens


class Mock:
    """An actor of the lab: the present entity, its faults, and the WSGI application that stays.

    A fresh run is a fresh Core in the slot; the applications above it are built once and never know.
    """

    def __init__(
        self, name: str, spec: ActorSpec, clock: LabClock, recording: Recording, tokens: Tokens, peers: WirePeers
    ) -> None:
        self.name = name
        self.spec = spec
        self.peers = peers
        self._clock = clock
        self._powers = powers_of(spec.type, [_imported(name, path) for path in spec.replace])
        self.faults = Faults(clock, ActorJournal(recording, name))
        peers.cut_off = lambda: self.faults.cut
        peers.lag = self.faults.lag
        peers.skip = clock.skip
        self.core = self._fresh(seed=1, profile={})
        peers.version = lambda: self.core.software_version
        self.faults.on_start = lambda: restarted(self.core)
        app = create_app(lambda: self.core, self._powers)
        app.register_blueprint(control.blueprint(lambda: self.core, self))
        # Faults stand before authentication: who is down refuses nobody politely.
        guarded = FaultMiddleware(Authentication(RoomMiddleware(app.wsgi_app, self.faults), tokens), self.faults)
        self._served = Recorder(guarded, name, recording, tokens)
        self._fresh_as: tuple[int, Mapping[str, Any]] | None = None

    def app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve a request, after which the entity may no longer be fresh."""
        self._fresh_as = None
        return self._served(environ, start_response)

    def reset(self, seed: int, profile: Mapping[str, Any]) -> None:
        """A fresh entity; nothing of the one before is left, neither state nor faults nor work."""
        self.faults.clear()
        self.core = self._fresh(seed, profile)
        self._fresh_as = (seed, profile)

    def is_fresh(self, seed: int, profile: Mapping[str, Any]) -> bool:
        """Whether nobody has asked it for anything since it was made fresh like this; work comes of requests only."""
        return self._fresh_as == (seed, profile)

    def relive(self, state: Mapping[str, Any]) -> None:
        """Be what the snapshot says, as after a crash: what was under way is lost."""
        self.faults.lose_work()
        revive(self.core, dict(state))

    def trigger(self, to: str, method: str, path: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
        """Send a request as this actor; returns status, location and body of the answer."""
        sent = None if body is None else dict(body)
        peering = self.core.power(Peering)
        actor, there = peering.reached(to, path) if peering else (to, path)
        status, location, answer = self.peers.exchange(actor, method, there, sent)
        if peering:
            peering.remember(to, method, path, sent, location)
        return {"status": status, "location": location, "body": answer}

    def _fresh(self, seed: int, profile: Mapping[str, Any]) -> Core:
        core = Core(
            name=self.name,
            type=self.spec.type,
            clock=MortalClock(self._clock, self.faults),
            ids=Ids(f"{seed}/{self.name}"),
            gate=FaultGate(self.faults),
            peers=self.peers,
            profile={**self.spec.profile, **profile},
        )
        core.software_version = str(core.profile.get("softwareVersion", core.software_version))
        return equip(core, self._powers)


def _imported(actor: str, path: str) -> type[Any]:
    module, _, name = path.partition(":")
    try:
        found = getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise LabError(f"actors.{actor}.replace: {path!r} cannot be imported: {error}") from None
    if not isinstance(found, type):
        raise LabError(f"actors.{actor}.replace: {path!r} is not a class")
    return found
