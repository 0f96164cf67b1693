"""The summary for a CI page, in Markdown: the verdict first, then what did not pass, then where to look."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from harness.judge.verdicts import Verdict
from reports.json_report import version
from reports.model import Report, Row, Scenario, Step
from reports.words import words

_LINKS = (
    ("html/index.html", "full report"),
    ("statement.html", "conformance statement"),
    ("report.json", "report as JSON"),
    ("junit.xml", "JUnit XML"),
)
_NAMED = 3  # scenarios named for one reason
_FINE = (Verdict.PASS, Verdict.NOT_APPLICABLE)


def write_markdown(report: Report, path: Path) -> Path:
    """Write the summary. It links the reports that lie beside it at that moment."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(summary(report, path.parent), encoding="utf-8")
    return path


def summary(report: Report, folder: Path) -> str:
    """The summary as text; folder: where the reports that it may link lie."""
    parts = [headline(report), *_incomplete(report), entities_line(report)]
    open_rows = [row for row in report.rows if row.verdict not in _FINE]
    if open_rows:
        parts.append("### Rows not passed\n\n" + _rows_table(report, open_rows))
    rowless = [scenario for scenario in report.scenarios if scenario.verdict not in _FINE and not _rows_tell(scenario)]
    if rowless:
        parts.append("### Scenarios not passed for another reason\n\n" + _scenarios_list(rowless))
    links = [f"[{said}]({name})" for name, said in _LINKS if (folder / name).exists()]
    parts.append(" · ".join([*links, facts_line(report)]))
    return "\n\n".join(part for part in parts if part) + "\n"


def headline(report: Report) -> str:
    """The verdict and the numbers behind it."""
    told = words(report.verdict)
    counts = ", ".join(f"{count} {verdict.value}" for verdict, count in report.counts.items() if count)
    title = f"## {told.sign} {report.verdict.value}: software modification, GR NFV-REL 011"
    return f"{title}\n\n{len(report.scenarios)} scenarios: {counts or 'none'}. {len(report.rows)} table rows judged."


def entities_line(report: Report) -> str:
    """Each entity with its verdict."""
    told = (
        f"{words(entity.verdict).sign} **{cell(entity.name)}** {entity.verdict.value}" for entity in report.entities
    )
    line = " · ".join(told)
    return f"Entities: {line}" if line else ""


def facts_line(report: Report) -> str:
    """What was run, and with what."""
    facts = [f"manolab {version(report)}"]
    facts += [f"{name} {report.environment[name]}" for name in ("transport", "subject") if name in report.environment]
    return ", ".join(facts)


def cell(text: object) -> str:
    """Text that may stand in a cell of a Markdown table."""
    said = " ".join(str(text).split())
    for sign in "\\`*_[]<>|":
        said = said.replace(sign, f"&#{ord(sign)};" if sign in "<>|" else f"\\{sign}")
    return said


def not_passed(report: Report, row: Row) -> Iterable[tuple[Scenario, Step]]:
    """The scenarios and steps that gave a row its verdict."""
    for scenario in report.scenarios:
        if scenario.id in row.scenarios:
            for step in scenario.steps:
                if step.ref == row.ref and scenario.step_verdict(step) is row.verdict:
                    yield scenario, step


def why(scenario: Scenario, step: Step) -> str:
    """Why a step did not pass, in one line."""
    if step.verdict is None:
        return f"not judged: {scenario.reason}" if scenario.reason else "not judged"
    return " · ".join(part for part in (step.strength, step.reason) if part) or scenario.step_verdict(step).value


def _incomplete(report: Report) -> list[str]:
    if report.complete:
        return []
    if not report.missing:
        return ["> **Not complete:** it is not recorded which scenarios were selected."]
    names = ", ".join(f"`{name}`" for name in report.missing)
    return [f"> **Not complete:** {len(report.missing)} selected scenario(s) left no record: {names}"]


def _rows_table(report: Report, rows: Iterable[Row]) -> str:
    lines = ["| row | verdict | entity | what the row asks for | why |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        told = f"{words(row.verdict).sign} {row.verdict.value}"
        alike: dict[str, list[str]] = {}
        for scenario, step in not_passed(report, row):
            alike.setdefault(why(scenario, step), []).append(scenario.entity or "")
        for reason, entities in alike.items():
            about = [f"`{row.ref}`", told, cell(", ".join(dict.fromkeys(entities))), cell(row.title), cell(reason)]
            lines.append(f"| {' | '.join(about)} |")
    return "\n".join(lines)


def _rows_tell(scenario: Scenario) -> bool:
    """Whether the table of rows already says why the scenario did not pass."""
    return any(step.ref and scenario.step_verdict(step) is scenario.verdict for step in scenario.steps)


def _scenarios_list(scenarios: Iterable[Scenario]) -> str:
    """One line a reason: when the lab breaks, it breaks for many scenarios at once."""
    alike: dict[tuple[Verdict, str], list[str]] = {}
    for scenario in scenarios:
        alike.setdefault((scenario.verdict, scenario.reason or "no reason recorded"), []).append(scenario.name)
    return "\n".join(
        f"- {words(verdict).sign} {verdict.value}: {cell(reason)}: {_some(names)}"
        for (verdict, reason), names in alike.items()
    )


def _some(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    told = ", ".join(cell(name) for name in names[:_NAMED])
    return f"{told} and {len(names) - _NAMED} more" if len(names) > _NAMED else told
