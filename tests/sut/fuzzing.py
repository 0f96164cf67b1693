"""A manager's northbound API on the bench: made anew for each conversation, with orders that can succeed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from tests.api.conformance import of_response
from tests.api.fuzzing import Bench, learn

TOKEN = "http://manager/oauth2/token"


@dataclass(frozen=True)
class Northbound:
    """What is known of an API beside its description.

    `orders` are sent first (path below the root, body), `order` is what may replace a drawn one, at least `least` of
    its members; it is known by the member `mark`. `known` are identifiers that no answer tells.
    """

    root: str
    client: str
    callback: str
    orders: tuple[tuple[str, Mapping[str, Any]], ...]
    order: Mapping[str, Any]
    mark: str
    least: int
    known: Mapping[str, list[str]] = field(default_factory=dict)
    instead: Mapping[str, str] = field(default_factory=dict)
    """Members that leave another one out: a plan's name leaves out the plan."""


class Manager:
    """Whoever asks a manager, both made anew for each conversation."""

    def __init__(self, make: Callable[[], Any], api: Northbound) -> None:
        self._make = make
        self._api = api
        self.ids: dict[str, list[str]] = {}
        self.world = make()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer: Iterable[bytes] = self.world.subject(environ, start_response)
        return answer

    def renew(self) -> None:
        """A manager that has taken its first orders."""
        self.world = self._make()
        self.world.wire.on("manager", "POST", "/oauth2/token", lambda _, __: (200, {"access_token": "t"}))
        self.ids = {name: list(ids) for name, ids in self._api.known.items()}
        for path, body in self._api.orders:
            answer = of_response(self.world.api.post(f"{self._api.root}/{path}", json=body))
            assert answer.status in (201, 202), answer
            learn(self.ids, answer)

    def adapt(self, case: Any, data: st.DataObject) -> None:
        """Actors, plans and callbacks that there are: a drawn name is hardly ever one."""
        api = self._api
        if not isinstance(case.body, dict) or not data.draw(st.booleans()):
            return
        if "authorization" in case.body:
            case.body["authorization"] = {"tokenEndpoint": TOKEN, "clientId": api.client, "clientSecret": "s"}
        elif "callbackUri" in case.body:
            case.body["callbackUri"] = api.callback
        elif api.mark in case.body:
            said = data.draw(st.sets(st.sampled_from(sorted(api.order)), min_size=api.least))
            case.body.update({name: value for name, value in api.order.items() if name in said})
            for name in said & set(api.instead):
                case.body.pop(api.instead[name], None)

    def run(self, until: float) -> None:
        self.world.clock.run(self.world.clock.now() + until)

    def notified(self) -> list[dict[str, Any]]:
        return self.world.heard


def fuzz(make: Callable[[], Any], api: Northbound) -> None:
    """Send whatever the API describes, and much that it does not; somebody has heard of something in the end."""
    manager = Manager(make, api)
    bench = Bench(manager, f"{api.root}/openapi.json", manager)
    for operation in bench.operations:
        bench.fuzz(operation)
    assert manager.notified()
