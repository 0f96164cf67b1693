"""Histories looked over, and read: as the recorder writes them, and as others do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

import reports
from harness.judge.history import HistoryError
from reports import histories
from reports.model import Scenario
from tests.reports.by_hand import clean_steps, clean_talk


@pytest.fixture
def scenario(recorded: Callable[..., Path]) -> Scenario:
    talk = clean_talk()
    return reports.load_one(recorded("A clean one", "pass", clean_steps(talk), talk) / "runs" / "a-clean-one")


@pytest.fixture
def history(scenario: Scenario) -> Path:
    assert scenario.history
    return scenario.history


def test_a_history_is_looked_over_alike_whoever_wrote_it(history: Path) -> None:
    """Where a number stands first or last its entry need not be parsed; in another order it need be."""
    lines = _lines(history)
    found = []
    for hand in ({}, {"separators": (",", ":")}, {"sort_keys": True}):
        _write(history, lines, **hand)
        found.append(histories.frame(history))
    _write(history, map(_numbered_last, lines))
    found.append(histories.frame(history))
    assert found[0].numbers == list(range(1, len(lines) - 1))
    assert (found[0].header["kind"], found[0].footer["kind"]) == ("header", "footer")
    assert found == [found[0]] * 4


@pytest.mark.parametrize("hand", [{"separators": (",", ":")}, {"sort_keys": True}])
def test_a_history_with_lines_lost_or_moved_is_a_bad_record(history: Path, hand: dict[str, Any]) -> None:
    """Though its footer counts right."""
    lines = _lines(history)
    _write(history, [lines[0], lines[2], lines[1], *lines[3:]], **hand)
    with pytest.raises(reports.BadRecords, match="numbered 1, 2, 3"):
        reports.load(history.parents[2])


def test_a_line_that_is_none_is_named(history: Path) -> None:
    """By its number in the file, where the history is looked over."""
    text = history.read_text().splitlines()
    history.write_text("\n".join([*text[:3], "what?", *text[3:]]) + "\n")
    with pytest.raises(HistoryError, match="line 4 is not JSON"):
        histories.frame(history)


@pytest.mark.parametrize("hand", [{}, {"separators": (",", ":")}])
def test_a_conversation_has_its_entries_and_whole_ones_at_request(
    scenario: Scenario, history: Path, hand: dict[str, Any]
) -> None:
    """Answers are not read before they are asked for; all else is there."""
    header, *entries, footer = map(_answered, _lines(history))
    _write(history, [header, *entries, footer], **hand)
    found = histories.conversation(scenario)
    assert [*found] == [entry["n"] for entry in entries]
    assert [found.whole(number) for number in found] == entries
    assert [{**entry, "response": None} for entry in found.values()] == [
        {**entry, "response": None} for entry in entries
    ]


def test_an_answer_spoken_of_in_a_request_is_no_answer(scenario: Scenario, history: Path) -> None:
    """The word may stand anywhere within a body."""
    header, first, *rest = _lines(history)
    odd = {**_answered(first), "request": {"a": 1, "response": {"b": 2}, "c": ',"response":'}}
    _write(history, [header, odd, *rest], separators=(",", ":"))
    assert histories.conversation(scenario)[1] == odd


def test_what_stands_behind_an_answer_is_not_lost(scenario: Scenario, history: Path) -> None:
    """A recorder may put an entry's number there."""
    entries = _lines(history)
    _write(history, map(_numbered_last, map(_answered, entries)), separators=(",", ":"))
    assert [*histories.conversation(scenario)] == [entry["n"] for entry in entries[1:-1]]


def test_an_entry_that_is_cut_is_a_bad_record_where_it_is_needed(scenario: Scenario, history: Path) -> None:
    """Its file and line are named; a report is not made without it."""
    _write(history, [*map(_answered, _lines(history))], separators=(",", ":"))
    cut = [line[:-9] if '"n":19,' in line else line for line in history.read_text().splitlines()]
    history.write_text("\n".join(cut) + "\n")
    found = histories.conversation(scenario)
    assert found[19]["method"] == "POST"
    with pytest.raises(reports.BadRecords, match=rf"{history}: line 20 is not JSON"):
        found.whole(19)


def test_a_history_that_was_changed_since_it_was_looked_over_is_a_bad_record(scenario: Scenario, history: Path) -> None:
    """Findings cite its entries by their numbers."""
    history.write_text("".join(history.read_text().splitlines(keepends=True)[:-3]))
    with pytest.raises(reports.BadRecords, match="when it was looked over"):
        histories.conversation(scenario)


def test_without_a_history_nothing_was_said(finished: Path) -> None:
    """A scenario that does not apply has none."""
    absent = next(one for one in reports.load(finished).scenarios if one.history is None)
    assert (dict(histories.conversation(absent)), absent.recorded) == ({}, 0)


def _lines(history: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in history.read_text().splitlines()]


def _write(history: Path, lines: Iterable[dict[str, Any]], **hand: Any) -> None:
    history.write_text("".join(json.dumps(line, **hand) + "\n" for line in lines))


def _answered(entry: dict[str, Any]) -> dict[str, Any]:
    """A line with an answer, which stands last as the recorder has it."""
    rest = {key: value for key, value in entry.items() if key != "response"}
    return {**rest, "response": {"of": entry.get("n"), "items": [1, 2]}}


def _numbered_last(entry: dict[str, Any]) -> dict[str, Any]:
    rest = {key: value for key, value in entry.items() if key != "n"}
    return {**rest, "n": entry["n"]} if "n" in entry else rest


def test_an_entry_in_the_place_of_another_is_a_bad_record(scenario: Scenario, history: Path) -> None:
    """Lines that changed places after the records were read are found where one of them is needed."""
    header, first, second, third, *rest = _lines(history)
    _write(history, [header, first, third, second, *rest])
    found = histories.conversation(scenario)
    assert found[1] == first
    with pytest.raises(reports.BadRecords, match=rf"{history}: line 3 has entry 3, and had entry 2 before"):
        found[2]
