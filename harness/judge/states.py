"""The states that actors report of themselves (SOL 009), and what their peers find when they use them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from harness.judge.case import Case
from harness.judge.history import Entry

ENTITY = "/nfvmanocim/v2/mano_entity"
INTERFACES = f"{ENTITY}/mano_interfaces"
CHECKS = "/peer/v1/checks"

BOTH = ("VNF_CISM",)
"""A VNF that embeds a CISM has two aspects (clause 5.6.2.6)."""

NON_FE = ("OSS", "EM", "VNF", "NFVI", "CIS", "MCIO", *BOTH)
FE = ("NFVO", "VNFM", "VIM", "WIM", "CISM", *BOTH)


def entity_answers(case: Case, actor: str, after: float = -1, before: float = math.inf) -> list[Entry]:
    """What an actor reported of itself as a whole, whoever asked."""
    return [entry for entry in case.history.find("GET", ENTITY, to=actor, after=after, before=before) if entry.ok]


def types(case: Case, actors: Iterable[str]) -> dict[str, str | None]:
    """What each actor says it is."""
    return {actor: next((str(e.told("type")) for e in entity_answers(case, actor)), None) for actor in actors}


def interface_answers(case: Case, actor: str, after: float = -1, before: float = math.inf) -> list[Entry]:
    """What an actor reported of its service interfaces, whoever asked."""
    return [entry for entry in case.history.find("GET", INTERFACES, to=actor, after=after, before=before) if entry.ok]


def works(state: object) -> bool:
    """STARTED and UNLOCKED, of an application or a service interface."""
    return (
        isinstance(state, Mapping)
        and state.get("operationalState") == "STARTED"
        and state.get("administrativeState") == "UNLOCKED"
    )


def down(interfaces: list[dict[str, Any]]) -> list[str]:
    """The types of service that have no started, unlocked interface; everything when there is none at all."""
    if not interfaces:
        return ["every service"]
    types = {str(item.get("type")) for item in interfaces}
    return sorted(types - {str(item.get("type")) for item in interfaces if works(item.get("interfaceState"))})


def checks(case: Case, peer: str, after: float = -1, before: float = math.inf) -> list[Entry]:
    """What actors found when the observer had them use a service of the peer."""
    asked = case.history.find("POST", CHECKS, source=case.roles.observer, after=after, before=before)
    return [entry for entry in asked if entry.asked("peer") == peer]


def reached(case: Case, check: Entry) -> bool:
    """Whether a peer check found the peer, and the actor really used the peer's service while it was asked."""
    peer = check.asked("peer")
    uses = case.history.find(source=check.to, after=check.sent, before=check.answered)
    allowed = case.roles.instances if peer in case.roles.instances else (peer,)
    return check.ok and check.told("reachable") is True and any(use.ok for use in uses if use.to in allowed)
