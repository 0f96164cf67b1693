"""What a JSON Schema cannot say about an execution plan: names that must exist, and exist once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from harness.problems import Path, Problem, dotted, unknown

Data = Mapping[str, Any]


def check_names(plan: Data, operations: Iterable[str], references: Mapping[str, Iterable[str]]) -> list[Problem]:
    """Unknown operations, equal ids, and names of steps that are not there.

    `operations` are the names a plan may use; `references` tells for each operation which of its parameters name steps.
    """
    known = set(operations)
    found: list[Problem] = []
    seen: dict[str, Path] = {}
    for path, step in _steps(plan):
        if step["id"] in seen:
            found.append(Problem((*path, "id"), f"{step['id']!r} is already the id of {dotted(seen[step['id']])}"))
        seen.setdefault(step["id"], path)
        for key in ("operation", "undo"):
            if key in step and step[key] not in known:
                found.append(Problem((*path, key), unknown("operation", step[key], known)))
    # A rollback is not entered in the middle of a repetition: its list would not be there.
    rollback = [step["id"] for step in plan["rollback"]["steps"] if "id" in step]
    found += _repetitions(plan, seen)
    for path, step in _steps(plan):
        found += _recoveries((*path, "failure"), step.get("failure", {}), seen, rollback)
        for parameter in references.get(step["operation"], ()):
            value = step.get("parameters", {}).get(parameter, [])
            for name in value if isinstance(value, list) else [value]:
                if name not in seen:
                    found.append(Problem((*path, "parameters", parameter), unknown("step", name, seen)))
    for section in ("modification", "rollback"):
        found += _recoveries((section, "failure"), plan[section].get("failure", {}), seen, rollback)
    found += _during(("parallel",), plan.get("parallel", {}), seen)
    for number, suspension in enumerate(plan.get("suspensions", [])):
        found += _recoveries(("suspensions", number, "failure"), suspension.get("failure", {}), seen, rollback)
        found += _during(("suspensions", number), suspension, seen)
    return found


def _during(path: Path, part: Data, steps: Iterable[str]) -> Iterator[Problem]:
    for index, name in enumerate(part.get("during", [])):
        if name not in steps:
            yield Problem((*path, "during", index), unknown("step", name, steps))


def _steps(plan: Data) -> Iterator[tuple[Path, Data]]:
    for section in ("modification", "rollback"):
        for index, step in enumerate(plan[section]["steps"]):
            path: Path = (section, "steps", index)
            if "repeat" in step:
                yield from (((*path, "steps", number), one) for number, one in enumerate(step["steps"]))
            else:
                yield path, step
    for when in ("meanwhile", "afterwards"):
        for action, steps in plan.get("parallel", {}).get(when, {}).items():
            for index, step in enumerate(steps):
                yield ("parallel", when, action, index), step
    for number, suspension in enumerate(plan.get("suspensions", [])):
        tracks = [((task,), suspension.get(task, [])) for task in ("suspend", "resume", "undo")]
        tracks += [(("assist", need), steps) for need, steps in suspension.get("assist", {}).items()]  # type: ignore[misc]
        for where, steps in tracks:
            for index, step in enumerate(steps):
                yield ("suspensions", number, *where, index), step


def _repetitions(plan: Data, steps: Mapping[str, Path]) -> Iterator[Problem]:
    """Equal names, and lists that no earlier step of the same section finds."""
    names: set[str] = set()
    for section in ("modification", "rollback"):
        earlier: list[str] = []
        for index, item in enumerate(plan[section]["steps"]):
            path: Path = (section, "steps", index)
            if "repeat" not in item:
                earlier.append(item["id"])
                continue
            if item["repeat"] in names:
                yield Problem((*path, "repeat"), f"{item['repeat']!r} is already the name of a repetition")
            names.add(item["repeat"])
            by = item["for-each"]["found-by"]
            if by not in earlier:
                there = earlier if by not in steps else [*earlier, "(it does not come before)"]
                yield Problem((*path, "for-each", "found-by"), unknown("earlier step", by, there))


def _recoveries(path: Path, on: Data, steps: Iterable[str], rollback: list[str]) -> Iterator[Problem]:
    for kind, recovery in on.items():
        yield from _recovery((*path, kind), recovery, steps, rollback)


def _recovery(path: Path, recovery: Any, steps: Iterable[str], rollback: list[str]) -> Iterator[Problem]:
    if isinstance(recovery, str):
        return
    for index, name in enumerate(recovery.get("again", [])):
        if name not in steps:
            yield Problem((*path, "again", index), unknown("step", name, steps))
    if "rollback" in recovery and recovery["rollback"] not in rollback:
        yield Problem((*path, "rollback"), unknown("step of the rollback", recovery["rollback"], rollback))
    if "otherwise" in recovery:
        yield from _recovery((*path, "otherwise"), recovery["otherwise"], steps, rollback)
