"""Log management (SOL 009 clause 7: nfvmanologm): jobs that collect an entity's events, and their reports."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field

from mocks.entities.core import Core
from mocks.entities.errors import Unprocessable
from mocks.entities.mano_objects import LOGM, lets_through, link, path_of
from mocks.entities.ports import Body
from mocks.entities.register import Register
from mocks.entities.subscriptions import Subscription, Subscriptions
from mocks.entities.times import timestamp


@dataclass(frozen=True)
class LogReport:
    """One compiled log: its LogReport on the wire and its text."""

    body: Body
    text: str


@dataclass
class LogJob:
    """A logging job: what was asked for, the lines since it began, the reports compiled of them."""

    id: str
    request: Body
    lines: list[str] = field(default_factory=list)
    reports: Register[LogReport] = field(default_factory=lambda: Register("log report"))

    @property
    def path(self) -> str:
        return f"{LOGM}/log_jobs/{self.id}"

    def snapshot(self) -> Body:
        reports = [dict(vars(report)) for report in self.reports.all()]
        return {"id": self.id, "request": self.request, "lines": list(self.lines), "reports": reports}

    @classmethod
    def revived(cls, snapshot: Body) -> LogJob:
        job = cls(snapshot["id"], snapshot["request"], snapshot["lines"])
        for report in snapshot["reports"]:
            job.reports.add(report["body"]["id"], LogReport(**report))
        return job


class Logs:
    """The open logging jobs. A job collects from its creation until it is deleted, whatever times it was given."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.Lock()
        self._jobs: Register[LogJob] = Register("logging job")
        self.subscriptions = Subscriptions(core.ids, core.clock, core.peers)

    def record(self, text: str) -> None:
        """An event of this entity: one line, with its time, in every open job."""
        line = f"{timestamp(self._core.clock.date())} {self._core.name} {text}"
        for job in self._jobs.all():
            job.lines.append(line)

    def create(self, request: Body) -> Body:
        """Begin a job of a CreateLoggingJobRequest; Unprocessable when it is about somebody else."""
        strangers = {one["objectId"] for one in request["objectInstanceIds"]} - {self._core.name}
        if strangers:
            raise Unprocessable(f"logs of {', '.join(sorted(strangers))} are not kept here, only of {self._core.name}")
        job = LogJob(self._core.ids.uuid(), request)
        self._jobs.add(job.id, job)
        self.record(f"logging job {job.id} started")
        return _job_body(job)

    def list(self) -> list[Body]:
        return [_job_body(job) for job in self._jobs.all()]

    def get(self, id: str) -> Body:
        return _job_body(self._jobs.get(id))

    def delete(self, id: str) -> None:
        """End a job; its reports go with it."""
        self._jobs.take(id)

    def compile(self, job_id: str, reference: Body | None = None) -> Body:
        """Make a LogReport of what the job has collected so far, and tell the subscribers when the job says so."""
        job = self._jobs.get(job_id)
        objects = job.request["objectInstanceIds"]
        if reference is not None and reference not in objects:
            raise Unprocessable(f"the job does not log this object; it logs {objects}")
        with self._lock:
            report = self._report(job, reference or objects[0])
            job.reports.add(report.body["id"], report)
        if job.request["jobConfig"]["reportingCondition"]["reportingType"] == "REPORTING_ON_COMPILATION":
            self._report_available(job, report)
        return report.body

    def report(self, job_id: str, report_id: str) -> Body:
        return self._jobs.get(job_id).reports.get(report_id).body

    def text(self, job_id: str, report_id: str) -> str:
        """The lines of a compiled log, oldest first."""
        return self._jobs.get(job_id).reports.get(report_id).text

    def snapshot(self) -> Body:
        return {"jobs": [job.snapshot() for job in self._jobs.all()], "subscriptions": self.subscriptions.snapshot()}

    def revive(self, snapshot: Body) -> None:
        self._jobs.clear()
        for each in snapshot["jobs"]:
            self._jobs.add(each["id"], LogJob.revived(each))
        self.subscriptions.revive(snapshot["subscriptions"])

    def _report(self, job: LogJob, reference: Body) -> LogReport:
        report_id = self._core.ids.uuid()
        path = f"{job.path}/log_reports/{report_id}"
        text = "".join(f"{line}\n" for line in job.lines)
        body: Body = {
            "id": report_id,
            "objectInstanceId": reference,
            "compilationTrigger": "ON_DEMAND",
            "readyTime": timestamp(self._core.clock.date()),
            "fileSize": len(text.encode()),
            "fileFormat": "text/plain",
            "fileLocationInfo": {"protocol": "HTTPS", "fileEndpoint": f"{path}/file"},
            "securityAndIntegrityInfo": {
                "algorithm": "SHA-256",
                "hash": hashlib.sha256(text.encode()).hexdigest(),
                # The lab has no keys to sign with, and says so rather than making up a signature.
                "logFileSignature": "unsigned",
                "signingCertificate": "none",
            },
            "_links": {"self": link(path), "objects": [link(path_of(reference))]},
        }
        return LogReport(body, text)

    def _report_available(self, job: LogJob, report: LogReport) -> None:
        reference = report.body["objectInstanceId"]

        def notification(subscription: Subscription) -> Body | None:
            if not lets_through(subscription.filter, "LogReportAvailableNotification", reference):
                return None
            return {
                "id": self._core.ids.uuid(),
                "notificationType": "LogReportAvailableNotification",
                "subscriptionId": subscription.id,
                "timeStamp": report.body["readyTime"],
                "objectInstanceId": reference,
                "_links": {
                    "subscription": link(f"{LOGM}/subscriptions/{subscription.id}"),
                    "objectInstance": link(path_of(reference)),
                    "LoggingJob": link(job.path),
                    "logReports": [report.body["_links"]["self"]],
                },
            }

        self.subscriptions.publish(notification)


def _job_body(job: LogJob) -> Body:
    """The LoggingJob on the wire."""
    reports = [report.body for report in job.reports.all()]
    return {
        "id": job.id,
        **{name: job.request[name] for name in ("objectInstanceIds", "jobCriteria", "jobConfig")},
        "logReports": [{"logReportId": body["id"], "logReportLoc": body["_links"]["self"]} for body in reports],
        "_links": {"self": link(job.path), "objects": [link(path_of(one)) for one in job.request["objectInstanceIds"]]},
    }
