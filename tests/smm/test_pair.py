"""Operations that concern two targets at once (clause 5.4.2): both are connected and committed, or neither is."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from harness.smm.operations import Context, Done, Failed, Launch, Waiting
from harness.smm.operations.pair import CommitPair, FindPair, StartBetween, members
from harness.smm.plans import Step
from harness.smm.policy import OperatorPolicy

BESIDE = {"target": "nfvo", "destination": "nfvo-b", "destinationSoftwareVersion": "2.0.0", "impacted": ["oss"]}
AT_WORK = {"operationalState": "STARTED", "administrativeState": "UNLOCKED"}
LOCKED = {"operationalState": "STARTED", "administrativeState": "LOCKED"}
PATH = "/pair/x/v1"


class Host:
    """An actor as far as these operations ask it."""

    def __init__(self) -> None:
        self.there = True
        self.application = self.interface = AT_WORK
        self.gets_on = True
        self.connected: list[tuple[str, str, str | None]] = []
        self.asked: list[str] = []

    def mano_entity(self) -> dict[str, Any]:
        return {"manoApplicationState": self.application}

    def interfaces(self) -> list[dict[str, Any]]:
        return [{"id": "pair-x", "interfaceState": self.interface, "apiEndpoint": {"apiUri": PATH}}]

    def change_interface(self, interface: str, _request: Any) -> str:
        self.asked.append(interface)
        return "c1"

    def connect(self, peer: str, uri: str, instead_of: str | None = None) -> dict[str, Any]:
        self.connected.append((peer, uri, instead_of))
        return {"authenticated": self.gets_on, "reachable": self.gets_on, "detail": "another version"}


class World:
    """Two sources, two destinations, and the process that moves both."""

    def __init__(self, beside: Any = BESIDE) -> None:
        self.hosts = {name: Host() for name in ("vnfm", "vnfm-b", "nfvo", "nfvo-b")}
        for gone in ("vnfm", "nfvo"):
            self.hosts[gone].there = False
        self.launch = Launch(
            "p1", "vnfm", "2.0.0", "vim", "tester", ("vnf",), OperatorPolicy({}, {}), "point-1", "http://smm/1",
            {"with": beside}, "vnfm-b",
        )  # fmt: skip
        self.done: dict[str, list[dict[str, Any]]] = {
            "read-target": [{"serviceInterfaces": [{"id": "pair-x", "towards": "PEER"}]}]
        }
        self.memory: dict[str, Any] = {}

    def context(self, at: str = "destination") -> Context:
        found = {name: SimpleNamespace(instances=one, information=one, peering=one) for name, one in self.hosts.items()}
        entities = _Entities(found)
        step = Step("step", "5.4.2.5-1#8", "start-between", {"at": at, "towards": "PEER"})
        now = SimpleNamespace(done=self.done, fact=lambda name: (self.done.get(name) or [{}])[-1])
        return Context(self.launch, step, now, entities, {}, "smm", self.memory, set)  # type: ignore[arg-type]

    def found(self, at: str = "destination") -> Context:
        """The context of a step behind the one that found the pair."""
        outcome = FindPair().do(self.context())
        assert isinstance(outcome, Done)
        self.done["find-pair"] = [outcome.facts]
        return self.context(at)


class _Entities(dict[str, Any]):
    @property
    def inventory(self) -> dict[str, Any]:
        return dict.fromkeys([*self, "vnf", "oss"])


def test_each_of_the_two_knows_the_other() -> None:
    """Source and destination of the one stand beside those of the other, and its restoration point stays its own."""
    one, other = members(World().found())
    assert (one.at, one.other, one.partners) == ("vnfm-b", "vnfm", ["nfvo-b"])
    assert (other.at, other.other, other.partners) == ("nfvo-b", "nfvo", ["vnfm-b"])
    assert (one.launch.restoration_point, other.launch.restoration_point) == ("point-1", None)
    assert (one.launch.impacted, other.launch.impacted) == (("vnf",), ("oss",))


@pytest.mark.parametrize("missing", sorted(BESIDE))
def test_a_second_target_is_named_in_full(missing: str) -> None:
    """Without one of its attributes nothing is begun, and the reason lists what there has to be."""
    outcome = FindPair().do(World({name: value for name, value in BESIDE.items() if name != missing}).context())
    assert isinstance(outcome, Failed)
    assert outcome.kind == "refused"
    assert missing in outcome.reason


@pytest.mark.parametrize("beside", [None, "nfvo", []])
def test_no_second_target_is_refused(beside: Any) -> None:
    """A plan for two is not carried out for one."""
    assert isinstance(FindPair().do(World(beside).context()), Failed)


@pytest.mark.parametrize("change", [{"target": "x"}, {"destination": "x"}, {"impacted": ["oss", "x"]}])
def test_a_stranger_is_named(change: dict[str, Any]) -> None:
    """Who is not in the inventory cannot be reached later either."""
    outcome = FindPair().do(World({**BESIDE, **change}).context())
    assert outcome == Failed("refused", "nobody knows x")


def test_the_two_are_introduced_to_each_other() -> None:
    """Each authenticates to the other, over its interface for peers, in the place of the source that it knew."""
    world = World()
    assert StartBetween().do(world.found()) == Done({"connected": ["vnfm-b", "nfvo-b"]})
    assert world.hosts["vnfm-b"].connected == [("nfvo-b", PATH, "nfvo")]
    assert world.hosts["nfvo-b"].connected == [("vnfm-b", PATH, "vnfm")]
    assert not world.hosts["vnfm"].connected
    assert not world.hosts["nfvo"].connected


def test_on_the_way_back_the_sources_are_introduced() -> None:
    """The same step with the parameter at: source turns everything round."""
    world = World()
    assert StartBetween().do(world.found("source")) == Done({"connected": ["vnfm", "nfvo"]})
    assert world.hosts["vnfm"].connected == [("nfvo", PATH, "nfvo-b")]


@pytest.mark.parametrize("late", ["vnfm-b", "nfvo-b"])
def test_nobody_is_introduced_before_both_are_at_work(late: str) -> None:
    """The synchronisation step waits for both: one that is locked keeps both apart, and no interface is started."""
    world = World()
    world.hosts[late].application = LOCKED
    outcome = StartBetween().do(world.found())
    assert isinstance(outcome, Failed)
    assert late in outcome.reason
    assert not any(host.connected or host.asked for host in world.hosts.values())


def test_interfaces_that_are_locked_are_started_first() -> None:
    """Both are asked for before anybody waits, and nobody is introduced until both serve."""
    world = World()
    for name in ("vnfm-b", "nfvo-b"):
        world.hosts[name].interface = LOCKED
    assert isinstance(StartBetween().do(world.found()), Waiting)
    assert [name for name, host in world.hosts.items() if host.asked] == ["vnfm-b", "nfvo-b"]
    assert not any(host.connected for host in world.hosts.values())


def test_two_that_do_not_get_on_are_a_failure() -> None:
    """What the one says of the other is the reason."""
    world = World()
    world.hosts["nfvo-b"].gets_on = False
    outcome = StartBetween().do(world.found())
    assert outcome == Failed("failed", "nfvo-b does not get on with vnfm-b: another version")


def test_both_are_committed_together() -> None:
    """Both destinations at work, and both sources gone."""
    assert CommitPair().do(World().found()) == Done({"instances": ["vnfm-b", "nfvo-b"]})


@pytest.mark.parametrize("left", ["vnfm", "nfvo"])
def test_one_source_that_is_still_there_keeps_both_from_the_commit(left: str) -> None:
    """Never one of each."""
    world = World()
    world.hosts[left].there = True
    assert CommitPair().do(world.found()) == Failed("failed", f"{left} is still there")


@pytest.mark.parametrize("locked", ["vnfm-b", "nfvo-b"])
def test_one_destination_that_does_not_work_keeps_both_from_the_commit(locked: str) -> None:
    """The point of no return is passed by both or by neither."""
    world = World()
    world.hosts[locked].application = LOCKED
    assert isinstance(CommitPair().do(world.found()), Failed)
