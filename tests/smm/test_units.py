"""An SMM that replaces the redundancy units of an entity (GR clause 5.3.2): failures, time-outs, kills."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from harness.smm import create
from mocks.entities.actors import POWERS, equip
from mocks.entities.core import Core
from mocks.entities.errors import StepFailed
from mocks.entities.redundancy_units import RedundancyUnits
from tests.entities.lives import _app
from tests.fakes import CountingIds, OpenGate, RecordingPeers
from tests.smm.script import Answer, FakeClock, Killed, die, die_after, lost
from tests.smm.world import World

UNITS = "/nfvmanoswm/v1/redundancy_units"


class Dated(FakeClock):
    """The clock of both the SMM and the entity."""

    def date(self) -> float:
        return self.time


class UnitWorld(World):
    """A world whose target is an entity of the lab that consists of units; everybody else is scripted."""

    def __init__(self, units: int = 2, folder: Path | None = None) -> None:
        clock, peers = Dated(), RecordingPeers()
        self.gate = OpenGate()
        profile = {"redundancyUnits": units}
        self.core = equip(Core("vnfm", "VNFM", clock, CountingIds(), self.gate, peers, profile), POWERS["VNFM"])
        peers.deliver = self._deliver  # type: ignore[method-assign]
        super().__init__(create, folder, clock)

    def _script(self) -> None:
        super()._script()
        for method in ("GET", "POST", "DELETE"):
            self.wire.on("vnfm", method, "/.*", lambda body, match, method=method: self._entity(method, match, body))  # type: ignore[misc]

    def _entity(self, method: str, match: Any, body: Any) -> Answer:
        app, slot = _app("VNFM")
        slot[0] = self.core
        client = app.test_client()
        client.environ_base["manolab.actor"] = "smm"
        answer = client.open(match.string, method=method, json=body)
        return answer.status_code, answer.get_json(silent=True), answer.headers.get("Location", "")

    def modify(self, **changes: Any) -> dict[str, Any]:
        return self.run(planId="redundancy-units", **changes)

    def versions(self) -> list[str]:
        """What the units run."""
        power = self.core.power(RedundancyUnits)
        assert power is not None
        return [unit["softwareVersion"] for unit in power.list()]

    def take_over(self) -> None:
        """The SMM is gone with all that was due to it; the others go on."""
        due = [entry for entry in self.clock._heap if _of_others(entry[2].task)]
        self.subject.close()
        self.clock._heap[:] = sorted(due)
        self.start()
        self.clock.run()


def _of_others(task: object) -> bool:
    return str(getattr(task, "__module__", "")).startswith(("tests.smm", "mocks", "tests.fakes"))


@pytest.mark.parametrize("units", [1, 2, 3, 5])
def test_all_units_are_replaced(units: int) -> None:
    """As many as there were, in the destination version, and nothing of the process is left."""
    world = UnitWorld(units)
    process = world.modify()
    assert process["outcome"] == "DESTINATION_COMMITTED", process["reason"]
    assert world.versions() == ["2.0.0"] * units
    assert len(world.sent(f"POST vnfm{UNITS}$")) == units
    assert not world.reservations


@pytest.mark.parametrize("point", ["prepare", "deploy", "synchronise", "serve", "drain", "hand-over"])
def test_what_breaks_is_rolled_back(point: str) -> None:
    """Wherever the work on the first unit breaks, the process ends in the source version."""
    world = UnitWorld()
    world.gate.failing[f"redundancy-unit/{point}"] = StepFailed("broke")
    key = world.launch(planId="redundancy-units")
    world.until(key, state="ROLLING_BACK")
    del world.gate.failing[f"redundancy-unit/{point}"]
    world.clock.run()
    assert world.process(key)["outcome"] == "SOURCE_COMMITTED"
    assert world.versions() == ["1.0.0"] * 2


def test_a_failure_that_may_pass_is_tried_again() -> None:
    """As often as the plan allows, then the way back."""
    world = UnitWorld()
    world.gate.failing["redundancy-unit/deploy"] = StepFailed("broke", transient=True)
    process = world.modify()
    assert process["outcome"] == "SOURCE_COMMITTED"
    assert len(world.sent(f"POST vnfm{UNITS}$")) == 3


def test_tests_that_do_not_pass_lead_all_units_back() -> None:
    """Two units, tested by themselves, and the whole that did not pass."""
    world = UnitWorld()
    world.verdicts = ["PASS", "PASS", "FAIL"]
    process = world.modify()
    assert process["outcome"] == "SOURCE_COMMITTED"
    assert world.versions() == ["1.0.0"] * 2
    assert len(world.sent(f"POST vnfm{UNITS}$")) == 4


@pytest.mark.parametrize("path", [UNITS, f"{UNITS}/.*/change_state", f"{UNITS}/.*/terminate"])
def test_a_lost_answer_ends_well_or_in_the_source_version(path: str) -> None:
    """Nothing is done twice: there are never more units than there should be."""
    world = UnitWorld()
    world.wire.strike(f"POST vnfm{path}", lost)
    process = world.modify()
    assert process["outcome"] in ("DESTINATION_COMMITTED", "SOURCE_COMMITTED"), process["reason"]
    assert len(set(world.versions())) == 1
    assert len(world.versions()) == 2


def test_a_target_that_is_of_one_piece_is_refused() -> None:
    """Nothing is touched."""
    world = UnitWorld(0)
    assert world.modify()["outcome"] == "NOT_STARTED"


def test_a_unit_that_makes_no_progress_is_no_reason_to_wait_for_ever() -> None:
    """After the time-out it is looked up, and a second look that shows nothing new ends the wait."""
    world = UnitWorld()
    world.gate.closed.add("redundancy-unit/deploy")
    process = world.modify()
    assert process["outcome"] == "FALLBACK_NEEDED"
    assert "makes no progress" in process["reason"]


def _exchanges() -> int:
    world = UnitWorld(1)
    world.modify()
    return len(world.wire.exchanges)


@pytest.mark.parametrize("fault", [die, die_after], ids=["before", "after"])
@pytest.mark.parametrize("exchange", range(_exchanges()))
def test_a_new_smm_ends_what_a_killed_one_began(tmp_path: Path, exchange: int, fault: Any) -> None:
    """Killed before or after any exchange: one unit, replaced once, and the destination version is committed."""
    world = UnitWorld(1, tmp_path)
    world.wire.strike("(GET|POST|DELETE) .*", lambda call: call(), times=exchange)
    world.wire.strike("(GET|POST|DELETE) .*", fault)
    key = world.launch(planId="redundancy-units")
    with pytest.raises(Killed):
        world.clock.run()
    world.take_over()
    process = world.process(key)
    assert process["outcome"] == "DESTINATION_COMMITTED", process["reason"]
    assert world.versions() == ["2.0.0"]
    assert not world.reservations
