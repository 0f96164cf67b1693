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
    """Goes through the words once. Parts are held back until it is known whether "of" gives them another table."""

    def __init__(self, default: str) -> None:
        self._default = default
        self._begin()

    def _begin(self) -> None:
        """Nothing is known of the place that comes."""
        self._tables: list[str] = []
        self._parted = False
        """Whether these tables have had parts, so that another table begins another place."""
        self._parts: list[str] = []
        self._pending: list[str] = []
        """Parts that are followed by "of", and wait for their tables."""
        self._kind, self._last, self._ranged = "", 0, False

    def read(self, text: str) -> Iterator[str]:
        for found in TOKEN.finditer(text):
            yield from getattr(self, f"_{found.lastgroup}")(found[0])
        yield from self._closed()

    def _table(self, name: str) -> Iterator[str]:
        if self._pending:
            yield from (name + part for part in self._pending)
            self._parted = True
            return
        if self._parted or self._parts:
            yield from self._closed()
        self._tables.append(name)

    def _kinds(self, word: str) -> Iterator[str]:
        yield from self._closed() if self._pending else self._given()
        self._kind, self._last, self._ranged = (" note " if word.startswith("note") else "#"), 0, False

    def _edge(self, word: str) -> Iterator[str]:
        return self._only_beside_others(f"#{word}")

    def _quoted(self, _: str) -> Iterator[str]:
        return self._only_beside_others(" at")

    def _only_beside_others(self, part: str) -> Iterator[str]:
        """A word that is a part where a place has begun, and an ordinary word elsewhere."""
        if self._tables or self._kind:
            self._parts.append(part)
            return iter(())
        return self._closed()

    def _number(self, digits: str) -> Iterator[str]:
        if not self._kind or self._pending:
            yield from self._closed()
            return
        first = self._last + 1 if self._ranged else int(digits)
        self._parts += [f"{self._kind}{number}" for number in range(first, int(digits) + 1)]
        self._last, self._ranged = int(digits), False

    def _join(self, _: str) -> Iterator[str]:
        self._ranged = False
        return iter(())

    def _to(self, _: str) -> Iterator[str]:
        self._ranged = bool(self._last)
        return iter(())

    def _owner(self, _: str) -> Iterator[str]:
        lone = [" note"] if self._kind == " note " else []  # the only one of its table
        pending = self._parts or lone
        self._parts = []
        yield from self._closed()
        self._pending = pending

    def _word(self, word: str) -> Iterator[str]:
        if word.strip("().;:").casefold() not in TRANSPARENT:
            yield from self._closed()

    def _given(self) -> Iterator[str]:
        """The parts that were held back, to the tables before them."""
        tables = self._tables or ([self._default] if self._default else [])
        yield from (table + part for part in self._parts for table in tables)
        self._parted = self._parted or bool(self._parts)
        self._parts = []

    def _closed(self) -> Iterator[str]:
        """The place that ends here: a table without parts is meant as a whole."""
        yield from self._given()
        if not self._parted:
            yield from self._tables
        self._begin()


def concerned(title: Sequence[str], text: str) -> list[str]:
    """The places of an interpretation: those in its title, and those in its text.

    Rows without a table are those of the title's only table; but where the title is about the column "At #", whose
    numbers are rows of another table, they are left out, because it cannot be told which of the two is meant.
    """
    named = places(", ".join(title))
    tables = {re.split(r"#| note| at$", place)[0] for place in named}
    sure = len(tables) == 1 and not any(place.endswith(" at") for place in named)
    return list(dict.fromkeys((*named, *places(text, next(iter(tables)) if sure else ""))))
