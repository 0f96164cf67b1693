"""Drives one scenario: begins the run, has the external manager act, reacts at held points, waits for the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from harness.judge.case import ENDED
from harness.judge.operations import ONGOING
from steps import pair
from steps.arrangement import VERSIONS, Arrangement
from steps.fallback import BOOKS, FALLBACKS, WATCHED, Surroundings
from steps.fallback import ENDED as FALLEN_BACK
from steps.observer import ENTITY, Observer
from steps.operations import Consumer
from steps.signs import Entry, asks, fallback_state, held_at, notified, process_state

if TYPE_CHECKING:
    from mocks.wire.history import History
    from steps.bench import Bench

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
SUSPENDED = "SUSPENDED"
WITHIN_STEP = 0.05
"""Lab seconds after which the target is in the middle of a step: there too its peers use it."""

STEPS = ("prepare", "deploy", "switch", "clean")
DRAINING = "state-change/drain"
INSTANCE_STEPS = (
    ("destination", "fe-instantiation/deploy"),
    ("tester", "test-run/suite-health"),
    ("destination", "state-change/unlock"),
    ("destination", "state-change/start"),
    ("target", "state-change/drain"),
    ("target", "state-change/stop"),
    ("tester", "test-run/suite-system"),
    ("target", "fe-termination/stop"),
)
"""Points of the work of source, destination and tester, by role, where another instance takes the target's place."""

MODIFY = "/nfvmanoswm/v1/software_modifications"
OCCURRENCES = "/nfvmanoswm/v1/software_modification_op_occs"
SUSPEND = f"{OCCURRENCES}/*/suspend"
SUSPEND_TESTS = "/tester/v1/test_runs/*/suspend"
UNITS = "/nfvmanoswm/v1/redundancy_units"
TERMINATE = UNITS + "/*/terminate"
COMPONENTS = "/nfvmanoswm/v1/components"
UNIT_STEPS = ("drain", "hand-over", "remove")
"""The steps of the work on redundancy units at which the peers use the target: where a unit leaves."""


class Drive:
    """The run of one scenario, from begin to end."""

    def __init__(self, bench: Bench, arranged: Arrangement) -> None:
        self.bench = bench
        self._arranged = arranged
        self._roles = arranged.cast
        alone = Observer(bench, self._roles, VERSIONS)
        self._observer = pair.PairObserver(bench, arranged, VERSIONS) if arranged.pair else alone
        self._held: dict[tuple[str, str], str] = {}
        self._arrival = self._point(arranged.arrives_at)
        self._service = arranged.network_service
        self._arriving = False
        self._halt = self._point(arranged.suspend_at) if arranged.suspend_at else None
        self._suspending = False
        self._process = ""
        self._seen = 0
        self._consumer = Consumer(bench.lab.control(self._roles.consumer), self._roles.target, arranged.operation)
        self._fallback = Surroundings(bench, arranged, self._observer)

    def begin(self, folder: Path, id: str) -> None:
        """Open the run and let the observer look around."""
        self.bench.begin(folder, {"id": id, **self._arranged.scenario()}, self._arranged.profiles)
        if self._service:
            self._service.prepare(self.bench, self._observer, self._roles)
            self._service.look(self._observer, self._roles)
        self._fallback.prepare()
        self._observer.look_before()
        if self._arranged.falls_back:
            self._fallback.look_before()
        self._look_at_units()
        self._look_at_components()

    def end(self) -> History:
        """Let the observer look at what is left, and close the history."""
        if self._service:
            self._service.end_traffic(self._observer, self._roles)
        self.bench.lab.settle(SETTLED_WITHIN)
        self._observer.look_after()
        if self._service:
            self._service.look(self._observer, self._roles)
        if self._arranged.falls_back:
            self._fallback.look_after()
        self._look_at_units()
        self._look_at_components()
        return self.bench.end()

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
            **({"destination": self._roles.destination} if self._roles.destination else {}),
            "impacted": list(self._roles.impacted),
            "commit": "manual" if self._arranged.manual_commit else "automatic",
        }
        optional: dict[str, Any] = {"policy": self._arranged.policy, "restorationPointId": point}
        if self._service:
            optional["parameters"] = self._service.parameters(self._roles)
        if self._arranged.pair:
            optional |= pair.launch(self._arranged.pair, VERSIONS[which])
        optional["fallbackManager"] = self._roles.others.get("fallback_manager")
        body |= {name: value for name, value in optional.items() if value}
        self._mark()
        answer = self._observer.ask("POST", self._roles.smm, "/smm/v1/processes", body)
        if answer is None or answer.status != 202:
            return
        self._process = answer.created
        if self._arranged.when == "ongoing":
            self._let_ongoing_end()
        self._follow()

    def task(self, name: str) -> None:
        """Have the external manager ask the process for a task (commit, rollback), and follow what comes of it."""
        self._mark()
        answer = self._observer.ask("POST", self._roles.smm, f"/smm/v1/processes/{self._process}/{name}")
        if answer is not None and answer.status == 202:
            self._follow((*ENDED, WAITING) if name == "resume" else ENDED)

    def restore(self) -> None:
        """Have the target restored from the restoration point that is there; returns when it has nothing left to do."""
        self._await_healed()
        target, points = self._roles.target, "/nfvmanoswm/v1/restoration_points"
        answer = self._observer.ask("GET", target, points)
        there = answer.json if answer is not None and answer.status == 200 else []
        for point in there[:1]:
            self._observer.ask("POST", target, f"{points}/{point['id']}/restore")
            self.bench.lab.settle(SETTLED_WITHIN)
        self._observer.ask("GET", target, "/nfvmanoswm/v1/restore_op_occs")

    def fall_back(self) -> None:
        """Have the Fallback Manager fall back, looking on while the targets come up; returns when that has ended."""
        manager = self._roles.others["fallback_manager"]
        self._observer.subscribe(manager, "fallback/v1")
        if self._arranged.when == "ongoing":
            self._consumer.prepare()
            # What is under way stands still, and nothing that waits for its end ever comes to an end.
            for point in (self._consumer.stimulus.point, DRAINING):
                self._hold(self._roles.target, point)
            self._consumer.trigger()
            self._await_held(self._consumer.stimulus.point)
        for actor, spec in self._arranged.faults:
            self.bench.lab.control(actor).arm(spec)
        for actor in BOOKS:
            self.bench.lab.control(actor).hold(WATCHED)
        self._mark()
        answer = self._observer.ask("POST", manager, FALLBACKS, self._fallback.request())
        if answer is not None and answer.status == 202:
            self._follow_fallback(answer.created)

    def _follow_fallback(self, begun: str) -> None:
        """Until the Fallback Manager says that it is over."""
        up: list[str] = []
        while True:
            entry = self._wait_for(lambda e: held_at(e) == WATCHED or fallback_state(e) in FALLEN_BACK)
            if entry is None:
                self._observer.ask("GET", self._roles.others["fallback_manager"], f"{FALLBACKS}/{begun}")
                return
            self._seen = entry["n"]
            if held_at(entry) != WATCHED:
                return
            with self.bench.lab.standing_still():
                self._fallback.look_at_targets()
            if up and up[-1] != entry["to"]:
                # Not all are equally fast: the others have the time to go as far as they may without this one.
                self.bench.lab.settle(REACTION)
            up.append(entry["to"])
            held = self.bench.lab.control(entry["to"])
            held.release(entry["detail"]["id"])
            held.hold(WATCHED)  # it may have to fall back again

    def _stage(self) -> None:
        """Arm what the scenario arranged; the observer subscribes to what it will need to see."""
        arranged = self._arranged
        self._observer.subscribe(self._roles.smm, "smm/v1", states=[*ENDED, WAITING, SUSPENDED])
        if self._service:
            self._service.begin_traffic(self._observer, self._roles)
        self._observer.subscribe(self._roles.target, "nfvmanocim/v2", notificationTypes=["ChangeStateNotification"])
        if arranged.peers_use_target:
            for actor, point in self._steps():
                self._hold(actor, point)
        if self._halt and self._halt not in self._held:
            self._hold(*self._halt)
        if arranged.when:
            self._observer.subscribe(self._roles.target, self._consumer.stimulus.api)
            self._consumer.prepare()
            self._arriving = arranged.when == "parallel"
            self._hold(*(self._arrival if self._arriving else (self._roles.target, self._consumer.stimulus.point)))
        for actor, spec in arranged.faults:
            self.bench.lab.control(actor).arm(spec)

    def _existing_point(self) -> str | None:
        body = {"description": "made before the process, by somebody else"}
        answer = self._observer.ask("POST", self._roles.target, "/nfvmanoswm/v1/restoration_points", body)
        return str(answer.json["id"]) if answer is not None and answer.status == 201 else None

    def _point(self, arrives_at: str) -> tuple[str, str]:
        """Where something is to happen: the actor of a role, and the point of its work that is held for it."""
        role, _, point = arrives_at.partition(" ")
        return self._arranged.actor(role), point

    def _steps(self) -> list[tuple[str, str]]:
        """The points at which the peers use the target."""
        if self._arranged.units:
            return [(self._roles.target, f"redundancy-unit/{step}") for step in UNIT_STEPS]
        if not self._roles.destination:
            return [(self._roles.target, f"software-modification/{step}") for step in STEPS]
        steps = (*INSTANCE_STEPS, *(pair.STEPS if self._arranged.pair else ()))
        return [(self._arranged.actor(role), point) for role, point in steps]

    def _hold(self, actor: str, point: str) -> None:
        self._held[actor, point] = self.bench.lab.control(actor).hold(point)

    def _release(self, actor: str, point: str) -> None:
        self.bench.lab.control(actor).release(self._held.pop((actor, point)))

    def _mark(self) -> None:
        self._seen = len(self.bench.lab.history.entries)

    def _await_held(self, pattern: str) -> None:
        kind = pattern.split("/", maxsplit=1)[0]
        self._wait_for(lambda entry: held_at(entry).startswith(kind))

    def _await_healed(self) -> None:
        """A process that was killed is started again in the machine's own time, which no lab second measures."""
        target = self._roles.target
        if any(actor == target and "heals" in spec for actor, spec in self._arranged.faults):
            self._seen = 0
            self._wait_for(lambda e: e["kind"] == "fault" and (e["event"], e["to"]) == ("healed", target))

    def _let_ongoing_end(self) -> None:
        """The operation goes on once the target was asked to change, or the SMM is seen to wait for it."""
        if self._arranged.handling == "COMPLETE_FIRST":
            self._wait_for_quiet(self._asks_for_change)
        else:
            self._wait_for(lambda entry: self._asks_for_change(entry) or process_state(entry) in ENDED)
        self._release(self._roles.target, self._consumer.stimulus.point)

    def _asks_for_change(self, entry: Entry) -> bool:
        """Whether the SMM asks for the modification, or has the state go over to the instance that comes."""
        if self._roles.destination:
            return asks(entry, self._roles.destination, "/nfvmanoswm/v1/state_data/import")
        return asks(entry, self._roles.target, TERMINATE if self._arranged.units else MODIFY)

    def _let_arrived_go(self) -> None:
        """What the operation that arrived needs of the target while it is held happens; then everybody is at rest."""
        if self._arranged.handling == "SUSPEND" and not self._roles.destination:
            self._wait_for(lambda entry: asks(entry, self._roles.target, SUSPEND))
        elif self._arranged.handling == "PARALLEL":
            self._wait_for(self._ends_operation)
        self.bench.lab.settle(REACTION)

    def _ends_operation(self, entry: Entry) -> bool:
        """Whether the target tells the observer, who subscribed to that alone, that the operation is over."""
        told = notified(entry, "operationState")
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

    def _follow(self, last: tuple[str, ...] = (*ENDED, WAITING, SUSPENDED)) -> None:
        """React to what the target comes to, until the process is in one of the states: ended, or waiting."""
        while True:
            entry = self._wait_for(lambda e: bool(held_at(e)) or process_state(e) in last)
            if entry is None:
                self._observer.ask("GET", self._roles.smm, f"/smm/v1/processes/{self._process}")
                return
            self._seen = entry["n"]
            if process_state(entry) == SUSPENDED:
                self._look_while_suspended()
            if not held_at(entry):
                return
            self._at_point(str(entry["to"]), held_at(entry))

    def _at_point(self, actor: str, point: str) -> None:
        if self._arranged.peers_use_target:
            self._look_during()
        if self._arriving and (actor, point) == self._arrival:
            self._arriving = False
            self._mark()
            self._consumer.trigger()
            self._let_arrived_go()
        if (actor, point) == self._halt and not self._suspending:
            self._suspending = True
            self._suspend()
        if (actor, point) in self._held:
            held = self._held.pop((actor, point))
            if self._arranged.units or self._arranged.components:
                self._hold(actor, point)  # the next unit or component comes to it as well
            self.bench.lab.control(actor).release(held)
            if self._arranged.peers_use_target:
                self.bench.lab.settle(WITHIN_STEP)
                self._look_during()

    def _look_at_units(self) -> None:
        if self._arranged.units:
            self._observer.ask("GET", self._roles.target, UNITS)

    def _look_at_components(self) -> None:
        """What each component runs, and what the target manages for others, which none of them may change."""
        for path in (COMPONENTS, *BOOKS[self._roles.target]) if self._arranged.components else ():
            self._observer.ask("GET", self._roles.target, path)

    def _suspend(self) -> None:
        """Have the external manager ask how far it is, then for a suspension; work goes on once that was turned to."""
        self._mark()
        path = f"/smm/v1/processes/{self._process}"
        self._observer.ask("GET", self._roles.smm, path)
        self._observer.ask("POST", self._roles.smm, f"{path}/suspend")
        self._wait_for_quiet(
            lambda entry: asks(entry, self._roles.target, SUSPEND) or asks(entry, self._roles.tester, SUSPEND_TESTS)
        )
        self.bench.lab.settle(REACTION)

    def _look_while_suspended(self) -> None:
        """Whoever goes on nevertheless gets time to do so; then the observer asks how things stand."""
        for actor, spec in self._arranged.faults_at_rest:
            self.bench.lab.control(actor).arm(spec)
        self.bench.lab.settle(REACTION)
        for entry in self.bench.lab.history.entries[self._seen :]:
            where = (str(entry["to"]), held_at(entry))
            if where in self._held:
                self._release(*where)
        self._look_during()
        self._observer.ask("GET", self._roles.target, OCCURRENCES)
        self._observer.ask("GET", self._roles.smm, f"/smm/v1/processes/{self._process}")

    def _look_during(self) -> None:
        # What takes the observer long must not use up anybody's patience.
        with self.bench.lab.standing_still():
            self._observer.look_during()
            if self._arranged.units:
                self._observer.ask("GET", self._roles.target, ENTITY)
            self._look_at_components()
