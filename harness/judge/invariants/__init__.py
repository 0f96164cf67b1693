"""What every run is judged by, whatever its scenario asks: six properties, each a pure function of the case.

An invariant that could see nothing is inconclusive; that is told in the record, and makes no scenario inconclusive.
"""

from harness.judge.invariants import closure, commit, continuity, leaks, mirror, peers
from harness.judge.registry import INVARIANTS

__all__ = ["INVARIANTS", "closure", "commit", "continuity", "leaks", "mirror", "peers"]
