"""The test suites of the tester, and what each of them really probes over the wire (rows 5 and 6 of 5.2.2.5-1)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from mocks.entities.core import Core
from mocks.entities.ports import Body, Peers

VERSIONS = ("1.0.0", "2.0.0")
USABLE = {"operationalState": "STARTED", "administrativeState": "UNLOCKED"}
"""The state of an application that a suite expects unless the run says otherwise."""


@dataclass(frozen=True)
class Suite:
    """What a suite is for: `scope` is TARGET or SYSTEM; no `targets` means any.

    `needs_service` says that the target has to serve already: no test of a locked application (GR 5.3.3.5, row 4).
    """

    name: str
    scope: str
    software_versions: tuple[str, ...]
    targets: tuple[str, ...] = ()
    needs_service: bool = True

    def applies(self, target: str | None, software_version: str | None) -> bool:
        """Whether it tests this target at this version; None asks for any."""
        right_target = target is None or not self.targets or target in self.targets
        return right_target and (software_version is None or software_version in self.software_versions)

    def body(self) -> Body:
        return {
            "name": self.name,
            "scope": self.scope,
            "softwareVersions": list(self.software_versions),
            "needsService": self.needs_service,
        }


DEFAULT = (
    Suite("health", "TARGET", VERSIONS, needs_service=False),
    Suite("performance", "TARGET", VERSIONS),
    Suite("system", "SYSTEM", VERSIONS),
)


def suites_of(profile: Mapping[str, Any]) -> dict[str, Suite]:
    """The suites by name: those of profile["suites"], or the default three."""
    described: Sequence[Mapping[str, Any]] | None = profile.get("suites")
    if described is None:
        return {suite.name: suite for suite in DEFAULT}
    return {each["name"]: _suite(each) for each in described}


def _suite(each: Mapping[str, Any]) -> Suite:
    versions, targets = each.get("softwareVersions", VERSIONS), each.get("targets", ())
    serves = each.get("needsService", True)
    return Suite(each["name"], each.get("scope", "TARGET"), tuple(versions), tuple(targets), serves)


@dataclass(frozen=True)
class Subject:
    """What is tested, and who has to get on with it."""

    target: str
    software_version: str
    impacted: tuple[str, ...]
    unit: str | None = None
    application: str = "STARTED_UNLOCKED"
    """The state that its application is expected in."""

    known_as: str = ""
    """The name by which the others know it, where it took the place of another instance."""


Probe = Callable[[Peers, Subject], list[str]]
"""Looks at the subject and returns all that is wrong with it in words; nothing: the suite passes."""


def health(peers: Peers, subject: Subject) -> list[str]:
    """The target reports itself started, unlocked, and running the software version that it should."""
    entity = peers.state_of(subject.target)
    if entity is None:
        return [f"{subject.target} does not report its state"]
    expected = {
        **dict(zip(USABLE, subject.application.split("_"), strict=True)),
        "softwareVersion": subject.software_version,
    }
    found = {**entity.get("manoApplicationState", {}), "softwareVersion": entity.get("softwareVersion")}
    return [
        f"{name} of {subject.target} is {found.get(name)}, expected {value}"
        for name, value in expected.items()
        if found.get(name) != value
    ]


def performance(peers: Peers, subject: Subject) -> list[str]:
    """The target is healthy, and its service answers when it is used."""
    check = peers.check(subject.target)
    answered = [] if check.reachable else [f"{subject.target} does not serve the tester: {check.detail}"]
    return health(peers, subject) + answered


def system(peers: Peers, subject: Subject) -> list[str]:
    """Each impacted actor can use the target the way it does in daily life; without any, the tester itself."""
    if not subject.impacted:
        check = peers.check(subject.target)
        return [] if check.reachable else [f"{subject.target} does not serve the tester: {check.detail}"]
    checks = [(actor, peers.ask_check(actor, subject.known_as or subject.target)) for actor in subject.impacted]
    astray = [
        f"{actor} uses {check.peer} instead of {subject.target}"
        for actor, check in checks
        if subject.known_as and check.peer != subject.target
    ]
    return astray + [
        f"{actor} cannot use {subject.target}: {check.detail or check.status}"
        for actor, check in checks
        if not check.reachable
    ]


def unit_health(peers: Peers, subject: Subject, unit: str) -> list[str]:
    """A redundancy unit by itself reports that it is started, and the software version that it should run."""
    status, found = peers.request(subject.target, "GET", f"/nfvmanoswm/v1/redundancy_units/{unit}")
    if status != 200 or found is None:
        return [f"{subject.target} does not report redundancy unit {unit}: {status}"]
    state, version = found.get("unitState", {}).get("operationalState"), found.get("softwareVersion")
    wrong = [] if state == "STARTED" else [f"redundancy unit {unit} of {subject.target} is {state}, expected STARTED"]
    if version != subject.software_version:
        wrong.append(f"redundancy unit {unit} runs {version}, expected {subject.software_version}")
    return wrong


PROBES: dict[str, Probe] = {"health": health, "performance": performance, "system": system}
PROBE_OF_SCOPE: dict[str, Probe] = {"TARGET": health, "SYSTEM": system}


def probe(core: Core, suite: Suite, subject: Subject) -> list[str]:
    """Run a suite; one that a profile added is probed as its scope says. An actor nobody knows is a finding too."""
    try:
        if subject.unit is not None:
            return unit_health(core.peers, subject, subject.unit)
        return PROBES.get(suite.name, PROBE_OF_SCOPE[suite.scope])(core.peers, subject)
    except KeyError as error:
        return [f"there is no actor {error.args[0]}"]
