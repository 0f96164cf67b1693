"""Bodies of messages as the history has them. Most are said many times over, and worked out once.

What is kept is shared by all entries that say it: whoever wants to change one copies it first.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import orjson

from mocks.wire.masking import masked, suspicious

KEPT = 512
LONGEST = 65_536
"""Bytes of a body that is kept; longer ones are rare, and would take the room of many."""


class Body(NamedTuple):
    """The JSON value of a body with its secrets masked (its text where it is no JSON), and the same as JSON text."""

    value: Any
    text: bytes


NO_BODY = Body(None, b"null")


def body_of(content: bytes) -> Body:
    """A body as it is recorded; None for an empty one."""
    return _remembered(content) if len(content) <= LONGEST else _read(content)


def _read(content: bytes) -> Body:
    if not content:
        return NO_BODY
    try:
        value = orjson.loads(content)
    except orjson.JSONDecodeError:
        value = content.decode("utf-8", "replace")
    value = masked(value) if suspicious(content) else value
    return Body(value, orjson.dumps(value))


_remembered = lru_cache(maxsize=KEPT)(_read)
