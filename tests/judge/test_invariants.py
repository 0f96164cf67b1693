"""The six invariants, each on hand-written histories: one that passes, those that fail, and too little to tell."""

from __future__ import annotations

from typing import Any

import pytest

from harness.judge.case import Case
from harness.judge.findings import Finding
from harness.judge.history import History
from harness.judge.invariants import INVARIANTS
from harness.judge.registry import judge
from harness.judge.verdicts import Verdict
from tests.judge.story import CLEAN, PROCESS, SCENARIO, SWM, UP, case, clean, entity, listed, message, report, told

CIM = "/nfvmanocim/v2/mano_entity/mano_interfaces"
DOWN = {"operationalState": "STOPPED", "administrativeState": "UNLOCKED"}
LOCKED = {"operationalState": "STARTED", "administrativeState": "LOCKED"}


def found(name: str, what: Case) -> Finding:
    return judge(INVARIANTS.named(name), what)


def look(actor: str = "vnfm", asker: str = "observer", **states: dict[str, str]) -> dict[str, Any]:
    """A look at all interfaces: `v1=UP` is the interface v1, served at /vnflcm/v1."""
    items = [
        {"id": name, "type": "vnflcm", "interfaceState": state, "apiEndpoint": {"apiUri": f"/vnflcm/{name}"}}
        for name, state in states.items()
    ]
    return message(asker, actor, "GET", CIM, response=items)


def news(interface: str, state: dict[str, str], actor: str = "vnfm", to: str = "observer") -> dict[str, Any]:
    return report("ChangeStateNotification", actor, to, managedObjectRef={"subObjectId": interface}, **state)


def change(interface: str, action: str, status: int = 202) -> dict[str, Any]:
    kind = "operational" if action in ("START", "STOP") else "administrative"
    body = {f"{kind}StateChange": {f"{kind}StateAction": action}}
    return message("smm", "vnfm", "POST", f"{CIM}/{interface}/change_state", status, request=body)


def modify(version: str, occurrence: str = "o1", to: str = "vnfm") -> dict[str, Any]:
    location = f"{SWM}/software_modification_op_occs/{occurrence}"
    body = {"destinationSoftwareVersion": version}
    return message("smm", to, "POST", f"{SWM}/software_modifications", 202, request=body, location=location)


def instance(task: str) -> dict[str, Any]:
    return message("smm", "vnfm", "POST", f"{SWM}/instance/{task}", 202)


def ended(outcome: str, **more: Any) -> dict[str, Any]:
    return report(PROCESS, "smm", "observer", state="COMPLETED", outcome=outcome, processId="1", **more)


def committed(occurrence: str = "o1", to: str = "vnfm") -> dict[str, Any]:
    path = f"{SWM}/software_modification_op_occs/{occurrence}/commit"
    return message("smm", to, "POST", path, response={"committed": True})


def struck(fault: str, actor: str = "vnfm") -> dict[str, Any]:
    return {"kind": "fault", "to": actor, "event": "struck", "fault": fault, "detail": {"id": "f1"}}


TESTS_FAILED = report("TestRunNotification", "tester", "smm", state="COMPLETED", verdict="FAIL")
OPERATION = message(
    "nfvo", "vnfm", "POST", "/vnflcm/v1/vnf_instances/i1/instantiate", 202, location="/vnflcm/v1/vnf_lcm_op_occs/x1"
)


def lcm(state: str, id: str = "x1", **more: Any) -> dict[str, Any]:
    kind = "VnfLcmOperationOccurrenceNotification"
    return report(kind, "vnfm", "observer", vnfLcmOpOccId=id, operationState=state, **more)


def two(*messages: dict[str, Any] | str, **others: str) -> Case:
    """A case in which vnfm-b takes the place of vnfm."""
    roles = {**SCENARIO["roles"], "destination": "vnfm-b", "others": others}
    lines = [CLEAN[line] if isinstance(line, str) else line for line in messages]
    return Case.of(History({}, told(*lines), complete=True), {**SCENARIO, "roles": roles})


@pytest.mark.parametrize("name", [rule.name for rule in INVARIANTS])
def test_an_empty_history_is_not_judged(name: str) -> None:
    """Where nothing was seen nothing holds, and nothing is broken."""
    assert found(name, case()).verdict is Verdict.INCONCLUSIVE


@pytest.mark.parametrize("name", [rule.name for rule in INVARIANTS if rule.name != "mirror"])
def test_a_clean_modification_keeps_all_of_them(name: str) -> None:
    """The whole story, in which nothing is rolled back."""
    finding = found(name, case(*clean()))
    assert finding.verdict is Verdict.PASS, finding.reason
    assert finding.evidence


@pytest.mark.parametrize("name", [rule.name for rule in INVARIANTS])
def test_none_breaks_over_a_part_of_a_story(name: str) -> None:
    """Whatever a story breaks off at; an error would be the harness' own."""
    lines = list(CLEAN)
    for length in range(0, len(lines), 3):
        assert found(name, case(*lines[:length])).verdict is not Verdict.ERROR


CONTINUITY = {
    "one takes over from the other": (Verdict.PASS, [look(v1=UP, v2=LOCKED), news("v2", UP), news("v1", DOWN)]),
    "a gap between them": (Verdict.FAIL, [look(v1=UP, v2=LOCKED), news("v1", DOWN), news("v2", UP)]),
    "down in a look": (Verdict.FAIL, [look(v1=UP), look(v1=DOWN)]),
    "never up": (Verdict.PASS, [look(v1=LOCKED), look(v1=LOCKED)]),
    "a peer is not answered": (Verdict.FAIL, [message("nfvo", "vnfm", "GET", "/vnflcm/v1/vnf_instances", 503)]),
    "a peer is not answered after a crash": (
        Verdict.PASS,
        [
            look(v1=UP),
            struck("crash"),
            message("nfvo", "vnfm", "GET", "/vnflcm/v1/vnf_instances", None, failure="refused"),
        ],
    ),
    "a VNF is forgotten": (
        Verdict.FAIL,
        [message("nfvo", "vnfm", "GET", "/vnflcm/v1/vnf_instances", response=items) for items in ([{"id": "i1"}], [])],
    ),
    "an interval of a fallback": (
        Verdict.PASS,
        [look(v1=UP), message("observer", "vnfm", "POST", f"{SWM}/restoration_points/p1/restore", 202), look(v1=DOWN)],
    ),
    "an operation is run": (Verdict.PASS, [OPERATION, lcm("STARTING"), lcm("PROCESSING"), lcm("COMPLETED")]),
    "an operation is lost": (Verdict.FAIL, [OPERATION, lcm("STARTING"), lcm("FAILED")]),
    "an operation is run twice": (
        Verdict.FAIL,
        [
            OPERATION,
            lcm("COMPLETED"),
            {**OPERATION, "location": "/vnflcm/v1/vnf_lcm_op_occs/x2"},
            lcm("COMPLETED", "x2"),
        ],
    ),
    "an operation nobody triggered": (
        Verdict.FAIL,
        [OPERATION, lcm("COMPLETED"), lcm("STARTING", "x9", requestedBy="nfvo")],
    ),
    "an operation is left hanging": (Verdict.FAIL, [OPERATION, lcm("PROCESSING"), ended("DESTINATION_COMMITTED")]),
    "an operation is left pending": (
        Verdict.FAIL,
        [OPERATION, ended("DESTINATION_COMMITTED"), listed("vnfm", f"{SWM}/pending_operations", {"id": "q1"})],
    ),
}


@pytest.mark.parametrize("story", CONTINUITY)
def test_continuity(story: str) -> None:
    """Interfaces at every change that is told, uses by peers, what is managed, and operations."""
    verdict, messages = CONTINUITY[story]
    assert found("continuity", case(*messages)).verdict is verdict


def test_continuity_spans_two_instances() -> None:
    """The service of one that stops is served by the other."""
    start = (look(v1=UP), look("vnfm-b", v1=LOCKED))
    over = (news("v1", UP, "vnfm-b"), news("v1", DOWN))
    assert found("continuity", two(*start, *over)).verdict is Verdict.PASS
    assert found("continuity", two(*start, *reversed(over))).verdict is Verdict.FAIL


def test_a_fallback_manager_interrupts_services_on_purpose() -> None:
    """From the first that it asks of an instance; whoever else stops a service breaks it."""
    stop = {**change("v1", "STOP"), "from": "fallback-manager"}
    story = (look(v1=UP), stop, news("v1", DOWN))
    assert found("continuity", two(*story, fallback_manager="fallback-manager")).verdict is Verdict.PASS
    assert found("continuity", two(*story)).verdict is Verdict.FAIL


def test_a_look_that_overlaps_with_a_change_tells_nothing() -> None:
    """Over sockets its answer may be older than what was notified meanwhile."""
    stale = {**look(v1=UP, v2=LOCKED), "inside": [news("v2", UP)]}
    assert found("continuity", case(look(v1=UP, v2=LOCKED), stale, news("v1", DOWN))).verdict is Verdict.PASS


CLOSURE = {
    "committed": (
        Verdict.PASS,
        ["launch", committed(), ended("DESTINATION_COMMITTED"), entity("vnfm", "VNFM", "2.0.0")],
    ),
    "nothing committed": (Verdict.FAIL, ["launch", "request", ended("DESTINATION_COMMITTED")]),
    "nothing that an instance could commit": (Verdict.PASS, ["launch", ended("DESTINATION_COMMITTED")]),
    "another version": (
        Verdict.FAIL,
        ["launch", committed(), ended("SOURCE_COMMITTED"), entity("vnfm", "VNFM", "2.0.0")],
    ),
    "something in between": (Verdict.FAIL, ["launch", ended("HALFWAY")]),
    "fallen back": (Verdict.PASS, ["launch", ended("FALLEN_BACK"), entity("vnfm", "VNFM", "1.0.0")]),
    "a person, with a reason": (Verdict.PASS, ["launch", ended("FALLBACK_NEEDED", reason="it crashed")]),
    "a person, without a reason": (Verdict.FAIL, ["launch", ended("FALLBACK_NEEDED")]),
    "nothing changed, they say": (Verdict.FAIL, ["launch", "request", ended("NOT_STARTED")]),
    "no end": (Verdict.INCONCLUSIVE, ["launch", "request"]),
}


@pytest.mark.parametrize("story", CLOSURE)
def test_closure(story: str) -> None:
    """What is said of the end is in the list, and what is seen bears it out."""
    verdict, messages = CLOSURE[story]
    assert found("closure", case(*messages)).verdict is verdict


def test_closure_looks_at_the_operations_that_are_left() -> None:
    """None of them is under way, and the last is committed."""
    path = f"{SWM}/software_modification_op_occs"
    for item in ({"operationState": "PROCESSING"}, {"operationState": "COMPLETED", "committed": False}):
        story = ["launch", committed(), ended("DESTINATION_COMMITTED"), listed("vnfm", path, {"id": "o1", **item})]
        assert found("closure", case(*story)).verdict is Verdict.FAIL


def test_closure_of_a_process_that_leads_back() -> None:
    """After a commit a second process may have the old version for its destination."""
    again = {**CLEAN["launch"], "request": {"destinationSoftwareVersion": "1.0.0"}}
    story = ("launch", again, committed(), ended("DESTINATION_COMMITTED"), entity("vnfm", "VNFM", "1.0.0"))
    assert found("closure", case(*story)).verdict is Verdict.PASS


def test_leaks_are_seen_at_who_keeps_the_things() -> None:
    """A reservation, a point, a job: what the observer still finds after the end."""
    for name, to, path, left in (
        ("after reservations", "vim", "/vrm/v1/reservations", "r1"),
        ("after points", "vnfm", f"{SWM}/restoration_points", "p1"),
        ("after logs", "vnfm", "/nfvmanologm/v1/log_jobs", "l1"),
    ):
        assert found("leaks", case(*clean(instead={name: listed(to, path, {"id": left})}))).verdict is Verdict.FAIL


def test_resources_that_the_successor_runs_on_are_no_leak() -> None:
    """The reservation that a destination was instantiated on stays with it."""
    taken = message("vnfm-b", "vim", "POST", "/vrm/v1/reservations/r1/allocations", 201, response={"id": "a9"})
    left = listed("vim", "/vrm/v1/reservations", {"id": "r1"})
    assert found("leaks", two("reserve", taken, ended("DESTINATION_COMMITTED"), left)).verdict is Verdict.PASS
    assert found("leaks", two("reserve", taken, ended("SOURCE_COMMITTED"), left)).verdict is Verdict.FAIL


def test_a_subscription_is_taken_back_over_any_interface() -> None:
    """It was made at the old one, which is gone; what is still listed, or was never deleted, is left."""
    made = message("smm", "vnfm", "POST", "/vnflcm/v1/subscriptions", 201, response={"id": "s1"})
    gone = message("smm", "vnfm", "DELETE", "/vnflcm/v2/subscriptions/s1", 204)
    still = listed("vnfm", "/vnflcm/v1/subscriptions", {"id": "s1"})
    end = ended("DESTINATION_COMMITTED")
    assert found("leaks", case(made, gone, end)).verdict is Verdict.PASS
    assert found("leaks", case(made, end)).verdict is Verdict.FAIL
    assert found("leaks", case(made, gone, end, still)).verdict is Verdict.FAIL


def test_a_person_may_need_what_is_there() -> None:
    """So nothing is a leak then."""
    story = [*clean(without=("end r1", "end"))[:-9], ended("FALLBACK_NEEDED", reason="it crashed")]
    assert found("leaks", case(*story)).verdict is Verdict.INCONCLUSIVE


def test_an_instance_that_was_to_go_is_a_leak() -> None:
    """After a rollback the destination, after a success the source."""
    at_work = entity("vnfm-b", "VNFM", "2.0.0")
    assert found("leaks", two("reserve", ended("SOURCE_COMMITTED"), at_work)).verdict is Verdict.FAIL
    assert found("leaks", two(ended("DESTINATION_COMMITTED"), at_work)).verdict is Verdict.INCONCLUSIVE
    assert found("leaks", two(ended("DESTINATION_COMMITTED"), entity("vnfm", "VNFM", "1.0.0"))).verdict is Verdict.FAIL


DONE = [modify("2.0.0"), change("new", "UNLOCK"), change("old", "STOP")]
UNDONE = [change("old", "START"), change("new", "STOP"), modify("1.0.0", "o2")]
END = ended("SOURCE_COMMITTED")
MIRROR = {
    "in reverse": (Verdict.PASS, [*DONE, TESTS_FAILED, *UNDONE, END]),
    "in the same order": (Verdict.FAIL, [*DONE, TESTS_FAILED, *reversed(UNDONE), END]),
    "what was never done": (Verdict.FAIL, [DONE[0], TESTS_FAILED, change("other", "STOP"), UNDONE[2], END]),
    "not all of it": (Verdict.FAIL, [*DONE, TESTS_FAILED, UNDONE[2], END, look(old=DOWN, new=UP)]),
    "a unit locked meanwhile": (
        Verdict.PASS,
        [DONE[0], TESTS_FAILED, change("unit", "LOCK"), UNDONE[2], change("unit", "UNLOCK"), END],
    ),
    "an instance that came goes": (
        Verdict.PASS,
        [
            instance("instantiate"),
            change("new", "START"),
            TESTS_FAILED,
            change("new", "STOP"),
            instance("terminate"),
            END,
        ],
    ),
    "an instance goes before it is left": (
        Verdict.FAIL,
        [
            instance("instantiate"),
            change("new", "START"),
            TESTS_FAILED,
            instance("terminate"),
            change("new", "STOP"),
            END,
        ],
    ),
    "nothing rolled back": (Verdict.INCONCLUSIVE, [*DONE, ended("DESTINATION_COMMITTED")]),
}


@pytest.mark.parametrize("story", MIRROR)
def test_undo_mirrors_do(story: str) -> None:
    """What the SMM asked for before the turn, and after."""
    verdict, messages = MIRROR[story]
    assert found("mirror", case("launch", *messages)).verdict is verdict


BACK = message("observer", "smm", "POST", "/smm/v1/processes/1/rollback", 202)
REFUSED = {**BACK, "status": 409}
WAITS = report(PROCESS, "smm", "observer", state="AWAITING_COMMIT", processId="1")
COMMIT = {
    "nothing after it": (Verdict.PASS, [DONE[0], committed()]),
    "a rollback after it": (Verdict.FAIL, [DONE[0], committed(), UNDONE[2]]),
    "a rollback taken up after it": (Verdict.FAIL, [DONE[0], committed(), BACK]),
    "a rollback refused after it": (Verdict.PASS, [DONE[0], committed(), REFUSED]),
    "a rollback refused before it": (Verdict.FAIL, [DONE[0], WAITS, REFUSED]),
    "a point thrown away before it": (Verdict.FAIL, ["point", DONE[0], "end point", committed()]),
    "another process after it": (Verdict.PASS, [DONE[0], committed(), "launch", UNDONE[2], committed("o2")]),
    "neither": (Verdict.INCONCLUSIVE, []),
}


@pytest.mark.parametrize("story", COMMIT)
def test_the_commit_is_final(story: str) -> None:
    """In each process by itself."""
    verdict, messages = COMMIT[story]
    assert found("commit", case("launch", *messages)).verdict is verdict


def test_peers_agree_on_who_serves() -> None:
    """Whoever does not reach what lives, or still uses an interface that does not work, disagrees."""
    end, use = CLEAN["end"], CLEAN["after use nfvo"]
    assert found("peers", case(end, use, look(v1=UP))).verdict is Verdict.PASS
    assert found("peers", case(end, use, look(v1=DOWN))).verdict is Verdict.FAIL
    lost = {**use, "response": {"peer": "vnfm", "reachable": False}}
    assert found("peers", case(end, lost)).verdict is Verdict.FAIL
    assert found("peers", case(end)).verdict is Verdict.INCONCLUSIVE


def test_peers_turn_to_the_instance_that_takes_over() -> None:
    """And are authenticated there; whoever still uses the other one disagrees."""
    to_new: dict[str, Any] = {"peer": "vnfm-b", "reachable": True}
    use = message("nfvo", "vnfm-b", "GET", "/vnflcm/v1/vnf_instances", response=[])
    turned = {
        **message("observer", "nfvo", "POST", "/peer/v1/checks", request=to_new, response=to_new),
        "inside": [use],
    }
    token = message("nfvo", "vnfm-b", "POST", "/oauth2/token")
    end = ended("DESTINATION_COMMITTED")
    assert found("peers", two(token, end, turned)).verdict is Verdict.PASS
    assert found("peers", two(end, turned)).verdict is Verdict.FAIL
    assert found("peers", two(end, CLEAN["after use nfvo"])).verdict is Verdict.FAIL
    asked_for_the_old = {**turned, "request": {"peer": "vnfm"}}
    assert found("peers", two(token, end, asked_for_the_old)).verdict is Verdict.PASS
