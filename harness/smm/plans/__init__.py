"""Execution plans: YAML data that is read, checked and frozen; the plans that come with manolab lie beside this file.

plan = load(Path("my-plan.yaml"))     # PlanError lists every problem with file, line, key
plan = parse(data)                    # the same for data that came over the API
plan = builtin()["internal-seamless"]
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from harness.compiled import Compiled
from harness.problems import Problem, check
from harness.smm.plans.checks import check_names
from harness.smm.plans.model import Parallel, Plan, Recovery, Repeat, Section, Step, Suspension
from harness.smm.plans.reader import read

__all__ = [
    "Parallel",
    "Plan",
    "PlanError",
    "Recovery",
    "Repeat",
    "Section",
    "Step",
    "Suspension",
    "builtin",
    "load",
    "parse",
    "schema",
]

FOLDER = Path(__file__).parent


class PlanError(ValueError):
    """A plan that cannot be used; `problems` holds every reason, one line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@cache
def schema() -> dict[str, Any]:
    """The published JSON Schema of execution plans."""
    found: dict[str, Any] = json.loads((FOLDER / "plan.schema.json").read_text())
    return found


def load(path: Path | str) -> Plan:
    """Read a plan from a YAML file; raises PlanError with every problem, each with file, line and key."""
    file = Path(path)
    try:
        text = file.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise PlanError([f"{file}: cannot be read: {error}"]) from error
    document = read(text)
    problems = document.problems or _problems(document.data)
    if problems:
        raise PlanError([problem.text(str(file), document.lines) for problem in problems])
    return _plan(document.data)


def parse(data: Mapping[str, Any]) -> Plan:
    """Make a plan of data that came over the API; raises PlanError with every problem. Equal data is read once."""
    return _parse(json.dumps(data))


@lru_cache(maxsize=64)
def _parse(text: str) -> Plan:
    data = json.loads(text)
    problems = _problems(data)
    if problems:
        raise PlanError([problem.text() for problem in problems])
    return _plan(data)


@cache
def builtin() -> Mapping[str, Plan]:
    """The plans that come with manolab, by id."""
    plans = [load(file) for file in sorted(FOLDER.glob("*.yaml"))]
    return {plan.id: plan for plan in plans}


@cache
def _compiled() -> Compiled:
    return Compiled(schema())


def _problems(data: Any) -> list[Problem]:
    # Imported here: operations import the plan's dataclasses.
    from harness.smm.operations import OPERATIONS  # noqa: PLC0415

    if not _compiled().passes(data):
        return check(_compiled().explain, data)
    return check_names(data, OPERATIONS, {name: operation.references for name, operation in OPERATIONS.items()})


def _plan(data: Mapping[str, Any]) -> Plan:
    retry = data.get("retry", {})
    parallel = data.get("parallel", {})

    def steps(items: list[Mapping[str, Any]], on: Mapping[str, Any]) -> tuple[Step, ...]:
        return tuple(step for item in items for step in _steps(item, on, retry))

    def section(name: str) -> Section:
        return Section(data[name]["end"], steps(data[name]["steps"], data[name].get("failure", {})))

    def tracks(when: str) -> dict[str, tuple[Step, ...]]:
        return {action: steps(items, parallel.get("failure", {})) for action, items in parallel.get(when, {}).items()}

    def suspension(item: Mapping[str, Any]) -> Suspension:
        on = item.get("failure", {})
        asked = {task: steps(item.get(task, []), on) for task in ("suspend", "resume", "undo")}
        assist = {need: steps(items, on) for need, items in item.get("assist", {}).items()}
        return Suspension(frozenset(item["during"]), **asked, assist=assist)

    return Plan(
        id=data["id"],
        title=data["title"],
        support=data["support"],
        modification=section("modification"),
        rollback=section("rollback"),
        parallel=Parallel(frozenset(parallel.get("during", ())), tracks("meanwhile"), tracks("afterwards")),
        suspensions=tuple(suspension(item) for item in data.get("suspensions", [])),
        source=data,
    )


def _steps(item: Mapping[str, Any], on: Mapping[str, Any], retry: Mapping[str, Any]) -> Iterator[Step]:
    """The step, or the steps that are repeated."""
    if "repeat" not in item:
        yield _step(item, on, retry)
        return
    each = item["for-each"]
    repeat = Repeat(item["repeat"], each["found-by"], each["under"])
    yield from (replace(_step(one, on, retry), repeat=repeat) for one in item["steps"])


def _step(item: Mapping[str, Any], on: Mapping[str, Any], retry: Mapping[str, Any]) -> Step:
    recoveries = {**on, **item.get("failure", {})}
    return Step(
        id=item["id"],
        row=item["row"],
        operation=item["operation"],
        parameters=item.get("parameters", {}),
        undo=item.get("undo"),
        idempotent=item.get("idempotent", False),
        on={kind: _recovery(recovery, item["id"]) for kind, recovery in recoveries.items()},
        attempts=item.get("attempts", retry.get("attempts", 3)),
        delay=float(item.get("delay", retry.get("delay", 1))),
        gate=item.get("gate"),
        always=item.get("always", False),
        changes=item.get("changes", False),
        keep=item.get("keep", False),
    )


def _recovery(data: Any, step: str) -> Recovery:
    if isinstance(data, str):
        return _recovery({"again": [step], "otherwise": "fallback"}, step) if data == "retry" else Recovery(data)  # type: ignore[arg-type]
    if "rollback" in data:
        return Recovery("rollback", entry=data["rollback"])
    return Recovery("retry", tuple(data.get("again", [step])), otherwise=_recovery(data["otherwise"], step))
