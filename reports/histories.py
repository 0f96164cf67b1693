"""The recorded conversations: looked over when the records are read, read when something is made of them.

All of a run's together are far bigger than its findings: who reads one makes of it what there is to make, and lets it
go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import orjson

from harness.judge.history import HistoryError, parsed_line
from reports.model import BadRecords, Entry, Scenario

_AROUND = ("header", "footer")
# a recorder writes an entry's number behind its kind, or at the very end: there it is known without parsing the rest
_FIRST = rb'\{"kind": ?"\w+", ?"n": ?(\d+),'
_NUMBERED_FIRST = re.compile(_FIRST)
_NUMBERED = (re.compile(b"\n" + _FIRST), re.compile(rb', ?"n": ?(\d+)\}(?=\n)'))
_ANSWER, _NUMBER = b',"response":', b',"n":'
_NEEDED = frozenset({"n", "status", "failure"})


class Frame(NamedTuple):
    """What of a history shows whether it is whole; header and footer are empty where they are not there."""

    header: Entry
    numbers: list[int]
    footer: Entry


def frame(path: Path) -> Frame:
    """Header and footer of a history, and the numbers of its entries; raises HistoryError for a line that is none."""
    data = path.read_bytes()
    lines = data.count(b"\n")
    for pattern in _NUMBERED:
        numbers = [int(number) for number in pattern.findall(data)]
        if len(numbers) + len(_AROUND) == lines:
            header, footer = data[: data.find(b"\n")], data[data.rfind(b"\n", 0, -1) + 1 :]
            return Frame(parsed_line(1, header), numbers, parsed_line(lines, footer))
    return _laid_out(_parsed(data))


def _laid_out(lines: list[dict[str, Any]]) -> Frame:
    header = lines.pop(0) if lines and lines[0].get("kind") == "header" else {}
    footer = lines.pop() if lines and lines[-1].get("kind") == "footer" else {}
    return Frame(header, [line.get("n", 0) for line in lines], footer)


class Conversation(Mapping[int, Entry]):
    """Entries by their number, in the order of the file, without the bodies of answers; `whole` has one with it.

    Those are half of what is recorded, and only the messages that prove something are shown with theirs. Each entry is
    read when it is asked for; who reads one that cannot be gets BadRecords.
    """

    def __init__(self, path: Path | None, lines: Sequence[bytes]) -> None:
        """Raises HistoryError for a line of which not even the number can be read."""
        self._path = path
        self._lines = _in_order(lines) or _by_number(lines)
        self._read: dict[int, Entry] = {}

    def __getitem__(self, number: int) -> Entry:
        found = self._read.get(number)
        if found is None:
            found = self._read[number] = self._of(number, _asked)
        return found

    def __iter__(self) -> Iterator[int]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def whole(self, number: int) -> Entry:
        """An entry with all that was recorded."""
        return self._of(number, parsed_line)

    def _of(self, number: int, read: Callable[[int, bytes], Entry]) -> Entry:
        place, line = self._lines[number]
        try:
            entry = read(place, line)
        except HistoryError as error:
            raise BadRecords([f"{self._path}: {error}"]) from None
        if entry.get("n", 0) != number:
            raise BadRecords([f"{self._path}: line {place} has entry {entry.get('n')}, and had entry {number} before"])
        return entry


def conversation(scenario: Scenario) -> Conversation:
    """The conversation of a scenario; raises BadRecords when it is not there any more, or cannot be read."""
    path = scenario.history
    try:
        found = Conversation(path, path.read_bytes().splitlines() if path else ())
    except (HistoryError, OSError) as error:
        raise BadRecords([f"{path}: {error}"]) from None
    if len(found) != scenario.recorded:
        raise BadRecords([f"{path}: it has {len(found)} entries, and had {scenario.recorded} when it was looked over"])
    return found


def _in_order(lines: Sequence[bytes]) -> dict[int, tuple[int, bytes]]:
    """Line number and line by number of the entry, where first and last say that all are there; empty where not.

    So they are in a history that was whole when the records were read; each number is looked at when it is asked for.
    """
    entries = lines[1:-1]
    if not entries or [_number(1, lines[0]), _number(2, entries[0])] != [None, 1]:
        return {}
    if [_number(len(lines) - 1, entries[-1]), _number(len(lines), lines[-1])] != [len(entries), None]:
        return {}
    return {place - 1: (place, line) for place, line in enumerate(entries, 2)}


def _by_number(lines: Iterable[bytes]) -> dict[int, tuple[int, bytes]]:
    """The same from each line's own number, in the order of the file; raises HistoryError for a line without one."""
    numbered = ((_number(place, line), place, line) for place, line in enumerate(lines, 1))
    return {number: (place, line) for number, place, line in numbered if number is not None}


def _number(place: int, line: bytes) -> int | None:
    """The number of the entry in a line; None where there is none."""
    first = _NUMBERED_FIRST.match(line)
    if first:
        return int(first[1])
    entry = parsed_line(place, line) if line.strip() else {}
    return entry.get("n", 0) if entry and entry.get("kind") not in _AROUND else None


def _asked(place: int, line: bytes) -> Entry:
    """A line without the body of the answer, where the recorder put that last."""
    told, cut, _ = line.partition(_ANSWER)
    if cut and _NUMBER in told:
        with suppress(ValueError):  # the word stood within a body
            entry: Entry = orjson.loads(told + b"}")
            if entry.keys() >= _NEEDED:
                return entry
    return parsed_line(place, line)


def _parsed(data: bytes) -> list[dict[str, Any]]:
    return [parsed_line(number, line) for number, line in enumerate(data.splitlines(), 1) if line.strip()]
