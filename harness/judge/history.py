"""A recorded history (`manolab-history/1`) as the judge reads it: immutable, complete, and easy to ask."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter
from types import MappingProxyType
from typing import Any, NamedTuple

import orjson

FORMAT = "manolab-history/1"
MESSAGES = ("exchange", "notification")
KINDS = (*MESSAGES, "fault", "lab")
ACCEPTED = 202


NOTHING: Mapping[str, Any] = MappingProxyType({})


class HistoryError(Exception):
    """This is no history that may be judged; the message says what is missing and what to do."""


class Entry(NamedTuple):
    """One line: an exchange, a notification, a fault or a lab event.

    `sent` and `answered` are ticks of one order; what follows from the entry comes after `answered`.
    """

    n: int
    kind: str
    to: str
    sent: int
    answered: int
    source: str = ""
    at: float = 0.0
    method: str = ""
    path: str = ""
    query: str = ""
    request: Any = None
    status: int | None = None
    location: str | None = None
    response: Any = None
    failure: str | None = None
    event: str = ""
    fault: str = ""
    detail: Mapping[str, Any] = NOTHING

    @classmethod
    def of(cls, line: Mapping[str, Any]) -> Entry:
        """The entry of one parsed line; raises HistoryError when it is none."""
        kind = line.get("kind")
        if kind not in KINDS:
            raise HistoryError(f"entry {line.get('n')} is of kind {kind!r}; known are {', '.join(KINDS)}")
        get = line.get
        # Who takes a notification or an order (202) may act before the answer is out; a silence has no answer.
        at_once = kind == "notification" or get("status") == ACCEPTED
        try:
            return cls(
                n=line["n"],
                kind=kind,
                to=line["to"],
                sent=line["sent"],
                answered=(not at_once and get("answered")) or line["sent"],
                source=get("from") or "",
                at=get("at") or 0.0,
                method=get("method") or "",
                path=get("path") or "",
                query=get("query") or "",
                request=get("request"),
                status=get("status"),
                location=get("location"),
                response=get("response"),
                failure=get("failure"),
                event=get("event") or "",
                fault=get("fault") or "",
                detail=get("detail") or NOTHING,
            )
        except KeyError as error:
            raise HistoryError(f"entry {get('n')} lacks {error}; was the file cut or edited?") from None

    @property
    def ok(self) -> bool:
        """Whether an answer of the 2xx family went out."""
        return self.status is not None and 200 <= self.status < 300

    def asked(self, name: str) -> Any:
        """A member of the request's body, or None."""
        return self.request.get(name) if isinstance(self.request, dict) else None

    def told(self, name: str) -> Any:
        """A member of the answer's body, or None."""
        return self.response.get(name) if isinstance(self.response, dict) else None

    @property
    def parameters(self) -> dict[str, str]:
        """The query's parameters by name, decoded."""
        pairs = (part.partition("=") for part in self.query.split("&") if part)
        return {_decoded(name): _decoded(value) for name, _, value in pairs}

    @property
    def items(self) -> list[dict[str, Any]]:
        """The answer's body as a list of objects: a list as it is, one object alone in a list."""
        body = self.response if isinstance(self.response, list) else [self.response]
        return [item for item in body if isinstance(item, dict)] if self.ok else []


class Kind(NamedTuple):
    """What messages that are looked for have in common; a `*` in the path stands for one segment, None for anything.

    `news` is the type of a notification.
    """

    method: str | None = None
    path: str | None = None
    source: str | None = None
    to: str | None = None
    news: str | None = None

    def among(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those of the messages that are of this kind, but for their paths and what they tell."""
        method, _, source, to, _ = self
        return [
            entry
            for entry in entries
            if (to is None or entry.to == to)
            and (method is None or entry.method == method)
            and (source is None or entry.source == source)
        ]


class History:
    """Entries in the order in which they were sent."""

    def __init__(self, header: Mapping[str, Any], entries: Iterable[Mapping[str, Any]], complete: bool = False) -> None:
        self.header = header
        self.entries = tuple(sorted(map(Entry.of, entries), key=_in_order))
        self.complete = complete
        messages = [entry for entry in self.entries if entry.kind in MESSAGES]
        self._to: dict[str, list[Entry]] = {}
        self._by_path: dict[str, list[Entry]] = {}
        self._by_pattern: dict[str, list[Entry]] = {}
        self._by_news: dict[str, list[Entry]] = {}
        for entry in messages:
            self._to.setdefault(entry.to, []).append(entry)
            self._by_path.setdefault(entry.path, []).append(entry)
            if entry.kind == "notification":
                self._by_news.setdefault(str(entry.asked("notificationType")), []).append(entry)
        self._alike: dict[Kind, list[Entry]] = {Kind(): messages}

    @classmethod
    def read(cls, lines: Iterable[str]) -> History:
        """The history in these lines of JSON; raises HistoryError unless it is whole, from header to footer."""
        return cls.whole(parsed(lines))

    @classmethod
    def whole(cls, parsed: Sequence[Mapping[str, Any]]) -> History:
        """The history of these parsed lines; raises HistoryError unless it is whole, from header to footer."""
        header, *entries, footer = parsed if len(parsed) > 1 else (*parsed, {}, {})
        check_whole(header, [entry.get("n") for entry in entries], footer)
        return cls(header, entries, complete=footer.get("complete") is True)

    def find(
        self,
        method: str | None = None,
        path: str | None = None,
        *,
        source: str | None = None,
        to: str | None = None,
        after: float = -1,
        before: float = math.inf,
    ) -> Iterator[Entry]:
        """Messages sent after one tick and before another; a `*` in the path stands for one segment."""
        return iter(_between(self._of(Kind(method, path or None, source or None, to or None)), after, before))

    def _of(self, kind: Kind) -> list[Entry]:
        """All messages of a kind, which rules ask for again and again: looked through once."""
        found = self._alike.get(kind)
        if found is None:
            found = self._alike[kind] = kind.among(self._likely(kind))
        return found

    def _likely(self, kind: Kind) -> list[Entry]:
        """The messages among which all of a kind are: as few as what is known of all messages allows."""
        if kind.news is not None:
            return self._by_news.get(kind.news, [])
        if kind.path is not None:
            return self._at(kind.path)
        return self._alike[Kind()] if kind.to is None else self._to.get(kind.to, [])

    def _at(self, path: str) -> list[Entry]:
        """All messages to a path; more than one path where there is a `*` in it."""
        found = self._by_path.get(path) or self._by_pattern.get(path)
        if found is None:
            matching = filter(_pattern(path).fullmatch, self._by_path)
            found = sorted((entry for one in matching for entry in self._by_path[one]), key=_in_order)
            self._by_pattern[path] = found
        return found

    def notifications(
        self, type: str, *, source: str | None = None, to: str | None = None, after: float = -1
    ) -> list[Entry]:
        """Notifications of this type, whatever their callback's path."""
        return _between(self._of(Kind(None, None, source or None, to or None, type)), after)


def _between(entries: list[Entry], after: float, before: float = math.inf) -> list[Entry]:
    begin = bisect_right(entries, after, key=_sent) if after >= 0 else 0
    end = bisect_left(entries, before, begin, key=_sent) if before < math.inf else len(entries)
    return entries[begin:end]


def _decoded(text: str) -> str:
    octets = re.sub(
        rb"%([0-9A-Fa-f]{2})", lambda found: bytes.fromhex(found[1].decode()), text.replace("+", " ").encode()
    )
    return octets.decode("utf-8", "replace")


_sent = attrgetter("sent")
_in_order = attrgetter("sent", "n")


@lru_cache(maxsize=256)
def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(re.escape(path).replace(r"\*", "[^/]+"))


def check_whole(header: Mapping[str, Any], numbers: Sequence[object], footer: Mapping[str, Any]) -> None:
    """Raise HistoryError unless these, the numbers of the entries among them, stand for all that was recorded."""
    if header.get("kind") != "header":
        raise HistoryError("the history has no header line; it was not recorded by manolab or is empty")
    if header.get("format") != FORMAT:
        raise HistoryError(f"the history's format is {header.get('format')!r}, this judge reads {FORMAT!r}")
    if footer.get("kind") != "footer":
        raise HistoryError("the history has no footer: the run did not end, so it cannot be judged; run it again")
    if footer.get("entries") != len(numbers):
        raise HistoryError(f"the footer counts {footer.get('entries')} entries, the history has {len(numbers)}")
    if numbers != list(range(1, len(numbers) + 1)):
        raise HistoryError("the entries are not numbered 1, 2, 3...; lines were lost, doubled or moved")


def parsed(lines: Iterable[str]) -> list[dict[str, Any]]:
    """The lines of a history as JSON objects; raises HistoryError for one that is none."""
    return [parsed_line(number, text) for number, text in enumerate(lines, 1) if text.strip()]


def parsed_line(number: int, text: str | bytes) -> dict[str, Any]:
    """One line of a history, by its number in the file, as a JSON object; raises HistoryError when it is none."""
    try:
        line = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise HistoryError(f"line {number} is not JSON; the file was cut or edited") from None
    if not isinstance(line, dict):
        raise HistoryError(f"line {number} is not a JSON object; the file was cut or edited")
    return line
