"""A tester that probes for itself and judges what it saw (table 5.2.2.5-1, rows 5 and 6; clause 5.8)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mocks.entities.errors import Conflict, NotFound, StepFailed, Unprocessable
from mocks.entities.ports import Check
from mocks.entities.test_runs import TestRuns
from tests.fakes import make_core

RESERVED = {"provider": "vim", "reservationId": "r-1"}
REQUEST = {
    "target": "vnfm",
    "softwareVersion": "2.0.0",
    "suites": ["health", "performance", "system"],
    "resources": [RESERVED],
    "impacted": ["nfvo", "em"],
}


def entity(version="2.0.0", operational="STARTED", administrative="UNLOCKED"):
    state = {"operationalState": operational, "administrativeState": administrative, "usageState": "IN_USE"}
    return {"softwareVersion": version, "manoApplicationState": state}


@pytest.fixture
def core():
    core = make_core("TESTER")
    core.peers.states["vnfm"] = entity()
    core.give(TestRuns(core))
    return core


@pytest.fixture
def tester(core):
    return core.power(TestRuns)


def run(core, **changes):
    tester = core.power(TestRuns)
    identifier = tester.create({**REQUEST, **changes}, "smm")["id"]
    core.clock.run()
    return tester.get(identifier)


def verdicts(outcome):
    return {suite["name"]: suite["verdict"] for suite in outcome["suites"]}


def test_healthy_target_passes(core):
    """All suites pass on a target that is started, unlocked, of the right version, and reachable for its peers."""
    outcome = run(core)
    assert (outcome["state"], outcome["verdict"], outcome["error"]) == ("COMPLETED", "PASS", None)
    assert verdicts(outcome) == {"health": "PASS", "performance": "PASS", "system": "PASS"}
    assert (outcome["percentage"], outcome["currentStep"]) == (100, None)


def test_probes_are_really_made(core):
    """Each suite looks for itself: at the target's state, at its service, and at what each impacted actor finds."""
    run(core)
    assert core.peers.named("state_of") == [("vnfm",), ("vnfm",)]
    assert core.peers.named("check") == [("vnfm",)]
    assert core.peers.named("ask_check") == [("nfvo", "vnfm"), ("em", "vnfm")]
    assert core.gate.points == [
        f"test-run/{step}" for step in ("acquire", "suite-health", "suite-performance", "suite-system", "release")
    ]


@pytest.mark.parametrize(
    ("state", "named"),
    [
        (entity(version="1.0.0"), "softwareVersion"),
        (entity(operational="STOPPED"), "operationalState"),
        (entity(administrative="LOCKED"), "administrativeState"),
        ({}, "operationalState"),
        (None, "does not report"),
    ],
)
def test_unhealthy_target_fails(core, state, named):
    """A target that is not as it should be fails health and performance, and the verdict says why."""
    core.peers.states["vnfm"] = state
    outcome = run(core)
    assert (outcome["state"], outcome["verdict"]) == ("COMPLETED", "FAIL")
    assert verdicts(outcome) == {"health": "FAIL", "performance": "FAIL", "system": "PASS"}
    assert named in outcome["suites"][0]["detail"]


def test_peer_that_cannot_use_the_target_fails_the_system(core):
    """One impacted actor that cannot use the target fails the system suite, by name."""
    core.peers.checks["em"] = Check("vnfm", False, 503, "answered 503")
    outcome = run(core)
    assert verdicts(outcome) == {"health": "PASS", "performance": "PASS", "system": "FAIL"}
    assert "em cannot use vnfm" in outcome["suites"][2]["detail"]


def test_target_that_does_not_serve_fails_performance(core):
    """A target that reports itself healthy but does not serve the tester fails the performance suite."""
    core.peers.checks["vnfm"] = Check("vnfm", False, None, "no answer")
    assert verdicts(run(core)) == {"health": "PASS", "performance": "FAIL", "system": "PASS"}


def test_system_without_impacted_actors_is_probed_by_the_tester(core):
    """Without impacted actors the system suite still looks at something."""
    core.peers.checks["vnfm"] = Check("vnfm", False, None, "no answer")
    assert verdicts(run(core, impacted=[], suites=["system"])) == {"system": "FAIL"}


def test_unknown_actor_is_a_finding(core):
    """An impacted actor that nobody knows fails the suite and not the tester."""
    core.peers.errors["ask_check"] = KeyError("ghost")
    outcome = run(core, impacted=["ghost"])
    assert "ghost" in outcome["suites"][2]["detail"]


def test_resources_are_used_and_released(core):
    """The run allocates out of the indicated reservation and gives it back, whatever the verdict."""
    core.peers.states["vnfm"] = None
    run(core)
    assert core.peers.named("allocate") == [("vim", "r-1", {"vcpu": 1, "memoryMiB": 1024, "storageGiB": 1})]
    assert core.peers.named("release") == [("vim", "r-1", "allocation-1")]


@pytest.mark.parametrize("transient", [True, False])
def test_missing_resources_are_no_verdict(core, transient):
    """Without resources the tests could not be run: FAILED, no verdict, and whether a retry may help."""
    core.peers.errors["allocate"] = StepFailed("nothing left", transient=transient)
    outcome = run(core)
    assert (outcome["state"], outcome["verdict"]) == ("FAILED", None)
    assert (outcome["error"]["detail"], outcome["error"]["retryable"]) == ("nothing left", transient)
    assert set(verdicts(outcome).values()) == {None}
    assert core.peers.named("release") == []


def test_broken_suite_is_a_fail_and_the_others_still_run(core):
    """A suite that breaks at its gate is judged FAIL with the cause; the others run, and resources are released."""
    core.gate.failing["test-run/suite-health"] = StepFailed("a test case failed")
    outcome = run(core)
    assert (outcome["state"], outcome["verdict"]) == ("COMPLETED", "FAIL")
    assert verdicts(outcome) == {"health": "FAIL", "performance": "PASS", "system": "PASS"}
    assert outcome["suites"][0]["detail"] == "a test case failed"
    assert len(core.peers.named("release")) == 1


def test_transient_trouble_with_a_suite_ends_the_run_after_the_release(core):
    """When a suite cannot be run for a passing cause the run is FAILED and retryable, its resources released."""
    core.gate.failing["test-run/suite-performance"] = StepFailed("tool restarting", transient=True)
    outcome = run(core)
    assert (outcome["state"], outcome["verdict"], outcome["error"]["retryable"]) == ("FAILED", None, True)
    assert verdicts(outcome) == {"health": "PASS", "performance": None, "system": None}
    assert len(core.peers.named("release")) == 1


def test_verdict_survives_a_broken_release(core):
    """Tests that ran keep their verdict when the release breaks, and the error tells of the release."""
    core.peers.errors["release"] = StepFailed("vim does not answer")
    outcome = run(core)
    assert (outcome["state"], outcome["verdict"]) == ("COMPLETED", "PASS")
    assert "vim does not answer" in outcome["error"]["detail"]


def test_release_is_tried_although_its_step_broke(core):
    """When the release step breaks at its gate, the resources are given back nevertheless."""
    core.gate.failing["test-run/release"] = StepFailed("stumbled")
    assert run(core)["verdict"] == "PASS"
    assert len(core.peers.named("release")) == 1


def test_suspend_and_resume(core, tester):
    """A run halts before the next suite, stays SUSPENDED, and goes on when it is asked to."""
    core.gate.closed.add("test-run/suite-health")
    identifier = tester.create(REQUEST, "smm")["id"]
    core.clock.run()
    tester.task(identifier, "suspend")
    assert tester.get(identifier)["state"] == "RUNNING"
    core.gate.open("test-run/suite-health")
    core.clock.run()
    halted = tester.get(identifier)
    assert (halted["state"], halted["currentStep"], halted["remainingTime"]) == ("SUSPENDED", "suite-performance", 0.3)
    tester.task(identifier, "resume")
    core.clock.run()
    assert tester.get(identifier)["verdict"] == "PASS"


def test_suspend_before_the_release_comes_too_late(core, tester):
    """A run that has only the release left completes, so that nothing is held while suspended for no use."""
    core.gate.closed.add("test-run/suite-system")
    identifier = tester.create(REQUEST, "smm")["id"]
    core.clock.run()
    tester.task(identifier, "suspend")
    core.gate.open("test-run/suite-system")
    core.clock.run()
    assert tester.get(identifier)["state"] == "COMPLETED"


@pytest.mark.parametrize("task", ["suspend", "resume"])
def test_ended_run_takes_no_task(core, tester, task):
    """After the end no task is possible."""
    identifier = run(core)["id"]
    with pytest.raises(Conflict):
        tester.task(identifier, task)


def test_subscriber_hears_states_and_verdicts(core, tester):
    """Subscribers hear of each state and the end of each step, and the last one carries the verdict."""
    tester.announcements.subscriptions.add("http://smm/callbacks/1")
    identifier = run(core)["id"]
    told = core.peers.notifications("TestRunNotification")
    assert [n["percentage"] for n in told] == [0, 0, 20, 40, 60, 80, 100]
    assert [told[0]["state"], told[1]["state"], told[-1]["state"]] == ["STARTING", "RUNNING", "COMPLETED"]
    assert {n["testRunId"] for n in told} == {identifier}
    assert told[-1]["verdict"] == "PASS"
    assert all(before["verdict"] is None for before, _ in pairwise(told))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"suites": []}, "none"),
        ({"suites": ["health", "smoke"]}, "smoke"),
        ({"softwareVersion": "9.9.9"}, "9.9.9"),
    ],
)
def test_senseless_request_is_named(tester, changes, named):
    """No suites, unknown suites, and versions without suites are refused by name."""
    with pytest.raises(Unprocessable, match=named):
        tester.create({**REQUEST, **changes}, "smm")
    assert tester.list() == []


def test_unknown_target_is_refused_when_the_tester_knows_its_peers():
    """A tester with a list of peers refuses a target that is not on it, and has no suites for it."""
    core = make_core("TESTER", peers=["vnfm"])
    tester = TestRuns(core)
    with pytest.raises(Unprocessable, match="ghost"):
        tester.create({**REQUEST, "target": "ghost"}, "smm")
    assert tester.suites("ghost") == []
    assert tester.suites("vnfm")


def test_suites_for_a_target_and_a_version(tester):
    """The three suites are there for source and destination version, and none for others."""
    assert [(s["name"], s["scope"]) for s in tester.suites("vnfm", "2.0.0")] == [
        ("health", "TARGET"),
        ("performance", "TARGET"),
        ("system", "SYSTEM"),
    ]
    assert tester.suites("vnfm", "1.0.0") == tester.suites()
    assert tester.suites("vnfm", "3.0.0") == []


def test_suites_of_the_profile():
    """A profile replaces the suites; one with an unfamiliar name is probed as its scope says."""
    suites = [{"name": "smoke", "scope": "TARGET", "softwareVersions": ["3.0.0"], "targets": ["vim"]}]
    core = make_core("TESTER", suites=suites)
    tester = core.give(TestRuns(core))
    assert tester.suites("vnfm") == []
    (suite,) = tester.suites("vim")
    assert suite == {"name": "smoke", "scope": "TARGET", "softwareVersions": ["3.0.0"], "needsService": True}
    core.peers.states["vim"] = entity("3.0.0")
    assert run(core, target="vim", softwareVersion="3.0.0", suites=["smoke"])["verdict"] == "PASS"


def test_unknown_run(tester):
    """A run that does not exist is named."""
    for ask in (tester.get, lambda identifier: tester.task(identifier, "suspend")):
        with pytest.raises(NotFound, match="nope"):
            ask("nope")


def test_run_that_was_interrupted_failed_and_may_be_repeated(core, tester):
    """What a crash of the tester ends is FAILED, with a reason that trying again may help."""
    core.gate.closed.add("test-run/suite-health")
    identifier = tester.create(REQUEST, "smm")["id"]
    core.clock.run()
    tester.interrupt("tester crashed, and was started again")
    ended = tester.get(identifier)
    assert (ended["state"], ended["verdict"]) == ("FAILED", None)
    assert ended["error"]["retryable"]
    assert ended["error"]["detail"] == "tester crashed, and was started again"
    tester.interrupt("once more")
    assert tester.get(identifier) == ended
