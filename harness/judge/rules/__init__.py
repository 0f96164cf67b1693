"""The rules, by theme. Importing this package registers them all."""

from harness.judge.rules import (
    closure,
    commit,
    conditions,
    continuity,
    decisions,
    execution,
    interfaces,
    ongoing,
    parallel,
    parts,
    preparation,
    request,
    restart,
    restoration,
    rollback,
    testing,
)

__all__ = [
    "closure",
    "commit",
    "conditions",
    "continuity",
    "decisions",
    "execution",
    "interfaces",
    "ongoing",
    "parallel",
    "parts",
    "preparation",
    "request",
    "restart",
    "restoration",
    "rollback",
    "testing",
]
