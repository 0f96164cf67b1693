"""One generated mutant before the judge, and what it is held to.

It is run in the scenarios that have its row until one catches it: those without faults first, then by their rows.

*caught*: the suite fails it at the row that it violates, or at an invariant of the judge. With too-early that may be
the row before as well: of two rows in the wrong order either may be called wrong. Where a failure is ignored, what
follows it is told by other rows, of other tables, and by sentences of no row: those scenarios may fail anywhere. What
an entity does by itself is one work, of which several rows tell: done wrong, it may be failed at each of them.

*misplaced*: it fails where it should not. No pre-condition may fail, because nobody is wrong before the process begins;
no row before the one it violates, in the order of the scenario's steps; and the harness must not break. Excused are
rules that look at the whole time, and rows that are repeated together with the violated one, item by item: the turn of
the other items may not come. What fails later, and what is of no row, is a consequence.

Whoever is neither caught nor misplaced stands in equivalent.yaml as exactly what it is found to be, with a reason that
somebody has reviewed, or is a hole of the judge:

*later*: it fails, at rows after its own or at sentences of no row alone;
*undecided*: nothing fails, and something that passes with correct parts does not pass;
*equivalent*: everything passes.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from typing import TYPE_CHECKING, Any, Literal

from harness.judge.registry import CONDITIONS, FLOW, PARTS
from harness.judge.verdicts import Verdict
from steps.tables import of_kind
from tests.mutants.operators.atlas import Atlas
from tests.mutants.operators.entity import Tampered
from tests.mutants.operators.fallback import Fallen
from tests.mutants.operators.operators import Wrong, lie, predecessor, tampering
from tests.mutants.operators.scenarios import Scenario
from tests.mutants.operators.works import Row, by_another, parts, performed, steps_of, works

if TYPE_CHECKING:
    from harness.judge.roles import Roles
    from steps.arrangement import Arrangement
    from steps.records import Record
    from tests.mutants.operators.stand import Runs

MANAGER = "manager"
"""Who manages a VNF (works.yaml)."""

Found = Literal["caught", "later", "undecided", "equivalent", "idle", "misplaced"]
WHOLE_TIME = frozenset(
    {
        "services_kept_up",
        "operation_learned",
        "operation_handled",
        "operation_learned_between",
        "operation_handled_between",
        "ongoing_handled",
        "targets_stopped",
        "everything_tested",
        "one_at_a_time",
    }
)
"""Rules that judge what may happen at any time of the process, or by what comes after, whatever row they stand at."""


@dataclass
class Trial:
    """What became of a generated mutant; `idle` when what is wrong with it came into play nowhere."""

    wrong: Wrong
    found: Found = "idle"
    scenarios: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)


def tried(wrong: Wrong, atlas: Atlas, runs: Runs) -> Trial:
    """Run a mutant until it is caught, or everything that could catch it has been run."""
    trial = Trial(wrong)
    worst: Found = "idle"
    for scenario in candidates(wrong, atlas, runs):
        record, acted = _run(wrong, scenario, atlas, runs)
        if not acted and not record.error:
            continue
        trial.scenarios.append(scenario.id)
        caught, misplaced = held(wrong, scenario, record, atlas)
        trial.failed += [point for point in _points(record) if point not in trial.failed]
        trial.elsewhere += misplaced
        if misplaced or caught:
            trial.found = "misplaced" if misplaced else "caught"
            return trial
        worst = max(worst, _missed(record), key=WORSE.index)
    trial.found = worst
    return trial


WORSE: tuple[Found, ...] = ("idle", "equivalent", "undecided", "later")


def _missed(record: Record) -> Found:
    verdicts = {step["verdict"] for step in record.steps}
    if Verdict.FAIL in verdicts:
        return "later"
    return "undecided" if Verdict.INCONCLUSIVE in verdicts else "equivalent"


def candidates(wrong: Wrong, atlas: Atlas, runs: Runs) -> list[Scenario]:
    """The scenarios in which a mutant can show itself."""
    row = atlas.rows[wrong.ref]
    having = sorted(atlas.having(row), key=lambda each: bool(atlas.arranged(each, runs).faults))
    if wrong.operator != "goes-on-after-failure":
        if wrong.part.what != "steps":
            return having
        return [each for each in having if set(atlas.steps(row, each)) & set(atlas.traces[each.id].done)]
    others = [each for each in atlas.scenarios.values() if each not in having]
    return [each for each in (*having, *others) if _fails(wrong, each, atlas, runs)]


def _fails(wrong: Wrong, scenario: Scenario, atlas: Atlas, runs: Runs) -> bool:
    """Whether the part of the row fails in a scenario with correct parts."""
    if wrong.part.what == "steps":
        return bool(set(atlas.steps(atlas.rows[wrong.ref], scenario)) & atlas.traces[scenario.id].failed)
    arranged = atlas.arranged(scenario, runs)
    if wrong.part.what == "procedure":
        return scenario in atlas.having(atlas.rows[wrong.ref])
    work = works()[wrong.part.kind]
    kind, doers = f"{work.kind}/{work.step or ''}", _doers(wrong, arranged, runs.types(arranged.topology))
    points = [str(spec["at"].get("point", "")) for name, spec in arranged.faults if name in doers]
    plans = {plan.id for plan in atlas.plans(atlas.rows[wrong.ref])}
    return any(point.startswith(kind) for point in points) and atlas.traces[scenario.id].plan in plans


def _run(wrong: Wrong, scenario: Scenario, atlas: Atlas, runs: Runs) -> tuple[Record, bool]:
    arranged = atlas.arranged(scenario, runs)
    roles, types = arranged.cast, runs.types(arranged.topology)
    others = {actor: other for actor in types if (other := _other(actor, roles, types)) is not None}
    if wrong.part.by == "smm":
        told = lie(wrong, scenario, atlas, others)
        record = runs.run(scenario, told.subject)
        return record, told.acted
    if wrong.part.what == "procedure":
        fallen = Fallen(wrong.operator, wrong.part.kind, others)
        record = runs.run(scenario, manager=fallen.subject)
        return record, fallen.acted
    told = tampering(wrong, scenario, atlas, others, roles.impacted[0])
    record = runs.run(scenario, wrong=dict.fromkeys(_doers(wrong, arranged, types), told))
    return record, Tampered.acted


def _doers(wrong: Wrong, arranged: Arrangement, types: Mapping[str, str]) -> list[str]:
    """Who does the work: the actor of the role; the manager of a VNF is whichever VNFM it is ordered from."""
    if wrong.part.by == MANAGER:
        return [name for name, type_ in types.items() if type_ == "VNFM"]
    return [arranged.actor(wrong.part.by)]


def _other(actor: str, roles: Roles, types: Mapping[str, str]) -> str | None:
    """Whom somebody takes for this actor: another of its type, else one that is impacted."""
    alike = [name for name in types if name != actor and types[name] == types[actor]]
    return next((name for name in (*alike, *roles.impacted) if name != actor), None)


def held(wrong: Wrong, scenario: Scenario, record: Record, atlas: Atlas) -> tuple[bool, list[str]]:
    """Whether a record catches the mutant, and where it fails and should not."""
    if record.error:
        return False, [f"the harness broke: {record.error}"]
    errors = [f"{step['rule']} broke: {step['reason']}" for step in record.steps if step["verdict"] == Verdict.ERROR]
    failing = [(at, step) for at, step in enumerate(record.steps) if step["verdict"] == Verdict.FAIL]
    anywhere = wrong.operator == "goes-on-after-failure"
    violated = {wrong.ref} | _together(wrong, atlas) | _before(wrong, atlas)
    first = next((at for at, step in enumerate(record.steps) if step["ref"] in violated), 0)
    excused = _in_turn(violated, scenario, atlas)
    misplaced = [
        _point(step)
        for at, step in failing
        if _is_condition(step)
        or (at < first and step["ref"] not in excused and step["rule"] not in WHOLE_TIME and not anywhere)
    ]
    caught = [step for _, step in failing if anywhere or step["ref"] in violated or _invariant(step)]
    return bool(caught), errors + misplaced


def _before(wrong: Wrong, atlas: Atlas) -> set[str]:
    """The row that something done too early is done before."""
    if wrong.operator != "too-early":
        return set()
    row = atlas.rows[wrong.ref]
    table = atlas.table(row.table)
    there = table.index(row)
    found = {each.ref for each in (predecessor(row, atlas), *table[max(0, there - 1) : there]) if each}
    if wrong.part.what in ("undo", "procedure"):
        found |= {each.ref for each in takewhile(lambda row: not _acted_on(row, atlas), reversed(table[:there]))}
    return found


def _acted_on(row: Row, atlas: Atlas) -> bool:
    """Whether the manager of the process acts for the row; what others do before its next one it waits for at once."""
    mine = parts(row, atlas.plans(row), atlas.rows)
    return not by_another(row) and any(part.what in ("steps", "launch", "procedure") for part in mine)


def _together(wrong: Wrong, atlas: Atlas) -> set[str]:
    """The rows of the table that are one work with this one: of one actor, kind and task, or the launch."""
    table = atlas.table(atlas.rows[wrong.ref].table)
    if wrong.part.what == "launch":
        return {row.ref for row in table if wrong.part in parts(row, (), atlas.rows)}
    if wrong.part.what not in ("work", "report"):
        return set()
    mine = works()[wrong.part.kind]
    return {row.ref for row in table if any(each.is_one_with(mine) for each in performed(row))}


def _in_turn(refs: Collection[str], scenario: Scenario, atlas: Atlas) -> set[str | None]:
    """The rows that are repeated for each item together with one of these; and None, which is no row."""
    plan = atlas.plan(scenario)
    if plan is None:
        return {None}
    repeats = {step.id: step.repeat for step in steps_of(plan) if step.repeat}
    table = atlas.table(str(scenario.table))
    blocks = {row.ref: {repeats.get(name) for name in atlas.steps(row, scenario)} - {None} for row in table}
    mine = {block for ref in refs for block in blocks.get(ref, ())}
    return {None, *(ref for ref, found in blocks.items() if found & mine)}


def _is_condition(step: Mapping[str, Any]) -> bool:
    """Whether it is a pre-condition, of the time before anybody could be wrong."""
    return bool(step["ref"] and of_kind([step["ref"].partition("#")[0]], "pre"))


def _invariant(step: Mapping[str, Any]) -> bool:
    """Whether this was judged beside the scenario's own steps and tables: by a rule that holds for every run."""
    scenarios = {rule.name for rules in (FLOW, CONDITIONS, PARTS) for rule in rules}
    return step["ref"] is None and step["rule"] not in scenarios


def _point(step: Mapping[str, Any]) -> str:
    return f"{step['rule']} {step['ref']}" if step["ref"] else str(step["rule"])


def _points(record: Record) -> list[str]:
    return [_point(step) for step in record.steps if step["verdict"] == Verdict.FAIL]
