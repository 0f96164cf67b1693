"""A subject is not trusted: what it answers is held against the description of smm/v1."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from typing import Any

import orjson
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.routing.exceptions import RoutingException

from harness.compiled import Compiled

WsgiApp = Callable[..., Any]
PREFIX = "/smm/"
WAYS = 1024
"""So many addresses are remembered with what the description says of them."""


class SubjectBroke(Exception):
    """The subject broke the description of its API; `breaches` lists every answer and what is wrong with it."""

    def __init__(self, breaches: list[str]) -> None:
        super().__init__("the subject's answers break smm/v1:\n" + "\n".join(breaches))
        self.breaches = breaches


class Checked:
    """Stands before a subject and notes every breach of its API's description; answers pass unchanged.

    Paths that the description does not begin with (the subject's callbacks) are its own affair.
    """

    def __init__(
        self,
        subject: WsgiApp,
        description: Description,
        tell: Callable[[str], None] = lambda _: None,
        prefix: str = PREFIX,
    ) -> None:
        """`tell` hears of each breach before the answer goes on; `prefix` is how the paths of the API begin."""
        self._subject = subject
        self._prefix = prefix
        self._description = description
        self._tell = tell
        self.breaches: list[str] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path, method = environ.get("PATH_INFO", ""), environ["REQUEST_METHOD"]
        if not path.startswith(self._prefix):
            answer: Iterable[bytes] = self._subject(environ, start_response)
            return answer
        (status, headers), body = _whole(self._subject, environ)
        code = int(status.split()[0])
        for breach in self._description.breaches_of(method, path, code, dict(headers), body):
            self.breaches.append(f"{method} {path} -> {code}: {breach}")
            self._tell(self.breaches[-1])
        start_response(status, headers)
        return (body,)

    def verify(self) -> None:
        """Raise SubjectBroke with every breach noted so far, if there is any."""
        if self.breaches:
            raise SubjectBroke(list(self.breaches))


def _whole(app: WsgiApp, environ: dict[str, Any]) -> tuple[tuple[str, list[tuple[str, str]]], bytes]:
    """Status line and headers of an answer, and its body (PEP 3333)."""
    started: list[Any] = []
    written: list[bytes] = []

    def start(status: str, headers: list[tuple[str, str]], _: object = None, /) -> Callable[[bytes], object]:
        started[:] = (status, headers)
        return written.append

    chunks = app(environ, start)
    try:
        written += chunks
    finally:
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
    if not started:
        raise RuntimeError(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}: a body without status and headers")
    return (started[0], started[1]), b"".join(written)


class Description:
    """An OpenAPI 3.1 description, made ready once to hold any number of answers against it."""

    def __init__(self, description: Mapping[str, Any]) -> None:
        self._description = description
        self._routes = Map([Rule(_rule(path), endpoint=path) for path in description["paths"]]).bind("subject")
        self._made: dict[int, Compiled] = {}
        self._responses = lru_cache(maxsize=WAYS)(self._described)

    def breaches_of(self, method: str, path: str, status: int, headers: Mapping[str, str], body: bytes) -> list[str]:
        """What is wrong with one answer."""
        responses = self._responses(method, path)
        if responses is None:
            return [] if status >= 400 else ["succeeded, though the description does not know this request"]
        response = responses.get(str(status)) or (responses.get("default") if status >= 400 else None)
        if response is None:
            return [f"is not described; expected {', '.join(responses)}"]
        response = self._resolved(response)
        lower = {name.lower(): value for name, value in headers.items()}
        wanted = {name: self._resolved(header) for name, header in response.get("headers", {}).items()}
        missing = [name for name, header in wanted.items() if header.get("required") and name.lower() not in lower]
        found = [f"lacks the header {name}" for name in missing]
        for kind, content in response.get("content", {}).items():
            found += self._body(kind, content["schema"], lower.get("content-type", ""), body)
        return found

    def _body(self, kind: str, schema: Mapping[str, Any], content_type: str, body: bytes) -> list[str]:
        if content_type.partition(";")[0].strip() != kind:
            return [f"has the content type {content_type or 'none'}, expected {kind}"]
        try:
            data = orjson.loads(body)
        except orjson.JSONDecodeError:
            return ["has a body that is not JSON"]
        compiled = self._compiled(schema)
        if compiled.passes(data):
            return []
        return [f"{error.json_path}: {error.message}" for error in compiled.explain.iter_errors(data)]

    def _compiled(self, schema: Mapping[str, Any]) -> Compiled:
        key = id(schema)  # a part of the description, which lives as long
        if key not in self._made:
            self._made[key] = Compiled({**schema, "components": self._description["components"]})
        return self._made[key]

    def _described(self, method: str, path: str) -> Mapping[str, Any] | None:
        try:
            template, _ = self._routes.match(path)
        except (RoutingException, HTTPException):
            return None
        operation = self._description["paths"][template].get(method.lower())
        found: Mapping[str, Any] | None = operation["responses"] if operation else None
        return found

    def _resolved(self, part: Mapping[str, Any]) -> Mapping[str, Any]:
        while "$ref" in part:
            found: Any = self._description
            for name in part["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            part = found
        return part


def _rule(path: str) -> str:
    return path.replace("{", "<").replace("}", ">")
