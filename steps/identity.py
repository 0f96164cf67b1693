"""What a scenario is called: its id, and what its tags say, for records and selections."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_bdd.parser import render_string

if TYPE_CHECKING:
    from pytest_bdd.parser import Feature, ScenarioTemplate

NOT_A_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Identity:
    """One scenario, one example of an outline being one scenario of its own."""

    id: str
    feature: str
    feature_name: str
    rule: str | None
    name: str
    line: int
    tags: tuple[str, ...]
    entity: str | None

    def tagged(self, prefix: str) -> list[str]:
        """The values of the tags with this prefix, as in table:5.2.2.5-1."""
        return [tag.split(":", 1)[1] for tag in self.tags if tag.startswith(prefix + ":")]

    def record(self) -> dict[str, Any]:
        """The scenario as findings.json carries it."""
        return {
            "id": self.id,
            "feature": self.feature,
            "featureName": self.feature_name,
            "rule": self.rule,
            "name": self.name,
            "line": self.line,
            "tags": list(self.tags),
            "entity": self.entity,
            "tables": self.tagged("table"),
            "interpretations": self.tagged("interpretation"),
            "notes": self.tagged("note"),
        }


def identify(template: ScenarioTemplate, example: Mapping[str, str], example_tags: Iterable[str] = ()) -> Identity:
    """The identity of a scenario, or of the example of an outline."""
    feature = template.feature
    rule = template.rule
    tags = {*feature.tags, *(rule.tags if rule else ()), *template.tags, *example_tags}
    path = feature_path(feature)
    where = [Path(path).stem, template.name, *example.values()]
    name = render_string(template.name, example) + (f" [{', '.join(example.values())}]" if example else "")
    return Identity(
        id="-".join(filter(None, (_slug(part) for part in where))),
        feature=path,
        feature_name=feature.name,
        rule=rule.name if rule else None,
        name=name,
        line=template.line_number,
        tags=tuple(sorted(tags)),
        entity=example.get("entity"),
    )


def feature_path(feature: Feature) -> str:
    """The path of a feature file from the folder features/ on, wherever it is installed."""
    parts = Path(feature.filename).parts
    at = len(parts) - 1 - parts[::-1].index("features") if "features" in parts[:-1] else len(parts) - 1
    return "/".join(parts[at:])


def _slug(text: str) -> str:
    return NOT_A_WORD.sub("-", text.lower()).strip("-")
