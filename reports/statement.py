"""The conformance statement: which row is judged by which scenario, with what verdict; Markdown and a page of its own.

The page needs nothing else: no script, no network, the diagrams are in it. One diagram stands for all examples of a
scenario that passed; each has its own in the Allure report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from harness.judge.verdicts import Verdict
from reports import histories, markdown
from reports.files import write
from reports.json_report import version
from reports.matrix import matrix
from reports.model import Report, Row, Scenario
from reports.sequence import diagram
from reports.unmet import Unmet, unmet
from reports.words import WORDS, words

PAGE = "statement.html"


def write_statement(report: Report, path: Path, made: Path | None = None) -> Path:
    """Write the statement as Markdown at `path` and as a page beside it (`.html`); gives the page's path.

    made: the page, where it is made already: Allure's results have it.
    """
    path = write(Path(path).with_suffix(".md"), as_markdown(report))
    return write(path.with_suffix(".html"), made.read_bytes() if made else as_page(report))


def drawn(scenario: Scenario) -> str:
    """The diagram of a scenario, whose conversation is read for it."""
    return diagram(scenario, histories.conversation(scenario))


def anchor(ref: str) -> str:
    """The place of a row in the page, for links: `row-5.2.2.5-1-3`."""
    return f"row-{ref.replace('#', '-')}"


def as_markdown(report: Report) -> str:
    """The statement in Markdown: facts, then each table with the scenarios that judge its rows."""
    parts = ["# Conformance statement", markdown.headline(report), markdown.entities_line(report), _limits(report)]
    numbers = _numbers(report)
    for table, rows in groupby(report.rows, key=lambda row: row.table):
        lines = [
            f"## Table {table}",
            "",
            "| row | what it asks for | verdict | scenarios |",
            "| --- | --- | --- | --- |",
        ]
        for row in rows:
            judged = ", ".join(str(numbers[name]) for name in row.scenarios)
            told = f"{words(row.verdict).sign} {row.verdict.value}"
            lines.append(f"| {row.row} | {markdown.cell(row.title)} | {told} | {judged} |")
        parts.append("\n".join(lines))
    parts.append("## Scenarios\n\n" + "\n".join(_scenario_line(numbers[one.id], one) for one in report.scenarios))
    parts.append(markdown.interpretations_used(report, "##", lambda ids: _listed(ids, numbers)))
    return "\n\n".join(part for part in [*parts, markdown.facts_line(report)] if part) + "\n"


def _scenario_line(number: int, scenario: Scenario) -> str:
    told = f"{number}. {words(scenario.verdict).sign} {scenario.verdict.value}: {markdown.cell(scenario.name)}"
    told += f" ({scenario.entity})" if scenario.entity else ""
    return told + (f": {markdown.cell(scenario.reason)}" if scenario.reason else "")


def _listed(ids: Sequence[str], numbers: dict[str, int]) -> str:
    return ", ".join(str(numbers[name]) for name in ids)


def _numbers(report: Report) -> dict[str, int]:
    return {scenario.id: index for index, scenario in enumerate(report.scenarios, 1)}


def _limits(report: Report) -> str:
    """What the statement does and does not say."""
    whole = (
        "Every selected scenario has a record."
        if report.complete
        else f"Not complete: {', '.join(report.missing) or 'which scenarios were selected is not recorded'}."
    )
    return f"Verdicts rest on the recorded conversation alone. The document is informative. {whole}"


def as_page(report: Report, picture: Callable[[Scenario], str] = drawn) -> str:
    """The statement as one HTML page; picture: gives the diagram of a scenario, where it is drawn already."""
    numbers = _numbers(report)
    shown = report.shown
    counts = ", ".join(f"{count} {verdict.value}" for verdict, count in report.counts.items() if count)
    facts = " · ".join(f"{name} {fact}" for name, fact in report.environment.items() if name != "manolab")
    parts = [
        "<!doctype html><html lang='en'><meta charset='utf-8'><meta name='viewport' content='width=device-width'>",
        f"<title>Conformance statement: {report.verdict.value}</title><style>{_style()}</style><main>",
        f"<h1>Conformance statement</h1><p>{_badge(report.verdict)}",
        f"<b>{len(report.scenarios)} scenarios</b>: {escape(counts)}</p>",
        f"<p class='faint'>{escape(_limits(report))}</p>",
        f"<p class='faint'>ETSI GR NFV-REL 011 V1.1.1 · manolab {escape(version(report))} · {escape(facts)}</p>",
        _not_passed(report, numbers),
        f"<h2>Rows by entity</h2>{matrix(report)}<h2>Rows by scenario</h2>",
        *_tables(report, numbers),
        "<h2>Scenarios</h2><div class='card'>",
        *(_scenario(numbers, scenario, shown[scenario.id], picture) for scenario in report.scenarios),
        "</div>",
        _interpretations(report, numbers),
        "<p class='faint'>"
        + " &nbsp; ".join(f"{one.sign} {verdict.value}: {one.means}" for verdict, one in WORDS.items())
        + "</p>",
        "</main></html>\n",
    ]
    return "\n".join(parts)


def _style() -> str:
    sheets = (files("harness") / "paper.css", files("reports") / "statement.css")
    return "".join(sheet.read_text(encoding="utf-8") for sheet in sheets)


def _badge(verdict: Verdict) -> str:
    told = words(verdict)
    return f"<span class='v' style='color:{told.ink};background:{told.paper}'>{told.sign} {verdict.value}</span>"


def _not_passed(report: Report, numbers: dict[str, int]) -> str:
    """What was not met, before all: the row, what it asked for, what was found instead, and where to see it."""
    points = unmet(report)
    lines = "".join(
        f"<tr><td><code>{escape(point.ref or '')}</code></td><td>{escape(point.asked)}</td>"
        f"<td>{_badge(point.verdict)}</td><td>{escape(point.reason)} <span class='faint'>{point.proof}</span></td>"
        f"<td>{_places(point, numbers)}</td></tr>"
        for point in points
    )
    heads = "".join(f"<th>{name}</th>" for name in ("row", "what was asked", "verdict", "what was found", "scenarios"))
    return f"<h2>Not passed</h2><div class='card'><table><tr>{heads}</tr>{lines}</table></div>" if points else ""


def _places(point: Unmet, numbers: dict[str, int]) -> str:
    return " ".join(
        f"<a href='#scenario-{escape(one.id)}' title='{escape(one.title)}'>{numbers[one.id]}</a>"
        for one in point.scenarios
    )


def _tables(report: Report, numbers: Mapping[str, int]) -> Iterator[str]:
    found = {scenario.id: scenario.row_verdicts for scenario in report.scenarios}
    for table, group in groupby(report.rows, key=lambda row: row.table):
        rows = list(group)
        used = {name for row in rows for name in row.scenarios}
        scenarios = [scenario for scenario in report.scenarios if scenario.id in used]
        yield _table(table, rows, scenarios, numbers, found)


def _table(
    table: str,
    rows: Sequence[Row],
    scenarios: Sequence[Scenario],
    numbers: Mapping[str, int],
    found: Mapping[str, Mapping[str, Verdict]],
) -> str:
    """One document table: its rows down, the scenarios that judge any of them across, and what each found of each."""
    heads = "".join(
        f"<th class='c'><a href='#scenario-{escape(one.id)}' title='{escape(one.title)}'>{numbers[one.id]}</a></th>"
        for one in scenarios
    )
    body = "".join(
        f"<tr id='{escape(anchor(row.ref))}'><td><code>{escape(row.row)}</code></td><td>{escape(row.title)}</td>"
        f"<td>{_badge(row.verdict)}</td>{''.join(_mark(found[one.id].get(row.ref)) for one in scenarios)}</tr>"
        for row in rows
    )
    head = f"<tr><th>row</th><th>what it asks for</th><th>verdict</th>{heads}</tr>"
    return f"<h3>Table {escape(table)}</h3><div class='card'><table>{head}{body}</table></div>"


def _mark(verdict: Verdict | None) -> str:
    if verdict is None:
        return "<td class='c'></td>"
    told = words(verdict)
    return f"<td class='c' style='color:{told.ink};background:{told.paper}' title='{verdict.value}'>{told.sign}</td>"


def _scenario(numbers: dict[str, int], scenario: Scenario, shown: Scenario, picture: Callable[[Scenario], str]) -> str:
    about = f"{scenario.feature_name} · {scenario.entity or 'no entity'} · {scenario.feature}:{scenario.line}"
    reason = f"<p>{escape(scenario.reason)}</p>" if scenario.reason else ""
    told = picture(scenario) if shown is scenario and scenario.recorded else _elsewhere(numbers, scenario, shown)
    opened = " open" if scenario.verdict in (Verdict.FAIL, Verdict.ERROR) else ""
    return (
        f"<details id='scenario-{escape(scenario.id)}'{opened}><summary>{numbers[scenario.id]}. "
        f"{_badge(scenario.verdict)} {escape(scenario.name)}</summary><p class='faint'>{escape(about)}</p>{reason}"
        f"{told}</details>"
    )


def _elsewhere(numbers: dict[str, int], scenario: Scenario, shown: Scenario) -> str:
    """Where the diagram is that stands for a scenario's own."""
    if not scenario.recorded:
        return "<p class='faint'>No conversation was recorded.</p>"
    there = f"<a href='#scenario-{escape(shown.id)}'>{numbers[shown.id]}. {escape(shown.name)}</a>"
    return f"<p class='faint'>It went as in {there}; its own messages: <code>{escape(_history(scenario))}</code></p>"


def _history(scenario: Scenario) -> str:
    """The file of its messages, as seen from the report folder."""
    return f"runs/{scenario.id}/{scenario.history.name if scenario.history else ''}"


def _interpretations(report: Report, numbers: dict[str, int]) -> str:
    """The readings of the document that verdicts of this run rest on."""
    lines = "".join(
        f"<tr id='interpretation-{escape(used.id)}'><td><code>{escape(used.id)}</code></td>"
        f"<td>{escape(used.title)}</td>"
        f"<td>{escape(', '.join(used.rows))}</td><td>{_listed(ids, numbers)}</td></tr>"
        for used, ids in report.interpretations_used
    )
    heads = "".join(f"<th>{name}</th>" for name in ("id", "what was chosen about", "rows", "scenarios"))
    table = f"<table><tr>{heads}</tr>{lines}</table>"
    return f"<h2>Interpretations used</h2><div class='card'>{table}</div>" if lines else ""
