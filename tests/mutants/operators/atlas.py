"""What there is to be done wrong: the rows, the plans, and what each scenario comes to when nobody is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from harness.judge.verdicts import Verdict
from harness.smm.operations import Done
from harness.smm.plans import Plan, builtin
from steps.arrangement import Arrangement
from tests.mutants.operators.scenarios import Scenario, scenarios, world_of
from tests.mutants.operators.smm import Trace, watched
from tests.mutants.operators.stand import Runs
from tests.mutants.operators.works import Row, planned, rows


class NotSound(Exception):
    """A scenario that correct parts do not pass: nobody can be found wrong by it."""


@dataclass(frozen=True)
class Atlas:
    """Scenarios by id, with their arrangements and traces; the rows of all their tables."""

    scenarios: Mapping[str, Scenario]
    traces: Mapping[str, Trace]
    rows: Mapping[str, Row]
    _arranged: dict[str, Arrangement] = field(default_factory=dict)

    def plan(self, scenario: Scenario) -> Plan | None:
        """The plan that was gone by; None where no process came to a step."""
        return builtin().get(self.traces[scenario.id].plan)

    def plans(self, row: Row) -> list[Plan]:
        """The plans of the scenarios with this row."""
        found = {plan.id: plan for each in self.having(row) if (plan := self.plan(each)) is not None}
        return list(found.values())

    def having(self, row: Row) -> list[Scenario]:
        """The scenarios with a step for the row; those with most rows first, where most is seen."""
        found = [s for s in self.scenarios.values() if s.table == row.table and row.number in dict(s.rows)]
        return sorted(found, key=lambda scenario: -len(scenario.rows))

    def steps(self, row: Row, scenario: Scenario) -> tuple[str, ...]:
        """The steps with which the plan of a scenario does the row."""
        plan = self.plan(scenario)
        return planned(plan, row, self.rows) if plan else ()

    def facts(self, scenario: Scenario) -> Mapping[str, Done]:
        """What each step of the scenario's plan found, here or else in another scenario of the same plan."""
        mine = self.traces[scenario.id]
        found: dict[str, Done] = {}
        for trace in self.traces.values():
            found |= trace.done if trace.plan == mine.plan else {}
        return {**found, **mine.done}

    def table(self, name: str) -> list[Row]:
        """The rows of a table, in its order."""
        return [row for row in self.rows.values() if row.table == name]

    def arranged(self, scenario: Scenario, runs: Runs) -> Arrangement:
        """Roles, faults and the rest, as the scenario's Given steps say."""
        if scenario.id not in self._arranged:
            self._arranged[scenario.id] = world_of(scenario, runs.settings).arranged
        return self._arranged[scenario.id]


def trace(runs: Runs, scenario: Scenario) -> Trace:
    """What a scenario comes to with correct parts; NotSound when these do not pass it."""
    found = Trace()
    record = runs.run(scenario, watched(found))
    if record.verdict is not Verdict.PASS:
        raise NotSound(f"{scenario.id}: {record.error or '; '.join(record.reasons)}")
    return found


def atlas(entity: str, traces: Mapping[str, Trace]) -> Atlas:
    """The atlas of an entity's scenarios, of which there are these traces."""
    there = {name: each for name, each in scenarios(entity).items() if name in traces}
    return Atlas(there, traces, rows(there.values()))
