"""Flask in fewer steps: the same order of checks, views, handlers and endings, with a request of its own each."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Blueprint
from werkzeug.exceptions import Conflict, HTTPException
from werkzeug.test import Client

from mocks.api.lean import ApiFlask, Reply, asked


def said(text: str, status: int = 200) -> Reply:
    return Reply(text.encode(), status, "text/plain")


def app_of(*views: tuple[str, Any], **options: Any) -> ApiFlask:
    app = ApiFlask("small", static_folder=None)
    for path, view in views:
        app.add_url_rule(path, path, view, **options)
    return app


def test_a_view_gets_the_arguments_of_its_path():
    """Each path its own, also when it was looked up before."""
    http = Client(app_of(("/things/<text>", said)))
    assert [http.get(f"/things/{name}").text for name in ("a", "b", "a")] == ["a", "b", "a"]


def test_checks_come_before_the_view_and_the_first_that_speaks_answers():
    """Of the app first, of the blueprint then; the view is not reached."""
    order: list[str] = []
    app, api = app_of(), Blueprint("api", __name__, url_prefix="/api")
    api.add_url_rule("/thing", "thing", lambda: order.append("view") or said("view"))
    api.before_request(lambda: order.append("blueprint") or said("no", 403))
    app.before_request(lambda: order.append("app"))
    app.register_blueprint(api)
    assert Client(app).get("/api/thing").status_code == 403
    assert order == ["app", "blueprint"]


def test_what_ends_an_answer_runs_for_refusals_too():
    """Of the blueprint first, of the app last."""
    app, api = app_of(), Blueprint("api", __name__, url_prefix="/api")

    def refuse() -> Reply:
        raise Conflict("no")

    def mark(with_: str) -> Any:
        def marked(answer: Reply) -> Reply:
            answer.headers["Marks"] = answer.headers.get("Marks", "") + with_
            return answer

        return marked

    api.add_url_rule("/thing", "thing", refuse)
    api.after_request(mark("b"))
    app.after_request(mark("a"))
    app.register_error_handler(HTTPException, lambda error: said(error.name, error.code or 500))
    app.register_blueprint(api)
    http = Client(app)
    assert (http.get("/api/thing").status_code, http.get("/api/thing").headers["Marks"]) == (409, "ba")
    assert (http.get("/nothing").status_code, http.get("/nothing").headers["Marks"]) == (404, "a")


def test_the_nearest_handler_takes_an_error():
    """The blueprint's before the app's, that of the error's own class before that of one it comes from."""
    app, api = app_of(), Blueprint("api", __name__, url_prefix="/api")

    def broken(error: Exception) -> Any:
        def view() -> Reply:
            raise error

        return view

    for name, error in (("key", KeyError()), ("lookup", LookupError()), ("value", ValueError())):
        api.add_url_rule(f"/{name}", name, broken(error))
    api.register_error_handler(LookupError, lambda _: said("blueprint, lookup"))
    api.register_error_handler(KeyError, lambda _: said("blueprint, key"))
    app.register_error_handler(KeyError, lambda _: said("app, key"))
    app.register_error_handler(Exception, lambda _: said("app, any"))
    app.register_blueprint(api)
    http = Client(app)
    answers = [http.get(f"/api/{name}").text for name in ("key", "lookup", "value")]
    assert answers == ["blueprint, key", "blueprint, lookup", "app, any"]


def test_an_error_that_nobody_handles_reaches_the_caller():
    """It is not hidden behind an answer."""

    def broken() -> Reply:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        Client(app_of(("/thing", broken))).get("/thing")


def test_who_asks_another_app_meanwhile_finds_his_own_request_again():
    """Actors that are called in one thread answer each other in the midst of an answer."""
    inner = Client(app_of(("/inner", lambda: said(asked().path))))

    def outer() -> Reply:
        return said(f"{asked().path} {inner.get('/inner').text} {asked().path}")

    assert Client(app_of(("/outer", outer))).get("/outer").text == "/outer /inner /outer"


@pytest.mark.parametrize(
    ("method", "status", "body", "length"),
    [("GET", 200, "abc", "3"), ("HEAD", 200, "", "3"), ("GET", 204, "", None), ("GET", 304, "", None)],
)
def test_a_body_comes_where_method_and_status_allow_one(method, status, body, length):
    """Its length is told with it; of none, nothing is."""
    answer = Client(app_of(("/thing", lambda: Reply(b"abc", status)))).open("/thing", method=method)
    assert (answer.status_code, answer.text, answer.headers.get("Content-Length")) == (status, body, length)


def test_a_method_that_a_path_does_not_know_is_refused_with_those_it_knows():
    """405 with Allow, as RFC 9110 clause 15.5.6 has it."""
    app = app_of(("/thing", lambda: said("x")), methods=["GET"])
    app.register_error_handler(HTTPException, lambda error: said(dict(error.get_headers())["Allow"], error.code or 500))
    answer = Client(app).post("/thing")
    assert answer.status_code == 405
    assert "GET" in answer.text
