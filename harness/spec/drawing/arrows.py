"""Who does what to whom in a row: first what its cell of actors says, then what its words add.

A text adds somebody only where it says so: an instance that is made, unlocked, restored or ended, somebody that an
interface is opened or closed towards, another receiver named in one breath with the row's own, somebody to be notified.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from harness.spec.drawing.model import Arrow
from harness.spec.drawing.roster import Roster
from harness.spec.model import Row
from harness.spec.world.actions import EACH_OTHER, FES, Action, actions

DONE_TO = ("instantiate", "terminate", "unlock", "restore", "force-stop")
NOTIFIED = re.compile(
    r"\bnotif(?:y|ies)\s+(?:[^.;,]*?\bto\s+)?(?:the\s+)?(?P<whom>[A-Za-z][\w-]*(?:\s+[\w-]+){0,3}?)"
    r"(?=\s+(?:such|that|about|of|when|so)\b|\s*[.,;]|$)"
)
ASKS = r"(?:(?P<may>can|may)\s+)?(?:query|queries|requests?|invokes?|asks?)\s+(?:the\s+)?"


def arrows(row: Row, roster: Roster) -> tuple[Arrow, ...]:
    """The arrows of a row in the order in which they are drawn; none where somebody acts alone."""
    if row.actors is None or not row.actors.sources:
        return ()
    done = actions(row)
    found: dict[tuple[str, str], Arrow] = {}
    for arrow in (*_of_cell(row, roster, done), *_of_words(row, roster, done), *_notified(row, roster)):
        found.setdefault((arrow.sender, arrow.receiver), arrow)
    drawn = list(found.values())
    if drawn and all(arrow.kind == "effect" for arrow in drawn) and not _choosing(row):
        drawn[0] = Arrow(drawn[0].sender, drawn[0].receiver)
    return tuple(drawn)


def _of_cell(row: Row, roster: Roster, done: Sequence[Action]) -> Iterator[Arrow]:
    acting = row.actors
    assert acting is not None  # noqa: S101 - asked for by the caller
    sources, to = [roster.add(role) for role in acting.sources], [roster.add(role) for role in acting.to]
    if acting.form in ("message", "peer"):
        passed_on = _passed_on(row, roster, to)
        for sender in sources:
            for receiver in to:
                if receiver not in passed_on:
                    yield Arrow(sender, receiver, "peer" if acting.form == "peer" else "message")
        yield from passed_on.values()
        for receiver in _in_one_breath(row, roster, to):
            yield Arrow(sources[0], receiver)
        return
    first, *others = sources
    if others:
        yield Arrow(first, others[0])
    # SMM, target, impacted entity: what the SMM starts at the target serves the impacted entity.
    through = any(action.towards for action in done)
    for other in others[1:]:
        yield Arrow(others[0], other, "effect") if through else Arrow(first, other)


def _passed_on(row: Row, roster: Roster, receivers: list[str]) -> dict[str, Arrow]:
    """Receivers that the text has asked by another receiver: "A queries the B" where both are in the cell."""
    if len(receivers) < 2:
        return {}
    role = roster.pattern()
    found: dict[str, Arrow] = {}
    for match in re.finditer(rf"\b(?P<asking>{role})\s+{ASKS}(?P<asked>{role})\b", row.text, re.IGNORECASE):
        asking, asked = roster.find(match["asking"]), roster.find(match["asked"])
        if asking in receivers and asked in receivers and asking != asked:
            found[asked] = Arrow(asking, asked, "effect" if match["may"] else "message")
    return found


def _in_one_breath(row: Row, roster: Roster, receivers: list[str]) -> list[str]:
    """Receivers that the text adds to those of the cell: "in the A and in the B" where A is one of them."""
    role = roster.pattern()
    listed = re.compile(
        rf"\b(?:in|to|with)\s+(?:the\s+)?{role}(?:(?:\s*,\s*|\s+and\s+)(?:(?:in|to|with)\s+)?(?:the\s+)?{role}\b)+",
        re.IGNORECASE,
    )
    found: list[str] = []
    for match in listed.finditer(row.text):
        named = [roster.find(one) for one in re.findall(role, match[0], re.IGNORECASE)]
        if any(one in receivers for one in named):
            found += [one for one in named if one and one not in receivers]
    return found


def _of_words(row: Row, roster: Roster, done: Sequence[Action]) -> Iterator[Arrow]:
    for action in done:
        what = roster.find(action.what) if action.what else ""
        if action.kind == "transfer":
            receiver = roster.find(action.receiver)
            if what and receiver:
                yield Arrow(what, receiver, "effect")
        elif action.kind in DONE_TO and what and (by := _by(row, roster, action)) != what:
            yield Arrow(by, what, "effect")
        elif action.kind in ("start", "stop") and what and action.towards:
            towards = what if action.towards == EACH_OTHER else roster.impacted(action.towards == FES)
            if towards:
                yield Arrow(what, towards, "effect")


def _by(row: Row, roster: Roster, action: Action) -> str:
    """Who does it: whoever is requested to, else whoever acts in the row."""
    asked = re.compile(
        rf"\brequests?\s+(?:[^.;]*?\band\s+)?(?:the\s+)?(?P<role>{roster.pattern()})\s+to\s+$", re.IGNORECASE
    )
    found = asked.search(row.text[: row.text.find(action.words)])
    return (found and roster.find(found["role"])) or roster.add(row.actors.sources[0] if row.actors else "")


def _notified(row: Row, roster: Roster) -> Iterator[Arrow]:
    """Whom a row without a receiver says it notifies; somebody that no table names becomes a lifeline too."""
    if row.actors is None or row.actors.to:
        return
    for match in NOTIFIED.finditer(row.text):
        yield Arrow(
            roster.add(row.actors.sources[0]), roster.find(match["whom"]) or roster.add(match["whom"]), "effect"
        )


def _choosing(row: Row) -> bool:
    """Whether the row only tells what may be done: one of several, or depending on what was found."""
    return NOTIFIED.search(row.text) is not None
