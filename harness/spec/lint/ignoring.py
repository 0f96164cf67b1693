"""Findings that an editor has looked at and leaves: a YAML file that says which, and why.

format: manolab-lint-ignore/1
ignore:
  - {rule: role-idle, where: 5.2.2-1#3, reason: the role is explained in the text of clause 5.2.2.1}
  - {rule: article, reason: left to the editHelp desk}
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from harness.spec.lint.finding import Finding
from harness.spec.lint.registry import RULES, UnknownRule

FORMAT = "manolab-lint-ignore/1"
KEYS = {"rule", "where", "reason"}


class IgnoreError(ValueError):
    """A file of what is to be ignored that cannot be used; says all that is wrong with it."""


@dataclass(frozen=True)
class Ignore:
    """What is left alone: the findings of a rule, at one place or at all (where is empty), and why."""

    rule: str
    where: str
    reason: str

    def covers(self, finding: Finding) -> bool:
        return finding.rule == self.rule and self.where in ("", finding.where)


@dataclass(frozen=True)
class Ignored:
    """A finding that is left alone."""

    finding: Finding
    reason: str


def load(path: Path) -> list[Ignore]:
    """Read a file of what is to be ignored; raises IgnoreError with every problem."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise IgnoreError(f"{path}: cannot be read: {error}") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT or not isinstance(data.get("ignore"), list):
        raise IgnoreError(f"{path}: expected 'format: {FORMAT}' and a list 'ignore'")
    problems = [problem for number, entry in enumerate(data["ignore"], 1) for problem in _problems(number, entry)]
    if problems:
        raise IgnoreError("\n".join(f"{path}: {problem}" for problem in problems))
    return [Ignore(entry["rule"], str(entry.get("where", "")), entry["reason"]) for entry in data["ignore"]]


def _problems(number: int, entry: Any) -> list[str]:
    if not isinstance(entry, dict):
        return [f"entry {number}: expected rule, where and reason"]
    found = [f"entry {number}: unknown key {key!r}; allowed: where, rule, reason" for key in entry if key not in KEYS]
    if not str(entry.get("reason") or "").strip():
        found.append(f"entry {number}: no reason; say why the finding is left alone")
    if entry.get("rule") not in RULES:
        found.append(f"entry {number}: {UnknownRule(str(entry.get('rule')))}")
    return found


def parted(findings: Sequence[Finding], ignores: Sequence[Ignore]) -> tuple[list[Finding], list[Ignored], list[Ignore]]:
    """The findings that remain, those that are ignored, and the entries that ignore nothing."""
    left, ignored, used = [], [], set()
    for finding in findings:
        entry = next((one for one in ignores if one.covers(finding)), None)
        if entry is None:
            left.append(finding)
        else:
            used.add(entry)
            ignored.append(Ignored(finding, entry.reason))
    return left, ignored, [one for one in ignores if one not in used]
