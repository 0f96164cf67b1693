"""The SMM as a process beside mocks: introduced to each run, killed and picked up again, and given no secret."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import requests

from mocks.lab.errors import LabError
from mocks.lab.lab import Lab, open_lab
from tests.lab.guest import SERVICE, bring_smm, kill_in_mid_process, listen, modify, outcome


@pytest.fixture(scope="module")
def lab() -> Iterator[Lab]:
    with open_lab(backend="processes") as lab:
        bring_smm(lab)
        yield lab


def modifications(lab: Lab) -> int:
    """How often the target was asked to change."""
    asked = ("POST", "/nfvmanoswm/v1/software_modifications", "smm")
    return [(e.get("method"), e.get("path"), e.get("from")) for e in lab.history.entries].count(asked)


def test_a_modification_goes_through_the_labs_recorder_both_ways(lab: Lab) -> None:
    """What the SMM asks and what it is told stands in the history as it does when all live in one process."""
    lab.begin(None)
    modify(lab)
    assert outcome(lab) == "DESTINATION_COMMITTED"
    said = {(e["from"], e["to"]) for e in lab.history.entries if e["kind"] in ("exchange", "notification")}
    assert {("smm", "vnfm"), ("vnfm", "smm"), ("smm", "tester"), ("tester", "smm"), ("smm", "vim")} <= said
    assert not [pair for pair in said if pair[0] == "unknown"]


def test_a_killed_smm_picks_its_process_up(lab: Lab) -> None:
    """Kill -9 in mid-process: the next life goes on, asks nothing twice, and tells its subscriber of the end."""

    def nobody_answers() -> None:
        with pytest.raises(requests.ConnectionError):
            lab.session("observer").get(lab.actors["smm"].url + "/smm/v1/processes", timeout=30)

    assert kill_in_mid_process(lab, nobody_answers) == "DESTINATION_COMMITTED"
    assert modifications(lab) == 1
    assert [(e["to"], e["event"]) for e in lab.history.entries if e["kind"] == "fault"] == [
        ("smm", "struck"),
        ("smm", "healed"),
    ]


def test_each_run_has_an_smm_that_has_seen_nothing(lab: Lab) -> None:
    """No process and no subscription of the run before; one that was left killed is back."""
    lab.begin(None)
    modify(lab)
    lab.afflict("smm", "crash")
    lab.begin(None)
    session, url = lab.session("observer"), lab.actors["smm"].url
    assert session.get(f"{url}/smm/v1/processes", timeout=30).json() == []
    assert session.get(f"{url}/smm/v1/subscriptions", timeout=30).json() == []


def test_a_paused_smm_is_silent_until_it_goes_on(lab: Lab) -> None:
    """A hang is a pause of the process: callers see their time-out, and an answer afterwards."""
    lab.begin(None)
    session, url = lab.session("observer"), lab.actors["smm"].url + "/smm/v1/processes"
    heal = lab.afflict("smm", "hang")
    with pytest.raises(requests.RequestException):
        session.get(url, timeout=lab.clock.real(60))
    heal()
    assert session.get(url, timeout=30).status_code == 200


def test_the_key_of_the_smm_opens_nothing_else(lab: Lab) -> None:
    """It may say that it is ready itself, not that others are, and writes nothing into the history."""
    lab.begin(None)
    backend = lab._backend
    key = {"Authorization": f"Bearer {backend._guests['smm'].key}"}
    for path, message in (
        ("/ready", {"actor": "vnfm", "port": 1}),
        ("/events", {"kind": "fault", "actor": "smm", "facts": {}}),
    ):
        assert requests.post(backend._collector.url + path, json=message, headers=key, timeout=30).status_code == 403
    assert (
        requests.get(lab.actors["vnfm"].url + "/nfvmanocim/v2/mano_entity", headers=key, timeout=30).status_code == 401
    )


def test_nobody_else_resets_the_smm(lab: Lab) -> None:
    """The door for the lab is shut to whoever has an access token, or none."""
    lab.begin(None)
    url = lab._backend._fronts["smm"].control.target + "/node/v1/runs"
    assert requests.post(url, json={"now": 0}, timeout=30).status_code == 401
    assert lab.session("observer").post(url, json={"now": 0}, timeout=30).status_code == 401


def test_the_embedded_lab_says_that_it_is_one_process() -> None:
    """Where there are no processes, none can be had, and nobody is launched who was not hosted."""
    with open_lab() as lab:
        lab.host("smm", "SMM", listen)
        with pytest.raises(LabError, match="one process"):
            lab.launch("smm", SERVICE)
        with pytest.raises(LabError, match="host"):
            lab.launch("vnfm", SERVICE)


def test_who_does_not_come_up_is_named_with_its_last_words(lab: Lab) -> None:
    """A role that is no module ends with the reason that Python gives."""
    lab.host("other", "SMM", listen)
    with pytest.raises(LabError, match=r"other ended before it was ready: .*No module named nowhere"):
        lab.launch("other", "nowhere")
