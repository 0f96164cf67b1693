"""Drives one scenario: begins the run, has the external manager act, reacts at held points, waits for the end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.judge.case import ENDED
from harness.judge.operations import ONGOING
from steps.arrangement import VERSIONS, Arrangement
from steps.observer import ENTITY, Observer
from steps.operations import Consumer

if TYPE_CHECKING:
    from mocks.wire.history import History
    from steps.bench import Bench

Entry = Mapping[str, Any]
PATIENCE = 900.0
"""Lab seconds without the sign that is waited for after which the observation stops: far more than anybody needs."""

SLICE = 30.0
"""Lab seconds waited in one go. Of a machine that stood still in between, only one of them is lost."""

QUIET = 20.0
"""Lab seconds in which nobody says anything, after which the SMM is taken to wait for somebody."""

REACTION = 5.0
"""Lab seconds in which everybody hears of an operation that arrived before the target goes on."""

SETTLED_WITHIN = 300.0
"""Lab seconds that work under way gets to end; it goes on as soon as nothing is left to do."""

WAITING = "AWAITING_COMMIT"
WITHIN_STEP = 0.05
"""Lab seconds after which the target is in the middle of a step: there too its peers use it."""

STEPS = ("prepare", "deploy", "switch", "clean")
ARRIVAL = "software-modification/deploy"
MODIFY = "/nfvmanoswm/v1/software_modifications"
UNITS = "/nfvmanoswm/v1/redundancy_units"
TERMINATE = UNITS + "/*/terminate"
UNIT_STEPS = ("drain", "hand-over", "remove")
"""The steps of the work on redundancy units at which the peers use the target: where a unit leaves."""

SUSPEND = "/nfvmanoswm/v1/software_modification_op_occs/*/suspend"
PROCESS = "SoftwareModificationProcessNotification"


class Drive:
    """The run of one scenario, from begin to end."""

    def __init__(self, bench: Bench, arranged: Arrangement) -> None:
        self.bench = bench
        self._arranged = arranged
        self._roles = arranged.cast
        self._observer = Observer(bench, self._roles, VERSIONS)
        self._held: dict[str, str] = {}
        self._arriving = False
        self._process = ""
        self._seen = 0
        self._consumer = Consumer(bench.lab.control(self._roles.consumer), self._roles.target, arranged.operation)

    def begin(self, folder: Path, id: str) -> None:
        """Open the run and let the observer look around."""
        self.bench.begin(folder, {"id": id, **self._arranged.scenario()}, self._arranged.profiles)
        self._observer.look_before()
        self._look_at_units()

    def end(self) -> History:
        """Let the observer look at what is left, and close the history."""
        self.bench.lab.settle(SETTLED_WITHIN)
        self._observer.look_after()
        self._look_at_units()
        history: History = self.bench.lab.end()
        return history

    def launch(self, which: str = "destination") -> None:
        """Have the SMM move the target; returns when the process ended, waits for its manager, or is mute."""
        if not self._process:
            self._stage()
        point = self._existing_point() if self._arranged.existing_point else None
        if self._arranged.when == "ongoing":
            self._consumer.trigger()
            self._await_held(self._consumer.stimulus.point)
        body: dict[str, Any] = {
            "planId": self._arranged.plan,
            "target": self._roles.target,
            "destinationSoftwareVersion": VERSIONS[which],
            "resourceProvider": self._roles.provider,
            "tester": self._roles.tester,
            "impacted": list(self._roles.impacted),
            "commit": "manual" if self._arranged.manual_commit else "automatic",
        }
        optional: dict[str, Any] = {"policy": self._arranged.policy, "restorationPointId": point}
        body |= {name: value for name, value in optional.items() if value}
        self._mark()
        answer = self._observer.ask("POST", self._roles.smm, "/smm/v1/processes", body)
        if answer is None or answer.status_code != 202:
            return
        self._process = answer.headers.get("Location", "").rsplit("/", 1)[-1]
        if self._arranged.when == "ongoing":
            self._let_ongoing_end()
        self._follow()

    def task(self, name: str) -> None:
        """Have the external manager ask the process for a task (commit, rollback), and follow what comes of it."""
        self._mark()
        answer = self._observer.ask("POST", self._roles.smm, f"/smm/v1/processes/{self._process}/{name}")
        if answer is not None and answer.status_code == 202:
            self._follow(waiting_ends=False)

    def restore(self) -> None:
        """Have the target restored from the restoration point that is there; returns when it has nothing left to do."""
        target, points = self._roles.target, "/nfvmanoswm/v1/restoration_points"
        answer = self._observer.ask("GET", target, points)
        there = answer.json() if answer is not None and answer.status_code == 200 else []
        for point in there[:1]:
            self._observer.ask("POST", target, f"{points}/{point['id']}/restore")
            self.bench.lab.settle(SETTLED_WITHIN)
        self._observer.ask("GET", target, "/nfvmanoswm/v1/restore_op_occs")

    def _stage(self) -> None:
        """Arm what the scenario arranged; the observer subscribes to what it will need to see."""
        arranged = self._arranged
        self._observer.subscribe(self._roles.smm, "smm/v1", states=[*ENDED, WAITING])
        if arranged.peers_use_target:
            for point in self._points():
                self._hold(point)
        if arranged.when:
            self._observer.subscribe(self._roles.target, self._consumer.stimulus.api)
            self._consumer.prepare()
            self._arriving = arranged.when == "parallel"
            self._hold(ARRIVAL if self._arriving else self._consumer.stimulus.point)
        for actor, spec in arranged.faults:
            self.bench.lab.control(actor).arm(spec)

    def _existing_point(self) -> str | None:
        body = {"description": "made before the process, by somebody else"}
        answer = self._observer.ask("POST", self._roles.target, "/nfvmanoswm/v1/restoration_points", body)
        return str(answer.json()["id"]) if answer is not None and answer.status_code == 201 else None

    def _hold(self, point: str) -> None:
        self._held[point] = self.bench.lab.control(self._roles.target).hold(point)

    def _release(self, point: str) -> None:
        self.bench.lab.control(self._roles.target).release(self._held.pop(point))

    def _mark(self) -> None:
        self._seen = len(self.bench.lab.history.entries)

    def _await_held(self, pattern: str) -> None:
        kind = pattern.split("/", maxsplit=1)[0]
        self._wait_for(lambda entry: _held_at(entry).startswith(kind))

    def _let_ongoing_end(self) -> None:
        """The operation goes on once the target was asked to change, or the SMM is seen to wait for it."""
        target = self._roles.target
        if self._arranged.handling == "COMPLETE_FIRST":
            self._wait_for_quiet(lambda entry: _asks(entry, target, MODIFY))
        else:
            change = TERMINATE if self._arranged.units else MODIFY
            self._wait_for(lambda entry: _asks(entry, target, change) or _process_state(entry) in ENDED)
        self._release(self._consumer.stimulus.point)

    def _let_arrived_go(self) -> None:
        """What the operation that arrived needs of the target while it is held happens; then everybody is at rest."""
        if self._arranged.handling == "SUSPEND":
            self._wait_for(lambda entry: _asks(entry, self._roles.target, SUSPEND))
        elif self._arranged.handling == "PARALLEL":
            self._wait_for(self._ends_operation)
        self.bench.lab.settle(REACTION)

    def _ends_operation(self, entry: Entry) -> bool:
        """Whether the target tells the observer, who subscribed to that alone, that the operation is over."""
        told = _notified(entry, "operationState")
        return entry["to"] == self._roles.observer and bool(told) and told not in ONGOING

    def _wait_for(self, predicate: Callable[[Entry], bool]) -> Entry | None:
        """The first entry since the mark that the predicate takes; None when patience is at its end."""
        for _ in range(int(PATIENCE / SLICE)):
            entry = self.bench.lab.wait_for(predicate, SLICE, self._seen)
            if entry is not None:
                return entry
        return None

    def _wait_for_quiet(self, predicate: Callable[[Entry], bool]) -> None:
        """Until an entry that the predicate takes, or until nobody has said anything for a while."""
        seen, limit = self._seen, self.bench.lab.clock.now() + SETTLED_WITHIN
        while self.bench.lab.clock.now() < limit:
            entry = self.bench.lab.wait_for(lambda _: True, QUIET, seen)
            if entry is None or predicate(entry):
                return
            seen = entry["n"]

    def _follow(self, waiting_ends: bool = True) -> None:
        """React to what the target comes to, until the process says that it ended (or waits for its manager)."""
        last = (*ENDED, WAITING) if waiting_ends else ENDED
        while True:
            entry = self._wait_for(lambda e: bool(_held_at(e)) or _process_state(e) in last)
            if entry is None:
                self._observer.ask("GET", self._roles.smm, f"/smm/v1/processes/{self._process}")
                return
            self._seen = entry["n"]
            if not _held_at(entry):
                return
            self._at_point(_held_at(entry))

    def _at_point(self, point: str) -> None:
        if self._arranged.peers_use_target:
            self._look_during()
        if self._arriving and point == ARRIVAL:
            self._arriving = False
            self._mark()
            self._consumer.trigger()
            self._let_arrived_go()
        if point in self._held:
            held = self._held.pop(point)
            if self._arranged.units:
                self._hold(point)  # the next unit comes to it as well
            self.bench.lab.control(self._roles.target).release(held)
            if self._arranged.peers_use_target:
                self.bench.lab.settle(WITHIN_STEP)
                self._look_during()

    def _points(self) -> list[str]:
        """The points of the target's work at which its peers use it."""
        kind, steps = ("redundancy-unit", UNIT_STEPS) if self._arranged.units else ("software-modification", STEPS)
        return [f"{kind}/{step}" for step in steps]

    def _look_at_units(self) -> None:
        if self._arranged.units:
            self._observer.ask("GET", self._roles.target, UNITS)

    def _look_during(self) -> None:
        # What takes the observer long must not use up anybody's patience.
        with self.bench.lab.standing_still():
            self._observer.look_during()
            if self._arranged.units:
                self._observer.ask("GET", self._roles.target, ENTITY)


def _held_at(entry: Entry) -> str:
    return str(entry["detail"].get("point", "")) if entry["kind"] == "lab" and entry["event"] == "held" else ""


def _process_state(entry: Entry) -> str:
    return _notified(entry, "state") if _notified(entry, "notificationType") == PROCESS else ""


def _notified(entry: Entry, attribute: str) -> str:
    body = entry["request"] if entry["kind"] == "notification" else None
    return str(body.get(attribute, "")) if isinstance(body, dict) else ""


def _asks(entry: Entry, actor: str, path: str) -> bool:
    """Whether somebody sends a POST to this path of the actor; a path may end in */ and the name of a task."""
    if entry.get("method") != "POST" or entry["to"] != actor:
        return False
    before, _, task = path.partition("*")
    asked = str(entry["path"])
    return asked == path or (bool(task) and asked.startswith(before) and asked.endswith(task))
