"""Where the subject broke smm/v1, as the lab saw it: the eye through which a process is seen was clouded.

The interface is this project's, not the report's, so a breach contradicts no flow; but a process that is not told of
as described may have been misread, so what else was found does not stand as a pass.
"""

from __future__ import annotations

from harness.judge.case import Case
from harness.judge.findings import Finding, inconclusive

SENTENCE = "the SMM answers the external manager as smm/v1 describes"
RULE = "answers_as_described"


def breaches(case: Case) -> Finding | None:
    """One finding for all breaches that stand in the history; None when there is none."""
    events = [entry for entry in case.history.entries if entry.kind == "lab" and entry.event == "breach"]
    said = list(dict.fromkeys(str(event.detail.get("breach")) for event in events))
    more = f", and {len(said) - 5} more" if len(said) > 5 else ""
    broken = "fallback/v1" if said and all("/fallback/" in one for one in said) else "smm/v1"
    return inconclusive(f"{broken} is broken: " + "; ".join(said[:5]) + more, events) if events else None
