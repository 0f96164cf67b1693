"""What every source gives: headings, paragraphs and tables, in the order of the document, each with its place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Place:
    """Where something stands: a line of a text file, or the number of a paragraph or table in a DOCX (from 1).

    In a table of a DOCX `row` is the row of that table, its header being row 1.
    """

    line: int = 0
    paragraph: int = 0
    table: int = 0
    row: int = 0

    def __str__(self) -> str:
        if self.line:
            return f"line {self.line}"
        if self.table:
            return f"table {self.table}, row {self.row}" if self.row else f"table {self.table}"
        return f"paragraph {self.paragraph}"

    def record(self) -> dict[str, int]:
        """The parts that are known, as JSON carries them."""
        return {name: value for name, value in vars(self).items() if value}


@dataclass(frozen=True)
class Heading:
    """The heading of a clause; `level` as the source marks it, which need not fit its number."""

    text: str
    level: int
    place: Place


@dataclass(frozen=True)
class Paragraph:
    """Running text, a caption, or an item of a list. `strong` is what stands in bold at its beginning."""

    text: str
    place: Place
    strong: str = ""


@dataclass(frozen=True)
class Line:
    """One row of a table as it stands in the source; merged cells are empty but for the first."""

    cells: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class Grid:
    """A table as it stands in the source, or the part of it on one page; its header is its first line."""

    lines: tuple[Line, ...]
    place: Place


Block = Heading | Paragraph | Grid
