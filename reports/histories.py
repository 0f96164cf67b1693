"""The recorded conversations: looked over when the records are read, read when something is made of them.

All of a run's together are far bigger than its findings: who reads one makes of it what there is to make, and lets it
go.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

from harness.judge.history import HistoryError, parsed_line
from reports.model import BadRecords, Entries, Entry, Scenario

_AROUND = ("header", "footer")
# a line as the recorder begins an entry: its number is known without parsing the rest
_BEGUN = re.compile(rb'\n\{"kind": ?"(?:exchange|notification|fault|lab)", ?"n": ?(\d+),')


class Frame(NamedTuple):
    """What of a history shows whether it is whole; header and footer are empty where they are not there."""

    header: Entry
    numbers: list[int]
    footer: Entry


def frame(path: Path) -> Frame:
    """Header and footer of a history, and the numbers of its entries; raises HistoryError for a line that is none."""
    data = path.read_bytes()
    begun = _BEGUN.findall(data)
    if len(begun) + len(_AROUND) == data.count(b"\n"):  # the recorder's hand throughout
        header, footer = data[: data.find(b"\n")], data[data.rfind(b"\n", 0, -1) + 1 :]
        numbers = [int(number) for number in begun]
        return Frame(parsed_line(1, header), numbers, parsed_line(len(numbers) + 2, footer))
    return _laid_out(_parsed(data))


def _laid_out(lines: list[dict[str, Any]]) -> Frame:
    header = lines.pop(0) if lines and lines[0].get("kind") == "header" else {}
    footer = lines.pop() if lines and lines[-1].get("kind") == "footer" else {}
    return Frame(header, [line.get("n", 0) for line in lines], footer)


def entries(scenario: Scenario) -> Entries:
    """The conversation of a scenario; raises BadRecords when it is not there any more, or cannot be read."""
    if scenario.history is None:
        return {}
    try:
        lines = _parsed(scenario.history.read_bytes())
    except (HistoryError, OSError) as error:
        raise BadRecords([f"{scenario.history}: {error}"]) from None
    return {line.get("n", 0): line for line in lines if line.get("kind") not in _AROUND}


def _parsed(data: bytes) -> list[dict[str, Any]]:
    return [parsed_line(number, line) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
