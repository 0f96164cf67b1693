"""findings.json, the record of one judged scenario (format manolab-findings/1)."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson

from harness.judge.findings import Finding
from harness.judge.verdicts import Verdict, roll_up
from steps.identity import Identity

FORMAT = "manolab-findings/1"
INVARIANT = "Always"
"""The keyword of what every run is judged by, and no feature says."""


@dataclass
class Record:
    """Collects what became of each step; the verdict of the whole is the roll-up of what was judged."""

    identity: Identity
    transport: str
    steps: list[dict[str, Any]] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    error: str | None = None
    started: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="milliseconds"))
    _clock: float = field(default_factory=time.perf_counter)

    def done(self, keyword: str, text: str, line: int) -> None:
        """A step that acts, and did."""
        self._add(keyword, text, line, verdict="pass")

    def not_judged(self, keyword: str, text: str, line: int) -> None:
        """A step that was not reached, or that judged nothing itself."""
        self._add(keyword, text, line, verdict=None)

    def judged(self, keyword: str, text: str, line: int, finding: Finding, ref: str | None, rule: str) -> None:
        """A step, or a row of its table, with its finding."""
        self._add(keyword, text, line, ref=ref, rule=rule, **finding.record())
        self.verdicts.append(finding.verdict)
        if finding.verdict not in (Verdict.PASS, Verdict.NOT_APPLICABLE):
            self.reasons.append(f"{finding.verdict}: {text} [{ref or rule}]: {finding.reason}")

    def invariant(self, text: str, finding: Finding, rule: str) -> None:
        """What holds for every run: a violation counts for the scenario, that it holds decides nothing by itself."""
        self._add(INVARIANT, text, 0, rule=rule, **finding.record())
        if finding.verdict is not Verdict.PASS:
            self.verdicts.append(finding.verdict)
            self.reasons.append(f"{finding.verdict}: {text} [{rule}]: {finding.reason}")

    def unseen(self, text: str, finding: Finding, rule: str) -> None:
        """An invariant that this run shows nothing of, and why."""
        self._add(INVARIANT, text, 0, rule=rule, verdict=None, reason=finding.reason)

    def broke(self, error: BaseException) -> None:
        """The harness or the lab broke; nothing else counts any more."""
        self.error = f"{type(error).__name__}: {error}"
        self.verdicts.append(Verdict.ERROR)

    @property
    def verdict(self) -> Verdict:
        return roll_up(self.verdicts)

    def write(self, folder: Path) -> None:
        """Write findings.json into the scenario's run folder, which is made when it is not there."""
        folder.mkdir(parents=True, exist_ok=True)
        body = {
            "format": FORMAT,
            "scenario": self.identity.record(),
            "verdict": str(self.verdict),
            "started": self.started,
            "durationSeconds": round(time.perf_counter() - self._clock, 4),
            "transport": self.transport,
            "history": "history.jsonl",
            "steps": self.steps,
            "error": self.error,
        }
        (folder / "findings.json").write_text(_lines(body), encoding="utf-8")

    def _add(self, keyword: str, text: str, line: int, **rest: Any) -> None:
        unknown = dict.fromkeys(("ref", "rule", "verdict", "strength", "reason", "expected"))
        self.steps.append({"keyword": keyword, "text": text, "line": line, **unknown, "evidence": [], **rest})


def _lines(body: dict[str, Any]) -> str:
    """JSON with a line for each member and each step, which is quick to write and can be read."""
    steps = ",\n  ".join(orjson.dumps(step).decode() for step in body["steps"])
    members = {name: orjson.dumps(value).decode() for name, value in body.items()} | {
        "steps": f"[\n  {steps}\n ]" if steps else "[]"
    }
    return "{\n" + ",\n".join(f' "{name}": {value}' for name, value in members.items()) + "\n}\n"
