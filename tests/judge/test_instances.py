"""Instances that come and go (clause 5.3.3): each rule on a few messages, some that pass and some that fail."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import harness.judge.rules  # noqa: F401
from harness.judge.case import Case
from harness.judge.registry import CONDITIONS, FLOW, PARTS, judge
from tests.judge import story
from tests.judge.story import IMPACTED, PROCESS, SWM, UP, message, report

A, B = "vnfm", "vnfm-b"
ENTITY = "/nfvmanocim/v2/mano_entity"
LOCKED = {"operationalState": "STARTED", "administrativeState": "LOCKED"}
DOWN = {"operationalState": "STOPPED", "administrativeState": "UNLOCKED"}
SERVES = [
    {"id": "vnflcm-v1", "towards": "IMPACTED_FE"},
    {"id": "entities-vnflcm-v1", "towards": "IMPACTED_ENTITY"},
]
ROOTS = {"vnflcm-v1": "/vnflcm/v1", "entities-vnflcm-v1": "/entities/vnflcm/v1"}
DESCRIBED = message("smm", A, "GET", f"{SWM}/capability", response={"serviceInterfaces": SERVES, "support": "NONE"})
RESERVED = story.CLEAN["reserve"]


def told(*messages: Any, after: int = 0, **facts: Any) -> Case:
    """The case of these messages, with a destination beside the target."""
    made = story.case(*messages, after=after, **facts)
    return replace(made, roles=replace(made.roles, destination=B))


def verdict(name: str, *messages: Any, after: int = 0, facts: Any = None, **arguments: Any) -> str:
    for rules in (FLOW, CONDITIONS, PARTS):
        if name in {rule.name for rule in rules}:
            return str(judge(rules.named(name), told(*messages, after=after, **(facts or {})), **arguments).verdict)
    raise KeyError(name)


def order(**changes: Any) -> dict[str, Any]:
    body = {
        "softwareVersion": "2.0.0",
        "applicationState": "STARTED_LOCKED",
        "replaces": A,
        "peers": IMPACTED,
        "resources": [{"provider": "vim", "reservationId": "r1"}],
        **changes,
    }
    location = f"{SWM}/instance_op_occs/i1"
    return message("smm", B, "POST", f"{SWM}/instance/instantiate", 202, request=body, location=location)


def came(actor: str = B, state: str = "COMPLETED", id: str = "i1") -> dict[str, Any]:
    news = "InstanceOperationOccurrenceNotification"
    return report(news, actor, "smm", instanceOpOccId=id, operationState=state)


def application(state: dict[str, str], actor: str = B) -> dict[str, Any]:
    return message("smm", actor, "GET", ENTITY, response={"type": "VNFM", "manoApplicationState": state})


def shown(actor: str = B, state: dict[str, str] | None = None, asker: str = "smm") -> dict[str, Any]:
    answer = [
        {"id": name, "type": "vnflcm", "interfaceState": state or UP, "apiEndpoint": {"apiUri": root}}
        for name, root in ROOTS.items()
    ]
    return message(asker, actor, "GET", f"{ENTITY}/mano_interfaces", response=answer)


def ended(actor: str = A, how: str = "GRACEFUL") -> dict[str, Any]:
    location = f"{SWM}/instance_op_occs/e1"
    body = {"terminationType": how}
    return message("smm", actor, "POST", f"{SWM}/instance/terminate", 202, request=body, location=location)


def turned(actor: str, interface: str, action: str, **more: Any) -> dict[str, Any]:
    body = {"operationalStateChange": {"operationalStateAction": action, **more}}
    return message("smm", actor, "POST", f"{ENTITY}/mano_interfaces/{interface}/change_state", 202, request=body)


def token(source: str, to: str) -> dict[str, Any]:
    return message(source, to, "POST", "/oauth2/token", 200)


def use(source: str, to: str, root: str = "/vnflcm/v1") -> dict[str, Any]:
    return message(source, to, "GET", f"{root}/vnf_instances", 200, response=[])


DATA = {"id": "s1", "type": "VNFM", "authenticationKeys": [{"client": "nfvo", "keyId": "k"}], "state": {}}


def given(actor: str = A) -> dict[str, Any]:
    return message("smm", actor, "POST", f"{SWM}/state_data/export", 200, response=DATA)


def taken(actor: str = B, **changes: Any) -> dict[str, Any]:
    return message("smm", actor, "POST", f"{SWM}/state_data/import", 204, request={**DATA, **changes})


def host(actor: str, state: str) -> dict[str, Any]:
    body = {"instantiationState": state, "resources": []}
    return message("observer", actor, "GET", f"{SWM}/instance", response=body)


def test_information_comes_from_the_source_or_is_right() -> None:
    read = message("smm", A, "GET", "/nfvmanocim/v2/peer_entities", response=[])
    assert verdict("instance_information_collected", read, order(peers=[])) == "pass"
    assert verdict("instance_information_collected", order()) == "pass"
    assert verdict("instance_information_collected", order(peers=[])) == "fail"


def test_information_is_collected_whether_or_not_an_instance_comes_of_it() -> None:
    """It is judged by itself: by what was read before anything followed from it."""
    read = message("smm", A, "GET", "/nfvmanocim/v2/peer_entities", response=[])
    assert verdict("instance_information_collected", read, "end") == "pass"
    assert verdict("instance_information_collected", story.run_asked(), read, "end") == "fail"


def test_on_the_way_back_it_is_known_or_looked_at() -> None:
    serving = (DESCRIBED, order(), shown(B))
    assert verdict("rollback_information_collected", *serving, shown(B), after=7) == "pass"
    assert verdict("rollback_information_collected", *serving, given(B), shown(B), after=7) == "fail"


@pytest.mark.parametrize(
    "change", [{"softwareVersion": "1.0.0"}, {"peers": ["nfvo"]}, {"resources": []}, {"replaces": "nfvo"}]
)
def test_an_instance_is_asked_for_with_all_it_needs(change: dict[str, Any]) -> None:
    arguments = {"instance": "destination", "version": "destination"}
    assert verdict("instance_requested", RESERVED, order(), **arguments) == "pass"
    assert verdict("instance_requested", RESERVED, order(**change), **arguments) == "fail"


def test_an_instance_is_locked_before_anybody_unlocks_it() -> None:
    assert verdict("instance_locked", order(), came(), application(LOCKED), instance="destination") == "pass"
    assert verdict("instance_locked", order(), came(), application(UP), instance="destination") == "fail"
    early = (DESCRIBED, order(), came(), application(LOCKED), shown(B))
    assert verdict("instance_locked", *early, instance="destination") == "fail"
    assert verdict("instance_locked", order(), came(), instance="destination") == "inconclusive"


def test_an_instance_that_is_not_unlocked_but_ended_was_locked() -> None:
    """What it shows after it was changed in whatever way is another matter."""
    seen = (order(), came(), application(LOCKED))
    assert verdict("instance_locked", *seen, ended(B), application(DOWN), instance="destination") == "pass"
    stop = turned(B, "vnflcm-v1", "STOP")
    assert verdict("instance_locked", *seen, stop, application(DOWN), instance="destination") == "pass"


def test_state_goes_over_whole() -> None:
    end = report(PROCESS, "smm", "observer", state="COMPLETED", outcome="DESTINATION_COMMITTED")
    assert verdict("state_transferred", given(), taken(), instance="destination") == "pass"
    assert verdict("state_transferred", given(), taken(state={"x": 1}), end, instance="destination") == "fail"
    assert verdict("state_taken_back", given(), taken(A)) == "pass"
    assert verdict("state_taken_back", given(), end) == "fail"


def test_an_application_is_unlocked_once_it_has_the_state() -> None:
    body = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}
    unlock = message("smm", B, "POST", f"{ENTITY}/change_state", 202, request=body)
    end = report(PROCESS, "smm", "observer", state="COMPLETED", outcome="DESTINATION_COMMITTED")
    assert verdict("application_unlocked", taken(), unlock, after=3, instance="destination") == "pass"
    assert verdict("application_unlocked", unlock, taken(), end, after=5, instance="destination") == "fail"


def test_interfaces_start_with_authentication_in_both_directions() -> None:
    start = (DESCRIBED, shown(B), turned(B, "vnflcm-v1", "START"))
    meeting = [line for actor in ("nfvo", "vim") for line in (token(B, actor), token(actor, B), use(actor, B))]
    end = report(PROCESS, "smm", "observer", state="COMPLETED", outcome="DESTINATION_COMMITTED")
    arguments = {"instance": "destination", "concerned": "impacted FEs"}
    assert verdict("instance_interfaces_started", *start, *meeting, end, **arguments) == "pass"
    one_way = [line for line in meeting if line["from"] != B]
    assert verdict("instance_interfaces_started", *start, *one_way, end, **arguments) == "fail"
    elsewhere = [{**line, "to": A} if line["to"] == B else line for line in meeting]
    assert verdict("instance_interfaces_started", *start, *elsewhere, end, **arguments) == "fail"


def test_interfaces_stop_gracefully() -> None:
    seen = (DESCRIBED, shown(A))
    arguments = {"instance": "source", "concerned": "impacted entities"}
    soft = turned(A, "entities-vnflcm-v1", "STOP", stopType="GRACEFUL")
    hard = turned(A, "entities-vnflcm-v1", "STOP", stopType="FORCEFUL")
    assert verdict("instance_interfaces_stopped", *seen, soft, **arguments) == "pass"
    assert verdict("instance_interfaces_stopped", *seen, hard, **arguments) == "fail"
    left = use("vnf", A, "/entities/vnflcm/v1")
    assert verdict("instance_interfaces_stopped", *seen, soft, left, **arguments) == "fail"


def test_an_instance_ends_when_it_is_shut_down() -> None:
    stops = [turned(A, name, "STOP", stopType="GRACEFUL") for name in ROOTS]
    before = (DESCRIBED, shown(A), *stops)
    over = came(A, id="e1")
    waits = {"instance": "source", "concerned": "impacted FEs"}
    assert verdict("instance_interfaces_down", *before, shown(A, DOWN), ended(), over, **waits) == "pass"
    assert verdict("instance_interfaces_down", *before, ended(), shown(A, DOWN), over, **waits) == "fail"
    assert verdict("instance_terminated", *before, shown(A, DOWN), ended(), over, instance="source") == "pass"
    assert verdict("instance_terminated", *before, ended(), over, instance="source") == "fail"
    forced = ended(how="FORCEFUL")
    assert verdict("instance_terminated", *before, shown(A, DOWN), forced, over, instance="source") == "fail"


def test_the_way_back_stays_until_the_other_instance_is_gone() -> None:
    over = (ended(), came(A, id="e1"))
    drop = message("smm", A, "DELETE", f"{SWM}/restoration_points/p1", 204)
    end = story.CLEAN["end"]
    left = [story.CLEAN[name] for name in ("after points", "after logs", "after reservations")]
    assert verdict("replacement_committed", "point", *over, drop, end, *left, instance="source") == "pass"
    assert verdict("replacement_committed", "point", drop, *over, end, *left, instance="source") == "fail"
    back = host(A, "INSTANTIATED")
    assert verdict("replacement_committed", "point", *over, drop, end, *left, back, instance="source") == "fail"


def test_nothing_is_left_of_who_is_gone() -> None:
    end = story.CLEAN["end"]
    held = story.listed("vim", "/vrm/v1/reservations", {"id": "r1", "allocations": [{"owner": B}]})
    free = story.CLEAN["after reservations"]
    assert verdict("instance_gone", end, host(B, "NOT_INSTANTIATED"), free, instance="destination") == "pass"
    assert verdict("instance_gone", end, host(B, "INSTANTIATED"), free, instance="destination") == "fail"
    assert verdict("instance_gone", end, host(B, "NOT_INSTANTIATED"), held, instance="destination") == "fail"


def test_some_instance_serves_at_every_moment() -> None:
    uses = [use("nfvo", A), use("vim", A), use("vnf", A, "/entities/vnflcm/v1"), use("em", B, "/entities/vnflcm/v1")]
    run = ("launch", DESCRIBED, shown(A), *uses)
    assert verdict("services_kept_up_between", *run, shown(A, DOWN), "end") == "fail"
    assert verdict("services_kept_up_between", *run, shown(B), shown(A, DOWN), "end") == "pass"
    refused = {**use("nfvo", A), "status": 503}
    assert verdict("services_kept_up_between", *run, refused, "end") == "fail"


def test_health_is_tested_of_a_locked_instance() -> None:
    listed = [{"name": "health", "scope": "TARGET", "needsService": False}]
    suites = message("smm", "tester", "GET", "/tester/v1/test_suites", response=listed)
    asked = story.run_asked(target=B, suites=["health"], applicationState="STARTED_LOCKED")
    reserve = story.CLEAN["reserve tests"]
    assert verdict("health_verified", suites, reserve, asked, instance="destination") == "pass"
    unlocked = story.run_asked(target=B, suites=["health"])
    assert verdict("health_verified", suites, reserve, unlocked, instance="destination") == "fail"
    again = {**asked, "location": "/tester/v1/test_runs/t2"}
    assert verdict("health_verified", suites, reserve, asked, story.verdict(), again, instance="destination") == "pass"
    assert verdict("health_verified", suites, reserve, asked, again, instance="destination") == "fail"


def test_a_tester_looks_at_the_instance() -> None:
    look = message("tester", B, "GET", ENTITY, response={"softwareVersion": "2.0.0"})
    asked = story.run_asked(target=B)
    assert verdict("instance_looked_at", asked, look, story.verdict(), after=2, instance="destination") == "pass"
    assert verdict("instance_looked_at", asked, story.verdict(), after=2, instance="destination") == "fail"


def test_tests_are_of_the_instance_and_its_version() -> None:
    """The rules of clause 5.2.2, with the instance as the target."""
    looked = [message("tester", B, "GET", ENTITY, response={}), *(story.check(a, asker="tester") for a in IMPACTED)]
    run = (story.suites("2.0.0"), story.CLEAN["reserve tests"], story.run_asked(target=B))
    both = {"instance": "destination", "version": "destination"}
    assert verdict("instance_tested", *run, **both) == "pass"
    assert verdict("instance_tested", *run, instance="source", version="destination") == "fail"
    assert verdict("instance_passed", *run, *looked, story.verdict(), **both) == "pass"
    assert verdict("instance_passed", *run, story.verdict(), **both) == "fail"
    assert verdict("health_found", *run, *looked, story.verdict(), **both) == "pass"
    assert verdict("health_found", *run, *looked, story.verdict("FAIL"), **both) == "fail"
    assert verdict("instance_not_passed", *run, story.verdict("FAIL"), **both) == "pass"
    assert verdict("instance_not_passed", *run, story.verdict(), "end", **both) == "fail"


def test_conditions_before() -> None:
    plans = story.listed("smm", "/smm/v1/execution_plans", {"id": "forklift", "support": "NONE"})
    other = story.listed("smm", "/smm/v1/execution_plans", {"id": "x", "support": "INTERNAL_SEAMLESS"})
    capable = message("observer", A, "GET", f"{SWM}/capability", response={**story.CAPABILITY, "support": "NONE"})
    assert verdict("plan_available", capable, plans) == "pass"
    assert verdict("plan_available", capable, other) == "fail"
    assert verdict("destination_host_available", capable, plans, host(B, "NOT_INSTANTIATED")) == "pass"
    assert verdict("destination_host_available", capable, plans, host(B, "INSTANTIATED")) == "fail"


def test_conditions_afterwards() -> None:
    end, gone, there = story.CLEAN["end"], "NOT_INSTANTIATED", "INSTANTIATED"
    new = [story.entity(B, "VNFM", "2.0.0"), shown(B, asker="observer")]
    old = [story.entity(A, "VNFM", "1.0.0"), shown(A, asker="observer")]
    assert verdict("destination_took_over", end, *new, host(A, gone)) == "pass"
    assert verdict("destination_took_over", end, *new, host(A, there)) == "fail"
    assert verdict("source_came_back", end, *old, host(B, gone)) == "pass"
    assert verdict("source_came_back", end, *old, host(B, there)) == "fail"


def test_parts() -> None:
    both = (story.entity(A, "VNFM", "1.0.0"), story.entity(B, "VNFM", "2.0.0"), order(), given(), taken(), ended())
    stranger = (story.entity(A, "VNFM", "1.0.0"), story.entity(B, "VIM", "2.0.0"), order(), given(), taken(), ended())
    assert verdict("source_played", *both, actors=(A,)) == "pass"
    assert verdict("source_played", *both[:-1], "end", actors=(A,)) == "fail"
    assert verdict("destination_played", *both, actors=(B,)) == "pass"
    assert verdict("destination_played", *stranger, actors=(B,)) == "fail"


TRIGGER = message(
    "nfvo", A, "POST", "/vnflcm/v1/vnf_instances/v/instantiate", 202, location="/vnflcm/v1/vnf_lcm_op_occs/7"
)


def news(state: str, source: str = B, to: str = "smm") -> dict[str, Any]:
    return report("VnfLcmOperationOccurrenceNotification", source, to, vnfLcmOpOccId="7", operationState=state)


def handling(action: str) -> dict[str, Any]:
    body = {"operationHandling": {"VNF_LCM": action}}
    return message("smm", A, "PUT", f"{SWM}/operation_handling", 204, request=body)


def test_operations_in_between_are_learned_of() -> None:
    assert verdict("operation_learned_between", order(), TRIGGER, news("STARTING", A), "end") == "pass"
    assert verdict("operation_learned_between", order(), TRIGGER, news("STARTING", A, "observer"), "end") == "fail"


def test_operations_in_between_are_handled() -> None:
    name = "operation_handled_between"
    execute = message("smm", B, "POST", f"{SWM}/pending_operations/1/execute", 202)
    onward = message("smm", B, "POST", "/tester/v1/test_runs", 202)
    told = report("x", A, "smm")
    pending = message(
        "smm", "nfvo", "POST", "/peer/v1/operation_notices", 204,
        request={"reason": "PENDING", "operationOccurrenceId": "7"},
    )  # fmt: skip
    ran = (TRIGGER, news("COMPLETED"), "end")
    assert verdict(name, handling("PARALLEL"), order(), *ran, action="PARALLEL") == "pass"
    assert verdict(name, handling("DELAY"), order(), TRIGGER, "end", action="DELAY") == "pass"
    assert verdict(name, handling("DELAY"), order(), *ran, action="DELAY") == "fail"
    assert verdict(name, order(), TRIGGER, "end", action="DELAY") == "fail"
    assert (
        verdict(name, handling("NOTIFY_CONSUMER"), order(), TRIGGER, pending, "end", action="NOTIFY_CONSUMER") == "pass"
    )
    assert verdict(name, handling("NOTIFY_CONSUMER"), order(), TRIGGER, told, "end", action="NOTIFY_CONSUMER") == "fail"
    halted = (handling("SUSPEND"), order(), TRIGGER, execute, news("COMPLETED"), onward, "end")
    assert verdict(name, *halted, action="SUSPEND") == "pass"
    hurried = (handling("SUSPEND"), order(), TRIGGER, execute, onward, news("COMPLETED"), onward, "end")
    assert verdict(name, *hurried, action="SUSPEND") == "fail"


def test_where_nothing_can_be_instantiated_nothing_is_changed() -> None:
    look = message("smm", A, "GET", ENTITY, response={})
    assert verdict("nothing_instantiated", look, "end") == "pass"
    assert verdict("nothing_instantiated", look, order(), "end") == "fail"
    assert verdict("nothing_instantiated", look, turned(A, "vnflcm-v1", "STOP"), "end") == "fail"


def test_what_failed_and_may_pass_is_tried_again() -> None:
    arguments = {"instance": "destination"}
    again = {**order(), "location": f"{SWM}/instance_op_occs/i2"}
    assert verdict("instance_retried", order(), came(state="ROLLED_BACK"), again, came(id="i2"), **arguments) == "pass"
    assert verdict("instance_retried", order(), came(state="ROLLED_BACK"), "end", **arguments) == "fail"
    assert verdict("instance_retried", order(), came(), "end", **arguments) == "fail"


def test_what_serves_is_not_started_anew() -> None:
    stop, start = turned(A, "vnflcm-v1", "STOP"), turned(A, "vnflcm-v1", "START")
    assert verdict("source_left_alone", order(), shown(A), stop, start, "end") == "pass"
    assert verdict("source_left_alone", order(), shown(A), start, "end") == "fail"
    assert verdict("source_left_alone", order(), shown(A), turned(A, "vnflcm-v1", "RESTART"), "end") == "fail"


def test_who_does_not_look_at_the_source_can_leave_it_alone() -> None:
    """Whoever goes by what it knows need not look; but somebody has to have been about to take its place."""
    assert verdict("source_left_alone", order(), "end") == "pass"
    assert verdict("source_left_alone", order(), turned(A, "vnflcm-v1", "START"), "end") == "fail"
    assert verdict("source_left_alone", shown(A), "end") == "fail"
