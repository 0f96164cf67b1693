"""What is run to make a container's link bad, and what is tried next where the kernel refuses."""

from __future__ import annotations

import json

import pytest

from mocks.lab.links import Command, Impairment, impaired, in_namespace_of, ways
from mocks.lab.nodes import impairment_of

MAC = "02:42:ac:12:00:02"


class Namespace:
    """A network namespace in which some commands fail."""

    def __init__(self, *lacking: str) -> None:
        self.lacking = lacking
        self.ran: list[Command] = []

    def __call__(self, command: Command) -> str | None:
        if command[0] == "ip":
            return json.dumps([{"ifname": "lo", "address": "00:00:00:00:00:00"}, {"ifname": "eth1", "address": MAC}])
        self.ran.append(command)
        return None if command[0] in self.lacking else ""


def test_netem_does_both() -> None:
    """Delay and loss are one queueing discipline of the interface, which is deleted again."""
    way = ways("eth1", Impairment(0.15, 12.5))[0]
    assert " ".join(way.begin) == "tc qdisc add dev eth1 root netem delay 150ms loss random 12.5%"
    assert " ".join(way.end) == "tc qdisc del dev eth1 root"


def test_iptables_can_only_lose() -> None:
    """Loss is a rule that is deleted by the same words; for a delay there is no second way."""
    way = ways("eth1", Impairment(percent=30))[1]
    rule = "INPUT -i eth1 -m statistic --mode random --probability 0.300000 -j DROP"
    assert (" ".join(way.begin), " ".join(way.end)) == (f"iptables -w -A {rule}", f"iptables -w -D {rule}")
    assert [way.name for way in ways("eth1", Impairment(delay=1))] == ["netem"]


@pytest.mark.parametrize(
    ("lacking", "name"), [((), "netem"), (("tc",), "iptables"), (("tc", "iptables"), None)], ids=str
)
def test_the_best_way_that_is_open_is_taken(lacking: tuple[str, ...], name: str | None) -> None:
    """Where the kernel has no netem, iptables loses packets; where it has neither, nothing is done for real."""
    namespace = Namespace(*lacking)
    way = impaired(namespace, MAC, Impairment(percent=5))
    assert (way.name if way else None) == name
    assert [command[0] for command in namespace.ran] == ["tc", "iptables"][: len(lacking) + 1]


def test_no_other_namespace_is_touched() -> None:
    """Where no interface has the container's address, as with an engine elsewhere, nothing is run."""
    namespace = Namespace()
    assert impaired(namespace, "02:42:00:00:00:99", Impairment(percent=5)) is None
    assert namespace.ran == []
    assert in_namespace_of(0, ["ip", "link"]) is None


@pytest.mark.parametrize(
    ("fault", "at", "data", "wanted"),
    [
        ("slow-link", {}, {"delay": 2}, Impairment(delay=0.1)),
        ("slow-link", {"request": "GET /x"}, {"delay": 2}, None),
        ("slow-link", {}, {"delay": 100}, None),
        ("lossy-link", {}, {"percent": 20, "seed": 1}, Impairment(percent=20)),
        ("lossy-link", {}, {"percent": 0, "seed": 1}, None),
        ("hang", {}, {}, None),
    ],
)
def test_what_an_engine_is_asked_for(fault: str, at: object, data: object, wanted: Impairment | None) -> None:
    """Lab seconds become real ones at the lab's pace; single answers and what tries callers' patience are played."""
    assert impairment_of(fault, {"at": at, "data": data}) == wanted
