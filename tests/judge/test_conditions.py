"""Pre- and post-conditions, and the parts of the roles: as the clean story has them, and each one broken."""

from __future__ import annotations

from typing import Any

import pytest

from harness.judge.registry import CONDITIONS, PARTS, judge
from tests.judge import story
from tests.judge.story import SWM, case, clean, message

DOWN = {**story.UP, "operationalState": "STOPPED"}
OTHER = {
    **story.CAPABILITY,
    "interfaceCompatibility": [{"interface": "vnflcm/v1", "versions": ["2.0.0"]}],
}
FULL = {"total": story.NEED, "available": {"vcpu": 0, "memoryMiB": 0, "storageGiB": 0}}


def locked(actor: str, type: str) -> dict[str, Any]:
    one = story.entity(actor, type, "1.0.0")
    return {**one, "response": {**one["response"], "manoApplicationState": DOWN}}


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("destination_available", {"seen plans": story.listed("smm", "/smm/v1/execution_plans")}),
        (
            "destination_available",
            {"seen capability": message("observer", "vnfm", "GET", f"{SWM}/capability", response=OTHER)},
        ),
        ("all_work_before", {"seen em": locked("em", "EM")}),
        ("all_work_before", {"seen em": {**locked("em", "EM"), "status": None, "failure": "refused"}}),
        ("resources_free", {"seen capacity": message("observer", "vim", "GET", "/vrm/v1/capacity", response=FULL)}),
        ("suites_available", {"suites 1": {**story.suites("1.0.0"), "response": []}}),
        ("all_work_after", {"after em": locked("em", "EM")}),
        ("all_work_after", {"after use em": story.check("em", reachable=False)}),
        ("all_work_after", {"after use em": story.check("em", tries=False)}),
        ("target_in_destination", {"after target": story.entity("vnfm", "VNFM", "1.0.0")}),
        ("target_in_destination", {"after interfaces": story.interfaces(DOWN)}),
    ],
)
def test_a_condition_holds_or_fails(name: str, instead: dict[str, dict[str, Any]]) -> None:
    """It passes on the clean story, and fails on the story with one answer changed."""
    rule = CONDITIONS.named(name)
    assert judge(rule, case(*clean())).verdict == "pass"
    assert judge(rule, case(*clean(instead=instead))).verdict == "fail"


def test_a_target_in_its_source_version() -> None:
    """After a rollback the same answers mean the opposite."""
    rolled_back = clean(instead={"after target": story.entity("vnfm", "VNFM", "1.0.0")})
    assert judge(CONDITIONS.named("target_in_source"), case(*rolled_back)).verdict == "pass"
    assert judge(CONDITIONS.named("target_in_source"), case(*clean())).verdict == "fail"


def test_who_was_not_asked_is_not_known_to_work() -> None:
    """A post-condition needs an answer from everybody."""
    found = judge(CONDITIONS.named("all_work_after"), case(*clean(without=("after use em",))))
    assert found.verdict == "inconclusive"


PLAYERS = {
    "smm_played": ("smm",),
    "target_played": ("vnfm",),
    "impacted_fes_played": ("nfvo", "vim"),
    "impacted_entities_played": ("vnf", "em"),
    "tester_played": ("tester",),
}


@pytest.mark.parametrize(("name", "actors"), PLAYERS.items())
def test_a_role_is_played_by_who_plays_it(name: str, actors: tuple[str, ...]) -> None:
    """The right players pass, and nobody else does."""
    for players in PLAYERS.values():
        verdict = judge(PARTS.named(name), case(*clean()), actors=players).verdict
        assert (verdict == "pass") == (players == actors), players


@pytest.mark.parametrize(
    ("name", "instead"),
    [
        ("target_played", {"seen target": story.entity("vnfm", "EM", "1.0.0")}),
        ("impacted_fes_played", {"seen vim": story.entity("vim", "NFVI", "1.0.0")}),
        ("impacted_entities_played", {"seen em": story.entity("em", "NFVO", "1.0.0")}),
    ],
)
def test_a_player_has_to_be_of_the_right_kind(name: str, instead: dict[str, dict[str, Any]]) -> None:
    """Functional entities play for functional entities, the others for the others."""
    assert judge(PARTS.named(name), case(*clean(instead=instead)), actors=PLAYERS[name]).verdict == "fail"
