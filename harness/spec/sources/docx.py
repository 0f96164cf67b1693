"""A DOCX file as blocks, read without running, fetching or unpacking anything that could do harm.

What was inserted as a tracked change counts, what was deleted does not: a draft reads as if all changes were accepted.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from harness.spec.blocks import Block, Grid, Heading, Line, Paragraph, Place
from harness.spec.errors import UnreadableDocument

LARGEST_PART = 64 * 1024 * 1024
LARGEST_WHOLE = 256 * 1024 * 1024
MOST_PARTS = 10_000
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
HEADING = re.compile(r"(?:heading|überschrift|titre) (\d)", re.IGNORECASE)
NUMBERED = re.compile(r"(?:\d+(?:\.\d+)*|[A-Z](?:\.\d+)+|Annex [A-Z])\b")
SKIPPED = {f"{W}del", f"{W}moveFrom", f"{W}pPr", f"{W}rPr", f"{W}txbxContent"}
SPACES = re.compile(r"[ \t\u00a0\n]+")


def blocks(path: Path, content: bytes) -> list[Block]:
    """The blocks of a DOCX file; UnreadableDocument for another kind of archive, and for one made to harm."""
    _check(path, content)
    try:
        from docx import Document  # noqa: PLC0415 - an extra of its own
        from docx.opc.exceptions import PackageNotFoundError  # noqa: PLC0415
    except ImportError:
        raise UnreadableDocument(path, "a DOCX file needs python-docx", "pip install 'manolab[spec]'") from None
    try:
        document = Document(io.BytesIO(content))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile, OSError) as error:
        raise UnreadableDocument(path, f"no DOCX file: {error}", "save it as .docx, or as text") from None
    styles = {style.style_id: str(style.name) for style in document.styles if style.name}
    found = list(_Body(styles).read(document.element.body))
    return _numbered(found)


def _check(path: Path, content: bytes) -> None:
    """Look at the archive before anything of it is unpacked, and at its XML before anything is parsed."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise UnreadableDocument(path, "a damaged archive", "save the document again") from None
    names = {part.filename for part in parts}
    if "word/document.xml" not in names:
        raise UnreadableDocument(path, "an archive, but no DOCX file", "expected a part word/document.xml")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_WHOLE:
        raise UnreadableDocument(path, "unpacks to more than any document needs; not opened")
    for part in parts:
        if part.file_size > LARGEST_PART:
            raise UnreadableDocument(path, f"part {part.filename} unpacks to more than {LARGEST_PART >> 20} MiB")
        if not part.filename.endswith((".xml", ".rels")):
            continue
        try:
            text = archive.read(part)
        except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
            raise UnreadableDocument(path, f"part {part.filename} cannot be read: {error}") from None
        if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"<\0!\0D\0O\0C\0T" in text:
            raise UnreadableDocument(path, f"part {part.filename} declares entities; no DOCX file needs them")


class _Body:
    """Goes through the body of the document in its order, counting paragraphs and tables as Word's reader would."""

    def __init__(self, styles: dict[str, str]) -> None:
        self._styles = styles
        self._paragraphs = 0
        self._tables = 0

    def read(self, parent: Any) -> Iterator[Block]:
        for child in parent:
            if child.tag == f"{W}p":
                yield from self._paragraph(child)
            elif child.tag == f"{W}tbl":
                yield self._table(child)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml"):
                yield from self.read(child)

    def _paragraph(self, node: Any) -> Iterator[Block]:
        self._paragraphs += 1
        text = _words(node)
        if not text.strip():
            return
        place = Place(paragraph=self._paragraphs)
        style = node.find(f"{W}pPr/{W}pStyle")
        heading = HEADING.match(self._styles.get(style.get(f"{W}val"), "")) if style is not None else None
        if heading:
            yield Heading(_tidy(text), int(heading[1]), place)
        elif "\t" in text.strip() and re.match(r"[A-Z][A-Za-z0-9-]{1,9}\t", text):  # an abbreviation and its words
            yield Grid((Line(tuple(_tidy(cell) for cell in text.split("\t")), place),), place)
        else:
            yield Paragraph(_tidy(text), place, _strong(node))

    def _table(self, node: Any) -> Grid:
        self._tables += 1
        number, lines = self._tables, []
        for index, row in enumerate(node.iter(f"{W}tr"), 1):
            lines.append(Line(tuple(_cells(row)), Place(table=number, row=index)))
        width = max((len(line.cells) for line in lines), default=0)
        padded = [Line((*line.cells, *[""] * (width - len(line.cells))), line.place) for line in lines]
        return Grid(tuple(padded), Place(table=number))


def _cells(row: Any) -> Iterator[str]:
    """The cells of a row; what is merged is empty after its first cell."""
    for cell in row.iterchildren(f"{W}tc"):
        span = cell.find(f"{W}tcPr/{W}gridSpan")
        merged = cell.find(f"{W}tcPr/{W}vMerge")
        below = merged is not None and merged.get(f"{W}val", "continue") != "restart"
        yield "" if below else _tidy(" ".join(_words(paragraph) for paragraph in cell.iter(f"{W}p")))
        for _ in range(int(span.get(f"{W}val", "1")) - 1 if span is not None else 0):
            yield ""


def _words(node: Any) -> str:
    """The text of a paragraph as it reads with all tracked changes accepted."""
    found: list[str] = []
    stack = [iter(node)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == f"{W}t":
            found.append(child.text or "")
        elif child.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
            found.append("\t" if child.tag == f"{W}tab" else "\n")
        elif child.tag == f"{W}noBreakHyphen":
            found.append("-")
        elif child.tag not in SKIPPED:
            stack.append(iter(child))
    return "".join(found)


def _strong(node: Any) -> str:
    """What stands in bold at the beginning."""
    found = []
    for run in node.iter(f"{W}r"):
        bold = run.find(f"{W}rPr/{W}b")
        if bold is None or bold.get(f"{W}val", "true") in ("0", "false"):
            break
        found.append(_words(run))
    return _tidy("".join(found))


def _tidy(text: str) -> str:
    return SPACES.sub(" ", text).strip()


def _numbered(found: list[Block]) -> list[Block]:
    """Headings whose numbers are Word's own, so that no text has them, are numbered by their levels."""
    headings = [block for block in found if isinstance(block, Heading)]
    if any(NUMBERED.match(heading.text) for heading in headings):
        return found
    counters = [0] * 10
    numbered: list[Block] = []
    for block in found:
        if isinstance(block, Heading):
            counters[block.level] += 1
            counters[block.level + 1 :] = [0] * (9 - block.level)
            number = ".".join(str(counter) for counter in counters[1 : block.level + 1])
            numbered.append(Heading(f"{number} {block.text}", block.level, block.place))
        else:
            numbered.append(block)
    return numbered
