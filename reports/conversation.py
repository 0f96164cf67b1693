"""Observed against expected: which messages a row needed, which are missing, which no row explains.

Turns a scenario's history into the lines of a sequence diagram. Repeats are folded into one line that says how many
there were; nothing is left out without a line that counts it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import groupby
from typing import Any, NamedTuple

from harness.judge.verdicts import Verdict, roll_up
from reports import labels
from reports.model import Entries, Entry, Scenario, Step

_EXTRA_LINES = 2  # of a stretch that no row explains, this many kinds are drawn, the rest is counted
TIMES = "\u00d7"
_CHATTER = 5  # a look or a notification that no row needs and that comes as often as this is not drawn each time
_MISSING = (Verdict.FAIL, Verdict.INCONCLUSIVE)


ROLES = (
    "external manager",
    "SMM",
    "target",
    "tester",
    "resource provider",
    "impacted FE",
    "impacted entity",
)
"""The roles of a use case in the order of their lifelines."""
_KNOWN = {
    "observer": "external manager",
    "smm": "SMM",
    "target": "target",
    "tester": "tester",
    "provider": "resource provider",
    "impacted_fes": "impacted FE",
    "impacted_entities": "impacted entity",
}
_BY_TYPE = {"OBSERVER": "external manager", "SMM": "SMM", "TESTER": "tester"}


class Line(NamedTuple):  # there are tens of thousands in a run, and a tuple is made in a third of the time
    """One line of a diagram.

    kind: "evidence", "extra", "missing", "unseen" (a row not met of which nothing is on the wire), "fault", "lab" or
    "more"; numbers: history entries it stands for;
    refs: rows it proves, main one first; text: what the main row asks for; at: lab seconds;
    others: further receivers of the same message; notified: whether it is a notification; shape: the kind of message
    that a proof is, with its two actors.
    """

    kind: str
    label: str
    sender: str = ""
    receiver: str = ""
    answer: str = ""
    numbers: tuple[int, ...] = ()
    refs: tuple[str, ...] = ()
    text: str = ""
    verdict: Verdict | None = None
    at: float | None = None
    event: str = ""
    others: tuple[str, ...] = ()
    notified: bool = False
    shape: tuple[str, ...] = ()


def lines(scenario: Scenario, entries: Entries) -> list[Line]:
    """All lines of a scenario's diagram, in the order in which things were sent."""
    proofs = _proofs(scenario)
    chatter = _chatter(entries, proofs)
    ordered = sorted(entries.items(), key=lambda item: (item[1].get("sent", 0), item[0]))
    drawn = (_line(scenario, entry, proofs.get(number, ())) for number, entry in ordered if number not in chatter)
    folded: list[Line] = []
    for extra, group in groupby(_gathered(drawn), key=lambda line: line.kind == "extra"):
        stretch = list(group)
        folded += _extras(stretch) if extra else _repeats(stretch, entries)
    result = _with_missing(scenario, folded, entries)
    left = [_way(entry) for number, entry in ordered if number in chatter]
    return [*result, _more(left, "not drawn, because no row needs them")] if left else result


def _chatter(entries: Entries, proofs: Mapping[int, Sequence[Step]]) -> set[int]:
    """Looks and notifications that come over and over and that no row needs: they are counted once, at the end."""
    shapes = {
        number: labels.shape(entry)
        for number, entry in entries.items()
        if number not in proofs and labels.is_message(entry)
    }
    often = {shape for shape, count in Counter(shapes.values()).items() if count >= _CHATTER}
    return {number for number, shape in shapes.items() if shape in often and _is_talk(entries[number])}


def _proofs(scenario: Scenario) -> dict[int, list[Step]]:
    """History number -> the steps it is evidence for, the worst first."""
    found: dict[int, list[Step]] = {}
    for step in scenario.steps:
        for number in step.evidence:
            found.setdefault(number, []).append(step)
    for steps in (several for several in found.values() if len(several) > 1):
        worst = roll_up([scenario.step_verdict(step) for step in steps])
        steps.sort(key=lambda step: (scenario.step_verdict(step) is not worst, step.ref is None))
    return found


def _is_talk(entry: Entry) -> bool:
    return entry.get("kind") == "notification" or entry.get("method") == "GET"


def _line(scenario: Scenario, entry: Entry, steps: Sequence[Step]) -> Line:
    if not labels.is_message(entry):
        return _event(entry)
    if not steps:
        return _message("extra", entry)
    refs = tuple(dict.fromkeys(step.ref for step in steps if step.ref))
    verdict, shape = scenario.step_verdict(steps[0]), labels.shape(entry)
    return _message("evidence", entry, refs=refs, text=steps[0].text, verdict=verdict, shape=shape)


def _event(entry: Entry) -> Line:
    kind, event = "fault" if entry.get("kind") == "fault" else "lab", str(entry.get("event", ""))
    numbers, at = (entry.get("n", 0),), entry.get("at")
    return Line(kind, labels.occurrence(entry), receiver=str(entry.get("to")), numbers=numbers, at=at, event=event)


def _message(kind: str, entry: Entry, **proven: Any) -> Line:
    label, answer, notified = labels.label(entry), labels.answer(entry), entry.get("kind") == "notification"
    sender, receiver, numbers = str(entry["from"]), str(entry["to"]), (entry.get("n", 0),)
    return Line(kind, label, sender, receiver, answer, numbers, at=entry.get("at"), notified=notified, **proven)


def _way(entry: Entry) -> Line:
    """Of a message no more than is told where it is not drawn."""
    return Line("extra", "", str(entry["from"]), str(entry["to"]), numbers=(entry.get("n", 0),), at=entry.get("at"))


def _sent_round(line: Line) -> tuple[object, ...]:
    """What the same message to several actors has in common."""
    return (line.kind, line.sender, line.label, line.refs, line.verdict, line.answer)


def _gathered(drawn: Iterable[Line]) -> list[Line]:
    """Put what no row needs behind a message that goes round, when it came between two of its receivers.

    Asking four actors makes each of them ask somebody: the four questions belong together.
    """
    result: list[Line] = []
    held: list[Line] = []
    going: tuple[object, ...] | None = None
    for line in drawn:
        if line.kind == "extra" and going is not None:
            held.append(line)
            continue
        key = _sent_round(line) if line.kind == "evidence" else None
        if key != going:
            result, held, going = result + held, [], key
        result.append(line)
    return result + held


def _repeats(stretch: Sequence[Line], entries: Entries) -> list[Line]:
    """Fold three and more of the same message for the same rows into one line, and one message to several into one."""
    folded: list[Line] = []

    def alike(line: Line) -> tuple[object, ...]:
        return (line.kind, line.shape or line.numbers, line.refs, line.verdict, line.answer)

    for _, group in groupby(stretch, key=alike):
        same = list(group)
        folded += [_folded(same, entries)] if len(same) > 2 else same
    rounds = [list(group) for _, group in groupby(folded, key=_sent_round)]
    return [line for group in rounds for line in _round(group)]


def _round(group: list[Line]) -> list[Line]:
    """The same message to several receivers, one after the other, as one line with several heads."""
    receivers = [line.receiver for line in group]
    if len(group) < 2 or group[0].kind != "evidence" or len(set(receivers)) < len(receivers):
        return group
    numbers = tuple(number for line in group for number in line.numbers)
    return [group[0]._replace(numbers=numbers, others=tuple(receivers[1:]))]


def _folded(same: Sequence[Line], entries: Entries) -> Line:
    first = same[0]
    told = [labels.state(entries[line.numbers[0]]) for line in (first, same[-1])]
    label = first.label
    if all(told) and told[0] != told[1]:
        label = f"{label.partition(':')[0]}: {told[0]} … {told[1]}"
    numbers = tuple(number for line in same for number in line.numbers)
    return first._replace(label=f"{label}  {TIMES}{len(same)}", numbers=numbers)


def _extras(stretch: Sequence[Line]) -> list[Line]:
    """A stretch of messages that no row explains: the kinds in it, then a count of what is not drawn."""
    kinds: dict[tuple[str, str], list[Line]] = {}
    for line in stretch:
        kinds.setdefault((line.label, line.answer), []).append(line)
    groups = list(kinds.values())
    keep = len(groups) if len(groups) <= _EXTRA_LINES + 1 else _EXTRA_LINES
    drawn = [_counted(group) for group in groups[:keep]]
    rest = [line for group in groups[keep:] for line in group]
    return [*drawn, _more(rest, "more that no row needs")] if rest else drawn


def _counted(group: Sequence[Line]) -> Line:
    """Equal messages as one arrow; when they go between several actors, as one line of text."""
    if len(group) == 1:
        return group[0]
    numbers = tuple(line.numbers[0] for line in group)
    label = f"{group[0].label}  {TIMES}{len(group)}"
    ways = dict.fromkeys((line.sender, line.receiver) for line in group)
    if len(ways) == 1:
        return group[0]._replace(label=label, numbers=numbers)
    told = ", ".join(f"{sender} → {receiver}" for sender, receiver in ways)
    return Line("more", f"{label}: {told}", numbers=numbers, at=group[0].at)


def _more(rest: Sequence[Line], why: str) -> Line:
    ways = Counter(f"{line.sender} → {line.receiver}" for line in rest)
    told = ", ".join(f"{way} {count}" for way, count in ways.most_common(4))
    others = len(ways) - 4
    tail = f" and {others} other way{'s' if others > 1 else ''}" if others > 0 else ""
    numbers = tuple(line.numbers[0] for line in rest)
    return Line("more", f"+{len(rest)} {why}: {told}{tail}", numbers=numbers, at=rest[0].at)


def _with_missing(scenario: Scenario, drawn: list[Line], entries: Entries) -> list[Line]:
    """Put each message that a row asked for and nobody sent before what proves the next row: so long it was awaited."""
    result, seen, latest = list(drawn), set[int](), 0
    for index, step in enumerate(scenario.steps):
        lacking = _lacking(scenario, step, entries)
        if lacking:
            later = {number for after in scenario.steps[index + 1 :] for number in after.evidence}
            result.insert(_place(result, {number for number in later - seen if number > latest}), lacking)
        if step.evidence:
            seen.update(step.evidence)
            latest = max(latest, min(step.evidence))  # some rows are looked at to the very end
    return result


def _lacking(scenario: Scenario, step: Step, entries: Entries) -> Line | None:
    """The line for a step that was judged, not met, and has no message of its own to show; None for any other."""
    verdict = scenario.step_verdict(step)
    if step.verdict is None or verdict not in _MISSING:
        return None
    refs, expected = (step.ref,) if step.ref else (), step.expected
    if expected is None:
        told = step.reason or verdict.value
        return None if step.evidence else Line("unseen", told, refs=refs, text=step.text, verdict=verdict)
    way = (expected.sender, expected.receiver)
    proofs = (entries[number] for number in step.evidence)
    if any((entry.get("from"), entry.get("to")) == way for entry in proofs):
        return None
    return Line("missing", expected.label, *way, refs=refs, text=step.text, verdict=verdict)


def _place(drawn: Sequence[Line], later: Set[int]) -> int:
    """Index of the first line that holds one of these numbers, else the end."""
    return next((index for index, line in enumerate(drawn) if not later.isdisjoint(line.numbers)), len(drawn))


def actors_in_order(scenario: Scenario, drawn: Iterable[Line]) -> list[str]:
    """The actors that a diagram needs, in the order of their roles, then of their appearance."""
    seen = dict.fromkeys(name for line in drawn for name in (line.sender, line.receiver, *line.others) if name)
    ranks = {role: rank for rank, role in enumerate(ROLES)}
    played = roles(scenario)
    return sorted(seen, key=lambda name: ranks.get(played.get(name, ""), len(ranks)))


def roles(scenario: Scenario) -> dict[str, str]:
    """Actor -> its first role, as the record says it, else as its type suggests."""
    played = {
        name: _BY_TYPE.get(about.get("type", ""), "") for name, about in scenario.header.get("actors", {}).items()
    }
    if scenario.entity:
        played[scenario.entity] = "target"
    told = scenario.header.get("scenario", {}).get("roles", {})
    for key in reversed(_KNOWN):  # the earlier role wins where an actor plays two
        names = told.get(key, ())
        played |= dict.fromkeys([names] if isinstance(names, str) else names, _KNOWN[key])
    return {name: role for name, role in played.items() if role}
