"""Everybody agrees who serves: after the end each peer reaches the instance that lives, and is authenticated there."""

from __future__ import annotations

from collections.abc import Iterator

from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.interfaces import TOKEN
from harness.judge.invariants.replacement import agreed, disagreements
from harness.judge.invariants.stage import (
    excused,
    instances,
    living,
    of_another_kind,
    settled,
    successors,
)
from harness.judge.observer import after_end
from harness.judge.registry import INVARIANTS
from harness.judge.states import INTERFACES, checks, works

Fault = tuple[str, list[Entry]]


@INVARIANTS("peers agree: each points at the instance that lives, and is authenticated to it")
def peers(case: Case) -> Finding:
    """What the impacted actors did when the observer had them use a service, after a process that ended in order."""
    end = case.end_of_process
    if end is None or not settled(case):
        return inconclusive("no process has ended in order")
    asked = [check for actor in instances(case) for check in checks(case, actor, end.sent)]
    mine = [check for check in asked if check.to in case.roles.impacted and not excused(case, check)]
    latest = {(check.to, _used(check)): check for check in mine}
    problems = [problem for check in latest.values() for problem in _problems(case, check)]
    problems += disagreements(case) if of_another_kind(case) else []
    if problems:
        return failed("; ".join(what for what, _ in problems), [e for _, proof in problems for e in proof])
    seen = agreed(case) if of_another_kind(case) else []
    if not seen and not any(_used(check) in living(case) for check in latest.values()):
        return inconclusive("nobody was asked to use a service after the end")
    return passed(f"{len(latest)} uses by peers, none of what is gone", [*latest.values(), *seen])


def _problems(case: Case, check: Entry) -> Iterator[Fault]:
    peer = _used(check)
    reaches = _reaches(case, check, peer)
    if peer not in living(case):
        if reaches:
            yield f"{check.to} still uses {peer}, which was to be gone", [check]
        return
    if not reaches:
        yield f"{check.to} does not reach {peer}", [check]
        return
    if peer in successors(case) and not _authenticated(case, check.to, peer):
        yield f"{check.to} was never authenticated to {peer}", [check]
    used = [e for e in case.history.find(source=check.to, to=peer, after=check.sent, before=check.answered) if e.ok]
    if used and (dead := _dead(case, peer, used[-1])):
        yield f"{check.to} uses {dead} of {peer}, which is not at work", [check, used[-1]]


def _used(check: Entry) -> str:
    """Whom an actor turned to when it was asked to use a peer: it may know another in that peer's place."""
    return str(check.told("peer") or check.asked("peer"))


def _reaches(case: Case, check: Entry, peer: str) -> bool:
    uses = case.history.find(source=check.to, to=peer, after=check.sent, before=check.answered)
    return check.ok and check.told("reachable") is True and any(use.ok for use in uses)


def _authenticated(case: Case, actor: str, peer: str) -> bool:
    return any(entry.ok for entry in case.history.find("POST", TOKEN, source=actor, to=peer))


def _dead(case: Case, peer: str, use: Entry) -> str:
    """The interface that a use went to, if the observer's last look shows that it is not at work."""
    look = after_end(case, INTERFACES, peer)
    for item in look.items if look else ():
        root = str((item.get("apiEndpoint") or {}).get("apiUri") or "")
        if root and use.path.startswith(f"{root}/") and not works(item.get("interfaceState")):
            return str(item.get("id"))
    return ""
