"""A run of five scenarios, written by hand: one of each verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

TABLE = "5.2.2.5-1"
ACTORS = {
    "observer": "OBSERVER",
    "smm": "SMM",
    "vnfm": "VNFM",
    "tester": "TESTER",
    "vim": "VIM",
    "nfvo": "NFVO",
    "vnf": "VNF",
    "em": "EM",
}
ROLES = {"target": "vnfm", "impacted_fes": ["nfvo", "vim"], "impacted_entities": ["vnf", "em"], "provider": "vim"}
SWM, OCC = "/nfvmanoswm/v1", "/nfvmanoswm/v1/software_modification_op_occs/occ-1"


class Talk:
    """A conversation under construction; `marks` remembers entry numbers by a name."""

    def __init__(self) -> None:
        self.entries: list[dict[str, Any]] = []
        self.marks: dict[str, list[int]] = {}

    def say(self, mark: str, sender: str, to: str, what: str, status: int | None = 200, **more: Any) -> None:
        method, path = what.split()
        number = len(self.entries) + 1
        body = more.pop("request", None)
        entry = {
            "kind": "notification" if body and "notificationType" in body else "exchange",
            "n": number,
            "from": sender,
            "to": to,
            "sent": number * 2,
            "answered": number * 2 + 1,
            "at": number / 10,
            "method": method,
            "path": path,
            "query": "",
            "request": body,
            "status": status,
            "location": None,
            "response": None,
            "headers": {"Version": "1.0.0"},
            "failure": None,
            **more,
        }
        self.entries.append(entry)
        self.marks.setdefault(mark, []).append(number)

    def tell(self, mark: str, sender: str, to: str, kind: str, **said: Any) -> None:
        body = {"notificationType": kind, "id": f"n-{len(self.entries)}", **said}
        self.say(mark, sender, to, "POST /callbacks/notifications", 204, request=body)

    def strike(self, fault: str, to: str, event: str = "struck", kind: str = "fault") -> None:
        number = len(self.entries) + 1
        entry = {
            "kind": kind,
            "n": number,
            "sent": number * 2,
            "at": number / 10,
            "to": to,
            "event": event,
            "detail": {},
        }
        self.entries.append(entry | ({"fault": fault} if kind == "fault" else {"detail": {"point": fault}}))


def clean_talk(commit: bool = True) -> Talk:
    """The messages of a clean modification of the vnfm, with or without the commit."""
    talk = Talk()
    for peer in ("vnfm", "nfvo", "vim", "vnf", "em"):
        talk.say("pre", "observer", peer, "GET /nfvmanocim/v2/mano_entity")
    talk.say(
        "begin", "observer", "smm", "POST /smm/v1/processes", 202, request={"target": "vnfm", "planId": "internal"}
    )
    talk.say("capability", "smm", "vnfm", f"GET {SWM}/capability", response={"support": "INTERNAL_SEAMLESS"})
    talk.say("resources", "smm", "vim", "GET /vrm/v1/capacity", response={"total": {"vcpu": 64}})
    for purpose in ("SOFTWARE_MODIFICATION", "TESTING", "SOFTWARE_ROLLBACK"):
        talk.say("resources", "smm", "vim", "POST /vrm/v1/reservations", 201, request={"purpose": purpose})
    talk.say("point", "smm", "vnfm", f"POST {SWM}/restoration_points", 201, request={"description": "before <2.0.0>"})
    talk.say("logs", "smm", "vnfm", "POST /nfvmanologm/v1/log_jobs", 201)
    talk.say("plumbing", "smm", "vnfm", f"POST {SWM}/subscriptions", 201, request={"authentication": "***"})
    talk.say("plumbing", "vnfm", "smm", "GET /callbacks/notifications", 204)
    talk.say("plumbing", "smm", "tester", "POST /tester/v1/subscriptions", 201)
    talk.say("plumbing", "tester", "smm", "GET /callbacks/notifications", 204)
    talk.say("plumbing", "smm", "vnfm", "POST /vnflcm/v1/subscriptions", 201)
    talk.say(
        "request",
        "smm",
        "vnfm",
        f"POST {SWM}/software_modifications",
        202,
        request={"destinationSoftwareVersion": "2.0.0"},
    )
    for state, step in (
        ("STARTING", None),
        ("PROCESSING", "prepare"),
        ("PROCESSING", "deploy"),
        ("PROCESSING", "switch"),
    ):
        if step == "deploy":
            talk.say(
                "work",
                "vnfm",
                "vim",
                "POST /vrm/v1/reservations/r-1/allocations",
                201,
                request={"resources": {"vcpu": 2}},
            )
        talk.tell(
            "work",
            "vnfm",
            "smm",
            "SoftwareModificationOperationOccurrenceNotification",
            operationState=state,
            currentStep=step,
        )
    talk.say("work", "vnfm", "vim", "DELETE /vrm/v1/reservations/r-1/allocations/a-1", 204)
    talk.tell(
        "done",
        "vnfm",
        "smm",
        "SoftwareModificationOperationOccurrenceNotification",
        operationState="COMPLETED",
        result="SUCCESSFUL",
    )
    talk.say(
        "test",
        "smm",
        "tester",
        "POST /tester/v1/test_runs",
        202,
        request={"suites": ["health", "performance", "system"]},
    )
    for peer in ("nfvo", "vim", "vnf", "em"):
        talk.say("checks", "tester", peer, "POST /peer/v1/checks", 200, request={"peer": "vnfm"})
    talk.tell("tested", "tester", "smm", "TestRunNotification", state="COMPLETED", verdict="PASS")
    if commit:
        talk.say("end", "smm", "vnfm", f"POST {OCC}/commit", 200)
    talk.say("end", "smm", "vim", "DELETE /vrm/v1/reservations/r-3", 204)
    talk.say(
        "post", "observer", "vnfm", "GET /nfvmanocim/v2/mano_entity", response={"softwareInfo": {"version": "2.0.0"}}
    )
    return talk


def step(ref: str | None, text: str, verdict: str | None = "pass", evidence: Any = (), **more: Any) -> dict[str, Any]:
    row = ref.partition("#")[2] if ref else ""
    return {
        "keyword": "Then",
        "text": f"({row}) {text}" if ref else text,
        "ref": ref,
        "line": 20,
        "rule": None,
        "verdict": verdict,
        "strength": None,
        "reason": None,
        "evidence": list(evidence),
        "expected": None,
        **more,
    }


def clean_steps(talk: Talk) -> list[dict[str, Any]]:
    marks = talk.marks
    return [
        step(None, "a lab in which a seamless vnfm runs its source version", keyword="Given"),
        step(
            "5.2.2.3-1#2",
            "SMM, target, impacted FEs and entities work normally",
            evidence=marks["pre"],
            keyword="Given",
        ),
        step(f"{TABLE}#begin", "the external manager launches the process", evidence=marks["begin"], keyword="When"),
        step(f"{TABLE}#1", "the SMM checks the resources its plan names", evidence=marks["resources"]),
        step(f"{TABLE}#1", "the SMM holds a restoration point before anything is changed", evidence=marks["point"]),
        step(f"{TABLE}#1", "the SMM starts special logs", evidence=marks["logs"]),
        step(
            f"{TABLE}#2",
            "the SMM asks the target for the destination version, naming the resources it may use",
            evidence=marks["request"],
            rule="modification_requested",
            expected={"from": "smm", "to": "vnfm", "label": "request software modification"},
        ),
        step(f"{TABLE}#3", "the target moves by itself and releases what it no longer needs", evidence=marks["work"]),
        step(f"{TABLE}#4", "the target reports completion to the SMM", evidence=marks["done"]),
        step(
            f"{TABLE}#5",
            "the SMM has the tester run every suite that applies",
            evidence=[*marks["test"], *marks["checks"]],
        ),
        step(f"{TABLE}#6", "the tester reports success to the SMM and frees its resources", evidence=marks["tested"]),
        step(
            f"{TABLE}#end",
            "the SMM commits, and rollback resources are released",
            evidence=marks["end"],
            expected={"from": "smm", "to": "vnfm", "label": "commit"},
        ),
        step("5.2.2.4-1#2", "the target works normally and runs the destination version", evidence=marks["post"]),
    ]


def record(out: Path, name: str, verdict: str, steps: list[dict[str, Any]], talk: Talk | None, **more: Any) -> Path:
    """Write one run folder and return it."""
    folder = out / "runs" / more.pop("id", name.lower().replace(" ", "-").replace("<", "").replace(">", ""))
    folder.mkdir(parents=True)
    scenario = {
        "id": folder.name,
        "feature": "features/5_2_2/modification.feature",
        "featureName": "An entity that can modify its own software",
        "rule": more.pop("rule", "The destination version is committed"),
        "name": name,
        "line": more.pop("line", 12),
        "tags": ["clause:5.2.2", f"table:{TABLE}"],
        "entity": more.pop("entity", "vnfm"),
        "tables": [TABLE],
        "interpretations": more.pop("interpretations", []),
        "notes": more.pop("notes", []),
    }
    findings = {
        "format": "manolab-findings/1",
        "scenario": scenario,
        "verdict": verdict,
        "started": "2026-03-01T12:00:00Z",
        "durationSeconds": 0.02,
        "transport": "direct",
        "history": "history.jsonl" if talk else None,
        "steps": steps,
        "error": None,
        **more,
    }
    (folder / "findings.json").write_text(json.dumps(findings), encoding="utf-8")
    if talk:
        header = {
            "kind": "header",
            "format": "manolab-history/1",
            "run": folder.name,
            "manolab": "0.1.0",
            "transport": "direct",
            "backend": "embedded",
            "startedAt": "2026-03-01T12:00:00Z",
            "actors": {actor: {"type": kind, "url": f"http://{actor}"} for actor, kind in ACTORS.items()},
            "scenario": {"roles": ROLES},
        }
        footer = {"kind": "footer", "entries": len(talk.entries), "endedAt": "2026-03-01T12:00:01Z", "complete": True}
        lines = [json.dumps(entry) for entry in (header, *talk.entries, footer)]
        (folder / "history.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def write_run(out: Path) -> Path:
    """The whole run: pass, fail, inconclusive, not-applicable, error."""
    talk = clean_talk()
    record(out, "A clean modification of the vnfm", "pass", clean_steps(talk), talk, id="clean-vnfm")

    talk = clean_talk(commit=False)
    talk.strike("lost-response", "vnfm")
    steps = clean_steps(talk)
    steps[-2] |= {
        "verdict": "fail",
        "strength": "contradicts-flow",
        "reason": "the SMM never commits <the modification> & leaves it open",
    }
    record(
        out,
        "A modification of the vnfm that is <not> committed",
        "fail",
        steps,
        talk,
        id="uncommitted-vnfm",
        line=40,
        interpretations=["I-003"],
        notes=["4"],
    )

    talk = Talk()
    talk.say("begin", "observer", "smm", "POST /smm/v1/processes", 202)
    talk.strike("hang", "vim", "armed")
    talk.say("hung", "smm", "vim", "GET /vrm/v1/capacity", None, failure="hang")
    steps = [
        step(f"{TABLE}#begin", "the external manager launches the process", evidence=[1], keyword="When"),
        step(
            f"{TABLE}#1",
            "the SMM checks the resources its plan names",
            "inconclusive",
            [3],
            reason="no answer within 120 s of the lab",
        ),
        step(f"{TABLE}#2", "the SMM asks the target for the destination version", None),
    ]
    record(
        out,
        "A modification while the vim hangs",
        "inconclusive",
        steps,
        talk,
        id="hang-vim",
        line=60,
        entity="vim",
        rule=None,
    )

    steps = [step(f"{TABLE}#2", "the SMM asks the target for the destination version", None)]
    record(
        out, "An nfvo without internal support", "not-applicable", steps, None, id="absent-nfvo", line=80, entity="nfvo"
    )

    error = "Traceback (most recent call last):\n  ...\nLabError: the tester's port was taken"
    record(
        out,
        "A lab that broke",
        "error",
        [step(None, "a lab", None)],
        None,
        id="broken",
        line=90,
        entity="oss",
        error=error,
    )
    ids = sorted(folder.name for folder in (out / "runs").iterdir())
    (out / "selection.json").write_text(
        json.dumps({"format": "manolab-selection/1", "scenarios": ids}), encoding="utf-8"
    )
    return out
