"""Direct calls and sockets are one lab: the same is said, the same faults strike, the same is found."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from tests.transports.conftest import Entries, Suite

ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
POLLED = re.compile(
    r"vnfm GET vim /vrm/v1/vrm_op_occs(/\*)?"
    r"|smm GET \S+ (/nfvmanoswm/v1/software_modification_op_occs|/tester/v1/test_runs)/\*"
)
"""Look-ups of an operation that has not ended: over sockets it ends after so much real time, and he who looks every so
many lab seconds may look more often than where time stands still while somebody works."""

Said = tuple[str, ...]


def said(entry: dict[str, Any]) -> Said:
    """What an entry says without times, ids and numbers, which are a run's own."""
    if entry["kind"] in ("fault", "lab"):
        return entry["kind"], entry["to"], str(entry.get("fault")), entry["event"], json.dumps(entry["detail"])
    path = ID.sub("*", entry["path"])
    words = f"{entry['from']} {entry['method']} {entry['to']} {path}"
    return entry["kind"], words, str(entry["status"]), str(entry["failure"])


def difference(calls: Entries, wires: Entries) -> list[str]:
    """What was said more often over one transport than over the other."""
    by_call, by_wire = Counter(map(said, calls)), Counter(map(said, wires))
    more = [f"only by calls, {number} times: {one}" for one, number in (by_call - by_wire).items()]
    return more + [
        f"only over sockets, {number} times: {one}"
        for one, number in (by_wire - by_call).items()
        if not POLLED.fullmatch(one[1])
    ]


def test_both_transports_have_the_same_history(direct: Suite, sockets: Suite) -> None:
    """Who says what to whom, with what answer, and every fault and hold: as often over one as over the other."""
    assert len(sockets.scenarios) > 20
    for scenario in sorted(sockets.scenarios):
        found = difference(direct.entries(scenario), sockets.entries(scenario))
        assert not found, "\n".join([scenario, *found])


def test_both_transports_have_the_same_findings(direct: Suite, sockets: Suite) -> None:
    """Each step and row has the same verdict over sockets as by calls, and so has the scenario."""
    for scenario in sorted(sockets.scenarios):
        one, other = direct.findings(scenario), sockets.findings(scenario)
        assert (one["transport"], other["transport"]) == ("direct", "sockets")
        assert (other["verdict"], _judged(other)) == (one["verdict"], _judged(one)), scenario


def test_a_difference_is_seen() -> None:
    """A message more or less, another status, a fault that did not strike; an id or a look-up more is none."""
    ask = {"kind": "exchange", "from": "smm", "to": "vim", "method": "GET", "path": "/vrm/v1/capacity"}
    ask |= {"status": 200, "failure": None}
    look = {**ask, "from": "vnfm", "path": "/vrm/v1/vrm_op_occs/0b6e7f44-3e8c-5c59-9c3e-1a7f3f0f7c11"}
    struck = {"kind": "fault", "to": "vim", "fault": "hang", "event": "struck", "detail": {}}
    assert not difference([ask, look], [look, ask, look])
    assert len(difference([ask], [ask, ask])) == 1
    assert len(difference([ask, struck], [{**ask, "status": 500}])) == 3
    assert len(difference([look, look], [look])) == 1


def _judged(record: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [(step["ref"], step["text"], step["verdict"]) for step in record["steps"]]
