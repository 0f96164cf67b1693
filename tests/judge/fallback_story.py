"""Hand-written histories of clause 5.9: a VNFM and its VIM fall back to one restoration point."""

from __future__ import annotations

from typing import Any

from harness.judge.case import Case
from harness.judge.history import History
from tests.judge.story import message, report, told

FM = "fallback-manager"
POINTS = "/nfvmanoswm/v1/restoration_points"
CHANGE = "/nfvmanocim/v2/mano_entity/change_state"
ENTITY = "/nfvmanocim/v2/mano_entity"
UP = ("STARTED", "UNLOCKED")
LOCKED = ("STARTED", "LOCKED")
TYPES = {"nfvo": "NFVO", "vnfm": "VNFM", "vim": "VIM", "vnf": "VNF", "nfvi": "NFVI"}
SCENARIO: dict[str, Any] = {
    "roles": {
        "target": "vnfm",
        "impacted_fes": ["nfvo", "vim"],
        "impacted_entities": ["vnf", "em"],
        "provider": "vim",
        "consumer": "nfvo",
        "others": {"fallback_manager": FM, "managed": "vnf"},
    },
    "versions": {"source": "1.0.0", "destination": "2.0.0"},
    "facts": {
        "operation": "VNF_LCM",
        "system": ["vnfm", "vim"],
        "managed": {"nfvo": "vnf", "vnfm": "vnf", "vim": "nfvi"},
    },
}


def state(of: tuple[str, str]) -> dict[str, str]:
    return {"operationalState": of[0], "administrativeState": of[1]}


def looks(actor: str, of: tuple[str, str] = UP, version: str = "1.0.0", asker: str = "observer") -> dict[str, Any]:
    """An actor says of itself what it is."""
    body = {"type": TYPES[actor], "softwareVersion": version, "manoApplicationState": state(of)}
    return message(asker, actor, "GET", ENTITY, response=body)


def point(actor: str, id: str = "p1", scope: tuple[str, ...] = ("vnfm", "vim")) -> dict[str, Any]:
    body = {"id": id, "scope": list(scope), "softwareVersion": "1.0.0"}
    return message("observer", actor, "POST", POINTS, 201, response=body)


def points(actor: str, *ids: str) -> dict[str, Any]:
    items = [{"id": each, "scope": ["vnfm", "vim"], "softwareVersion": "1.0.0"} for each in ids]
    return message("observer", actor, "GET", POINTS, response=items)


def asked(*ids: str, status: int = 202, source: str = "observer") -> dict[str, Any]:
    named = [{"restorationPointId": each, "functionalEntity": "vnfm"} for each in ids or ("p1",)]
    return message(source, FM, "POST", "/fallback/v1/fallbacks", status, request={"restorationPoints": named})


def stop(actor: str, kind: str = "FORCEFUL", status: int = 202) -> dict[str, Any]:
    change = {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": kind}}
    return message(FM, actor, "POST", CHANGE, status, request=change)


def stopped(actor: str) -> dict[str, Any]:
    return report("ChangeStateNotification", actor, FM, **state(("STOPPED", "UNLOCKED")))


def restore(actor: str, id: str = "p1", source: str = FM, status: int = 202) -> dict[str, Any]:
    return message(source, actor, "POST", f"{POINTS}/{id}/restore", status)


def discovers(actor: str) -> dict[str, Any]:
    managed = SCENARIO["facts"]["managed"][actor]
    return message(actor, managed, "GET", "/managed/v1/instances", response=[])


def reconciled(actor: str, id: str = "p1", of: tuple[str, str] = LOCKED) -> dict[str, Any]:
    told = {"restorationPointId": id, "softwareVersion": "1.0.0", "manoApplicationState": state(of)}
    return report("StateReconciliationNotification", actor, FM, **told)


def restoration_failed(actor: str, id: str = "p1") -> dict[str, Any]:
    return report("RestoreOperationOccurrenceNotification", actor, FM, restorationPointId=id, operationState="FAILED")


def unlock(actor: str, status: int = 202) -> dict[str, Any]:
    change = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}
    return message(FM, actor, "POST", CHANGE, status, request=change)


def suites(actor: str) -> dict[str, Any]:
    query = f"target={actor}&softwareVersion=1.0.0"
    answer = [{"name": "health", "scope": "TARGET"}, {"name": "system", "scope": "SYSTEM"}]
    return message("observer", "tester", "GET", "/tester/v1/test_suites", query=query, response=answer)


def reserve() -> dict[str, Any]:
    return message(FM, "vim", "POST", "/vrm/v1/reservations", 201, response={"id": "r1"})


def run(actor: str, **changes: Any) -> dict[str, Any]:
    body = {
        "target": actor,
        "softwareVersion": "1.0.0",
        "suites": ["health", "system"],
        "resources": [{"provider": "vim", "reservationId": "r1"}],
        **changes,
    }
    location = f"/tester/v1/test_runs/run-{actor}"
    return message(FM, "tester", "POST", "/tester/v1/test_runs", 202, request=body, location=location)


def verdict(actor: str, value: str = "PASS") -> dict[str, Any]:
    return report("TestRunNotification", "tester", FM, testRunId=f"run-{actor}", state="COMPLETED", verdict=value)


def over(outcome: str = "RESTORED", id: str = "p1", to: str = "observer", **more: Any) -> dict[str, Any]:
    ended = {"state": "COMPLETED" if outcome == "RESTORED" else "FAILED", "restorationPointId": id}
    return report("FallbackNotification", FM, to, outcome=outcome, **ended, **more)


def vnfs(*running: str, known: tuple[str, ...] = ()) -> dict[str, Any]:
    """The observer reads the VNFM's books."""
    items = [{"id": each, "instantiationState": "INSTANTIATED"} for each in running]
    items += [{"id": each, "instantiationState": "NOT_INSTANTIATED"} for each in known]
    return message("observer", "vnfm", "GET", "/vnflcm/v1/vnf_instances", response=items)


def computes(*running: str) -> dict[str, Any]:
    items = [{"id": each, "state": "STARTED"} for each in running]
    return message("observer", "vim", "GET", "/vrm/v1/compute_resources", response=items)


def reservations(*ids: str) -> dict[str, Any]:
    return message("observer", "vim", "GET", "/vrm/v1/reservations", response=[{"id": each} for each in ids])


def really(actor: str, manager: str, *ids: str) -> dict[str, Any]:
    items = [{"id": each, "manager": manager} for each in ids]
    return message("observer", actor, "GET", "/managed/v1/instances", response=items)


STORY: dict[str, dict[str, Any]] = {
    "suites vnfm": suites("vnfm"),
    "suites vim": suites("vim"),
    "vnfs then": vnfs("a", known=("b",)),
    "point vnfm": point("vnfm"),
    "reservations then": reservations(),
    "point vim": point("vim"),
    "points vnfm": points("vnfm", "p1"),
    "points vim": points("vim", "p1"),
    "asked": asked(),
    "stop vnfm": stop("vnfm"),
    "stop vim": stop("vim"),
    "stopped vnfm": stopped("vnfm"),
    "stopped vim": stopped("vim"),
    "restore vnfm": restore("vnfm"),
    "restore vim": restore("vim"),
    "up vnfm": looks("vnfm", LOCKED),
    "up vim": looks("vim", LOCKED),
    "discovers vnfm": discovers("vnfm"),
    "discovers vim": discovers("vim"),
    "reconciled vnfm": reconciled("vnfm"),
    "reconciled vim": reconciled("vim"),
    "unlock vnfm": unlock("vnfm"),
    "unlock vim": unlock("vim"),
    "reserve": reserve(),
    "version vnfm": looks("vnfm", asker=FM),
    "version vim": looks("vim", asker=FM),
    "run vnfm": run("vnfm"),
    "look vnfm": looks("vnfm", asker="tester"),
    "passed vnfm": verdict("vnfm"),
    "run vim": run("vim"),
    "look vim": looks("vim", asker="tester"),
    "passed vim": verdict("vim"),
    "over": over(),
    "after vnfm": looks("vnfm"),
    "after vim": looks("vim"),
    "after vnf": looks("vnf"),
    "after nfvi": looks("nfvi"),
    "vnfs now": vnfs("c", known=("a", "b")),
    "computes now": computes("d"),
    "reservations now": reservations(),
    "really vnf": really("vnf", "vnfm", "c"),
    "really nfvi": really("nfvi", "vim", "d"),
}
"""A fallback that goes well, by a name for each message: VNF a is gone since the point, VNF c and compute d came."""


def case(*messages: dict[str, Any] | str, after: int = 0) -> Case:
    """The case of these messages in this order; a word stands for the message of that name in STORY."""
    lines = [STORY[line] if isinstance(line, str) else line for line in messages]
    return Case.of(History({}, told(*lines), complete=True), SCENARIO).moved_to(after)


def changed(*without: str, **instead: dict[str, Any]) -> Case:
    """The whole story, with messages left out or changed (an underscore in a name stands for a space)."""
    other = {name.replace("_", " "): line for name, line in instead.items()}
    return case(*(other.get(name, line) for name, line in STORY.items() if name not in without))


def earlier(name: str, before: str) -> Case:
    """The whole story, with one message told earlier."""
    names = [other for other in STORY if other != name]
    names.insert(names.index(before), name)
    return case(*names)
