"""Feature files as test modules: `pytest -p steps.plugin features/x.feature` needs no test_*.py beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from pytest_bdd import scenario
from pytest_bdd.feature import get_feature

from steps.identity import Identity, identify

if TYPE_CHECKING:
    from pytest_bdd.parser import Feature, ScenarioTemplate

    from steps.world import World

IDENTITY: pytest.StashKey[Identity] = pytest.StashKey()


class FeatureFile(pytest.Module):
    """One feature file; each scenario is a test, each example of an outline one of its parameters."""

    def _getobj(self) -> ModuleType:
        feature = get_feature(str(self.path.parent), self.path.name)
        module = ModuleType(self.path.stem)
        module.__file__ = str(self.path)
        for number, template in enumerate(feature.scenarios.values()):
            setattr(module, f"test_{number:02}_{_name(template.name)}", _bound(feature, template))
        return module


def _name(scenario_name: str) -> str:
    return "".join(letter if letter.isalnum() else "_" for letter in scenario_name.lower())


def _bound(feature: Feature, template: ScenarioTemplate) -> Any:
    folder, name = str(Path(feature.filename).parent), Path(feature.filename).name

    with _untagged(template):

        @scenario(name, template.name, features_base_dir=folder)
        def conclude(world: World) -> None:
            world.conclude()

    conclude.manolab_template = template  # type: ignore[attr-defined]
    return conclude


@contextmanager
def _untagged(template: ScenarioTemplate) -> Iterator[None]:
    """Hide the tags of examples, which pytest-bdd takes for names of markers; the identity knows them."""
    hidden = [examples.tags for examples in template.examples]
    for examples in template.examples:
        examples.tags = set()
    yield
    for examples, tags in zip(template.examples, hidden, strict=True):
        examples.tags = tags


def identities(feature: Feature) -> Iterable[Identity]:
    """Every scenario of a feature, each example of an outline by itself."""
    for template in feature.scenarios.values():
        if not template.examples:
            yield identify(template, {})
        for examples in template.examples:
            for example in examples.as_contexts():
                yield identify(template, example, examples.tags)


def identity_of(item: pytest.Item) -> Identity | None:
    """The identity of a collected scenario, or None for a test of another kind."""
    if IDENTITY in item.stash:
        return item.stash[IDENTITY]
    template = getattr(getattr(item, "function", None), "manolab_template", None)
    if template is None:
        return None
    callspec = getattr(item, "callspec", None)
    example = dict(callspec.params.get("_pytest_bdd_example", {})) if callspec else {}
    tags = next((e.tags for e in template.examples if example in list(e.as_contexts())), ())
    item.stash[IDENTITY] = identify(template, example, tags)
    return item.stash[IDENTITY]
