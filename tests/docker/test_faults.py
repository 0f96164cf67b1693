"""Faults that containers have for real: packets that get lost, and disks without room."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import requests

from mocks.lab.lab import Lab, open_lab
from mocks.lab.topology import ActorSpec, Limits, Topology
from tests.docker.test_containers import STATE, ask, inspected, run_of

RESERVATIONS = "/vrm/v1/reservations"
WANTED = {"purpose": "OTHER", "resources": {"vcpu": 4, "memoryMiB": 1024, "storageGiB": 10}}
LIMITED = Topology(
    {"vim": ActorSpec("VIM", {"peers": ["nfvi"]}, limits=Limits(disk_mib=4)), "nfvi": ActorSpec("NFVI")}, {}
)
ROOM = "import os; disk = os.statvfs('/state/disk'); print(disk.f_bavail * disk.f_frsize)"


@pytest.fixture(scope="module")
def limited(api: Any) -> Iterator[Lab]:
    with open_lab(LIMITED, backend="docker") as lab:
        yield lab


def way(lab: Lab) -> str:
    """In which way the last fault is done."""
    found = [e for e in lab.history.entries if e["kind"] == "lab" and e["event"] == "afflicted"]
    return str(found[-1]["detail"]["way"])


def room(api: Any, lab: Lab) -> int:
    """Bytes that are free on the disk of the actor."""
    made = api.exec_create(f"manolab-{run_of(lab)}-vim", ["python3", "-c", ROOM])["Id"]
    return int(api.exec_start(made))


def reservations(lab: Lab, method: str = "GET", **more: Any) -> requests.Response:
    return lab.session("observer").request(method, lab.actors["vim"].url + RESERVATIONS, timeout=30, **more)


def test_a_lossy_link_loses_packets(api: Any, lab: Lab) -> None:
    """Where all is lost nobody reaches the actor over the reference network, until it heals, crash or not."""
    lab.begin(None)
    fault = lab.control("vim").arm({"fault": "lossy-link", "data": {"percent": 100}})
    if way(lab) == "played":
        pytest.skip("neither tc netem nor iptables may be used here in a container's network namespace")
    for _ in range(2):
        with pytest.raises(requests.RequestException):
            ask(lab, "vim", timeout=lab.clock.real(60))
        lab.control("vim").heal(lab.control("vim").arm({"fault": "crash"}))
    assert {e["failure"] for e in lab.history.entries if e["kind"] == "exchange"} == {"hang"}
    lab.control("vim").heal(fault)
    assert ask(lab, "vim") == 200


def test_what_is_lost_now_and_then_is_sent_again(api: Any, lab: Lab) -> None:
    """TCP sends again what is lost of a link that loses little; a fresh run has a whole link."""
    lab.begin(None)
    lab.control("vim").arm({"fault": "lossy-link", "data": {"percent": 10}})
    assert [ask(lab, "vim") for _ in range(5)] == [200] * 5
    lab.begin(None)
    engine: Any = lab._backend._engine  # type: ignore[attr-defined]
    assert engine._bad_links == {}
    assert ask(lab, "vim") == 200


def test_a_slow_link_is_slow_in_containers(api: Any, lab: Lab) -> None:
    """By netem or played, the answer takes longer; the history says which."""
    lab.begin(None)
    lab.control("vim").arm({"fault": "slow-link", "data": {"delay": 20}})
    answer = lab.session("observer").get(lab.actors["vim"].url + STATE, timeout=30)
    assert answer.elapsed.total_seconds() >= 0.95
    assert way(lab) in ("netem", "played")


def test_a_full_disk_has_no_room(api: Any, limited: Lab) -> None:
    """Nothing is free on the actor's disk, and it refuses changes; healed, there is room, and it makes them."""
    limited.begin(None)
    first = reservations(limited, "POST", json=WANTED).json()
    assert room(api, limited) > 1024**2
    fault = limited.control("vim").arm({"fault": "disk-full"})
    assert (way(limited), room(api, limited)) == ("tmpfs", 0)
    assert reservations(limited, "POST", json=WANTED).status_code == 507
    assert reservations(limited).json() == [first]
    limited.control("vim").heal(fault)
    assert room(api, limited) > 1024**2
    assert reservations(limited, "POST", json=WANTED).status_code == 201
    limited.end()


def test_who_dies_with_a_full_disk_finds_what_was_on_it(api: Any, limited: Lab) -> None:
    """The disk outlives its container, full as it is; the state on it is known again."""
    limited.begin(None)
    first = reservations(limited, "POST", json=WANTED).json()
    fault = limited.control("vim").arm({"fault": "disk-full"})
    limited.control("vim").heal(limited.control("vim").arm({"fault": "crash"}))
    assert room(api, limited) == 0
    assert reservations(limited).json() == [first]
    assert reservations(limited, "POST", json=WANTED).status_code == 507
    limited.control("vim").heal(fault)
    assert reservations(limited, "POST", json=WANTED).status_code == 201
    limited.end()


def test_a_disk_that_somebody_else_filled_is_full(api: Any, limited: Lab) -> None:
    """It needs no fault: what counts is the room on the disk."""
    limited.begin(None)
    engine: Any = limited._backend._engine  # type: ignore[attr-defined]
    engine.fill("vim")
    assert reservations(limited, "POST", json=WANTED).status_code == 507
    engine.empty("vim")
    assert reservations(limited, "POST", json=WANTED).status_code == 201
    limited.end()


def test_the_keeper_of_disks_has_no_rights_and_no_network(api: Any, limited: Lab, lab: Lab) -> None:
    """It belongs to the lab by its label; a lab without limited disks has none."""
    facts = api.inspect_container(f"manolab-{run_of(limited)}.keeper")
    assert facts["Config"]["Labels"]["manolab"] == run_of(limited)
    assert (facts["HostConfig"]["NetworkMode"], facts["HostConfig"]["CapDrop"]) == ("none", ["ALL"])
    assert [mount["Destination"] for mount in facts["Mounts"]] == ["/disks/vim"]
    found = api.containers(all=True, filters={"label": f"manolab={run_of(lab)}"})
    assert sorted(one["Labels"]["manolab.actor"] for one in found) == ["nfvi", "vim"]
    assert json.dumps(inspected(api, lab, "vim")["Mounts"]).count("/state") == 1
