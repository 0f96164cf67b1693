"""What sibling flows say and one of them does not: a log, a release, a note, an indication of resources."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from harness.spec.lint.finding import Finding, beginning
from harness.spec.lint.grouping import Grouping
from harness.spec.lint.registry import rule
from harness.spec.model import Document, Note, Row, Table
from harness.spec.world.pairing import is_rollback

ALIKE = 0.82
"""How alike two rows are that say the same of two flows."""

ENOUGH = 3
"""How many siblings have to agree before one that differs is told of."""

PARTS = re.compile(r"(?<=[a-z)])[.;]\s+|,?\s+(?:and|including|with|or)\s+(?=[a-z])", re.IGNORECASE)
SEE = re.compile(r"\s*\(see[^)]*\)")
ROLE = re.compile(r"\b(?:target|source|destination|impacted|fallback target)\s+(?=NFV-MANO|VNF|entit)", re.IGNORECASE)
WORDS = re.compile(r"[a-z0-9]+")
STEMS = re.compile(r"(?<=[a-z]{4})(?:ed|es|s|e)$")
SMALL = frozenset({"a", "an", "the", "their", "its", "that", "which", "to", "two", "respective"})


@dataclass(frozen=True, eq=False)
class _Said:
    """A row, with its words as they are compared."""

    table: Table
    row: Row
    words: str


@lru_cache(maxsize=4)
def _groups(document: Document) -> tuple[tuple[_Said, ...], ...]:
    """Rows that say the same in different flows, by who acts and how alike their words are."""
    by_actor: dict[str, Grouping[_Said]] = defaultdict(lambda: Grouping(ALIKE))
    for table in document.flows:
        for row in table.rows:
            words = _plain(row.text)
            if words:
                said = _Said(table, row, words)
                by_actor[_plain(row.actor)].add(words, said)
    groups = (tuple(group) for grouping in by_actor.values() for group in grouping.groups)
    return tuple(group for group in groups if len({one.table.id for one in group}) >= ENOUGH)


@lru_cache(maxsize=65_536)
def _plain(text: str) -> str:
    """The stems of a row's words without references and without which entity it is about."""
    text = ROLE.sub("", SEE.sub("", text))
    text = re.sub(r"entities", "entity", text, flags=re.IGNORECASE)
    words = WORDS.findall(text.casefold().replace("(s)", ""))
    return " ".join(STEMS.sub("", word) for word in words if word not in SMALL)


@rule("sibling-part", "comparative")
def parts_that_siblings_have(document: Document) -> Iterator[Finding]:
    """A row says what nearly all rows that are otherwise the same in sibling flows say."""
    for group in _groups(document):
        common: dict[str, list[_Said]] = defaultdict(list)
        shown: dict[str, str] = {}
        distinct = {said.words for said in group}
        for said in group:
            for part in PARTS.split(SEE.sub("", said.row.text)):
                key = _plain(part)
                if len(key.split()) >= 2:
                    common[key].append(said)
                    shown.setdefault(key, part.strip())
        for key, having in common.items():
            if len(having) < ENOUGH:
                continue
            lacks = {words for words in distinct if not _has(words, key)}
            lacking = [said for said in group if said.words in lacks] if lacks else []
            if len(lacking) * 4 > len(group):
                continue
            for said in lacking:
                others = ", ".join(one.table.ref(one.row) for one in having[:3])
                yield Finding(
                    said.table.ref(said.row),
                    said.row.place,
                    beginning(said.row.text),
                    f"{len(having)} rows of other flows, else the same, also say {shown[key]!r} (such as {others})",
                    "say it here too, or say why not",
                    "likely",
                )


def _has(words: str, key: str) -> bool:
    """Whether a row says a part, if not in the same words."""
    if key in words:
        return True
    wanted, there = key.split(), set(words.split())
    return sum(word in there for word in wanted) >= 0.8 * len(wanted)


@rule("sibling-note", "comparative")
def notes_that_siblings_have(document: Document) -> Iterator[Finding]:
    """A row refers to the note of its table to which nearly all rows that say the same in sibling flows refer."""
    for group in _groups(document):
        about: dict[str, list[_Said]] = defaultdict(list)
        for said in group:
            for note in _noted(said):
                about[_topic(note)].append(said)
        for topic, having in about.items():
            if (
                not topic
                or len({one.table.id for one in having}) < ENOUGH
                or (len(group) - len(having)) * 4 > len(group)
            ):
                continue
            for said in set(group).difference(having):
                there = [note for note in said.table.notes if note.number and _topic(note) == topic]
                if not there:
                    continue
                others = ", ".join(one.table.ref(one.row) for one in having[:3])
                number = there[0].number
                yield Finding(
                    said.table.ref(said.row),
                    said.row.place,
                    beginning(said.row.text),
                    f"{len(having)} rows of other flows that say the same refer to their note on {topic} "
                    f"(such as {others}); note {number} is the one here",
                    f"add '(see note {number})'",
                    "likely",
                )


@rule("sibling-word", "comparative")
def words_that_siblings_have_otherwise(document: Document) -> Iterator[Finding]:
    """Of rows that are the same in sibling flows, none has another word where all others agree."""
    for group in _groups(document):
        for back in (True, False):
            same = [said for said in group if is_rollback(said.table) is back]
            if len(same) >= ENOUGH:
                yield from _other_words(same)


def _other_words(same: list[_Said]) -> Iterator[Finding]:
    by_words: dict[str, list[_Said]] = defaultdict(list)
    for said in same:
        by_words[said.words].append(said)
    for words, (said, *twins) in by_words.items():
        if twins:
            continue  # another row says exactly this
        for mine, theirs in _swapped(words, by_words):
            if not said.row.text.casefold().count(mine) or theirs in words.split():
                continue
            others = [one for one in same if one is not said]
            shown = ", ".join(one.table.ref(one.row) for one in others[:3])
            yield Finding(
                said.table.ref(said.row),
                said.row.place,
                beginning(said.row.text),
                f"where this row says {mine!r}, all rows that are else the same say {theirs!r} ({shown})",
                f"say {theirs!r}, or say why not",
                "likely",
            )


def _swapped(words: str, by_words: Iterable[str]) -> list[tuple[str, str]]:
    """The words of a row for which all others have one and the same other word."""
    left: list[tuple[str, str]] | None = None
    mine = words.split()
    for other in by_words:
        if other == words:
            continue
        theirs = other.split()
        swaps = [
            (mine[a], theirs[c])
            for tag, a, b, c, d in difflib.SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
            if tag == "replace" and b - a == d - c == 1
        ]
        left = swaps if left is None else [swap for swap in left if swap in swaps]
        if not left:
            return []
    return left or []


def _noted(said: _Said) -> list[Note]:
    wanted = {ref.target for ref in said.row.references if ref.kind == "note"}
    return [note for note in said.table.notes if str(note.number) in wanted]


TOPICS = (
    ("failures", re.compile(r"detects? a failure", re.IGNORECASE)),
    ("restoration points", re.compile(r"^the restoration point can be", re.IGNORECASE)),
    ("the resources of a rollback", re.compile(r"^resources enabling", re.IGNORECASE)),
)


def _topic(note: Note) -> str:
    """What a note is about, so that notes of different tables can be compared; empty where that is not known."""
    known = next((name for name, pattern in TOPICS if pattern.search(note.text)), "")
    return known or " ".join(WORDS.findall(note.text.casefold())[:6])
