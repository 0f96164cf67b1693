"""lab/v1: the lab's own hand on a mock; faults, holds, triggers and a fresh start. For the administrator only."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from flask import Blueprint

from mocks.api import answers, bodies
from mocks.api.lean import Reply, asked
from mocks.api.lists import listed
from mocks.api.problems import problem
from mocks.api.slots import Slot
from mocks.entities.errors import Unprocessable
from mocks.faults.collection import Faults
from mocks.faults.patterns import METHODS
from mocks.faults.spec import SpecError

ROOT = "/lab/v1"
VERSION = "1.0.0"
ADMINISTRATOR = "lab-admin"


class Controls(Protocol):
    """What the lab lets the control API do with a mock."""

    @property
    def faults(self) -> Faults: ...

    def reset(self, seed: int, profile: Mapping[str, Any]) -> None:
        """A fresh entity without faults and holds; the profile is merged over the topology's."""
        ...

    def trigger(self, to: str, method: str, path: str, body: Mapping[str, Any] | None) -> dict[str, Any]:
        """Send a request as the actor; status (None: no answer), location and body. KeyError: no such actor."""
        ...


def blueprint(slot: Slot, controls: Controls) -> Blueprint:
    """The control API of the mock whose entity is in the slot."""
    made = Blueprint("lab", __name__, url_prefix=ROOT)
    made.before_request(_only_the_administrator)
    made.after_request(_stamp)
    made.register_error_handler(SpecError, _refuse_spec)
    _add_faults(made, controls)

    @made.post("/reset")
    def reset() -> Reply:
        body = bodies.read(_check_reset)
        controls.reset(body["seed"], body.get("profile") or {})
        return answers.no_content()

    @made.post("/triggers")
    def trigger() -> Reply:
        body = bodies.read(_check_trigger)
        try:
            answer = controls.trigger(body["to"], body["method"], body["path"], body.get("body"))
        except KeyError:
            raise Unprocessable(f"{slot().name} knows no actor {body['to']!r} to send a request to") from None
        return answers.plain(answer)

    return made


def _add_faults(made: Blueprint, controls: Controls) -> None:
    @made.post("/faults")
    def arm() -> Reply:
        name = controls.faults.arm(bodies.read(_anything))
        return answers.created({"id": name}, f"{ROOT}/faults/{name}")

    @made.get("/faults")
    def query_faults() -> Reply:
        return listed(controls.faults.list())

    @made.delete("/faults/<id>")
    def heal(id: str) -> Reply:
        controls.faults.heal(id, "time" if asked().args.get("by") == "time" else "manually")
        return answers.no_content()

    @made.post("/holds")
    def hold() -> Reply:
        name = controls.faults.hold(bodies.read(_check_hold)["point"])
        return answers.created({"id": name}, f"{ROOT}/holds/{name}")

    @made.delete("/holds/<id>")
    def release(id: str) -> Reply:
        controls.faults.release(id)
        return answers.no_content()


def _only_the_administrator() -> Reply | None:
    sender = asked().environ.get("manolab.actor")
    if sender == ADMINISTRATOR:
        return None
    return problem(403, "Forbidden", f"the control API is for {ADMINISTRATOR}, not for {sender or 'unknown senders'}")


def _stamp(answer: Reply) -> Reply:
    answer.headers["Version"] = VERSION
    return answer


def _refuse_spec(error: SpecError) -> Reply:
    return problem(error.status, error.title, error.detail, problems=error.problems)


def _anything(_body: Any) -> list[str]:
    """A fault's specification checks itself."""
    return []


def _check_reset(body: Any) -> list[str]:
    return _wrong(
        body,
        seed=("a whole number is required", lambda seed: isinstance(seed, int) and not isinstance(seed, bool)),
        profile=("must be an object", lambda profile: profile is None or isinstance(profile, dict)),
    )


def _check_hold(body: Any) -> list[str]:
    return _wrong(body, point=("'<kind of work>/<step>' is required", lambda point: isinstance(point, str)))


def _check_trigger(body: Any) -> list[str]:
    return _wrong(
        body,
        to=("an actor's name is required", lambda to: isinstance(to, str)),
        method=(f"one of {', '.join(METHODS[:-1])} is required", lambda method: method in METHODS[:-1]),
        path=("a path from the root is required", lambda path: isinstance(path, str) and path.startswith("/")),
        body=("must be an object or absent", lambda inner: inner is None or isinstance(inner, dict)),
    )


def _wrong(body: Any, /, **attributes: tuple[str, Callable[[Any], bool]]) -> list[str]:
    if not isinstance(body, dict):
        return ["the body must be a JSON object"]
    return [f"{name}: {must}" for name, (must, holds) in attributes.items() if not holds(body.get(name))]
