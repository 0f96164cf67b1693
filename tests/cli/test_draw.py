"""`manolab spec draw`: where it writes, in which form, and what it says when it cannot."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from harness.cli.entry import outcome
from tests.cli.conftest import Run
from tests.reports.by_hand import Talk, record, step
from tests.spec.small import FILE

GR = Path(__file__).parents[3] / "shared" / "spec" / "gr-nfv-rel-011.md"
FLOW = "5.2.5-1"
FLOWS = ["5.2.5-1", "5.2.6-1", "5.2.7-1", "5.3.2-1", "5.4.2-1"]


def draw(*arguments: str | Path) -> int:
    return outcome(["spec", "draw", str(FILE), *map(str, arguments)])


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run that passed row 2 and failed row 9 of the small document's flow."""
    talk = Talk()
    talk.say("made", "smm", "vim", "POST /nfvmanoswm/v1/instances", 201)
    steps = [
        step(f"{FLOW}#2", "the SMM makes it", evidence=talk.marks["made"]),
        step(f"{FLOW}#9", "the SMM ends it", "fail", (), reason="still there after 30 s"),
    ]
    return record(tmp_path, "Small", "fail", steps, talk)


def test_svg_goes_to_stdout(capsys: pytest.CaptureFixture[str]) -> None:
    """Without -o: the picture alone, well-formed, of a table named without what stands behind its hyphen."""
    assert draw("5.2.5") == 0
    said = capsys.readouterr()
    assert ET.fromstring(said.out).tag.endswith("svg")
    assert (f"Table {FLOW}" in said.out, said.err) == (True, "")


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.svg", b"<svg "), ("a.mmd", b"sequenceDiagram\n"), ("a.plantuml", b"@startuml\n"), ("a.PNG", b"\x89PNG\r\n")],
)
def test_the_ending_says_the_form(tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, begins: bytes) -> None:
    """Each ending gives its form, in a folder that is made; the path is said."""
    if name.endswith("PNG"):
        pytest.importorskip("resvg_py", reason="the extra spec is not installed")
    path = tmp_path / "new" / name
    assert draw(FLOW, "-o", path) == 0
    assert path.read_bytes().startswith(begins)
    assert capsys.readouterr().out.strip() == str(path)


def test_the_form_wins_over_the_ending(tmp_path: Path) -> None:
    """--format is the last word."""
    assert draw(FLOW, "-o", tmp_path / "a.txt", "--format", "mermaid") == 0
    assert (tmp_path / "a.txt").read_text().startswith("sequenceDiagram")


def test_a_graph_is_drawn_of_flow_and_rollback_alike(capsys: pytest.CaptureFixture[str]) -> None:
    """Named by either of its tables it is the same."""
    assert draw("5.2.6", "--graph", "--format", "mermaid") == 0
    of_rollback = capsys.readouterr().out
    assert draw("5.2.5", "--graph", "--format", "mermaid") == 0
    assert capsys.readouterr().out == of_rollback
    assert "f9 -.-> r2" in of_rollback


def test_all_flows_are_drawn_into_a_folder(tmp_path: Path) -> None:
    """A file for each; graphs for each but rollbacks, which stand in the graph of their flow."""
    assert draw("--all", tmp_path) == 0
    assert draw("--all", tmp_path, "--graph", "--format", "plantuml") == 0
    names = sorted(path.name for path in tmp_path.iterdir())
    graphs = [f"{flow}-graph.puml" for flow in FLOWS if flow != "5.2.6-1"]
    assert names == sorted([f"{flow}.svg" for flow in FLOWS] + graphs)


def test_a_run_stands_beside_its_flow(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What proved row 2, why row 9 failed, and that nothing speaks of the others."""
    assert draw(FLOW, "--format", "plantuml", "--observed", run) == 0
    said = capsys.readouterr().out.replace("\\n", " ")
    assert "✔ pass; smm → vim:  POST /instances → 201" in said
    assert "✘ fail; still there after 30 s" in said
    assert said.count("observed: no evidence") == 9


@pytest.mark.skipif(not GR.exists(), reason="the GR's text (../shared/spec) is not here")
def test_a_real_run_stands_beside_the_flow_of_the_gr(clean_run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Each row of the clean modification has its evidence, and each of them is drawn."""
    (folder,) = (clean_run.out / "runs").iterdir()
    assert outcome(["spec", "draw", str(GR), "5.2.2.5", "--observed", str(folder)]) == 0
    picture = capsys.readouterr().out
    ET.fromstring(picture)
    assert "no evidence" not in picture
    assert "smm → vnfm: POST /software_modifications → 202" in re.sub(r"\s+", " ", picture)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "which flow is to be drawn?"),
        (["5.2.4-1"], "table 5.2.4-1 is no flow but post"),
        (["5.2.5-2"], "no flow table '5.2.5-2'\n  did you mean 5.2.5-1"),
        (["5.2.5", "--format", "png"], "a PNG is no text to print"),
        (["5.2.5", "-o", "a.gif"], "its ending tells no form"),
        (["5.2.5", "--all", "."], "--all and TABLE do not go together"),
        (["5.2.5", "--graph", "--observed", "."], "--graph and --observed do not go together"),
        (["5.2.5", "--observed", "nowhere"], "no findings.json in it"),
    ],
)
def test_what_cannot_be_drawn_is_said(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong use: one message, and which flows there are where one has to be named."""
    monkeypatch.chdir(tmp_path)
    assert draw(*arguments) == 64
    said = capsys.readouterr()
    assert (told in said.err, said.out, "Traceback" in said.err) == (True, "", False)
    if "flow" in told:
        assert ", ".join(FLOWS) in said.err
    assert not list(tmp_path.iterdir())


def test_a_run_of_another_table_is_refused(run: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing to lay beside: said, with the tables that the run is about; and a report folder is no run."""
    assert draw("5.2.6", "--observed", run) == 64
    assert f"judged no row of table 5.2.6-1\n  it judged rows of {FLOW}" in capsys.readouterr().err
    assert draw("5.2.5", "--observed", run.parents[1]) == 64
    assert "name one of its runs: small" in capsys.readouterr().err


def test_without_resvg_a_png_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The extra is optional: everything else is drawn without it."""
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    assert draw("5.2.5", "-o", tmp_path / "a.png") == 64
    assert "pip install 'manolab[spec]'" in capsys.readouterr().err
    assert draw("5.2.5", "-o", tmp_path / "a.svg") == 0
