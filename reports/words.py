"""The one table that says a verdict in the words, signs and colours of each report."""

from __future__ import annotations

from dataclasses import dataclass

from harness.judge.verdicts import Verdict


@dataclass(frozen=True, slots=True)
class Words:
    """How one verdict is said elsewhere; JUnit and Allure have fewer words, so the exact verdict goes beside them."""

    junit: str | None  # the child element of a test case, None for a pass
    allure: str
    sign: str
    ink: str  # text and lines, readable on `paper`
    paper: str
    means: str


WORDS = {
    Verdict.PASS: Words(None, "passed", "✔", "#1a7f37", "#dff5e3", "observed as the document describes it"),
    Verdict.FAIL: Words("failure", "failed", "✘", "#c1121f", "#fde2e1", "observed otherwise"),
    Verdict.INCONCLUSIVE: Words("error", "broken", "?", "#9a6700", "#fff3cd", "the observation allows no verdict"),
    Verdict.NOT_APPLICABLE: Words("skipped", "skipped", "\u2013", "#57606a", "#eceff2", "declared absent beforehand"),
    Verdict.ERROR: Words("error", "broken", "⚠", "#8250df", "#f1e6ff", "the harness or the lab broke"),
}
UNJUDGED = Words("skipped", "skipped", "·", "#57606a", "#f6f8fa", "not judged")


def words(verdict: Verdict | None) -> Words:
    """The words of a verdict; of None, those of a step that was never judged."""
    return UNJUDGED if verdict is None else WORDS[verdict]
