"""JSON merge patch (RFC 7396), which every PATCH of the APIs speaks."""

from __future__ import annotations

from typing import Any

from mocks.entities.ports import Body


def merged(target: Any, patch: Any) -> Any:
    """The target with the patch applied; null removes an attribute, objects merge, the rest is replaced."""
    if not isinstance(patch, dict):
        return patch
    result: Body = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = merged(result.get(name), value)
    return result
