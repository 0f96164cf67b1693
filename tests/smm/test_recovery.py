"""What the SMM makes of failures: retry, rollback, an honest end (GR notes 2 and 3, clause 5.8)."""

from __future__ import annotations

import pytest

from tests.smm.script import hang, lost, refuse
from tests.smm.world import World

REQUEST = "POST vnfm/nfvmanoswm/v1/software_modifications"
COMMIT = "POST vnfm/nfvmanoswm/v1/software_modification_op_occs/.*/commit"


@pytest.mark.parametrize(
    ("results", "verdicts", "outcome", "version", "requests"),
    [
        (["ROLLED_BACK_RETRY_POSSIBLE"], [], "DESTINATION_COMMITTED", "2.0.0", 2),
        (["ROLLED_BACK_RETRY_POSSIBLE"] * 3, [], "SOURCE_COMMITTED", "1.0.0", 3),
        (["ROLLED_BACK_RETRY_NOT_FEASIBLE"], [], "SOURCE_COMMITTED", "1.0.0", 1),
        (["FAILED"], [], "FALLBACK_NEEDED", "1.0.0", 1),
        (["HANGS"], [], "FALLBACK_NEEDED", "1.0.0", 1),
        ([], ["FAIL"], "SOURCE_COMMITTED", "1.0.0", 2),
        ([], ["FAIL", "FAIL"], "FALLBACK_NEEDED", "1.0.0", 2),
        ([], ["RETRYABLE"], "DESTINATION_COMMITTED", "2.0.0", 1),
        ([], ["RETRYABLE"] * 3, "SOURCE_COMMITTED", "1.0.0", 2),
        ([], ["BROKEN"], "SOURCE_COMMITTED", "1.0.0", 2),
        ([], ["HANGS"], "DESTINATION_COMMITTED", "2.0.0", 1),
        (["SUCCESSFUL", "FAILED"], ["FAIL"], "FALLBACK_NEEDED", "2.0.0", 2),
        (["SUCCESSFUL", "ROLLED_BACK_RETRY_POSSIBLE"], ["FAIL"], "SOURCE_COMMITTED", "1.0.0", 3),
        (["SUCCESSFUL", "ROLLED_BACK_RETRY_NOT_FEASIBLE"], ["FAIL"], "FALLBACK_NEEDED", "2.0.0", 2),
    ],
)
def test_what_target_and_tester_report_decides_the_end(
    world: World, results: list[str], verdicts: list[str], outcome: str, version: str, requests: int
) -> None:
    """Each report leads to the end that the notes of table 5.2.2.5-1 describe."""
    world.results, world.verdicts = results, verdicts
    process = world.run()
    assert (process["outcome"], world.version, len(world.sent(REQUEST + "$"))) == (outcome, version, requests)


@pytest.mark.parametrize("results", [["FAILED"], ["HANGS"]])
def test_a_fallback_keeps_and_names_restoration_point_and_logs(world: World, results: list[str]) -> None:
    """What a person needs stays, and the reason says where it is; reservations are given back."""
    world.results = results
    process = world.run()
    assert process["state"] == "FAILED"
    assert set(world.leftovers()) == {"points", "jobs", "subscriptions"}
    for kept in (*world.points, *world.jobs, "person"):
        assert kept in process["reason"]


def test_an_automatic_rollback_is_tested_and_committed_without_another_request(world: World) -> None:
    """The entity is on its source version already: it is tested for that one, and the occurrence is committed."""
    world.results = ["ROLLED_BACK_RETRY_NOT_FEASIBLE"]
    process = world.run()
    assert process["state"] == "ROLLED_BACK"
    assert [run["softwareVersion"] for run in world.runs.values()] == ["1.0.0"]
    assert world.leftovers() == {}
    assert all(occurrence["committed"] for occurrence in world.occurrences.values())


def test_a_software_rollback_takes_the_rows_of_its_table(world: World) -> None:
    """Tests not passed: rows 1 to end of table 5.2.2.6-1 follow, and both occurrences are committed."""
    world.verdicts = ["FAIL"]
    process = world.run()
    rows = [entry["row"] for entry in process["journal"] if str(entry["row"]).startswith("5.2.2.6-1")]
    assert list(dict.fromkeys(rows)) == [f"5.2.2.6-1#{row}" for row in (1, 2, 4, 5, 6, "end")]
    assert world.sent(REQUEST)[1].body["destinationSoftwareVersion"] == "1.0.0"
    assert [occurrence["committed"] for occurrence in world.occurrences.values()] == [True, True]
    assert world.leftovers() == {}


def test_a_missing_reservation_is_replaced_before_tests_are_retried(world: World) -> None:
    """Clause 5.8: the indicated resources are verified, and new ones reserved as necessary."""
    world.verdicts = ["RETRYABLE"]
    world.wire.on(
        "vim", "GET", "/vrm/v1/reservations/(?P<id>[^/]+)", lambda b, m: (404, {"status": 404, "detail": "gone"})
    )
    process = world.run()
    assert process["outcome"] == "DESTINATION_COMMITTED"
    purposes = [exchange.body["purpose"] for exchange in world.sent("POST vim/vrm/v1/reservations")]
    assert purposes.count("TESTING") == 2
    first, second = (exchange.body["resources"] for exchange in world.sent("POST tester/tester/v1/test_runs"))
    assert first != second
    assert world.leftovers() == {}


@pytest.mark.parametrize(
    "request_",
    [
        REQUEST,
        "POST vim/vrm/v1/reservations",
        "POST vnfm/nfvmanoswm/v1/restoration_points",
        "POST vnfm/nfvmanologm/v1/log_jobs",
        "POST tester/tester/v1/test_runs",
        COMMIT,
        "DELETE vim/vrm/v1/reservations/.*",
    ],
)
@pytest.mark.parametrize("fault", [lost, hang, refuse(503), refuse(500)], ids=["lost", "hang", "503", "500"])
def test_nothing_is_made_twice_when_an_answer_does_not_come(world: World, request_: str, fault: object) -> None:
    """A request without an answer is looked up, and repeated only when the entity knows nothing of it."""
    world.wire.strike(request_, fault)  # type: ignore[arg-type]
    process = world.run()
    assert process["outcome"] == "DESTINATION_COMMITTED", process["reason"]
    assert (len(world.occurrences), len(world.runs)) == (1, 1)
    assert world.leftovers() == {}


def test_a_request_that_is_refused_ends_before_anything_changed(world: World) -> None:
    """A 4xx to the request: not started, and the preparation is undone."""
    world.wire.strike(REQUEST, refuse(422))
    process = world.run()
    assert (process["state"], process["outcome"]) == ("FAILED", "NOT_STARTED")
    assert "scripted 422" in process["reason"]
    assert world.leftovers() == {}


def test_a_transient_refusal_is_retried_a_limited_number_of_times(world: World) -> None:
    """503 for ever: three attempts, then not started."""
    world.wire.strike(REQUEST, refuse(503), times=9)
    process = world.run()
    assert process["outcome"] == "NOT_STARTED"
    assert len(world.sent(REQUEST)) == 3
    assert [e["event"] for e in process["journal"] if e["step"] == "request-modification"].count("retried") == 2


def test_a_lost_request_that_cannot_be_looked_up_needs_a_person(world: World) -> None:
    """If the target cannot say whether it began, the SMM does not repeat and hope."""
    world.wire.strike(REQUEST, lost)
    world.wire.strike("GET vnfm/nfvmanoswm/v1/software_modification_op_occs", hang)
    process = world.run()
    assert process["outcome"] == "FALLBACK_NEEDED"
    assert len(world.sent(REQUEST)) == 1


def test_too_few_resources_end_before_anything_is_reserved(world: World) -> None:
    """Row 1: the check comes first, and the reason names what is missing."""
    world.available = {"vcpu": 3, "memoryMiB": 262144, "storageGiB": 4096}
    process = world.run()
    assert process["outcome"] == "NOT_STARTED"
    assert "vcpu 10 (free: 3)" in process["reason"]
    assert not world.sent("POST vim")
    assert world.leftovers() == {}


def test_a_reservation_that_is_refused_releases_the_others(world: World) -> None:
    """The third reservation fails: the first two are given back."""
    world.wire.strike("POST vim/vrm/v1/reservations", lambda call: call(), times=2)
    world.wire.strike("POST vim/vrm/v1/reservations", refuse(409))
    assert world.run()["outcome"] == "NOT_STARTED"
    assert world.leftovers() == {}


@pytest.mark.parametrize(
    ("capability", "said"),
    [
        ({"support": "NONE"}, "support is NONE"),
        ({"availableSoftwareVersions": ["1.0.0"]}, "2.0.0 is not available"),
        ({"operationHandling": {"VNF_LCM": {"ongoing": [], "parallel": ["PARALLEL"]}}}, "leave no action"),
    ],
)
def test_a_target_that_does_not_fit_is_left_alone(world: World, capability: dict[str, object], said: str) -> None:
    """Capability against plan, version and policy: refused with the reason."""
    world.capability = capability
    process = world.run()
    assert process["outcome"] == "NOT_STARTED"
    assert said in process["reason"]
    assert world.leftovers() == {}


def test_a_commit_that_is_refused_is_rolled_back(world: World) -> None:
    """Before the commit there is always a way back."""
    world.wire.strike(COMMIT, refuse(422))
    assert world.run()["outcome"] == "SOURCE_COMMITTED"
    assert world.version == "1.0.0"


def test_what_cannot_be_released_is_named(world: World) -> None:
    """The outcome stands, and the reason says what is left behind."""
    world.wire.strike("DELETE vim/vrm/v1/reservations/.*", refuse(403))
    process = world.run()
    assert process["outcome"] == "DESTINATION_COMMITTED"
    assert "release-resources of reserve-rollback did not succeed" in process["reason"]


def test_an_operation_that_breaks_does_not_stop_the_smm(world: World) -> None:
    """A bug in an operation is an honest end, not a dead clock."""
    world.wire.on("tester", "GET", "/tester/v1/test_suites", lambda b, m: (200, [1, 2]))
    process = world.run()
    assert process["outcome"] == "NOT_STARTED"
    assert "FindTestSuites broke" in process["reason"]
