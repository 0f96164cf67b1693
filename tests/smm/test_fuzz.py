"""Whatever smm/v1 describes, and much that it does not, is sent to the reference SMM: no 5xx, nothing undescribed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from hypothesis import strategies as st

from harness.smm import create
from tests.api.conformance import of_response
from tests.api.fuzzing import Bench, learn
from tests.smm.world import LAUNCH, World

CALLBACK = "http://manager/callbacks/1"
TOKEN = "http://manager/oauth2/token"


class Manager:
    """The external manager of a reference SMM, both made anew for each conversation."""

    def __init__(self) -> None:
        self.ids: dict[str, list[str]] = {}
        self.world = World(create)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        answer: Iterable[bytes] = self.world.subject(environ, start_response)
        return answer

    def renew(self) -> None:
        """An SMM with a subscriber, a process, and another that waits for its manager to commit."""
        self.world = World(create)
        self.world.wire.on("manager", "POST", "/oauth2/token", lambda _, __: (200, {"access_token": "t"}))
        self.ids = {"execution_plans": ["internal-seamless"]}
        for path, body in (
            ("subscriptions", {"callbackUri": CALLBACK}),
            ("processes", {**LAUNCH, "commit": "manual"}),
            ("processes", LAUNCH),
        ):
            answer = of_response(self.world.api.post(f"/smm/v1/{path}", json=body))
            assert answer.status in (201, 202), answer
            learn(self.ids, answer)

    def adapt(self, case: Any, data: st.DataObject) -> None:
        """Actors, plans and callbacks that there are: a drawn name is hardly ever one."""
        if not isinstance(case.body, dict) or not data.draw(st.booleans()):
            return
        if "authorization" in case.body:
            case.body["authorization"] = {"tokenEndpoint": TOKEN, "clientId": "smm", "clientSecret": "s"}
        elif "callbackUri" in case.body:
            case.body["callbackUri"] = CALLBACK
        elif "target" in case.body:
            known = data.draw(st.sets(st.sampled_from(sorted(LAUNCH)), min_size=4))
            case.body.update({name: value for name, value in LAUNCH.items() if name in known})
            if "planId" in known:
                case.body.pop("plan", None)

    def run(self, until: float) -> None:
        self.world.clock.run(self.world.clock.now() + until)

    def notified(self) -> list[dict[str, Any]]:
        return self.world.heard


def test_smm_answers_whatever_comes_as_described() -> None:
    """No server error, no answer and no notification outside of the description, whatever is sent in whatever order."""
    manager = Manager()
    bench = Bench(manager, "/smm/v1/openapi.json", manager)
    for operation in bench.operations:
        bench.fuzz(operation)
    assert manager.notified()
