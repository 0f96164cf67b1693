"""What is drawn of a flow, as data: who does what to whom, where a rollback is entered, what a run left."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness.spec import drawing
from harness.spec.build import read
from harness.spec.drawing import Arrow, Sequence, Step
from harness.spec.model import Document
from harness.spec.world.pairing import rollback_of
from tests.spec.small import TEXT, changed, document

GR = Path(__file__).parents[3] / "shared" / "spec" / "gr-nfv-rel-011.md"
HERE = pytest.mark.skipif(not GR.exists(), reason="the GR's text (../shared/spec) is not here")
FLOW, BACK = "5.2.5-1", "5.2.6-1"
SMM, SOURCE, DESTINATION = "softwaremodificationmanager", "sourcefunctionalentity", "destinationfunctionalentity"
FES, ENTITY, TESTER = "impactednfvmanofunctionalentity", "impactedentity", "tester"


@pytest.fixture(scope="module")
def gr() -> Document:
    return read(GR)


def sequence(table: str = FLOW, text: str = TEXT) -> Sequence:
    one = document(text)
    return drawing.sequence(one, one.by_id[table])


def step(drawn: Sequence, number: str) -> Step:
    return next(one for one in drawn.steps if one.number == number)


def told(drawn: Sequence, number: str) -> list[tuple[str, str, str]]:
    """The arrows of a row by the names that stand above the lifelines."""
    names = {one.key: one.name for one in drawn.lifelines}
    return [(names[arrow.sender], names[arrow.receiver], arrow.kind) for arrow in step(drawn, number).arrows]


def test_every_row_of_a_small_flow_is_drawn_as_it_says() -> None:
    """Arrows of the cell, of the instances that the words name, and of whom an interface serves."""
    drawn = sequence()
    alone = {"begin": (SMM,), "1": (SMM,), "end": (SMM,)}
    arrows = {
        "2": [Arrow(SMM, DESTINATION)],
        "3": [Arrow(SMM, DESTINATION), Arrow(SOURCE, DESTINATION, "effect")],
        "4": [Arrow(SMM, DESTINATION), Arrow(DESTINATION, FES, "effect")],
        "5": [Arrow(SMM, DESTINATION), Arrow(DESTINATION, ENTITY, "effect")],
        "6": [Arrow(SMM, SOURCE), Arrow(SOURCE, ENTITY, "effect")],
        "7": [Arrow(SMM, SOURCE), Arrow(SOURCE, FES, "effect")],
        "8": [Arrow(TESTER, SMM)],
        "9": [Arrow(SMM, SOURCE)],
    }
    assert {one.number: one.over for one in drawn.steps if one.over} == alone
    assert {one.number: list(one.arrows) for one in drawn.steps if one.arrows} == arrows


def test_lifelines_stand_as_the_actors_table_has_them() -> None:
    """By the names that the flow uses, in the order of the roles, all of them declared."""
    names = [(one.key, one.name, one.declared) for one in sequence().lifelines]
    assert names == [
        (SMM, "SMM", True),
        (SOURCE, "Source functional entity", True),
        (DESTINATION, "Destination functional entity", True),
        (FES, "Impacted NFV-MANO functional entity", True),
        (ENTITY, "Impacted entity", True),
        (TESTER, "Tester", True),
    ]


def test_who_begins_stands_left_and_the_undeclared_beside_their_partner() -> None:
    """An administrator that no actors table knows begins, and has to do with the tester."""
    text = changed(("Begins when	SMM	The SMM takes", "Begins when	Administrator -> Tester	The SMM takes"))
    lifelines = sequence(text=text).lifelines
    assert [(one.name, one.declared) for one in lifelines[:2]] == [("Administrator", False), ("SMM", True)]


def test_a_label_says_the_first_of_a_row_without_asides() -> None:
    """What is in brackets is left out, a next sentence is taken in where it is short, the whole text is kept."""
    long = "SMM -> Tester	" + "SMM asks for much (see note 2), " * 5 + "and more. Then it waits."
    drawn = sequence(text=changed(("Tester -> SMM	The tester runs its tests", long + "The tester runs its tests")))
    assert (
        step(drawn, "9").label
        == "When the SHUTDOWN_UNLOCKED state is reached at last, SMM terminates the source functional entity."
    )
    assert step(drawn, "8").label == "SMM asks for much, " * 5 + "and more."
    assert step(drawn, "8").text.endswith("(see note 2).")
    assert step(drawn, "8").notes == ("2",)


def test_several_senders_and_receivers_get_an_arrow_each() -> None:
    """A, B -> C are two arrows; A <-> B is one with two heads."""
    text = changed(
        (
            "8	Tester -> SMM	The tester",
            "8	Tester, destination functional entity -> SMM, impacted entity	The tester",
        ),
        ("9	SMM -> Source functional entity	When", "9	Source functional entity <-> Tester	When"),
    )
    drawn = sequence(text=text)
    assert step(drawn, "8").arrows == (
        Arrow(TESTER, SMM),
        Arrow(TESTER, ENTITY),
        Arrow(DESTINATION, SMM),
        Arrow(DESTINATION, ENTITY),
    )
    assert step(drawn, "9").arrows == (Arrow(SOURCE, TESTER, "peer"),)


def test_a_receiver_named_in_one_breath_is_drawn_too() -> None:
    """Peering set "in the A and in B" reaches B, though the cell has A alone; "from A to B" does not do so."""
    text = changed(
        (
            "3	SMM -> Destination functional entity	SMM",
            "3	SMM -> Tester	SMM puts it in the tester and in the impacted entity. SMM",
        )
    )
    assert [arrow.receiver for arrow in step(sequence(text=text), "3").arrows if arrow.kind == "message"] == [
        TESTER,
        ENTITY,
    ]


def test_who_is_asked_by_a_receiver_is_drawn_from_that_one() -> None:
    """A row to two receivers of whom one may ask the other: the second arrow goes between them, and may not come."""
    text = changed(
        (
            "8	Tester -> SMM	The tester",
            "8	Impacted entity -> SMM, Tester	SMM is asked. SMM can query the tester for more. The tester",
        )
    )
    assert step(sequence(text=text), "8").arrows == (Arrow(ENTITY, SMM), Arrow(SMM, TESTER, "effect"))


def test_who_is_requested_to_does_it() -> None:
    """A requests B to instantiate C: the arrow to C comes from B."""
    text = changed(
        (
            "2	SMM	SMM instantiates the",
            "2	SMM -> Impacted entity	SMM requests the impacted entity to instantiate the",
        )
    )
    assert step(sequence(text=text), "2").arrows == (Arrow(SMM, ENTITY), Arrow(ENTITY, DESTINATION, "effect"))


def test_a_notification_in_the_words_is_drawn() -> None:
    """Whom a row without a receiver notifies has a lifeline, even where no table knows him."""
    text = changed(
        ("SMM commits, and releases", "SMM may notify the pending operation to consumer such that it releases")
    )
    drawn = sequence(text=text)
    assert told(drawn, "end") == [("SMM", "Consumer", "effect")]
    assert [one.name for one in drawn.lifelines if not one.declared] == ["Consumer"]


def test_an_interface_between_two_of_a_kind_is_a_loop() -> None:
    """Towards each other: from the lifeline to itself."""
    text = changed(
        (
            "starts the service interfaces towards impacted NFV-MANO functional entities",
            "starts the service interfaces between these two destination functional entities",
        ),
        (
            "SMM, destination functional entity, impacted NFV-MANO functional entity",
            "SMM, destination functional entity",
        ),
    )
    assert step(sequence(text=text), "4").arrows == (
        Arrow(SMM, DESTINATION),
        Arrow(DESTINATION, DESTINATION, "effect"),
    )


def test_only_flows_are_drawn() -> None:
    """Another table is refused by what it is."""
    one = document()
    with pytest.raises(ValueError, match=r"5\.2\.3-1 is no flow but pre"):
        drawing.sequence(one, one.by_id["5.2.3-1"])
    with pytest.raises(ValueError, match="no flow"):
        drawing.graph(one, one.by_id["5.2.3-1"])


def test_a_graph_has_the_entries_of_the_column() -> None:
    """Each forward row of "At #" leads to its row of the rollback; row 1, which no note sends back, has none."""
    one = document()
    drawn = drawing.graph(one, one.by_id[FLOW])
    assert (drawn.flow, drawn.rollback, drawn.whole, drawn.counted) == (FLOW, BACK, False, "")
    assert drawn.entries == {"9": "2", "8": "3", "7": "4", "6": "5", "4": "6", "5": "6", "2": "8", "3": "8"}
    assert [(node.number, node.hole) for node in drawn.holes] == [("1", "open")]
    assert drawn == drawing.graph(one, one.by_id[BACK])


def test_a_row_whose_failure_leads_nowhere_is_a_hole() -> None:
    """Row 5, which a note sends to the rollback, is one without its entry; row 1, of which no note speaks, is open."""
    one = document(changed(("impacted entities (see note 1).	4, 5", "impacted entities (see note 1).	4")))
    assert [(node.number, node.hole) for node in drawing.graph(one, one.by_id[FLOW]).holes] == [
        ("1", "open"),
        ("5", "fails"),
    ]


def test_a_flow_that_goes_by_the_rollback_of_another_is_told_so() -> None:
    """Clause 5.2.7 and 5.4 refer to the rollback of 5.2.6, whose column counts the rows of 5.2.5; 5.3 has none."""
    one = document()
    assert drawing.graph(one, one.by_id["5.4.2-1"]).counted == FLOW
    assert rollback_of(one, one.by_id["5.3.2-1"]) is None
    assert drawing.graph(one, one.by_id["5.3.2-1"]).back == ()


def test_a_rollback_without_the_column_is_begun_at_its_begin() -> None:
    """No entries and no holes, where there is nothing that could have one."""
    lines = TEXT.splitlines()
    begin = lines.index("**Table 5.2.6-1: Flow of the rollback**")
    end = next(index for index, line in enumerate(lines) if index > begin and line.startswith("NOTE"))
    without = [line.rpartition("\t")[0] if "\t" in line else line for line in lines[begin:end]]
    one = document("\n".join([*lines[:begin], *without, *lines[end:]]))
    drawn = drawing.graph(one, one.by_id[FLOW])
    assert (drawn.rollback, drawn.entries, drawn.whole, drawn.holes) == (BACK, {}, True, ())


@HERE
def test_every_flow_of_the_gr_says_something_in_each_row(gr: Document) -> None:
    """20 flows, 293 rows: an arrow or a note in each, and a lifeline for whoever is in one."""
    drawn = [drawing.sequence(gr, table) for table in gr.flows]
    assert (len(drawn), sum(len(one.steps) for one in drawn)) == (20, 293)
    for one in drawn:
        known = {lifeline.key for lifeline in one.lifelines}
        used = {key for row in one.steps for key in row.over}
        used |= {key for row in one.steps for arrow in row.arrows for key in (arrow.sender, arrow.receiver)}
        assert used == known, one.table
        assert [row.ref for row in one.steps if bool(row.arrows) == bool(row.over)] == []


@HERE
def test_the_cells_of_the_gr_are_all_drawn(gr: Document) -> None:
    """Nobody whom the second column names is left out of his row."""
    from harness.spec.lint.roles import declared, name  # noqa: PLC0415 - only this test compares names

    for table in gr.flows:
        roles = {key: name(written) for key, written in declared(gr, table).items()}
        for row, one in zip(table.rows, drawing.sequence(gr, table).steps, strict=True):
            assert row.actors
            drawn = {key for arrow in one.arrows for key in (arrow.sender, arrow.receiver)} | set(one.over)
            assert {roles.get(name(role), name(role)) for role in row.actors.everybody} <= drawn, one.ref


@HERE
@pytest.mark.parametrize(
    ("table", "row", "arrows"),
    [
        (
            "5.5.2.5-1",
            "6",
            [("NFVO", "G-VNF-M", "message"), ("NFVO", "VIM", "message"), ("G-VNF-M", "Destination VNF", "effect")],
        ),
        ("5.5.2.5-1", "7", [("G-VNF-M", "NFVO", "message"), ("VIM", "NFVO", "message")]),
        ("5.5.2.5-1", "3", [("SMM", "G-VNF-M", "message"), ("SMM", "NFVO", "message")]),
        ("5.5.2.5-1", "4", [("G-VNF-M", "NFVO", "peer")]),
        ("5.5.2.5-1", "14", [("SMM", "S-VNF-M", "message")]),
        ("5.7.2.5-1", "7", [("External Manager", "SMM", "message"), ("SMM", "Tester", "effect")]),
        ("5.2.2.8-1", "end", [("SMM", "Consumer", "effect")]),
        (
            "5.9.5-1",
            "6",
            [("Fallback Manager", "Fallback target NFV-MANO functional entity", "message")],
        ),
    ],
)
def test_rows_of_the_gr_that_are_easily_drawn_wrong(
    gr: Document, table: str, row: str, arrows: list[tuple[str, str, str]]
) -> None:
    """Several receivers, peers, somebody named in the words alone: read by hand in the document."""
    assert told(drawing.sequence(gr, gr.by_id[table]), row) == arrows


@HERE
def test_the_holes_of_the_gr(gr: Document) -> None:
    """Row 6 of the forklift, rows 6 and 15 of two entities: their failure leads to a rollback with no entry for it."""
    holes = {
        table: [node.number for node in drawing.graph(gr, gr.by_id[table]).holes if node.hole == "fails"]
        for table in ("5.2.3.5-1", "5.3.3.5-1", "5.4.2.5-1")
    }
    assert holes == {"5.2.3.5-1": [], "5.3.3.5-1": ["6"], "5.4.2.5-1": ["6", "15"]}
