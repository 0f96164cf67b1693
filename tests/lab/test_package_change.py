"""A VNF that embeds a CISM has its VNFM change its package (GR clause 5.6.2.6); who was not asked stays fresh."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from mocks.lab.lab import Lab, open_lab

MODIFICATIONS = "/nfvmanoswm/v1/software_modifications"


@pytest.fixture
def lab() -> Iterator[Lab]:
    with open_lab() as lab:
        lab.begin(None)
        yield lab


def modified(lab: Lab) -> tuple[str, str, str]:
    """How the modification ended, the version that runs, and the VNFD that the VNFM knows."""
    session = lab.session("observer")
    vnf, vnfm = lab.actors["vnf-cism"].url, lab.actors["vnfm"].url
    asked = session.post(vnf + MODIFICATIONS, json={"destinationSoftwareVersion": "2.0.0"}, timeout=30)
    assert asked.status_code == 202
    assert lab.settle(600)
    ended: dict[str, Any] = session.get(vnf + asked.headers["Location"], timeout=30).json()
    entity: dict[str, Any] = session.get(vnf + "/nfvmanocim/v2/mano_entity", timeout=30).json()
    known: dict[str, Any] = session.get(vnfm + "/vnflcm/v1/vnf_instances/vnf-cism", timeout=30).json()
    return str(ended["operationState"]), str(entity["softwareVersion"]), str(known["vnfdId"])


def test_the_package_follows_the_version(lab: Lab) -> None:
    """The VNFM has changed the package when the VNF says that it is done."""
    assert modified(lab) == ("COMPLETED", "2.0.0", "vnf-cism-2.0.0")


def test_a_change_that_breaks_off_is_a_modification_that_rolls_back(lab: Lab) -> None:
    """What the VNFM cannot do, the VNF has not done."""
    lab.control("vnfm").arm({"fault": "missing-resources", "at": {"point": "vnf-lcm-operation/change"}})
    assert modified(lab) == ("ROLLED_BACK", "1.0.0", "vnf-cism-1.0.0")


def test_a_later_failure_brings_the_package_back(lab: Lab) -> None:
    """Undoing the deployment is another change of the package."""
    lab.control("vnf-cism").arm({"fault": "internal-rollback", "at": {"point": "software-modification/switch"}})
    assert modified(lab) == ("ROLLED_BACK", "1.0.0", "vnf-cism-1.0.0")


def test_a_vnf_that_its_vnfm_does_not_know_cannot_be_modified(lab: Lab) -> None:
    """Its modification ends as it began."""
    lab.begin(None, profiles={"vnfm": {"runs": ["another"]}, "vnf-cism": {}})
    session = lab.session("observer")
    vnf = lab.actors["vnf-cism"].url
    asked = session.post(vnf + MODIFICATIONS, json={"destinationSoftwareVersion": "2.0.0"}, timeout=30)
    lab.settle(600)
    ended = session.get(vnf + asked.headers["Location"], timeout=30).json()
    assert ended["operationState"] == "ROLLED_BACK"
    assert "manages no VNF" in ended["error"]["detail"]


def test_a_begin_makes_fresh_whoever_was_asked_for_something(lab: Lab) -> None:
    """A mock that nobody spoke to is as fresh as before, in another run with the same seed and profile."""
    modified(lab)
    lab.begin(None)
    entity = lab.session("observer").get(lab.actors["vnf-cism"].url + "/nfvmanocim/v2/mano_entity", timeout=30).json()
    assert entity["softwareVersion"] == "1.0.0"
    lab.begin(None, profiles={"cism": {"softwareVersions": ["1.0.0", "9.0.0"]}})
    told = lab.session("observer").get(lab.actors["cism"].url + "/nfvmanoswm/v1/capability", timeout=30).json()
    assert told["availableSoftwareVersions"] == ["1.0.0", "9.0.0"]


INSTANCE = "/nfvmanoswm/v1/instance"


def test_another_instance_comes_and_goes_by_the_vnfm(lab: Lab) -> None:
    """The VNFM has the VNF as long as the instance is there (clause 5.6.3.6)."""
    session = lab.session("observer")
    host, vnfm = lab.actors["vnf-cism-b"].url, lab.actors["vnfm"].url

    def vnfs() -> list[tuple[str, str]]:
        found = session.get(f"{vnfm}/vnflcm/v1/vnf_instances", timeout=30).json()
        return [(one["vnfInstanceName"], one["vnfdId"]) for one in found]

    for task, body, expected in (
        ("instantiate", {"softwareVersion": "2.0.0"}, [("vnf-cism-b", "vnf-cism-b-2.0.0")]),
        ("terminate", {"terminationType": "FORCEFUL"}, []),
    ):
        begun = session.post(f"{host}{INSTANCE}/{task}", json=body, timeout=30)
        assert begun.status_code == 202
        assert lab.settle(600)
        ended = session.get(host + begun.headers["Location"], timeout=30).json()
        assert ended["operationState"] == "COMPLETED"
        assert vnfs() == [("vnf-cism", "vnf-cism-1.0.0"), *expected]


def test_an_instantiation_that_the_vnfm_breaks_off_leaves_nothing(lab: Lab) -> None:
    """Undone, it is as before."""
    session, host = lab.session("observer"), lab.actors["vnf-cism-b"].url
    lab.control("vim").arm({"fault": "missing-resources", "at": {"point": "vrm-operation/start"}, "times": 9})
    begun = session.post(f"{host}{INSTANCE}/instantiate", json={"softwareVersion": "2.0.0"}, timeout=30)
    assert lab.settle(900)
    assert session.get(host + begun.headers["Location"], timeout=30).json()["operationState"] in (
        "ROLLED_BACK",
        "FAILED",
    )
    assert session.get(host + INSTANCE, timeout=30).json()["instantiationState"] == "NOT_INSTANTIATED"


def test_a_cism_hands_its_workloads_over(lab: Lab) -> None:
    """What one instance managed the other one manages."""
    session = lab.session("observer")
    old, new = lab.actors["cism"].url, lab.actors["cism-b"].url
    pods = "/mcio/v1/api/v1/namespaces/default/pods"
    pod = {"metadata": {"name": "one"}, "spec": {"containers": [{"name": "c", "image": "i"}]}}
    assert session.post(old + pods, json=pod, timeout=30).status_code == 201
    session.post(f"{new}{INSTANCE}/instantiate", json={"softwareVersion": "2.0.0"}, timeout=30)
    assert lab.settle(600)
    given = session.post(f"{old}/nfvmanoswm/v1/state_data/export", timeout=30).json()
    assert session.post(f"{new}/nfvmanoswm/v1/state_data/import", json=given, timeout=30).status_code < 300
    unlock = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}
    start = {"operationalStateChange": {"operationalStateAction": "START"}}
    entity = f"{new}/nfvmanocim/v2/mano_entity"
    session.post(f"{entity}/change_state", json=unlock, timeout=30)
    session.post(f"{entity}/mano_interfaces/mcio-v1/change_state", json=start, timeout=30)
    assert lab.settle(600)
    found = session.get(new + pods, timeout=30).json()["items"]
    assert [(one["metadata"]["name"], one["status"]["phase"]) for one in found] == [("one", "Running")]
