"""The reference SMM as a process beside the mocks of a lab, with an external manager who launches modifications."""

from __future__ import annotations

from typing import Any

from mocks.lab.lab import Lab

SERVICE = "harness.smm.service"
DEPLOY = "software-modification/deploy"
ENDED = ("COMPLETED", "ROLLED_BACK", "FAILED")


def listen(_environ: Any, start: Any) -> list[bytes]:
    """What the manager answers to every notification."""
    start("204 No Content", [])
    return [b""]


def bring_smm(lab: Lab) -> None:
    """Have the SMM and its manager in the lab."""
    lab.host("observer", "OBSERVER", listen)
    lab.host("smm", "SMM", listen)
    lab.host("smm", "SMM", lab.launch("smm", SERVICE))


def modify(lab: Lab, target: str = "vnfm") -> str:
    """Subscribe, and launch a modification of the target; returns the path of the process."""
    session, url = lab.session("observer"), lab.actors["smm"].url
    callback = {"callbackUri": f"{lab.actors['observer'].url}/callbacks/processes"}
    assert session.post(f"{url}/smm/v1/subscriptions", json=callback, timeout=30).status_code == 201
    concerned = lab.topology.targets[target]
    wanted = {
        "planId": "internal-seamless",
        "target": target,
        "destinationSoftwareVersion": "2.0.0",
        "resourceProvider": concerned.provider,
        "tester": "tester",
        "impacted": list(concerned.impacted),
        "commit": "automatic",
    }
    answer = session.post(f"{url}/smm/v1/processes", json=wanted, timeout=30)
    assert answer.status_code == 202, answer.text
    return answer.headers["Location"]


def outcome(lab: Lab) -> Any:
    """What the manager is told when the process ends."""
    last = lab.wait_for(lambda e: e["to"] == "observer" and (e.get("request") or {}).get("state") in ENDED, 600)
    return last and last["request"]["outcome"]


def kill_in_mid_process(lab: Lab, meanwhile: Any = lambda: None) -> Any:
    """Kill the SMM while the target is at work, bring it back; returns how the process ended."""
    lab.begin(None)
    hold = lab.control("vnfm").hold(DEPLOY)
    modify(lab)
    assert lab.wait_for(lambda e: e["kind"] == "lab" and e["event"] == "held", 600)
    heal = lab.afflict("smm", "crash")
    meanwhile()
    heal()
    lab.control("vnfm").release(hold)
    return outcome(lab)
