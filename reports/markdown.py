"""The summary for a CI page, in Markdown: the verdict first, then what did not pass, then where to look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from reports.files import write
from reports.json_report import version
from reports.model import Report
from reports.unmet import Unmet, unmet
from reports.words import words

_LINKS = (
    ("html/index.html", "full report"),
    ("statement.html", "conformance statement"),
    ("report.json", "report as JSON"),
    ("junit.xml", "JUnit XML"),
)
_NAMED = 10  # scenarios without a record
_POINTS = 30
_USUAL = "contradicts-flow"


def write_markdown(report: Report, path: Path) -> Path:
    """Write the summary. It links the reports that lie beside it at that moment."""
    path = Path(path)
    return write(path, summary(report, path.parent))


def summary(report: Report, folder: Path) -> str:
    """The summary as text; folder: where the reports that it may link lie."""
    parts = [headline(report), *_incomplete(report), entities_line(report)]
    points = unmet(report)
    if points:
        parts.append("### Not passed\n\n" + _table(points))
    parts.append(interpretations_used(report, "###", lambda ids: str(len(ids))))
    links = [f"[{said}]({name})" for name, said in _LINKS if _current(folder, name)]
    parts.append(" · ".join([*links, facts_line(report)]))
    return "\n\n".join(part for part in parts if part) + "\n"


def _current(folder: Path, name: str) -> bool:
    """Whether a report is there, and not from a run before the one that `report.json` is of."""
    path, newest = folder / name, folder / "report.json"
    return path.is_file() and not (newest.is_file() and path.parent != folder and _age(path) < _age(newest))


def _age(path: Path) -> int:
    return path.stat().st_mtime_ns


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


def interpretations_used(report: Report, mark: str, told: Callable[[Sequence[str]], str]) -> str:
    """A section with the readings of the document that verdicts of the run rest on; `told` says scenarios in a cell."""
    lines = [
        f"| {used.id} | {cell(used.title)} | {cell(', '.join(used.rows))} | {told(ids)} |"
        for used, ids in report.interpretations_used
    ]
    head = [f"{mark} Interpretations used", "", "| id | what was chosen about | rows | scenarios |"]
    return "\n".join([*head, "| --- | --- | --- | --- |", *lines]) if lines else ""


def cell(text: object) -> str:
    """Text that may stand in a cell of a Markdown table."""
    said = " ".join(str(text).split())
    for sign in "\\`*_[]<>|":
        said = said.replace(sign, f"&#{ord(sign)};" if sign in "<>|" else f"\\{sign}")
    return said


def _incomplete(report: Report) -> list[str]:
    if report.complete:
        return []
    if not report.missing:
        return ["> **Not complete:** it is not recorded which scenarios were selected."]
    names = ", ".join(f"`{name}`" for name in report.missing[:_NAMED])
    more = f" and {len(report.missing) - _NAMED} more" if len(report.missing) > _NAMED else ""
    return [f"> **Not complete:** {len(report.missing)} selected scenario(s) left no record: {names}{more}"]


def _table(points: Sequence[Unmet]) -> str:
    """One line a point; a row's own line first, and no more than a page shows."""
    lines = ["| row | verdict | entity | what was asked | what was found |", "| --- | --- | --- | --- | --- |"]
    for point in points[:_POINTS]:
        told = f"{words(point.verdict).sign} {point.verdict.value}"
        about = (f"`{point.ref}`" if point.ref else "", told, cell(", ".join(point.entities)), cell(point.asked))
        lines.append(f"| {' | '.join((*about, _found(point)))} |")
    more = len(points) - _POINTS
    return "\n".join(lines) + (f"\n\nand {more} more in the reports below" if more > 0 else "")


def _found(point: Unmet) -> str:
    """The reason, its strength where it is the weaker one, its proof, and where."""
    weaker = f"{point.strength}: " if point.strength and point.strength != _USUAL else ""
    proof = f" ({point.proof})" if point.proof else ""
    where = cell(point.scenarios[0].name)
    more = f" and {len(point.scenarios) - 1} more" if len(point.scenarios) > 1 else ""
    return f"{weaker}{cell(point.reason)}{proof}<br><sub>{where}{more}</sub>"
