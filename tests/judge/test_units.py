"""Redundancy units (5.3.2.5-1): a replacement told in a few messages, whole and with one thing wrong."""

from __future__ import annotations

from typing import Any

import pytest

import harness.judge.rules  # noqa: F401  (registers the rules)
from harness.judge.findings import Finding
from harness.judge.registry import CONDITIONS, FLOW, PARTS, judge
from tests.judge import story
from tests.judge.story import SWM, case, message, report

UNITS, OCCURRENCES = f"{SWM}/redundancy_units", f"{SWM}/redundancy_unit_op_occs"
STATES = {"up": ("STARTED", "UNLOCKED"), "locked": ("STARTED", "LOCKED"), "down": ("STOPPED", "UNLOCKED")}
UNLOCK = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}
STOP = {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": "GRACEFUL"}}
FORCE = {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": "FORCEFUL"}}
NEWS = "RedundancyUnitOperationOccurrenceNotification"
END = story.CLEAN["end"]
Message = dict[str, Any]


def unit(id: str, version: str = "1.0.0", state: str = "up", **more: Any) -> Message:
    operational, administrative = STATES[state]
    found = {"operationalState": operational, "administrativeState": administrative}
    towards = {"fe": "IMPACTED_FE", "entity": "IMPACTED_ENTITY"}
    interfaces = [{"id": name, "towards": one, "interfaceState": found} for name, one in towards.items()]
    return {"id": id, "softwareVersion": version, "unitState": found, "serviceInterfaces": interfaces, **more}


def look(*units: Message, by: str = "smm") -> Message:
    return message(by, "vnfm", "GET", UNITS, response=list(units))


def asked(path: str, body: Message, occurrence: str, status: int = 202) -> Message:
    location = f"{OCCURRENCES}/{occurrence}" if status == 202 else None
    return message("smm", "vnfm", "POST", f"{UNITS}{path}", status, request=body, location=location)


def made(replaces: str = "s", occurrence: str = "o1", version: str = "2.0.0", **changes: Any) -> Message:
    resources = [{"provider": "vim", "reservationId": "r1"}]
    return asked("", {"softwareVersion": version, "replaces": replaces, "resources": resources, **changes}, occurrence)


def news(operation: str, occurrence: str, id: str, state: str = "COMPLETED", now: str = "locked") -> Message:
    operational, administrative = STATES[now]
    return report(
        NEWS, "vnfm", "smm", operation=operation, operationState=state, redundancyUnitOpOccId=occurrence,
        redundancyUnitId=id, operationalState=operational, administrativeState=administrative,
    )  # fmt: skip


def started(id: str = "d") -> tuple[Message, Message]:
    paths = (f"/{id}/service_interfaces/{name}/change_state" for name in ("fe", "entity"))
    one, other = (asked(path, UNLOCK, f"u-{path}") for path in paths)
    return one, other


def stopped(id: str = "s", body: Message = STOP) -> Message:
    return asked(f"/{id}/change_state", body, f"stop-{id}")


def ended(id: str = "s", how: str = "GRACEFUL", occurrence: str = "t1") -> tuple[Message, Message]:
    request = asked(f"/{id}/terminate", {"terminationType": how}, occurrence)
    return request, news("TERMINATE", occurrence, id, now="down")


def verified(id: str = "d", run: str = "t1", verdict: str = "PASS", version: str = "2.0.0") -> tuple[Message, ...]:
    asked_for = story.run_asked(version, run, redundancyUnitId=id, suites=["health"])
    return (
        asked_for,
        look(unit(id, version, "locked", synchronisedFrom="s"), by="tester"),
        story.verdict(verdict, id=run),
    )


BEFORE = (look(unit("s"), by="observer"), "launch", "reserve", "reserve tests")
NEW = (made(), news("INSTANTIATE", "o1", "d"))
SYNCED = {"replaces": "s", "synchronisedFrom": "s"}
SERVES = look(unit("d", "2.0.0", **SYNCED), unit("s"))
DOWN = look(unit("d", "2.0.0", **SYNCED), unit("s", state="down"))
GONE = look(unit("d", "2.0.0", **SYNCED), by="observer")
WHOLE = (*BEFORE, *NEW, *verified(), *started(), SERVES, stopped(), DOWN, *ended(), END, GONE)


def found(name: str, *messages: Message | str, after: int = 0, **arguments: Any) -> Finding:
    return judge(FLOW.named(name), case(*messages, after=after), **arguments)


CONCERNED = {"concerned": "impacted entities"}
ROWS: list[tuple[str, dict[str, Any]]] = [
    ("units_instantiated", {}),
    ("unit_tests_invoked", {}),
    ("units_tested", {}),
    ("units_healthy", {}),
    ("units_synchronised", {}),
    ("units_started", CONCERNED),
    ("units_started", {"concerned": "impacted FEs"}),
    ("units_stopped", {}),
    ("units_terminated", {}),
    ("one_at_a_time", {}),
]


@pytest.mark.parametrize(("name", "arguments"), ROWS)
def test_a_whole_replacement_passes(name: str, arguments: dict[str, Any]) -> None:
    """Every row of it, as the flow has them."""
    verdict = found(name, *WHOLE, version="destination", **arguments)
    assert verdict.verdict == "pass", verdict.reason


BOTH = look(unit("d", "2.0.0"), unit("s"), by="observer")
UNLOCKED = (made(), news("INSTANTIATE", "o1", "d", now="up"))
REFUSED = asked("/s/terminate", {"terminationType": "GRACEFUL"}, "", 409)
WRONG: list[tuple[str, dict[str, Any], tuple[Message | str, ...]]] = [
    ("units_instantiated", {}, (*BEFORE, *UNLOCKED, END)),
    ("units_instantiated", {}, (*BEFORE, made("x"), NEW[1], END)),
    ("units_instantiated", {}, (*BEFORE, made(resources=[]), NEW[1], END)),
    ("units_instantiated", {}, (*BEFORE, *NEW, made(occurrence="o2"), news("INSTANTIATE", "o2", "d2"), END)),
    ("unit_tests_invoked", {}, (*BEFORE, *NEW, *started(), *verified(), END)),
    ("unit_tests_invoked", {}, (*BEFORE, *NEW, *verified(version="1.0.0"), *started(), END)),
    ("unit_tests_invoked", {}, (*BEFORE, *NEW, verified()[0], *verified(run="t2"), *started(), END)),
    ("units_tested", {}, (*BEFORE, *NEW, verified()[0], verified()[2], *started(), END)),
    ("units_healthy", {}, (*BEFORE, *NEW, *verified(verdict="FAIL"), *started(), END)),
    ("units_healthy", {}, (*BEFORE, *NEW, verified()[0], *started(), verified()[2], END)),
    ("units_synchronised", {}, (*BEFORE, *NEW, look(unit("d", "2.0.0", synchronisedFrom=None)), END)),
    ("units_started", CONCERNED, (*BEFORE, *NEW, started()[0], SERVES, stopped(), END)),
    ("units_started", CONCERNED, (*BEFORE, *NEW, *started(), stopped(), SERVES, END)),
    ("units_started", CONCERNED, (*BEFORE, *NEW, *reversed(started()), SERVES, stopped(), END)),
    ("units_stopped", {}, (*BEFORE, *NEW, *started(), SERVES, *ended(), END)),
    ("units_stopped", {}, (*BEFORE, *NEW, stopped(), *started(), SERVES, END)),
    ("units_stopped", {}, (*BEFORE, *NEW, *started(), SERVES, stopped(body=FORCE), END)),
    ("units_terminated", {}, (*BEFORE, *NEW, SERVES, stopped(), *ended(), END)),
    ("units_terminated", {}, (*BEFORE, *NEW, SERVES, stopped(), DOWN, *ended(how="FORCEFUL"), END)),
    ("units_terminated", {}, (*BEFORE, *NEW, SERVES, stopped(), DOWN, END)),
    ("units_terminated", {}, (*BEFORE, *NEW, SERVES, stopped(), REFUSED, DOWN, *ended(), END)),
    ("one_at_a_time", {}, (*BEFORE, *NEW, SERVES, stopped(), DOWN, END, BOTH)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "arguments", "messages"), WRONG)
def test_a_replacement_with_one_thing_wrong_fails(
    name: str, arguments: dict[str, Any], messages: tuple[Message | str, ...]
) -> None:
    """Unlocked, untested, stopped too early or by force, terminated before it was down, left behind."""
    verdict = found(name, *messages, version="destination", **arguments)
    assert verdict.verdict == "fail", verdict.reason


def _two(order: tuple[str, ...]) -> list[Message | str]:
    """Two units replaced, with the second begun before or after the first is gone."""
    parts: dict[str, tuple[Message, ...]] = {
        "new 1": NEW,
        "end 1": ended(),
        "new 2": (made("s2", "o2"), news("INSTANTIATE", "o2", "d2")),
        "end 2": ended("s2", occurrence="t2"),
    }
    first = look(unit("s"), unit("s2"), by="observer")
    last = look(unit("d", "2.0.0"), unit("d2", "2.0.0"), by="observer")
    told = [one for name in order for one in parts[name]]
    return [first, "launch", "reserve", *told, END, last]


def test_units_are_replaced_one_after_the_other() -> None:
    """The second begins when the first is gone."""
    right = _two(("new 1", "end 1", "new 2", "end 2"))
    assert found("one_at_a_time", *right, version="destination").verdict == "pass"
    both = _two(("new 1", "new 2", "end 1", "end 2"))
    assert found("one_at_a_time", *both, version="destination").verdict == "fail"


BACK = (made("d", "o3", "1.0.0"), news("INSTANTIATE", "o3", "s3"))


def test_the_way_back_gives_each_place_to_a_source_unit() -> None:
    """A new one where the old one is gone; none where it is still there; and it fails where nobody comes."""
    gone = (*BEFORE, *NEW, *ended())
    assert found("units_instantiated", *gone, *BACK, END, version="source").verdict == "pass"
    assert found("units_instantiated", *gone, END, version="source").verdict == "fail"
    assert found("units_instantiated", *BEFORE, *NEW, SERVES, END, version="source").verdict == "pass"


def test_a_unit_that_never_served_need_not_be_stopped() -> None:
    """It is locked, which the SMM has seen, and may go."""
    locked = look(unit("d", "2.0.0", "locked"), unit("s"))
    lines = (*BEFORE, *NEW, locked, *ended("d"), END)
    assert found("units_stopped", *lines, version="source").verdict == "pass"
    assert found("units_terminated", *lines, version="source").verdict == "pass"
    assert found("units_terminated", *BEFORE, *NEW, *ended("d"), END, version="source").verdict == "fail"


def test_units_are_learned_before_the_first_is_instantiated() -> None:
    """Read at the target, or known and named rightly."""
    assert found("units_learned", *BEFORE, look(unit("s")), *NEW, END).verdict == "pass"
    assert found("units_learned", *BEFORE, *NEW, END).verdict == "pass"
    assert found("units_learned", *BEFORE, made("x"), look(unit("s")), END).verdict == "fail"


def test_units_are_learned_before_the_whole_is_tested() -> None:
    """A look that comes when everything is done is none at what is to be done."""
    whole = (story.run_asked(), story.verdict())
    assert found("units_learned", *BEFORE, look(unit("s")), *whole, END).verdict == "pass"
    assert found("units_learned", *BEFORE, *whole, look(unit("s")), END).verdict == "fail"


def test_a_unit_is_made_again_where_the_other_crashed() -> None:
    """For the same place, and that is no second replacement."""
    crashed = look(unit("d", "2.0.0", "locked", error={"detail": "gone"}))
    again = (made(occurrence="o2"), news("INSTANTIATE", "o2", "d2"))
    assert found("units_instantiated", *BEFORE, *NEW, crashed, *again, END, version="destination").verdict == "pass"


def test_a_test_of_one_unit_is_no_test_of_the_whole() -> None:
    """The run of every suite is looked for among those of the whole."""
    health = verified()[0]
    suites = story.suites("2.0.0")
    assert (
        found("tests_invoked", *BEFORE, suites, health, story.run_asked(), END, version="destination").verdict == "pass"
    )
    assert found("tests_invoked", *BEFORE, suites, health, END, version="destination").reason.startswith(
        "a test run: not"
    )


def test_what_protects_units_stays_until_the_tester_has_spoken() -> None:
    """A process of units that goes on has no commit before its last verdict, so what is gone by then went too early."""
    made_ready = ("launch", "reserve rollback", "point", *NEW, story.run_asked())
    gone = message("smm", "vnfm", "DELETE", f"{SWM}/restoration_points/p1", 204)
    assert found("protection_released", *made_ready).verdict == "inconclusive"
    assert found("protection_released", *made_ready, gone).verdict == "fail"
    assert found("protection_released", *made_ready, story.verdict(), gone).verdict == "inconclusive"


def test_the_whole_is_tested_in_every_suite() -> None:
    """A suite without a result, or a tester that never looked, is no test."""
    entity = story.entity("vnfm", "VNFM", "2.0.0", asker="tester")
    bare = {
        **story.verdict(),
        "request": {**story.verdict()["request"], "suites": [{"name": "health", "verdict": "PASS"}]},
    }
    right = ("reserve tests", story.run_asked(), entity, story.verdict(), END)
    assert found("whole_tested", *right, version="destination").verdict == "pass"
    assert found("whole_tested", *right, version="source").verdict == "fail"
    assert found("whole_tested", story.run_asked(), entity, bare, END, version="destination").verdict == "fail"
    assert found("whole_tested", story.run_asked(), story.verdict(), END, version="destination").verdict == "fail"


def test_what_was_refused_left_the_units_as_they_were() -> None:
    """The same units, all at work."""
    refused = asked("", {"softwareVersion": "2.0.0"}, "", 403)
    same = look(unit("s"), by="observer")
    assert found("units_untouched", *BEFORE, refused, END, same).verdict == "pass"
    assert (
        found("units_untouched", *BEFORE, refused, END, look(unit("s", state="down"), by="observer")).verdict == "fail"
    )
    assert found("units_untouched", *BEFORE, refused, END).verdict == "inconclusive"


def test_a_lost_answer_is_not_repeated_blindly() -> None:
    """Counted is what the target began."""
    one, two = news("INSTANTIATE", "o1", "d"), news("INSTANTIATE", "o2", "d2")
    assert found("instantiated_at_most", one, one, END, number=1).verdict == "pass"
    assert found("instantiated_at_most", one, two, END, number=1).verdict == "fail"


def test_a_failure_that_may_be_retried_is_retried() -> None:
    """For the same unit, and with success."""
    failed = (made(), news("INSTANTIATE", "o1", "d", "FAILED"))
    again = (made(occurrence="o2"), news("INSTANTIATE", "o2", "d"))
    assert found("instantiated_again", *failed, *again, END, version="destination").verdict == "pass"
    assert found("instantiated_again", *failed, END, version="destination").verdict == "fail"
    other = (made("s2", "o2"), again[1])
    assert found("instantiated_again", *failed, *other, END, version="destination").verdict == "fail"


def test_the_version_changes_with_the_last_unit() -> None:
    """Not before, and not never."""

    def told(version: str) -> Message:
        return story.entity("vnfm", "VNFM", version)

    def verdict(during: str, afterwards: str) -> str:
        lines = (*BEFORE, *NEW, told(during), *ended(), END, told(afterwards))
        return found("version_reported", *lines).verdict

    assert verdict("1.0.0", "2.0.0") == "pass"
    assert verdict("2.0.0", "2.0.0") == "fail"
    assert verdict("1.0.0", "1.0.0") == "fail"


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("units_seen_before", look(unit("s"), by="observer"), look(unit("s", "2.0.0"), by="observer")),
        ("units_work_before", look(unit("s"), by="observer"), look(unit("s", state="down"), by="observer")),
    ],
)
def test_units_before_the_process(name: str, right: Message, wrong: Message) -> None:
    """They run the source version, and all serve."""
    seen = [line for line in story.CLEAN if line.startswith("seen")]
    assert judge(CONDITIONS.named(name), case(*seen, right, "launch")).verdict == "pass"
    assert judge(CONDITIONS.named(name), case(*seen, wrong, "launch")).verdict == "fail"
    assert judge(CONDITIONS.named(name), case(*seen, "launch")).verdict == "inconclusive"


@pytest.mark.parametrize(("name", "version"), [("units_in_destination", "2.0.0"), ("units_in_source", "1.0.0")])
def test_units_after_the_process(name: str, version: str) -> None:
    """As many as before, all at work, all in that version."""
    rule, first = CONDITIONS.named(name), look(unit("s"), by="observer")

    def verdict(*units: Message) -> str:
        return judge(rule, case(first, "launch", END, look(*units, by="observer"))).verdict

    other = "1.0.0" if version == "2.0.0" else "2.0.0"
    assert verdict(unit("d", version)) == "pass"
    assert verdict(unit("d", other)) == "fail"
    assert verdict(unit("d", version, "locked")) == "fail"
    assert verdict(unit("d", version), unit("e", version)) == "fail"


def test_units_play_their_parts() -> None:
    """Each source unit is replaced, each destination unit shows itself as one."""
    for name in ("source_units_played", "destination_units_played"):
        assert judge(PARTS.named(name), case(*WHOLE), actors=("vnfm",)).verdict == "pass"
        assert judge(PARTS.named(name), case(*WHOLE), actors=("vim",)).verdict == "fail"
        assert judge(PARTS.named(name), case(*BEFORE, END), actors=("vnfm",)).verdict == "fail"
