"""From a flow table to a sequence: its rows as steps, everybody in them as a lifeline."""

from __future__ import annotations

import re
from dataclasses import replace

from harness.spec.drawing.arrows import arrows
from harness.spec.drawing.model import Observation, Sequence, Step
from harness.spec.drawing.roster import Roster
from harness.spec.model import Document, Row, Table
from harness.spec.world.actions import SENTENCE

ASIDE = re.compile(r"\s*\((?:see|e\.g\.|i\.e\.)[^()]*\)")
NOBODY = "Nobody named"  # the lifeline of rows that leave open who acts
LONG = 130  # characters up to which a label takes in the row's next sentence


def sequence(document: Document, table: Table) -> Sequence:
    """The sequence of a flow table of the document; ValueError when it is a table of another kind."""
    require_flow(table)
    roster = Roster(document, table)
    steps = tuple(_step(table, row, roster) for row in table.rows)
    used: dict[str, None] = {}
    partners: dict[str, str] = {}
    for step in steps:
        used |= dict.fromkeys(step.over)
        for arrow in step.arrows:
            used |= dict.fromkeys((arrow.sender, arrow.receiver))
            partners.setdefault(arrow.sender, arrow.receiver)
            partners.setdefault(arrow.receiver, arrow.sender)
    beginning = next(iter(used), "")
    return Sequence(table.id, table.caption, roster.lifelines(list(used), beginning, partners), steps)


def beside(drawn: Sequence, observation: Observation) -> Sequence:
    """The sequence with an observed run beside it."""
    return replace(drawn, observed=observation)


def require_flow(table: Table) -> None:
    """Raises ValueError for a table that is no flow."""
    if table.kind != "flow":
        raise ValueError(f"table {table.id} is no flow but {table.kind}; only flows are drawn")


def label(row: Row) -> str:
    """What a row says first: its first sentence, and the next ones where they are short, without asides."""
    first, *more = SENTENCE.split(ASIDE.sub("", row.text).strip())
    for sentence in more:
        if len(first) + len(sentence) > LONG:
            break
        first = f"{first} {sentence}"
    return first.strip()


def _step(table: Table, row: Row, roster: Roster) -> Step:
    found = arrows(row, roster)
    acting = (row.actors.everybody if row.actors else ()) or (NOBODY,)
    over = () if found else tuple(roster.add(role) for role in acting)
    notes = tuple(ref.target for ref in row.references if ref.kind == "note" and not ref.within)
    return Step(table.ref(row), row.number, label(row), row.text, found, over, row.at, tuple(dict.fromkeys(notes)))
