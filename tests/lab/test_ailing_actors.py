"""Bad links, a full disk and a wrong clock: the same on every backend, and on both transports of the embedded one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
import requests

from mocks.entities.times import EPOCH
from mocks.lab.lab import Lab, open_lab
from mocks.lab.topology import ActorSpec, Topology
from mocks.wire.peers import TIMEOUT

STATE = "/nfvmanocim/v2/mano_entity"
RESERVATIONS = "/vrm/v1/reservations"
POINTS = "/nfvmanoswm/v1/restoration_points"
WANTED = {"purpose": "OTHER", "resources": {"vcpu": 4, "memoryMiB": 1024, "storageGiB": 10}}
SMALL = Topology({"vim": ActorSpec("VIM", {"peers": ["nfvi"]}), "nfvi": ActorSpec("NFVI")}, {})
ENDED_BADLY = ("FAILED", "ROLLED_BACK")
KINDS = [("direct", "embedded"), ("sockets", "embedded"), (None, "processes")]


@pytest.fixture(scope="module", params=KINDS, ids=["direct", "sockets", "processes"])
def opened(request: pytest.FixtureRequest) -> Iterator[Lab]:
    transport, backend = request.param
    with open_lab(SMALL, transport, backend) as lab:
        yield lab


@pytest.fixture
def lab(opened: Lab) -> Lab:
    opened.begin(None)
    return opened


def ask(lab: Lab, path: str = STATE, method: str = "GET", actor: str = "vim", **more: Any) -> requests.Response:
    session = lab.session("observer")
    return session.request(method, lab.actors[actor].url + path, timeout=lab.clock.real(TIMEOUT), **more)


def exchanges(lab: Lab) -> list[tuple[str, str, int | None, str | None]]:
    found = [e for e in lab.history.entries if e["kind"] == "exchange"]
    return [(e["to"], e["method"], e["status"], e["failure"]) for e in found]


def ways(lab: Lab) -> list[dict[str, Any]]:
    return [e["detail"] for e in lab.history.entries if e["kind"] == "lab" and e["event"] == "afflicted"]


def passed(lab: Lab, work: Any) -> float:
    """The lab seconds that pass in this work."""
    before = lab.clock.now()
    work()
    return lab.clock.now() - before


def test_a_slow_link_delays_answers_until_it_heals(lab: Lab) -> None:
    """An answer takes the seconds longer and is whole; the history says that the delay was played."""
    fault = lab.control("vim").arm({"fault": "slow-link", "data": {"delay": 7.5}})
    assert passed(lab, lambda: ask(lab)) >= 7.5
    assert ask(lab).json()["id"]
    assert ways(lab) == [{"id": fault, "by": "slow-link", "way": "played"}]
    lab.control("vim").heal(fault)
    assert passed(lab, lambda: ask(lab)) < 7.5
    assert exchanges(lab) == [("vim", "GET", 200, None)] * 3


def test_what_is_sent_over_a_slow_link_comes_late(lab: Lab) -> None:
    """The actor's own requests are late, too: its peer gets them after the delay."""
    lab.control("vim").arm({"fault": "slow-link", "data": {"delay": 20}})
    began = lab.clock.now()
    assert lab.control("vim").trigger("nfvi", "GET", STATE)["status"] == 200
    arrived = next(e["at"] for e in lab.history.entries if e["to"] == "nfvi" and e["kind"] == "exchange")
    assert arrived >= began + 20


def test_an_answer_that_comes_after_the_callers_time_out_is_lost(lab: Lab) -> None:
    """The caller reads nothing in its time, though the request was carried out; the history says both."""
    fault = lab.control("vim").arm({"fault": "slow-link", "data": {"delay": 100}})
    with pytest.raises(requests.ReadTimeout):
        ask(lab, RESERVATIONS, "POST", json=WANTED)
    assert lab.wait_for(lambda e: e["kind"] == "exchange", 200)
    assert exchanges(lab) == [("vim", "POST", None, "lost")]
    lab.control("vim").heal(fault)
    assert len(ask(lab, RESERVATIONS).json()) == 1


def test_one_slow_answer(lab: Lab) -> None:
    """Armed at a request, the fault delays that answer and no other."""
    lab.control("vim").arm({"fault": "slow-link", "at": {"request": f"GET {STATE}"}, "data": {"delay": 9}})
    assert passed(lab, lambda: ask(lab)) >= 9
    assert passed(lab, lambda: ask(lab)) < 9
    assert ways(lab) == []


def test_nothing_comes_through_where_all_is_lost(lab: Lab) -> None:
    """Of a hundred per cent nothing is left: nobody reaches the actor, and it reaches nobody, in their time."""
    fault = lab.control("vim").arm({"fault": "lossy-link", "data": {"percent": 100}})
    with pytest.raises(requests.RequestException):
        ask(lab, RESERVATIONS, "POST", json=WANTED)
    assert lab.control("vim").trigger("nfvi", "GET", STATE)["status"] is None
    lab.control("vim").heal(fault)
    assert exchanges(lab) == [("vim", "POST", None, "hang")]
    assert ask(lab, RESERVATIONS).json() == []


def test_what_is_lost_now_and_then_is_sent_again(lab: Lab) -> None:
    """With this seed the second message is lost once, and costs a second more; all are answered."""
    lab.control("vim").arm({"fault": "lossy-link", "data": {"percent": 30, "seed": 5}})
    took = [passed(lab, lambda: ask(lab)) for _ in range(8)]
    assert {answer for _, _, answer, _ in exchanges(lab)} == {200}
    assert sum(took) >= 1


def test_a_bad_link_outlives_a_crash(lab: Lab) -> None:
    """Who is started again is behind the same link as before."""
    lab.control("vim").arm({"fault": "slow-link", "data": {"delay": 8}})
    lab.control("vim").heal(lab.control("vim").arm({"fault": "crash"}))
    assert passed(lab, lambda: ask(lab)) >= 8


def test_a_slow_link_heals_after_its_time(lab: Lab) -> None:
    """Time alone ends it."""
    lab.control("vim").arm({"fault": "slow-link", "data": {"delay": 8}, "heals": {"after": 30}})
    assert lab.wait_for(lambda e: e["kind"] == "fault" and e["event"] == "healed", 3000)
    assert passed(lab, lambda: ask(lab)) < 8


def test_a_full_disk_refuses_every_change_and_goes_on_reading(lab: Lab) -> None:
    """A change is 507 and leaves no trace, a restoration point cannot be made; when there is room all is as before."""
    kept = ask(lab, RESERVATIONS, "POST", json=WANTED).json()
    fault = lab.control("vim").arm({"fault": "disk-full"})
    refused = ask(lab, RESERVATIONS, "POST", json=WANTED)
    assert (refused.status_code, refused.json()["title"]) == (507, "Insufficient Storage")
    assert "no space left" in refused.json()["detail"]
    assert ask(lab, POINTS, "POST", json={}).status_code == 507
    assert ask(lab, f"{RESERVATIONS}/{kept['id']}", "DELETE").status_code == 507
    assert ask(lab, RESERVATIONS).json() == [kept]
    lab.control("vim").heal(fault)
    assert ask(lab, RESERVATIONS, "POST", json=WANTED).status_code == 201
    assert len(ask(lab, RESERVATIONS).json()) == 2
    lab.end()


def test_work_in_progress_fails_on_a_full_disk_with_the_reason(lab: Lab) -> None:
    """An operation that is under way ends as failed at its next step, and the lab does not break."""
    hold = lab.control("vim").hold("vrm-operation/*")
    amounts = {"vcpu": 1, "memoryMiB": 1024, "storageGiB": 1}
    ask(lab, "/vrm/v1/compute_resources", "POST", json={"name": "c", "resources": amounts})
    assert lab.wait_for(lambda e: e["kind"] == "lab" and e["event"] == "held", 500)
    lab.control("vim").arm({"fault": "disk-full"})
    lab.control("vim").release(hold)
    assert lab.settle(500)
    occurrence = ask(lab, "/vrm/v1/vrm_op_occs").json()[0]
    assert occurrence["operationState"] in ENDED_BADLY
    assert "no space left" in occurrence["error"]["detail"]
    lab.end()


def test_a_disk_may_be_full_from_a_step_on(lab: Lab) -> None:
    """Armed at a point the fault begins there: that step fails, and what comes after is refused."""
    lab.control("vim").arm({"fault": "disk-full", "at": {"point": "vrm-operation/allocate"}})
    amounts = {"vcpu": 1, "memoryMiB": 1024, "storageGiB": 1}
    created = ask(lab, "/vrm/v1/compute_resources", "POST", json={"name": "c", "resources": amounts})
    assert created.status_code < 300
    assert lab.wait_for(lambda e: e["kind"] == "fault" and e["event"] == "struck", 500)
    assert lab.settle(500)
    assert ask(lab, "/vrm/v1/vrm_op_occs").json()[0]["operationState"] in ENDED_BADLY
    assert ask(lab, RESERVATIONS, "POST", json=WANTED).status_code == 507


def test_a_modification_that_meets_a_full_disk_fails_and_can_be_looked_at(lab: Lab) -> None:
    """Neither the step nor its undoing can be kept: the modification is FAILED, with the reason, where it stands."""
    fault = lab.control("vim").arm({"fault": "disk-full", "at": {"point": "software-modification/switch"}})
    root = "/nfvmanoswm/v1/software_modification"
    asked = ask(lab, f"{root}s", "POST", json={"destinationSoftwareVersion": "2.0.0"})
    assert asked.status_code == 202
    assert lab.wait_for(lambda e: e["kind"] == "fault" and e["event"] == "struck", 500)
    assert lab.settle(500)
    found = ask(lab, f"{root}_op_occs").json()[0]
    assert (found["operationState"], found["currentStep"]) == ("FAILED", "switch")
    assert "no space left" in found["error"]["detail"]
    lab.control("vim").heal(fault)
    assert ask(lab, f"{root}_op_occs").json()[0] == found
    lab.end()


def created_at(lab: Lab) -> float:
    """The lab seconds that the actor takes for the time of day."""
    made = ask(lab, POINTS, "POST", json={}).json()["createdAt"]
    return (datetime.fromisoformat(made) - EPOCH).total_seconds()


@pytest.mark.parametrize("seconds", [-7200, 7200])
def test_a_wrong_clock_shows_in_date_times_only(lab: Lab, seconds: int) -> None:
    """What the actor dates is off, what it plans comes in time; healed, its dates are right."""
    fault = lab.control("vim").arm({"fault": "clock-skew", "data": {"seconds": seconds}})
    assert abs(created_at(lab) - seconds) < 1000
    amounts = {"vcpu": 1, "memoryMiB": 1024, "storageGiB": 1}
    ask(lab, "/vrm/v1/compute_resources", "POST", json={"name": "c", "resources": amounts})
    assert lab.settle(500)
    assert ask(lab, "/vrm/v1/vrm_op_occs").json()[0]["operationState"] == "COMPLETED"
    lab.control("vim").heal(fault)
    assert abs(created_at(lab)) < 1000
