"""Lives of an entity: each ends with a kill and leaves a snapshot, from which the next is revived."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from mocks.api.app import create_app
from mocks.entities.actors import POWERS, equip
from mocks.entities.core import Core
from mocks.entities.persistence import revive, snapshot
from mocks.wire.ids import Ids
from tests.fakes import World, make_core

CALLBACK = "http://smm/callbacks/1"


class RememberedIds(Ids):
    """Identifiers as mocks draw them, all that were ever given remembered across lives."""

    def __init__(self, seed: str, given: list[str]) -> None:
        super().__init__(seed)
        self.given = given

    def uuid(self) -> str:
        self.given.append(super().uuid())
        return self.given[-1]


class Life:
    """An entity with all powers of its type, in a fake world of its own, and its app to ask it by."""

    def __init__(self, type: str, given: list[str] | None = None, **profile: Any) -> None:
        self.given = [] if given is None else given
        world = World(ids=RememberedIds(f"1/{type.lower()}", self.given))  # type: ignore[arg-type]
        self.core: Core = equip(make_core(type, world=world, **profile), POWERS[type])
        self.clock, self.gate, self.peers = world.clock, world.gate, world.peers

    @property
    def http(self) -> FlaskClient:
        app, slot = _app(self.core.type)
        slot[0] = self.core
        client = app.test_client()
        client.environ_base["manolab.actor"] = "smm"
        return client

    def killed(self) -> Life:
        """The life after this one; of this one only what JSON can say is left, not even its profile."""
        left = json.loads(json.dumps(snapshot(self.core)))
        after = Life(self.core.type, self.given)
        after.clock.time = self.clock.time
        revive(after.core, left)
        return after

    def powers(self) -> Any:
        """The state of all powers, as JSON can say it."""
        return json.loads(json.dumps(snapshot(self.core)["powers"]))

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """What the entity answers to a request: the body, or the Location when there is none."""
        answer = self.http.open(path, method=method, json=body)
        assert answer.status_code < 400, answer.text
        return answer.json if answer.data else answer.headers.get("Location")

    def post(self, path: str, body: Any = None) -> Any:
        return self.ask("POST", path, body)

    def get(self, path: str) -> Any:
        return self.ask("GET", path)

    def status(self, method: str, path: str, body: Any = None) -> int:
        return int(self.http.open(path, method=method, json=body).status_code)

    def answers(self) -> dict[str, tuple[int, str]]:
        """Everything that can be read of the entity: all collections, all that stands in them, all they link to."""
        client, found = self.http, {}
        ahead = [str(rule) for rule in _app(self.core.type)[0].url_map.iter_rules() if not rule.arguments]
        while ahead:
            path = ahead.pop()
            if path not in found and path.startswith("/") and not path.endswith("/openapi.json"):
                answer = client.get(path)
                found[path] = (answer.status_code, answer.text)
                ahead += _links(answer.json) + _items(path, answer.json) if answer.is_json else []
        return found


@cache
def _app(type: str) -> tuple[Flask, list[Core]]:
    slot: list[Core] = [make_core(type)]
    return create_app(lambda: slot[0], POWERS[type]), slot


def _links(body: Any) -> list[str]:
    if isinstance(body, list):
        return [link for each in body for link in _links(each)]
    if not isinstance(body, dict):
        return []
    own = [str(body["href"])] if "href" in body else []
    return own + [link for each in body.values() for link in _links(each)]


def _items(path: str, body: Any) -> list[str]:
    return [f"{path}/{each['id']}" for each in body if "id" in each] if isinstance(body, list) else []
