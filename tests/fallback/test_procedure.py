"""The fallback procedure, row by row, and what becomes of it when something does not work (clause 5.9)."""

from __future__ import annotations

from typing import Any

from harness.fallback import Procedure
from tests.fallback.world import World, naming


def test_rows_come_in_their_order(world: World) -> None:
    """Stop all, restore all, unlock all, test everybody: nothing of a later row before the row is done by all."""
    ended = world.run(naming("old"))
    assert (ended["state"], ended["outcome"], ended["currentRow"]) == ("COMPLETED", "RESTORED", "5.9.5-1#end")
    assert ended["targets"] == ["vnfm", "vim"]
    assert world.sent("change_state|restore$|test_runs$") == [
        "POST vnfm/nfvmanocim/v2/mano_entity/change_state",
        "POST vim/nfvmanocim/v2/mano_entity/change_state",
        "POST vnfm/nfvmanoswm/v1/restoration_points/old/restore",
        "POST vim/nfvmanoswm/v1/restoration_points/old/restore",
        "POST vnfm/nfvmanocim/v2/mano_entity/change_state",
        "POST vim/nfvmanocim/v2/mano_entity/change_state",
        "POST tester/tester/v1/test_runs",
        "POST tester/tester/v1/test_runs",
    ]


def test_everybody_is_tested_on_resources_set_aside(world: World) -> None:
    """Targets first, then the others, with all suites and with who uses them; nothing stays reserved or subscribed."""
    world.run()
    first, second = (e.body for e in world.wire.exchanges if e.request == "POST /tester/v1/test_runs")
    assert (first["target"], second["target"]) == ("vnfm", "vim")
    assert first["suites"] == ["health", "system"]
    assert (first["impacted"], second["impacted"]) == (["vim"], [])
    assert first["resources"][0]["provider"] == "vim"
    assert (world.reservations, world.subscriptions) == (set(), {})


def test_lost_notifications_are_looked_up(world: World) -> None:
    """Without any notification every wait ends with a question, and the fallback with success."""
    world.silent = True
    assert world.run()["outcome"] == "RESTORED"


def test_the_next_point_is_taken_when_one_fails(world: World) -> None:
    """The points are tried in the order of the request, and each failure is told."""
    world.broken = {"new"}
    ended = world.run(naming("new", "old"))
    assert (ended["outcome"], ended["restorationPointId"]) == ("RESTORED", "old")
    first, second = ended["restorationPoints"]
    assert first["failure"] == "at row 5: vnfm: the backup cannot be read"
    assert second["failure"] is None


def test_tests_that_are_not_passed_are_no_success(world: World) -> None:
    """Then the next point is taken; the targets are stopped again."""
    world.verdicts = ["FAIL"]
    ended = world.run(naming("new", "old"))
    assert ended["restorationPointId"] == "old"
    assert "the tests of vnfm were not passed (system)" in ended["restorationPoints"][0]["failure"]
    assert (world.reservations, world.subscriptions) == (set(), {})


def test_without_another_point_the_end_is_honest(world: World) -> None:
    """It says that everything has to be reinstalled, and why each point was of no use."""
    world.broken = {"new", "old"}
    ended = world.run(naming("new", "old"))
    assert (ended["state"], ended["outcome"]) == ("FAILED", "REINSTALLATION_NEEDED")
    assert ended["reason"].startswith("NFV-MANO has to be reinstalled: no restoration point is left; new at row 5")
    assert "old at row 5" in ended["reason"]


def test_a_part_that_is_missing_makes_a_point_useless(world: World) -> None:
    """Nobody is stopped for a point that one of its entities does not have."""
    world.points["old"] = ["vnfm", "vim"]
    world.wire.on("vim", "GET", "/nfvmanoswm/v1/restoration_points/old", lambda b, m: (404, {"detail": "gone"}))
    ended = world.run(naming("old"))
    assert ended["outcome"] == "REINSTALLATION_NEEDED"
    assert "at row begin" in ended["restorationPoints"][0]["failure"]
    assert world.sent("change_state") == []


def test_a_target_that_is_stopped_already_is_as_good(world: World) -> None:
    """A conflict is looked into."""
    world.states["vnfm"][0] = "STOPPED"
    assert world.run()["outcome"] == "RESTORED"


def test_a_target_that_does_not_answer_is_asked_for_a_while(world: World) -> None:
    """It may be coming back; when it does not, this point leads nowhere."""
    world.refusing = "vnfm"
    assert "vnfm cannot be stopped" in world.run()["reason"]
    assert len(world.sent("change_state")) == 5
    world = World(refusing="vnfm")
    key = world.begin()
    world.clock.call_later(20, lambda: setattr(world, "refusing", ""))
    world.clock.run()
    assert world.fallback(key)["outcome"] == "RESTORED"


def test_a_procedure_that_breaks_fails_its_point(world: World) -> None:
    """An error of its own is told, and does not stop the clock."""

    class Broken(Procedure):
        def unlock(self) -> Any:
            raise ZeroDivisionError("oops")

    assert "the Fallback Manager broke" in World(Broken).run()["reason"]
