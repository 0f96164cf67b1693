"""A finished run as the drawing of a flow takes it: for each row the messages that were evidence for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from harness.cli.failures import WrongUse

if TYPE_CHECKING:
    from harness.judge.verdicts import Verdict
    from harness.spec.drawing import Evidence, Exchange, Observation
    from harness.spec.model import Table
    from reports.conversation import Line
    from reports.model import Scenario


def observed(folder: Path, table: Table) -> Observation:
    """What the run in a folder left for the rows of a table; WrongUse when it is no run, or not one of that table."""
    import reports
    from harness.spec.drawing import Observation
    from reports import conversation, histories

    try:
        scenario = reports.load_one(folder)
    except (FileNotFoundError, reports.BadRecords) as error:
        runs = sorted(path.name for path in folder.glob("runs/*") if (path / "findings.json").is_file())
        hint = f"name one of its runs: {', '.join(runs[:5])}{', ...' if len(runs) > 5 else ''}" if runs else ""
        raise WrongUse(f"--observed {error}", hint=hint) from None
    lines = conversation.lines(scenario, histories.conversation(scenario))
    found = {row.number: _of_row(scenario, table.ref(row), lines) for row in table.rows}
    rows = {number: evidence for number, evidence in found.items() if evidence}
    if not rows:
        judged = sorted({ref.partition("#")[0] for ref in scenario.refs})
        raise WrongUse(
            f"--observed {folder}: the run judged no row of table {table.id}",
            hint=f"it judged rows of {', '.join(judged) or 'no table'}",
        )
    return Observation(scenario.title, _evidence(scenario.verdict, scenario.reason or ""), rows)


def _of_row(scenario: Scenario, ref: str, lines: list[Line]) -> Evidence | None:
    """The evidence of one row over all steps that judge it; None where none does."""
    from harness.judge.verdicts import roll_up

    steps = [step for step in scenario.steps if step.ref == ref]
    if not steps:
        return None
    verdict = roll_up(scenario.step_verdict(step) for step in steps)
    told = [step.reason for step in steps if step.reason and scenario.step_verdict(step) is verdict]
    return _evidence(verdict, "; ".join(dict.fromkeys(told)), tuple(_exchanges(ref, lines)))


def _exchanges(ref: str, lines: list[Line]) -> Iterator[Exchange]:
    from harness.spec.drawing import Exchange

    for line in lines:
        if ref in line.refs and line.kind in ("evidence", "missing"):
            receivers = (line.receiver, *line.others)
            yield Exchange(line.sender, receivers, line.label, line.answer, line.kind == "missing")


def _evidence(verdict: Verdict, reason: str, exchanges: tuple[Exchange, ...] = ()) -> Evidence:
    from harness.spec.drawing import Evidence
    from reports.words import words

    told = words(verdict)
    return Evidence(verdict.value, told.sign, told.ink, told.paper, reason, exchanges)
