"""One trial: the whole conformance suite, for one entity type, where one part is wrong in one way."""

from __future__ import annotations

import gc
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from harness.cli import suite
from harness.cli.features import root
from harness.judge.verdicts import Verdict
from mocks.lab.topology import DEFAULT
from steps.arrangement import role_mappings
from tests.mutants.mutant import Mutant, Point

ENTITY = "vnfm"
"""The target of a trial where nothing else is said; what the suite does is the same for each entity type."""


SUBJECTS = ("smm", "fallback")
"""The kinds of mutants that are no mocks."""


@dataclass(frozen=True)
class Trial:
    """What the suite said: points that failed, reasons of verdicts that blame the harness, scenarios judged."""

    failed: frozenset[Point]
    errors: tuple[str, ...]
    undecided: frozenset[Point]
    scenarios: int


def judged(mutant: Mutant | None, folder: Path) -> Trial:
    """Run the suite against a mutant, or against nothing but correct parts; records are kept in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    subjects = {kind: f"adapter:{mutant.make}" if mutant and mutant.kind == kind else "reference:" for kind in SUBJECTS}
    home = root() / mutant.home if mutant else root()
    entity = mutant.entity if mutant else ENTITY
    wanted = suite.Suite(
        folder,
        (home,),
        (entity,),
        subject=subjects["smm"],
        topology=_topology(mutant, folder),
        fallback_manager=subjects["fallback"],
    )
    with _without_collector():
        suite.run(wanted)
    records = sorted((folder / suite.RUNS).glob("*/findings.json"))
    return _trial([json.loads(record.read_text(encoding="utf-8")) for record in records])


@contextmanager
def _without_collector() -> Iterator[None]:
    """A trial is short, and a fifth of its time would go into looking for garbage."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _topology(mutant: Mutant | None, folder: Path) -> Path | None:
    """The lab as it comes, with one power of one actor exchanged."""
    if mutant is None or mutant.kind in SUBJECTS:
        return None
    own = role_mappings()[mutant.entity].get("topology")
    lab = DEFAULT.parent / f"{own}.topology.yaml" if own else DEFAULT
    described = yaml.safe_load(lab.read_text(encoding="utf-8"))
    described["actors"][mutant.actor or ENTITY]["replace"] = [mutant.make]
    written = folder / "mutant.topology.yaml"
    written.write_text(yaml.safe_dump(described), encoding="utf-8")
    return written


def _trial(records: list[dict[str, Any]]) -> Trial:
    steps = [step for record in records for step in record["steps"]]
    errors = [f"{record['scenario']['id']}: {record['error']}" for record in records if record["error"]]
    errors += [f"{step['text']}: {step['reason']}" for step in steps if step["verdict"] == Verdict.ERROR]
    return Trial(_points(steps, Verdict.FAIL), tuple(errors), _points(steps, Verdict.INCONCLUSIVE), len(records))


def _points(steps: list[dict[str, Any]], verdict: Verdict) -> frozenset[Point]:
    return frozenset((step["rule"], step["ref"]) for step in steps if step["verdict"] == verdict)
