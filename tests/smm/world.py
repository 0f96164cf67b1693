"""A small scripted world around an SMM: a clock that tests move, and peers that answer from a dict of handlers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import requests
from werkzeug.test import Client

from harness.clients.entities import Endpoint
from harness.sut.surroundings import Surroundings
from tests.smm.script import Answer, Exchange, FakeClock, Handler, Wire

TYPES = {
    "vnfm": "VNFM",
    "vim": "VIM",
    "tester": "TESTER",
    "nfvo": "NFVO",
    "em": "EM",
    "vnf": "VNF",
    "manager": "OBSERVER",
}
STARTED: list[Any] = []
"""Subjects of the test that is under way, which are closed after it."""

LAUNCH = {
    "planId": "internal-seamless",
    "target": "vnfm",
    "destinationSoftwareVersion": "2.0.0",
    "resourceProvider": "vim",
    "tester": "tester",
    "impacted": ["nfvo", "vim", "vnf", "em"],
}


@dataclass
class World:
    """Peers good enough to take a process through; each attribute scripts one thing they do."""

    factory: Callable[[Surroundings], Any]
    folder: Path | None = None
    clock: FakeClock = field(default_factory=FakeClock)
    wire: Wire = field(default_factory=Wire)
    version: str = "1.0.0"
    results: list[str] = field(default_factory=list)
    verdicts: list[str] = field(default_factory=list)
    capability: dict[str, Any] = field(default_factory=dict)
    silent: bool = False
    available: dict[str, int] = field(default_factory=lambda: {"vcpu": 64, "memoryMiB": 262144, "storageGiB": 4096})

    def __post_init__(self) -> None:
        self.ids = itertools.count(1)
        self.reservations: dict[str, dict[str, Any]] = {}
        self.points: dict[str, dict[str, Any]] = {}
        self.jobs: dict[str, dict[str, Any]] = {}
        self.occurrences: dict[str, dict[str, Any]] = {}
        self.runs: dict[str, dict[str, Any]] = {}
        self.subscriptions: dict[str, tuple[str, str]] = {}
        self.operations: dict[str, dict[str, Any]] = {}
        self.pending: dict[str, dict[str, Any]] = {}
        self.heard: list[dict[str, Any]] = []
        self.session = requests.Session()
        self.session.mount("http://", self.wire)
        self._script()
        self.subject = self.start()

    def start(self) -> Any:
        """A (new) SMM on the same folder."""
        self.subject = self.factory(
            Surroundings(
                self.session,
                self.clock,
                {actor: Endpoint(kind, f"http://{actor}") for actor, kind in TYPES.items()},
                "http://smm",
                self.folder,
            )
        )
        STARTED.append(self.subject)
        self.api = Client(self.subject)
        return self.subject

    # Driving

    def launch(self, **changes: Any) -> str:
        answer = self.api.post("/smm/v1/processes", json={**LAUNCH, **changes})
        assert answer.status_code == 202, answer.get_data(as_text=True)
        return str(answer.headers["Location"].rsplit("/", 1)[1])

    def process(self, key: str) -> dict[str, Any]:
        found: dict[str, Any] = self.api.get(f"/smm/v1/processes/{key}").get_json()
        return found

    def run(self, **changes: Any) -> dict[str, Any]:
        """Launch a process and let time run until nothing is left to do."""
        key = self.launch(**changes)
        self.clock.run()
        return self.process(key)

    def ask(self, key: str, task: str) -> int:
        return int(self.api.post(f"/smm/v1/processes/{key}/{task}").status_code)

    def until(self, key: str, **wanted: Any) -> dict[str, Any]:
        """Let time run until the process shows these values."""
        self.clock.run(stop=lambda: wanted.items() <= self.process(key).items())
        found = self.process(key)
        assert wanted.items() <= found.items(), found
        return found

    def sent(self, pattern: str) -> list[Exchange]:
        """The exchanges whose "METHOD actor/path" matches."""
        return [e for e in self.wire.exchanges if re.search(pattern, f"{e.method} {e.to}{e.path}")]

    def leftovers(self) -> dict[str, Any]:
        """What the SMM made at others and did not take down."""
        kinds = {
            "reservations": self.reservations,
            "points": self.points,
            "jobs": self.jobs,
            "subscriptions": self.subscriptions,
        }
        return {kind: sorted(items) for kind, items in kinds.items() if items}

    def arrive(self, state: str = "STARTING", key: str | None = None, kept: str | None = None) -> str:
        """A VNF LCM operation begins or moves at the target; `kept` says that the target does not execute it yet."""
        key = key or f"op-{next(self.ids)}"
        self.operations[key] = {"id": key, "operationState": state, "operation": "SCALE", "requestedBy": "nfvo"}
        if kept:
            self.pending[f"kept-{key}"] = {
                "id": f"kept-{key}", "operationType": "VNF_LCM", "operationOccurrenceId": key, "operation": "SCALE",
                "consumer": "nfvo", "handling": kept,
            }  # fmt: skip
        self.notify("vnflcm", {"notificationType": "VnfLcmOperationOccurrenceNotification", "vnfLcmOpOccId": key,
                               "operationState": state, "operation": "SCALE", "requestedBy": "nfvo"})  # fmt: skip
        return key

    def notify(self, api: str, body: dict[str, Any]) -> None:
        for wanted, callback in list(self.subscriptions.values()):
            if wanted == api:
                self.clock.call_later(0, lambda c=callback: self._deliver(c, body))

    def _deliver(self, callback: str, body: dict[str, Any]) -> None:
        self.api.post(urlsplit(callback).path, json=body)

    # The peers

    def move(self, key: str, state: str, **changes: Any) -> None:
        """A software modification of the target takes a turn."""
        occurrence = self.occurrences[key]
        occurrence.update(operationState=state, **changes)
        if not self.silent:
            told = {key: value for key, value in occurrence.items() if key != "id"}
            kind = "SoftwareModificationOperationOccurrenceNotification"
            told |= {"softwareModificationOpOccId": key, "softwareVersion": self.version}
            self.notify("nfvmanoswm", {"notificationType": kind, **told})

    def _modify(self, body: Any, _match: Any) -> Answer:
        key = f"occ-{next(self.ids)}"
        self.occurrences[key] = {
            "id": key, "operationState": "STARTING", "destinationSoftwareVersion": body["destinationSoftwareVersion"],
            "requestedBy": "smm", "committed": False, "result": None, "startTime": f"{self.clock.now():09.3f}",
        }  # fmt: skip
        result = self.results.pop(0) if self.results else "SUCCESSFUL"
        self.clock.call_later(0.1, lambda: self.move(key, "PROCESSING"))
        if result != "HANGS":
            self.clock.call_later(0.5, lambda: self._finish(key, result))
        return 202, None, f"http://vnfm/nfvmanoswm/v1/software_modification_op_occs/{key}"

    def _finish(self, key: str, result: str) -> None:
        if self.occurrences[key]["operationState"] in ("SUSPENDED", "COMPLETED", "UNDOING", "ROLLED_BACK"):
            return
        if result == "SUCCESSFUL":
            self.version = self.occurrences[key]["destinationSoftwareVersion"]
            self.move(key, "COMPLETED", result=result)
        elif result == "FAILED":
            self.move(key, "FAILED", result=result, error={"detail": "scripted failure"})
        else:
            self.move(key, "ROLLED_BACK", result=result, error={"detail": "scripted rollback"})

    def _task(self, _body: Any, match: re.Match[str]) -> Answer:
        key, task = match["id"], match["task"]
        occurrence = self.occurrences[key]
        state = occurrence["operationState"]
        if task == "commit" and state in ("COMPLETED", "ROLLED_BACK") and not occurrence["committed"]:
            occurrence["committed"] = True
            return 200, occurrence
        if task == "suspend" and state in ("STARTING", "PROCESSING"):
            self.clock.call_later(0.1, lambda: self.move(key, "SUSPENDED"))
            return 202, None
        if task == "undo" and state == "SUSPENDED":
            self.move(key, "UNDOING", assistance=None)
            self.clock.call_later(0.5, lambda: self.move(key, "ROLLED_BACK", result="ROLLED_BACK_RETRY_POSSIBLE"))
            return 202, None
        if task == "resume" and state == "SUSPENDED":
            self.move(key, "PROCESSING", assistance=None)
            self.clock.call_later(0.5, lambda: self._finish(key, "SUCCESSFUL"))
            return 202, None
        return 409, {"status": 409, "detail": f"{task} not possible in {state}"}

    def _test(self, body: Any, _match: Any) -> Answer:
        key = f"run-{next(self.ids)}"
        self.runs[key] = {"id": key, "state": "STARTING", "verdict": None, "requestedBy": "smm", **body, "suites": []}
        verdict = self.verdicts.pop(0) if self.verdicts else "PASS"
        self.clock.call_later(0.5, lambda: self._verdict(key, verdict))
        return 202, None, f"http://tester/tester/v1/test_runs/{key}"

    def _verdict(self, key: str, verdict: str) -> None:
        if verdict in ("PASS", "FAIL"):
            changes: dict[str, Any] = {
                "state": "COMPLETED",
                "verdict": verdict,
                "suites": [{"name": "system", "verdict": verdict}],
            }
        elif verdict == "HANGS":
            return
        else:
            changes = {"state": "FAILED", "error": {"detail": "no resources", "retryable": verdict == "RETRYABLE"}}
        self.runs[key].update(changes)
        if not self.silent:
            self.notify("tester", {"notificationType": "TestRunNotification", "testRunId": key, **changes})

    def _make(self, store: dict[str, dict[str, Any]], prefix: str, **extra: Any) -> Handler:
        def make(body: Any, _match: Any) -> Answer:
            key = f"{prefix}-{next(self.ids)}"
            store[key] = {"id": key, **body, **extra}
            return 201, store[key], f"http://x/{prefix}/{key}"

        return make

    def _subscribe(self, body: Any, match: re.Match[str]) -> Answer:
        wanted = (match["api"], body["callbackUri"])
        for existing, made in self.subscriptions.items():
            if made == wanted:
                return 303, None, f"http://x/subscriptions/{existing}"
        key = f"sub-{next(self.ids)}"
        self.subscriptions[key] = wanted
        return 201, {"id": key, **body}, f"http://x/subscriptions/{key}"

    def _settle(self, _body: Any, match: re.Match[str]) -> Answer:
        kept = self.pending.pop(match["id"], None)
        return (202, None) if kept else (404, {"status": 404, "detail": "not kept"})

    def _crud(self, host: str, path: str, store: dict[str, Any]) -> None:
        missing = (404, {"status": 404, "detail": "gone"})
        self.wire.on(host, "GET", path, lambda b, m: (200, list(store.values())))
        self.wire.on(
            host, "GET", path + "/(?P<id>[^/]+)", lambda b, m: (200, store[m["id"]]) if m["id"] in store else missing
        )
        self.wire.on(
            host, "DELETE", path + "/(?P<id>[^/]+)", lambda b, m: (204, None) if store.pop(m["id"], None) else missing
        )

    def _script(self) -> None:
        on = self.wire.on
        handling = {
            "ongoing": ["PARALLEL", "COMPLETE_FIRST"],
            "parallel": ["PARALLEL", "DELAY", "NOTIFY_CONSUMER", "SUSPEND"],
        }
        on("vnfm", "GET", "/nfvmanoswm/v1/capability", lambda b, m: (200, {
            "support": "INTERNAL_SEAMLESS", "softwareVersion": self.version, "suspendable": True,
            "availableSoftwareVersions": ["1.0.0", "2.0.0"], "operationHandling": {"VNF_LCM": handling},
            **self.capability,
        }))  # fmt: skip
        state = {"operationalState": "STARTED", "administrativeState": "UNLOCKED", "usageState": "ACTIVE"}
        on("vnfm", "GET", "/nfvmanocim/v2/mano_entity", lambda b, m: (200, {"id": "e1", "manoApplicationState": state}))
        self._crud("vim", "/vrm/v1/reservations", self.reservations)
        on("vim", "GET", "/vrm/v1/capacity", lambda b, m: (200, {"total": self.available, "available": self.available}))
        on("vim", "POST", "/vrm/v1/reservations", self._make(self.reservations, "res", owner="smm", inUse={}))
        self._crud("vnfm", "/nfvmanoswm/v1/restoration_points", self.points)
        on(
            "vnfm",
            "POST",
            "/nfvmanoswm/v1/restoration_points",
            self._make(self.points, "point", softwareVersion="1.0.0"),
        )
        self._crud("vnfm", "/nfvmanologm/v1/log_jobs", self.jobs)
        on("vnfm", "POST", "/nfvmanologm/v1/log_jobs", self._make(self.jobs, "job"))
        self._crud("vnfm", "/nfvmanoswm/v1/software_modification_op_occs", self.occurrences)
        on("vnfm", "POST", "/nfvmanoswm/v1/software_modifications", self._modify)
        on("vnfm", "POST", "/nfvmanoswm/v1/software_modification_op_occs/(?P<id>[^/]+)/(?P<task>[a-z]+)", self._task)
        on("vnfm", "GET", "/nfvmanoswm/v1/pending_operations", lambda b, m: (200, list(self.pending.values())))
        on("vnfm", "POST", "/nfvmanoswm/v1/pending_operations/(?P<id>[^/]+)/(?P<task>[a-z]+)", self._settle)
        self._crud("vnfm", "/vnflcm/v1/vnf_lcm_op_occs", self.operations)
        self._crud("tester", "/tester/v1/test_runs", self.runs)
        on("tester", "GET", "/tester/v1/test_suites", lambda b, m: (200, [{"name": "health"}, {"name": "system"}]))
        on("tester", "POST", "/tester/v1/test_runs", self._test)
        on("nfvo", "POST", "/peer/v1/operation_notices", lambda b, m: (204, None))
        on("manager", "GET", "/callbacks/1", lambda b, m: (204, None))
        on("manager", "POST", "/callbacks/1", lambda b, m: (self.heard.append(b), (204, None))[1])
        for host in ("vnfm", "tester"):
            on(host, "POST", "/(?P<api>[a-z]+)/v1/subscriptions", self._subscribe)
            on(host, "DELETE", "/[a-z]+/v1/subscriptions/(?P<id>[^/]+)",
               lambda b, m: (204, None) if self.subscriptions.pop(m["id"], None) else (404, None))  # fmt: skip
