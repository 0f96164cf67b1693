"""Two hosts of one entity, in one fake world, for tests: an instance on the first, the second empty."""

from __future__ import annotations

from typing import Any

from werkzeug.test import Client

from mocks.api.app import create_app
from mocks.entities.actors import equip, powers_of
from tests.fakes import World, make_core

SWM, CIM = "/nfvmanoswm/v1", "/nfvmanocim/v2/mano_entity"


class Host:
    """An entity's core and short ways to speak to it."""

    def __init__(self, name: str, type: str = "VNFM", world: World | None = None, **profile: Any) -> None:
        given = {"capability": {"support": "NONE"}, **profile}
        self.core = make_core(type, name=name, **({"world": world} if world else {}), **given)
        equip(self.core, powers_of(type))
        self._app = create_app(lambda: self.core, powers_of(type)).wsgi_app
        self.clock, self.gate = self.core.clock, self.core.gate

    def call(self, method: str, path: str, body: Any = None, sender: str = "smm") -> Any:
        def authenticated(environ: Any, start: Any) -> Any:
            return self._app({**environ, "manolab.actor": sender}, start)

        return Client(authenticated).open(path, method=method, json=body)

    def get(self, path: str, sender: str = "smm") -> Any:
        return self.call("GET", path, sender=sender)

    def post(self, path: str, body: Any = None, sender: str = "smm") -> Any:
        return self.call("POST", path, body, sender)

    def instantiate(self, version: str = "2.0.0", **request: Any) -> Any:
        answer = self.post(f"{SWM}/instance/instantiate", {"softwareVersion": version, **request})
        self.clock.run()
        return answer

    def terminate(self, how: str = "GRACEFUL") -> Any:
        answer = self.post(f"{SWM}/instance/terminate", {"terminationType": how})
        self.clock.run()
        return answer

    def unlock(self) -> None:
        self.post(f"{CIM}/change_state", {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}})
        self.clock.run()

    def turn(self, action: str, *interfaces: str) -> None:
        for interface in interfaces:
            wanted = {"operationalStateChange": {"operationalStateAction": action, "stopType": "GRACEFUL"}}
            if action == "START":
                del wanted["operationalStateChange"]["stopType"]
            answer = self.post(f"{CIM}/mano_interfaces/{interface}/change_state", wanted)
            assert answer.status_code == 202, answer.json
        self.clock.run()

    @property
    def state(self) -> str:
        return str(self.get(f"{SWM}/instance").json["instantiationState"])
