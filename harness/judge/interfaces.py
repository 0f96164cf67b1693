"""Old and new service interfaces of the target, as the target itself describes and reports them (GR clause 5.2.3)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from harness.judge.case import Case
from harness.judge.history import Entry
from harness.judge.states import INTERFACES, interface_answers, works

Generation = Literal["old", "new"]
TOWARDS = {"impacted FEs": "IMPACTED_FE", "impacted entities": "IMPACTED_ENTITY", "each other": "PEER"}
"""Whom an interface serves, in the words of the features and of the capability descriptor."""

CAPABILITY = "/nfvmanoswm/v1/capability"
NEWS = "ChangeStateNotification"
TOKEN = "/oauth2/token"  # noqa: S105 - a path


@dataclass(frozen=True)
class Change:
    """A change of an interface's state that the SMM asked for, and the target took up."""

    entry: Entry
    interface: str
    actions: frozenset[str]
    graceful: bool


def described(case: Case) -> list[Mapping[str, Any]]:
    """What the target says will change: old and new interface, whom they serve, whether the old one is stopped."""
    told = [entry for entry in case.history.find("GET", CAPABILITY, to=case.roles.target) if entry.ok]
    found = next((entry.told("interfaceChanges") for entry in told if entry.told("interfaceChanges")), None)
    return list(found) if isinstance(found, list) else []


def ids(case: Case, which: Generation, concerned: str | None = None) -> list[str]:
    """The interfaces that are old or new, towards all or some."""
    towards = TOWARDS[concerned] if concerned else None
    return [str(each[which]) for each in described(case) if towards in (None, each["towards"])]


def actors(case: Case, concerned: str) -> tuple[str, ...]:
    """Who the impacted FEs or the impacted entities are."""
    found = {"IMPACTED_FE": case.roles.impacted_fes, "IMPACTED_ENTITY": case.roles.impacted_entities}
    return found.get(TOWARDS[concerned], ())


def looks(case: Case, after: float = -1, before: float = math.inf, by: str | None = None) -> list[Entry]:
    """Answers of the target about all its interfaces."""
    found = interface_answers(case, case.roles.target, after, before)
    return [entry for entry in found if by in (None, entry.source)]


def state(look: Entry, interface: str) -> Mapping[str, Any] | None:
    """The state of an interface in a look; None when it is not there."""
    return next((item.get("interfaceState") or {} for item in look.items if item.get("id") == interface), None)


def path(case: Case, interface: str) -> str:
    """Where the interface is served, as the target tells; empty when it never told."""
    shown = (item for look in looks(case) for item in look.items if item.get("id") == interface)
    return str(next(((item.get("apiEndpoint") or {}).get("apiUri") for item in shown), None) or "")


def changes(case: Case, after: float = -1) -> Iterator[Change]:
    """The SMM's requests to change states of interfaces that the target took up."""
    asked = case.history.find("POST", INTERFACES + "/*/change_state", source=case.roles.smm, to=case.roles.target)
    for entry in asked:
        if entry.ok and entry.sent > after:
            yield _change(entry)


def is_shut_down(found: Mapping[str, Any] | None) -> bool:
    """SHUTDOWN_UNLOCKED, or gone."""
    return found is None or (found.get("operationalState"), found.get("administrativeState")) == ("STOPPED", "UNLOCKED")


def is_locked(found: Mapping[str, Any] | None) -> bool:
    """STARTED_LOCKED."""
    return found is not None and (found.get("operationalState"), found.get("administrativeState")) == (
        "STARTED",
        "LOCKED",
    )


def at_work(case: Case, interface: str, before: float) -> bool:
    """Whether the last look before this tick showed the interface started and unlocked."""
    shown = [state(look, interface) for look in looks(case, before=before)]
    return bool(shown) and works(shown[-1])


def served(case: Case, interface: str) -> bool:
    """Whether the interface was ever seen at work."""
    return any(works(state(look, interface)) for look in looks(case))


def shut_down_seen(case: Case, interface: str, after: float) -> Entry | None:
    """The first entry after this tick by which the SMM can know that the interface is shut down."""
    smm, target = case.roles.smm, case.roles.target
    told = [
        entry
        for entry in case.history.notifications(NEWS, source=target, to=smm, after=after)
        if (entry.asked("managedObjectRef") or {}).get("subObjectId") == interface
        and (entry.asked("operationalState"), entry.asked("administrativeState")) == ("STOPPED", "UNLOCKED")
    ]
    told += [look for look in looks(case, after, by=smm) if is_shut_down(state(look, interface))]
    return min(told, key=lambda entry: entry.sent, default=None)


def moved(case: Case, actor: str, interface: str, after: float) -> list[Entry]:
    """The actor's way in: a token from the target, then an answered use of the interface; empty if not whole."""
    target, root = case.roles.target, path(case, interface)
    tokens = [entry for entry in case.history.find("POST", TOKEN, source=actor, to=target, after=after) if entry.ok]
    if not tokens or not root:
        return []
    uses = case.history.find("GET", source=actor, to=target, after=tokens[0].sent)
    used = next((entry for entry in uses if entry.ok and entry.path.startswith(root + "/")), None)
    return [tokens[0], used] if used else []


def _change(entry: Entry) -> Change:
    body = entry.request if isinstance(entry.request, dict) else {}
    operational, administrative = body.get("operationalStateChange") or {}, body.get("administrativeStateChange") or {}
    actions = {operational.get("operationalStateAction"), administrative.get("administrativeStateAction")}
    interface = entry.path.removeprefix(INTERFACES + "/").partition("/")[0]
    return Change(entry, interface, frozenset(map(str, actions - {None})), operational.get("stopType") == "GRACEFUL")
