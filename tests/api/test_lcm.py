from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from mocks.entities.core import Core
from mocks.entities.errors import StepFailed
from mocks.entities.ns_lifecycle import NsLifecycle
from mocks.entities.virtualised_resources import VirtualisedResources
from mocks.entities.vnf_lifecycle import VnfLifecycle
from tests.api.conformance import client, notification_problems
from tests.fakes import FakeClock, RecordingPeers, World, make_core


@dataclass
class Style:
    """What the two APIs call things, and a good body of each task."""

    power: type[Any]
    type: str
    root: str
    instances: str
    occurrences: str
    create: dict[str, Any]
    tasks: dict[str, dict[str, Any]]


VNF = Style(
    VnfLifecycle,
    "VNFM",
    "/vnflcm/v1",
    "/vnflcm/v1/vnf_instances",
    "/vnflcm/v1/vnf_lcm_op_occs",
    {"vnfdId": "vnfd", "vnfInstanceName": "vnf"},
    {
        "instantiate": {"flavourId": "small"},
        "scale": {"type": "SCALE_OUT", "aspectId": "default"},
        "scale_to_level": {"scaleInfo": [{"aspectId": "default", "scaleLevel": 0}]},
        "change_flavour": {"newFlavourId": "large"},
        "change_vnfpkg": {"vnfdId": "vnfd-2"},
        "operate": {"changeStateTo": "STOPPED"},
        "heal": {"cause": "ill"},
        "change_ext_conn": {"extVirtualLinks": [{"id": "link", "resourceId": "network"}]},
        "terminate": {"terminationType": "GRACEFUL"},
    },
)
NS = Style(
    NsLifecycle,
    "NFVO",
    "/nslcm/v1",
    "/nslcm/v1/ns_instances",
    "/nslcm/v1/ns_lcm_op_occs",
    {"nsdId": "nsd", "nsName": "ns", "nsDescription": "an NS"},
    {
        "instantiate": {"nsFlavourId": "small"},
        "scale": {"scaleType": "SCALE_NS"},
        "update": {"updateType": "ADD_VNF"},
        "heal": {"healNsData": {}},
        "terminate": {},
    },
)


class Bench:
    """One API over a fresh entity; every answer is checked against the description."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.core = make_core(style.type)
        self.core.give(style.power(self.core))
        self.http = client(self.core, "oss")
        self.world: Any = self.core

    def create(self) -> str:
        return str(self.http.post(self.style.instances, json=self.style.create).headers["Location"])

    def start(self, instance: str, task: str) -> Any:
        return self.http.post(f"{instance}/{task}", json=self.style.tasks[task])

    def run(self, instance: str, task: str) -> str:
        occurrence = str(self.start(instance, task).headers["Location"])
        self.world.clock.run()
        return occurrence

    def broken(self) -> str:
        """An occurrence in FAILED_TEMP."""
        steps = self.style.power.dialect.operation("instantiate").steps
        self.world.gate.failing[f"{self.style.power.dialect.kind}/{steps[-1]}"] = StepFailed("broken")
        return self.run(self.create(), "instantiate")

    def state(self, occurrence: str) -> str:
        return str(self.http.get(occurrence).json["operationState"])


@pytest.fixture(params=[NS, VNF], ids=["nslcm", "vnflcm"])
def both(request: pytest.FixtureRequest) -> Bench:
    return Bench(request.param)


def test_an_instance_is_created_read_listed_and_deleted(both):
    """201 with Location, 200 with ETag, a list of one, 204, and then 404."""
    made = both.http.post(both.style.instances, json=both.style.create)
    where = made.headers["Location"]
    read = both.http.get(where)
    assert (made.status_code, read.json) == (201, made.json)
    assert read.headers["ETag"]
    assert [item["id"] for item in both.http.get(both.style.instances).json] == [made.json["id"]]
    assert both.http.delete(where).status_code == 204
    assert both.http.get(where).status_code == 404


def test_every_task_is_accepted_with_an_occurrence_that_completes(both):
    """202 with the Location of the occurrence and no body, one after the other over a whole life."""
    instance = both.create()
    for task in both.style.tasks:
        answer = both.start(instance, task)
        assert (answer.status_code, answer.data) == (202, b"")
        both.world.clock.run()
        assert both.state(answer.headers["Location"]) == "COMPLETED", task
    assert {item["operationState"] for item in both.http.get(both.style.occurrences).json} == {"COMPLETED"}


def test_a_vnf_is_modified_by_a_merge_patch():
    """202 with an occurrence; a stale If-Match is 412, and an attribute that may not change is 400."""
    bench = Bench(VNF)
    where = bench.create()
    tag = bench.http.get(where).headers["ETag"]
    merge = {"content_type": "application/merge-patch+json"}
    answer = bench.http.patch(where, data=b'{"vnfInstanceName": "new"}', headers={"If-Match": tag}, **merge)
    bench.world.clock.run()
    assert bench.http.get(answer.headers["Location"]).json["operation"] == "MODIFY_INFO"
    assert bench.http.get(where).json["vnfInstanceName"] == "new"
    assert bench.http.patch(where, data=b"{}", headers={"If-Match": tag}, **merge).status_code == 412
    assert bench.http.patch(where, data=b'{"id": "mine"}', **merge).status_code == 400


def test_an_ns_cannot_be_patched(both):
    """405 names what is allowed instead."""
    answer = both.http.put(both.create(), json={})
    assert answer.status_code == 405
    assert "PATCH" not in answer.headers["Allow"] or both.style is VNF


def test_the_wrong_state_is_a_conflict(both):
    """Terminating what is not instantiated, instantiating twice, deleting what is instantiated or busy: 409."""
    instance = both.create()
    assert both.start(instance, "terminate").status_code == 409
    assert both.start(instance, "instantiate").status_code == 202
    assert both.start(instance, "instantiate").status_code == 409
    assert both.http.delete(instance).status_code == 409
    both.world.clock.run()
    assert both.http.delete(instance).status_code == 409


def test_a_broken_operation_is_retried_rolled_back_or_given_up(both):
    """FAILED_TEMP allows retry and rollback (202 with Location) and fail (200 with the occurrence)."""
    first, second, third = both.broken(), both.broken(), both.broken()
    both.world.gate.failing.clear()
    assert both.http.post(f"{first}/retry").headers["Location"] == first
    assert both.http.post(f"{second}/rollback").headers["Location"] == second
    assert both.http.post(f"{third}/fail").json["operationState"] == "FAILED"
    both.world.clock.run()
    assert [both.state(each) for each in (first, second, third)] == ["COMPLETED", "ROLLED_BACK", "FAILED"]
    for task in ("retry", "rollback", "fail"):
        assert both.http.post(f"{first}/{task}").status_code == 409


def test_continue_is_for_an_ns_only(both):
    """The NFVO goes on after the broken step; a VNFM has no such resource."""
    occurrence = both.broken()
    answer = both.http.post(f"{occurrence}/continue")
    both.world.clock.run()
    assert (answer.status_code, both.state(occurrence)) == (
        (202, "COMPLETED") if both.style is NS else (404, "FAILED_TEMP")
    )


def test_an_operation_is_cancelled(both):
    """202 while it can be, 409 afterwards, 400 without a mode that exists."""
    occurrence = str(both.start(both.create(), "instantiate").headers["Location"])
    assert both.http.post(f"{occurrence}/cancel", json={"cancelMode": "SOON"}).status_code == 400
    assert both.http.post(f"{occurrence}/cancel", json={"cancelMode": "GRACEFUL"}).status_code == 202
    assert both.state(occurrence) == "ROLLED_BACK"
    assert both.http.post(f"{occurrence}/cancel", json={"cancelMode": "GRACEFUL"}).status_code == 409


def test_bad_requests_are_refused_with_their_problems(both):
    """Missing attributes are 400, unknown ids 404, another media type 415."""
    assert both.http.post(both.style.instances, json={}).status_code == 400
    assert both.http.post(f"{both.create()}/instantiate", json={}).status_code == 400
    assert both.http.post(both.style.instances, data="x", content_type="text/plain").status_code == 415
    assert both.http.post(f"{both.style.instances}/x/heal", json=both.style.tasks["heal"]).status_code == 404
    assert both.http.get(f"{both.style.occurrences}/x").status_code == 404
    assert both.http.get(f"{both.style.occurrences}?filter=(eq,nonsense,1)").status_code == 400


def test_lists_are_filtered(both):
    """Ongoing operations are found by their state, and parameters come only when asked for."""
    both.run(both.create(), "instantiate")
    going = str(both.start(both.create(), "instantiate").headers["Location"])
    found = both.http.get(f"{both.style.occurrences}?filter=(in,operationState,STARTING,PROCESSING)").json
    assert [f"{both.style.occurrences}/{item['id']}" for item in found] == [going]
    assert "operationParams" not in found[0]
    assert "operationParams" in both.http.get(f"{both.style.occurrences}?all_fields").json[0]


def test_subscriptions_are_made_found_again_and_ended(both):
    """201, then 303 to the equal one, read and listed, and 204."""
    body = {"callbackUri": "http://observer/callbacks", "filter": {"operationStates": ["COMPLETED"]}}
    path = f"{both.style.root}/subscriptions"
    made = both.http.post(path, json=body)
    again = both.http.post(path, json=body)
    assert (made.status_code, again.status_code) == (201, 303)
    assert again.headers["Location"] == made.headers["Location"]
    assert both.http.get(made.headers["Location"]).json == made.json
    assert both.http.get(path).json == [made.json]
    assert both.http.delete(made.headers["Location"]).status_code == 204
    assert both.http.get(path).json == []


def test_a_dead_callback_makes_no_subscription(both):
    """422 when the callback does not answer its test; 400 for a filter that is none."""
    path = f"{both.style.root}/subscriptions"
    both.world.peers.deaf.add("http://dead/")
    assert both.http.post(path, json={"callbackUri": "http://dead/"}).status_code == 422
    bad = {"callbackUri": "http://observer/", "filter": {"operationStates": ["DONE"]}}
    assert both.http.post(path, json=bad).status_code == 400


def test_notifications_are_as_described_and_name_who_asked(both):
    """Each notification of a whole life, with a failure in it, conforms to the schema of its name."""
    both.http.post(f"{both.style.root}/subscriptions", json={"callbackUri": "http://observer/callbacks"})
    both.http.post(f"{both.broken()}/rollback")
    instance = both.create()
    both.world.clock.run()
    both.http.delete(instance)
    both.world.clock.run()
    heard = both.world.peers.notifications()
    assert len(heard) == 8
    for body in heard:
        assert notification_problems(body) == []
        assert body["requestedBy"] == "oss"


class WiredPeers(RecordingPeers):
    """Requests reach the other actors through their real apps."""

    def __init__(self, sender: str, actors: dict[str, Core]) -> None:
        super().__init__()
        self._sender = sender
        self._actors = actors

    def request(self, to: str, method: str, path: str, body: Any = None) -> tuple[int | None, Any]:
        self._note("request", to, method, path, body)
        answer = client(self._actors[to], self._sender).open(path, method=method, json=body)
        return answer.status_code, answer.get_json(silent=True)


@pytest.fixture
def chain() -> dict[str, Core]:
    """An NFVO, its VNFM and its VIM on one clock, each reached through its API."""
    clock = FakeClock()
    actors: dict[str, Core] = {}
    powers = {"vim": VirtualisedResources, "vnfm": VnfLifecycle, "nfvo": NsLifecycle}
    for name, cls in powers.items():
        world = World(clock=clock, peers=WiredPeers(name, actors))
        actors[name] = make_core(name.upper(), world=world, vim="vim", vnfm="vnfm")
        actors[name].give(cls(actors[name]))
    return actors


def test_an_ns_is_made_of_a_vnf_that_is_made_of_compute(chain):
    """One request to the NFVO leads to a VNF at the VNFM and a compute resource at the VIM, and back again."""
    nfvo, vnfm, vim = (client(chain[name], "oss") for name in ("nfvo", "vnfm", "vim"))
    ns = nfvo.post(NS.instances, json=NS.create).headers["Location"]
    done = nfvo.post(f"{ns}/instantiate", json=NS.tasks["instantiate"]).headers["Location"]
    chain["nfvo"].clock.run()
    assert nfvo.get(done).json["operationState"] == "COMPLETED"
    (vnf,) = vnfm.get(f"{VNF.instances}?all_fields").json
    (compute,) = vim.get("/vrm/v1/compute_resources").json
    assert nfvo.get(ns).json["vnfInstance"] == [{"vnfInstanceId": vnf["id"]}]
    assert vnf["instantiatedVnfInfo"]["vnfcResourceInfo"][0]["computeResource"]["resourceId"] == compute["id"]
    assert compute["owner"] == "vnfm"
    gone = nfvo.post(f"{ns}/terminate", json={}).headers["Location"]
    chain["nfvo"].clock.run()
    assert nfvo.get(gone).json["operationState"] == "COMPLETED"
    assert vnfm.get(VNF.instances).json == []
    assert vim.get("/vrm/v1/compute_resources").json == []


@pytest.mark.parametrize("way", ["retry", "rollback"])
def test_a_failure_at_the_vim_reaches_the_nfvo_and_is_mended_from_there(chain, way):
    """The VIM's step breaks, so do VNF and NS operations; retry and rollback at the NFVO mend the whole chain."""
    nfvo, vim = client(chain["nfvo"], "oss"), client(chain["vim"], "oss")
    gate: Any = chain["vim"].gate
    gate.failing["vrm-operation/start"] = StepFailed("no host")
    ns = nfvo.post(NS.instances, json=NS.create).headers["Location"]
    occurrence = nfvo.post(f"{ns}/instantiate", json=NS.tasks["instantiate"]).headers["Location"]
    chain["nfvo"].clock.run()
    assert nfvo.get(occurrence).json["operationState"] == "FAILED_TEMP"
    gate.failing.clear()
    nfvo.post(f"{occurrence}/{way}")
    chain["nfvo"].clock.run()
    ended, left = {"retry": ("COMPLETED", 1), "rollback": ("ROLLED_BACK", 0)}[way]
    assert nfvo.get(occurrence).json["operationState"] == ended
    assert len(vim.get("/vrm/v1/compute_resources").json) == left
    assert len(client(chain["vnfm"], "oss").get(VNF.instances).json) == left
