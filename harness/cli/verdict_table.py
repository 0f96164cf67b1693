"""A report as lines for people: a verdict for each table row, a line for each entity, and why what failed did."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

import click

from harness.judge.verdicts import Verdict

if TYPE_CHECKING:
    from reports.model import EntityResult, Report, Row, Scenario

COLOURS = {
    Verdict.PASS: "green",
    Verdict.FAIL: "red",
    Verdict.INCONCLUSIVE: "yellow",
    Verdict.NOT_APPLICABLE: "bright_black",
    Verdict.ERROR: "magenta",
}
SHOWN = 10
STEPS = 3
WIDTH = max(len(verdict.value) for verdict in Verdict)


def coloured(verdict: Verdict) -> str:
    """The verdict's word, padded to the width of the longest and in its colour."""
    return click.style(f"{verdict.value:<{WIDTH}}", fg=COLOURS[verdict], bold=verdict is not Verdict.PASS)


def verdict_lines(report: Report) -> Iterator[str]:
    """The whole report: what did not pass and what is missing, then rows by table, entities, and the sum."""
    yield from _reason_lines(report.scenarios)
    yield from _missing_lines(report.missing)
    for table, rows in groupby(report.rows, key=lambda row: row.table):
        yield from _table_lines(table, rows)
    yield from _entity_lines(report.entities)
    yield ""
    yield summary(report)


def summary(report: Report) -> str:
    """One line: the verdict of the whole and how many scenarios have each verdict."""
    counts = ", ".join(f"{count} {verdict.value}" for verdict, count in report.counts.items() if count)
    verdict = click.style(report.verdict.value, fg=COLOURS[report.verdict], bold=True)
    return f"{verdict}: {_many(len(report.scenarios), 'scenario')} ({counts or 'none judged'})"


def _table_lines(table: str, rows: Iterable[Row]) -> Iterator[str]:
    yield from ("", click.style(f"Table {table}", bold=True))
    for row in rows:
        count = _many(len(row.scenarios), "scenario")
        yield f"  {coloured(row.verdict)}  {row.ref:<15} {count:>12}  {_cut(row.title, 50)}"


def _entity_lines(entities: Iterable[EntityResult]) -> Iterator[str]:
    yield from ("", click.style("Entities", bold=True))
    for entity in entities:
        counts = ", ".join(f"{count} {verdict.value}" for verdict, count in entity.counts.items() if count)
        yield f"  {coloured(entity.verdict)}  {entity.name:<14} {counts}"


def _reason_lines(scenarios: Iterable[Scenario]) -> Iterator[str]:
    unmet = [s for s in scenarios if s.verdict not in (Verdict.PASS, Verdict.NOT_APPLICABLE)]
    if unmet:
        yield from ("", click.style("Not passed", bold=True))
    for scenario in unmet:
        yield f"  {coloured(scenario.verdict)}  {scenario.id}  ({scenario.feature}:{scenario.line})"
        worst = [step for step in scenario.steps if step.verdict is scenario.verdict]
        for step in worst[:STEPS]:
            proof = f" [messages {', '.join(map(str, step.evidence))}]" if step.evidence else ""
            yield f"      {step.ref or step.keyword}: {step.reason or step.text}{proof}"
        if len(worst) > STEPS:
            yield f"      and {len(worst) - STEPS} more steps"
        if scenario.error:
            yield f"      {scenario.error.strip().splitlines()[-1]}"


def _missing_lines(missing: Sequence[str]) -> Iterator[str]:
    if missing:
        yield from ("", click.style(f"Without a record ({len(missing)})", bold=True))
        yield from (f"  {name}" for name in missing[:SHOWN])
    if len(missing) > SHOWN:
        yield f"  and {len(missing) - SHOWN} more"


def _cut(text: str, taken: int) -> str:
    room = max(shutil.get_terminal_size((120, 24)).columns - taken, 20)
    return text if len(text) <= room else f"{text[: room - 1]}…"


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
