"""Subjects under test: found by a string, checked by a wrapper."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests
from werkzeug.test import Client, create_environ
from werkzeug.wrappers import Request, Response

import harness.smm
from harness.clients.entities import Endpoint
from harness.smm.northbound import API
from harness.sut import Checked, Credentials, Description, SubjectBroke, SubjectError, Surroundings, resolve
from tests.smm.script import FakeClock, Wire


def test_the_reference_is_our_smm() -> None:
    """`reference:` is the factory of harness.smm."""
    assert resolve("reference:") is harness.smm.create
    assert resolve("adapter:harness.smm:create") is harness.smm.create


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("referense:", "did you mean reference:"),
        ("", "possible: reference:"),
        ("reference:x", "takes nothing"),
        ("adapter:harness.smm", "should read adapter:package.module:factory"),
        ("adapter:no.such:thing", "cannot be imported"),
        ("adapter:harness.smm:nothing", "has nothing called 'nothing'"),
        ("adapter:harness.smm:OPERATIONS", "is no factory"),
        ("http:smm.example", "should read http:https://host"),
    ],
)
def test_a_wrong_subject_is_explained(subject: str, said: str) -> None:
    """What was given, and what is possible."""
    with pytest.raises(SubjectError) as caught:
        resolve(subject)
    assert said in str(caught.value)


def test_a_subject_elsewhere_is_reached_through_a_proxy() -> None:
    """Requests go on as they are, and so do answers."""
    wire = Wire()
    wire.on("vendor", "PUT", "/smm/v1/inventory", lambda *_: (204, None))
    wire.on("vendor", "POST", "/smm/v1/processes", lambda body, _: (202, {"got": body}, "/smm/v1/processes/1"))
    session = requests.Session()
    session.mount("http://", wire)
    api = Client(resolve("http:http://vendor")(Surroundings(session, FakeClock(), {}, "http://smm")))
    answer = api.post("/smm/v1/processes", json={"a": 1})
    assert (answer.status_code, answer.headers["Location"]) == (202, "/smm/v1/processes/1")
    assert json.loads(answer.data) == {"got": {"a": 1}}


def test_a_subject_that_does_not_answer_is_a_bad_gateway() -> None:
    """502 that says who."""

    def nobody(_body: Any, _match: Any) -> Any:
        raise requests.ConnectionError("nobody")

    wire = Wire()
    wire.on("vendor", "PUT", "/smm/v1/inventory", lambda *_: (204, None))
    wire.on("vendor", "GET", "/smm/v1/processes", nobody)
    session = requests.Session()
    session.mount("http://", wire)
    api = Client(resolve("http:http://vendor")(Surroundings(session, FakeClock(), {}, "http://smm")))
    answer = api.get("/smm/v1/processes")
    assert answer.status_code == 502
    assert "http://vendor did not answer" in answer.get_data(as_text=True)


def test_a_subject_elsewhere_learns_of_the_world_first() -> None:
    """Actors by name, and with what it gets a token; who does not take that is no subject."""
    wire = Wire()
    session = requests.Session()
    session.mount("http://", wire)
    inventory = {"vnfm": Endpoint("VNFM", "http://vnfm")}
    credentials = Credentials("http://vnfm/oauth2/token", "smm", "s3cret")
    surroundings = Surroundings(session, FakeClock(), inventory, "http://smm", credentials=credentials)
    with pytest.raises(SubjectError, match="did not take the lab's inventory"):
        resolve("http:http://vendor")(surroundings)
    wire.on("vendor", "PUT", "/smm/v1/inventory", lambda *_: (204, None))
    resolve("http:http://vendor")(surroundings)
    assert wire.exchanges[-1].body == {
        "actors": {"vnfm": {"type": "VNFM", "url": "http://vnfm"}},
        "authorization": {
            "tokenEndpoint": "http://vnfm/oauth2/token",
            "clientId": "smm",
            "clientSecret": "s3cret",
        },
    }
    assert "s3cret" not in repr(surroundings)


def _subject(answers: dict[str, Response]) -> Any:
    @Request.application
    def app(request: Request) -> Response:
        return answers[f"{request.method} {request.path}"]

    return app


def test_every_breach_is_listed_in_one_error() -> None:
    """Missing headers, wrong bodies, undescribed answers: all of them, each with its request."""
    answers = {
        "POST /smm/v1/processes": Response(status=201),
        "GET /smm/v1/processes/1": Response('{"id": 1}', content_type="application/json", headers={"Version": "1"}),
        "GET /smm/v1/processes": Response("no", content_type="text/plain", headers={"Version": "1"}),
        "GET /smm/v1/subscriptions": Response("{", content_type="application/json", headers={"Version": "1"}),
        "POST /smm/v1/processes/1/suspend": Response(status=202, headers={"Version": "1"}),
        "GET /smm/v1/nothing": Response(),
        "GET /callbacks/x": Response(status=500),
    }
    checked = Checked(_subject(answers), Description(API.description))
    api = Client(checked)
    for request in answers:
        method, path = request.split()
        api.open(path, method=method)
    with pytest.raises(SubjectBroke) as caught:
        checked.verify()
    said = "\n".join(caught.value.breaches)
    assert "POST /smm/v1/processes -> 201: is not described; expected 202, 422, default" in said
    assert "$.id: 1 is not of type 'string'" in said
    assert "'journal' is a required property" in said
    assert "has the content type text/plain, expected application/json" in said
    assert "GET /smm/v1/subscriptions -> 200: has a body that is not JSON" in said
    assert "suspend -> 202: lacks the header Location" in said
    assert "GET /smm/v1/nothing -> 200: succeeded, though" in said
    assert "callbacks" not in said


def test_a_subject_that_keeps_to_the_description_passes() -> None:
    """No breach, no error."""
    checked = Checked(_subject({"GET /smm/v1/x": Response(status=404)}), Description(API.description))
    Client(checked).get("/smm/v1/x")
    checked.verify()


def test_answers_pass_as_they_are() -> None:
    """Nothing is added to an answer, nothing taken from it: neither a body nor the type of one."""
    headers = [("Version", "1.0.0"), ("X-Own", "kept")]

    def subject(environ: dict[str, Any], start: Callable[..., Any]) -> Iterator[bytes]:
        start("204 No Content", headers)
        yield b""

    passed: list[Any] = []
    checked = Checked(subject, Description(API.description))
    body = b"".join(checked(create_environ("/smm/v1/processes"), lambda *started: passed.append(started)))
    assert passed == [("204 No Content", headers)]
    assert body == b""


def test_a_body_without_a_status_is_refused() -> None:
    """A subject that breaks WSGI itself is named, with the request."""
    checked = Checked(lambda *_: [b"{}"], Description(API.description))
    with pytest.raises(RuntimeError, match=r"GET /smm/v1/processes: a body without status"):
        checked(create_environ("/smm/v1/processes"), lambda *_: None)
