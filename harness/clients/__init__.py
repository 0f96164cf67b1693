"""Clients of the APIs of the lab's wire, one small class for each API, on one requests Session."""

from harness.clients.errors import ClientError, Conflict, Malformed, NoAnswer, NotFound, Refused, Transient

__all__ = ["ClientError", "Conflict", "Malformed", "NoAnswer", "NotFound", "Refused", "Transient"]
