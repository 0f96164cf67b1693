"""The conversation about instances of the target: one that is there, and one that takes its place (GR clause 5.3.3)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from harness.judge.attempts import INSTANTIATE
from harness.judge.case import Case
from harness.judge.history import Entry
from harness.judge.observer import after_end

Instance = Literal["source", "destination"]
TERMINATE = "/nfvmanoswm/v1/instance/terminate"
INSTANCE = "/nfvmanoswm/v1/instance"
OCCURRENCES = "/nfvmanoswm/v1/instance_op_occs"
EXPORT = "/nfvmanoswm/v1/state_data/export"
IMPORT = "/nfvmanoswm/v1/state_data/import"
NEWS = "InstanceOperationOccurrenceNotification"
FINAL = ("COMPLETED", "ROLLED_BACK", "FAILED")
CAPABILITY = "/nfvmanoswm/v1/capability"
TOWARDS = {"impacted FEs": "IMPACTED_FE", "impacted entities": "IMPACTED_ENTITY", "each other": "PEER"}


def view(case: Case, instance: Instance) -> Case:
    """The case with this instance as the target and the other one beside it: a target like any."""
    roles = case.roles
    if instance == "source":
        return case
    there = roles.destination or "no destination"
    return replace(case, roles=replace(roles, target=there, destination=roles.target))


def interfaces(case: Case, concerned: str | None = None) -> list[str]:
    """The service interfaces that either instance has towards all or some, as the first to tell describes them."""
    towards = TOWARDS[concerned] if concerned else None
    return [str(each["id"]) for each in _described(case) if towards in (None, each.get("towards"))]


def instantiations(case: Case, after: float = -1) -> list[Entry]:
    """The SMM's requests for the instance of this (viewed) target, taken up or not."""
    return list(case.history.find("POST", INSTANTIATE, source=case.roles.smm, to=case.roles.target, after=after))


def terminations(case: Case, after: float = -1) -> list[Entry]:
    """The SMM's requests to end it, taken up or not."""
    return list(case.history.find("POST", TERMINATE, source=case.roles.smm, to=case.roles.target, after=after))


def ended(case: Case, request: Entry) -> Entry | None:
    """The first entry that shows the operation of a request that was taken up in a final state."""
    named = (request.location or "").rsplit("/", 1)[-1]
    told = case.history.notifications(NEWS, source=case.roles.target, after=request.sent)
    shown = [e for e in told if e.asked("instanceOpOccId") == named and e.asked("operationState") in FINAL]
    for path in (OCCURRENCES, f"{OCCURRENCES}/{named}"):
        asked = case.history.find("GET", path, to=case.roles.target, after=request.sent)
        shown += [e for e in asked if any(i.get("id") == named and i.get("operationState") in FINAL for i in e.items)]
    return min(shown, key=lambda entry: entry.sent, default=None)


def completed(case: Case, request: Entry) -> Entry | None:
    """As `ended`, when that was a success."""
    end = ended(case, request)
    if end is None:
        return None
    states = {end.asked("operationState"), *(item.get("operationState") for item in end.items)}
    return end if "COMPLETED" in states else None


def gone(case: Case) -> Entry | None:
    """The first entry that shows that this (viewed) target was terminated, or that nothing came of instantiating it."""
    begun = [entry for entry in instantiations(case) if entry.status == 202]
    ends = [ended(case, entry) for entry in begun]
    if begun and all(ends) and not any(completed(case, entry) for entry in begun):
        return ends[-1]
    return next(filter(None, (completed(case, entry) for entry in terminations(case) if entry.status == 202)), None)


def transfers(case: Case, after: float = -1, before: float = math.inf) -> Iterator[tuple[Entry, Entry]]:
    """Operational state data that this (viewed) target took over: who handed it over, and that it was taken."""
    smm, hosts = case.roles.smm, case.roles.instances
    for taken in case.history.find("POST", IMPORT, source=smm, to=case.roles.target, after=after, before=before):
        given = [e for e in case.history.find("POST", EXPORT, source=smm, before=taken.sent) if e.ok and e.to in hosts]
        same = [e for e in given if isinstance(e.response, dict) and e.response == taken.request]
        if taken.ok and same:
            yield same[-1], taken


def state_after(case: Case) -> Mapping[str, Any] | None:
    """What the observer saw of the instance on this (viewed) host after the end; None when it could not."""
    seen = after_end(case, INSTANCE, case.roles.target)
    return seen.response if seen and isinstance(seen.response, dict) else None


def living(case: Case) -> str:
    """The actor where the observer found the entity after the end: the destination, where the source is gone."""
    if not case.roles.destination:
        return case.roles.target
    seen = {one: state_after(view(case, one)) or {} for one in ("source", "destination")}
    there = [one for one, state in seen.items() if state.get("instantiationState") == "INSTANTIATED"]
    return case.roles.destination if there == ["destination"] else case.roles.target


def _described(case: Case) -> list[Mapping[str, Any]]:
    told = (e for e in case.history.find("GET", CAPABILITY) if e.ok and e.to in case.roles.instances)
    found = next((e.told("serviceInterfaces") for e in told if e.told("serviceInterfaces")), None)
    return list(found) if isinstance(found, list) else []
