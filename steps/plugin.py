"""The pytest plugin that runs features/: `pytest -p steps.plugin features/5_2_2_seamless --entity vnfm`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness import garbage
from mocks.lab.errors import EngineError, LabError
from steps import settings as options
from steps.collection import FeatureFile, identity_of
from steps.lookup import Lookup
from steps.records import Record
from steps.settings import Settings
from steps.world import World, stored_history

if TYPE_CHECKING:
    from pytest_bdd.parser import Scenario, Step

    from steps.bench import Bench

pytest_plugins = ("steps.given", "steps.when", "steps.then")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the suite."""
    options.add_options(parser)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Feature files are collected wherever pytest is pointed at them."""
    if file_path.suffix != ".feature":
        return None
    return FeatureFile.from_parent(parent, path=file_path)


TAGS = {
    "clause": "the clause of the GR it comes from",
    "interpretation": "an entry of docs/interpretations.md it rests on",
    "note": "the note of its table it shows",
    "rec": "the recommendation it judges",
    "support": "the kind of support for software modification it needs",
    "table": "a table whose rows its steps are",
}


def pytest_configure(config: pytest.Config) -> None:
    """Register what tags become, and find the definition of each step once."""
    for name, meaning in TAGS.items():
        config.addinivalue_line("markers", f"{name}(id): {meaning}; select with -m \"{name}(id='...')\"")
    lookup = Lookup()
    lookup.install()
    config.add_cleanup(lookup.remove)
    config.add_cleanup(garbage.tend())


@pytest.hookimpl(tryfirst=True)
def pytest_bdd_apply_tag(tag: str, function: Callable[..., Any]) -> bool:
    """A tag `table:5.2.2.5-1` is the marker `table(id="5.2.2.5-1")`, which strict markers and -m can take."""
    name, _, value = tag.partition(":")
    if name not in TAGS:
        raise pytest.UsageError(f"tag @{tag} is not known; known are @{':..., @'.join(TAGS)}:...")
    getattr(pytest.mark, name)(id=value)(function)
    return True


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let -k take what `manolab run --list` shows, and its words with _ between them."""
    identity = identity_of(item)
    if identity is not None:
        item.extra_keyword_matches |= {identity.id, identity.id.replace("-", "_")}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out scenarios of other entities, and in a replay those that were not recorded."""
    settings = options.read(config)
    kept: list[pytest.Item] = []
    left_out: list[pytest.Item] = []
    for item in items:
        (kept if _selected(settings, item) else left_out).append(item)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = kept


def _selected(settings: Settings, item: pytest.Item) -> bool:
    identity = identity_of(item)
    if identity is None:
        return True
    if settings.entities and identity.entity not in settings.entities:
        return False
    return settings.replay is None or stored_history(settings, identity.id).exists()


@pytest.hookimpl(wrapper=True)
def pytest_runtestloop(session: pytest.Session) -> Iterator[None]:
    """Have what a lab imports there before the first scenario, and so before processes that share it part."""
    config = session.config
    if not config.option.collectonly and options.read(config).replay is None:
        import steps.bench  # noqa: F401, PLC0415  (a replay needs no lab, nor what a lab imports)
    return (yield)


@pytest.fixture(scope="session")
def manolab_settings(pytestconfig: pytest.Config) -> Settings:
    """How the suite is to be run."""
    return options.read(pytestconfig)


@pytest.fixture(scope="session")
def manolab_bench(
    request: pytest.FixtureRequest, manolab_settings: Settings
) -> Iterator[Callable[[str | None], Bench]]:
    """The lab of this process for each topology, brought up by the first scenario that needs it."""
    made: dict[str | None, Bench] = {}

    def bench(topology: str | None) -> Bench:
        wanted = None if manolab_settings.topology else topology
        if wanted not in made:
            from steps.bench import Bench  # noqa: PLC0415  (a replay needs no lab, nor what a lab imports)

            with stopping(request.session):
                made[wanted] = Bench(manolab_settings, wanted)
            garbage.keep()
        return made[wanted]

    yield bench
    for one in made.values():
        with stopping(request.session):
            one.close()


@contextmanager
def stopping(session: pytest.Session) -> Iterator[None]:
    """A lab that cannot be brought up, or not taken down, ends the run."""
    try:
        yield
    except LabError as error:
        stop(session, error)
        raise


def stop(session: pytest.Session, error: LabError) -> None:
    """Let no further scenario begin: each would only meet the same again. The first reason counts."""
    session.shouldstop = session.shouldstop or str(error)


@pytest.fixture
def world(
    request: pytest.FixtureRequest, manolab_settings: Settings, manolab_bench: Callable[[str | None], Bench]
) -> World:
    """What the steps of the scenario share."""
    identity = identity_of(request.node)
    if identity is None:
        raise pytest.UsageError("the steps of manolab run in feature files only")
    record = Record(identity, manolab_settings.transport)
    made = World(manolab_settings, identity, record, manolab_bench)
    request.node.stash[WORLD] = made
    return made


WORLD: pytest.StashKey[World] = pytest.StashKey()


def pytest_runtest_teardown(item: pytest.Item) -> None:
    """Let go of what the steps shared: else a run would keep every history to its end."""
    if WORLD in item.stash:
        del item.stash[WORLD]


def pytest_bdd_before_scenario(request: pytest.FixtureRequest) -> None:
    """Make the world before the first step."""
    request.getfixturevalue("world")


def pytest_bdd_before_step(request: pytest.FixtureRequest, step: Step) -> None:
    """Tell the world which step is under way."""
    request.node.stash[WORLD].enter(step)


def pytest_bdd_after_step(request: pytest.FixtureRequest, step: Step) -> None:
    """Record a step that acted."""
    request.node.stash[WORLD].leave(step)


def pytest_bdd_step_error(request: pytest.FixtureRequest, step: Step, exception: BaseException) -> None:
    """A step that breaks is the harness' or the lab's failure, never the subject's."""
    made = request.node.stash[WORLD]
    made.record.not_judged(step.keyword, step.name, step.line_number)
    made.record.broke(exception)
    if (lost := engine_error(exception)) is not None:
        stop(request.session, lost)


def engine_error(exception: BaseException | None) -> EngineError | None:
    """The error of the engine that this one comes from, if it does."""
    while exception is not None and not isinstance(exception, EngineError):
        exception = exception.__cause__
    return exception


def pytest_bdd_step_func_lookup_error(request: pytest.FixtureRequest, step: Step, exception: BaseException) -> None:
    """A phrase without definition is an error of the harness."""
    request.node.stash[WORLD].enter(step)
    pytest_bdd_step_error(request, step, exception)


def pytest_bdd_after_scenario(request: pytest.FixtureRequest, scenario: Scenario) -> None:
    """The record is written whatever became of the scenario; what was not reached stands in it without a verdict."""
    made = request.node.stash[WORLD]
    for step in scenario.steps[made.entered :]:
        made.record.not_judged(step.keyword, step.name, step.line_number)
    made.judge_interface()
    made.judge_invariants()
    made.record.write(made.folder)
