"""What holds for every feature file: vocabulary, order, names, tags, and the rows of the GR's tables."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from pytest_bdd.feature import get_feature
from pytest_bdd.parser import Feature, ScenarioTemplate, Step
from pytest_bdd.steps import step_function_context_registry

import features
import steps.given
import steps.then
import steps.when
from harness.judge.registry import CONDITIONS, PARTS
from steps.arrangement import actor_of, role_mappings
from steps.collection import identities
from steps.phrases import split_row
from steps.tables import of_kind

FEATURES = Path(features.__path__[0])
PROJECT = FEATURES.parent
FILES = sorted(FEATURES.rglob("*.feature"))
DOCUMENT = PROJECT.parent / "shared" / "spec" / "tables.json"
WITHOUT_TABLES = {"5.3.6.2", "5.6.2.7", "5.6.3.7"}
"""Clauses that ask for something, if only that nothing happens, and have no table of it."""

TARGETS = {"Target NFV-MANO functional entity", "Source NFV-MANO functional entity"}
"""How tables call who is modified."""

ROW = {"Begins when": "begin", "Ends when": "end"}


def parsed(path: Path) -> Feature:
    return get_feature(str(path.parent), path.name)


def rendered(template: ScenarioTemplate) -> list[list[Step]]:
    """The steps of a scenario, of each example by itself."""
    contexts = [context for examples in template.examples for context in examples.as_contexts()] or [{}]
    return [template.render(context).steps for context in contexts]


TEMPLATES = [template for path in FILES for template in parsed(path).scenarios.values()]
STEPS = [step for template in TEMPLATES for example in rendered(template) for step in example]


def definitions() -> dict[str, Any]:
    """Every step definition there is, by the name of its fixture."""
    found = {}
    for module in (steps.given, steps.when, steps.then):
        for name, value in vars(module).items():
            if name.startswith("pytestbdd_stepdef_"):
                function = getattr(value, "__pytest_wrapped__", value)
                function = getattr(function, "obj", None) or value._get_wrapped_function()
                found[name] = step_function_context_registry[function]
    return found


DEFINITIONS = definitions()


def matching(step: Step) -> list[str]:
    return [name for name, one in DEFINITIONS.items() if one.type == step.type and one.parser.is_matching(step.name)]


def test_there_are_features_and_definitions() -> None:
    """What is checked below is not empty."""
    assert len(FILES) >= 6
    assert len(DEFINITIONS) > 30


@pytest.mark.parametrize("text", sorted({f"{step.type} {step.name}" for step in STEPS}))
def test_every_phrase_has_one_definition(text: str) -> None:
    """A phrase that two definitions match would run either; one that none matches shows only when it is reached."""
    step = next(step for step in STEPS if f"{step.type} {step.name}" == text)
    assert len(matching(step)) == 1, matching(step)


def test_every_definition_is_used() -> None:
    """A definition without a phrase is a rule that judges nothing."""
    used = {name for step in STEPS for name in matching(step)}
    assert sorted(set(DEFINITIONS) - used) == []


def test_every_condition_and_role_is_used() -> None:
    """The rules that judge rows of condition and role tables stand in some table."""
    cells = {row.cells[1].value for step in STEPS if step.datatable for row in step.datatable.rows}
    assert sorted(rule.sentence for rule in (*CONDITIONS, *PARTS) if rule.sentence not in cells) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_scenarios_have_names_of_their_own(path: Path) -> None:
    """Of two scenarios with one name in a feature the last would win silently."""
    names = re.findall(r"^\s*Scenario(?: Outline)?:\s*(.+?)\s*$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert len(names) == len(parsed(path).scenarios)


def test_ids_are_unique() -> None:
    """Each scenario and each example has a run folder of its own."""
    ids = Counter(identity.id for path in FILES for identity in identities(parsed(path)))
    assert [name for name, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_a_scenario_is_given_when_then(template: ScenarioTemplate) -> None:
    """Arrange, then act, then judge: nothing acts once the history may be closed."""
    order = ["given", "when", "then"]
    for example in rendered(template):
        types = [order.index(step.type) for step in example]
        assert all(one <= other for one, other in pairwise(types))
        assert set(types) == {0, 1, 2}


def tags(template: ScenarioTemplate) -> set[str]:
    return template.feature.tags | (template.rule.tags if template.rule else set()) | template.tags


def tagged(template: ScenarioTemplate, prefix: str) -> list[str]:
    return sorted(tag.split(":", 1)[1] for tag in tags(template) if tag.startswith(prefix + ":"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_a_scenario_belongs_to_one_table_of_a_kind(template: ScenarioTemplate) -> None:
    """A row in brackets would otherwise not say of which table it is."""
    tables = tagged(template, "table")
    assert tables or set(tagged(template, "clause")) & WITHOUT_TABLES
    for kind in ("flow", "pre", "post", "roles"):
        assert len(of_kind(tables, kind)) <= 1
    assert not tables or of_kind(tables, "flow") or of_kind(tables, "roles")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_every_scenario_is_for_an_entity(template: ScenarioTemplate) -> None:
    """`--entity` selects by the column entity of the Examples."""
    entities = {context["entity"] for examples in template.examples for context in examples.as_contexts()}
    assert entities
    assert entities <= set(role_mappings())


def covered() -> set[str]:
    """The rows that steps and tables of the features stand for."""
    refs = set()
    for template in TEMPLATES:
        tables = tagged(template, "table")
        for step in template.steps:
            row, _ = split_row(step.name)
            if row:
                refs |= {f"{table}#{row}" for table in of_kind(tables, "flow")}
            kind = {"these pre-conditions hold": "pre", "these post-conditions hold": "post"}.get(step.name, "roles")
            if step.datatable and step.datatable.rows[0].cells[0].value == "#":
                numbers = [row.cells[0].value for row in step.datatable.rows[1:]]
                refs |= {f"{table}#{number}" for table in of_kind(tables, kind) for number in numbers}  # type: ignore[arg-type]
    return refs


@pytest.mark.skipif(not DOCUMENT.exists(), reason="the GR's tables as data (../shared/spec/tables.json) are not here")
def test_every_row_of_the_tables_is_covered() -> None:
    """Each row of each table that the features name is a step or a row in some scenario, and no other row is named."""
    tables = {table["id"]: table for table in json.loads(DOCUMENT.read_text(encoding="utf-8"))["tables"]}
    named = {table for template in TEMPLATES for table in tagged(template, "table")}
    asked = {f"{table}#{ROW.get(row['num'], row['num'])}" for table in named for row in tables[table]["rows"]}
    assert sorted(asked - covered()) == []
    assert sorted(covered() - asked) == []


def test_interpretations_and_tags_match() -> None:
    """Each tag has an entry in docs/interpretations.md, and each entry a scenario."""
    text = (PROJECT / "docs" / "interpretations.md").read_text(encoding="utf-8")
    entries = re.findall(r"^## (I-\d{3}) ", text, re.MULTILINE)
    every = [identity for path in FILES for identity in identities(parsed(path))]
    used = {entry for identity in every for entry in identity.tagged("interpretation")}
    assert sorted(entries) == sorted(set(entries)) == sorted(used)


def role_tables() -> Iterator[tuple[str, dict[str, list[str]]]]:
    """The entity of each scenario with a table of roles, and the players of each role."""
    for template in TEMPLATES:
        for context in (one for examples in template.examples for one in examples.as_contexts()):
            if "second" in context:  # of two entities, the impacted ones are those of both but for each other (5.4.2)
                continue
            for step in template.render(context).steps:
                if step.name == "these roles were played" and step.datatable:
                    _, *rows = [[cell.value for cell in row.cells] for row in step.datatable.rows]
                    played = {role: [name.strip() for name in names.split(",")] for _, role, names in rows}
                    yield context["entity"], played


def test_role_mappings_are_those_of_the_tables() -> None:
    """role_mappings.yaml says what the tables of roles say, and is in some table but for what the GR has none for."""
    mappings, shown = role_mappings(), set()
    keys = {"Impacted NFV-MANO functional entity": "impacted_fes", "Impacted entity": "impacted_entities"}
    for entity, played in role_tables():
        for role in TARGETS & played.keys():
            assert played[role] == [actor_of(entity)]
        for role in keys.keys() & played.keys():
            assert played[role] == mappings[entity][keys[role]], entity
            shown.add(entity)
    assert mappings.keys() - shown == {"wim", "vnf-cism@unshared", "svnfm"}
