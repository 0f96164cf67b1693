"""What the harness' observer saw of the lab before a process began and after it had ended."""

from __future__ import annotations

import math

from harness.judge.case import Case
from harness.judge.history import Entry


def before_launch(case: Case, path: str, to: str) -> list[Entry]:
    """The observer's answered questions before the process was launched (all of them, while none was)."""
    limit = case.launch.sent if case.launch else math.inf
    return [e for e in case.history.find("GET", path, source=case.roles.observer, to=to, before=limit) if e.ok]


def after_end(case: Case, path: str, to: str) -> Entry | None:
    """The observer's last answered question after the process had ended, or None."""
    if case.end_of_process is None:
        return None
    asked = case.history.find("GET", path, source=case.roles.observer, to=to, after=case.end_of_process.sent)
    return max((entry for entry in asked if entry.ok), key=lambda entry: entry.sent, default=None)
