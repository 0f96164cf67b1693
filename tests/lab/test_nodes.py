"""Mocks as processes of their own: really killed, really started again, and gone with their lab."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
import requests

from mocks.lab.errors import LabError
from mocks.lab.lab import Lab, open_lab
from mocks.lab.topology import ActorSpec, Topology

STATE = "/nfvmanocim/v2/mano_entity"
SMALL = Topology({"vim": ActorSpec("VIM", {"peers": ["nfvi"]}), "nfvi": ActorSpec("NFVI")}, {})


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with open_lab(SMALL, backend="processes") as lab:
        yield lab


def children() -> set[int]:
    """Processes that this one has launched and that are alive."""
    found: set[int] = set()
    for task in Path(f"/proc/{os.getpid()}/task").iterdir():
        with suppress(FileNotFoundError):  # a thread may end while its children are counted
            found |= {int(pid) for pid in (task / "children").read_text().split()}
    return found


def tasks(process: int) -> list[str]:
    """The state of each thread of a process, as in proc(5): T is stopped."""
    stats = (task / "stat" for task in Path(f"/proc/{process}/task").iterdir())
    return [stat.read_text().rpartition(")")[2].split()[0] for stat in stats]


def faults(lab: Lab) -> list[tuple[str, str]]:
    return [(e["to"], e["event"]) for e in lab.history.entries if e["kind"] == "fault"]


def test_each_node_is_a_process_and_a_crash_ends_it(lab: Lab) -> None:
    """After a crash and its healing one process is another one, and it answers."""
    lab.begin(None)
    before = children()
    fault = lab.control("vim").arm({"fault": "crash", "at": {"request": f"GET {STATE}"}})
    session, url = lab.session("observer"), lab.actors["vim"].url + STATE
    with pytest.raises(requests.ConnectionError):
        session.get(url, timeout=30)
    lab.control("vim").heal(fault)
    assert (len(before), len(before & children())) == (2, 1)
    assert session.get(url, timeout=30).status_code == 200
    assert faults(lab) == [("vim", "armed"), ("vim", "struck"), ("vim", "healed")]


def test_a_crash_heals_after_its_time(lab: Lab) -> None:
    """The lab counts the seconds, for the dead cannot; the history says that time healed it."""
    lab.begin(None)
    lab.control("nfvi").arm({"fault": "crash", "heals": {"after": 5}})
    healed = lab.wait_for(lambda e: e["kind"] == "fault" and e["event"] == "healed", 3000)
    assert healed is not None
    assert healed["detail"]["by"] == "time"
    assert healed["at"] >= 5
    assert lab.session("observer").get(lab.actors["nfvi"].url + STATE, timeout=30).status_code == 200


def test_other_faults_and_holds_outlive_a_crash(lab: Lab) -> None:
    """What was armed and not spent is there again after the restart, under the same ids, its counts included."""
    lab.begin(None)
    control, session, url = lab.control("vim"), lab.session("observer"), lab.actors["vim"].url + STATE
    control.arm({"fault": "transient-error", "at": {"request": f"GET {STATE}"}, "times": 2})
    assert session.get(url, timeout=30).status_code == 503
    hold = control.hold("vrm-operation/*")
    control.heal(control.arm({"fault": "crash"}))
    assert [session.get(url, timeout=30).status_code for _ in range(2)] == [503, 200]
    control.release(hold)
    assert control.arm({"fault": "hang", "at": {"request": "GET /nowhere"}}) == "fault-4"


def test_the_state_of_an_entity_outlives_its_process(lab: Lab) -> None:
    """A reservation made before a crash is there after it, and what is made then gets an identifier of its own."""
    lab.begin(None)
    wanted = {"purpose": "OTHER", "resources": {"vcpu": 4, "memoryMiB": 1024, "storageGiB": 10}}
    session, url = lab.session("observer"), lab.actors["vim"].url + "/vrm/v1/reservations"
    first = session.post(url, json=wanted, timeout=30).json()
    lab.control("vim").heal(lab.control("vim").arm({"fault": "crash"}))
    assert session.get(f"{url}/{first['id']}", timeout=30).json() == first
    assert session.post(url, json=wanted, timeout=30).json()["id"] != first["id"]
    lab.begin(None)
    assert session.get(url, timeout=30).json() == []


def silence(lab: Lab, actor: str) -> tuple[str | None, int | None]:
    """How the last exchange with the actor failed, and its status."""
    last = [e for e in lab.history.entries if e["kind"] == "exchange" and e["to"] == actor][-1]
    return last["failure"], last["status"]


@pytest.mark.parametrize("fault", ["hang", "partition"])
def test_an_actor_that_hangs_or_is_cut_off_answers_nobody_until_it_is_healed(lab: Lab, fault: str) -> None:
    """Armed without a place, the fault afflicts the whole actor at once; callers see their time-out."""
    lab.begin(None)
    session, url = lab.session("observer"), lab.actors["vim"].url + STATE
    armed = lab.control("vim").arm({"fault": fault})
    with pytest.raises(requests.RequestException):
        session.get(url, timeout=lab.clock.real(60))
    assert silence(lab, "vim") == ("hang", None)
    lab.control("vim").heal(armed)
    assert session.get(url, timeout=30).status_code == 200
    assert faults(lab) == [("vim", "armed"), ("vim", "struck"), ("vim", "healed")]


def test_a_paused_node_stands_still_before_anything_else_happens(lab: Lab) -> None:
    """A signal to stop takes its time; until then the node would answer who asks it."""
    engine, node = lab._backend._engine, lab._backend._engine._running["vim"].pid
    lab.begin(None)
    for _ in range(50):
        engine.pause("vim")
        at_work = [task for task in tasks(node) if task != "T"]
        engine.resume("vim")
        assert at_work == []


def test_who_is_cut_off_reaches_nobody(lab: Lab) -> None:
    """A partition takes both ways: what the actor sends goes nowhere and is in no history."""
    lab.begin(None)
    fault = lab.control("vim").arm({"fault": "partition"})
    assert lab.control("vim").trigger("nfvi", "GET", STATE)["status"] is None
    assert [e for e in lab.history.entries if e["to"] == "nfvi"] == []
    lab.control("vim").heal(fault)
    assert lab.control("vim").trigger("nfvi", "GET", STATE)["status"] == 200


def test_the_dead_take_no_orders_but_to_live(lab: Lab) -> None:
    """Arming and holding are refused with the next step while a node is down; a fresh run brings it back."""
    lab.begin(None)
    lab.control("vim").arm({"fault": "crash", "heals": "never"})
    with pytest.raises(LabError, match="vim is down since fault-1 struck; heal that first, or reset vim"):
        lab.control("vim").hold("restoration/stop")
    lab.begin(None)
    assert lab.session("observer").get(lab.actors["vim"].url + STATE, timeout=30).status_code == 200


def test_held_work_and_faults_stand_in_the_history_before_their_effect(lab: Lab) -> None:
    """Events of a node cross the wire; settling waits for the work of every node."""
    lab.begin(None)
    point = lab.control("vim").hold("vrm-operation/allocate")
    amounts = {"vcpu": 1, "memoryMiB": 1024, "storageGiB": 1}
    url = lab.actors["vim"].url + "/vrm/v1/compute_resources"
    lab.session("observer").post(url, json={"name": "c", "resources": amounts}, timeout=30)
    assert lab.wait_for(lambda e: e["kind"] == "lab" and e["event"] == "held", 500)
    lab.control("vim").release(point)
    assert lab.settle(500)
    occurrence = lab.session("observer").get(lab.actors["vim"].url + "/vrm/v1/vrm_op_occs", timeout=30).json()[0]
    assert occurrence["operationState"] == "COMPLETED"


def test_a_node_that_cannot_start_is_named_with_its_last_words(tmp_path: Path) -> None:
    """A power that the node cannot import ends the lab with the node's reason, and no process is left."""
    before = children()
    topology = Topology({"vim": ActorSpec("VIM", replace=("nowhere.at:All",)), "nfvi": ActorSpec("NFVI")}, {})
    with pytest.raises(LabError, match=r"vim ended before it was ready: .*'nowhere.at:All' cannot be imported"):
        open_lab(topology, backend="processes")
    assert children() == before


def test_the_collector_hears_the_labs_own_nodes_only(lab: Lab) -> None:
    """Nobody without the lab's token can write events into the history or pretend to be ready."""
    lab.begin(None)
    url = lab._backend._collector.url
    forged = {"kind": "fault", "actor": "vim", "facts": {"fault": "crash", "event": "armed", "detail": {}}}
    assert lab.session("smm").post(f"{url}/events", json=forged, timeout=30).status_code == 401
    assert requests.post(f"{url}/ready", json={"actor": "vim", "port": 1}, timeout=30).status_code == 401
    assert lab.history.entries == []


def test_nodes_end_with_the_process_that_launched_them() -> None:
    """A lab that is killed itself leaves no node running."""
    code = (
        "import sys\n"
        "from mocks.lab.lab import open_lab\n"
        "from tests.lab.test_nodes import SMALL, children\n"
        "lab = open_lab(SMALL, backend='processes')\n"
        "sys.stdout.write(' '.join(map(str, children())) + '\\n')\n"
        "sys.stdout.flush()\n"
        "sys.stdin.read()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        nodes = [int(pid) for pid in process.stdout.readline().split()]
        watched = [os.pidfd_open(pid) for pid in nodes]
        process.send_signal(signal.SIGKILL)
    assert len(nodes) == 2
    for descriptor in watched:
        gone = select.select([descriptor], [], [], 10)[0]
        os.close(descriptor)
        assert gone
