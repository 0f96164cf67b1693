"""The suite again and again in one process, as the trial of many mutants runs it: nothing of a run is left."""

from __future__ import annotations

import gc
from pathlib import Path

from harness.cli import suite
from harness.cli.features import root


def test_a_repeated_suite_leaves_nothing_behind(tmp_path: Path) -> None:
    """After the second run, by which all that is made once has been made, as many objects are there, kept ones too."""
    feature = root() / "5_2_2_seamless" / "roles.feature"
    wanted = suite.Suite(tmp_path, (feature,), ("vnfm",))
    alive = []
    for _ in range(5):
        suite.run(wanted)
        gc.collect()
        alive.append(len(gc.get_objects()) + gc.get_freeze_count())
    assert len(list((tmp_path / suite.RUNS).iterdir())) > 1
    assert max(alive[2:]) - alive[1] < 50
