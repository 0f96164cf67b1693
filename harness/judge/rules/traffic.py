"""Traffic is led over and nothing of it is lost: row 9 of tables 5.5.2.5-1 and 5.5.2.6-1, notes 3 and 2."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.network_service import Turn, associations, named, sessions, shares, turns, vnf
from harness.judge.registry import FLOW

STEERING = "/steering/v1/routes"
TOLD = "/traffic/v1/routes"
WHOLE = 100


@FLOW("the SMM redirects the traffic to the {version} VNF by the schedule of its plan")
def traffic_redirected(case: Case, version: Which) -> Finding:
    """The shares of the schedule that were left to go, one after the other, and each of them came to be."""
    roles, name = case.roles, vnf(case, version)
    steering = named(case, "steering")
    expected = case.arrow(roles.smm, steering, f"redirect traffic to {version} VNF")
    limit = next((each.entry.sent for each in associations(case) if each.entry.sent > case.after), float("inf"))
    asked = case.history.find("PUT", STEERING, source=roles.smm, to=steering, after=case.after, before=limit)
    orders = _onward(name, [e for e in asked if e.ok])
    if not orders:
        early = [e for e in case.history.find("PUT", STEERING, source=roles.smm, to=steering) if e.ok]
        return case.absent("a redirection", early, expected)
    problems = list(_schedule_problems(case, name, orders))
    if problems:
        return failed("; ".join(problems), orders, expected, orders[-1].answered)
    return passed("redirected by the schedule", orders, expected, orders[-1].answered)


def _onward(name: str, orders: list[Entry]) -> list[Entry]:
    """The orders until one takes a share back: from there on the traffic is led the other way."""
    given = [shares(entry).get(name, 0) for entry in orders]
    back = [at for at, (one, other) in enumerate(pairwise(given), 1) if other < one]
    return orders[: back[0]] if back else orders


def schedule(case: Case) -> list[int]:
    """The shares that the process was launched with."""
    told = (case.launch.asked("parameters") or {}) if case.launch else {}
    return sorted(int(each) for each in told.get("schedule", [WHOLE]))


def _schedule_problems(case: Case, name: str, orders: list[Entry]) -> Iterable[str]:
    before = _shares_before(case, orders[0]).get(name, 0)
    wanted = [share for share in schedule(case) if share > before]
    found = [shares(entry).get(name, 0) for entry in orders]
    if found != wanted:
        yield f"its shares are {found}, the schedule wants {wanted}"
    source = named(case, "traffic_source")
    told = [e for e in case.history.find("PUT", TOLD, to=source) if e.ok]
    for entry in orders:
        if not any(e.sent > entry.sent and shares(e) == shares(entry) for e in told):
            yield f"{source} was not told of n={entry.n}"
    for one, following in pairwise(orders):
        if not [e for e in sessions(case, name, one.sent, following.sent) if e.method == "POST" and e.ok]:
            yield f"between n={one.n} and n={following.n} {name} was given nothing to do"


def _shares_before(case: Case, order: Entry) -> dict[str, int]:
    earlier = [e for e in case.history.find("PUT", STEERING, to=order.to, before=order.sent) if e.ok]
    return shares(earlier[-1]) if earlier else {}


@FLOW("no request within the NS is lost")
def no_request_lost(case: Case) -> Finding:
    """Every request that VNF1 sent since before the launch was served, and none is left without an end."""
    both = (vnf(case, "source"), vnf(case, "destination"))
    sent = sorted((e for name in both for e in sessions(case, name)), key=lambda entry: entry.sent)
    if case.launch is None or not sent:
        return case.missing("traffic within the NS")
    lost = [e for e in sent if not e.ok]
    if lost:
        detail = ", ".join(f"{e.to} answered {e.status or e.failure} at n={e.n}" for e in lost[:3])
        return failed(f"{len(lost)} requests were lost: {detail}", lost)
    opened = {str(e.told("id")) for e in sent if e.method == "POST"}
    ended = {e.path.rsplit("/", 1)[-1] for e in sent if e.method == "DELETE"}
    if opened - ended:
        return inconclusive(f"{len(opened - ended)} sessions were not seen to end", sent[-1:])
    end = case.end_of_process
    if end is None or sent[-1].sent < end.sent:
        return case.missing("traffic until the end of the process", instead=sent[-1:])
    return passed(f"{len(sent)} requests, all of them served", [sent[0], sent[-1]])


@FLOW("at any moment there is a path that serves, and none is cut off that is in use")
def path_kept(case: Case) -> Finding:
    """Whoever gets a share of the traffic is started and stays so while it does."""
    told = [e for e in case.history.find("PUT", TOLD, to=named(case, "traffic_source")) if e.ok]
    if case.launch is None or not told:
        return case.missing("a share of the traffic for anybody")
    for each in told:
        for name in shares(each):
            if not _started(case, name, each.sent):
                return failed(f"{name} gets traffic at n={each.n} and is not started", [each])
    both = (vnf(case, "source"), vnf(case, "destination"))
    stops = [turn.entry for name in both for turn in _stops(case, name)]
    for stop in stops:
        now = [each for each in told if each.sent < stop.sent]
        if now and stop.to in shares(now[-1]):
            return failed(f"{stop.to} was stopped at n={stop.n} while {shares(now[-1])[stop.to]} % went there", [stop])
    if case.end_of_process is None:
        return case.missing("the end of the process")
    return passed("whoever had traffic was at work", [*told, *stops])


def _started(case: Case, name: str, at: float) -> bool:
    before = [turn for turn in turns(case, name) if turn.entry.sent < at]
    return bool(before) and before[-1].started


def _stops(case: Case, name: str) -> Iterable[Turn]:
    return (turn for turn in turns(case, name) if not turn.started)
