"""One scenario on its way: arranged, driven, closed, judged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from harness.judge.breaches import RULE, SENTENCE, breaches
from harness.judge.case import Case
from harness.judge.findings import Finding
from harness.judge.history import History
from harness.judge.invariants import INVARIANTS
from harness.judge.pair import judge_each, members
from harness.judge.registry import Rule, judge
from harness.judge.verdicts import Verdict
from harness.judge.walk import Walk
from steps.arrangement import Arrangement
from steps.drive import Drive

if TYPE_CHECKING:
    from pytest_bdd.parser import Step

    from steps.bench import Bench
    from steps.identity import Identity
    from steps.records import Record
    from steps.settings import Settings


class Inconclusive(Exception):
    """The observation allowed no verdict; neither a pass nor a fail of the subject."""


class World:
    """What the steps of one scenario share."""

    def __init__(
        self, settings: Settings, identity: Identity, record: Record, bench: Callable[[str | None], Bench]
    ) -> None:
        self.settings = settings
        self.identity = identity
        self.record = record
        self.arranged = Arrangement()
        self.folder = settings.out / "runs" / identity.id
        self._bench = bench
        self._drive: Drive | None = None
        self._walk: Walk | None = None
        self._closed: Case | None = None
        self._so_far: Case | None = None
        self._current: Step | None = None
        self.entered = 0
        self._recorded_before = 0

    def enter(self, step: Step) -> None:
        """A step begins."""
        self._current = step
        self.entered += 1
        self._recorded_before = len(self.record.steps)

    def leave(self, step: Step) -> None:
        """A step is done; one that judged nothing has acted."""
        if len(self.record.steps) == self._recorded_before:
            self.record.done(step.keyword, step.name, step.line_number)

    @property
    def step_under_way(self) -> Step:
        """The Gherkin step that is being executed."""
        if self._current is None:
            raise RuntimeError("no step is under way; steps run in feature files only")
        return self._current

    @property
    def replayed(self) -> bool:
        """Whether a stored history is judged: then nothing is driven."""
        return self.settings.replay is not None

    @property
    def drive(self) -> Drive:
        """The lab under way; the first to ask for it begins the run."""
        if self._drive is None:
            # what an earlier run left, a subject would take for its own past
            shutil.rmtree(self.folder, ignore_errors=True)
            self.folder.mkdir(parents=True)
            self._drive = Drive(self._bench(self.arranged.topology), self.arranged)
            self._drive.begin(self.folder, self.identity.id)
        return self._drive

    def case_so_far(self) -> Case:
        """The case as it stands before the start, for pre-conditions; in a replay the whole of it."""
        if self.replayed:
            return self.closed()
        live = self.drive.bench.lab.history
        if self._so_far is None or len(self._so_far.history.entries) != len(live.entries):
            self._so_far = Case.of(History(live.header, live.entries), live.header["scenario"])
        return self._so_far

    def closed(self) -> Case:
        """The case on the closed history; closing it is what the first Then does."""
        if self._closed is None:
            history = self._stored() if self.replayed else self._recorded()
            self._closed = Case.of(history, history.header["scenario"])
        return self._closed

    def step(self, rule: Rule, row: str | None, each: bool = False, **arguments: Any) -> Finding:
        """The finding of a flow's next step."""
        if self._walk is None:
            self._walk = Walk(self.closed())
        return self._walk.step(rule, row, each, **arguments)

    def condition(self, rule: Rule, case: Case, each: bool = False, **arguments: Any) -> Finding:
        return judge_each(rule, members(case), **arguments) if each else judge(rule, case, **arguments)

    def judge_interface(self) -> None:
        """What the subject's own interface did wrong becomes a finding of its own; nothing where it did not."""
        finding = breaches(self._closed) if self._closed else None
        if finding is not None:
            line = self._current.line_number if self._current else 0
            self.record.judged("*", SENTENCE, line, finding, None, RULE)

    def judge_invariants(self) -> None:
        """What every run is judged by; one that could see nothing is told, and is no reason to be inconclusive."""
        if self._closed is None:
            return
        for rule in INVARIANTS:
            finding = judge(rule, self._closed)
            if finding.verdict is Verdict.INCONCLUSIVE:
                self.record.unseen(rule.sentence, finding, rule.name)
            else:
                self.record.invariant(rule.sentence, finding, rule.name)

    def conclude(self) -> None:
        """End the test as the roll-up says: a fail is an AssertionError, no verdict an exception of its own."""
        verdict, reasons = self.record.verdict, "\n".join(self.record.reasons)
        if verdict is Verdict.FAIL:
            raise AssertionError(reasons)
        if verdict is Verdict.NOT_APPLICABLE:
            pytest.skip(reasons or "not applicable")
        if verdict is Verdict.ERROR:
            raise RuntimeError(reasons or self.record.error or "the harness broke")
        if verdict is not Verdict.PASS:
            raise Inconclusive(reasons or "nothing was judged")

    def _recorded(self) -> History:
        history = self.drive.end()
        return History.whole([history.header, *history.entries, history.footer or {}])

    def _stored(self) -> History:
        stored = stored_history(self.settings, self.identity.id)
        target = self.folder / "history.jsonl"
        if stored.resolve() != target.resolve():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(stored, target)
        with target.open(encoding="utf-8") as lines:
            return History.read(lines)


def stored_history(settings: Settings, id: str) -> Path:
    """Where a replay finds a scenario's history: in a folder of runs, or in the folder of one run."""
    folder = settings.replay or settings.out
    of_many = folder / "runs" / id / "history.jsonl"
    return of_many if of_many.exists() or folder.name != id else folder / "history.jsonl"
