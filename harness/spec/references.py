"""What a piece of text refers to: notes, steps, clauses, tables, figures, other documents; ranges written out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

NUMBER = r"(?:\d+|[A-Z])(?:\.\d+)+|\d+"
CLAUSE = r"(?:[A-Z]|\d{1,2})(?:\.\d{1,3})*"
JOIN = r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|to)\s+)"
CLAUSES = re.compile(rf"\b[Cc]lauses?\s+(?P<list>{CLAUSE}\b(?:{JOIN}{CLAUSE}\b)*)\.?")
ANNEX = re.compile(r"\b[Aa]nnex\s+(?P<list>[A-Z])\b")
STEPS = re.compile(
    r"\b[Ss]teps?\s+(?P<list>\d{1,3}\b(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|to)\s+)(?:steps?\s+)?\d{1,3}\b)*)"
)
NOTES = re.compile(
    r"\b(?P<word>[Nn]otes?)\b(?:\s+(?P<list>\d{1,2}\b(?:(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|to)\s+)\d{1,2}\b)*))?"
)
TABLES = re.compile(rf"\b[Tt]ables?\s+(?P<id>{CLAUSE}-\d+)")
FIGURES = re.compile(rf"\b[Ff]igures?\s+(?P<id>{CLAUSE}-\d+)")
CITATION = re.compile(r"\[(?P<id>[in]\.\d+|\d+)\]")
DOCUMENT = re.compile(
    r"\s*(?:\([^()]*\)\s*)?(?:of|in)\s+(?:the\s+)?(?:annex\s+[A-Z]\s+of\s+)?(?P<document>(?:ETSI|3GPP|IETF|ITU|ISO|IEEE|OASIS)\b[^,;()\[\]]{0,40}?)(?=\s*[\[,;().]|\s+(?:and|or|are|is|that|which|the|allow|mandate)|$)"
)
OF_TABLE = re.compile(rf"\s+(?:of|in)\s+table\s+{CLAUSE}-\d+", re.IGNORECASE)
OF_CLAUSE = re.compile(
    rf"\s+(?:of|in)\s+(?:the\s+(?:general\s+)?(?:flow(?:\s+description)?|procedure)\s+(?:of|in)\s+)?clause\s+(?P<clause>{CLAUSE})"
)
PART = re.compile(r"(?P<join>,|and|or|to|^)\s*(?:clauses?|steps?)?\s*(?P<number>[A-Z0-9][\d.]*)")


@dataclass(frozen=True)
class Reference:
    """One thing referred to. `kind` is note, step, clause, table, figure or citation; `target` its number or id.

    `within` is the clause whose steps or the table whose notes are meant, where that is another; `document` names the
    document of which a clause is meant, where that is another. `words` is how the text says it.
    """

    kind: str
    target: str
    words: str
    within: str = ""
    document: str = ""


def references(text: str) -> tuple[Reference, ...]:
    """All that a text refers to, in its order; a range such as "steps 2 to 14" names each of its members."""
    if not any(character.isdigit() for character in text) and "note" not in text.lower() and "nnex" not in text:
        return ()
    found = [*_clauses(text), *_steps(text), *_notes(text), *_simple(text)]
    return tuple(reference for _, reference in sorted(found, key=lambda one: one[0]))


Found = Iterator[tuple[int, Reference]]


def _clauses(text: str) -> Found:
    for pattern in (CLAUSES, ANNEX):
        for match in pattern.finditer(text):
            other = DOCUMENT.match(text, match.end())
            document = other["document"].strip() if other else _before(text, match.start())
            for number in expanded(match["list"]):
                yield match.start(), Reference("clause", number, match[0].rstrip("."), document=document)


def _before(text: str, at: int) -> str:
    """The document named just before, as in "see annex B (clause B.3) of another document"."""
    closing = re.compile(r"[^()]*\)\s+of\s+(?P<document>ETSI\s+G[SR]\s+[A-Z0-9-]+\s+\d+)")
    opened = text.rfind("(", 0, at)
    if opened < 0 or ")" in text[opened:at] or not re.search(r"annex\s+[A-Z]\s*$", text[:opened], re.IGNORECASE):
        return ""
    found = closing.match(text, at)
    return found["document"] if found else ""


def _steps(text: str) -> Found:
    for match in STEPS.finditer(text):
        elsewhere = OF_CLAUSE.match(text, match.end())
        within = elsewhere["clause"] if elsewhere else ""
        for number in expanded(match["list"]):
            yield match.start(), Reference("step", number, match[0], within)


def _notes(text: str) -> Found:
    for match in NOTES.finditer(text):
        if match["list"] is None:
            if re.search(r"\(see\s+$|\bsee\s+$", text[: match.start()]):
                yield match.start(), Reference("note", "0", match[0])
            continue
        elsewhere = OF_TABLE.match(text, match.end())
        within = elsewhere[0].split()[-1] if elsewhere else ""
        for number in expanded(match["list"]):
            yield match.start(), Reference("note", number, match[0], within)


def _simple(text: str) -> Found:
    for kind, pattern in (("table", TABLES), ("figure", FIGURES), ("citation", CITATION)):
        for match in pattern.finditer(text):
            yield match.start(), Reference(kind, match["id"], match[0])


def expanded(listed: str) -> list[str]:
    """The members of a list such as "5.2.4, 5.2.5 and 5.2.6" or "5.2 to 5.8"; ranges are written out."""
    members: list[str] = []
    for part in PART.finditer(listed):
        number = part["number"].rstrip(".")
        if part["join"] == "to" and members:
            members += _between(members[-1], number)
        members.append(number)
    return members


def _between(first: str, last: str) -> list[str]:
    """The numbers between two of the same clause, without the two."""
    head, _, low = first.rpartition(".")
    other, _, high = last.rpartition(".")
    if head != other or not (low.isdigit() and high.isdigit()):
        return []
    prefix = f"{head}." if head else ""
    return [f"{prefix}{number}" for number in range(int(low) + 1, int(high))][:200]
