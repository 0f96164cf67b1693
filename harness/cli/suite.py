"""The conformance suite as this process runs it: pytest, in process, with nothing of the caller's own pytest set-up.

Scenarios are collected first, so that wrong names are refused before anything runs, and then run. What pytest itself
has to say goes to a log in the report folder.
"""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness.cli import features
from harness.cli.failures import Broken, WrongUse
from harness.judge.verdicts import Verdict

if TYPE_CHECKING:
    from types import FrameType

    from harness.cli.progress import View

LOG = "pytest.log"
RUNS = "runs"
STEPS = "steps.plugin"
UNTOUCHED = ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTEST_THEME")
"""Variables of the caller's that must not change a conformance run."""


@dataclass(frozen=True)
class Suite:
    """What to run, where its records go, and how."""

    out: Path
    features: tuple[Path, ...]
    entities: tuple[str, ...] = ()
    expression: str = ""
    transport: str = "direct"
    subject: str = "reference:"
    topology: Path | None = None
    replay: Path | None = None
    backend: str = "embedded"
    fallback_manager: str = "reference:"

    def arguments(self) -> list[str]:
        options = ["--out", str(self.out), "--transport", self.transport, "--subject", self.subject]
        options += ["--backend", self.backend, "--fallback-manager", self.fallback_manager]
        options += [word for entity in self.entities for word in ("--entity", entity)]
        for name, value in (("-k", self.expression), ("--topology", self.topology), ("--replay", self.replay)):
            if value:
                options += [name, str(value)]
        return options


@dataclass(frozen=True)
class Selected:
    """A scenario that was collected; `node` is what pytest knows it by, `place` what it finds it by."""

    node: str
    place: str
    id: str
    entity: str
    tables: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Selection:
    """What the arguments select of everything there is."""

    selected: tuple[Selected, ...]
    everything: tuple[Selected, ...]


def collect(suite: Suite) -> Selection:
    """Find the scenarios; raises WrongUse for a feature or an expression that pytest refuses."""
    found = _Collector()
    log = suite.out / LOG
    code = _pytest([*map(str, suite.features), *suite.arguments(), "--collect-only"], found, log, "w")
    if found.errors:
        raise WrongUse("\n".join(found.errors), hint=f"pytest's own words: {log}")
    if code == pytest.ExitCode.USAGE_ERROR:
        raise WrongUse(_refusal(log))
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise Broken("the scenarios could not be collected", hint=f"pytest's own words: {log}")
    return Selection(tuple(found.selected), tuple(found.everything))


def run(suite: Suite, selected: Sequence[Selected], view: View | None, processes: int = 0, stop: bool = False) -> str:
    """Run scenarios that `collect` found; their records tell how they ended. Raises KeyboardInterrupt on Ctrl-C.

    Returns why not all of them were begun: what of the lab broke. Empty when nothing did.
    """
    watcher = _Watcher(suite.out, selected, view)
    log = suite.out / LOG
    nodes = [scenario.place for scenario in selected]
    stopping = ["-x"] if stop else []
    spread = ["-p", "xdist.plugin", "-n", str(processes)] if processes else []
    code = _pytest([*nodes, *suite.arguments(), *stopping, *spread], watcher, log, "a")
    if watcher.interrupted:
        raise KeyboardInterrupt
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.INTERRUPTED):
        raise Broken("the suite broke", hint=f"pytest's own words: {log}")
    return watcher.stopped


class _Collector:
    """Notes what is collected, before and after the selection by entity and expression."""

    def __init__(self) -> None:
        self.everything: list[Selected] = []
        self.selected: list[Selected] = []
        self.errors: list[str] = []

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Iterator[None]:
        before = list(items)
        result = yield
        self.everything = [_selected(item) for item in before]
        return result

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.selected = [_selected(item) for item in session.items]

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.errors.append(
                f"{report.nodeid}: {report.longreprtext.strip().splitlines()[-1].removeprefix('E').strip()}"
            )


class _Watcher:
    """Tells a view of each scenario once it is over, whichever process ran it."""

    def __init__(self, out: Path, selected: Sequence[Selected], view: View | None) -> None:
        self._out = out
        self._ids = {scenario.node: scenario.id for scenario in selected}
        self._view = view
        self.interrupted = False
        self.stopped = ""

    def pytest_sessionstart(self) -> None:
        if self._view:
            self._view.begun(len(self._ids))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.when == "teardown" and self._view:
            scenario = self._ids.get(report.nodeid, report.nodeid)
            self._view.done(scenario, verdict_of(self._out, scenario))

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        if isinstance(excinfo.value, pytest.Session.Interrupted):
            self.stopped = str(excinfo.value)
        else:
            self.interrupted = True


def verdict_of(out: Path, id: str) -> Verdict:
    """The verdict that a scenario's record has; without a readable record the harness broke."""
    try:
        record = json.loads((out / RUNS / id / "findings.json").read_text(encoding="utf-8"))
        return Verdict(record["verdict"])
    except (OSError, ValueError, KeyError):
        return Verdict.ERROR


def _selected(item: pytest.Item) -> Selected:
    """What the plugin in steps/ knows of a collected scenario; asked of the plugin, because nothing imports steps."""
    steps: Any = item.config.pluginmanager.get_plugin(STEPS)
    identity = steps.identity_of(item)
    place = f"{item.path}::{item.nodeid.partition('::')[2]}"
    tables = tuple(identity.tagged("table"))
    return Selected(item.nodeid, place, identity.id, identity.entity or "", tables, identity.name)


def _pytest(arguments: list[str], plugin: object, log: Path, mode: str) -> int:
    """Run pytest in this process with our plugins only; its own output goes to the log."""
    # pytest's look for exceptions that nobody can raise costs half a second of collecting garbage at each end
    ours = ["-p", "pytest_bdd.plugin", "-p", STEPS, "-p", "no:cacheprovider", "-p", "no:unraisableexception"]
    nobodys = ["-c", os.devnull, "--rootdir", str(features.root().parent), "--assert", "plain", "--tb", "native"]
    with ExitStack() as around:
        around.enter_context(_environment())
        around.enter_context(_ended_by_sigterm())
        words = around.enter_context(log.open(mode, encoding="utf-8"))
        around.enter_context(redirect_stdout(words))
        around.enter_context(redirect_stderr(words))
        return int(pytest.main([*arguments, *ours, *nobodys], plugins=[plugin]))


@contextmanager
def _environment() -> Iterator[None]:
    """Without the caller's settings for pytest, and without plugins that happen to be installed."""
    before = dict(os.environ)
    for name in UNTOUCHED:
        os.environ.pop(name, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """SIGTERM ends a run the way Ctrl-C does: the lab is closed, no process stays."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _refusal(log: Path) -> str:
    """What pytest said about arguments it does not take."""
    said = [line for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("ERROR: ")]
    return "; ".join(line.removeprefix("ERROR: ") for line in said) or f"pytest refused its arguments, see {log}"
