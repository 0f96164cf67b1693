"""The judge is judged: each mutant fails where its lie shows and nowhere else; who does not lie passes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.mutants.conftest import folder_of
from tests.mutants.mutant import Mutant, named
from tests.mutants.trial import Trial, judged
from tests.mutants.zoo import MUTANTS

SHARE = 4
"""Of so many mutants the project's own tests try one, as a sample; `manolab mutants` tries them all."""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """All mutants where a table of them is asked for, else a share."""
    if "mutant" in metafunc.fixturenames:
        tried = MUTANTS if folder_of(metafunc.config) else MUTANTS[::SHARE]
        metafunc.parametrize("mutant", tried, ids=lambda mutant: f"{mutant.kind}-{mutant.name}")


def test_a_mutant_is_failed_where_it_lies_and_nowhere_else(mutant: Mutant, records: Path) -> None:
    """Exactly the expected points fail, and nothing is blamed on the harness."""
    trial = judged(mutant, records / mutant.name)
    (records / f"{mutant.name}.json").write_text(json.dumps(_line(mutant, trial)), encoding="utf-8")
    assert not trial.errors
    assert trial.failed == mutant.expected


def test_who_does_not_lie_passes_everything(records: Path) -> None:
    """The reference SMM and the mocks pass, so that a mutant is failed for its lie alone."""
    trial = judged(None, records / "nobody")
    assert not trial.errors
    assert not trial.failed
    assert not trial.undecided
    assert trial.scenarios > 20


def _line(mutant: Mutant, trial: Trial) -> dict[str, object]:
    """The mutant in the table that `manolab mutants` prints; "elsewhere" is where it fails and should not."""
    expected, failed = named(mutant.expected), named(trial.failed)
    return {
        "name": mutant.name,
        "kind": mutant.kind,
        "lie": mutant.lie,
        "expected": expected,
        "failed": failed,
        "caught": bool(trial.failed) and mutant.expected <= trial.failed and not trial.errors,
        "elsewhere": named(trial.failed - mutant.expected),
    }
