"""A DOCX file: merged cells, tracked changes, numbers that are Word's own, and files made to do harm."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

from harness.spec.build import read
from harness.spec.errors import UnreadableDocument
from harness.spec.lint import Finding, lint
from tests.spec.small import FILE, changed
from tests.spec.test_reading import GR, HERE, with_pipes
from tests.spec.test_rules import WRONG

docx = pytest.importorskip("docx", reason="python-docx (extra spec) is not installed")


@pytest.fixture
def draft(tmp_path: Path) -> Any:
    """A document in the making; `saved` says where it was saved."""
    document = docx.Document()
    document.saved = tmp_path / "draft.docx"
    return document


def flow(document: Any, numbered: bool = True) -> Any:
    """Headings, a captioned flow with a column At # and a note."""
    document.add_heading("5 Use cases" if numbered else "Use cases", 1)
    document.add_heading("5.1 Flow of the rollback" if numbered else "Flow of the rollback", 2)
    document.add_paragraph("Table 5.1-1: Flow of the rollback" if numbered else "Table 1.1-1: Flow of the rollback")
    table = document.add_table(rows=5, cols=4)
    rows = [
        ("#", "Actor/Role-condition", "Action/Description", "At #"),
        ("1", "SMM", "SMM looks (see note).", "3 to 5"),
        ("2", "SMM -> Tester", "SMM asks the tester.", ""),
        ("3", "Tester", "It tests.", "2"),
        ("NOTE:\tAll of it can fail.", "", "", ""),
    ]
    for line, cells in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, cells, strict=True):
            cell.text = text
    table.cell(1, 3).merge(table.cell(2, 3))
    table.cell(4, 0).merge(table.cell(4, 3))
    return table


def test_merged_cells_are_read_as_one(draft: Any) -> None:
    """A cell of At # that spans two rows belongs to both; a note that spans the table is one note."""
    flow(draft)
    draft.save(draft.saved)
    table = read(draft.saved).tables[0]
    assert [row.at_steps for row in table.rows] == [(3, 4, 5), (3, 4, 5), (2,)]
    assert [(note.number, note.text) for note in table.notes] == [(0, "All of it can fail.")]
    assert str(table.rows[1].place) == "table 1, row 3"


def test_tracked_changes_read_as_accepted(draft: Any) -> None:
    """What an editor inserted counts, what was deleted does not."""
    table = flow(draft)
    paragraph = table.cell(3, 2).paragraphs[0]._p
    for tag, text, holder in (("ins", " And reports.", "t"), ("del", " And sleeps.", "delText")):
        paragraph.append(
            docx.oxml.parse_xml(
                f'<w:{tag} xmlns:w="{W}" w:id="1" w:author="x">'
                f'<w:r><w:{holder} xml:space="preserve">{text}</w:{holder}></w:r></w:{tag}>'
            )
        )
    draft.save(draft.saved)
    assert read(draft.saved).tables[0].rows[2].text == "It tests. And reports."


def test_headings_that_word_numbers_itself_get_their_numbers(draft: Any) -> None:
    """Where no heading has a number in its text, its level gives it."""
    flow(draft, numbered=False)
    draft.save(draft.saved)
    assert [clause.number for clause in read(draft.saved).clauses] == ["1", "1.1"]


def archive(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(name, data)
    return content.getvalue()


def repacked(document: Any, more: dict[str, bytes]) -> bytes:
    """A real document with some parts exchanged or added."""
    plain = io.BytesIO()
    document.save(plain)
    with zipfile.ZipFile(plain) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return archive({**parts, **more})


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({"word/document.xml": ENTITY}, "declares entities"),
        ({"word/settings.xml": ENTITY}, "declares entities"),
        ({"word/media/bomb.bin": b"\0" * (65 << 20)}, "unpacks to more than"),
        ({"mimetype": b"application/epub"}, "no DOCX file"),
        ({"word/document.xml": b"<w:document"}, "no DOCX file"),
    ],
    ids=["external entity", "external entity elsewhere", "zip bomb", "another archive", "broken XML"],
)
def test_a_hostile_file_is_refused_before_it_is_opened(draft: Any, parts: dict[str, bytes], why: str) -> None:
    """Nothing is unpacked that is too large, nothing parsed that declares entities."""
    whole = archive(parts) if "mimetype" in parts else repacked(draft, parts)
    draft.saved.write_bytes(whole)
    with pytest.raises(UnreadableDocument, match=why):
        read(draft.saved)


def test_a_damaged_archive_is_refused(tmp_path: Path) -> None:
    """It begins as an archive, and is none."""
    path = tmp_path / "broken.docx"
    path.write_bytes(b"PK\x03\x04 and then nothing")
    with pytest.raises(UnreadableDocument, match="damaged"):
        read(path)


def test_macros_are_carried_along_and_never_run(draft: Any) -> None:
    """They are bytes in a part that nobody looks at."""
    flow(draft)
    draft.saved.write_bytes(repacked(draft, {"word/vbaProject.bin": b"Sub AutoOpen() Shell"}))
    assert read(draft.saved).tables


pandoc = pytest.mark.skipif(
    shutil.which("pandoc") is None, reason="pandoc is not installed (Debian: apt install pandoc)"
)


def converted(text: str, folder: Path) -> Path:
    """The text as pandoc makes a DOCX file of it, its tables as pipe tables, which pandoc knows."""
    source, target = folder / "source.md", folder / "made.docx"
    source.write_text(with_pipes(text), encoding="utf-8")
    command = ["pandoc", "--from", "markdown-yaml_metadata_block-fancy_lists-citations", "-o", str(target), str(source)]
    subprocess.run(command, check=True, timeout=120)
    return target


def same(findings: list[Finding]) -> list[tuple[str, str, str, str]]:
    """Findings without the places, which are of the file."""
    return sorted((one.rule, one.where, one.words, one.why) for one in findings)


@pandoc
@pytest.mark.parametrize("rule", ["entry-missing", "note-missing", "replaces-itself", "sibling-part"])
def test_pandoc_makes_a_docx_with_the_same_findings(rule: str, tmp_path: Path) -> None:
    """A small document that is wrong in one point is wrong in that point as a DOCX file too."""
    text = changed(*WRONG[rule][0])
    plain = tmp_path / "plain.md"
    plain.write_text(text, encoding="utf-8")
    assert same(lint(read(plain)))
    assert same(lint(read(converted(text, tmp_path)))) == same(lint(read(plain)))


@pandoc
@HERE
def test_the_whole_gr_as_docx_has_the_same_findings(tmp_path: Path) -> None:
    """Read from the DOCX that pandoc makes of it, the lint finds the same in the GR."""
    from_text, from_docx = read(GR), read(converted(GR.read_text(encoding="utf-8"), tmp_path))
    assert len(from_docx.tables) == len(from_text.tables)
    assert same(lint(from_docx)) == same(lint(from_text))


def test_a_file_is_known_by_its_content_not_its_name(draft: Any, tmp_path: Path) -> None:
    """A DOCX called .md is read as DOCX, a text called .docx as text."""
    flow(draft)
    draft.save(draft.saved)
    named = tmp_path / "draft.md"
    shutil.copy(draft.saved, named)
    assert read(named).format == "docx"
    other = tmp_path / "small.docx"
    shutil.copy(FILE, other)
    assert read(other).format == "markdown"
