"""The drawings themselves: SVG that is well laid out, Mermaid and PlantUML that hold together, PNG."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from harness import svg
from harness.spec import drawing
from harness.spec.build import read
from harness.spec.drawing import Evidence, Exchange, Graph, Node, Observation, Sequence, raster
from harness.spec.drawing.sequence_picture import NOTE
from harness.spec.model import Document
from tests.spec.small import changed, document

GR = Path(__file__).parents[3] / "shared" / "spec" / "gr-nfv-rel-011.md"
HERE = pytest.mark.skipif(not GR.exists(), reason="the GR's text (../shared/spec) is not here")
SPACE = "{http://www.w3.org/2000/svg}"
PASS = Evidence("pass", "+", "#0a0a0a", "#00ff00", "", (Exchange("smm", ("tester", "vim"), "POST /x", "201"),))
FAIL = Evidence("fail", "-", "#0b0b0b", "#ff0000", "came too late", (Exchange("smm", ("vim",), "commit", "", True),))


@dataclass(frozen=True)
class Said:
    """A text of a picture with the room that it takes."""

    words: str
    left: float
    right: float
    top: float
    bottom: float

    def meets(self, other: Said) -> bool:
        wide = min(self.right, other.right) - max(self.left, other.left)
        tall = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > 1 and tall > 2


def texts(picture: ET.Element) -> Iterator[Said]:
    for one in picture.iter(f"{SPACE}text"):
        yield text_of(one)


def text_of(one: ET.Element) -> Said:
    said = "".join(piece for piece in (one.text or "", *(child.tail or "" for child in one)))
    size, x, y = (float(one.attrib[name]) for name in ("font-size", "x", "y"))
    wide = svg.width(said, size, bold="font-weight" in one.attrib)
    left = x - {"middle": wide / 2, "end": wide}.get(one.get("text-anchor", ""), 0)
    return Said(said, left, left + wide, y - size * 0.75, y + size * 0.2)


def laid_out(drawn: Sequence | Graph) -> ET.Element:
    """The picture, well-formed, no text of which leaves the picture or its box, or meets another one."""
    picture = ET.fromstring(drawing.svg(drawn))
    wide, tall = float(picture.attrib["width"]), float(picture.attrib["height"])
    said = list(texts(picture))
    for one in said:
        assert one.left >= 0, one
        assert one.right <= wide, one
        assert 0 <= one.top < one.bottom <= tall, one
    by_line = sorted(said, key=lambda one: one.top)
    for one, other in combinations(by_line, 2):
        assert not one.meets(other), (one, other)
    for box in picture.iter(f"{SPACE}rect"):
        left, top, w, h = (float(box.attrib[name]) for name in ("x", "y", "width", "height"))
        if box.get("fill") != NOTE:
            continue
        for one in said:
            if top < (one.top + one.bottom) / 2 < top + h and left < (one.left + one.right) / 2 < left + w:
                assert left <= one.left, one
                assert one.right <= left + w, one
    return picture


def words(picture: ET.Element) -> str:
    return " ".join(one.words for one in texts(picture))


def observation() -> Observation:
    return Observation("a run <of> two & more", FAIL, {"1": PASS, "2": FAIL})


@pytest.fixture(scope="module")
def gr() -> Document:
    return read(GR)


@pytest.fixture(scope="module")
def small() -> Sequence:
    one = document()
    return drawing.sequence(one, one.by_id["5.2.5-1"])


def test_a_sequence_is_laid_out(small: Sequence) -> None:
    """All rows, all names, nothing over another."""
    picture = laid_out(small)
    said = words(picture)
    assert all(f" {one.number} " in f" {said} " for one in small.steps)
    assert all(one.name in said for one in small.lifelines)


def test_a_label_stands_above_its_own_arrow(small: Sequence) -> None:
    """In each row the words are above the arrows of that row, and over the first of them."""
    picture = ET.fromstring(drawing.svg(small))
    labels: list[Said] = []
    checked = 0
    for one in picture:
        if one.tag == f"{SPACE}line" and one.get("stroke") == "#e4e7eb":
            labels = []  # a new row begins
        if one.tag == f"{SPACE}text" and one.get("text-anchor") == "middle" and one.get("font-size") == "13":
            labels.append(text_of(one))
        if one.tag == f"{SPACE}line" and one.get("stroke-width") == "1.9" and labels:
            ends = sorted(float(one.attrib[name]) for name in ("x1", "x2"))
            for label in labels:
                assert ends[0] < (label.left + label.right) / 2 < ends[1], label
                assert label.bottom <= float(one.attrib["y1"]), label
            checked += 1
    assert checked == sum(bool(step.arrows) for step in small.steps)


@HERE
def test_every_flow_of_the_gr_is_laid_out_uncut(gr: Document) -> None:
    """20 sequence diagrams on at most a slide and a half: every label in full, within its box."""
    for table in gr.flows:
        picture = laid_out(drawing.sequence(gr, table))
        assert float(picture.attrib["width"]) <= 1700
        assert "…" not in words(picture), table.id


@HERE
def test_every_graph_of_the_gr_is_laid_out(gr: Document) -> None:
    """The same of the graphs: a slide wide."""
    for table in gr.flows:
        assert float(laid_out(drawing.graph(gr, table)).attrib["width"]) <= 1600


def test_hostile_words_do_no_harm(small: Sequence) -> None:
    """Markup, quotes and characters that XML forbids come out as text; a word without end is cut."""
    hostile = 'SMM </text><script>"x"</script>\x01 # ; \\n @enduml'
    first, second, *others = small.steps
    steps = (replace(first, label=hostile, text=hostile), replace(second, label="W" * 900), *others)
    drawn = replace(small, caption=hostile, steps=steps)
    picture = laid_out(drawn)
    assert not list(picture.iter(f"{SPACE}script"))
    assert "<script>" in words(picture)
    assert "W…" in words(picture)
    assert sequence_holds_together(drawing.mermaid(drawn)) > 0
    assert drawing.plantuml(drawn).splitlines().count("@enduml") == 1
    node = Node("1#1", "1", hostile)
    laid_out(Graph("1", hostile, (node,), "2", hostile, (node,), {"1": "1"}))


def test_defects_of_a_document_are_drawn_as_they_are() -> None:
    """A number twice, one that is none, a row that names nobody, a table without rows: each has its place."""
    one = document(
        changed(
            ("5	SMM, destination functional entity, impacted entity	SMM", "4	SMM	SMM"),
            ("7	SMM, source functional entity	SMM", "7 a;	SMM, source functional entity	SMM"),
            ("8	Tester -> SMM	The tester", "8		The tester"),
        )
    )
    table = one.by_id["5.2.5-1"]
    drawn, graph = drawing.sequence(one, table), drawing.graph(one, table)
    assert [row.over for row in drawn.steps if row.number == "8"] == [("nobodynamed",)]
    assert "Nobody named" in words(laid_out(drawn))
    laid_out(graph)
    nodes, _ = graph_holds_together(drawing.mermaid(graph))
    assert len(nodes) == len(table.rows) + len(one.by_id["5.2.6-1"].rows) + 2
    assert sequence_holds_together(drawing.mermaid(drawn)) > 0
    empty = replace(table, rows=())
    laid_out(drawing.sequence(one, empty))
    laid_out(Graph("1", "none", ()))


def test_what_was_observed_stands_beside_its_row(small: Sequence) -> None:
    """Messages in words, a fail on its own paper with the reason, a row that nothing speaks of seen as such."""
    picture = laid_out(drawing.beside(small, observation()))
    said = words(picture)
    assert "observed: a run <of> two & more" in said
    assert "smm → tester, vim: POST /x → 201" in said
    assert "fail: came too late" in said
    assert "smm → vim: commit · missing" in said
    assert said.count("no evidence") == len(small.steps) - 2
    papers = [box.get("fill") for box in picture.iter(f"{SPACE}rect")]
    assert papers.count(FAIL.paper) == 3  # the chip above, the row, and what its label stands on
    assert PASS.paper not in papers


def test_more_messages_than_fit_are_counted(small: Sequence) -> None:
    """Six of a row are told, the others counted and told when pointed at."""
    many = tuple(Exchange("smm", ("vim",), f"POST /{number}", "201") for number in range(9))
    evidence = Evidence("pass", "+", "#0a0a0a", "#00ff00", "", many)
    beside = drawing.beside(small, Observation("a run", PASS, {step.number: evidence for step in small.steps}))
    text, said = drawing.svg(beside), words(laid_out(beside))
    assert ("POST /5" in said, "POST /6" in said, "and 3 more" in said) == (True, False, True)
    assert "POST /8" in text


ARROW = re.compile(r"(p\d+)(?:->>|-->>|<<->>)(p\d+): (.+)")
OVER = re.compile(r"Note over (p\d+): (.+)")
PARTICIPANT = re.compile(r"participant (p\d+) as (.+)")


def sequence_holds_together(text: str) -> int:
    """The number of arrows and notes of a Mermaid sequence all lines of which are understood; 0 when one is not."""
    first, *lines = text.splitlines()
    known: set[str] = set()
    count = 0
    for line in map(str.strip, lines):
        if found := PARTICIPANT.fullmatch(line):
            known.add(found[1])
            continue
        found = ARROW.fullmatch(line) or OVER.fullmatch(line)
        if not found or not set(re.findall(r"\bp\d+\b", line.partition(":")[0])) <= known:
            return 0
        if re.search(
            r"#(?!\w+;)|;(?<!#35;)(?<!#59;)(?<!#quot;)(?<!#lt;)(?<!#gt;)|[\"]|<(?!br/>)", line.partition(": ")[2]
        ):
            return 0
        count += 1
    return count if first == "sequenceDiagram" else 0


def graph_holds_together(text: str) -> tuple[set[str], set[tuple[str, str]]]:
    """The nodes and edges of a Mermaid flowchart; fails at a line that is not understood, or an edge to nowhere."""
    first, *lines = text.splitlines()
    assert first == "flowchart LR"
    nodes, edges = set[str](), set[tuple[str, str]]()
    for line in map(str.strip, lines):
        if found := re.fullmatch(r'(?:subgraph )?(\w+)\["[^"]+"\]', line):
            nodes.add(found[1])
        elif found := re.fullmatch(r"(\w+) (?:-->|-\.->) (\w+)", line):
            edges.add((found[1], found[2]))
        else:
            assert re.fullmatch(r"end|direction TB|classDef \w+ \S.*|class (\w+) (fails|open)", line), line
    assert {end for edge in edges for end in edge} <= nodes
    return nodes, edges


@HERE
def test_the_mermaid_of_the_gr_holds_together(gr: Document) -> None:
    """Every line is one of Mermaid's, every end of an arrow a participant, no arrow or note is lost."""
    for table in gr.flows:
        drawn = drawing.sequence(gr, table)
        wanted = sum(len(step.arrows) or 1 for step in drawn.steps)
        assert sequence_holds_together(drawing.mermaid(drawn)) == wanted
        graph = drawing.graph(gr, table)
        nodes, edges = graph_holds_together(drawing.mermaid(graph))
        assert len(nodes) == len(graph.forward) + len(graph.back) + (2 if graph.back else 1)
        led = {(f"f{step}", f"r{row}") for step, row in (graph.entries or {}).items() if f"f{step}" in nodes}
        assert led <= edges


@HERE
def test_the_plantuml_of_the_gr_holds_together(gr: Document) -> None:
    """Between @startuml and @enduml each line is a participant, an arrow or a note."""
    line = re.compile(r'title .+|participant "[^"]+" as p\d+|p\d+ (?:->|-->|<->) p\d+ : .+|note over p\d+ : .+')
    for table in gr.flows:
        drawn = drawing.sequence(gr, table)
        first, *lines, last = drawing.plantuml(drawn).splitlines()
        assert (first, last) == ("@startuml", "@enduml")
        assert [one for one in lines if not line.fullmatch(one)] == []
        assert len(lines) == 1 + len(drawn.lifelines) + sum(len(step.arrows) or 1 for step in drawn.steps)


def test_text_tells_what_was_observed(small: Sequence) -> None:
    """A note after each row in both languages."""
    beside = drawing.beside(small, observation())
    for text in (drawing.mermaid(beside), drawing.plantuml(beside)):
        assert text.count("observed:") == len(small.steps)
        assert text.count("no evidence") == len(small.steps) - 2
        assert "came too late" in text
    assert sequence_holds_together(drawing.mermaid(beside)) > 0


def test_a_picture_is_a_slide_wide_and_has_text(small: Sequence) -> None:
    """A PNG of 1600 pixels; without the words it would be another."""
    pytest.importorskip("resvg_py", reason="the extra spec is not installed")
    text = drawing.svg(small)
    made = drawing.png(text)
    assert made.startswith(b"\x89PNG\r\n\x1a\n")
    assert int.from_bytes(made[16:20], "big") == max(1600, int(re.search(r'width="(\d+)"', text)[1]))
    assert len(made) > 1.2 * len(drawing.png(re.sub(r"<text.*?</text>", "", text)))


def test_a_machine_without_fonts_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """resvg would leave the words out in silence: that is refused, with what to install."""
    pytest.importorskip("resvg_py", reason="the extra spec is not installed")
    monkeypatch.setattr(raster, "FAMILIES", ("No Such Family",))
    raster._family.cache_clear()
    with pytest.raises(drawing.NoPicture, match="font") as told:
        drawing.png('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"></svg>')
    raster._family.cache_clear()
    assert "fonts-dejavu-core" in told.value.hint
