"""Two entities that are modified together (clause 5.4.2): whose messages mix, and what two findings come to."""

from __future__ import annotations

from typing import Any

from harness.judge.case import Case
from harness.judge.findings import Finding
from harness.judge.history import History
from harness.judge.pair import members, merged
from harness.judge.registry import FLOW, judge
from harness.judge.roles import Roles
from harness.judge.rules.two_entities import never_mixed, only_existing_ended, state_back_from_its_holder
from harness.judge.verdicts import Verdict
from tests.judge import story
from tests.judge.story import SWM, message

ROLES = Roles("vnfm", ("vim",), ("em", "oss"), "vim", "nfvo", destination="vnfm-b")
PAIR = [
    {"target": "vnfm", "destination": "vnfm-b", "impacted_fes": ["vim"], "impacted_entities": ["em"]},
    {"target": "nfvo", "destination": "nfvo-b", "impacted_fes": ["vim"], "impacted_entities": ["oss"]},
]


def case(*talks: tuple[str, str]) -> Case:
    """A case in which these actors sent something to those."""
    path = "/pair/vnflcm/v1/vnf_instances"
    said: list[dict[str, Any]] = [
        {"n": n, "kind": "exchange", "to": to, "from": source, "sent": n * 2, "answered": n * 2 + 1, "path": path}
        for n, (source, to) in enumerate(talks, 1)
    ]
    return Case(History({}, said), ROLES, {"source": "1.0.0", "destination": "2.0.0"}, 0, {"pair": PAIR})


def test_instances_of_the_same_version_may_talk() -> None:
    """Sources with sources, destinations with destinations."""
    assert never_mixed(case(("nfvo", "vnfm"), ("nfvo-b", "vnfm-b"))).verdict is Verdict.PASS


def test_a_source_that_talks_to_a_destination_is_found() -> None:
    """One message is one too many, in either direction."""
    assert never_mixed(case(("nfvo", "vnfm"), ("nfvo", "vnfm-b"))).verdict is Verdict.FAIL
    assert never_mixed(case(("nfvo-b", "vnfm"))).verdict is Verdict.FAIL


def test_silence_is_no_pass() -> None:
    """Nothing shows that they understand each other."""
    assert never_mixed(case()).verdict is not Verdict.PASS


def test_the_worse_finding_wins() -> None:
    """What is said of either is kept."""
    both = merged(members(case()), [Finding(Verdict.PASS, "well"), Finding(Verdict.FAIL, "late")])
    assert both.verdict is Verdict.FAIL
    assert both.reason == "vnfm: well; nfvo: late"


def lived(*lines: dict[str, Any]) -> Case:
    """A case of these lines, in their order."""
    said = [{"kind": "exchange", "status": 202, **line, "n": n, "sent": 2 * n, "answered": 2 * n + 1}
            for n, line in enumerate(lines, 1)]  # fmt: skip
    return Case(History({}, said), ROLES, {"source": "1.0.0", "destination": "2.0.0"}, 0, {"pair": PAIR})


def asked(actor: str, what: str, name: str) -> dict[str, Any]:
    """The SMM asks a host to instantiate or to terminate."""
    where = f"/nfvmanoswm/v1/instance_op_occs/{name}"
    return {"method": "POST", "path": f"/nfvmanoswm/v1/instance/{what}", "from": "smm", "to": actor, "location": where}


def told(actor: str, name: str, state: str) -> dict[str, Any]:
    """What became of it."""
    body = {"notificationType": "InstanceOperationOccurrenceNotification", "instanceOpOccId": name}
    return {"kind": "notification", "method": "POST", "path": "/callbacks/1", "from": actor, "to": "smm",
            "request": {**body, "operationState": state}, "status": 204}  # fmt: skip


FAILED_AT_3 = (
    asked("vnfm-b", "instantiate", "a"), told("vnfm-b", "a", "COMPLETED"),
    asked("nfvo-b", "instantiate", "b"), told("nfvo-b", "b", "ROLLED_BACK"),
)  # fmt: skip
ENDED = (asked("vnfm-b", "terminate", "c"), told("vnfm-b", "c", "COMPLETED"))


def test_only_what_came_to_be_is_ended() -> None:
    """One that stays is found, and so is a request for the end of one that never was."""
    assert only_existing_ended(lived(*FAILED_AT_3, *ENDED), "destination").verdict is Verdict.PASS
    assert only_existing_ended(lived(*FAILED_AT_3), "destination").verdict is not Verdict.PASS
    vain = {**asked("nfvo-b", "terminate", "d"), "status": 409}
    assert only_existing_ended(lived(*FAILED_AT_3, *ENDED, vain), "destination").verdict is Verdict.FAIL


def handed(giver: str, taker: str, data: str, status: int = 204) -> tuple[dict[str, Any], dict[str, Any]]:
    """State data that the SMM takes from one instance to another."""
    path = "/nfvmanoswm/v1/state_data"
    given = {"method": "POST", "path": f"{path}/export", "from": "smm", "to": giver, "response": {"data": data}}
    taken = {"method": "POST", "path": f"{path}/import", "from": "smm", "to": taker, "request": {"data": data}}
    return {**given, "status": 200}, {**taken, "status": status}


def test_state_comes_back_from_whoever_had_it_last() -> None:
    """From the destination that took it over, else from the source itself; never the older one of the two."""
    over, refused = handed("vnfm", "vnfm-b", "new"), handed("vnfm", "vnfm-b", "new", 403)
    back, own = handed("vnfm-b", "vnfm", "newer"), handed("vnfm", "vnfm", "old")
    for there, here, verdict in (
        (over, back, Verdict.PASS),
        (over, own, Verdict.FAIL),
        (refused, own, Verdict.PASS),
        (refused, back, Verdict.FAIL),
    ):
        one = members(lived(*there, *here))[0].moved_to(2 * len(there) + 1)
        assert state_back_from_its_holder(one).verdict is verdict


def _unlocking(*order: str) -> Finding:
    """Two destinations that are made, found healthy and unlocked, in this order of parts."""

    unlock = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}
    parts: dict[str, list[dict[str, Any]]] = {}
    for name in ("vnfm", "nfvo"):
        asked = story.run_asked(target=f"{name}-b", id=f"t-{name}")
        change = "/nfvmanocim/v2/mano_entity/change_state"
        parts[f"make {name}"] = [message("smm", f"{name}-b", "POST", f"{SWM}/instance/instantiate", 202)]
        parts[f"test {name}"] = [asked, story.verdict(id=f"t-{name}")]
        parts[f"unlock {name}"] = [message("smm", f"{name}-b", "POST", change, 202, request=unlock)]
    told = story.case("launch", *(one for name in order for one in parts[name]), "end", pair=PAIR)
    return judge(FLOW.named("pair_synchronised"), told, instance="destination")


def test_neither_is_unlocked_before_both_are_healthy() -> None:
    """Clause 5.4.2.1: the step that joins the two is for two that are up and running, and locked."""
    made = ("make vnfm", "make nfvo")
    right = _unlocking(*made, "test vnfm", "test nfvo", "unlock vnfm", "unlock nfvo")
    assert "healthy" not in right.reason
    wrong = _unlocking(*made, "test vnfm", "unlock vnfm", "test nfvo", "unlock nfvo")
    assert wrong.verdict is Verdict.FAIL
    assert wrong.reason == "vnfm-b was unlocked before nfvo-b was found healthy"
