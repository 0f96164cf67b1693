"""The page of a document: what is on it, that it is safe whatever the document says, and that its search works."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from importlib.resources import files
from pathlib import Path

import pytest

from harness.cli.entry import outcome
from harness.spec import coverage
from harness.spec.build import read
from harness.spec.lint import Finding, lint
from harness.spec.lint.ignoring import Ignored
from harness.spec.model import Document
from harness.spec.page import Desk, page
from harness.spec.page.anchors import Anchors
from harness.spec.page.marking import marked
from harness.spec.scenarios import Point, Scenario
from tests.spec.browser import Page, needs_browser, opened
from tests.spec.small import FILE, TEXT, changed, document

GR = Path(__file__).parents[3] / "shared" / "spec" / "gr-nfv-rel-011.md"
needs_gr = pytest.mark.skipif(not GR.exists(), reason="the GR's text (../shared/spec) is not here")
STOPS = "SMM gracefully stops the service interfaces towards impacted NFV-MANO functional entities (see note 2)."
WRONG = changed(
    (STOPS, "SMM thinks of the service interfaces (see note 2)."),
    ("replace the destination functional entity (see note 1).\t9", "replace the destination functional entity.\t"),
    ("Another instance takes the place", "Another instance takes the place that clause 9.9 tells of"),
)
FOUND = {
    "finding-clause-missing-clause-5.2.1": "clause-5.2.1",
    "finding-entry-missing-5.2.5-1-row-9": "5.2.5-1-row-9",
    "finding-flow-impossible-5.2.5-1-row-9": "5.2.5-1-row-9",
    "finding-rollback-impossible-5.2.6-1-row-2": "5.2.6-1-row-2",
    "finding-sibling-note-5.2.6-1-row-2": "5.2.6-1-row-2",
}
"""What is wrong in WRONG, and the place each is about."""
SCENARIOS = [
    Scenario("a.feature", "One", 3, frozenset(), (Point("5.2.5-1#2", "the tester helps", 4),)),
    Scenario("a.feature", "Two", 9, frozenset(), (Point("5.2.5-1#77", "the SMM sleeps", 10),)),
]
EVIL = (
    "</script><script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\"> & javascript:run('x')"
)
NO_FLOW = "# 1 Roles\n\n**Table 1-1: Actors**\n\n#\tRole\tDescription\n1\tTester\tIt looks.\n"


def html(text: str, ignored: Sequence[Ignored] = ()) -> str:
    return of(document(text), ignored)


def of(made: Document, ignored: Sequence[Ignored] = ()) -> str:
    compared = coverage.compared(made, SCENARIOS)
    return page(Desk(made, tuple(lint(made)), compared, tuple(ignored), "1"))


@pytest.fixture(scope="module")
def wrong() -> Page:
    return Page(html(WRONG))


@pytest.fixture(scope="module")
def on_disk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "wrong.html"
    path.write_text(html(WRONG), encoding="utf-8")
    return path


def links(made: Page) -> set[str]:
    return {one.attributes["href"] for one in made.all("a")}


def dangling(made: Page) -> set[str]:
    """Links that lead nowhere: neither to a name on the page nor to a filter."""
    names = {one.attributes.get("id") for one in made.elements}
    return {link for link in links(made) if not (link[0] == "#" and (link[1:] in names or "=" in link))}


def test_each_finding_is_listed_and_leads_to_its_place(wrong: Page) -> None:
    """In the list under its name, with a link to the row; at the row, with a link back."""
    assert {one.attributes["id"] for one in wrong.of_class("finding")} == set(FOUND)
    assert {one.attributes["data-id"] for one in wrong.of_class("here")} == set(FOUND)
    assert {f"#{place}" for place in FOUND.values()} | {f"#{name}" for name in FOUND} <= links(wrong)


def test_a_finding_stands_at_its_row(wrong: Page) -> None:
    """The row's body holds the row and what was found in it; the next row's does not."""
    assert "no row stops the interfaces" in wrong.by_id("5.2.5-1-row-9").text
    assert "no row stops the interfaces" not in wrong.by_id("5.2.5-1-row-8").text
    assert not wrong.by_id("5.2.5-1-row-8").text.count("Mend")


def test_the_words_concerned_are_marked(wrong: Page) -> None:
    """In the row, and in the paragraph of a clause."""
    told = [one.text for one in wrong.all("mark")]
    assert {"When the SHUTDOWN_UNLOCKED state", "clause 9.9"} <= set(told)


def test_every_name_is_given_once_and_every_link_leads_somewhere(wrong: Page) -> None:
    """Also where the document has a table and a row twice."""
    twice = TEXT.replace("Table 5.2.6-1: Flow of the rollback", "Table 5.2.5-1: Flow of the rollback")
    twice = twice.replace("8\tTester -> SMM", "7\tTester -> SMM")
    for made in (wrong, Page(html(twice))):
        names = Counter(one.attributes["id"] for one in made.elements if "id" in one.attributes)
        assert [name for name, times in names.items() if times > 1] == []
        assert dangling(made) == set()


def test_each_flow_is_drawn(wrong: Page) -> None:
    """A sequence for each, a graph for each that is no rollback of another; and what every failure does."""
    titles = Counter(one.text for one in wrong.all("summary"))
    assert (titles["Sequence diagram"], titles["Flow graph"]) == (5, 4)
    assert len(wrong.all("svg")) == 9
    assert "row 2 cannot be done: the source functional entity is there already" in wrong.by_id("5.2.5-1-failures").text
    assert "wrong whether or not" in wrong.by_id("page-failures").text


def test_coverage_is_told_at_the_row_and_in_sum(wrong: Page) -> None:
    """How many scenarios are about a row, which rows have none, and which scenario the document contradicts."""
    assert "a.feature:3 One" in wrong.by_id("5.2.5-1-row-2").text
    assert "none" in wrong.by_id("5.2.5-1-row-3").text
    told = wrong.by_id("page-coverage").text
    assert "2 contradictions," in told
    assert "1 of 79 rows with a scenario" in " ".join(told.split())
    assert "the document has no such row" in told
    assert "the step has the tester act" in told


def test_nothing_wrong_is_said_so() -> None:
    """A document in which nothing is wrong has a page that says so."""
    made = Page(html(TEXT))
    assert made.of_class("finding") == []
    assert "No rule found anything." in made.by_id("page-rules").text


def test_a_document_without_flows_has_a_page() -> None:
    """No drawing, and a word on why there is no failure."""
    made = Page(html(NO_FLOW))
    assert made.all("svg") == []
    assert "The document has no flow." in made.by_id("page-failures").text
    assert "Tester" in made.by_id("1-1-row-1").text


def test_what_is_left_alone_is_told_with_its_reason() -> None:
    """A finding that an editor leaves stands apart from the others."""
    finding = Finding("5.2.5-1#1", document().tables[0].place, "w", "why", "mend", rule="article")
    assert (
        "for the house style" in Page(html(TEXT, [Ignored(finding, "for the house style")])).by_id("page-findings").text
    )


def evil() -> str:
    """The page of the small document with hostile words wherever a document can have some, its name among them."""
    words = escape(EVIL, quote=False)  # as Markdown says them
    text = WRONG.replace("Flow of the modification", f"Flow {words}").replace("Tester", f"Tester {words}")
    text = text.replace("The SMM takes up the plan.", f"The SMM {words} takes up.").replace(
        "NOTE 1: ", f"NOTE 1: {words}"
    )
    return of(replace(document(text), source=f"/tmp/small {EVIL.replace('/', '')}.md"))


def test_hostile_words_stay_words() -> None:
    """Markup, quotes and addresses of a document are text on the page: one script, no handler, no address of theirs."""
    made = Page(evil())
    (script,) = made.all("script")
    assert script.text == (files("harness.spec.page") / "page.js").read_text(encoding="utf-8")
    assert [name for one in made.elements for name in one.attributes if name.startswith("on")] == []
    assert made.all("img") == []
    assert {link for link in links(made) if not link.startswith("#")} == set()
    for place in ("5.2.5-1", "5.2.5-1-row-begin", "5.2.5-1-row-8", "5.2.5-1-note-1"):
        assert EVIL in made.by_id(place).text
    assert dangling(made) == set()


def test_the_policy_names_the_script_and_the_style_by_their_hash(wrong: Page) -> None:
    """Nothing else may run, and nothing may be fetched."""
    (policy,) = [one.attributes["content"] for one in wrong.all("meta") if "http-equiv" in one.attributes]
    for tag in ("script", "style"):
        text = wrong.all(tag)[0].text
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert "style" not in {name for one in wrong.elements for name in one.attributes}
    assert {name for one in wrong.elements for name in one.attributes} & {"src", "srcset", "action"} == set()


def test_the_same_document_has_the_same_page() -> None:
    """Two pages can be compared: nothing in them depends on the moment."""
    assert html(WRONG) == html(WRONG)


def test_words_are_marked_as_whole_words_and_over_gaps() -> None:
    """`1` is not marked in 11; words with a gap are marked piece by piece; what overlaps is marked once."""

    def told(text: str, *words: str) -> str:
        place = document().tables[0].place
        return str(marked(text, [Finding("", place, one, "", "") for one in words]))

    mark = '<mark class="certain">{}</mark>'.format
    assert told("steps 11 and 1", "1") == f"steps 11 and {mark(1)}"
    assert told("a < b, c", "a ... c") == f"{mark('a')} &lt; b, {mark('c')}"
    assert told("one two three", "one two", "two three") == f"{mark('one two')}{mark(' three')}"
    assert told("one two", "one ... four") == "one two"


def test_a_name_is_given_once() -> None:
    """What is wanted again gets a number; what no link can carry becomes a hyphen."""
    names = Anchors()
    given = [names.claim(wanted) for wanted in ("a-1", "a-1", "a-1.2", "a b</i>", "")]
    assert given == ["a-1", "a-1.2", "a-1.2.2", "a-b-i", "nameless"]


def test_the_command_writes_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Says where; ends with 0 however much was found."""
    source, path = tmp_path / "wrong.md", tmp_path / "out.html"
    source.write_text(WRONG, encoding="utf-8")
    assert outcome(["spec", "report", str(source), "-o", str(path)]) == 0
    assert capsys.readouterr().out.strip() == str(path)
    assert {one.attributes["id"] for one in Page(path.read_text(encoding="utf-8")).of_class("finding")} == set(FOUND)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((str(FILE), "-o", "{}/none/out.html"), "cannot be written"),
        (("{}/none.md",), "none.md"),
        ((str(FILE), "--ignore", "{}/none.yaml"), "cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: Sequence[str], said: str
) -> None:
    """One message and 64, no traceback."""
    assert outcome(["spec", "report", *(one.format(tmp_path) for one in arguments)]) == 64
    told = capsys.readouterr().err
    assert said in told
    assert "Traceback" not in told


@needs_gr
def test_the_gr_has_a_page_of_a_fair_size_in_a_fair_time() -> None:
    """All 67 tables and 542 rows; under 5 MB, in less than 3 s of this machine's work."""
    began = time.process_time()
    made = of(read(GR))
    spent = time.process_time() - began
    assert spent < 3
    assert len(made.encode()) < 5_000_000
    shown = Page(made)
    assert len(shown.of_class("tabulated")) == 67
    assert sum("-row-" in name for name in (one.attributes.get("id", "") for one in shown.all("tbody"))) == 542
    assert dangling(shown) == set()


# In the browser


@needs_browser
def test_a_filter_in_the_address_is_set_on_load(on_disk: Path) -> None:
    """Only what fits is shown: in the list, in the tables, and in the counts."""
    shown = opened(on_disk, "#q=rollback&family=semantic")
    assert shown.seen("finding") == ["finding-rollback-impossible-5.2.6-1-row-2"]
    assert shown.seen("spot") == ["5.2.6-1-row-2"]
    assert shown.seen("tabulated") == ["5.2.6-1"]
    assert shown.by_id("page-count").text.startswith("1 of 5 findings, 1 of ")
    assert not shown.by_id("page-filter").hidden
    assert shown.by_id("page-nothing").hidden


@needs_browser
def test_words_alone_find_rows_too(on_disk: Path) -> None:
    """Rows that say all the words are shown though nothing is wrong in them; those that say but one are not."""
    shown = opened(on_disk, "#q=special+logs")
    assert shown.seen("finding") == []
    assert shown.seen("spot") == ["5.2.5-1-row-1", "5.2.7-1-row-1", "5.3.2-1-row-1", "5.4.2-1-row-1"]


@needs_browser
def test_rule_certainty_and_clause_narrow(on_disk: Path) -> None:
    """A rule shows its findings and their rows, a clause what is in it; where nothing is left, the page says so."""
    assert opened(on_disk, "#rule=entry-missing").seen("spot") == ["5.2.5-1-row-9"]
    nothing = opened(on_disk, "#certainty=likely&rule=entry-missing")
    assert (nothing.seen("finding"), nothing.seen("tabulated")) == ([], [])
    assert not nothing.by_id("page-nothing").hidden
    assert opened(on_disk, "#clause=5.3").seen("tabulated") == ["5.3.1-1", "5.3.2-1"]


@needs_browser
def test_a_place_in_the_address_leaves_all_shown(on_disk: Path) -> None:
    """A deep link to a row is no filter."""
    shown = opened(on_disk, "#5.2.6-1-row-8")
    assert shown.seen("finding") == list(FOUND)
    assert not shown.by_id("5.2.6-1-row-8").hidden


@needs_browser
def test_nothing_of_a_hostile_document_runs(tmp_path: Path) -> None:
    """The page's own script has counted, the document's has not run; not even one that got into the page runs."""
    path = tmp_path / "evil.html"
    made = evil()
    path.write_text(made.replace("<main>", "<main><script>document.title='ran'</script>", 1), encoding="utf-8")
    shown = opened(path, "#q=<script>&clause=5.2.5")
    assert re.match(r"\d+ of \d+ findings", shown.by_id("page-count").text)
    assert shown.all("title")[0].text.startswith("What is wrong in small <script>")
    assert "5.2.5-1-row-begin" in shown.seen("spot")


@needs_browser
def test_keys_go_from_finding_to_finding(tmp_path: Path) -> None:
    """n and p step through what is shown, / goes to the search, Escape shows all again."""
    keys = """<script>addEventListener("load", () => {
      const at = [];
      for (const key of ["n", "n", "p", "/", "Escape"]) {
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true}));
        at.push(document.activeElement.id || document.activeElement.localName);
      }
      document.title = at.join(" ") + location.hash;
    })</script></body>"""
    path = tmp_path / "keys.html"
    made = re.sub(r"script-src [^;]*", "script-src 'unsafe-inline'", html(WRONG), count=1)
    path.write_text(made.replace("</body>", keys), encoding="utf-8")
    first, second = "finding-flow-impossible-5.2.5-1-row-9", "finding-rollback-impossible-5.2.6-1-row-2"
    shown = opened(path, "#family=semantic")
    assert shown.all("title")[0].text.split() == [first, second, first, "page-q", "body"]
    assert len(shown.seen("finding")) == len(FOUND)
