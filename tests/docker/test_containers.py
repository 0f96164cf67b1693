"""A lab in containers: locked down, labelled, hurt for real, and gone without a trace."""

from __future__ import annotations

from typing import Any

import pytest
import requests

from mocks.lab import docker_engine
from mocks.lab.errors import LabError
from mocks.lab.lab import Lab, open_lab
from mocks.lab.topology import ActorSpec, Topology
from tests.docker.conftest import SMALL, own_runs

STATE = "/nfvmanocim/v2/mano_entity"


def run_of(lab: Lab) -> str:
    engine: Any = lab._backend._engine  # type: ignore[attr-defined]
    return str(engine.run)


def inspected(api: Any, lab: Lab, actor: str) -> Any:
    return api.inspect_container(f"manolab-{run_of(lab)}-{actor}")


def ask(lab: Lab, actor: str, timeout: float = 30) -> int:
    return lab.session("observer").get(lab.actors[actor].url + STATE, timeout=timeout).status_code


def test_each_actor_is_a_container_without_rights(api: Any, lab: Lab) -> None:
    """Not root, no capability, nothing to write to but its state, the limits of the topology, the label of its lab."""
    facts = inspected(api, lab, "vim")
    host = facts["HostConfig"]
    assert facts["Config"]["User"] == "65532:65532"
    assert (host["ReadonlyRootfs"], host["CapDrop"], host["SecurityOpt"]) == (True, ["ALL"], ["no-new-privileges"])
    assert (host["NanoCpus"], host["Memory"], host["PidsLimit"]) == (500_000_000, 192 * 1024**2, 48)
    assert facts["Config"]["Labels"]["manolab"] == run_of(lab)
    assert facts["NetworkSettings"]["Ports"] in ({}, {"8000/tcp": None})


def test_the_labs_secret_is_neither_in_image_nor_labels(api: Any, lab: Lab) -> None:
    """Whoever has the image, or may list containers, learns no secret."""
    secret = lab._backend._ground.secret  # type: ignore[attr-defined]
    facts = inspected(api, lab, "vim")
    assert secret not in str(facts["Config"]["Labels"])
    assert secret not in str(api.inspect_image(facts["Image"]))


def test_actors_listen_on_the_labs_own_networks_only(api: Any, lab: Lab) -> None:
    """The URLs are on the gateway of the lab's network, which leads nowhere else."""
    network = api.inspect_network(f"manolab-{run_of(lab)}-reference")
    gateway = network["IPAM"]["Config"][0]["Gateway"]
    assert network["Internal"]
    assert {actor.url.split("/")[2].split(":")[0] for actor in lab.actors.values()} == {gateway}


def test_a_crash_is_a_kill_and_the_state_outlives_it(api: Any, lab: Lab) -> None:
    """The container is stopped with status 137, starts again when healed, and knows what it knew."""
    lab.begin(None)
    session, url = lab.session("observer"), lab.actors["vim"].url + "/vrm/v1/reservations"
    wanted = {"purpose": "OTHER", "resources": {"vcpu": 4, "memoryMiB": 1024, "storageGiB": 10}}
    made = session.post(url, json=wanted, timeout=30).json()
    fault = lab.control("vim").arm({"fault": "crash"})
    state = inspected(api, lab, "vim")["State"]
    assert (state["Running"], state["ExitCode"]) == (False, 137)
    with pytest.raises(requests.ConnectionError):
        session.get(url, timeout=30)
    lab.control("vim").heal(fault)
    assert session.get(f"{url}/{made['id']}", timeout=30).json() == made


def test_a_hang_is_a_pause(api: Any, lab: Lab) -> None:
    """The container is paused until the fault heals; callers see their time-out."""
    lab.begin(None)
    fault = lab.control("vim").arm({"fault": "hang"})
    assert inspected(api, lab, "vim")["State"]["Paused"]
    with pytest.raises(requests.RequestException):
        ask(lab, "vim", timeout=lab.clock.real(60))
    assert [e["failure"] for e in lab.history.entries if e["kind"] == "exchange"] == ["hang"]
    lab.control("vim").heal(fault)
    assert ask(lab, "vim") == 200


def test_a_partition_unplugs_the_reference_network(api: Any, lab: Lab) -> None:
    """The lab still steers the node while nobody reaches it and it reaches nobody; healed, it is plugged in again."""
    lab.begin(None)
    fault = lab.control("vim").arm({"fault": "partition"})
    networks = inspected(api, lab, "vim")["NetworkSettings"]["Networks"]
    assert list(networks) == [f"manolab-{run_of(lab)}-management"]
    with pytest.raises(requests.RequestException):
        ask(lab, "vim", timeout=3)
    assert lab.control("vim").trigger("nfvi", "GET", STATE)["status"] is None
    lab.control("vim").heal(fault)
    assert ask(lab, "vim") == 200
    assert lab.control("vim").trigger("nfvi", "GET", STATE)["status"] == 200


def test_two_labs_live_on_one_engine_and_leave_nothing(api: Any, lab: Lab) -> None:
    """A second lab has containers, networks and volumes of its own, and takes only those with it."""
    with open_lab(SMALL, backend="docker") as other:
        other.begin(None)
        assert ask(other, "vim") == 200
        run = run_of(other)
        assert {run, run_of(lab)} <= set(docker_engine.runs(api))
    assert run not in docker_engine.runs(api)
    lab.begin(None)
    assert ask(lab, "vim") == 200


def test_a_container_that_cannot_start_is_named_with_its_last_words(api: Any) -> None:
    """A power that is not in the image ends the lab with the node's reason, and nothing is left."""
    before = own_runs(api)
    topology = Topology({"vim": ActorSpec("VIM", replace=("nowhere.at:All",))}, {})
    with pytest.raises(LabError, match=r"vim ended before it was ready: .*'nowhere.at:All' cannot be imported"):
        open_lab(topology, backend="docker")
    assert own_runs(api) == before
