"""The rows of the flow tables, as the features say them, and who does each: read from features/ and works.yaml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

import harness.judge.rules  # noqa: F401  (registers the rules)
from harness.judge.registry import FLOW, Rule
from harness.smm.plans import Plan, Step
from steps.phrases import Sentence
from tests.mutants.operators.scenarios import Scenario

What = Literal[
    "steps",
    "undo",
    "again",
    "work",
    "report",
    "launch",
    "decision",
    "repetition",
    "procedure",
    "answer",
    "wish",
    "notice",
]


@dataclass(frozen=True)
class Work:
    """Something that takes an actor time, and how it reports the end of it.

    `about` is the attribute, of the work and of its notifications, with the version that it is about; `back` says that
    it is the work's undoing, `step` the one step of it that is done wrong where a row is about no more than that.
    `task` is what a lifecycle operation does to a VNF, where the row is about that alone. What is also done before a
    process is launched, to set the scene, or on its way the other way, is `late`: wrong in the row's own section only.
    """

    kind: str
    by: str
    notification: str
    state: str
    final: tuple[str, ...]
    success: Mapping[str, Any]
    about: str | None = None
    back: bool = False
    step: str | None = None
    task: str | None = None
    late: bool = False

    def is_one_with(self, other: Work) -> bool:
        """Whether both are of one kind, and not told apart by their task."""
        return self.kind == other.kind and (self.task == other.task or None in (self.task, other.task))


@dataclass(frozen=True)
class Part:
    """What somebody does for a row.

    `steps` are the steps of a plan, `undo` the taking down of what protects a process, `again` steps that are done once
    more after a failure, `work` and `report` what an actor other than the SMM does, `launch` and `decision` what the
    SMM does without a step, `answer`, `wish` and `notice` what it does so for its external manager, `procedure` what
    the Fallback Manager does. `kind` says which, as works.yaml calls it.
    """

    by: str
    what: What
    kind: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a flow table: its rules by the sentences of its steps, in the order of the table."""

    table: str
    number: str
    text: str
    sentences: frozenset[str]

    @property
    def ref(self) -> str:
        return f"{self.table}#{self.number}"

    @property
    def rules(self) -> tuple[str, ...]:
        return tuple(sorted({rule_of(sentence).name for sentence in self.sentences}))


@cache
def _data() -> dict[str, Any]:
    text = Path(__file__).with_name("works.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@cache
def works() -> Mapping[str, Work]:
    """The kinds of work, by name."""
    found = _data()["works"].items()
    return {name: Work(**{"kind": name, **each, "final": tuple(each["final"])}) for name, each in found}


@cache
def rule_of(sentence: str) -> Rule:
    """The rule that judges a sentence of a feature."""
    return next(rule for rule in FLOW if Sentence(rule.sentence).is_matching(sentence))


def version_of(sentences: Iterable[str]) -> str | None:
    """Source or destination, when all sentences that name such a version or instance name the same."""
    said = [(Sentence(rule_of(each).sentence).parse_arguments(each) or {})["said"] for each in sentences]
    named = {one[what] for one in said for what in ("version", "instance") if what in one}
    return next(iter(named)) if len(named) == 1 else None


def rows(scenarios: Iterable[Scenario]) -> Mapping[str, Row]:
    """Every row of a flow table that some scenario has a step for, by reference, each table in its order."""
    said: dict[tuple[str, str], list[str]] = {}
    for scenario in scenarios:
        for number, sentence in scenario.rows:
            said.setdefault((str(scenario.table), number), []).append(sentence)
    found = [Row(table, number, each[0], frozenset(each)) for (table, number), each in said.items()]
    return {row.ref: row for row in sorted(found, key=_place)}


def _place(row: Row) -> tuple[list[int], float]:
    parts = [int(part) for part in row.table.replace("-", ".").split(".")]
    return parts, {"begin": -1.0, "end": float("inf")}.get(row.number, 0.0) or float(row.number)


def parts(row: Row, plans: Iterable[Plan], known: Mapping[str, Row]) -> tuple[Part, ...]:
    """What is done for a row, and by whom; the SMM's steps come last where another does the row."""
    data = [_data()["rules"].get(name, {}) for name in row.rules]
    found = [Part("smm", each["smm"], each.get("of", "")) for each in data if "smm" in each]
    for what in ("work", "report"):
        found += [Part(works()[each[what]].by, what, each[what]) for each in data if what in each]
    found += [Part("smm", "again", each["again"]) for each in data if "again" in each]
    found += [Part("fallback_manager", "procedure", each["procedure"]) for each in data if "procedure" in each]
    used = list(plans)
    if not any(part.what in WITHOUT_STEPS for part in found) and any(planned(p, row, known) for p in used):
        found.append(Part("smm", "steps"))
    if any(section.end in same(row, p, known) for p in used for section in (p.modification, p.rollback)):
        found.append(Part("smm", "undo"))
    return tuple(dict.fromkeys(found))


WITHOUT_STEPS = ("launch", "decision", "repetition", "again", "procedure")
"""What is no matter of the steps that a plan has for the row."""


def performed(row: Row) -> list[Work]:
    """What actors other than the SMM do and report for a row."""
    data = [_data()["rules"].get(name, {}) for name in row.rules]
    return [works()[each[what]] for each in data for what in ("work", "report") if what in each]


def by_another(row: Row) -> bool:
    """Whether another than the SMM does the row: the steps that a plan has for it only wait for that."""
    data = [_data()["rules"].get(name, {}) for name in row.rules]
    return bool(data) and all("work" in each or "report" in each for each in data)


def same(row: Row, plan: Plan, known: Mapping[str, Row]) -> frozenset[str]:
    """The references under which a plan has this row: its own, or those of rows that say most of it elsewhere."""
    named = {step.row for step in steps_of(plan)} | {plan.modification.end, plan.rollback.end}
    if row.ref in named:
        return frozenset({row.ref})
    shared = {ref: len(known[ref].sentences & row.sentences) for ref in named if ref in known}
    most = max(shared.values(), default=0)
    return frozenset(ref for ref, number in shared.items() if number == most > 0)


def planned(plan: Plan, row: Row, known: Mapping[str, Row]) -> tuple[str, ...]:
    """The ids of the steps with which a plan does a row."""
    refs = same(row, plan, known)
    return tuple(dict.fromkeys(step.id for step in steps_of(plan) if step.row in refs))


def steps_of(plan: Plan) -> list[Step]:
    """Every step of a plan, those beside the main line and those that reach inside another too."""
    tracks = [*plan.parallel.meanwhile.values(), *plan.parallel.afterwards.values()]
    for one in plan.suspensions:
        tracks += [one.suspend, one.resume, one.undo, *one.assist.values()]
    return [*plan.modification.steps, *plan.rollback.steps, *(step for track in tracks for step in track)]
