"""The rows x entities matrix as SVG: the whole result on one picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from harness import svg
from harness.judge.verdicts import Verdict
from reports.model import Report, Row
from reports.words import WORDS, words

_TITLES = 720.0  # room for the rows' words, px
_CELL = (96.0, 26.0)


def matrix(report: Report) -> str:
    """The matrix of a report, as the text of an SVG file."""
    names = [entity.name for entity in report.entities]
    right = _TITLES + max(len(names), 2) * _CELL[0] + 24
    body, y = _heading(report, right)
    y = _header(body, names, {entity.name: entity.verdict for entity in report.entities}, y)
    for table, rows in groupby(report.rows, key=lambda row: row.table):
        body.append(svg.text(24, y + 24, f"Table {table}", 12, weight=650))
        body.append(svg.line(24, y + 31, right - 24, y + 31, svg.HAIR))
        y = _rows(body, list(rows), names, y + 33)
    return svg.picture(right, _legend(body, y + 18), f"rows by entities: {report.verdict.value}", body)


def _heading(report: Report, right: float) -> tuple[list[str], float]:
    told = words(report.verdict)
    chip, wide = svg.pill(24, 18, f"{told.sign} {report.verdict.value}", told.ink, told.paper, 13)
    title = svg.text(36 + wide, 34, "Table rows of GR NFV-REL 011 by entity", 17, weight=650)
    counts = ", ".join(f"{count} {verdict.value}" for verdict, count in report.counts.items() if count)
    about = f"{len(report.rows)} rows, {len(report.scenarios)} scenarios: {counts or 'none'}"
    about += "" if report.complete else "  ·  not complete"
    return [chip, title, svg.text(24, 58, svg.cut(about, 12, right - 48), 12, svg.FAINT)], 70.0


def _header(body: list[str], names: Sequence[str], verdicts: Mapping[str, Verdict], y: float) -> float:
    for index, name in enumerate(names):
        told, middle = words(verdicts[name]), _TITLES + (index + 0.5) * _CELL[0]
        body.append(svg.box(middle - _CELL[0] / 2 + 2, y, _CELL[0] - 4, 34, told.paper, stroke=told.ink, radius=5))
        body.append(svg.text(middle, y + 15, name, 12, anchor="middle", weight=650))
        body.append(svg.text(middle, y + 28, verdicts[name].value, 9.5, told.ink, anchor="middle"))
    return y + 36


def _rows(body: list[str], rows: Sequence[Row], names: Sequence[str], y: float) -> float:
    for row in rows:
        told = words(row.verdict)
        chip, wide = svg.pill(24, y + 4, row.row, told.ink, told.paper, 10.5)
        title = svg.cut(row.title, 11.5, _TITLES - wide - 44)
        body += [chip, svg.text(34 + wide, y + 17, title, 11.5, title=row.title)]
        for index, name in enumerate(names):
            _cell(body, row.entities.get(name), _TITLES + index * _CELL[0], y, f"{row.ref} {name}")
        y += _CELL[1]
    return y


def _cell(body: list[str], verdict: Verdict | None, x: float, y: float, about: str) -> None:
    if verdict is None:
        body.append(svg.box(x + 2, y + 1, _CELL[0] - 4, _CELL[1] - 2, "#fafbfc", radius=4))
        return
    told = words(verdict)
    body.append(svg.box(x + 2, y + 1, _CELL[0] - 4, _CELL[1] - 2, told.paper, radius=4))
    sign = svg.text(x + _CELL[0] / 2, y + 18, told.sign, 13, told.ink, anchor="middle", weight=700)
    body.append(f"<g><title>{svg.clean(about)}: {verdict.value}</title>{sign}</g>")


def _legend(body: list[str], y: float) -> float:
    x = 24.0
    for verdict, told in WORDS.items():
        body.append(svg.text(x, y + 6, f"{told.sign} {verdict.value}", 10.5, told.ink, weight=600))
        x += svg.width(f"{told.sign} {verdict.value}", 10.5, bold=True) + 22
    body.append(svg.text(x, y + 6, "blank: no scenario judges it", 10.5, svg.FAINT))
    return y + 22
