"""nfvmanologm/v1: logs of an entity (SOL 009 clause 7)."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies, subscription_routes
from mocks.api.descriptions import validator
from mocks.api.lean import Reply
from mocks.api.lists import listed
from mocks.api.slots import Slot, serving
from mocks.entities.logs import Logs

NAME = "nfvmanologm"
ROOT = f"/{NAME}/v1"


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    logs = serving(slot, Logs)
    check_job, check_compile = validator(NAME, "CreateLoggingJobRequest"), validator(NAME, "CompileLogRequest")

    @api.post("/log_jobs")
    def create_job() -> Reply:
        job = logs().create(bodies.read(check_job))
        return answers.created(job, f"{ROOT}/log_jobs/{job['id']}")

    @api.get("/log_jobs")
    def query_jobs() -> Reply:
        return listed(logs().list(), of=(NAME, "LoggingJob"))

    @api.get("/log_jobs/<id>")
    def read_job(id: str) -> Reply:
        return answers.resource(logs().get(id))

    @api.delete("/log_jobs/<id>")
    def delete_job(id: str) -> Reply:
        logs().delete(id)
        return answers.no_content()

    @api.post("/log_jobs/<id>/compile_log")
    def compile_log(id: str) -> Reply:
        report = logs().compile(id, bodies.read(check_compile).get("objectInstanceId"))
        return answers.created(report, report["_links"]["self"]["href"])

    @api.get("/log_jobs/<id>/log_reports/<report_id>")
    def read_report(id: str, report_id: str) -> Reply:
        return answers.resource(logs().report(id, report_id))

    @api.get("/log_jobs/<id>/log_reports/<report_id>/file")
    def read_file(id: str, report_id: str) -> Reply:
        return Reply(logs().text(id, report_id).encode(), content_type="text/plain; charset=utf-8")

    subscription_routes.add(
        api,
        ROOT,
        lambda: logs().subscriptions,
        lambda subscription: subscription_routes.render(subscription, ROOT),
        validator(NAME, "LogmSubscriptionRequest"),
    )
    return api
