"""What sibling flows say and one of them does not: a log, a release, a note, an indication of resources."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from harness.spec.lint.finding import Finding
from harness.spec.lint.registry import rule
from harness.spec.model import Document, Note, Row, Table

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


@dataclass(frozen=True)
class _Said:
    """A row, with its words as they are compared."""

    table: Table
    row: Row
    actor: str
    words: str


def _groups(document: Document) -> list[list[_Said]]:
    """Rows that say the same in different flows, by who acts and how alike their words are."""
    by_actor: dict[str, list[list[_Said]]] = defaultdict(list)
    for table in document.flows:
        for row in table.rows:
            said = _Said(table, row, _plain(row.actor), _plain(row.text))
            if not said.words:
                continue
            for group in by_actor[said.actor]:
                if _alike(group[0].words, said.words):
                    group.append(said)
                    break
            else:
                by_actor[said.actor].append([said])
    return [group for groups in by_actor.values() for group in groups if len({one.table.id for one in group}) >= ENOUGH]


def _plain(text: str) -> str:
    """The stems of a row's words without references and without which entity it is about."""
    text = ROLE.sub("", SEE.sub("", text))
    text = re.sub(r"entities", "entity", text, flags=re.IGNORECASE)
    words = WORDS.findall(text.casefold().replace("(s)", ""))
    return " ".join(STEMS.sub("", word) for word in words if word not in SMALL)


def _alike(one: str, other: str) -> bool:
    matcher = difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False)
    return matcher.real_quick_ratio() >= ALIKE and matcher.quick_ratio() >= ALIKE and matcher.ratio() >= ALIKE


@rule("sibling-part", "comparative")
def parts_that_siblings_have(document: Document) -> Iterator[Finding]:
    """A row says what nearly all rows that are otherwise the same in sibling flows say."""
    for group in _groups(document):
        common: dict[str, list[_Said]] = defaultdict(list)
        shown: dict[str, str] = {}
        for said in group:
            for part in PARTS.split(SEE.sub("", said.row.text)):
                key = _plain(part)
                if len(key.split()) >= 2:
                    common[key].append(said)
                    shown.setdefault(key, part.strip())
        for key, having in common.items():
            lacking = [said for said in group if not _has(said.words, key)]
            if len(having) < ENOUGH or len(lacking) * 4 > len(group):
                continue
            for said in lacking:
                others = ", ".join(one.table.ref(one.row) for one in having[:3])
                yield Finding(
                    said.table.ref(said.row),
                    said.row.place,
                    said.row.text[:80],
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
            if not topic or len({one.table.id for one in having}) < ENOUGH:
                continue
            for said in group:
                there = [note for note in said.table.notes if note.number and _topic(note) == topic]
                if said in having or not there or (len(group) - len(having)) * 4 > len(group):
                    continue
                others = ", ".join(one.table.ref(one.row) for one in having[:3])
                number = there[0].number
                yield Finding(
                    said.table.ref(said.row),
                    said.row.place,
                    said.row.text[:80],
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
            same = [said for said in group if ("rollback" in said.table.caption.casefold()) is back]
            for said in same if len(same) > ENOUGH - 1 else ():
                yield from _other_words(said, [one for one in same if one is not said])


def _other_words(said: _Said, others: list[_Said]) -> Iterator[Finding]:
    swapped: dict[tuple[str, str], list[_Said]] = defaultdict(list)
    for one in others:
        mine, theirs = said.words.split(), one.words.split()
        for tag, a, b, c, d in difflib.SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
            if tag == "replace" and b - a == d - c == 1:
                swapped[mine[a], theirs[c]].append(one)
    for (mine_word, their_word), having in swapped.items():
        if (
            len(having) == len(others) >= ENOUGH - 1
            and said.row.text.casefold().count(mine_word)
            and their_word not in said.words.split()
        ):
            shown = ", ".join(one.table.ref(one.row) for one in having[:3])
            yield Finding(
                said.table.ref(said.row),
                said.row.place,
                said.row.text[:80],
                f"where this row says {mine_word!r}, all rows that are else the same say {their_word!r} ({shown})",
                f"say {their_word!r}, or say why not",
                "likely",
            )


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
