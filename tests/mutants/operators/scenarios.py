"""The scenarios of features/ run without pytest: a grid of thousands of runs is no matter of test items."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from pytest_bdd import parsers
from pytest_bdd.feature import get_feature
from pytest_bdd.steps import step_function_context_registry

import steps.given
import steps.then
import steps.when
from harness.cli.features import root
from steps.identity import Identity, identify
from steps.phrases import split_row
from steps.records import Record
from steps.tables import of_kind
from steps.world import World

if TYPE_CHECKING:
    from pytest_bdd.parser import ScenarioTemplate, Step

    from steps.bench import Bench
    from steps.settings import Settings


@dataclass(frozen=True)
class Scenario:
    """One example of a scenario, with its steps as they are said."""

    identity: Identity
    steps: tuple[Step, ...]

    @property
    def id(self) -> str:
        return self.identity.id

    @property
    def table(self) -> str | None:
        """The flow table that its rows are of."""
        return next(iter(of_kind(self.identity.tagged("table"), "flow")), None)

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """The rows of the table that its steps stand for, with their sentences, in the order of the steps."""
        split = [split_row(step.name) for step in self.steps]
        return tuple((row, sentence) for row, sentence in split if row is not None)


@dataclass(frozen=True)
class Definition:
    """What a phrase does."""

    type: str
    parser: Any
    function: Callable[..., Any]
    takes: frozenset[str]


@cache
def scenarios(entity: str) -> Mapping[str, Scenario]:
    """Every scenario with this entity as its target, by id; of a flow table without any, those of its first entity."""
    there = list(_everything())
    served: dict[str | None, str | None] = {}
    for each in there:
        if each.table not in served or each.identity.entity == entity:
            served[each.table] = each.identity.entity
    return {each.id: each for each in there if each.identity.entity == served[each.table]}


def _everything() -> Iterator[Scenario]:
    for path in sorted(root().rglob("*.feature")):
        for template in get_feature(str(path.parent), path.name).scenarios.values():
            for example, tags in _examples(template):
                yield Scenario(identify(template, example, tags), tuple(template.render(example).steps))


def run(scenario: Scenario, settings: Settings, bench: Callable[[str | None], Bench]) -> Record:
    """Run one scenario; whatever breaks stands in its record as an error of the harness."""
    record = Record(scenario.identity, settings.transport)
    world = World(settings, scenario.identity, record, bench)
    for step in scenario.steps:
        world.enter(step)
        try:
            _do(world, step)
        except Exception as broken:
            record.broke(broken)
            break
        world.leave(step)
    world.judge_interface()
    world.judge_invariants()
    return record


def world_of(scenario: Scenario, settings: Settings) -> World:
    """The scenario as its Given steps arrange it, but for the conditions that are looked at on the way."""

    def nobody(_topology: str | None) -> Bench:
        raise RuntimeError("only arranged, not run")

    world = World(settings, scenario.identity, Record(scenario.identity, settings.transport), nobody)
    for step in scenario.steps:
        if step.type == "given" and "conditions" not in step.name:
            world.enter(step)
            _do(world, step)
    return world


def _do(world: World, step: Step) -> None:
    one = _definition(step.type, step.name)
    given: dict[str, Any] = {**(one.parser.parse_arguments(step.name) or {}), "world": world}
    if "datatable" in one.takes and step.datatable is not None:
        given["datatable"] = [[str(cell) for cell in row] for row in step.datatable.raw()]
    one.function(**given)


@cache
def _definition(type: str, name: str) -> Definition:
    found = [one for one in _definitions() if one.type == type and one.parser.is_matching(name)]
    # The phrase that is written out goes before one with room for words.
    return min(found, key=lambda one: not isinstance(one.parser, parsers.string))


@cache
def _definitions() -> tuple[Definition, ...]:
    found = []
    for module in (steps.given, steps.when, steps.then):
        for name, value in vars(module).items():
            if name.startswith("pytestbdd_stepdef_"):
                context = step_function_context_registry[value._get_wrapped_function()]
                takes = frozenset(inspect.signature(context.step_func).parameters)
                found.append(Definition(str(context.type), context.parser, context.step_func, takes))
    return tuple(found)


def _examples(template: ScenarioTemplate) -> Iterator[tuple[dict[str, str], set[str]]]:
    if not template.examples:
        yield {}, set()
    for examples in template.examples:
        for example in examples.as_contexts():
            yield dict(example), set(examples.tags)
