"""Finished records as the commands need them: read, written in every form, and turned into an exit code."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from harness.cli.failures import BROKEN, FAILED, MET, MISSING, Broken, WrongUse
from harness.garbage import unswept
from harness.judge.verdicts import Verdict

if TYPE_CHECKING:
    from reports import Report
    from reports.processes import Each

EXIT_CODES = {
    Verdict.ERROR: BROKEN,
    Verdict.FAIL: FAILED,
    Verdict.INCONCLUSIVE: MISSING,
    Verdict.NOT_APPLICABLE: MISSING,  # nothing was judged
    Verdict.PASS: MET,
}
SELECTION = "selection.json"
"""What a run was to judge; every folder that a run wrote to holds it."""


@dataclass(frozen=True)
class Places:
    """Where reports go besides the report folder; None for nowhere else."""

    allure: Path | None = None
    junit: Path | None = None
    json: Path | None = None
    markdown: Path | None = None


def prepare(out: Path) -> None:
    """Make the folder for a run; raises WrongUse rather than use one that holds somebody else's `runs`."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUse(f"--out {out}: cannot be made: {error.strerror}") from None
    runs = out / "runs"
    if runs.exists() and not (out / SELECTION).is_file():
        raise WrongUse(f"--out {out}: its 'runs' is not of manolab's making", hint="name another folder")


def begin(out: Path, scenarios: Iterable[str]) -> None:
    """Throw the records of an earlier run away, and note what this one is to judge."""
    shutil.rmtree(out / "runs", ignore_errors=True)
    (out / "runs").mkdir()
    selection = {"format": "manolab-selection/1", "scenarios": list(scenarios)}
    (out / SELECTION).write_text(json.dumps(selection, indent=1) + "\n", encoding="utf-8")


def load_report(out: Path) -> Report:
    """The report of the records below a folder; raises WrongUse when there are none or they cannot be read."""
    import reports

    try:
        with unswept():
            return reports.load(out)
    except (FileNotFoundError, reports.BadRecords) as error:
        raise WrongUse(str(error)) from None


def exit_code(report: Report) -> int:
    """What the process ends with; a selected scenario without a record is never a pass."""
    return EXIT_CODES[report.verdict]


def write_reports(report: Report, out: Path, places: Places, each: Each = map) -> Iterator[tuple[str, Path]]:
    """Write every report and yield what it is and where; a place of the user's choice comes in the default's stead.

    each: who does the work for each scenario.
    """
    import reports

    try:
        with unswept():
            yield "JSON", reports.write_json(report, places.json or out / "report.json")
            yield "JUnit", reports.write_junit(report, places.junit or out / "junit.xml")
            allure = reports.write_allure(report, out, places.allure or out / "allure-results", each)
            yield "statement", reports.write_statement(report, out / "statement.md", allure / "statement.html")
            yield "Allure results", allure
            # Last, because it links the reports that are there.
            yield "summary", reports.write_markdown(report, places.markdown or out / "summary.md")
    except reports.CrewLost as error:
        raise Broken(f"reports were not written: {error}", hint=f"the records are there: {out / 'runs'}") from None
    except (OSError, ValueError) as error:
        raise WrongUse(f"a report cannot be written: {error}") from None
