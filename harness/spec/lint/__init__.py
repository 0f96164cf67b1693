"""Finds what is wrong in a document of the GR's shape. No rule knows any document: each works on the model alone.

Three families: mechanical (references, numbers, names), comparative (what sibling flows have and one has not),
semantic (what happens to the instances, interfaces and resources of which a flow speaks).
"""

from __future__ import annotations

from harness.spec.lint import (  # noqa: F401 - they register their rules
    comparative,
    entries,
    naming,
    numbering,
    pointing,
    recommendations,
    roles,
    semantic,
)
from harness.spec.lint.finding import Finding
from harness.spec.lint.registry import RULES, Rule, lint

__all__ = ["RULES", "Finding", "Rule", "lint"]
