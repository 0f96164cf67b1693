"""Hand-written histories: the messages of a clean modification of a VNFM, to be told whole, in part or changed."""

from __future__ import annotations

from typing import Any

from harness.judge.case import Case
from harness.judge.history import History

SWM = "/nfvmanoswm/v1"
NEED = {"vcpu": 2, "memoryMiB": 4096, "storageGiB": 20}
IMPACTED = ["nfvo", "vim", "vnf", "em"]
SCENARIO: dict[str, Any] = {
    "roles": {
        "target": "vnfm",
        "impacted_fes": ["nfvo", "vim"],
        "impacted_entities": ["vnf", "em"],
        "provider": "vim",
        "consumer": "nfvo",
    },
    "versions": {"source": "1.0.0", "destination": "2.0.0"},
    "facts": {"operation": "VNF_LCM"},
}
UP = {"operationalState": "STARTED", "administrativeState": "UNLOCKED", "usageState": "IN_USE"}


def message(source: str, to: str, method: str, path: str, status: int | None = 200, **rest: Any) -> dict[str, Any]:
    """One exchange; `request`, `response`, `location`, `query` and `failure` as given."""
    return {"kind": "exchange", "from": source, "to": to, "method": method, "path": path, "status": status, **rest}


def report(type: str, source: str, to: str, **body: Any) -> dict[str, Any]:
    """One notification that was taken."""
    wire = message(source, to, "POST", "/callbacks", 204, request={"notificationType": type, **body})
    return {**wire, "kind": "notification"}


def entity(actor: str, type: str, version: str, asker: str = "observer") -> dict[str, Any]:
    body = {"type": type, "softwareVersion": version, "manoApplicationState": UP}
    return message(asker, actor, "GET", "/nfvmanocim/v2/mano_entity", response=body)


def check(actor: str, reachable: bool = True, asker: str = "observer", tries: bool = True) -> dict[str, Any]:
    """A peer check, with the use of the peer inside it (unless the actor does not even try)."""
    body = {"peer": "vnfm", "reachable": reachable, "status": 200 if reachable else None}
    use = message(actor, "vnfm", "GET", "/vnflcm/v1/vnf_instances", 200 if reachable else 503, response=[])
    inside = {"inside": [use]} if tries else {}
    return message(asker, actor, "POST", "/peer/v1/checks", request={"peer": "vnfm"}, response=body, **inside)


def interfaces(state: dict[str, str] | None = None) -> dict[str, Any]:
    answer = [{"type": "vnflcm", "interfaceState": state or UP}]
    return message("observer", "vnfm", "GET", "/nfvmanocim/v2/mano_entity/mano_interfaces", response=answer)


def reservation(id: str, purpose: str) -> dict[str, Any]:
    body = {"id": id, "purpose": purpose, "resources": NEED, "owner": "smm"}
    request = {"purpose": purpose, "resources": NEED}
    return message("smm", "vim", "POST", "/vrm/v1/reservations", 201, request=request, response=body)


def allocation(owner: str, reservation_id: str, id: str) -> dict[str, Any]:
    path = f"/vrm/v1/reservations/{reservation_id}/allocations"
    return message(owner, "vim", "POST", path, 201, response={"id": id, "owner": owner})


def freed(owner: str, reservation_id: str, id: str) -> dict[str, Any]:
    return message(owner, "vim", "DELETE", f"/vrm/v1/reservations/{reservation_id}/allocations/{id}", 204)


def request(version: str = "2.0.0", reservation_id: str = "r1", occurrence: str = "o1") -> dict[str, Any]:
    body = {
        "destinationSoftwareVersion": version,
        "resources": [{"provider": "vim", "reservationId": reservation_id}],
        "restorationPointId": "p1",
    }
    location = f"{SWM}/software_modification_op_occs/{occurrence}"
    return message("smm", "vnfm", "POST", f"{SWM}/software_modifications", 202, request=body, location=location)


def modification_report(state: str, result: str | None, version: str, occurrence: str = "o1") -> dict[str, Any]:
    return report(
        "SoftwareModificationOperationOccurrenceNotification",
        "vnfm",
        "smm",
        softwareModificationOpOccId=occurrence,
        operationState=state,
        result=result,
        softwareVersion=version,
    )


def run_asked(version: str = "2.0.0", id: str = "t1", **changes: Any) -> dict[str, Any]:
    body = {
        "target": "vnfm",
        "softwareVersion": version,
        "suites": ["health", "system"],
        "resources": [{"provider": "vim", "reservationId": "r2"}],
        "impacted": IMPACTED,
        **changes,
    }
    location = f"/tester/v1/test_runs/{id}"
    return message("smm", "tester", "POST", "/tester/v1/test_runs", 202, request=body, location=location)


def verdict(value: str | None = "PASS", state: str = "COMPLETED", id: str = "t1") -> dict[str, Any]:
    suites = [{"name": name, "verdict": value} for name in ("health", "system")]
    return report("TestRunNotification", "tester", "smm", testRunId=id, state=state, verdict=value, suites=suites)


def suites(version: str) -> dict[str, Any]:
    answer = [{"name": "health", "scope": "TARGET"}, {"name": "system", "scope": "SYSTEM"}]
    query = f"target=vnfm&softwareVersion={version}"
    return message("observer", "tester", "GET", "/tester/v1/test_suites", query=query, response=answer)


def listed(to: str, path: str, *items: dict[str, Any]) -> dict[str, Any]:
    return message("observer", to, "GET", path, response=list(items))


CAPABILITY = {
    "softwareVersion": "1.0.0",
    "availableSoftwareVersions": ["1.0.0", "2.0.0"],
    "additionalResources": {"modification": NEED},
    "interfaceCompatibility": [{"interface": "vnflcm/v1", "versions": ["1.0.0", "2.0.0"]}],
}
CAPACITY = {"total": {k: 9 * v for k, v in NEED.items()}, "available": {k: 9 * v for k, v in NEED.items()}}
POINT = {"id": "p1", "softwareVersion": "1.0.0", "scope": ["vnfm"]}
PROCESS = "SoftwareModificationProcessNotification"

CLEAN: dict[str, dict[str, Any]] = {
    "seen target": entity("vnfm", "VNFM", "1.0.0"),
    "seen nfvo": entity("nfvo", "NFVO", "1.0.0"),
    "seen vim": entity("vim", "VIM", "1.0.0"),
    "seen vnf": entity("vnf", "VNF", "1.0.0"),
    "seen em": entity("em", "EM", "1.0.0"),
    "seen capability": message("observer", "vnfm", "GET", f"{SWM}/capability", response=CAPABILITY),
    "seen capacity": message("observer", "vim", "GET", "/vrm/v1/capacity", response=CAPACITY),
    "suites 1": suites("1.0.0"),
    "suites 2": suites("2.0.0"),
    "seen plans": listed("smm", "/smm/v1/execution_plans", {"id": "internal-seamless"}),
    "seen processes": listed("smm", "/smm/v1/processes"),
    "launch": message("observer", "smm", "POST", "/smm/v1/processes", 202, location="/smm/v1/processes/1"),
    "capability": message("smm", "vnfm", "GET", f"{SWM}/capability", response=CAPABILITY),
    "reserve": reservation("r1", "SOFTWARE_MODIFICATION"),
    "reserve tests": reservation("r2", "TESTING"),
    "reserve rollback": reservation("r3", "SOFTWARE_ROLLBACK"),
    "point": message("smm", "vnfm", "POST", f"{SWM}/restoration_points", 201, response=POINT),
    "logs": message("smm", "vnfm", "POST", "/nfvmanologm/v1/log_jobs", 201, response={"id": "l1"}),
    "request": request(),
    "allocate": allocation("vnfm", "r1", "a1"),
    "use nfvo": check("nfvo"),
    "use vim": check("vim"),
    "use vnf": check("vnf"),
    "use em": check("em"),
    "interfaces": interfaces(),
    "free": freed("vnfm", "r1", "a1"),
    "completed": modification_report("COMPLETED", "SUCCESSFUL", "2.0.0"),
    "test": run_asked(),
    "allocate tests": allocation("tester", "r2", "a2"),
    "look": entity("vnfm", "VNFM", "2.0.0", asker="tester"),
    "ask nfvo": check("nfvo", asker="tester"),
    "ask vim": check("vim", asker="tester"),
    "ask vnf": check("vnf", asker="tester"),
    "ask em": check("em", asker="tester"),
    "free tests": freed("tester", "r2", "a2"),
    "passed": verdict(),
    "commit": message(
        "smm", "vnfm", "POST", f"{SWM}/software_modification_op_occs/o1/commit", 200, response={"committed": True}
    ),
    "end logs": message("smm", "vnfm", "DELETE", "/nfvmanologm/v1/log_jobs/l1", 204),
    "end point": message("smm", "vnfm", "DELETE", f"{SWM}/restoration_points/p1", 204),
    "end r1": message("smm", "vim", "DELETE", "/vrm/v1/reservations/r1", 204),
    "end r2": message("smm", "vim", "DELETE", "/vrm/v1/reservations/r2", 204),
    "end r3": message("smm", "vim", "DELETE", "/vrm/v1/reservations/r3", 204),
    "end": report(PROCESS, "smm", "observer", state="COMPLETED", outcome="DESTINATION_COMMITTED"),
    "after target": entity("vnfm", "VNFM", "2.0.0"),
    "after nfvo": entity("nfvo", "NFVO", "1.0.0"),
    "after vim": entity("vim", "VIM", "1.0.0"),
    "after vnf": entity("vnf", "VNF", "1.0.0"),
    "after em": entity("em", "EM", "1.0.0"),
    "after interfaces": interfaces(),
    "after use nfvo": check("nfvo"),
    "after use vim": check("vim"),
    "after use vnf": check("vnf"),
    "after use em": check("em"),
    "after points": listed("vnfm", f"{SWM}/restoration_points"),
    "after pending": listed("vnfm", f"{SWM}/pending_operations"),
    "after logs": listed("vnfm", "/nfvmanologm/v1/log_jobs"),
    "after reservations": listed("vim", "/vrm/v1/reservations"),
    "after processes": listed("smm", "/smm/v1/processes", {"id": "1"}),
}
"""The messages of a clean modification, by a name each, in their order."""


def told(*messages: dict[str, Any]) -> list[dict[str, Any]]:
    """The messages as entries of a history: one after the other, what stands inside one before its answer."""
    entries: list[dict[str, Any]] = []
    for number, line in enumerate(messages, 1):
        tick = 2 * number
        *within, outer = [*line.get("inside", ()), {name: value for name, value in line.items() if name != "inside"}]
        entries += [
            {**use, "sent": tick + 0.2 * i, "answered": tick + 0.2 * i + 0.1} for i, use in enumerate(within, 1)
        ]
        entries.append({**outer, "sent": tick, "answered": tick + 1})
    return [{"at": 0.1 * n, **entry, "n": n} for n, entry in enumerate(entries, 1)]


def case(*messages: dict[str, Any] | str, after: int = 0, **facts: Any) -> Case:
    """The case of these messages in this order; a word stands for the message of that name in CLEAN."""
    lines = [CLEAN[line] if isinstance(line, str) else line for line in messages]
    scenario = {**SCENARIO, "facts": {**SCENARIO["facts"], **facts}}
    return Case.of(History({}, told(*lines), complete=True), scenario).moved_to(after)


def clean(*, without: tuple[str, ...] = (), instead: dict[str, dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """The clean story, with messages left out or changed."""
    return [(instead or {}).get(name, line) for name, line in CLEAN.items() if name not in without]


def moved(name: str, before: str) -> list[dict[str, Any]]:
    """The clean story with one message told earlier."""
    names = [other for other in CLEAN if other != name]
    names.insert(names.index(before), name)
    return [CLEAN[other] for other in names]
