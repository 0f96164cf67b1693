"""Flask without what an API has no use for: sessions, several hosts, coroutines, and addresses made from names.

What is left of a request is the same: its blueprint, the checks before and after it, its errors.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.sessions import NullSession, SessionInterface
from werkzeug.routing import MapAdapter, Rule

if TYPE_CHECKING:
    from flask import Request, Response
    from flask.sessions import SessionMixin


class _NoSessions(SessionInterface):
    """One session for everybody, that nothing can be put into."""

    def __init__(self) -> None:
        self._none = NullSession()

    def open_session(self, app: Flask, request: Request) -> SessionMixin:  # noqa: ARG002
        return self._none

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """There is nothing to save."""


class _Route(Rule):
    """A rule that is matched and never built from: making the builders takes most of the time to make an app."""

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: ARG002
        return _built


def _built(*_: Any, **__: Any) -> tuple[str, str]:
    raise NotImplementedError("the addresses of an API are written out where they are told, never built from a name")


class ApiFlask(Flask):
    """A Flask app of an API."""

    url_rule_class = _Route
    session_interface = _NoSessions()

    def create_url_adapter(self, request: Request | None) -> MapAdapter | None:
        """The path alone says what is meant, whatever host was asked."""
        if request is None:
            return None
        return MapAdapter(self.url_map, "manolab", "/", "", "http", request.path, request.method)

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view is a coroutine."""
        return func
