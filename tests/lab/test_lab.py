"""A running lab: up, down, fresh for each run, and nothing left behind."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from mocks.lab.errors import ActorUnknown, LabError, PortTaken
from mocks.lab.lab import Lab, open_lab
from mocks.lab.topology import ActorSpec, Topology

KINDS = (("direct", "embedded"), ("sockets", "embedded"), ("sockets", "processes"))
STATE = "/nfvmanocim/v2/mano_entity"


@pytest.fixture(scope="module", params=KINDS, ids="-".join)
def lab(request: pytest.FixtureRequest) -> Iterator[Lab]:
    transport, backend = request.param
    with open_lab(transport=transport, backend=backend) as lab:
        yield lab


def test_each_actor_answers_for_itself(lab: Lab) -> None:
    """Every mock of the topology serves its own state under a URL of its own."""
    lab.begin(None)
    session = lab.session("observer")
    told = {name: session.get(actor.url + STATE, timeout=30).json() for name, actor in lab.actors.items()}
    names = {name for name, state in told.items() if state.get("name") == name}
    assert all(f"{name} is NOT_INSTANTIATED" in told[name]["detail"] for name in told.keys() - names)
    assert names >= {"nfvo", "vnfm", "vim", "tester", "oss", "em", "vnf", "nfvi"}


def test_who_speaks_stands_in_the_history(lab: Lab) -> None:
    """The sender's name comes from its token; an exchange is there when its answer is."""
    lab.begin(None)
    lab.session("observer").get(lab.actors["vnfm"].url + STATE, timeout=30)
    entry = lab.history.entries[-1]
    assert (entry["from"], entry["to"], entry["path"], entry["status"]) == ("observer", "vnfm", STATE, 200)
    assert entry["sent"] < entry["answered"]


def test_nobody_is_served_without_a_token(lab: Lab) -> None:
    """No token or a made-up one gets 401 with the way to a token, and is recorded as unknown."""
    lab.begin(None)
    session = lab.session("observer")
    session.headers["Authorization"] = "Bearer made-up"
    answer = session.get(lab.actors["vim"].url + STATE, timeout=30)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert lab.history.entries[-1]["from"] == "unknown"


def test_client_credentials_give_a_token_that_every_actor_takes(lab: Lab) -> None:
    """The token endpoint of one mock serves the whole lab (RFC 6749 clause 4.4); the history keeps no token."""
    lab.begin(None)
    session = lab.session("observer")
    del session.headers["Authorization"]
    granted = session.post(
        lab.actors["vim"].url + "/oauth2/token",
        data={"grant_type": "client_credentials"},
        auth=("oss", lab.client_secret("oss")),
        timeout=30,
    ).json()
    session.headers["Authorization"] = f"Bearer {granted['access_token']}"
    assert session.get(lab.actors["vnfm"].url + STATE, timeout=30).status_code == 200
    assert lab.history.entries[-1]["from"] == "oss"
    assert granted["access_token"] not in json.dumps(lab.history.entries)
    refused = session.post(
        lab.actors["vim"].url + "/oauth2/token",
        data={"grant_type": "client_credentials"},
        auth=("oss", "wrong"),
        timeout=30,
    )
    assert refused.status_code == 401


def test_the_control_api_is_the_admins_alone(lab: Lab) -> None:
    """An actor's token does not open the lab's hand on a mock, and control leaves no exchange in the history."""
    lab.begin(None)
    answer = lab.session("smm").post(lab.actors["vim"].url + "/lab/v1/reset", json={"seed": 1}, timeout=30)
    assert answer.status_code == 403
    lab.control("vim").hold("software-modification/deploy")
    assert lab.history.entries == []


def test_a_fresh_run_knows_nothing_of_the_one_before(lab: Lab) -> None:
    """Reservations made in one run are gone in the next, and identifiers repeat with the seed."""
    wanted = {"purpose": "OTHER", "resources": {"vcpu": 4, "memoryMiB": 1024, "storageGiB": 10}}
    session, url = lab.session("observer"), lab.actors["vim"].url + "/vrm/v1/reservations"
    lab.begin(None)
    first = session.post(url, json=wanted, timeout=30).json()
    lab.begin(None)
    assert session.get(url, timeout=30).json() == []
    assert session.post(url, json=wanted, timeout=30).json()["id"] == first["id"]


def test_a_crashed_mock_answers_nobody_until_it_is_healed(lab: Lab) -> None:
    """A crash shows as a closed connection, in the history as an exchange without status, and heals by command."""
    import requests  # noqa: PLC0415

    lab.begin(None)
    session, url = lab.session("observer"), lab.actors["vnfm"].url + STATE
    fault = lab.control("vnfm").arm({"fault": "crash", "heals": "manually"})
    with pytest.raises(requests.ConnectionError):
        session.get(url, timeout=30)
    exchanges = [entry for entry in lab.history.entries if entry["kind"] == "exchange"]
    assert (exchanges[-1]["status"], exchanges[-1]["failure"]) == (None, "refused")
    lab.control("vnfm").heal(fault)
    assert session.get(url, timeout=30).status_code == 200
    assert [e["event"] for e in lab.history.entries if e["kind"] == "fault"] == ["armed", "struck", "healed"]


def test_waiting_ends_with_the_entry_or_with_the_time_out(lab: Lab) -> None:
    """A wait returns the entry that fulfils it, and None when lab time has run out."""
    lab.begin(None)
    lab.session("observer").get(lab.actors["vim"].url + STATE, timeout=30)
    assert lab.wait_for(lambda e: e["to"] == "vim", 10) is not None
    assert lab.wait_for(lambda e: e["to"] == "nobody", 10) is None


def test_a_run_that_ended_has_a_footer_and_takes_no_more(lab: Lab, tmp_path: Path) -> None:
    """The file of a complete run ends with the count of its entries."""
    lab.begin(tmp_path / "run")
    lab.session("observer").get(lab.actors["vim"].url + STATE, timeout=30)
    lab.end()
    lab.session("observer").get(lab.actors["vim"].url + STATE, timeout=30)
    lines = (tmp_path / "run" / "history.jsonl").read_text().splitlines()
    assert json.loads(lines[-1])["entries"] == len(lines) - 2 == 1


def test_hosting_serves_an_application_with_the_recorder_before_it(lab: Lab) -> None:
    """Whoever is hosted is an actor like the mocks; hosting again under the name brings the new application."""

    def app(text: bytes):  # type: ignore[no-untyped-def]
        def serve(_, start):  # type: ignore[no-untyped-def]
            start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(text)))])
            return [text]

        return serve

    lab.host("guest", "SMM", app(b"one"))
    actor = lab.host("guest", "SMM", app(b"two"))
    lab.begin(None)
    assert lab.session("observer").get(actor.url + "/hello", timeout=30).text == "two"
    assert lab.history.entries[-1]["to"] == "guest"
    with pytest.raises(LabError, match="is a mock"):
        lab.host("vim", "VIM", app(b""))


def test_an_unknown_actor_is_named_with_those_that_are_there(lab: Lab) -> None:
    """Control of somebody who is no mock is refused with the names that exist."""
    with pytest.raises(ActorUnknown, match="'vmi' is no mock of this lab; there are nfvo"):
        lab.control("vmi")


@pytest.mark.parametrize(("transport", "backend"), KINDS)
def test_a_closed_lab_leaves_neither_thread_nor_port(transport: str, backend: str) -> None:
    """After closing, no thread lives that did not before, and every port is free again."""
    before = set(threading.enumerate())
    with open_lab(transport=transport, backend=backend) as lab:
        ports = [int(a.url.rsplit(":", 1)[1]) for a in lab.actors.values()] if transport == "sockets" else []
        for actor in lab.actors.values():
            lab.session("observer").get(actor.url + STATE, timeout=30)
    assert set(threading.enumerate()) <= before
    for port in ports:
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_taken_port_is_named_with_the_next_step_and_leaves_nothing_running() -> None:
    """A fixed port in use ends in one message, with no thread of the half-made lab alive."""
    before = set(threading.enumerate())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        topology = Topology({"vim": ActorSpec("VIM"), "nfvi": ActorSpec("NFVI", port=port)}, {})
        with pytest.raises(PortTaken, match=f"port {port}, which the topology gives to nfvi, is in use"):
            open_lab(topology, "sockets")
    assert set(threading.enumerate()) <= before


def test_a_service_that_is_not_at_work_serves_nobody(lab: Lab) -> None:
    """What the state of an interface says, the interface does: peers of a locked VNFM find its service gone."""
    lab.begin(None)
    session, url = lab.session("observer"), lab.actors["vnfm"].url
    lock = {"administrativeStateChange": {"administrativeStateAction": "LOCK"}}
    answer = session.post(url + "/nfvmanocim/v2/mano_entity/change_state", json=lock, timeout=30)
    assert answer.status_code == 202, answer.text
    assert lab.settle(60)
    assert session.get(url + "/vnflcm/v1/vnf_instances", timeout=30).status_code == 503
    check = session.post(lab.actors["nfvo"].url + "/peer/v1/checks", json={"peer": "vnfm"}, timeout=30).json()
    assert not check["reachable"]
    assert session.get(url + STATE, timeout=30).status_code == 200


def test_a_consumer_triggers_again_what_it_is_told_to(lab: Lab) -> None:
    """A RETRIGGER notice makes the mock consumer send the request again that had made the operation."""
    lab.begin(None)
    amounts = {"vcpu": 1, "memoryMiB": 1024, "storageGiB": 1}
    asked = lab.control("vnfm").trigger("vim", "POST", "/vrm/v1/compute_resources", {"name": "c", "resources": amounts})
    assert asked["status"] == 202
    notice = {
        "producer": "vim",
        "operationType": "VRM",
        "operationOccurrenceId": asked["location"].rsplit("/", 1)[-1],
        "reason": "RETRIGGER",
    }
    url = lab.actors["vnfm"].url + "/peer/v1/operation_notices"
    assert lab.session("smm").post(url, json=notice, timeout=30).status_code == 204
    assert lab.settle(60)
    posts = [e for e in lab.history.entries if e["path"] == "/vrm/v1/compute_resources" and e["method"] == "POST"]
    assert [(e["from"], e["status"]) for e in posts] == [("vnfm", 202), ("vnfm", 202)]
