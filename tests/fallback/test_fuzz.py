"""Whatever fallback/v1 describes, and much that it does not, is sent to the manager: no 5xx, nothing undescribed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from tests.api.conformance import of_response
from tests.api.fuzzing import Bench, learn
from tests.fallback.world import CALLBACK, REQUEST, World

TOKEN = "http://manager/oauth2/token"


class Manager:
    """Whoever asks a reference Fallback Manager, both made anew for each conversation."""

    def __init__(self) -> None:
        self.ids: dict[str, list[str]] = {}
        self.world = World()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return self.world.subject(environ, start_response)

    def renew(self) -> None:
        """A manager with a subscriber and a fallback under way."""
        self.world = World()
        self.world.wire.on("manager", "POST", "/oauth2/token", lambda _, __: (200, {"access_token": "t"}))
        self.ids = {}
        for path, body in (("subscriptions", {"callbackUri": CALLBACK}), ("fallbacks", REQUEST)):
            answer = of_response(self.world.api.post(f"/fallback/v1/{path}", json=body))
            assert answer.status in (201, 202), answer
            learn(self.ids, answer)

    def adapt(self, case: Any, data: st.DataObject) -> None:
        """Actors and callbacks that there are: a drawn name is hardly ever one."""
        if not isinstance(case.body, dict) or not data.draw(st.booleans()):
            return
        if "authorization" in case.body:
            case.body["authorization"] = {"tokenEndpoint": TOKEN, "clientId": "fm", "clientSecret": "s"}
        elif "callbackUri" in case.body:
            case.body["callbackUri"] = CALLBACK
        elif "tester" in case.body:
            known = data.draw(st.sets(st.sampled_from(sorted(REQUEST)), min_size=3))
            case.body.update({name: value for name, value in REQUEST.items() if name in known})

    def run(self, until: float) -> None:
        self.world.clock.run(self.world.clock.now() + until)

    def notified(self) -> list[dict[str, Any]]:
        return self.world.heard


def test_manager_answers_whatever_comes_as_described() -> None:
    """No server error, no answer and no notification outside of the description, whatever is sent in whatever order."""
    manager = Manager()
    bench = Bench(manager, "/fallback/v1/openapi.json", manager)
    for operation in bench.operations:
        bench.fuzz(operation)
    assert manager.notified()
