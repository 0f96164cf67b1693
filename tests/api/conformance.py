"""Whether answers and notifications are as the OpenAPI descriptions of their APIs say.

Used by every test of an API (`client` checks each answer it gets) and on whole recorded histories (`entry_problems`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from werkzeug.test import TestResponse

from mocks.api import descriptions
from mocks.api.app import create_app
from mocks.entities.core import Core

ROOT = Path(__file__).parents[2]
METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
HOSTED = {"smm": ROOT / "harness" / "smm" / "smm.yaml", "fallback": ROOT / "harness" / "fallback" / "fallback.yaml"}
"""The descriptions of those who are no mocks."""

EVERYWHERE = re.compile(r"^(/[a-z]+)?(/v\d+)?/(api_versions|openapi\.json)$")
"""Resources that each API has whether its description says so or not."""

INSTANCE = re.compile(r"^(/entities)?/(?P<name>nslcm|vnflcm|vrm|mcio|wan)/v\d+(?=/)")
"""How the paths of the instances of a service interface begin (GR clause 5.2.3): all are the one API described."""


@dataclass(frozen=True)
class Answer:
    """One answer on the wire. `body` is parsed JSON (None: empty), or text where the media type is not JSON.

    `headers` None means that they were not recorded, so that nothing is said about them.
    """

    method: str
    path: str
    status: int
    headers: Mapping[str, str] | None
    body: Any


def answer_problems(answer: Answer) -> list[str]:
    """All ways in which an answer differs from the description of its API; empty when it conforms."""
    where = f"{answer.method} {answer.path} -> {answer.status}: "
    return [where + problem for problem in _answer_problems(answer)]


def notification_problems(body: Mapping[str, Any]) -> list[str]:
    """All ways in which a notification differs from the schema that bears the name of its notificationType."""
    name = str(body.get("notificationType"))
    for api in _apis():
        if name in _description(api).get("components", {}).get("schemas", {}):
            found = _schema_problems(api, ("components", "schemas", name), body)
            return [f"{name}: {problem}" for problem in found]
    return [f"{name}: no API describes such a notification"]


def entry_problems(entry: Mapping[str, Any]) -> list[str]:
    """All problems of one entry of a recorded history (an exchange or notification; others have none)."""
    if entry["kind"] == "notification":
        return notification_problems(entry["request"])
    if entry["kind"] != "exchange" or entry["status"] is None:
        return []
    headers = dict(entry.get("headers") or {})
    if entry.get("location"):
        headers["Location"] = entry["location"]
    answer = Answer(entry["method"], described(entry["path"]), entry["status"], None, entry["response"])
    if not _api_of(answer.path):
        return []
    problems = answer_problems(answer)
    if answer.status == 201 and "Location" not in headers:
        problems.append(f"{answer.method} {answer.path} -> 201: no Location")
    return problems


def described(path: str) -> str:
    """The path as the description of its API has it."""
    return INSTANCE.sub(r"/\g<name>/v1", path)


def history_problems(entries: Iterable[Mapping[str, Any]]) -> list[str]:
    return [f"entry {entry.get('n')}: {problem}" for entry in entries for problem in entry_problems(entry)]


class CheckedClient(FlaskClient):
    """A test client that fails the test on any answer that its API does not describe."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        answer = super().open(*args, **kwargs)
        assert answer.status_code != 500, answer.text
        problems = answer_problems(of_response(answer))
        assert not problems, "\n".join(problems)
        return answer


def client(core: Core, actor: str = "smm") -> CheckedClient:
    """A checked client of the app that serves the powers of this core; requests come from `actor`."""
    app = app_of(core)
    app.test_client_class = CheckedClient
    made = app.test_client()
    made.environ_base["manolab.actor"] = actor
    return made


def app_of(core: Core) -> Flask:
    app = create_app(lambda: core, [type(power) for power in dict.fromkeys(core.powers.values())])
    app.testing = False
    return app


def of_response(response: TestResponse) -> Answer:
    body: Any = response.text or None
    if body is not None and "json" in (response.mimetype or ""):
        body = json.loads(body)
    return Answer(response.request.method, response.request.path, response.status_code, dict(response.headers), body)


def _answer_problems(answer: Answer) -> list[str]:
    if EVERYWHERE.match(answer.path):
        return []
    api = _api_of(answer.path)
    if api is None:
        return [] if answer.status == 404 else ["no API is there"]
    problems = _header_problems(answer)
    found = _operation(api, answer.path.removeprefix(_root(api)), answer.method.lower())
    if isinstance(found, int):
        return problems if answer.status == found else [*problems, f"not described: {found} was to be expected"]
    response = found[1].get(str(answer.status)) or found[1].get("default")
    if response is None:
        return [*problems, f"status not described: {', '.join(found[1])} are"]
    return [*problems, *_content_problems(api, answer, _deref(api, (*found[0], _key(found[1], answer.status))))]


def _header_problems(answer: Answer) -> list[str]:
    if answer.headers is None:
        return []
    names = {name.lower() for name in answer.headers}
    needed = {201: "location", 303: "location", 401: "www-authenticate", 405: "allow"}.get(answer.status)
    return [f"no {name} header" for name in ("version", needed) if name and name not in names]


def _key(responses: Mapping[str, Any], status: int) -> str:
    return str(status) if str(status) in responses else "default"


def _content_problems(api: str, answer: Answer, where: tuple[str, ...]) -> list[str]:
    content = _at(_description(api), where).get("content")
    if answer.method == "HEAD":
        return []
    if not content:
        return ["a body, where none is described"] if answer.body is not None else []
    media_type = next(iter(content))
    if answer.headers is not None:
        media_type = (answer.headers.get("Content-Type") or "").split(";")[0]
        if media_type not in content:
            return [f"media type {media_type or 'missing'}; {', '.join(content)} described"]
    if "schema" not in content[media_type] or "json" not in media_type:
        return []
    return _schema_problems(api, (*where, "content", media_type, "schema"), answer.body)


def _schema_problems(api: str, where: tuple[str, ...], body: Any) -> list[str]:
    return _problems_of(api, where, json.dumps(body))


@lru_cache(maxsize=65_536)  # a lab gives the same identifiers again, so most bodies are said many times
def _problems_of(api: str, where: tuple[str, ...], body: str) -> list[str]:
    errors = _validator(api, where).iter_errors(json.loads(body))
    return [f"{'/'.join(map(str, error.absolute_path)) or 'body'}: {error.message[:300]}" for error in errors]


@cache
def _validator(api: str, where: tuple[str, ...]) -> Draft202012Validator:
    schema = descriptions.self_contained(_description(api), _at(_description(api), where))
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


@cache
def _apis() -> tuple[str, ...]:
    """The names of all descriptions there are, the project's and ETSI's."""
    own = sorted(path.stem for path in (ROOT / "mocks" / "api" / "openapi").glob("*.yaml"))
    etsi = ["nfvmanocim", "nfvmanologm", "nfvmanocim-notification", "nfvmanologm-notification"]
    return (*own, *etsi, *HOSTED)


@cache
def _description(api: str) -> dict[str, Any]:
    return descriptions.read(HOSTED[api]) if api in HOSTED else descriptions.load(api)


@cache
def _root(api: str) -> str:
    """The path prefix of an API, as its first server says: /name/major; nothing where the paths have it themselves."""
    url = str(_description(api)["servers"][0]["url"]).rstrip("/")
    return "/" + "/".join(url.split("/")[-2:]) if url else ""


def _api_of(path: str) -> str | None:
    name = path.split("/", 2)[1] if path.startswith("/") else ""
    found = name if name in _apis() else None
    return found if found and path.startswith((_root(found) or f"/{found}") + "/") else None


@cache
def _templates(api: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    paths = sorted(_description(api)["paths"], key=lambda path: path.count("{"))
    return tuple((re.compile("^" + re.sub(r"\{[^}]+\}", "[^/]+", path) + "$"), path) for path in paths)


def _operation(api: str, path: str, method: str) -> tuple[tuple[str, ...], dict[str, Any]] | int:
    """Where the responses of an operation are and what they are; 404 or 405 when the description has none."""
    template = next((path_ for pattern, path_ in _templates(api) if pattern.match(path)), None)
    if template is None:
        return 404
    item = _description(api)["paths"][template]
    described = "get" if method == "head" else method
    if described not in item:
        return 405
    return ("paths", template, described, "responses"), item[described]["responses"]


def _deref(api: str, where: tuple[str, ...]) -> tuple[str, ...]:
    found = _at(_description(api), where)
    if "$ref" in found:
        return _deref(api, tuple(found["$ref"].removeprefix("#/").split("/")))
    return where


def _at(value: Any, where: tuple[str, ...]) -> Any:
    for name in where:
        value = value[name]
    return value
