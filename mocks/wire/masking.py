"""Secrets never reach the history."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

MASK = "***"
SECRET = ("password", "secret", "token", "credential", "authorization", "privatekey", "apikey")
_WORDS = tuple(word.encode() for word in SECRET)


def masked(value: Any) -> Any:
    """The JSON value with whatever stands under a secret's name replaced; shares what holds no secret."""
    if isinstance(value, dict):
        return {key: MASK if _is_secret(key) and item is not None else masked(item) for key, item in value.items()}
    if isinstance(value, list):
        return [masked(item) for item in value]
    return value


def suspicious(body: bytes) -> bool:
    """Whether JSON text may hold a secret's name; most bodies hold none, and need not be walked through."""
    plain = body.lower().replace(b"_", b"").replace(b"-", b"")
    return not body.isascii() or b"\\u" in plain or any(word in plain for word in _WORDS)


def masked_query(query: str) -> str:
    """The query string with the values of secret parameters replaced."""
    parts = (part.partition("=") for part in query.split("&") if part)
    return "&".join(f"{key}={MASK}" if _is_secret(key) else key + sep + value for key, sep, value in parts)


@lru_cache(maxsize=4096)
def _is_secret(key: str) -> bool:
    plain = key.lower().replace("_", "").replace("-", "")
    return any(word in plain for word in SECRET)
