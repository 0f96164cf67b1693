"""Bad links for real: what has to be run in a container's network namespace to make an interface slow or lossy.

`tc netem` does both where the kernel has it; where it has not, `iptables` can lose packets at random. Only root of the
machine that the engine runs on may do either.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Command = list[str]
PATIENCE = 10
"""Real seconds that a command may take."""


@dataclass(frozen=True)
class Impairment:
    """What is wrong with a link: real seconds by which all that is sent is late, and how much of it is lost."""

    delay: float = 0.0
    percent: float = 0.0


@dataclass(frozen=True)
class Way:
    """One way to impair a link, with the commands that begin and end it."""

    name: str
    begin: Command
    end: Command


def ways(interface: str, impairment: Impairment) -> list[Way]:
    """The ways to do it, the best first."""
    found = [_netem(interface, impairment)]
    return found if impairment.delay else [*found, _iptables(interface, impairment)]


def _netem(interface: str, impairment: Impairment) -> Way:
    delay = ["delay", f"{impairment.delay * 1000:g}ms"] if impairment.delay else []
    loss = ["loss", "random", f"{impairment.percent:g}%"] if impairment.percent else []
    place = ["dev", interface, "root"]
    return Way("netem", ["tc", "qdisc", "add", *place, "netem", *delay, *loss], ["tc", "qdisc", "del", *place])


def _iptables(interface: str, impairment: Impairment) -> Way:
    random = ["-m", "statistic", "--mode", "random", "--probability", f"{impairment.percent / 100:.6f}"]
    rule = ["INPUT", "-i", interface, *random, "-j", "DROP"]
    return Way("iptables", ["iptables", "-w", "-A", *rule], ["iptables", "-w", "-D", *rule])


Run = Callable[[Command], str | None]
"""Runs a command in the network namespace of a container; returns what it said, or None when it failed."""


def impaired(run: Run, mac: str, impairment: Impairment) -> Way | None:
    """Impair the interface with this address; None when no way is open."""
    interface = _interface(run(["ip", "-json", "link"]) or "[]", mac)
    if interface is None:
        return None
    return next((way for way in ways(interface, impairment) if run(way.begin) is not None), None)


def in_namespace_of(pid: int, command: Sequence[str]) -> str | None:
    """Run a command in the network namespace of a process of this machine, as a `Run` does."""
    if os.geteuid() != 0 or not pid:
        return None
    whole = ["nsenter", "--target", str(pid), "--net", *command]
    try:
        done = subprocess.run(whole, capture_output=True, text=True, timeout=PATIENCE, check=False)  # noqa: S603 - ours
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None


def _interface(links: str, mac: str) -> str | None:
    """The interface with the address; none in a namespace that is not the container's, whose process is elsewhere."""
    return next((link["ifname"] for link in json.loads(links) if link.get("address") == mac), None)
