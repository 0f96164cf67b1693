"""A small scripted world around a Fallback Manager: two entities, a tester, and somebody who asks."""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import requests
from werkzeug.test import Client

from harness.clients.entities import Endpoint
from harness.fallback import Procedure, create
from harness.sut.surroundings import Surroundings
from tests.smm.script import Answer, FakeClock, Wire

TYPES = {"vnfm": "VNFM", "vim": "VIM", "tester": "TESTER", "manager": "OBSERVER"}
CALLBACK = "http://manager/callbacks/1"
REQUEST = {
    "restorationPoints": [{"restorationPointId": "new", "functionalEntity": "vnfm"}],
    "tester": "tester",
    "resourceProvider": "vim",
    "verification": [{"functionalEntity": "vnfm", "usedBy": ["vim"]}, {"functionalEntity": "vim"}],
    "reason": "by way of a test",
}
MISSING: Answer = (404, {"status": 404, "detail": "it is not here"})


def naming(*points: str) -> dict[str, Any]:
    """A request that names these restoration points, in this order."""
    named = [{"restorationPointId": point, "functionalEntity": "vnfm"} for point in points]
    return {**REQUEST, "restorationPoints": named}


@dataclass
class World:
    """Entities good enough to fall back; each attribute scripts one thing they do."""

    procedure: type[Procedure] = Procedure
    clock: FakeClock = field(default_factory=FakeClock)
    wire: Wire = field(default_factory=Wire)
    points: dict[str, list[str]] = field(default_factory=lambda: {"new": ["vnfm"], "old": ["vnfm", "vim"]})
    broken: set[str] = field(default_factory=set)
    verdicts: list[str] = field(default_factory=list)
    silent: bool = False
    refusing: str = ""

    def __post_init__(self) -> None:
        self.ids = itertools.count(1)
        self.states = {name: ["STARTED", "UNLOCKED"] for name in ("vnfm", "vim")}
        self.restores: dict[str, dict[str, Any]] = {}
        self.runs: dict[str, dict[str, Any]] = {}
        self.reservations: set[str] = set()
        self.subscriptions: dict[str, tuple[str, str, str]] = {}
        self.heard: list[dict[str, Any]] = []
        session = requests.Session()
        session.mount("http://", self.wire)
        inventory = {name: Endpoint(kind, f"http://{name}") for name, kind in TYPES.items()}
        self.subject = create(Surroundings(session, self.clock, inventory, "http://fm"), self.procedure)
        self.api = Client(self.subject)
        for host in ("vnfm", "vim"):
            self._script_entity(host)
        self._script_others()

    def begin(self, request: dict[str, Any] = REQUEST) -> str:
        answer = self.api.post("/fallback/v1/fallbacks", json=request)
        assert answer.status_code == 202, answer.get_data(as_text=True)
        return str(answer.headers["Location"].rsplit("/", 1)[1])

    def run(self, request: dict[str, Any] = REQUEST) -> dict[str, Any]:
        """Fall back, and let time run until nothing is left to do."""
        key = self.begin(request)
        self.clock.run()
        return self.fallback(key)

    def fallback(self, key: str) -> dict[str, Any]:
        found: dict[str, Any] = self.api.get(f"/fallback/v1/fallbacks/{key}").get_json()
        return found

    def sent(self, pattern: str) -> list[str]:
        """What was asked whose "METHOD actor/path" matches, in order."""
        asked = [f"{e.method} {e.to}{e.path}" for e in self.wire.exchanges]
        return [each for each in asked if re.search(pattern, each)]

    def notify(self, host: str, api: str, body: dict[str, Any]) -> None:
        for to, wanted, callback in list(self.subscriptions.values()):
            if (to, wanted) == (host, api) and not self.silent:
                self.clock.call_later(0, lambda c=callback: self.api.post(urlsplit(c).path, json=body))

    def _script_entity(self, host: str) -> None:
        on = self.wire.on
        on(host, "GET", "/nfvmanoswm/v1/restoration_points/(?P<id>[^/]+)", lambda b, m: self._point(host, m["id"]))
        on(host, "POST", "/nfvmanocim/v2/mano_entity/change_state", lambda b, m: self._change(host, b))
        on(host, "GET", "/nfvmanocim/v2/mano_entity", lambda b, m: self._entity(host))
        on(host, "POST", "/nfvmanoswm/v1/restoration_points/(?P<id>[^/]+)/restore",
           lambda b, m: self._restore(host, m["id"], b))  # fmt: skip
        on(host, "GET", "/nfvmanoswm/v1/restore_op_occs/(?P<id>[^/]+)", lambda b, m: (200, self.restores[m["id"]]))
        self._script_subscriptions(host)

    def _script_subscriptions(self, host: str) -> None:
        def subscribe(body: Any, match: re.Match[str]) -> Answer:
            key = f"sub-{next(self.ids)}"
            self.subscriptions[key] = (host, match["api"], body["callbackUri"])
            return 201, {"id": key}, f"http://{host}/subscriptions/{key}"

        self.wire.on(host, "POST", "/(?P<api>[a-z]+)/v[12]/subscriptions", subscribe)
        self.wire.on(host, "DELETE", "/[a-z]+/v[12]/subscriptions/(?P<id>[^/]+)",
                     lambda b, m: (204, None) if self.subscriptions.pop(m["id"], None) else MISSING)  # fmt: skip

    def _script_others(self) -> None:
        on = self.wire.on
        self._script_subscriptions("tester")
        suites = [{"name": "health"}, {"name": "system"}]
        on("tester", "GET", "/tester/v1/test_suites", lambda b, m: (200, suites))
        on("tester", "POST", "/tester/v1/test_runs", self._test)
        on("tester", "GET", "/tester/v1/test_runs/(?P<id>[^/]+)", lambda b, m: (200, self.runs[m["id"]]))
        on("vim", "POST", "/vrm/v1/reservations", self._reserve)
        on("vim", "DELETE", "/vrm/v1/reservations/(?P<id>[^/]+)",
           lambda b, m: (self.reservations.discard(m["id"]), (204, None))[1])  # fmt: skip
        on("manager", "GET", "/callbacks/1", lambda b, m: (204, None))
        on("manager", "POST", "/callbacks/1", lambda b, m: (self.heard.append(b), (204, None))[1])

    def _point(self, host: str, id: str) -> Answer:
        if host not in self.points.get(id, ()):
            return MISSING
        return 200, {"id": id, "scope": self.points[id]}

    def _entity(self, host: str) -> Answer:
        operational, administrative = self.states[host]
        state = {"operationalState": operational, "administrativeState": administrative}
        return 200, {"id": host, "softwareVersion": "1.0.0", "manoApplicationState": state}

    def _change(self, host: str, body: Any) -> Answer:
        if host == self.refusing:
            return 503, {"status": 503, "detail": "not now"}
        stop = "operationalStateChange" in body
        if stop and self.states[host][0] == "STOPPED":
            return 409, {"status": 409, "detail": "it is stopped"}
        self.clock.call_later(0.1, lambda: self._become(host, (0, "STOPPED") if stop else (1, "UNLOCKED")))
        return 202, None, "http://x/nfvmanocim/v2/change_state_ops/1"

    def _become(self, host: str, change: tuple[int, str]) -> None:
        self.states[host][change[0]] = change[1]
        operational, administrative = self.states[host]
        self.notify(host, "nfvmanocim", {
            "notificationType": "ChangeStateNotification", "operationalState": operational,
            "administrativeState": administrative, "managedObjectRef": {"type": "MANO_ENTITY", "objectId": host},
        })  # fmt: skip

    def _restore(self, host: str, id: str, body: Any) -> Answer:
        assert body == {"administrativeState": "LOCKED"}
        key = f"restore-{next(self.ids)}"
        self.restores[key] = {"id": key, "operationState": "PROCESSING", "differences": None}
        self.clock.call_later(0.5, lambda: self._restored(host, id, key))
        return 202, None, f"http://{host}/nfvmanoswm/v1/restore_op_occs/{key}"

    def _restored(self, host: str, id: str, key: str) -> None:
        if id in self.broken:
            self.restores[key] |= {"operationState": "FAILED", "error": {"detail": "the backup cannot be read"}}
            body = {"notificationType": "RestoreOperationOccurrenceNotification", **self.restores[key]}
        else:
            self.states[host] = ["STARTED", "LOCKED"]
            self.restores[key] |= {"operationState": "COMPLETED", "differences": []}
            body = {"notificationType": "StateReconciliationNotification"}
        self.notify(host, "nfvmanoswm", {**body, "restoreOpOccId": key})

    def _reserve(self, _body: Any, _match: Any) -> Answer:
        key = f"res-{next(self.ids)}"
        self.reservations.add(key)
        return 201, {"id": key}, f"http://vim/vrm/v1/reservations/{key}"

    def _test(self, body: Any, _match: Any) -> Answer:
        key = f"run-{next(self.ids)}"
        self.runs[key] = {"id": key, "state": "RUNNING", **body}
        self.clock.call_later(0.5, lambda: self._verdict(key, self.verdicts.pop(0) if self.verdicts else "PASS"))
        return 202, None, f"http://tester/tester/v1/test_runs/{key}"

    def _verdict(self, key: str, verdict: str) -> None:
        suites = [{"name": "system", "verdict": verdict}]
        self.runs[key] |= {"state": "COMPLETED", "verdict": verdict, "suites": suites}
        told = {name: self.runs[key][name] for name in ("state", "verdict", "suites")}
        self.notify("tester", "tester", {"notificationType": "TestRunNotification", "testRunId": key, **told})
