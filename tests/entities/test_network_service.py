"""NSDs, networks, VNFs that are managed, and traffic between them (GR clause 5.5.2)."""

from __future__ import annotations

import pytest

from mocks.entities.errors import Conflict, NotFound, Unprocessable
from mocks.entities.ns_descriptors import NsDescriptors
from mocks.entities.ns_lifecycle import NsLifecycle
from mocks.entities.traffic import TrafficSource, TrafficSteering
from mocks.entities.virtualised_resources import VirtualisedResources
from mocks.entities.vnf_application import ProprietaryManagement, StandardManagement, VnfApplication
from mocks.entities.vnf_lifecycle import VnfLifecycle
from tests.fakes import make_core

SESSIONS = "/traffic/v1/sessions"
VNFS = "/vnflcm/v1/vnf_instances"


def nsd(*vnfs, link="link"):
    return {
        "nsdInvariantId": "ns",
        "nsdVersion": "1",
        "vnfProfiles": [{"vnfProfileId": name, "vnfdId": f"vnfd-{name}", "vnfmId": "vnfm"} for name in vnfs],
        "virtualLinks": [{"virtualLinkId": "link"}],
        "paths": [{"pathId": "path", "vnfProfileIds": list(vnfs), "virtualLinkIds": [link]}],
    }


@pytest.fixture
def nfvo():
    core = make_core("NFVO", vim="vim")
    core.give(NsDescriptors(core))
    core.give(NsLifecycle(core))
    core.peers.replies[("POST", "/vrm/v1/networks")] = (201, {"id": "n-1"})
    core.peers.replies[("POST", VNFS)] = (201, {"id": "v-1"})
    return core


def onboarded(core, content):
    nsds = core.power(NsDescriptors)
    made = nsds.create({})["id"]
    nsds.onboard(made, content)
    return made


def instantiated(core, content):
    """An NS of this NSD, being instantiated."""
    lifecycle = core.power(NsLifecycle)
    ns = lifecycle.create({"nsdId": onboarded(core, content), "nsName": "ns", "nsDescription": ""}, "oss")["id"]
    lifecycle.start(ns, "instantiate", {"nsFlavourId": "default"}, "oss")
    return ns


def test_an_nsd_names_only_what_it_defines(nfvo):
    """A path through something unknown is refused."""
    with pytest.raises(Unprocessable, match="other"):
        onboarded(nfvo, nsd("a", link="other"))


def test_an_nsd_in_use_stays_as_it_is(nfvo):
    """What an NS follows can be neither changed nor deleted."""
    ns = instantiated(nfvo, nsd("a"))
    used = nfvo.power(NsLifecycle).get(ns)["nsdId"]
    nsds = nfvo.power(NsDescriptors)
    assert nsds.get(used)["nsdUsageState"] == "IN_USE"
    for attempt in (lambda: nsds.delete(used), lambda: nsds.onboard(used, nsd("b"))):
        with pytest.raises(Conflict, match="in use"):
            attempt()


def test_an_ns_follows_only_what_is_onboarded(nfvo):
    """An association with an NSD that nobody knows is refused at once."""
    ns = instantiated(nfvo, nsd("a"))
    wanted = {"updateType": "ASSOC_NEW_NSD_VERSION", "assocNewNsdVersionData": {"newNsdId": "nobody's"}}
    with pytest.raises(Unprocessable, match="nobody's"):
        nfvo.power(NsLifecycle).start(ns, "update", wanted, "smm")


def test_an_ns_consists_of_what_its_nsd_says(nfvo):
    """The VNFM that the NSD names is asked for the VNF, the VIM for the network."""
    completed = {"id": "o", "vnfInstanceId": "v-1", "operation": "INSTANTIATE", "operationState": "COMPLETED"}
    nfvo.peers.replies[("GET", "/vnflcm/v1/vnf_lcm_op_occs?filter=(eq,vnfInstanceId,v-1)")] = (200, [completed])
    lifecycle = nfvo.power(NsLifecycle)
    ns = instantiated(nfvo, nsd("a"))
    nfvo.clock.step()
    nfvo.clock.step()
    asked = [(to, path) for to, method, path, _ in nfvo.peers.named("request") if method == "POST"]
    nfvo.clock.run(1)
    asked = [(to, path) for to, method, path, _ in nfvo.peers.named("request") if method == "POST"]
    assert asked == [("vim", "/vrm/v1/networks"), ("vnfm", VNFS), ("vnfm", f"{VNFS}/v-1/instantiate")]
    assert lifecycle.get(ns)["virtualLinkInfo"] == [{"id": "n-1", "virtualLinkId": "link"}]


def test_a_vnfm_has_only_so_much_capacity():
    """One more than it can manage is a conflict."""
    core = make_core("VNFM", capability={"maxVnfInstances": 1})
    lifecycle = core.give(VnfLifecycle(core))
    lifecycle.create({"vnfdId": "vnfd"}, "nfvo")
    with pytest.raises(Conflict, match="capacity"):
        lifecycle.create({"vnfdId": "vnfd"}, "nfvo")


@pytest.mark.parametrize(
    ("specific", "asked"),
    [(True, ("vnf-b", "POST", "/svnf/v1/commands")), (False, ("vnf-b", "PATCH", "/vnfconfig/v1/configuration"))],
)
def test_a_vnfm_speaks_its_own_interface_only(specific, asked):
    """The specific one the proprietary, the generic one the standard interface."""
    core = make_core("VNFM", specific=specific, vnfs={"vnfd": "vnf-b"})
    lifecycle = core.give(VnfLifecycle(core))
    vnf = lifecycle.create({"vnfdId": "vnfd"}, "nfvo")["id"]
    lifecycle.start(vnf, "instantiate", {"flavourId": "default"}, "nfvo")
    core.clock.run()
    assert [call[:3] for call in core.peers.named("request") if call[0] == "vnf-b"] == [asked]


def test_networks_come_and_go():
    """Made at once, found, removed, and part of what is captured."""
    core = make_core("VIM")
    power = core.give(VirtualisedResources(core))
    made = power.networks.create({"name": "link"}, "nfvo")
    captured = power.capture()
    power.networks.remove(made["id"])
    assert power.networks.list() == []
    power.restore(captured)
    assert [each["name"] for each in power.networks.list()] == ["link"]


@pytest.fixture
def vnf():
    core = make_core("VNF", management="proprietary")
    for power in (VnfApplication, StandardManagement, ProprietaryManagement, TrafficSource):
        core.give(power(core))
    return core


def test_a_vnf_has_one_interface(vnf):
    """Over the other one there is nothing."""
    vnf.power(ProprietaryManagement).command({"command": "BOOT", "vnfInstanceId": "v-1"})
    assert vnf.power(ProprietaryManagement).status() == {"vnfInstanceId": "v-1", "vnfState": "STARTED"}
    with pytest.raises(NotFound, match="proprietary"):
        vnf.power(StandardManagement).configuration()


def test_sessions_end_or_are_lost(vnf):
    """A VNF that is not started serves nobody, and what is open when it stops is lost."""
    application = vnf.power(VnfApplication)
    with pytest.raises(Conflict):
        application.open(1)
    application.turn("STARTED", "v-1")
    first, second = application.open(2)["id"], application.open(3)["id"]
    application.complete(first)
    assert application.load() == {"openSessions": 3, "servedSessions": 2}
    application.turn("STOPPED", "v-1")
    with pytest.raises(NotFound, match="lost"):
        application.complete(second)


def test_requests_are_shared_as_the_routes_say(vnf):
    """Of a hundred sessions each VNF gets its share."""
    source = vnf.power(TrafficSource)
    source.route([{"vnf": "b1", "share": 75}, {"vnf": "b2", "share": 25}])
    vnf.peers.replies[("POST", SESSIONS)] = (201, {"id": "s"})
    source.generate({"state": "RUNNING", "period": 1, "sessions": 4})
    vnf.clock.run(24.5)
    sent = dict.fromkeys(("b1", "b2"), 0)
    for to, method, _, body in vnf.peers.named("request"):
        sent[to] += body["sessions"] if method == "POST" else 0
    assert sent == {"b1": 75, "b2": 25}
    source.generate({"state": "STOPPED"})
    vnf.clock.run()
    assert source.generator()["counts"] == {"sent": 100, "served": 100, "lost": 0}


def test_what_nobody_serves_is_lost(vnf):
    """A request that is refused counts as lost, and so does a session that its server forgot."""
    source = vnf.power(TrafficSource)
    source.route([{"vnf": "b1", "share": 100}])
    vnf.peers.replies[("POST", SESSIONS)] = (503, {})
    source.generate({"state": "RUNNING", "period": 1, "sessions": 4})
    vnf.clock.run(1.5)
    source.generate({"state": "STOPPED"})
    vnf.clock.run()
    assert source.generator()["counts"] == {"sent": 8, "served": 0, "lost": 8}


def test_whoever_steers_tells_whoever_sends():
    """The shares have to make a whole; the sender's answer decides what becomes of them."""
    core = make_core("EM", steers="vnf-a")
    steering = core.give(TrafficSteering(core))
    with pytest.raises(Unprocessable, match="100"):
        steering.steer([{"vnf": "b1", "share": 50}])
    assert steering.steer([{"vnf": "b1", "share": 100}])["state"] == "PENDING"
    core.clock.run()
    assert steering.routes()["state"] == "APPLIED"
    core.peers.replies[("PUT", "/traffic/v1/routes")] = (None, None)
    steering.steer([{"vnf": "b1", "share": 100}])
    core.clock.run()
    assert steering.routes()["state"] == "FAILED"
