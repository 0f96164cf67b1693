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
