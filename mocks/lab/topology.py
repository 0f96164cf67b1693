"""Which actors a lab has and what they can do: a YAML file, checked whole, every problem named with its line."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
DEFAULT = HERE / "default.topology.yaml"
SCHEMA = HERE / "topology.schema.json"
Place = tuple[str | int, ...]


class TopologyError(ValueError):
    """A topology file that cannot be used; says all that is wrong with it, a line each."""

    def __init__(self, path: Path, problems: list[str]) -> None:
        super().__init__("\n".join(f"{path}:{problem}" for problem in problems))
        self.problems = problems


@dataclass(frozen=True)
class Limits:
    """What an actor's container may use; the other backends limit nothing."""

    cpus: float = 1.0
    memory_mib: int = 256
    processes: int = 64
    disk_mib: int | None = None
    """The size of the disk that its state is kept on; None: that of the machine."""


@dataclass(frozen=True)
class ActorSpec:
    """One actor: its type, what it can do, and which of its powers are of another make."""

    type: str
    profile: Mapping[str, Any] = field(default_factory=dict)
    port: int = 0
    replace: tuple[str, ...] = ()
    limits: Limits = Limits()


@dataclass(frozen=True)
class TargetSpec:
    """Who is concerned when this actor's software is modified, and who provides resources for it."""

    impacted: tuple[str, ...]
    provider: str


@dataclass(frozen=True)
class Topology:
    """A checked topology: every name in it is an actor of it."""

    actors: Mapping[str, ActorSpec]
    targets: Mapping[str, TargetSpec]


def load(path: Path = DEFAULT) -> Topology:
    """Read a topology file; raises TopologyError with every problem, as "line: key: what is wrong"."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "not a UTF-8 text file"
        raise TopologyError(path, [f" cannot be read: {reason}"]) from None
    try:
        node = yaml.compose(text, Loader=yaml.CSafeLoader)
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "context_mark", None) or getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        raise TopologyError(path, [f"{line}: not YAML: {getattr(error, 'problem', error)}"]) from None
    lines = dict(_lines(node)) if node is not None else {}
    problems = sorted(
        (lines.get(place, _nearest(lines, place)), f"{_dotted(place)}: {what}") for place, what in _problems(data)
    )
    if problems:
        raise TopologyError(path, [f"{line}: {what}" for line, what in problems])
    return _topology(data)


def _topology(data: dict[str, Any]) -> Topology:
    actors = {
        name: ActorSpec(a["type"], a.get("profile") or {}, a.get("port", 0), tuple(a.get("replace", ())), _limits(a))
        for name, a in data["actors"].items()
    }
    targets = {name: TargetSpec(tuple(t["impacted"]), t["provider"]) for name, t in (data.get("targets") or {}).items()}
    return Topology(actors, targets)


def _limits(actor: dict[str, Any]) -> Limits:
    given, usual = actor.get("limits") or {}, Limits()
    memory = given.get("memoryMiB", usual.memory_mib)
    processes = given.get("processes", usual.processes)
    return Limits(given.get("cpus", usual.cpus), memory, processes, given.get("diskMiB"))


def _problems(data: Any) -> Iterator[tuple[Place, str]]:
    found = False
    for error in _validator().iter_errors(data):
        found = True
        yield from _explained(error, tuple(error.absolute_path))
    if not found:
        yield from _dangling(data)


def _dangling(data: dict[str, Any]) -> Iterator[tuple[Place, str]]:
    """Names that stand for no actor, and ports asked for twice."""
    actors = data["actors"]
    for name, target in (data.get("targets") or {}).items():
        if name not in actors:
            yield ("targets", name), _unknown(name, actors)
        for index, impacted in enumerate(target["impacted"]):
            if impacted not in actors:
                yield ("targets", name, "impacted", index), _unknown(impacted, actors)
        if target["provider"] not in actors:
            yield ("targets", name, "provider"), _unknown(target["provider"], actors)
    ports: dict[int, str] = {}
    for name, actor in actors.items():
        port = actor.get("port")
        if port in ports:
            yield ("actors", name, "port"), f"{port} is already the port of {ports[port]}"
        elif port:
            ports[port] = name
        for index, peer in enumerate((actor.get("profile") or {}).get("peers", ())):
            if peer not in actors:
                yield ("actors", name, "profile", "peers", index), _unknown(peer, actors)


def _explained(error: Any, place: Place) -> Iterator[tuple[Place, str]]:
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        allowed = sorted(error.schema.get("properties", {}))
        for key in error.instance:
            if key not in allowed:
                yield (*place, key), _unknown(key, allowed, "key")
    elif error.validator == "enum":
        yield place, _unknown(str(error.instance), error.validator_value, "value")
    elif error.validator == "const":
        yield place, f"{error.instance!r} is not {error.validator_value!r}, the format that this version reads"
    else:
        yield place, str(error.message)


def _unknown(word: str, allowed: Any, what: str = "actor") -> str:
    near = difflib.get_close_matches(str(word), [str(a) for a in allowed], 1, 0.5)
    hint = f"did you mean {near[0]!r}? " if near else ""
    return f"unknown {what} {word!r}: {hint}allowed: {', '.join(str(a) for a in allowed)}"


def _lines(node: yaml.Node, place: Place = ()) -> Iterator[tuple[Place, int]]:
    yield place, node.start_mark.line + 1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield (*place, key.value), key.start_mark.line + 1
            yield from ((p, line) for p, line in _lines(value, (*place, key.value)) if p != (*place, key.value))
    elif isinstance(node, yaml.SequenceNode):
        for index, value in enumerate(node.value):
            yield from _lines(value, (*place, index))


def _nearest(lines: Mapping[Place, int], place: Place) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _dotted(place: Place) -> str:
    return ".".join(str(part) for part in place) or "the file"


@lru_cache(maxsize=1)
def _validator() -> Any:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - 60 ms that only a lab's start needs

    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
