"""What is recorded in a whole run is what the OpenAPI descriptions say, the SMM's own interface included."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.api.conformance import described, entry_problems, history_problems
from tests.transports.conftest import Entries, Suite

CALLBACKS = "/callbacks/"


@pytest.fixture(scope="module")
def histories(direct: Suite) -> dict[str, Entries]:
    """Every history of a run of the whole suite."""
    return {scenario: direct.entries(scenario) for scenario in sorted(direct.scenarios)}


def test_every_exchange_and_notification_is_as_described(histories: dict[str, Entries]) -> None:
    """Each answer of each actor fits its description, and each notification the schema of its name."""
    for scenario, entries in histories.items():
        problems = history_problems(entries)
        assert not problems, "\n".join([scenario, *problems])


def test_every_api_of_the_lab_was_looked_at(histories: dict[str, Entries]) -> None:
    """All APIs speak in a run of the suite, the SMM's among them, and nothing else but callbacks does."""
    paths = [entry["path"] for entries in histories.values() for entry in entries if entry["kind"] == "exchange"]
    spoken = Counter(described(path).split("/")[1] for path in paths)
    apis = {"nfvmanocim", "nfvmanologm", "nfvmanoswm", "vrm", "tester", "peer", "nslcm", "vnflcm", "smm"}
    apis |= {"managed", "fallback", "nsd", "traffic", "steering", "vnfconfig", "svnf", "mcio", "wan", "pair"}
    assert set(spoken) == apis | {"callbacks", "oauth2"}
    kinds = {
        entry["request"]["notificationType"]
        for entries in histories.values()
        for entry in entries
        if entry["kind"] == "notification"
    }
    assert {"SoftwareModificationProcessNotification", "TestRunNotification"} < kinds


def test_callbacks_answer_204_without_a_body(histories: dict[str, Entries]) -> None:
    """The test of a callback and each notification (SOL 013 clause 5.9)."""
    for scenario, entries in histories.items():
        for entry in entries:
            if entry["kind"] == "notification" or entry.get("path", "").startswith(CALLBACKS):
                assert (entry["status"], entry["response"]) == (204, None), (scenario, entry)


def test_what_is_not_described_is_found() -> None:
    """A check that cannot fail proves nothing."""
    wire = {"kind": "exchange", "from": "observer", "to": "smm", "method": "GET", "location": None, "n": 1}
    process = {**wire, "path": "/smm/v1/processes/1", "status": 200, "response": {"id": "1"}}
    assert any("'state' is a required property" in problem for problem in entry_problems(process))
    assert entry_problems({**wire, "path": "/smm/v1/nothing", "status": 200, "response": {}})
    told = {**wire, "kind": "notification", "request": {"notificationType": "SoftwareModificationProcessNotification"}}
    assert entry_problems(told)
