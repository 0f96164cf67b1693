"""The benchmarks follow what they measure: their figures are nobody's test, but they can be had."""

from __future__ import annotations

from importlib import import_module

import pytest

from benchmarks.__main__ import ALL


@pytest.mark.parametrize("name", ALL)
def test_a_benchmark_finds_what_it_measures(name):
    """Nothing that it names has gone."""
    assert callable(import_module(f"benchmarks.{name}").measure)
