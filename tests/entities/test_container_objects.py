"""MCIO management: objects as wanted, Pods as Deployments want them, and what they take (GR clause 5.6.1)."""

from __future__ import annotations

import pytest

from mocks.entities.actors import POWERS, equip
from mocks.entities.container_objects import DEPLOYMENT, POD, AlreadyExists, ContainerObjects
from mocks.entities.errors import Conflict, NotFound
from mocks.entities.information import Information
from mocks.entities.virtualised_resources import VirtualisedResources
from tests.fakes import make_core

SPEC = {"containers": [{"name": "c", "image": "i:1"}]}


def deployment(name="web", replicas=2):
    return {"metadata": {"name": name}, "spec": {"replicas": replicas, "selector": {}, "template": {"spec": SPEC}}}


def entity(type="CISM", **profile):
    core = equip(make_core(type, **profile), POWERS[type])
    return core, core.power(ContainerObjects)


def pods(objects):
    return [pod["metadata"]["name"] for pod in objects.list(POD, "default")["items"]]


def test_a_deployment_has_as_many_pods_as_it_wants():
    """Pods wait for the resources they take, and run when these are started."""
    core, objects = entity()
    assert objects.create(DEPLOYMENT, "default", deployment())["status"] == {"replicas": 2, "readyReplicas": 0}
    core.clock.run()
    assert objects.get(DEPLOYMENT, "default", "web")["status"] == {"replicas": 2, "readyReplicas": 2}
    taken = core.power(VirtualisedResources).list_compute_resources()
    assert [each["name"] for each in taken] == pods(objects)
    assert {each["owner"] for each in taken} == {"cism"}


def test_scaling_in_gives_back_what_the_newest_pods_took():
    """Scaling out adds Pods."""
    core, objects = entity()
    objects.create(DEPLOYMENT, "default", deployment())
    core.clock.run()
    first, second = pods(objects)
    for replicas, expected in ((1, [first]), (3, [first])):
        objects.replace(DEPLOYMENT, "default", "web", scaled(objects, replicas))
        core.clock.run()
        assert pods(objects)[:1] == expected
        assert len(pods(objects)) == replicas == len(core.power(VirtualisedResources).list_compute_resources())
    assert second not in pods(objects)


def scaled(objects, replicas):
    return objects.patched(DEPLOYMENT, "default", "web", {"spec": {"replicas": replicas}})


def test_another_template_means_other_pods():
    """A Deployment with another image runs on new Pods."""
    core, objects = entity()
    objects.create(DEPLOYMENT, "default", deployment())
    core.clock.run()
    before = pods(objects)
    template = {"spec": {"containers": [{"name": "c", "image": "i:2"}]}}
    objects.replace(
        DEPLOYMENT,
        "default",
        "web",
        objects.patched(DEPLOYMENT, "default", "web", {"spec": {"template": template}}),
    )
    assert not set(before) & set(pods(objects))


def test_a_pod_of_a_deployment_comes_anew_and_goes_with_it():
    """What is deleted is wanted again until the Deployment goes."""
    core, objects = entity()
    objects.create(DEPLOYMENT, "default", deployment(replicas=1))
    core.clock.run()
    [pod] = pods(objects)
    objects.delete(POD, "default", pod)
    assert len(pods(objects)) == 1
    core.clock.run()
    objects.delete(DEPLOYMENT, "default", "web")
    core.clock.run()
    assert pods(objects) == []
    assert core.power(VirtualisedResources).list_compute_resources() == []


def test_what_is_refused():
    """Names once, versions as read, objects that are there, resources that are not at work."""
    _, objects = entity()
    objects.create(POD, "default", {"metadata": {"name": "one"}, "spec": SPEC})
    with pytest.raises(AlreadyExists):
        objects.create(POD, "default", {"metadata": {"name": "one"}, "spec": SPEC})
    with pytest.raises(Conflict, match="has been modified"):
        objects.patched(POD, "default", "one", {"metadata": {"resourceVersion": "0"}})
    with pytest.raises(Conflict, match="in progress"):
        objects.delete(POD, "default", "one")
    with pytest.raises(NotFound):
        objects.get(POD, "other", "one")


def test_a_pod_without_room_stays_pending():
    """Kubernetes calls it unschedulable."""
    _, objects = entity(capacity={"vcpu": 0, "memoryMiB": 0, "storageGiB": 0})
    status = objects.create(POD, "default", {"metadata": {"name": "one"}, "spec": SPEC})["status"]
    assert (status["phase"], status["conditions"][0]["reason"]) == ("Pending", "Unschedulable")


@pytest.mark.parametrize(
    ("type", "placement", "offered"),
    [
        ("CISM", None, True),
        ("VNF_CISM", None, True),
        ("VIM", None, False),
        ("VIM", "embedded", True),
        ("VIM", "resources", False),
        ("VNFM", None, False),
        ("VNFM", "mcio", True),
    ],
)
def test_the_placement_says_who_offers_mcio_management(type, placement, offered):
    """Clauses 5.6.2.2 to 5.6.2.6."""
    core, _ = entity(type, **({"cism": placement} if placement else {}))
    assert ("mcio" in {each["type"] for each in core.power(Information).interfaces()}) == offered


def test_pods_of_a_vnfm_need_no_resources_of_its_own():
    """The other function of a distributed CISM is at the VIM."""
    _, objects = entity("VNFM", cism="mcio")
    assert objects.create(POD, "default", {"metadata": {"name": "one"}, "spec": SPEC})["status"]["phase"] == "Running"


def test_a_restoration_point_brings_objects_back():
    """What came since is forgotten, what went is there again, and no version is given twice."""
    _, objects = entity("VNFM", cism="mcio")
    objects.create(POD, "default", {"metadata": {"name": "one"}, "spec": SPEC})
    captured = objects.capture()
    objects.delete(POD, "default", "one")
    objects.create(POD, "default", {"metadata": {"name": "two"}, "spec": SPEC})
    objects.restore(captured)
    assert pods(objects) == ["one"]
    assert objects.list(POD, "default")["metadata"]["resourceVersion"] == "2"
