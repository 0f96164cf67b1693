"""A process in which nothing goes wrong."""

from __future__ import annotations

from tests.smm.world import World


def test_a_clean_process_commits_the_destination_and_leaves_nothing_behind(world: World) -> None:
    """The target runs the destination version, it is committed, and every protection is taken down."""
    process = world.run()
    assert (process["state"], process["outcome"], process["reason"]) == ("COMPLETED", "DESTINATION_COMMITTED", None)
    assert world.version == "2.0.0"
    assert all(occurrence["committed"] for occurrence in world.occurrences.values())
    assert world.leftovers() == {}


def test_protection_stands_before_the_target_is_asked(world: World) -> None:
    """Reservations, restoration point and special logs come before the request, which names the reservation."""
    world.run()
    requests = [f"{e.method} {e.to}{e.path}" for e in world.wire.exchanges]
    asked = requests.index("POST vnfm/nfvmanoswm/v1/software_modifications")
    for before in ("vim/vrm/v1/reservations", "vnfm/nfvmanoswm/v1/restoration_points", "vnfm/nfvmanologm/v1/log_jobs"):
        assert requests.index(f"POST {before}") < asked
    body = world.sent("POST vnfm/nfvmanoswm/v1/software_modifications")[0].body
    assert body["resources"][0]["provider"] == "vim"
    assert body["operationHandling"] == {"VNF_LCM": "DELAY"}
    assert body["restorationPointId"]


def test_protections_are_taken_down_in_reverse_order(world: World) -> None:
    """Undo is the mirror of do."""
    journal = world.run()["journal"]
    undone = [entry["step"] for entry in journal if entry["event"] == "undone"]
    done = [entry["step"] for entry in journal if entry["event"] == "done"]
    assert undone == [step for step in reversed(done) if step in undone]
    assert len(undone) == 8


def test_a_clean_process_needs_few_exchanges(world: World) -> None:
    """No polling: each exchange of the clean flow has a reason."""
    world.run()
    assert len(world.wire.exchanges) == 26


def test_a_restoration_point_that_was_given_is_used_and_kept(world: World) -> None:
    """Note 1: an existing restoration point needs no new one, and is not removed in the end."""
    world.points["mine"] = {"id": "mine", "softwareVersion": "1.0.0"}
    assert world.run(restorationPointId="mine")["outcome"] == "DESTINATION_COMMITTED"
    assert world.leftovers() == {"points": ["mine"]}
    assert not world.sent("POST vnfm/nfvmanoswm/v1/restoration_points")


def test_a_restoration_point_of_another_version_is_refused(world: World) -> None:
    """A point that does not lead back to the source version protects nothing."""
    world.points["old"] = {"id": "old", "softwareVersion": "0.9.0"}
    process = world.run(restorationPointId="old")
    assert process["outcome"] == "NOT_STARTED"
    assert "0.9.0" in process["reason"]


def test_the_entitys_need_of_resources_is_honoured(world: World) -> None:
    """The larger of plan and capability is reserved (Inf.004)."""
    world.capability["additionalResources"] = {"modification": {"vcpu": 16, "memoryMiB": 1, "storageGiB": 1}}
    world.run()
    first = world.sent("POST vim/vrm/v1/reservations")[0].body
    assert first["resources"] == {"vcpu": 16, "memoryMiB": 8192, "storageGiB": 40}


def test_missing_notifications_are_made_up_for_by_asking(world: World) -> None:
    """Without any notification the entities are asked after a time-out."""
    world.silent = True
    assert world.run()["outcome"] == "DESTINATION_COMMITTED"


def test_two_processes_of_one_smm_do_not_mix(world: World) -> None:
    """Each has its own journal and its own callback."""
    first = world.run()
    second = world.run(destinationSoftwareVersion="1.0.0")
    assert (first["outcome"], second["outcome"]) == ("DESTINATION_COMMITTED", "DESTINATION_COMMITTED")
    assert first["id"] != second["id"]
    assert world.version == "1.0.0"


def test_every_step_is_journalled_before_and_after(world: World) -> None:
    """Two entries a step, and no more."""
    journal = world.run()["journal"]
    steps = [(entry["step"], entry["event"]) for entry in journal if entry["step"] != "process"]
    begun, ended = steps[::2], steps[1::2]
    assert {event for _, event in begun} == {"started"}
    assert [step for step, _ in begun] == [step for step, _ in ended]
