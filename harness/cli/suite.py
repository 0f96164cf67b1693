"""The conformance suite as this process runs it: pytest, in process, with nothing of the caller's own pytest set-up.

Scenarios are collected first, so that wrong names are refused before anything runs, and then run, in the same session.
What pytest itself has to say goes to a log in the report folder.
"""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from harness.cli import features
from harness.cli.failures import Broken, WrongUse
from harness.frames import roomy
from harness.judge.verdicts import Verdict

if TYPE_CHECKING:
    from types import FrameType

    from harness.cli.progress import View

LOG = "pytest.log"
RUNS = "runs"
STEPS = "steps.plugin"
CUT_OFF = r"A plugin raised an exception during an old-style hookwrapper"
"""How pluggy begins what it says of a hook that was not left to end."""

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
    """A scenario that was collected; `node` is what pytest knows it by."""

    node: str
    id: str
    entity: str
    tables: tuple[str, ...]
    name: str


@dataclass(frozen=True)
class Selection:
    """What the arguments select of everything there is."""

    selected: tuple[Selected, ...]
    everything: tuple[Selected, ...]


Choose = Callable[[Selection], Sequence[Selected]]
"""Which of what was collected is run. What it raises reaches who called `run`."""


def whole(selection: Selection) -> Sequence[Selected]:
    """Choose all that the arguments select."""
    return selection.selected


def collect(suite: Suite) -> Selection:
    """Find the scenarios; raises WrongUse for a feature or an expression that pytest refuses."""
    found = _Collector()
    code = _pytest(suite, ["--collect-only"], found)
    return found.checked(code, suite.out / LOG)


def run(suite: Suite, choose: Choose = whole, view: View | None = None, processes: int = 0, stop: bool = False) -> str:
    """Collect, and run what `choose` makes of it; the records tell how scenarios ended.

    Raises what `collect` and `choose` do, before anything runs, and KeyboardInterrupt on Ctrl-C. Returns why not all
    were run: what of the lab, or of the processes, broke. Empty when nothing did.
    """
    collector, watcher = _Collector(), _Watcher(suite.out, view)
    runner = _Runner(collector, watcher, choose, processes, stop)
    code = _pytest(suite, [], collector, watcher, runner)
    if runner.refused:
        raise runner.refused
    if watcher.interrupted:
        raise KeyboardInterrupt
    collector.checked(code, suite.out / LOG)
    return watcher.stopped


class _Collector:
    """Notes what is collected, before and after the selection by entity and expression."""

    def __init__(self) -> None:
        self.selection: Selection | None = None
        self.errors: list[str] = []
        self._everything: dict[str, Selected] = {}

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> Iterator[None]:
        self._everything = {item.nodeid: _selected(item) for item in items}
        result = yield
        selected = tuple(self._everything[item.nodeid] for item in items)
        self.selection = Selection(selected, tuple(self._everything.values()))
        return result

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.errors.append(
                f"{report.nodeid}: {report.longreprtext.strip().splitlines()[-1].removeprefix('E').strip()}"
            )

    def checked(self, code: int, log: Path) -> Selection:
        """What was collected; raises what is to be said of a session that ended with this code instead."""
        if self.errors:
            raise WrongUse("\n".join(self.errors), hint=f"pytest's own words: {log}")
        if code == pytest.ExitCode.USAGE_ERROR:
            raise WrongUse(_refusal(log))
        if self.selection is None:
            raise Broken("the scenarios could not be collected", hint=f"pytest's own words: {log}")
        if code == pytest.ExitCode.INTERNAL_ERROR:
            raise Broken("the suite broke", hint=f"pytest's own words: {log}")
        return self.selection


class _Runner:
    """Has the caller choose once all is collected, then lets what was chosen run: here, or in several processes."""

    def __init__(self, collector: _Collector, watcher: _Watcher, choose: Choose, processes: int, stop: bool) -> None:
        self._collector = collector
        self._watcher = watcher
        self._choose = choose
        self._processes = processes
        self._stop = stop
        self.refused: Exception | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run the chosen; None leaves it to pytest's own loop."""
        chosen = self._chosen()
        if chosen is None:
            return True
        items = {item.nodeid: item for item in session.items}
        session.items[:] = [items[scenario.node] for scenario in chosen]
        session.config.option.maxfail = int(self._stop)  # not earlier: all errors of collecting are to be told
        begun = partial(self._watcher.begun, chosen)
        if not self._processes:
            begun()
            return None
        from harness.cli.workers import spread

        terminal = session.config.pluginmanager.get_plugin("terminalreporter")
        spread(session, self._processes, (self._watcher, terminal), begun)
        return True

    def _chosen(self) -> Sequence[Selected] | None:
        """What the caller chooses; None when there is nothing to choose from, or the caller refuses."""
        if self._collector.errors or self._collector.selection is None:
            return None
        try:
            return self._choose(self._collector.selection)
        except Exception as error:  # pytest would take it for its own
            self.refused = error
            return None


class _Watcher:
    """Tells a view of each scenario once it is over, whichever process ran it."""

    def __init__(self, out: Path, view: View | None) -> None:
        self._out = out
        self._ids: dict[str, str] = {}
        self._view = view
        self.interrupted = False
        self.stopped = ""

    def begun(self, scenarios: Sequence[Selected]) -> None:
        self._ids = {scenario.node: scenario.id for scenario in scenarios}
        if self._view:
            self._view.begun(len(self._ids))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        over = report.when == "call" or (report.when == "setup" and not report.passed)
        if over and self._view:
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
        record = orjson.loads((out / RUNS / id / "findings.json").read_bytes())
        return Verdict(record["verdict"])
    except (OSError, ValueError, KeyError):
        return Verdict.ERROR


def _selected(item: pytest.Item) -> Selected:
    """What the plugin in steps/ knows of a collected scenario; asked of the plugin, because nothing imports steps."""
    steps: Any = item.config.pluginmanager.get_plugin(STEPS)
    identity = steps.identity_of(item)
    return Selected(item.nodeid, identity.id, identity.entity or "", tuple(identity.tagged("table")), identity.name)


def _pytest(suite: Suite, options: list[str], *plugins: object) -> int:
    """Run pytest in this process with our plugins only; its own output goes to the log."""
    # Ctrl-C may cut off a hook of pytest-bdd; closed when the process ends, it would be warned of below our last word
    warnings.filterwarnings("ignore", CUT_OFF)
    arguments = [*map(str, suite.features), *suite.arguments(), *options]
    # pytest's look for exceptions that nobody can raise costs half a second of collecting garbage at each end
    ours = ["-p", "pytest_bdd.plugin", "-p", STEPS, "-p", "no:cacheprovider", "-p", "no:unraisableexception"]
    nobodys = ["-c", os.devnull, "--rootdir", str(features.root().parent), "--assert", "plain", "--tb", "native"]
    with ExitStack() as around:
        around.enter_context(_environment())
        around.enter_context(_ended_by_sigterm())
        words = around.enter_context((suite.out / LOG).open("w", encoding="utf-8"))
        around.enter_context(redirect_stdout(words))
        around.enter_context(redirect_stderr(words))
        return int(roomy(lambda: pytest.main([*arguments, *ours, *nobodys], plugins=[*plugins])))


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
