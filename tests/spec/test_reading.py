"""The reader: the whole GR with all its words, other forms of the same document, and files that are none."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import harness.spec
from harness.spec import record
from harness.spec.build import read
from harness.spec.errors import UnreadableDocument
from harness.spec.model import Document, Row
from harness.spec.references import Reference, expanded, references
from tests.spec.small import FILE

SHARED = Path(__file__).parents[3] / "shared" / "spec"
GR = SHARED / "gr-nfv-rel-011.md"
HERE = pytest.mark.skipif(not GR.exists(), reason="the GR's text and tables (../shared/spec) are not here")
NUMBERS = {"Begins when": "begin", "Ends when": "end"}
SCHEMA = Path(harness.spec.__path__[0]) / "schemas" / "document.schema.json"
WORD = re.compile(r"[A-Za-z0-9]+")
MARKS = re.compile(r"</?[a-zA-Z][^<>]*>")


@pytest.fixture(scope="module")
def gr() -> Document:
    return read(GR)


@pytest.fixture(scope="module")
def tables() -> dict[str, Any]:
    return {table["id"]: table for table in json.loads((SHARED / "tables.json").read_text(encoding="utf-8"))["tables"]}


def plain(text: str | None) -> str:
    return re.sub(r"\s+", " ", MARKS.sub(" ", text or "")).strip()


@HERE
def test_the_reader_finds_every_table_row_and_note(gr: Document, tables: dict[str, Any]) -> None:
    """67 tables, 542 rows, 111 notes, each where and what the list of them says."""
    assert [table.id for table in gr.tables] == list(tables)
    assert (len(gr.tables), sum(len(t.rows) for t in gr.tables), sum(len(t.notes) for t in gr.tables)) == (67, 542, 111)
    for table in gr.tables:
        asked = tables[table.id]
        assert (table.kind, table.clause, table.caption) == (asked["kind"], asked["clause"], asked["caption"])
        assert {str(note.number): note.text for note in table.notes} == {
            number: plain(text) for number, text in asked["notes"].items()
        }
        for row, wanted in zip(table.rows, asked["rows"], strict=True):
            assert told(row) == expected(wanted), table.ref(row)


def told(row: Row) -> dict[str, Any]:
    actors = row.actors and (row.actors.form, list(row.actors.sources), list(row.actors.to))
    return {
        "number": row.number,
        "text": plain(row.text),
        "actors": actors,
        "at": list(row.at_steps),
        "for": list(row.clauses),
    }


def expected(row: dict[str, Any]) -> dict[str, Any]:
    parsed = row.get("actor_parsed")
    return {
        "number": NUMBERS.get(row["num"], row["num"]),
        "text": plain(row["text"]),
        "actors": parsed and (parsed["form"], parsed["from"], parsed["to"]),
        "at": row.get("at_effective") or [],
        "for": row.get("use_case_clauses") or [],
    }


@HERE
def test_the_reader_finds_every_reference(gr: Document, tables: dict[str, Any]) -> None:
    """Notes, steps, clauses of this document and of others, and tables, of each row and each note."""
    for table in gr.tables:
        for row, wanted in zip(table.rows, tables[table.id]["rows"], strict=True):
            assert made(row.references) == wanted_references(wanted), table.ref(row)
        for note in table.notes:
            wanted = tables[table.id]["note_meta"][str(note.number)]
            assert made(note.references) == wanted_references(wanted), f"{table.id} note {note.number}"


def made(found: tuple[Reference, ...]) -> dict[str, set[str]]:
    elsewhere = {ref.within for ref in found if ref.kind == "note" and ref.within}
    return {
        "note": {ref.target for ref in found if ref.kind == "note" and not ref.within},
        "step": {ref.target for ref in found if ref.kind == "step" and not ref.within},
        "step elsewhere": {f"{ref.within} {ref.target}" for ref in found if ref.kind == "step" and ref.within},
        "clause": {ref.target for ref in found if ref.kind == "clause" and not ref.document},
        "other's clause": {f"{ref.document} {ref.target}" for ref in found if ref.kind == "clause" and ref.document},
        "table": {ref.target for ref in found if ref.kind == "table"} | elsewhere,
    }


def wanted_references(row: dict[str, Any]) -> dict[str, set[str]]:
    # the use case of a recommendation is in a column of its own, which the list counts among its clauses
    return {
        "note": {str(number) for number in row["note_refs"]},
        "step": {str(number) for number in row["step_refs"]},
        "step elsewhere": {f"{one['clause']} {step}" for one in row["step_refs_in"] for step in one["steps"]},
        "clause": set(row["clause_refs"]),
        "other's clause": {f"{one['doc']} {one['clause']}" for one in row["external_clause_refs"]},
        "table": set(row["table_refs"]),
    }


@HERE
def test_no_word_of_the_document_is_lost(gr: Document) -> None:
    """Each word of the text stands in the model as often as in the document, but for the repeated heads of tables."""
    model = json.dumps(record.document(gr), ensure_ascii=False)
    kept = count(plain_words(model))
    text = GR.read_text(encoding="utf-8")
    missing = {
        word: times - kept.get(word, 0) for word, times in count(plain_words(text)).items() if times > kept.get(word, 0)
    }
    heads = {
        "actor",
        "role",
        "condition",
        "action",
        "description",
        "at",
        "identifier",
        "recommendation",
        "use",
        "case",
        "reference",
        "pre",
        "additional",
    }
    marks = {"table", "figure", "note", "begins", "ends", "when", "href", "http", "https", "annex", "deliver"}
    assert set(missing) - heads - marks == set()


def plain_words(text: str) -> list[str]:
    text = re.sub(r"\\[nt\"]", " ", text)
    return [word.casefold() for word in WORD.findall(MARKS.sub(" ", text)) if not word.isdigit() and len(word) > 2]


def count(words: list[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for word in words:
        counts[word] = counts.get(word, 0) + 1
    return counts


@HERE
def test_the_model_as_json_is_as_its_schema_says(gr: Document) -> None:
    """What others build on has a published form."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(record.document(gr))) == []


def test_terms_abbreviations_citations_and_figures_are_found() -> None:
    """What the first clauses define is there with its words."""
    small = read(FILE)
    assert [term.word for term in small.terms] == ["fallback", "restoration point"]
    assert [one.word for one in small.abbreviations] == ["LCM", "SMM", "VRM", "WIDGET"]
    assert [one.word for one in small.citations] == ["i.1"]
    assert [one.word for one in small.figures] == ["4-1"]


@pytest.mark.parametrize(
    ("text", "members"),
    [
        ("5.2.4, 5.2.5 and 5.2.6", ["5.2.4", "5.2.5", "5.2.6"]),
        ("5.2 to 5.5", ["5.2", "5.3", "5.4", "5.5"]),
        ("3 to 5", ["3", "4", "5"]),
        ("2, 3, 4", ["2", "3", "4"]),
    ],
)
def test_lists_and_ranges_are_written_out(text: str, members: list[str]) -> None:
    """A range names each of its members."""
    assert expanded(text) == members


def test_a_clause_of_another_document_is_not_one_of_this() -> None:
    """The document is named behind the clause."""
    found = references("see clause 5.2, and clauses 5.6.1 and 7 of ETSI GS NFV-IFA 010 [i.7]")
    assert [(ref.target, ref.document) for ref in found if ref.kind == "clause"] == [
        ("5.2", ""),
        ("5.6.1", "ETSI GS NFV-IFA 010"),
        ("7", "ETSI GS NFV-IFA 010"),
    ]


def test_pipe_tables_and_plain_text_are_read_alike(tmp_path: Path) -> None:
    """Tables of Markdown, and a text without marks, make the same model as the tables with tabs."""
    text = FILE.read_text(encoding="utf-8")
    piped = tmp_path / "piped.md"
    piped.write_text(with_pipes(text), encoding="utf-8")
    bare = tmp_path / "bare.txt"
    bare.write_text(re.sub(r"(?m)^#+ |\*\*|^- ", "", text), encoding="utf-8")
    wanted = [(t.id, t.kind, [(r.number, r.text, r.at) for r in t.rows], len(t.notes)) for t in read(FILE).tables]
    for other in (piped, bare):
        found = read(other)
        assert [
            (t.id, t.kind, [(r.number, r.text, r.at) for r in t.rows], len(t.notes)) for t in found.tables
        ] == wanted


def with_pipes(text: str) -> str:
    """The same with its tables as pipe tables, notes and all."""
    blocks = []
    for block in re.sub(r"</?(?:p|ul|li|code|sup)\b[^>]*>", " ", text).split("\n\n"):  # pandoc drops what is HTML
        lines = block.split("\n")
        if "\t" not in lines[0]:
            blocks.append(block)
            continue
        width = lines[0].count("\t") + 1
        rows = [line.split("\t") + [""] * (width - 1 - line.count("\t")) for line in lines]
        if not lines[0].startswith(("#", "Identifier")):
            rows.insert(0, [""] * width)  # abbreviations have no header
        ruler = "|" + "---|" * width
        piped = ["| " + " | ".join(cell.replace("#", "\\#") for cell in row) + " |" for row in rows]
        blocks.append("\n".join([piped[0], ruler, *piped[1:]]))
    return "\n\n".join(blocks)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("empty.md", b"", "no numbered clauses"),
        ("letter.txt", b"Dear all,\n\nhere is the draft.\n", "no numbered clauses"),
        ("headings.md", b"# 1 Scope\n\nNothing else.\n", "no captioned tables"),
        ("latin.txt", b"\xe9\xe8\xff", "UTF-8"),
        ("picture.md", b"# 1\n\x00\x01", "NUL"),
    ],
)
def test_a_file_that_is_no_such_document_gets_a_clear_answer(
    tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    """It says what is missing, not where the reader broke."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=why):
        read(path)


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path: Path) -> None:
    """The system's own words say why."""
    with pytest.raises(UnreadableDocument, match="No such file"):
        read(tmp_path / "nowhere.docx")


def test_a_document_whose_tables_a_conversion_lost_is_refused(tmp_path: Path) -> None:
    """Captions without a single row: to find little wrong in the rest would say that all is well."""
    flat = tmp_path / "flat.md"
    flat.write_text(
        "# 5 Use cases\n\n## 5.2 One\n\n**Table 5.2-1: Use case flow description for software modification**\n\n"
        "# Actor/Role-condition Action/Description 1 SMM SMM checks resources.\n",
        encoding="utf-8",
    )
    with pytest.raises(UnreadableDocument, match=r"captions of 1 tables, and not one row"):
        read(flat)
