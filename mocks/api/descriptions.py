"""The OpenAPI descriptions of the APIs, and the checks of message bodies made from them, each built once."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import fastjsonschema
import yaml
from jsonschema import Draft202012Validator

from mocks.api import overlays

Description = dict[str, Any]
Schema = dict[str, Any]
Validator = Callable[[Any], list[str]]
"""Takes a parsed JSON body and returns all its problems as sentences; none: the body is right."""

_HERE = Path(__file__).parent
_ETSI = {
    "nfvmanocim": "NFVManoConfigurationAndInformationManagement.yaml",
    "nfvmanocim-notification": "NFVManoConfigurationAndInformationManagementNotification.yaml",
    "nfvmanologm": "NFVManoLogManagement.yaml",
    "nfvmanologm-notification": "NFVManoLogManagementNotification.yaml",
}


@cache
def load(name: str) -> Description:
    """The description of an API, e.g. "nfvmanocim", "vrm"; SOL 009's with the lab's overlay. Not to be changed.

    Raises FileNotFoundError when there is no such API.
    """
    etsi = _ETSI.get(name)
    path = _HERE / "sol009" / etsi if etsi else _HERE / "openapi" / f"{name}.yaml"
    description: Description = read(path)
    overlays.apply(name, description)
    return description


def read(path: Path) -> Description:
    """Parse a YAML file safely, with the C loader (ten times faster) where PyYAML has it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    with path.open(encoding="utf-8") as file:
        found: Description = yaml.load(file, loader)  # noqa: S506  both loaders are safe ones
    return found


@cache
def validator(api: str, schema_name: str) -> Validator:
    """The check of a body against `#/components/schemas/<schema_name>` of an API; built at its first use."""
    return _Check(lambda: self_contained(load(api), {"$ref": f"#/components/schemas/{schema_name}"}))


@dataclass(frozen=True)
class Attributes:
    """The attributes that a schema knows, and those of them that it requires."""

    known: frozenset[str]
    required: frozenset[str]


@cache
def attributes(api: str, schema_name: str) -> Attributes:
    """The top-level attributes of a schema, those of the parts of an allOf included."""
    description = load(api)
    known: set[str] = set()
    required: set[str] = set()

    def collect(schema: Schema) -> None:
        if "$ref" in schema:
            collect(resolved(description, schema["$ref"]))
        known.update(schema.get("properties", {}))
        required.update(schema.get("required", ()))
        for part in schema.get("allOf", ()):
            collect(part)

    collect({"$ref": f"#/components/schemas/{schema_name}"})
    return Attributes(frozenset(known), frozenset(required))


def resolved(description: Description, reference: str) -> Any:
    """What a local reference ("#/components/...") of a description points at."""
    found: Any = description
    for name in reference.removeprefix("#/").split("/"):
        found = found[name.replace("~1", "/").replace("~0", "~")]
    return found


class _Check:
    """A quick compiled check for the many good bodies; the slow one, which names all problems, only for the bad."""

    def __init__(self, schema: Callable[[], Schema]) -> None:
        self._schema = schema

    @cached_property
    def _quick(self) -> Callable[[Any], Any]:
        compiled: Callable[[Any], Any] = fastjsonschema.compile(self._schema(), use_default=False)
        return compiled

    @cached_property
    def _thorough(self) -> Draft202012Validator:
        return Draft202012Validator(self._schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)

    def __call__(self, body: Any) -> list[str]:
        try:
            self._quick(body)
        except fastjsonschema.JsonSchemaValueException:
            errors = sorted(self._thorough.iter_errors(body), key=lambda error: list(map(str, error.absolute_path)))
            return [f"{'/'.join(map(str, error.absolute_path)) or 'body'}: {error.message}" for error in errors]
        return []


def self_contained(description: Description, schema: Schema) -> Schema:
    """The schema together with the description's components, in plain JSON Schema whatever the OpenAPI version."""
    whole = {**copy.deepcopy(schema), "components": copy.deepcopy(description.get("components", {}))}
    if str(description.get("openapi", "")).startswith("3.0"):
        for node in overlays.nodes(whole):
            _modernise(node)
    return whole


def _modernise(node: dict[str, Any]) -> None:
    """Say in JSON Schema what OpenAPI 3.0 says in words of its own."""
    if node.get("nullable") is True and isinstance(node.get("type"), str):
        node["type"] = [node["type"], "null"]
    for word, bound in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if node.get(word) is True:
            node[word] = node.pop(bound)
        elif node.get(word) is False:
            del node[word]
