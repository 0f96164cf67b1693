"""One clean software modification (5.2.2.5), driven, recorded and judged, against the bare cost of its exchanges.

Bare means: the same requests with the same bodies, sent in the same order by `requests` over the same transport, to
Flask applications that answer what was recorded and do nothing else. Nothing is recorded, driven or judged there.
The flow is judged in every row as the suite judges it, but for the sentence about continuity, which needs peers that
keep using the target at each of its steps: a stimulus of the suite, and no exchange of the flow.
"""

from __future__ import annotations

import itertools
import json
import tempfile
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import requests
from flask import Flask, Response, request
from gherkin.parser import Parser

import harness.judge.rules  # noqa: F401  (registers the rules)
from benchmarks.figures import Figure, figure, in_turn, ratios
from harness.judge.case import Case
from harness.judge.findings import Finding
from harness.judge.history import History
from harness.judge.registry import FLOW
from harness.judge.verdicts import Verdict
from harness.judge.walk import Walk
from mocks.lab.transport import TRANSPORTS
from steps.arrangement import Arrangement
from steps.bench import Bench
from steps.drive import Drive
from steps.phrases import Sentence, split_row
from steps.settings import REFERENCE, Settings

FEATURE = Path(__file__).parents[1] / "features" / "5_2_2_seamless" / "modification.feature"
SCENARIO = "A clean modification"
NEEDS_STIMULUS = "the target's services stay up the whole time"
Judged = list[tuple[str | None, Any, dict[str, Any]]]
Exchange = dict[str, Any]


def measure(rounds: int) -> Iterator[Figure]:
    rows = judged_rows()
    for transport in TRANSPORTS:
        with tempfile.TemporaryDirectory() as folder:
            yield from _measured(transport, Path(folder), rows, rounds)


def _measured(transport: str, folder: Path, rows: Judged, rounds: int) -> Iterator[Figure]:
    bench = Bench(Settings(transport, frozenset(), REFERENCE, None, folder, None))
    # A subject that finds the journal of an earlier run would pick that up: each run has a folder of its own.
    folders = (folder / str(number) for number in itertools.count())
    try:
        history = flow(bench, next(folders), rows)
        bare, close = bare_exchanges(transport, history)
        try:
            samples = in_turn({"flow": lambda: flow(bench, next(folders), rows), "bare": bare}, rounds, warm_up=2)
        finally:
            close()
    finally:
        bench.close()
    exchanges = len([entry for entry in history if "method" in entry])
    yield figure(f"exchanges in a clean flow ({transport})", "", [float(exchanges)])
    yield figure(f"clean flow, judged and recorded ({transport})", "ms", [1000 * s for s in samples["flow"]])
    yield figure(f"bare exchanges ({transport})", "ms", [1000 * s for s in samples["bare"]])
    yield figure(f"flow : bare ({transport})", "x", ratios(samples["flow"], samples["bare"]), "at most 1.5")
    aim = "at least 2500 on one core" if transport == "direct" else ""
    yield figure(f"flows a minute ({transport})", "", [60 / s for s in samples["flow"]], aim)


def flow(bench: Bench, folder: Path, rows: Judged) -> list[Exchange]:
    """Drive and judge one flow; raises when it is not a pass, because then its cost means nothing."""
    arranged = Arrangement()
    arranged.target("vnfm")
    drive = Drive(bench, arranged)
    folder.mkdir(parents=True)
    drive.begin(folder, "benchmark")
    drive.launch()
    recorded = drive.end()
    history = History.whole([recorded.header, *recorded.entries, recorded.footer or {}])
    walk = Walk(Case.of(history, history.header["scenario"]))
    for row, rule, said in rows:
        _expect_pass(walk.step(rule, row, **said))
    return recorded.entries


def _expect_pass(finding: Finding) -> None:
    if finding.verdict is not Verdict.PASS:
        raise RuntimeError(f"the flow under measurement is no pass: {finding.reason}")


def judged_rows() -> Judged:
    """The Then steps of the clean scenario: row, rule and arguments, as the suite judges them."""
    document = Parser().parse(FEATURE.read_text(encoding="utf-8"))
    rules = [child["rule"] for child in document["feature"]["children"] if "rule" in child]
    scenarios = [child["scenario"] for rule in rules for child in rule["children"] if "scenario" in child]
    steps = next(scenario for scenario in scenarios if scenario["name"] == SCENARIO)["steps"]
    said = [(step["text"], *split_row(step["text"])) for step in steps]
    return [(row, *_rule_of(text)) for text, row, sentence in said if row and sentence != NEEDS_STIMULUS]


def _rule_of(text: str) -> tuple[Any, dict[str, Any]]:
    for rule in FLOW:
        said = Sentence(rule.sentence).parse_arguments(text)
        if said is not None:
            return rule, said["said"]
    raise LookupError(f"no rule says {text!r}")


def bare_exchanges(transport: str, history: list[Exchange]) -> tuple[Callable[[], None], Callable[[], None]]:
    """What sends the recorded exchanges to applications that answer from the record, and what closes them."""
    exchanges = [entry for entry in history if "method" in entry and entry["status"]]
    lines = TRANSPORTS[transport]()
    answers: dict[str, deque[Exchange]] = defaultdict(deque)
    urls = {name: lines.serve(name, _canned(answers[name])) for name in {entry["to"] for entry in exchanges}}
    session = requests.Session()
    session.trust_env = False
    lines.mount(session)
    sent = [_prepared(entry, urls[entry["to"]]) for entry in exchanges]

    def run() -> None:
        for entry in exchanges:
            answers[entry["to"]].append(entry)
        for method, url, body in sent:
            session.request(method, url, data=body, headers={"Content-Type": "application/json"}, timeout=30)

    def close() -> None:
        session.close()
        lines.close()

    return run, close


def _prepared(entry: Exchange, url: str) -> tuple[str, str, bytes | None]:
    query = f"?{entry['query']}" if entry["query"] else ""
    body = json.dumps(entry["request"]).encode() if entry["request"] is not None else None
    return entry["method"], url + entry["path"] + query, body


def _canned(answers: deque[Exchange]) -> Any:
    app = Flask("bare", static_folder=None)

    @app.route("/<path:anything>", methods=["GET", "POST", "PUT", "PATCH", "DELETE"])
    def answer(anything: str) -> Response:  # noqa: ARG001
        entry = answers.popleft()
        if request.data:
            request.get_json()
        body = json.dumps(entry["response"]) if entry["response"] is not None else ""
        return Response(body, entry["status"], content_type="application/json")

    return app
