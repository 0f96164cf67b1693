"""The end of a process: 5.2.2.5-1, 5.2.2.6-1 and 5.2.2.7-1 end, 5.2.2.8-1 row 8."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from harness.judge.attempts import attempt
from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.instances import living
from harness.judge.observer import after_end
from harness.judge.pair import members
from harness.judge.provider import RESERVATIONS
from harness.judge.registry import FLOW
from harness.judge.rules.preparation import LOG_JOBS, POINTS
from harness.judge.rules.testing import end_reports, runs
from harness.judge.units import span

COMMITS = "/nfvmanoswm/v1/software_modification_op_occs/*/commit"


def commits(case: Case) -> list[Entry]:
    """What makes the end of a process final: a commit at the target; or, between instances, that the way back goes."""
    roles = case.roles
    if not roles.destination:
        return [e for e in case.history.find("POST", COMMITS, source=roles.smm, to=roles.target) if e.ok]
    made = case.history.find("POST", RESERVATIONS, source=roles.smm, to=roles.provider)
    ids = {e.told("id") for e in made if e.status == 201 and e.asked("purpose") == "SOFTWARE_ROLLBACK"}
    gone = [e for e in case.history.find("DELETE", RESERVATIONS + "/*", source=roles.smm, to=roles.provider) if e.ok]
    points = [e for e in case.history.find("DELETE", POINTS + "/*", source=roles.smm, to=roles.target) if e.ok]
    return sorted([e for e in gone if e.path.rsplit("/", 1)[-1] in ids] + points, key=lambda entry: entry.sent)


@FLOW("the SMM commits the move to the {version} version at the target")
def modification_committed(case: Case, version: Which) -> Finding:
    """After the tests, at the occurrence that reached this version, and answered as committed."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.target, "commit software modification")
    one = attempt(case, case.version(version))
    if one is None:
        return case.missing("a request that the target took up", expected)
    # once another modification was asked for, a commit makes that one final as well
    after = [entry for entry in one.commits if case.after < entry.sent < one.until]
    if not after:
        return case.absent("the commit", one.commits, expected)
    if after[0].told("committed") is not True:
        return failed("the target did not answer that it is committed", after, expected, after[0].answered)
    asked = [e for e, item in one.answers if e.sent > after[0].sent and item.get("committed") is False]
    if asked:
        return failed("asked later, the target says that it is not committed", [*after, *asked], expected)
    return passed("committed at the target", after, expected, after[0].answered)


@dataclass(frozen=True)
class Protection:
    """A kind of thing that protects a process until it is committed, and where it is kept."""

    what: str
    path: str
    keeper: str


def _protections(case: Case) -> tuple[Protection, ...]:
    return (
        Protection("reservation", RESERVATIONS, case.roles.provider),
        Protection("restoration point", POINTS, case.roles.target),
        Protection("logging job", LOG_JOBS, case.roles.target),
    )


@FLOW("the SMM releases what protected the process")
def protection_released(case: Case) -> Finding:
    """Nothing that the SMM made is left, as the observer sees afterwards, and none of it went before the commit."""
    problems = [text for kind in _protections(case) for text in _too_early(case, kind, _made(case, kind))]
    evidence: list[Entry] = []
    for kind in () if problems and case.end_of_process is None else _protections(case):
        made = _made(case, kind)
        left = after_end(case, kind.path, kind.keeper)
        if left is None and _left_with_its_keeper(case, kind):
            continue
        if left is None:
            return _unseen(case, kind, made)
        evidence += [left, *_deletions(case, kind)]
        ids = {item.get("id") for item in left.items if not _inhabited(case, item)}
        problems += [
            f"{kind.what} {entry.told('id')} of n={entry.n} is left" for entry in made if entry.told("id") in ids
        ]
    if problems:
        return failed("; ".join(problems), evidence)
    if not any(_made(case, kind) for kind in _protections(case)):
        return case.missing("anything that protects the process")
    return passed("nothing that the SMM made for the process is left", evidence)


def _left_with_its_keeper(case: Case, kind: Protection) -> bool:
    """Whether the instance that kept it is gone, and it with it (GR clause 5.3.3)."""
    return kind.what == "logging job" and living(case) != kind.keeper


def _inhabited(case: Case, reservation: Mapping[str, Any]) -> bool:
    """Whether the instance that was made of a reservation is the one that stays."""
    owners = {str(each.get("owner")) for each in reservation.get("allocations") or []}
    stay = {living(one) for one in members(case) or (case,)}
    return bool(case.roles.destination) and len(owners) == 1 and owners <= stay


def _unseen(case: Case, kind: Protection, made: list[Entry]) -> Finding:
    if case.end_of_process is None:
        return case.missing(f"the release of each {kind.what}", instead=made)
    return inconclusive(f"the observer could not see at {kind.keeper} whether a {kind.what} is left", made)


def _made(case: Case, kind: Protection) -> list[Entry]:
    made = case.history.find("POST", kind.path, source=case.roles.smm, to=kind.keeper)
    return [entry for entry in made if entry.status == 201]


def _deletions(case: Case, kind: Protection) -> list[Entry]:
    return [e for e in case.history.find("DELETE", kind.path + "/*", source=case.roles.smm, to=kind.keeper) if e.ok]


def _too_early(case: Case, kind: Protection, made: Iterable[Entry]) -> Iterable[str]:
    """What enables the way back must last until the commit that follows its making."""
    for entry in made:
        if kind.what == "reservation" and entry.asked("purpose") != "SOFTWARE_ROLLBACK":
            continue
        committed = [e for e in case.history.find("POST", COMMITS, source=case.roles.smm, after=entry.sent) if e.ok]
        committed = committed or _last_of_units(case, entry)
        until, when = (committed[0].sent, f"at n={committed[0].n}") if committed else (-math.inf, "")
        if not committed and _is_untested(case):
            until, when = math.inf, "which needs a verdict of the tester that has not come"
        gone = [e for e in _deletions(case, kind) if e.path.endswith(f"/{entry.told('id')}") and e.sent < until]
        yield from (f"{kind.what} {entry.told('id')} went at n={e.n}, before the commit {when}" for e in gone)


def _last_of_units(case: Case, made: Entry) -> list[Entry]:
    """With redundancy units the process alone is committed, after the last word of the tester (I-085)."""
    if not span(case) or _is_untested(case):
        return []
    told = case.history.notifications(
        "TestRunNotification", source=case.roles.tester, to=case.roles.smm, after=made.sent
    )
    return [entry for entry in told if entry.asked("state") == "COMPLETED"][-1:]


def _is_untested(case: Case) -> bool:
    """Whether a process of redundancy units goes on, and the tester has not ended the last that it was asked for."""
    asked = runs(case)
    return bool(span(case) and case.end_of_process is None and asked and not end_reports(case, asked[-1]))


@FLOW("the SMM keeps what a fallback needs")
def protection_kept(case: Case) -> Finding:
    """Note 3: while the way back is open, the restoration point and the special logs stay."""
    kinds = [kind for kind in _protections(case) if kind.what != "reservation"]
    made = [entry for kind in kinds for entry in _made(case, kind)]
    gone = [entry for kind in kinds for entry in _deletions(case, kind)]
    if gone:
        return failed("deleted though a fallback may need it: " + ", ".join(entry.path for entry in gone), gone)
    if not made or case.end_of_process is None:
        return case.missing("a restoration point or special logs of the process", instead=made)
    return passed("restoration point and special logs were not deleted", made)
