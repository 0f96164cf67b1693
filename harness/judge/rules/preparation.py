"""Begin and preparation: 5.2.2.5-1 begin and row 1, 5.2.2.7-1 row 2, 5.2.2.8-1 row 1."""

from __future__ import annotations

import math

from harness.judge.attempts import first_request, requests
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, passed
from harness.judge.history import Entry
from harness.judge.instances import TERMINATE
from harness.judge.provider import CAPACITY, RESERVATIONS, covers, needed
from harness.judge.registry import FLOW

LOG_JOBS = "/nfvmanologm/v1/log_jobs"
POINTS = "/nfvmanoswm/v1/restoration_points"


@FLOW("the SMM launches the software modification process")
def process_launched(case: Case) -> Finding:
    """Taken up from the external manager, once and for its target, and followed by what the SMM does in the lab."""
    roles = case.roles
    expected = case.arrow(roles.observer, roles.smm, "start software modification process")
    if case.launch is None:
        refused = list(case.history.find("POST", "/smm/v1/processes", to=roles.smm))
        return case.missing("a process that the SMM takes up", expected, refused)
    if wrong := _launched_otherwise(case):
        return failed(wrong, case.history.find("GET", "/smm/v1/processes", to=roles.smm), expected)
    others = (roles.target, roles.provider, roles.tester)
    first = next((e for e in case.history.find(source=roles.smm, after=case.launch.sent) if e.to in others), None)
    if first is None:
        return case.missing("a first step of the process that was taken up", expected, [case.launch])
    return passed(f"taken up, and the SMM turned to {first.to}", [case.launch, first], expected, case.launch.answered)


def _launched_otherwise(case: Case) -> str:
    """How the processes that the SMM tells of differ from those that it took up; empty when they do not."""
    roles = case.roles
    asked = case.history.find("POST", "/smm/v1/processes", source=roles.observer, to=roles.smm)
    taken = [entry for entry in asked if entry.ok]
    listed = case.history.find("GET", "/smm/v1/processes", source=roles.observer, to=roles.smm)
    told = {str(item.get("id")): str(item.get("target")) for entry in listed for item in entry.items}
    strange = sorted(set(told.values()) - {str(entry.asked("target")) for entry in taken})
    if strange:
        return f"launched for {', '.join(strange)}, which nobody asked for"
    if len(told) > len(taken):
        return f"{len(told)} processes were launched where {len(taken)} were asked for"
    return ""


def deadline(case: Case) -> float:
    """The tick before which preparation has to be done: the first request that may change the target."""
    request = first_request(case)
    return request.sent if request else math.inf


def in_time(case: Case, method: str, path: str, to: str) -> tuple[list[Entry], list[Entry]]:
    """The SMM's successful calls after the row before: those done before the target may change, and those too late."""
    limit = deadline(case)
    done = [e for e in case.history.find(method, path, source=case.roles.smm, to=to, after=case.after) if e.ok]
    return [e for e in done if e.answered < limit], [e for e in done if e.answered >= limit]


def _too_late(case: Case, what: str, late: list[Entry], path: str, to: str) -> Finding:
    expected = case.arrow(case.roles.smm, to, what)
    if late:
        return failed(f"{what}: only at n={late[0].n}, after the target had been asked to change", late, expected)
    asked = list(case.history.find("POST", path, source=case.roles.smm, to=to))
    request = first_request(case)
    if request and not asked:
        return failed(f"{what}: not done before the target was asked to change at n={request.n}", [request], expected)
    return case.absent(what, asked, expected)


@FLOW("the SMM makes sure of the resources of its plan before anything is changed")
def resources_secured(case: Case) -> Finding:
    """A reservation, or capacity that was read, is at least what the target's capability descriptor asks for."""
    provider = case.roles.provider
    amount = needed(case)
    made, late = in_time(case, "POST", RESERVATIONS, provider)
    read, _ = in_time(case, "GET", CAPACITY, provider)
    if not made and not read:
        return _too_late(case, "check or reserve resources", late, RESERVATIONS, provider)
    expected = case.arrow(case.roles.smm, provider, "check or reserve resources")
    enough = [
        e for e in made if e.asked("purpose") == "SOFTWARE_MODIFICATION" and covers(e.told("resources"), amount or {})
    ]
    enough += [e for e in read if amount is not None and covers(e.told("available"), amount)]
    if not enough:
        return failed(
            f"the resources that were secured are less than the {amount} that are needed", made + read, expected
        )
    return passed("the provider has the resources", enough, expected, max(entry.answered for entry in enough))


@FLOW("the SMM holds a restoration point of the target before anything is changed")
def restoration_point_held(case: Case) -> Finding:
    """One made or read before the request, of this target in its source version, and kept until the request."""
    target = case.roles.target
    made, late = in_time(case, "POST", POINTS, target)
    read_one, _ = in_time(case, "GET", POINTS + "/*", target)
    read_all, _ = in_time(case, "GET", POINTS, target)
    seen = [(entry, item) for entry in made + read_one + read_all for item in entry.items]
    expected = case.arrow(case.roles.smm, target, "make or find restoration point")
    if not seen:
        return _too_late(case, "make or find a restoration point", late, POINTS, target)
    there = [(e, item) for e, item in seen if not _never_there(case, POINTS, item.get("id"))]
    held = [entry for entry, item in there if _restores(case, item) and not _dropped(case, item.get("id"))]
    if not held:
        return failed(
            "no restoration point restores the target to its source version, or it was dropped before the request, "
            "or the target knows nothing of it",
            [entry for entry, _ in seen],
            expected,
        )
    return passed("the target can be restored to its source version", held, expected, max(e.answered for e in held))


def _restores(case: Case, point: dict[str, object]) -> bool:
    scope = point.get("scope")
    return point.get("softwareVersion") == case.version("source") and (
        isinstance(scope, list) and case.roles.target in scope
    )


def _dropped(case: Case, id: object) -> bool:
    limit = deadline(case)
    # without a request there is nothing to protect any more, and whoever gives up may clear away
    gone = case.history.find("DELETE", f"{POINTS}/{id}", to=case.roles.target, before=limit)
    return limit < math.inf and any(entry.ok for entry in gone)


def _never_there(case: Case, kind: str, id: object) -> bool:
    """Whether the target, asked for a thing or for its deletion, did not know it though nobody had deleted it."""
    path, target = f"{kind}/{id}", case.roles.target
    asked = [*case.history.find("GET", path, to=target), *case.history.find("DELETE", path, to=target)]
    first = next((e for e in sorted(asked, key=lambda e: e.sent) if e.status == 404 or e.method == "DELETE"), None)
    # with an instance that was ended, what it kept is gone as well
    ended = case.history.find("POST", TERMINATE, to=target, before=first.sent) if first else []
    return first is not None and first.status == 404 and not any(entry.ok for entry in ended)


@FLOW("the SMM starts special logs at the target before anything is changed")
def special_logs_started(case: Case) -> Finding:
    """A logging job of SOL 009 runs at the target before the request."""
    target = case.roles.target
    made, late = in_time(case, "POST", LOG_JOBS, target)
    if not made:
        return _too_late(case, "start special logs", late, LOG_JOBS, target)
    expected = case.arrow(case.roles.smm, target, "start special logs")
    if all(_never_there(case, LOG_JOBS, entry.told("id")) for entry in made):
        return failed("the target knows nothing of the logging job that it was to have started", made, expected)
    return passed("a logging job runs at the target", made, expected, made[0].answered)


@FLOW("the SMM reads from the target's descriptor what it can do")
def capability_read(case: Case) -> Finding:
    """Note 5: the SMM knows the entity's capability from its descriptor before it decides how to go on."""
    path = "/nfvmanoswm/v1/capability"
    roles = case.roles
    expected = case.arrow(roles.smm, roles.target, "read capability descriptor")
    limit = next((entry.sent for entry in requests(case)), math.inf)
    read = [e for e in case.history.find("GET", path, source=roles.smm, to=roles.target) if e.ok]
    early = [entry for entry in read if entry.answered < limit]
    if not early:
        late = "the descriptor was read only after the target had been asked to change"
        return failed(late, read, expected) if read else case.missing("a look at the target's descriptor", expected)
    return passed("the SMM read the descriptor first", early, expected)
