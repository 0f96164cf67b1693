"""nfvmanologm/v1 over HTTP; each answer is checked against ETSI's description by the client itself."""

from __future__ import annotations

import hashlib

import pytest

from mocks.entities.core import Core
from mocks.entities.information import Information
from mocks.entities.logs import Logs
from tests.api.conformance import CheckedClient, client, notification_problems
from tests.fakes import make_core

ROOT = "/nfvmanologm/v1"
ENTITY = {"type": "MANO_ENTITY", "objectId": "vnfm"}
JOB = {
    "objectInstanceIds": [ENTITY],
    "jobCriteria": {"loggingType": "SERVICES", "servicesLogDetail": {}},
    "jobConfig": {"reportingCondition": {"reportingType": "REPORTING_ON_COMPILATION"}, "securityConf": {}},
}


@pytest.fixture
def core() -> Core:
    core = make_core("VNFM")
    core.give(Information(core))
    core.give(Logs(core))
    return core


@pytest.fixture
def http(core: Core) -> CheckedClient:
    return client(core)


def test_job_is_created_read_and_deleted(http):
    """A logging job lives from POST to DELETE."""
    made = http.post(f"{ROOT}/log_jobs", json=JOB)
    assert made.status_code == 201
    assert http.get(made.location).json == made.json
    assert http.get(f"{ROOT}/log_jobs").json == [made.json]
    assert http.delete(made.location).status_code == 204
    assert http.get(made.location).status_code == 404
    assert http.delete(made.location).status_code == 404


def test_report_holds_what_happened_since_the_job_began(http, core):
    """Events before the job are not in its log, those after are, with their lab times."""
    core.power(Logs).record("too early")
    job = http.post(f"{ROOT}/log_jobs", json=JOB).location
    http.patch("/nfvmanocim/v2/mano_entity", json={"name": "new"})
    core.clock.run(2)
    core.power(Logs).record("later")
    answer = http.post(f"{job}/compile_log", json={})
    assert answer.status_code == 201
    report = http.get(answer.location).json
    assert report == answer.json
    text = http.get(report["fileLocationInfo"]["fileEndpoint"]).text
    assert "too early" not in text
    assert "information changed: name" in text
    assert "2026-01-01T00:00:02.000Z vnfm later" in text
    assert report["securityAndIntegrityInfo"]["hash"] == hashlib.sha256(text.encode()).hexdigest()
    assert http.get(job).json["logReports"][0]["logReportId"] == report["id"]


def test_subscriber_hears_of_a_log_report(http, core):
    """A job that reports on compilation tells the subscribers, in SOL 009's words."""
    http.post(f"{ROOT}/subscriptions", json={"callbackUri": "http://smm/callbacks/log"})
    job = http.post(f"{ROOT}/log_jobs", json=JOB).location
    report = http.post(f"{job}/compile_log", json={"objectInstanceId": ENTITY}).location
    core.clock.run()
    [told] = core.peers.notifications()
    assert told["_links"]["logReports"] == [{"href": report}]
    assert notification_problems(told) == []


def test_job_without_reporting_stays_quiet(http, core):
    """NO_REPORTING compiles and tells nobody."""
    http.post(f"{ROOT}/subscriptions", json={"callbackUri": "http://smm/callbacks/log"})
    quiet = {**JOB["jobConfig"], "reportingCondition": {"reportingType": "NO_REPORTING"}}
    job = http.post(f"{ROOT}/log_jobs", json={**JOB, "jobConfig": quiet}).location
    http.post(f"{job}/compile_log", json={})
    core.clock.run()
    assert core.peers.notifications() == []


def test_logs_of_others_are_refused(http):
    """An entity keeps logs of itself only."""
    stranger = {"type": "MANO_ENTITY", "objectId": "nfvo"}
    answer = http.post(f"{ROOT}/log_jobs", json={**JOB, "objectInstanceIds": [stranger]})
    assert answer.status_code == 422
    assert "nfvo" in answer.json["detail"]
    job = http.post(f"{ROOT}/log_jobs", json=JOB).location
    assert http.post(f"{job}/compile_log", json={"objectInstanceId": stranger}).status_code == 422


def test_all_problems_of_a_request_are_named_at_once(http):
    """Whoever sends a wrong job reads everything that is wrong with it."""
    answer = http.post(f"{ROOT}/log_jobs", json={"objectInstanceIds": [], "jobCriteria": {"loggingType": "GOSSIP"}})
    assert answer.status_code == 400
    for word in ("objectInstanceIds", "GOSSIP", "jobConfig"):
        assert word in answer.json["detail"]
