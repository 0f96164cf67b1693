"""mcio/v1: the part of the Kubernetes API that ETSI GS NFV-SOL 018 profiles and the lab needs, at the root /mcio/v1.

SOL 018 leaves the root of the API to who deploys it. Objects, lists and errors (Status) have the form of Kubernetes.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint
from werkzeug.exceptions import HTTPException

from mocks.api import answers, bodies
from mocks.api.answers import dump
from mocks.api.bodies import MERGE_PATCH
from mocks.api.descriptions import Validator, validator
from mocks.api.lean import Reply
from mocks.api.slots import Slot, serving
from mocks.entities.container_objects import DEPLOYMENT, POD, AlreadyExists, ContainerObjects, Kind
from mocks.entities.errors import EntityError, Unprocessable
from mocks.entities.ports import Body

NAME = "mcio"
ROOT = f"/{NAME}/v1"
PATHS = {POD: "/api/v1/namespaces/<namespace>/pods", DEPLOYMENT: "/apis/apps/v1/namespaces/<namespace>/deployments"}
REASONS = {
    400: "BadRequest",
    404: "NotFound",
    409: "Conflict",
    415: "UnsupportedMediaType",
    422: "Invalid",
    503: "ServiceUnavailable",
}


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    for kind, path in PATHS.items():
        _add(api, slot, kind, path)
    api.register_error_handler(EntityError, _refused)
    api.register_error_handler(HTTPException, _http)
    return api


def _add(api: Blueprint, slot: Slot, kind: Kind, path: str) -> None:
    objects = serving(slot, ContainerObjects)
    check, check_patch = validator(NAME, kind.name), validator(NAME, "Patch")

    def create(namespace: str) -> Reply:
        made = objects().create(kind, namespace, bodies.read(check))
        return answers.created(made, f"{ROOT}{path.replace('<namespace>', namespace)}/{made['metadata']['name']}")

    def query(namespace: str) -> Reply:
        return answers.plain(objects().list(kind, namespace))

    def read(namespace: str, name: str) -> Reply:
        return answers.plain(objects().get(kind, namespace, name))

    def change(namespace: str, name: str) -> Reply:
        body = objects().patched(kind, namespace, name, bodies.read(check_patch, MERGE_PATCH))
        return answers.plain(objects().replace(kind, namespace, name, _valid(check, body)))

    def delete(namespace: str, name: str) -> Reply:
        objects().delete(kind, namespace, name)
        return answers.plain(_status("Success", 200))

    views: tuple[tuple[str, str, Callable[..., Reply]], ...] = (
        ("POST", path, create),
        ("GET", path, query),
        ("GET", f"{path}/<name>", read),
        ("PATCH", f"{path}/<name>", change),
        ("DELETE", f"{path}/<name>", delete),
    )
    for method, rule, view in views:
        api.add_url_rule(rule, f"{view.__name__}_{kind.plural}", view, methods=[method])


def _valid(check: Validator, body: Body) -> Body:
    if problems := check(body):
        raise Unprocessable("; ".join(problems))
    return body


def _refused(error: EntityError) -> Reply:
    reason = "AlreadyExists" if isinstance(error, AlreadyExists) else REASONS.get(error.status, error.title)
    return Reply(
        dump(_status("Failure", error.status, reason, error.detail)), error.status, content_type="application/json"
    )


def _http(error: HTTPException) -> Reply:
    code = error.code or 500
    status = _status("Failure", code, REASONS.get(code, error.name), error.description or error.name)
    return Reply(dump(status), code, content_type="application/json")


def _status(outcome: str, code: int, reason: str = "", message: str = "") -> Body:
    told = {"apiVersion": "v1", "kind": "Status", "metadata": {}, "status": outcome, "code": code}
    return {**told, **({"reason": reason, "message": message} if reason else {})}
