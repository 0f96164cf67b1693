"""Test suites and test runs (tables 5.2.2.5-1 and 5.2.2.6-1, rows 5 and 6; retry by clause 5.8)."""

from __future__ import annotations

from typing import ClassVar

from harness.clients.http import Body
from harness.smm.operations.base import Absent, Context, Done, Failed, Operation, Outcome, Waiting

PROGRESS = ("state", "percentage", "remainingTime", "currentStep")
"""What a tester tells of a run under way."""


class FindTestSuites(Operation):
    """Find the suites that apply to both versions; a version that cannot be tested is not started on."""

    def do(self, context: Context) -> Outcome:
        versions = (context.launch.destination, str(context.find("sourceSoftwareVersion")))
        found = {version: context.tester.tester.described(context.launch.target, version) for version in versions}
        suites = {version: [str(suite["name"]) for suite in described] for version, described in found.items()}
        health = {
            version: [str(suite["name"]) for suite in described if suite.get("needsService") is False]
            for version, described in found.items()
        }
        missing = [version for version, names in suites.items() if not names]
        if missing:
            return Failed("refused", f"{context.launch.tester} has no test suites for version {', '.join(missing)}")
        return Done({"suites": suites, "healthSuites": health})


class RunTests(Operation):
    """Have the tester run every suite that applies, on the resources indicated."""

    references: ClassVar[tuple[str, ...]] = ("resources",)

    def do(self, context: Context) -> Outcome:
        made = context.parameter("made")
        if made and context.fact(made).get("there"):
            return Done({"testRunId": None, "skipped": f"{context.at} was there all the time"})
        return Done({"testRunId": context.tester.tester.run(self.body(context))})

    def body(self, context: Context) -> Body:
        """The request."""
        version = context.version()
        return {
            "target": context.at,
            "softwareVersion": version,
            "suites": (context.find(self.suites(context)) or {}).get(version, []),
            "resources": context.reserved(),
            "impacted": [*context.launch.impacted, *context.partners],
            **self.expected(context),
        }

    def suites(self, context: Context) -> str:
        """Under which name the suites to run were found: all, or those for a target that does not serve yet."""
        return "healthSuites" if context.parameter("health") else "suites"

    def expected(self, context: Context) -> Body:
        """What the tester has to know of an instance: that it is locked, or whose place it takes."""
        if context.parameter("health"):
            return {"applicationState": "STARTED_LOCKED", "impacted": []}
        return {"knownAs": context.other} if context.parameter("at") else {}

    def look_up(self, context: Context) -> Outcome | Absent:
        taken, version = context.taken(), context.version()
        mine = [
            run["id"]
            for run in context.tester.tester.runs()
            if (run.get("target"), run.get("softwareVersion")) == (context.at, version)
            and run.get("requestedBy", context.name) == context.name
            and run["id"] not in taken
        ]
        return Done({"testRunId": mine[-1]}) if mine else Absent()


class RunTestsOf(RunTests):
    """Have the tester test an actor in a role of the plan, on the resources indicated (5.5.2.5-1, row 15)."""

    def body(self, context: Context) -> Body:
        target, version = self._subject(context)
        return {
            "target": target,
            "softwareVersion": version,
            "suites": context.tester.tester.suites(target, version),
            "resources": context.reserved(),
            "impacted": [str(context.setting(name)) for name in context.parameter("with", [])],
        }

    def look_up(self, context: Context) -> Outcome | Absent:
        taken, subject = context.taken(), self._subject(context)
        mine = [
            run["id"]
            for run in context.tester.tester.runs()
            if (run.get("target"), run.get("softwareVersion")) == subject
            and run.get("requestedBy", context.name) == context.name
            and run["id"] not in taken
        ]
        return Done({"testRunId": mine[-1]}) if mine else Absent()

    def _subject(self, context: Context) -> tuple[str, str]:
        """The VNF or the VNFM that the process leads over to, in the version that it says it runs."""
        role = context.parameter("subject")
        actor = str(context.setting(role) if role.endswith("Vnf") else context.find(role))
        return actor, str(context.entities[actor].information.mano_entity().get("softwareVersion"))


class AwaitTests(Operation):
    """Wait for the tester's verdict; after a time-out without any, ask it."""

    references = ("of",)

    def do(self, context: Context) -> Outcome:
        if (asked := context.fact(context.parameter("of"))).get("skipped"):
            return Done({"skipped": asked["skipped"]})
        heard = context.notified.get(self._run(context))
        return (self.hear(context, heard) if heard else None) or Waiting(context.parameter("timeout", 120))

    def hear(self, context: Context, notification: Body) -> Outcome | None:
        if notification.get("testRunId") != self._run(context):
            return None
        context.memory["seen"] = [notification.get("state"), notification.get("percentage")]
        return self.judge(notification)

    def look_up(self, context: Context) -> Outcome:
        found = context.tester.tester.get(self._run(context))
        outcome = self.judge(found)
        if outcome is not None:
            return outcome
        before, seen = context.memory.get("seen"), [found.get("state"), found.get("percentage")]
        context.memory["seen"] = seen
        if before == seen and not self._held(context):
            return Failed("unknown", f"{context.launch.tester} makes no progress: {seen[0]} at {seen[1]} %")
        return Waiting(context.parameter("timeout", 120))

    def status(self, context: Context) -> Body | None:
        if context.now.fact(context.parameter("of")).get("skipped"):
            return None
        found = context.tester.tester.get(self._run(context))
        return {name: found.get(name) for name in ("target", *PROGRESS)}

    def _held(self, context: Context) -> bool:
        """Whether the tests stand still because the SMM itself had them suspended."""
        return context.now.halted or bool(context.now.control.todo)

    def judge(self, report: Body) -> Outcome | None:
        """What a test run, or a notification of one, says of the end; None while there is no end."""
        state, verdict = report.get("state"), report.get("verdict")
        if state == "COMPLETED" and verdict == "PASS":
            return Done({"verdict": verdict})
        if state == "COMPLETED":
            bad = [suite for suite in report.get("suites", []) if suite.get("verdict") != "PASS"]
            named = "; ".join(f"{suite.get('name')}: {suite.get('detail') or suite.get('verdict')}" for suite in bad)
            return Failed("not-passed", f"tests not passed: {named or 'no suite named'}")
        if state == "FAILED":
            error = report.get("error") or {}
            said = error.get("detail") or error.get("title") or "no reason given"
            return Failed("transient" if error.get("retryable") else "failed", f"the tests could not be run: {said}")
        return None

    def _run(self, context: Context) -> str:
        return str(context.fact(context.parameter("of"))["testRunId"])
