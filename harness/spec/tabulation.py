"""From the lines of a captioned grid to a table: its kind, its rows, its notes, who acts, where a rollback begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from harness.spec.blocks import Line, Place
from harness.spec.model import BEGIN, END, Actors, Note, Row, Table
from harness.spec.references import CLAUSES, expanded, references

NOTES = re.compile(r"NOTE(?:\s+(?P<number>\d{1,3}))?\s*:\s*")
UNNUMBERED = {"begins when": BEGIN, "begin when": BEGIN, "ends when": END, "end when": END}
ARROW = re.compile(r"\s*(<?\s*-+\s*>|<?→|↔)\s*")
KINDS = (
    ("flow", re.compile(r"actor.*\|.*action", re.IGNORECASE)),
    ("role-mapping", re.compile(r"role described in clause", re.IGNORECASE)),
    ("actors", re.compile(r"\|role\|", re.IGNORECASE)),
    ("pre", re.compile(r"pre-?condition", re.IGNORECASE)),
    ("post", re.compile(r"post-?condition", re.IGNORECASE)),
    ("recommendation", re.compile(r"recommendation", re.IGNORECASE)),
)
AT = re.compile(r"^at\b", re.IGNORECASE)
DASHES = re.compile("\\s*[\N{EN DASH}\N{EM DASH}-]\\s*")


def tabulated(id: str, caption: str, clause: str, place: Place, lines: Sequence[Line]) -> Table:
    """The table of these lines, the first of which is the header."""
    columns = lines[0].cells if lines else ()
    kind = _kind(columns)
    rows: list[Row] = []
    notes: list[Note] = []
    for line in lines[1:]:
        if NOTES.match(line.cells[0]) or NOTES.match(" ".join(line.cells).strip()):
            notes += _notes(line)
        elif any(line.cells):
            rows.append(_row(kind, line))
    if kind == "flow" and len(columns) > 3:
        rows = list(_inherited(rows))
    return Table(id, kind, caption, clause, tuple(columns), place, tuple(rows), tuple(notes))


def _kind(columns: Sequence[str]) -> str:
    """What sort of table these columns make; "other" where they are none of those that are known."""
    header = "|" + "|".join(columns) + "|"
    return next((kind for kind, pattern in KINDS if pattern.search(header)), "other")


def _notes(line: Line) -> Iterator[Note]:
    """One note or several in one line: their texts may stand in further cells, or one after the other in one."""
    whole = " ".join(cell for cell in line.cells if cell)
    marks = list(NOTES.finditer(whole))
    ends = [mark.start() for mark in marks[1:]] + [len(whole)]
    for mark, end in zip(marks, ends, strict=True):
        text = whole[mark.end() : end].strip()
        yield Note(int(mark["number"] or 0), text, line.place, references(text))


def _row(kind: str, line: Line) -> Row:
    first, second, third, fourth = (*line.cells, "", "", "", "")[:4]
    number = UNNUMBERED.get(first.casefold(), first) if kind == "flow" else first
    if kind == "flow":
        row = Row(number, third, line.place, second, actors(second), at=fourth, at_steps=_steps(fourth))
    elif kind in ("actors", "role-mapping"):
        row = Row(number, third, line.place, second)
    elif kind == "recommendation":
        row = Row(number, second, line.place, description=third, clauses=tuple(_clauses(third)))
    else:
        row = Row(number, second, line.place, description=third)
    return replace(row, references=references(row.actor if kind == "role-mapping" else row.whole))


def actors(cell: str) -> Actors:
    """Who acts: "SMM", "SMM, tester", "SMM -> Tester" or "A <-> B"."""
    arrow = ARROW.search(cell)
    if not arrow:
        names = _names(cell)
        return Actors("joint" if len(names) > 1 else "single", names)
    both = "<" in arrow[1] or arrow[1] == "↔"
    return Actors("peer" if both else "message", _names(cell[: arrow.start()]), _names(cell[arrow.end() :]))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _steps(cell: str) -> tuple[int, ...]:
    numbers = expanded(DASHES.sub(" to ", cell)) if cell else []
    return tuple(int(number) for number in numbers if number.isdigit())


def _clauses(cell: str) -> Iterator[str]:
    for found in CLAUSES.finditer(cell):
        yield from expanded(found["list"])


@dataclass
class _Merged:
    steps: tuple[int, ...] = ()


def _inherited(rows: Sequence[Row]) -> Iterator[Row]:
    """An empty cell of "At #" belongs to the one above it: entered there, a rollback comes through here as well."""
    above = _Merged()
    for row in rows:
        if row.number in (BEGIN, END):
            yield row
            continue
        above.steps = row.at_steps or above.steps
        yield replace(row, at_steps=above.steps)
