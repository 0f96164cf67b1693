"""`manolab coverage`: rows of the document that a run has judged."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema

from reports.coverage import schema
from tests.cli.conftest import Run, manolab


def test_a_run_is_laid_over_the_tables_of_the_document(clean_run: Run) -> None:
    """One scenario covers one flow and its conditions; what it leaves is listed, and the exit code says so."""
    done = manolab("coverage", "--out", clean_run.out, cwd=clean_run.out)
    assert done.code == 2
    assert "pass         5.2.2.5-1#3" in done.out
    assert "Table 5.9.5-1 (flow): 0 of 10 rows" in done.out
    assert "interpretations used: I-001" in done.out
    assert " of 479 rows, in 3 of 62 tables, and " in done.out.splitlines()[-1]


def test_it_can_be_read_by_a_machine(clean_run: Run) -> None:
    """Stdout holds what the published schema describes, and nothing else."""
    done = manolab("coverage", "--json", "--out", clean_run.out, cwd=clean_run.out)
    data = json.loads(done.out)
    jsonschema.validate(data, schema())
    assert data["counts"]["rowsCovered"] + len(data["missing"]) == 479


def test_features_narrow_it_down(clean_run: Run) -> None:
    """To their scenarios and the tables that they are tagged with."""
    done = manolab("coverage", "features/5_2_3_non_seamless", "--out", clean_run.out, cwd=clean_run.out)
    assert done.code == 2
    assert done.out.splitlines()[-1].startswith("0 of 38 rows, in 0 of 5 tables")


def test_without_a_run_the_next_step_is_told(tmp_path: Path) -> None:
    """Nothing is run by itself: a suite takes time, and has options."""
    done = manolab("coverage", cwd=tmp_path)
    assert done.code == 64
    assert "manolab run" in done.err
