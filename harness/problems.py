"""What is wrong with data that a person wrote: every problem at once, each with place, value, what is allowed."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from jsonschema.protocols import Validator

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: the way to it from the root of the data, and a sentence."""

    path: Path
    message: str

    def text(self, file: str = "", lines: Mapping[Path, int] | None = None) -> str:
        """The problem as one line; with `lines` it names the nearest line known."""
        line = _nearest(self.path, lines) if lines else None
        place = f"{file}:{line}: " if file and line else f"{file}: " if file else ""
        key = dotted(self.path)
        return f"{place}{key}: {self.message}" if key else f"{place}{self.message}"


def dotted(path: Path) -> str:
    """A way into data as people write it: modification.steps[2].operation."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".")


def _nearest(path: Path, lines: Mapping[Path, int]) -> int | None:
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path)


def unknown(what: str, value: object, allowed: Iterable[str]) -> str:
    """The sentence for a word that is not in a closed list, with the nearest one that is."""
    words = sorted(allowed)
    near = difflib.get_close_matches(str(value), words, n=1)
    meant = f"; did you mean {near[0]!r}?" if near else ""
    return f"{value!r} is not a known {what}; allowed: {', '.join(words) or 'nothing'}{meant}"


def check(validator: Validator, data: Any) -> list[Problem]:
    """Every breach of a JSON Schema, in the order of the data."""
    found = []
    for error in validator.iter_errors(data):
        path: Path = tuple(error.absolute_path)
        found += _explain(
            str(error.validator), error.validator_value, error.instance, error.schema, path, error.message
        )
    return sorted(found, key=lambda problem: [str(part).rjust(4, "0") for part in problem.path])


def _explain(rule: str, value: Any, instance: Any, schema: Any, path: Path, said: str) -> list[Problem]:
    message = said
    if rule == "additionalProperties" and isinstance(instance, Mapping):
        allowed: Sequence[str] = list(schema.get("properties", {}))
        return [Problem((*path, key), unknown("key", key, allowed)) for key in instance if key not in allowed]
    if rule == "required" and isinstance(instance, Mapping):
        missing = [key for key in value if key not in instance and f"{key!r} is a required" in said]
        return [Problem(path, f"{key!r} is missing") for key in missing]
    if rule == "enum":
        message = unknown("value", instance, map(str, value))
    elif rule == "type":
        message = f"{instance!r} should be of type {' or '.join(value) if isinstance(value, list) else value}"
    elif rule == "const":
        message = f"{instance!r} should be {value!r}"
    elif rule == "pattern":
        message = f"{instance!r} does not look as expected: {schema.get('description', value)}"
    return [Problem(path, message)]
