from __future__ import annotations

import pytest

from mocks.faults.catalogue import FAULTS
from mocks.faults.patterns import PointPattern, RequestPattern
from mocks.faults.spec import SpecError, load


def problems(raw: object) -> list[str]:
    with pytest.raises(SpecError) as caught:
        load(raw)
    return caught.value.problems


def test_the_faults_are_known_by_name():
    """Each fault of the lab is registered under the name that specifications use."""
    assert set(FAULTS) == {
        "clock-skew",
        "crash",
        "disk-full",
        "external-issue",
        "failed-test",
        "hang",
        "internal-rollback",
        "lossy-link",
        "lost-reservation",
        "lost-response",
        "missing-resources",
        "partition",
        "refuse",
        "slow-link",
        "transient-error",
    }


def test_a_specification_is_filled_with_defaults():
    """Left out, a fault strikes once, at once, at its default place, until somebody heals it."""
    spec = load({"fault": "failed-test"})
    assert spec.where() == {"point": "test-run/suite-system"}
    assert (spec.times, spec.after, spec.heals, spec.heals_after) == (1, 0, True, None)
    assert "failed" in spec.data["detail"]


def test_every_problem_is_told_at_once_with_what_may_have_been_meant():
    """A wrong key, fault, number, healing and place give five problems, not one."""
    found = problems({"falt": 1, "fault": "crsh", "times": 0, "heals": "manualy", "at": {"piont": "x/y"}})
    assert len(found) == 5
    assert "did you mean 'fault'" in found[0]
    assert "did you mean 'crash'" in found[1]
    assert "did you mean 'point'" in found[2]
    assert "did you mean 'manually'" in found[3]
    assert "times: expected a whole number of 1 or more" in found[4]


def test_data_is_checked_against_the_fault():
    """Data has the keys, types and ranges of its fault."""
    found = problems(
        {"fault": "refuse", "at": {"request": "POST /x"}, "data": {"status": 503, "titel": "x", "detail": 3}}
    )
    assert found == [
        "data.status: expected a whole number from 400 to 499, got 503",
        "data of refuse: key 'titel' is unknown; did you mean 'title'? (known: status, title, detail)",
        "data.detail: expected str, got 3",
    ]


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        ("crash", "expected an object"),
        ({}, "key 'fault' is missing"),
        ({"fault": ["crash"]}, "is unknown"),
        ({"fault": "refuse"}, "has no default"),
        ({"fault": "refuse", "at": {"point": "test-run/acquire"}}, "only at a request"),
        ({"fault": "failed-test", "at": {"request": "GET /x"}}, "only at a point"),
        ({"fault": "hang", "at": {"request": "FETCH /x"}}, "method 'FETCH' is unknown"),
        ({"fault": "hang", "at": {"request": "/x"}}, "expected 'METHOD /path'"),
        ({"fault": "hang", "at": {"point": "deploy"}}, "expected '<kind of work>/<step>'"),
        ({"fault": "hang", "at": {"point": "software_modification/deploy"}}, "did you mean 'software-modification'"),
        ({"fault": "hang", "at": "somewhere"}, "at: expected"),
        ({"fault": "crash", "heals": {"after": -1}}, "heals: expected"),
        ({"fault": "crash", "data": []}, "data: expected an object"),
        ({"fault": "failed-test", "after": True}, "after: expected"),
        ({"fault": "refuse", "at": {"request": "GET /x"}, "data": {"status": 499}}, "no registered HTTP status"),
        ({"fault": "slow-lnk"}, "did you mean 'slow-link'"),
        ({"fault": "slow-link", "data": {"dealy": 1}}, "did you mean 'delay'"),
        ({"fault": "slow-link", "data": {"delay": -1}}, "data.delay: expected a number from 0 to 86400, got -1"),
        ({"fault": "slow-link", "data": {"delay": True}}, "data.delay: expected a number"),
        ({"fault": "slow-link", "data": {"delay": float("nan")}}, "data.delay: expected a number"),
        ({"fault": "slow-link", "at": {"point": "test-run/acquire"}}, "only at a request"),
        ({"fault": "lossy-link", "data": {"percent": 101}}, "data.percent: expected a number from 0 to 100"),
        ({"fault": "lossy-link", "data": {"seed": 0.5}}, "data.seed: expected a whole number"),
        ({"fault": "clock-skew", "data": {"seconds": "1 h"}}, "data.seconds: expected a number"),
        ({"fault": "disk-full", "data": {"percent": 1}}, "data of disk-full: key 'percent' is unknown (known: none)"),
    ],
)
def test_what_cannot_be_armed_is_refused(raw: object, problem: str):
    """Each kind of nonsense has its own sentence."""
    assert any(problem in found for found in problems(raw)), problems(raw)


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("/vrm/v1/reservations", "/vrm/v1/reservations", True),
        ("/vrm/v1/reservations", "/vrm/v1/reservations/1", False),
        ("/vrm/v1/reservations/*", "/vrm/v1/reservations/1/allocations", True),
        ("/vrm/v1/reservations/*/allocations", "/vrm/v1/reservations/1/allocations", True),
        ("/vrm/v1/reservations/*/allocations", "/vrm/v1/reservations/1/2/allocations", False),
        ("/*", "/anything/at/all", True),
        ("/a.c", "/abc", False),
    ],
)
def test_a_star_is_one_part_of_a_path_and_all_the_rest_at_its_end(pattern: str, path: str, matches: bool):
    """Identifiers in the middle of a path match one star."""
    assert RequestPattern("POST", pattern).matches("POST", path) is matches
    assert not RequestPattern("GET", pattern).matches("POST", path)
    assert RequestPattern("*", pattern).matches("DELETE", path) is matches


def test_a_star_stands_for_all_steps_of_a_kind_of_work():
    """Undoing counts as a step."""
    assert PointPattern("software-modification/*").matches("software-modification/undo-deploy")
    assert not PointPattern("software-modification/*").matches("restoration/stop")
