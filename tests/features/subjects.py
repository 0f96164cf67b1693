"""Subjects for tests of the suite itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from harness.smm import create
from harness.sut import Surroundings
from mocks.lab.errors import EngineError


def mute(_surroundings: Surroundings) -> Any:
    """An SMM that answers nothing but 503."""

    def app(_environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        start("503 Service Unavailable", [("Content-Length", "0")])
        return [b""]

    return app


def boaster(_surroundings: Surroundings) -> Any:
    """An SMM that takes every process up, says that it is completed, and does nothing."""

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        body = b'{"id": "1", "state": "COMPLETED", "outcome": "DESTINATION_COMMITTED"}'
        made = environ["REQUEST_METHOD"] == "POST"
        location = [("Location", "/smm/v1/processes/1")] if made else []
        start("202 Accepted" if made else "200 OK", [("Content-Type", "application/json"), *location])
        return [b"" if made else body]

    return app


class Subject:
    """An application, and what is done when the scenario is over."""

    def __init__(self, app: Callable[..., Iterable[bytes]], close: Callable[[], object]) -> None:
        self.app, self.close = app, close

    def __call__(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        return self.app(environ, start)


def tidy(surroundings: Surroundings) -> Any:
    """The reference SMM, which leaves a note in its folder when it is closed, and breaks when that is done twice."""
    subject, folder = create(surroundings), surroundings.folder
    assert folder

    def close() -> None:
        subject.close()
        (folder / "closed").touch(exist_ok=False)

    return Subject(subject, close)


def untidy(surroundings: Surroundings) -> Any:
    """An SMM that breaks when it is closed."""

    def close() -> None:
        raise RuntimeError("stuck drawer")

    return Subject(mute(surroundings), close)


def homeless(_surroundings: Surroundings) -> Any:
    """An SMM for which the lab breaks as soon as it is to come up."""
    raise EngineError("no engine today")


def boasting_fallback_manager(_surroundings: Surroundings) -> Any:
    """A Fallback Manager that takes every request up, says that all is restored, and does nothing."""

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        body = b'{"id": "1", "state": "COMPLETED", "outcome": "RESTORED", "restorationPointId": "point-1"}'
        made = environ["REQUEST_METHOD"] == "POST"
        location = [("Location", "/fallback/v1/fallbacks/1")] if made else []
        start("202 Accepted" if made else "200 OK", [("Content-Type", "application/json"), *location])
        return [b"" if made else body]

    return app


def sloppy(surroundings: Surroundings) -> Any:
    """The reference SMM, which leaves the version of its API out of every answer."""
    subject = create(surroundings)

    def app(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        def without(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start(status, [pair for pair in headers if pair[0] != "Version"], *rest)

        return subject(environ, without)

    return Subject(app, subject.close)
