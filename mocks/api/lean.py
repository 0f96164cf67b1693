"""Flask without what an API has no use for: sessions, signals, several hosts, coroutines, addresses made from names.

Routes, blueprints, the checks before and after a request and the handlers of errors are registered with Flask as ever.
Only the way of a request through them is shorter, and each address is looked for once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import ContextVar
from functools import cache, cached_property, lru_cache, partial
from http.client import responses
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn, cast
from urllib.parse import parse_qsl

from flask import Flask
from werkzeug.datastructures import EnvironHeaders, ImmutableMultiDict, MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from mocks.wire.gateway import path_of

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

WAYS = 4096
"""So many addresses are remembered; identifiers come from seeded sources, and come again."""

NO_ARGS: MultiDict[str, str] = ImmutableMultiDict()

BODILESS = (204, 304)
"""Statuses whose answers have no body (RFC 9110 clause 6.4.1)."""


class Asked:
    """The request that is answered: of what Flask's offers, what an API asks it for."""

    def __init__(self, environ: WSGIEnvironment) -> None:
        self.environ = environ
        self.method: str = environ["REQUEST_METHOD"]
        self.path = path_of(environ)

    @cached_property
    def args(self) -> MultiDict[str, str]:
        """The attributes of the query."""
        query = self.environ.get("QUERY_STRING")
        return MultiDict(parse_qsl(query, keep_blank_values=True)) if query else NO_ARGS

    @property
    def headers(self) -> EnvironHeaders:
        return EnvironHeaders(self.environ)

    @property
    def mimetype(self) -> str:
        """The media type of the body, without its parameters."""
        given: str = self.environ.get("CONTENT_TYPE", "")
        return given.partition(";")[0].strip().lower()

    @cached_property
    def content(self) -> bytes:
        """The body, which is as long as it is said to be."""
        body: bytes = self.environ["wsgi.input"].read(int(self.environ.get("CONTENT_LENGTH") or 0))
        return body


_ASKED: ContextVar[Asked] = ContextVar("manolab.asked")
asked = _ASKED.get
"""Gives the request that is being answered, in place of Flask's own."""


class Way(NamedTuple):
    """How the requests of one method and path are answered: what is asked before, the view, what is done after."""

    before: tuple[Callable[[], Any], ...]
    view: Callable[..., Reply]
    arguments: Mapping[str, Any]
    after: tuple[Callable[[Reply], Reply], ...]
    blueprint: str | None


_BY_COMPILING = ("arguments", "_parts", "_trace", "_converters", "_build", "_build_unknown")
_COMPILED: dict[tuple[str, bool | None], dict[str, Any]] = {}


class Reply:
    """An answer: status, body, and headers that are sent as they are."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, body: bytes = b"", status: int = 200, content_type: str | None = None) -> None:
        self.body = body
        self.status = status
        self.headers: dict[str, str] = {}
        if content_type is not None:
            self.headers["Content-Type"] = content_type

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Send it: without a body where the method or the status allows none."""
        bodiless = self.status in BODILESS
        length = [] if bodiless else [("Content-Length", str(len(self.body)))]
        start_response(_status_line(self.status), [*self.headers.items(), *length])
        return () if bodiless or environ["REQUEST_METHOD"] == "HEAD" else (self.body,)


@cache
def _status_line(status: int) -> str:
    return f"{status} {responses.get(status, 'Unknown')}"


class _Route(Rule):
    """A rule that is matched and never built from: making the builders takes most of the time to make an app.

    The rest of it took parsing the same rule for each actor that has it.
    """

    def compile(self) -> None:
        """Compile the rule, or take what an equal one was compiled to."""
        written = (self.rule, self.merge_slashes)
        known = _COMPILED.get(written)
        if known is None:
            super().compile()
            known = _COMPILED[written] = {name: vars(self)[name] for name in _BY_COMPILING}
        vars(self).update(known)

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:  # noqa: ARG002
        return _built


def _built(*_: Any, **__: Any) -> tuple[str, str]:
    raise NotImplementedError("the addresses of an API are written out where they are told, never built from a name")


class ApiFlask(Flask):
    """A Flask app of an API; its views use `asked` and `Reply` of this module."""

    url_rule_class = _Route

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._urls = self.url_map.bind("manolab")  # the path alone says what is meant, whatever host was asked
        self._way = lru_cache(maxsize=WAYS)(self._looked_up)

    def wsgi_app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request; an exception is an answer of its handler."""
        request = Asked(environ)
        token = _ASKED.set(request)
        try:
            return self._answer(request.method, request.path)(environ, start_response)
        finally:
            _ASKED.reset(token)

    def _answer(self, method: str, path: str) -> Reply:
        try:
            way = self._way(method, path)
        except HTTPException as refusal:
            way = self._bound(None, partial(_refuse, refusal), {})
        try:
            answer = _refused(way.before) or way.view(**way.arguments)
        except Exception as error:
            answer = self._handled(error, way.blueprint)
        for finish in way.after:
            answer = finish(answer)
        return answer

    def _looked_up(self, method: str, path: str) -> Way:
        endpoint, arguments = self._urls.match(path, method)
        return self._bound(endpoint.rpartition(".")[0] or None, self.view_functions[endpoint], arguments)

    def _bound(self, blueprint: str | None, view: Callable[..., Any], arguments: Mapping[str, Any]) -> Way:
        """What is before and after a view: the app's first before it, and last after it."""
        before = [check for name in _levels(None, blueprint) for check in self.before_request_funcs.get(name, ())]
        after: list[Any] = [
            step for name in _levels(blueprint, None) for step in self.after_request_funcs.get(name, ())
        ]
        return Way(tuple(before), view, arguments, tuple(after), blueprint)

    def _handled(self, error: Exception, blueprint: str | None) -> Reply:
        """What the handler makes of it that is nearest to the error: its blueprint's, then the app's."""
        for name in _levels(blueprint, None):
            handlers = self.error_handler_spec[name][None]
            handler = next((handlers[cls] for cls in type(error).__mro__ if cls in handlers), None)
            if handler is not None:
                return cast(Reply, handler(error))
        raise error


def _refused(checks: Iterable[Callable[[], Reply | None]]) -> Reply | None:
    """What the first check says that does not let the request through."""
    for check in checks:
        said = check()
        if said is not None:
            return said
    return None


def _levels(*names: str | None) -> Iterator[str | None]:
    """The app (None) and a blueprint, each once."""
    return iter(dict.fromkeys(names))


def _refuse(refusal: HTTPException) -> NoReturn:
    raise refusal
