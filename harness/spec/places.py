"""The places of a document that a text of ours is about: rows, notes, entries of "At #", whole tables.

Written as people write them: `5.2.2.5-1 rows 3 to 5 and note 2`, `notes 1 and 2 of 5.3.3.5-1`, `5.3.3.6-1 "3 to 5"`,
`5.4.2.6-1 column "At #"`, `5.2.2-1, 5.2.4-1`. Rows without a table are those of the table that was agreed on before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

TOKEN = re.compile(
    r"(?P<table>\b\d+(?:\.\d+)*-\d+\b)|(?P<kinds>\b(?:rows?|notes?)\b)|(?P<edge>\b(?:begin|end)\b)|(?P<quoted>\"[^\"]*\")"
    r"|(?P<number>(?<![\w.-])\d{1,3}(?![\w-]|\.\d))|(?P<join>\b(?:and|or)\b|,)|(?P<to>\bto\b)|(?P<owner>\bof\b)"
    r"|(?P<word>[^\s,]+)"
)
TRANSPARENT = frozenset({"table", "tables", "column", "the"})
"""Words between the parts of a place."""


def places(text: str, default: str = "") -> list[str]:
    """The references of all places in a text, such as 5.2.2.5-1#3, "5.2.2.5-1 note 2", "5.3.3.6-1 at" and 5.2.2-1.

    default: the table of which rows are meant that name none; without it, they are no places.
    """
    return list(dict.fromkeys(_Reader(default).read(text)))


class _Reader:
    """Goes through the words once."""

    def __init__(self, default: str) -> None:
        self._default = default
        self._tables: list[str] = []
        """Those that the parts which come now are of."""
        self._parted = False
        """Whether they have had any, so that another table begins another place."""
        self._pending: list[str] = []
        """Parts that wait for "of" and their table."""
        self._kind = ""
        self._last: int | None = None
        self._ranged = self._of = False

    def read(self, text: str) -> Iterator[str]:
        for found in TOKEN.finditer(text):
            yield from getattr(self, f"_{found.lastgroup}")(found[0])
        yield from self._closed()

    def _table(self, name: str) -> Iterator[str]:
        if self._of:
            yield from (name + part for part in self._pending)
            self._tables, self._parted = [name], True
            return
        if self._parted or self._pending:
            yield from self._closed()
        self._tables.append(name)

    def _kinds(self, word: str) -> Iterator[str]:
        self._kind, self._last, self._ranged = (" note " if word.startswith("note") else "#"), None, False
        return iter(())

    def _edge(self, word: str) -> Iterator[str]:
        self._kind, self._last = "#", None
        return self._part(f"#{word}")

    def _quoted(self, _: str) -> Iterator[str]:
        return self._part(" at")

    def _number(self, digits: str) -> Iterator[str]:
        if not self._kind:
            yield from self._word(digits)
            return
        number = int(digits)
        first = self._last + 1 if self._ranged and self._last is not None else number
        for each in range(first, number + 1):
            yield from self._part(f"{self._kind}{each}")
        self._last, self._ranged = number, False

    def _part(self, part: str) -> Iterator[str]:
        if self._of:
            yield from self._closed()
        self._parted = True
        if self._tables:
            yield from (table + part for table in self._tables)
        else:
            self._pending.append(part)

    def _join(self, _: str) -> Iterator[str]:
        self._ranged = False
        return iter(())

    def _to(self, _: str) -> Iterator[str]:
        self._ranged = True
        return iter(())

    def _owner(self, _: str) -> Iterator[str]:
        self._of = bool(self._pending)
        return iter(())

    def _word(self, word: str) -> Iterator[str]:
        if word.strip("().;:").casefold() in TRANSPARENT:
            return
        yield from self._closed()

    def _closed(self) -> Iterator[str]:
        """The place that ends here: a table without parts is meant as a whole."""
        if self._tables and not self._parted:
            yield from self._tables
        elif self._pending and not self._of and self._default:
            yield from (self._default + part for part in self._pending)
        self._tables, self._pending, self._parted = [], [], False
        self._kind, self._last, self._ranged, self._of = "", None, False, False


def concerned(title: Sequence[str], text: str) -> list[str]:
    """The places of an interpretation: those in its title, and those in its text, read with the title's only table."""
    named = places(", ".join(title))
    tables = {re.split(r"#| note | at$", place)[0] for place in named}
    return list(dict.fromkeys((*named, *places(text, next(iter(tables)) if len(tables) == 1 else ""))))
