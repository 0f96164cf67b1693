"""mcio/v1 and wan/v1 on the wire; the client checks each answer against the description of the API."""

from __future__ import annotations

import pytest

from mocks.entities import actors
from mocks.entities.errors import StepFailed
from tests.api.conformance import client
from tests.fakes import make_core

PODS = "/mcio/v1/api/v1/namespaces/default/pods"
DEPLOYMENTS = "/mcio/v1/apis/apps/v1/namespaces/default/deployments"
SPEC = {"containers": [{"name": "c", "image": "i"}]}
WEB = {"metadata": {"name": "web"}, "spec": {"replicas": 2, "selector": {}, "template": {"spec": SPEC}}}
CONNECTIONS = "/wan/v1/connections"


@pytest.fixture
def core():
    return actors.equip(make_core("CISM"), actors.powers_of("CISM"))


@pytest.fixture
def api(core):
    return client(core)


def test_a_deployment_and_its_pods(core, api):
    """Created, listed, read, scaled by a merge patch, and deleted."""
    made = api.post(DEPLOYMENTS, json=WEB)
    assert (made.status_code, made.json["kind"]) == (201, "Deployment")
    core.clock.run()
    assert api.get(made.headers["Location"]).json["status"] == {"replicas": 2, "readyReplicas": 2}
    assert api.get(DEPLOYMENTS).json["kind"] == "DeploymentList"
    found = api.get(PODS).json["items"]
    assert [pod["status"]["phase"] for pod in found] == ["Running", "Running"]
    patch = {"data": '{"spec": {"replicas": 1}}', "content_type": "application/merge-patch+json"}
    assert api.patch(f"{DEPLOYMENTS}/web", **patch).json["spec"]["replicas"] == 1
    assert len(api.get(PODS).json["items"]) == 1
    gone = api.delete(f"{DEPLOYMENTS}/web")
    assert (gone.status_code, gone.json["status"]) == (200, "Success")
    assert api.get(PODS).json["items"] == []


@pytest.mark.parametrize(
    ("method", "path", "body", "code", "reason"),
    [
        ("GET", f"{PODS}/none", None, 404, "NotFound"),
        ("POST", PODS, {}, 400, "BadRequest"),
        ("POST", PODS, {"metadata": {"name": "Not A Name"}, "spec": SPEC}, 400, "BadRequest"),
        ("POST", DEPLOYMENTS, WEB, 409, "AlreadyExists"),
        ("PATCH", f"{DEPLOYMENTS}/web", {"metadata": {"resourceVersion": "0"}}, 409, "Conflict"),
        ("PATCH", f"{DEPLOYMENTS}/web", {"spec": {"template": None}}, 422, "Invalid"),
    ],
)
def test_a_refusal_is_a_status_of_kubernetes(api, method, path, body, code, reason):
    """Reason and code stand in it."""
    api.post(DEPLOYMENTS, json=WEB)
    answer = api.open(path, method=method, json=body)
    told = answer.json
    assert (answer.status_code, told["kind"], told["code"], told["reason"]) == (code, "Status", code, reason)


def test_another_media_type_is_refused_with_a_status(api):
    """415, in the form of Kubernetes."""
    answer = api.post(PODS, data="x", content_type="text/plain")
    assert (answer.status_code, answer.json["reason"]) == (415, "UnsupportedMediaType")


def test_who_hosts_no_cism_has_no_such_service():
    """A VIM of the architecture without containers answers 404."""
    vim = client(actors.equip(make_core("VIM"), actors.powers_of("VIM")))
    assert vim.get(PODS).status_code == 404


def test_a_locked_interface_serves_nobody(core, api):
    """The state of the interface says whether workloads may be managed."""
    lock = {"administrativeStateChange": {"administrativeStateAction": "LOCK"}}
    api.post("/nfvmanocim/v2/mano_entity/mano_interfaces/mcio-v1/change_state", json=lock)
    core.clock.run()
    answer = api.get(PODS)
    assert (answer.status_code, answer.json["reason"]) == (503, "ServiceUnavailable")


def test_wan_connections():
    """A WIM connects sites, tells of the connections, and takes them away."""
    wim = client(actors.equip(make_core("WIM"), actors.powers_of("WIM")))
    made = wim.post(CONNECTIONS, json={"name": "one", "endpoints": ["site-a", "site-b"], "bandwidthMbps": 100})
    assert (made.status_code, made.json["owner"]) == (201, "smm")
    where = made.headers["Location"]
    assert wim.get(where).json == made.json
    assert wim.get(f"{CONNECTIONS}?filter=(eq,name,one)").json == [made.json]
    assert wim.delete(where, headers={"If-Match": "old"}).status_code == 412
    assert wim.delete(where).status_code == 204
    assert wim.get(where).status_code == 404
    assert wim.post(CONNECTIONS, json={"name": "one", "endpoints": ["site-a"]}).status_code == 400


def test_change_of_a_vnf_package():
    """Change Current VNF Package gives a VNF that runs another VNFD, unless it breaks off."""
    core = actors.equip(make_core("VNFM", runs=["vnf-cism"]), actors.powers_of("VNFM"))
    api = client(core)
    vnf = "/vnflcm/v1/vnf_instances/vnf-cism"
    assert api.get(vnf).json["vnfdId"] == "vnf-cism-1.0.0"
    for wanted, broken in (("vnf-cism-2.0.0", False), ("vnf-cism-3.0.0", True)):
        if broken:
            core.gate.failing["vnf-lcm-operation/change"] = StepFailed("no image")
        begun = api.post(f"{vnf}/change_vnfpkg", json={"vnfdId": wanted})
        assert begun.status_code == 202
        core.clock.run()
        assert (api.get(vnf).json["vnfdId"] == wanted) == (not broken)
        state = api.get(begun.headers["Location"]).json["operationState"]
        assert state == ("FAILED_TEMP" if broken else "COMPLETED")
