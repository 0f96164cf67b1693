"""After the commit there is no way back, and until then there always is one (note 4 of 5.2.2.5-1)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from harness.judge.attempts import MODIFY
from harness.judge.case import ENDED, PROCESSES, Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.invariants.stage import fallen_back, instances, launches
from harness.judge.provider import RESERVATIONS
from harness.judge.registry import INVARIANTS
from harness.judge.rules.preparation import POINTS

UNDO = "/nfvmanoswm/v1/software_modification_op_occs/*/undo"
WAITING = "AWAITING_COMMIT"

Fault = tuple[str, list[Entry]]


@INVARIANTS("the commit is final: after it no rollback, before it always one")
def commit(case: Case) -> Finding:
    """In each process by itself: what comes after its first commit, and what it lets go before."""
    launched = launches(case)
    ends = [*(entry.sent for entry in launched[1:]), math.inf]
    problems: list[Fault] = []
    evidence: list[Entry] = []
    for launch, until in zip(launched, ends, strict=False):
        commits = _commits(case, launch, until)
        modified = _modifications(case, launch.sent, until)
        evidence += [*commits[:1], *modified[:1]]
        problems += _after(case, commits, until) if commits else []
        problems += _refused(case, launch, commits[0].sent if commits else until)
        problems += _unprotected(case, launch, commits[0].sent) if commits else []
    if problems:
        return failed("; ".join(what for what, _ in problems), [e for _, proof in problems for e in proof])
    if not evidence:
        return inconclusive("nothing was modified, and nothing committed")
    return passed("no rollback after a commit, and none refused before", evidence)


def _commits(case: Case, launch: Entry, until: float) -> list[Entry]:
    asked = case.history.find("POST", source=case.roles.smm, after=launch.sent, before=until)
    return [e for e in asked if e.ok and e.path.endswith("/commit") and e.to in instances(case)]


def _modifications(case: Case, after: float, before: float) -> list[Entry]:
    asked = case.history.find("POST", MODIFY, source=case.roles.smm, after=after, before=before)
    return [entry for entry in asked if entry.status == 202 and entry.to in instances(case)]


def _after(case: Case, commits: list[Entry], until: float) -> Iterator[Fault]:
    committed, smm = commits[0], case.roles.smm
    since = commits[-1].sent
    back = _modifications(case, committed.sent, until)
    back += [e for e in case.history.find("POST", UNDO, source=smm, after=committed.sent, before=until) if e.ok]
    back += [e for e in case.history.find("POST", POINTS + "/*/restore", source=smm, after=since, before=until) if e.ok]
    if back:
        yield f"committed at n={committed.n}, and rolled back at n={back[0].n}", [committed, back[0]]
    for task in ("rollback", "fallback"):
        asked = case.history.find("POST", f"{PROCESSES}/*/{task}", to=smm, after=committed.answered, before=until)
        for entry in asked:
            if entry.ok:
                yield f"a {task} was taken up at n={entry.n}, after the commit", [committed, entry]


def _refused(case: Case, launch: Entry, until: float) -> Iterator[Fault]:
    """While nothing is committed the way back is not refused."""
    asked = case.history.find("POST", PROCESSES + "/*/rollback", to=case.roles.smm, after=launch.sent, before=until)
    for entry in asked:
        if entry.status == 409 and _waits(case, entry):
            yield f"a rollback was refused at n={entry.n}, though nothing is committed", [entry]


def _unprotected(case: Case, launch: Entry, until: float) -> Iterator[Fault]:
    """Until the commit, what the way back needs is not thrown away."""
    if fallen_back(case) < until or not _modifications(case, launch.sent, until):
        return
    for entry in _thrown_away(case, launch, until):
        yield f"what the way back needs went at n={entry.n}, before the commit", [entry]


def _waits(case: Case, asked: Entry) -> bool:
    """Whether the last that the SMM said before was that the process waits for its manager."""
    told = [
        str(entry.asked("state"))
        for entry in case.history.find(source=case.roles.smm, to=case.roles.observer, before=asked.sent)
        if entry.asked("state") in (*ENDED, WAITING)
    ]
    return bool(told) and told[-1] == WAITING


def _thrown_away(case: Case, launch: Entry, until: float) -> Iterator[Entry]:
    """Restoration points and rollback resources that the process made, and gave up before its commit."""
    smm = case.roles.smm
    for path in (POINTS, RESERVATIONS):
        made = [e for e in case.history.find("POST", path, source=smm, after=launch.sent, before=until) if e.ok]
        for entry in made:
            if path == RESERVATIONS and entry.asked("purpose") != "SOFTWARE_ROLLBACK":
                continue
            gone = case.history.find(
                "DELETE", f"{path}/{entry.told('id')}", source=smm, after=launch.sent, before=until
            )
            yield from (e for e in gone if e.ok)
