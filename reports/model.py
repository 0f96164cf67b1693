"""The report as plain frozen data: scenarios with their steps, and the roll-ups people ask for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from features.interpretations import Interpretation, interpretations
from harness.judge.verdicts import Verdict, roll_up

Entry = Mapping[str, Any]
Entries = Mapping[int, Entry]
"""A conversation: what was recorded, by its number in the history, in the order of the file."""


class BadRecords(ValueError):
    """Records that cannot be read, all of them at once.

    `problems` holds one line a problem: the file, what was found, what was expected.
    """

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(
            f"{len(self.problems)} bad record(s); run the scenarios again or remove their folders:\n{lines}"
        )

    def __reduce__(self) -> tuple[type[BadRecords], tuple[tuple[str, ...]]]:
        """Made again from its problems where it is carried from one process to another."""
        return BadRecords, (self.problems,)


@dataclass(frozen=True, slots=True)
class Expected:
    """The message a row asks for: who sends it, to whom, and a short label."""

    sender: str
    receiver: str
    label: str


@dataclass(frozen=True, slots=True)
class Step:
    """One Gherkin step and its finding; `verdict` is None when the step was never judged."""

    keyword: str
    text: str
    ref: str | None
    line: int
    rule: str | None
    verdict: Verdict | None
    strength: str | None
    reason: str | None
    evidence: tuple[int, ...]
    expected: Expected | None

    @property
    def title(self) -> str:
        """The step as the feature has it; a row of its table with its number in brackets."""
        if self.is_row:
            number, _, text = self.text.partition(" | ")
            return f"({number}) {text}" if text else self.text
        return f"{self.keyword} {self.text}".strip()

    @property
    def is_row(self) -> bool:
        """Whether this is a row of the data table of the step before it."""
        return self.keyword == "*"


@dataclass(frozen=True, slots=True, eq=False)
class Scenario:
    """One judged scenario; equal to itself only.

    history: the conversation that was recorded while it ran, to be read where something is made of it; header: its
    first line; recorded: how many entries it has.
    """

    id: str
    feature: str
    feature_name: str
    rule: str | None
    name: str
    line: int
    tags: tuple[str, ...]
    entity: str | None
    tables: tuple[str, ...]
    interpretations: tuple[str, ...]
    notes: tuple[str, ...]
    verdict: Verdict
    started: str
    duration: float
    transport: str
    steps: tuple[Step, ...]
    error: str | None
    history: Path | None = None
    header: Entry = field(default_factory=dict)
    recorded: int = 0

    @property
    def title(self) -> str:
        """The name, with the entity where an outline's example does not say it."""
        told = not self.entity or f"[{self.entity}" in self.name
        return self.name if told else f"{self.name} [{self.entity}]"

    @property
    def outline(self) -> str:
        """The name without the example that is told behind it."""
        return self.name.partition(" [")[0]

    def step_verdict(self, step: Step) -> Verdict:
        """A step's verdict; one that was never judged is as unknown as the scenario left it, never a pass."""
        if step.verdict is not None:
            return step.verdict
        if self.verdict in (Verdict.NOT_APPLICABLE, Verdict.ERROR):
            return self.verdict
        return Verdict.INCONCLUSIVE

    @property
    def refs(self) -> tuple[str, ...]:
        """The table rows this scenario judges, in the order of its steps."""
        return tuple(dict.fromkeys(step.ref for step in self.steps if step.ref))

    @property
    def row_verdicts(self) -> Mapping[str, Verdict]:
        """Row -> the verdict of all steps that judge it."""
        found: dict[str, list[Verdict]] = {}
        for step in self.steps:
            if step.ref:
                found.setdefault(step.ref, []).append(self.step_verdict(step))
        return {ref: roll_up(verdicts) for ref, verdicts in found.items()}

    @property
    def clause(self) -> str:
        """The widest clause that the scenario is tagged with, of those around its tables if there are any."""
        tagged = [tag.partition(":")[2] for tag in self.tags if tag.startswith("clause:")]
        homes = [table.rpartition("-")[0] for table in self.tables]
        around = [clause for clause in tagged if any(f"{home}.".startswith(f"{clause}.") for home in homes)]
        return min(around or tagged or homes, key=lambda clause: (len(clause), clause), default="")

    @property
    def reason(self) -> str | None:
        """Why the scenario did not pass: the error, or the first finding with its verdict; None of a pass."""
        if self.verdict is Verdict.PASS:
            return None
        if self.error:
            return self.error.strip().splitlines()[-1]
        worst = [step for step in self.steps if step.verdict == self.verdict and step.reason]
        return worst[0].reason if worst else None


@dataclass(frozen=True, slots=True)
class Row:
    """One table row over all scenarios that judge it; `entities` has a verdict for each entity type."""

    ref: str
    table: str
    row: str
    title: str
    verdict: Verdict
    entities: Mapping[str, Verdict]
    scenarios: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityResult:
    """One entity over all its scenarios."""

    name: str
    verdict: Verdict
    counts: Mapping[Verdict, int]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the writers need. `missing` lists selected scenarios without a record."""

    scenarios: tuple[Scenario, ...]
    rows: tuple[Row, ...]
    entities: tuple[EntityResult, ...]
    missing: tuple[str, ...]
    selection_known: bool
    environment: Mapping[str, str]

    @property
    def shown(self) -> Mapping[str, Scenario]:
        """Scenario id -> the scenario whose conversation is shown for it: its own for all that did not pass.

        Examples of one outline that passed had the same conversation with others: the first is shown for them.
        """
        first: dict[tuple[str, str], Scenario] = {}
        return {
            one.id: first.setdefault((one.feature, one.outline), one) if one.verdict is Verdict.PASS else one
            for one in self.scenarios
        }

    @property
    def complete(self) -> bool:
        """Whether every selected scenario has a record."""
        return self.selection_known and not self.missing

    @property
    def verdict(self) -> Verdict:
        """The verdict of the whole; a report without all its records is not a pass."""
        verdicts = [scenario.verdict for scenario in self.scenarios]
        if self.missing or not verdicts:
            verdicts.append(Verdict.INCONCLUSIVE)
        return roll_up(verdicts)

    @property
    def counts(self) -> Mapping[Verdict, int]:
        """How many scenarios have each verdict, in the order of `Verdict`."""
        counted = Counter(scenario.verdict for scenario in self.scenarios)
        return {verdict: counted[verdict] for verdict in Verdict}

    @property
    def interpretations(self) -> Mapping[str, tuple[str, ...]]:
        """Interpretation id -> scenarios that lean on it."""
        found: dict[str, list[str]] = {}
        for scenario in self.scenarios:
            for name in scenario.interpretations:
                found.setdefault(name, []).append(scenario.id)
        return {name: tuple(found[name]) for name in sorted(found)}

    @property
    def interpretations_used(self) -> tuple[tuple[Interpretation, tuple[str, ...]], ...]:
        """Each of them with its title and the places it is about; of one that is not written down only the id."""
        known = interpretations()
        return tuple((known.get(name, Interpretation(name, "", ())), ids) for name, ids in self.interpretations.items())
