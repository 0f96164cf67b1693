"""What may be judged: whole histories only."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harness.judge.history import History, HistoryError
from tests.judge.story import CLEAN, told

HEADER: dict[str, Any] = {"kind": "header", "format": "manolab-history/1", "scenario": {}}


def lines(entries: list[dict[str, Any]], header: dict[str, Any] | None = None, count: int | None = None) -> list[str]:
    footer = {"kind": "footer", "entries": len(entries) if count is None else count, "complete": True}
    return [json.dumps(line) for line in (header or HEADER, *entries, footer)]


ENTRIES = told(CLEAN["launch"], CLEAN["reserve"])


def test_a_whole_history_is_read() -> None:
    """Header, entries and footer make a history that is complete."""
    history = History.read(lines(ENTRIES))
    assert history.complete
    assert [entry.path for entry in history.entries] == ["/smm/v1/processes", "/vrm/v1/reservations"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ([], "no header"),
        (lines(ENTRIES)[1:], "no header"),
        (lines(ENTRIES)[:-1], "no footer"),
        (lines(ENTRIES, count=3), "counts 3 entries, the history has 2"),
        (lines(ENTRIES, {**HEADER, "format": "manolab-history/9"}), "manolab-history/9"),
        (lines(ENTRIES[1:]), "not numbered"),
        ([*lines(ENTRIES)[:-1], "{"], "line 4 is not JSON"),
        (lines([{"kind": "rumour", "n": 1}]), "'rumour'"),
        (lines([{"kind": "exchange", "n": 1}]), "lacks"),
        (["[]"], "not a JSON object"),
    ],
)
def test_anything_else_is_refused_with_the_reason(text: list[str], reason: str) -> None:
    """A history that was cut, edited or is of another format is not judged."""
    with pytest.raises(HistoryError, match=reason):
        History.read(text)


def test_a_star_stands_for_one_part_of_a_path() -> None:
    """Questions about one resource do not find those below it."""
    history = History({}, told(CLEAN["allocate"], CLEAN["end r1"]))
    assert [entry.method for entry in history.find(path="/vrm/v1/reservations/*")] == ["DELETE"]


def test_entries_are_in_the_order_in_which_they_were_sent() -> None:
    """An exchange that took long is written later, and stands where it began."""
    late, early = told(CLEAN["reserve"], CLEAN["launch"])
    history = History({}, [{**late, "sent": 9, "answered": 10}, {**early, "sent": 3, "answered": 12}])
    assert [entry.sent for entry in history.entries] == [3, 9]
