"""What each API offers beside its resources: versions (SOL 013 clause 9.3.3), description, Version header."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, Flask

from mocks.api import descriptions
from mocks.api.answers import dump, resource
from mocks.api.lean import WAYS, Reply, asked
from mocks.api.problems import problem
from mocks.api.slots import Slot


@dataclass(frozen=True)
class Api:
    """One API: its name and major version in paths, its full version, and what makes its blueprint."""

    name: str
    major: str
    release: str
    blueprint: Callable[[Slot], Blueprint]

    @property
    def root(self) -> str:
        return f"/{self.name}/{self.major}"


def install(app: Flask, apis: list[Api]) -> None:
    """Serve version information and description of each API, and stamp its version on each of its answers."""
    releases = {api.root: api.release for api in apis}
    for api in apis:
        app.register_blueprint(_blueprint(api))

    @app.before_request
    def refuse_other_versions() -> Reply | None:
        wanted = asked().environ.get("HTTP_VERSION")
        if not wanted:  # nearly always
            return None
        release = releases.get(root_of(asked().path))
        if not release or wanted.split(".")[0] == release.split(".")[0]:
            return None
        return problem(406, "Not Acceptable", f"version {wanted} is not supported; {release} is")

    @app.after_request
    def stamp(answer: Reply) -> Reply:
        release = releases.get(root_of(asked().path))
        if release:
            answer.headers["Version"] = release
        return answer


@lru_cache(maxsize=WAYS)
def root_of(path: str) -> str:
    """The beginning of a path that names API and major version: `/nfvmanocim/v2`."""
    return "/" + "/".join(path.split("/", 3)[1:3])


def _blueprint(api: Api) -> Blueprint:
    blueprint = Blueprint(f"{api.name}-versions", __name__)
    information = {
        "uriPrefix": api.root,
        "apiVersions": [{"version": api.release, "isDeprecated": False}],
    }

    def api_versions() -> Reply:
        answer = resource(information)
        answer.headers["Version"] = api.release
        return answer

    def description() -> Reply:
        return Reply(_served(api), content_type="application/json")

    blueprint.add_url_rule(f"/{api.name}/api_versions", "api_versions", api_versions)
    blueprint.add_url_rule(f"{api.root}/api_versions", "api_versions_of_major", api_versions)
    blueprint.add_url_rule(f"{api.root}/openapi.json", "openapi", description)
    return blueprint


def _served(api: Api) -> bytes:
    return dump({**descriptions.load(api.name), "servers": [{"url": api.root}]})
