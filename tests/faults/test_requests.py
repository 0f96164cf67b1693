from __future__ import annotations

import pytest

from mocks.faults.effects import NoAnswer

PATH = "/nfvmanoswm/v1/software_modifications"
AT = {"request": f"POST {PATH}"}


def test_refuse_answers_in_the_place_of_the_actor(actor):
    """A refusal is a ProblemDetails with the status asked for, and the actor never sees the request."""
    actor.faults.arm({"fault": "refuse", "at": AT, "data": {"status": 409, "title": "Busy", "detail": "no"}})
    answer = actor.http.post(PATH)
    assert (answer.status_code, answer.mimetype) == (409, "application/problem+json")
    assert answer.json == {"type": "about:blank", "title": "Busy", "status": 409, "detail": "no", "instance": PATH}
    assert answer.headers["Version"] == "1.0.0"
    assert actor.reached == []


def test_refuse_is_forbidden_by_default(actor):
    """Without data a refusal is 403: it stays, whoever asks again."""
    actor.faults.arm({"fault": "refuse", "at": AT})
    assert actor.http.post(PATH).json["title"] == "Forbidden"


def test_transient_error_says_when_to_come_back(actor):
    """A transient error is 503 with Retry-After."""
    actor.faults.arm({"fault": "transient-error", "at": AT, "data": {"retryAfter": 7}})
    answer = actor.http.post(PATH)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "7")


def test_missing_resources_is_the_vims_conflict(actor):
    """At a request, missing resources are 409 with the title that the VIM uses."""
    actor.faults.arm({"fault": "missing-resources", "at": {"request": "POST /vrm/v1/reservations"}})
    answer = actor.http.post("/vrm/v1/reservations")
    assert (answer.status_code, answer.json["title"]) == (409, "Insufficient resources")


@pytest.mark.parametrize(("fault", "kind", "reached"), [("hang", "hang", 0), ("lost-response", "lost", 1)])
def test_silence_has_its_kind(actor, fault, kind, reached):
    """A hang never reaches the actor; of a lost response only the answer is lost."""
    actor.faults.arm({"fault": fault, "at": AT})
    with pytest.raises(NoAnswer) as silence:
        actor.http.post(PATH)
    assert silence.value.kind == kind
    assert len(actor.reached) == reached


def test_a_fault_strikes_as_often_as_it_says_after_letting_some_pass(actor):
    """after=1, times=2: the first request passes, two are struck, the rest pass."""
    actor.faults.arm({"fault": "refuse", "at": AT, "after": 1, "times": 2})
    assert [actor.http.post(PATH).status_code for _ in range(4)] == [200, 403, 403, 200]
    assert actor.faults.list()[0]["state"] == "SPENT"


def test_always_is_a_number_of_times(actor):
    """A fault may strike at every request until it is healed."""
    name = actor.faults.arm({"fault": "refuse", "at": AT, "times": "always"})
    assert {actor.http.post(PATH).status_code for _ in range(5)} == {403}
    actor.faults.heal(name)
    assert actor.http.post(PATH).status_code == 200


def test_other_requests_pass(actor):
    """Another method or path is not the fault's business."""
    actor.faults.arm({"fault": "refuse", "at": AT})
    assert actor.http.get(PATH).status_code == 200
    assert actor.http.post(f"{PATH}/x").status_code == 200


def test_a_crashed_actor_refuses_every_connection_until_it_is_healed(actor):
    """From the strike on nothing answers; healing is the restart."""
    name = actor.faults.arm({"fault": "crash", "at": AT})
    assert actor.http.get("/x").status_code == 200
    for path in (PATH, "/x"):
        with pytest.raises(NoAnswer) as silence:
            actor.http.post(path)
        assert silence.value.kind == "refused"
    assert actor.faults.list()[0]["state"] == "ACTIVE"
    actor.faults.heal(name)
    assert actor.http.post(PATH).status_code == 200


def test_the_control_api_passes_a_crash(actor):
    """Somebody must be able to heal a crashed actor, but a path that only begins alike is no way in."""
    actor.faults.arm({"fault": "crash"})
    assert actor.http.post("/lab/v1/faults").status_code == 200
    with pytest.raises(NoAnswer):
        actor.http.get("/lab/v10/x")


def test_a_fault_heals_by_itself_after_its_time(actor):
    """`heals after` counts lab seconds from the strike."""
    actor.faults.arm({"fault": "crash", "heals": {"after": 30}})
    actor.clock.run(29)
    assert actor.faults.dead
    actor.clock.run(1)
    assert not actor.faults.dead
    assert actor.faults.list() == []


def test_everything_stands_in_the_journal(actor):
    """Armed, struck and healed are written with the id, in that order."""
    name = actor.faults.arm({"fault": "crash", "at": AT})
    with pytest.raises(NoAnswer):
        actor.http.post(PATH)
    actor.faults.heal(name)
    assert [(event, fault, detail["id"]) for event, fault, detail in actor.journal.lines] == [
        ("armed", "crash", name),
        ("struck", "crash", name),
        ("healed", "crash", name),
    ]
    assert actor.journal.lines[1][2]["request"] == f"POST {PATH}"


def test_a_lost_reservation_is_gone_before_the_request_is_served(actor):
    """The actor itself forgets it, and then answers as it does about what it does not know."""
    path = "/vrm/v1/reservations/r1"
    actor.faults.arm({"fault": "lost-reservation", "at": {"request": "POST /vrm/v1/reservations/*/allocations"}})
    actor.http.post(f"{path}/allocations", json={"resources": {}})
    assert actor.reached == [path, f"{path}/allocations"]
