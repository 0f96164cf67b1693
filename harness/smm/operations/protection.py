"""What protects a modification: a restoration point and special logs (table 5.2.2.5-1, row 1 and note 1)."""

from __future__ import annotations

from harness.clients.errors import NotFound, Transient
from harness.smm.operations.base import Absent, Context, Done, Failed, Operation, Outcome, sole
from harness.smm.operations.target import is_gone


class SecureRestorationPoint(Operation):
    """Find the restoration point that the process was launched with, or make one of the target."""

    def do(self, context: Context) -> Outcome:
        given = context.launch.restoration_point
        if given is not None:
            found = context.target.software_modification.restoration_point(given)
            source = context.find("sourceSoftwareVersion")
            if found.get("softwareVersion") not in (None, source):
                version = found["softwareVersion"]
                return Failed("refused", f"restoration point {given} is of version {version}, the target runs {source}")
            return Done({"restorationPointId": given, "made": False})
        made = context.target.software_modification.make_restoration_point(self._description(context))
        return Done({"restorationPointId": made, "made": True})

    def look_up(self, context: Context) -> Outcome | Absent:
        if context.launch.restoration_point is not None:
            return Absent()
        points, mine = context.target.software_modification.restoration_points(), self._description(context)
        found = sole([point["id"] for point in points if point.get("description") == mine], "restoration points")
        if isinstance(found, Failed):
            return found
        return Absent() if found is None else Done({"restorationPointId": found, "made": True})

    def _description(self, context: Context) -> str:
        return f"before software modification process {context.launch.id}"


class RemoveRestorationPoint(Operation):
    """Remove the restoration point that the process made; one that was given stays."""

    def do(self, context: Context) -> Outcome:
        found = context.now.fact(context.step.id)
        if found["made"]:
            try:
                context.target.software_modification.remove_restoration_point(found["restorationPointId"])
            except NotFound:
                return Done()
        return Done()


class StartSpecialLogs(Operation):
    """Start a logging job at the target (SOL 009 clause 8), marked with the process it belongs to."""

    def do(self, context: Context) -> Outcome:
        return Done({"logJobId": context.target.logs.start(str(context.find("entityId")), self._marks(context))})

    def look_up(self, context: Context) -> Outcome | Absent:
        marks = self._marks(context)
        jobs = context.target.logs.jobs()
        details = {job["id"]: job.get("jobCriteria", {}).get("systemLogDetail", {}) for job in jobs}
        found = sole([job for job, detail in details.items() if detail.get("systemLogs") == marks], "logging jobs")
        if isinstance(found, Failed):
            return found
        return Absent() if found is None else Done({"logJobId": found})

    def _marks(self, context: Context) -> dict[str, str]:
        return {"reason": "software modification", "process": context.launch.id}


class StopSpecialLogs(Operation):
    """End the logging job."""

    def do(self, context: Context) -> Outcome:
        try:
            context.target.logs.stop(context.now.fact(context.step.id)["logJobId"])
        except NotFound:
            return Done()
        except Transient:
            if not is_gone(context, context.launch.target):
                raise
        return Done()
