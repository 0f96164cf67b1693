"""The places that our own texts name, as people write them."""

from __future__ import annotations

import pytest

from harness.spec.places import concerned, places


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5.2.2.5-1 rows 3 to 5 and note 2", ["5.2.2.5-1#3", "5.2.2.5-1#4", "5.2.2.5-1#5", "5.2.2.5-1 note 2"]),
        (
            "note 2 of 5.2.2.5-1, note 2 of 5.2.2.7-1 and 5.2.2.8-1, clause 5.8",
            [f"5.2.2.{n}-1 note 2" for n in (5, 7, 8)],
        ),
        ("5.5.2.5-1 and 5.5.2.6-1 rows 7 and 12", [f"5.5.2.{t}-1#{n}" for n in (7, 12) for t in (5, 6)]),
        ("5.9.5-1 row 4 and end", ["5.9.5-1#4", "5.9.5-1#end"]),
        ("5.2.2.6-1 begin", ["5.2.2.6-1#begin"]),
        ('5.3.3.6-1 "3 to 5"', ["5.3.3.6-1 at"]),
        ('5.4.2.6-1 column "At #"', ["5.4.2.6-1 at"]),
        ("5.2.2-1, 5.2.4-1", ["5.2.2-1", "5.2.4-1"]),
        ("5.9.3-1 row 1, note of 5.9.5-1", ["5.9.3-1#1", "5.9.5-1 note"]),
        ("4.1.3, 5.9.1", []),
        ('it comes to an end, and they begin; "so"', []),
        ("Where in the order row 2 of table 5.2.2.8-1 stands", ["5.2.2.8-1#2"]),
        ("rows 3 and 4 do that; five attempts, 5 in all", []),
    ],
)
def test_a_place_is_read(text: str, found: list[str]) -> None:
    """Ranges, lists, notes of a table, edges, entries, whole tables; clauses and other numbers are none."""
    assert places(text) == found


def test_an_interpretation_is_about_what_its_text_names_too() -> None:
    """Rows without a table are those of the title's only table."""
    found = concerned(["5.2.3.6-1 rows 3 to 4"], "Entered at row 6 it stops. See note 2 of 5.3.2.5-1.")
    assert found == ["5.2.3.6-1#3", "5.2.3.6-1#4", "5.2.3.6-1#6", "5.3.2.5-1 note 2"]


def test_rows_without_a_table_are_of_none_where_the_title_has_two() -> None:
    """A guess would name the wrong row."""
    assert concerned(["5.2.3.6-1 row 3", "5.2.2.6-1 row 3"], "Entered at row 6.") == ["5.2.3.6-1#3", "5.2.2.6-1#3"]


def test_numbers_of_the_column_are_of_no_table() -> None:
    """They count the rows of the flow, and stand in its rollback: the text does not say which is meant."""
    assert concerned(['5.3.3.6-1 "3 to 5"'], "A failure at row 6 has no entry.") == ["5.3.3.6-1 at"]
