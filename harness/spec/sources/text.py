"""Markdown and plain text as blocks, line by line.

Tables are lines with tabs between the cells, as word processors save them, or the pipe tables of Markdown. In plain
text a heading is a line that begins with the number of a clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from harness.spec.blocks import Block, Grid, Heading, Line, Paragraph, Place
from harness.spec.errors import UnreadableDocument
from harness.spec.sources.inline import plain, strong_start

HEADING = re.compile(r"(#{1,9}) +(\S.*)")
NUMBERED = re.compile(r"(?:\d{1,2}|[A-Z]\.\d+|\d{1,2}(?:\.\d+)+|[A-Z](?:\.\d+)+)\s+(?!\t)[A-Z][^.;:]{2,120}")
CONTENTS = re.compile(r"\.{4,}")
PIPES = re.compile(r"\|.*\|\s*")
RULER = re.compile(r"\|(\s*:?-+:?\s*\|)+\s*")
ITEM = re.compile(r"(?:[-*+]|\d+[.)])\s+")
BREAK = re.compile(r"(?:-{3,}|\*{3,}|_{3,})\s*")


def blocks(path: Path, content: bytes) -> tuple[str, list[Block]]:
    """The format, "markdown" or "text", and the blocks; UnreadableDocument when it is no UTF-8 text."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableDocument(
            path, "neither a DOCX file nor UTF-8 text", "save it as DOCX, Markdown or text in UTF-8"
        ) from None
    if "\0" in text:
        raise UnreadableDocument(path, "has NUL bytes, so it is no text", "save it as DOCX, Markdown or text")
    lines = text.split("\n")
    markdown = any(HEADING.match(line) for line in lines)
    return ("markdown" if markdown else "text"), list(_Reader(markdown).read(lines))


@dataclass
class _Reader:
    """Goes through the lines once; what is gathered is given out at each empty line."""

    markdown: bool
    _gathered: list[tuple[int, str]] = field(default_factory=list)
    _fenced: bool = False

    def read(self, lines: list[str]) -> Iterator[Block]:
        for number, raw in enumerate(lines, 1):
            line = raw.rstrip("\r")
            if not line.strip():
                yield from self._give()
            elif heading := self._heading(line, number):
                yield from self._give()
                yield heading
            elif self.markdown and BREAK.fullmatch(line):
                yield from self._give()
            else:
                self._gathered.append((number, line))
        yield from self._give()

    def _heading(self, line: str, number: int) -> Heading | None:
        found = HEADING.match(line)
        if found:
            return Heading(plain(found[2]), len(found[1]), Place(number))
        if self.markdown or self._gathered or "\t" in line.strip() or not NUMBERED.fullmatch(line.strip()):
            return None
        text = line.strip()
        return Heading(text, text.split()[0].count(".") + 1, Place(number))

    def _give(self) -> Iterator[Block]:
        gathered, self._gathered = self._gathered, []
        if not gathered:
            return
        first = gathered[0][1]
        if "\t" in first.strip("\t ") and not CONTENTS.search(first):
            yield _grid(gathered, [line.split("\t") for _, line in gathered])
        elif PIPES.fullmatch(first.strip()) and len(gathered) > 1 and RULER.fullmatch(gathered[1][1].strip()):
            kept = [gathered[0], *gathered[2:]]
            yield _grid(kept, [_piped(line) for _, line in kept])
        else:
            yield from _paragraphs(gathered)


def _grid(gathered: list[tuple[int, str]], cells: list[list[str]]) -> Grid:
    width = len(cells[0])
    lines = []
    for (number, _), row in zip(gathered, cells, strict=True):
        padded = [*row, *[""] * (width - len(row))]
        lines.append(Line(tuple(plain(cell) for cell in padded), Place(number)))
    return Grid(tuple(lines), Place(gathered[0][0]))


def _piped(line: str) -> list[str]:
    inner = line.strip().removeprefix("|").removesuffix("|")
    return [cell.replace(r"\|", "|").strip() for cell in re.split(r"(?<!\\)\|", inner)]


def _paragraphs(gathered: list[tuple[int, str]]) -> Iterator[Paragraph]:
    """Lines that follow each other are one paragraph, but for the items of a list."""
    start, words = gathered[0][0], [gathered[0][1]]
    for number, line in gathered[1:]:
        if ITEM.match(line.lstrip()) or CONTENTS.search(line):
            yield _paragraph(start, words)
            start, words = number, []
        words.append(line)
    yield _paragraph(start, words)


def _paragraph(number: int, lines: list[str]) -> Paragraph:
    text = " ".join(line.strip() for line in lines)
    item = ITEM.match(text)
    body = text[item.end() :] if item else text
    return Paragraph(plain(body), Place(number), strong_start(body))
