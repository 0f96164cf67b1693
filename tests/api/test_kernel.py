"""What all APIs share: errors, bodies, entity tags, lists, versions, descriptions, subscriptions."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest
from flask import Blueprint
from openapi_spec_validator import validate

from mocks.api import answers, bodies, descriptions, overlays, problems, subscription_routes
from mocks.api.app import API_OF_POWER, apis_of, create_app
from mocks.api.filters import matching, parse
from mocks.api.lean import ApiFlask, Reply
from mocks.api.lists import PAGE, listed
from mocks.entities.errors import BadRequest, InsufficientResources, NotFound, Unavailable
from mocks.entities.information import Information
from mocks.entities.logs import Logs
from mocks.entities.peering import Peering
from mocks.entities.subscriptions import Subscriptions
from tests.api.conformance import METHODS, ROOT, Answer, answer_problems, app_of, client, notification_problems
from tests.fakes import make_core

ITEMS = [
    {"id": "a", "state": "STARTED", "owner": {"name": "smm"}, "count": 2, "tags": ["x", "y"], "big": {"b": 1}},
    {"id": "b", "state": "STOPPED", "owner": {"name": "O'Hara"}, "count": 10, "tags": [], "done": True},
]


def small_app(handler: Any, path: str = "/thing", **options: Any) -> Any:
    app = ApiFlask("small")
    problems.install(app)
    app.add_url_rule(path, "thing", handler, **options)
    return app.test_client()


def full_core(type: str = "VNFM") -> Any:
    core = make_core(type)
    for power in (Information, Logs, Peering):
        core.give(power(core))
    return core


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [(NotFound("no thing"), 404, "Not Found"), (InsufficientResources("no thing"), 409, "Insufficient resources")],
)
def test_refusals_are_problem_details(error, status, title):
    """What an entity refuses reaches the caller with its status, title and reason."""

    def refuse() -> Reply:
        raise error

    answer = small_app(refuse).get("/thing")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json == {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": "no thing",
        "instance": "/thing",
    }


def test_transient_refusal_says_when_to_come_back():
    """Retry-After is whole seconds, never too early."""

    def refuse() -> Reply:
        raise Unavailable("busy", retry_after=1.2)

    assert small_app(refuse).get("/thing").headers["Retry-After"] == "2"


def test_unexpected_error_is_a_500_that_names_it():
    """A bug in a handler is told as such."""

    def broken() -> Reply:
        raise ZeroDivisionError("oh")

    answer = small_app(broken).get("/thing")
    assert (answer.status_code, answer.json["detail"]) == (500, "ZeroDivisionError: oh")


def test_wrong_method_names_the_right_ones():
    """405 carries Allow and a ProblemDetails body, also for OPTIONS."""
    http = client(full_core())
    for method in ("DELETE", "OPTIONS"):
        answer = http.open("/nfvmanocim/v2/mano_entity", method=method)
        assert (answer.status_code, answer.mimetype) == (405, problems.MEDIA_TYPE)
        assert {"GET", "PATCH"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    ("data", "content_type", "status", "reason"),
    [
        ("{", "application/json", 400, "not JSON"),
        ('{"a": NaN}', "application/json", 400, "column 7"),
        ("[" * 100_000, "application/json", 400, "not JSON"),
        (b"\xff", "application/json", 400, "not JSON"),
        ("[]", "application/json", 400, "object"),
        ("", "application/json", 400, "not JSON"),
        ("{}", "text/plain", 415, "application/json"),
        ("{}", None, 415, "of no type"),
        ("{}", "application/json", 400, "'callbackUri' is a required property"),
    ],
)
def test_unreadable_bodies_are_refused_with_the_reason(data, content_type, status, reason):
    """Whatever is wrong with a body is the caller's to read, and never a 5xx."""
    check = descriptions.validator("nfvmanocim", "CimSubscriptionRequest")
    http = small_app(lambda: answers.plain(bodies.read(check)), methods=["POST"])
    answer = http.post("/thing", data=data, content_type=content_type)
    assert answer.status_code == status
    assert reason in answer.json["detail"]


def test_all_problems_of_a_body_are_named():
    """The check returns one sentence for each problem, with its place."""
    check = descriptions.validator("nfvmanocim", "CimSubscriptionRequest")
    assert check({"callbackUri": "http://a/"}) == []
    found = check({"filter": {"notificationTypes": ["x"]}})
    assert len(found) == 2
    assert any(problem.startswith("filter/notificationTypes/0: ") for problem in found)


def test_validators_are_built_once():
    """The same check is handed out each time."""
    assert descriptions.validator("peer", "Check") is descriptions.validator("peer", "Check")


def test_entity_tags_follow_the_content():
    """Equal content, equal tag; If-Match of another content is refused, a star never."""
    thing: dict[str, Any] = {"a": 1}

    def change() -> Reply:
        answers.check_match(thing)
        thing["a"] += 1
        return answers.resource(thing)

    http = small_app(change, methods=["POST"])
    first = http.post("/thing")
    tag = first.headers["ETag"]
    assert http.post("/thing", headers={"If-Match": f'"other", {tag}'}).status_code == 200
    assert http.post("/thing", headers={"If-Match": tag}).status_code == 412
    assert http.post("/thing", headers={"If-Match": "*"}).status_code == 200


@pytest.mark.parametrize(
    ("expression", "ids"),
    [
        ("(eq,state,STARTED)", "a"),
        ("(neq,state,STARTED)", "b"),
        ("(in,id,a,b,c)", "ab"),
        ("(nin,id,a,c)", "b"),
        ("(gt,count,2)", "b"),
        ("(gte,count,2)", "ab"),
        ("(lt,count,9.5)", "a"),
        ("(lte,count,x)", ""),
        ("(cont,state,ART,XX)", "a"),
        ("(ncont,state,ART)", "b"),
        ("(eq,owner/name,'O''Hara')", "b"),
        ("(eq,tags,y)", "a"),
        ("(eq,done,true)", "b"),
        ("(eq,state,STARTED);(eq,id,b)", ""),
        ("(eq,missing,1)", ""),
        ("(neq,missing,1)", "ab"),
    ],
)
def test_filters_of_sol_013(expression, ids):
    """Each operator, paths into objects and arrays, quoted values, and several terms at once."""
    assert "".join(item["id"] for item in matching(ITEMS, parse(expression))) == ids


@pytest.mark.parametrize(
    "expression", ["", "x", "(eq,a)", "(eq,a,1", "(eq,a,1);", "(foo,a,1)", "(eq,a,1,2)", "(eq,,1)"]
)
def test_unreadable_filters_are_refused(expression):
    """A filter that cannot be read is the caller's mistake."""
    with pytest.raises(BadRequest, match="filter"):
        parse(expression)


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"id", "state", "owner", "count", "tags"}),
        ("all_fields", {"id", "state", "owner", "count", "tags", "big"}),
        ("exclude_default", {"id", "state", "owner", "count", "tags"}),
        ("fields=big", {"id", "state", "count", "big"}),
        ("exclude_fields=owner,tags/0", {"id", "state", "count", "big"}),
        ("exclude_fields=state", {"id", "state", "owner", "count", "tags", "big"}),
    ],
)
def test_selectors_drop_complex_attributes_only(query, names):
    """Simple attributes always stay."""
    http = small_app(lambda: listed(ITEMS[:1], exclude_default=("big",)))
    [item] = http.get(f"/thing?{query}").json
    assert set(item) == names


def test_required_attributes_stay_and_unknown_ones_are_refused():
    """The items' schema decides what may go and what may be named."""
    http = client(full_core())
    interfaces = "/nfvmanocim/v2/mano_entity/mano_interfaces"
    assert "interfaceState" in http.get(f"{interfaces}?fields=metadata").json[0]
    for query in ("fields=nonsense", "exclude_fields=nonsense", "filter=(eq,nonsense,1)"):
        answer = http.get(f"{interfaces}?{query}")
        assert answer.status_code == 400
        assert "nonsense" in answer.json["detail"]


def test_long_lists_come_in_pages():
    """Following rel=next gives every item once, in order, the filter kept."""
    items = [{"id": str(n), "even": n % 2 == 0} for n in range(2 * PAGE + 2 * PAGE)]
    http = small_app(lambda: listed(items))
    seen, link = [], "/thing?filter=(eq,even,true)"
    while link:
        answer = http.get(link)
        seen += [item["id"] for item in answer.json]
        link = answer.headers.get("Link", "").partition(">")[0].removeprefix("<")
    assert seen == [item["id"] for item in items if item["even"]]
    assert http.get("/thing").headers["Link"].endswith('; rel="next"')


@pytest.mark.parametrize("marker", ["x", "LTE=", "OTk5", "é"])
def test_made_up_markers_are_refused(marker):
    """A marker that no page gave is a bad request."""
    assert small_app(lambda: listed(ITEMS)).get(f"/thing?nextpage_opaque_marker={marker}").status_code == 400


def test_every_answer_bears_its_version():
    """Also errors, and also for paths under the API that are not there."""
    http = create_app(make_core, [Information]).test_client()
    for path in ("/nfvmanocim/v2/mano_entity", "/nfvmanocim/v2/nothing", "/nfvmanocim/api_versions"):
        assert http.get(path).headers["Version"] == "2.2.0"
    assert http.get("/nothing").status_code == 404


def test_version_information_is_served_at_both_places():
    """SOL 013 wants it under the API and under its major version."""
    http = client(full_core())
    for path in ("/nfvmanocim/api_versions", "/nfvmanocim/v2/api_versions"):
        body = http.get(path).json
        assert body == {"uriPrefix": "/nfvmanocim/v2", "apiVersions": [{"version": "2.2.0", "isDeprecated": False}]}


@pytest.mark.parametrize(("version", "status"), [("2.2.0", 200), ("2.0.0", 200), ("1.0.0", 406), ("x", 406)])
def test_another_major_version_is_not_acceptable(version, status):
    """A caller that insists on another major version is told so."""
    answer = client(full_core()).get("/nfvmanocim/v2/mano_entity", headers={"Version": version})
    assert answer.status_code == status


def test_entity_without_the_power_has_no_such_resource():
    """The app outlives its entity: if the next one lacks a power, its resources are not found."""
    answer = create_app(lambda: make_core("VNF"), [Information]).test_client().get("/nfvmanocim/v2/mano_entity")
    assert answer.status_code == 404
    assert "Information" in answer.json["detail"]


def test_app_speaks_for_the_entity_of_the_moment():
    """A fresh core in the slot is what the next request reaches."""
    cores = [full_core("VIM"), full_core("OSS")]
    http = create_app(lambda: cores[0], [Information]).test_client()
    assert http.get("/nfvmanocim/v2/mano_entity").json["type"] == "VIM"
    cores.reverse()
    assert http.get("/nfvmanocim/v2/mano_entity").json["type"] == "OSS"


OWN = sorted(path.stem for path in (ROOT / "mocks" / "api" / "openapi").glob("*.yaml"))
PUBLISHED = ["nfvmanocim", "nfvmanologm"]


@pytest.mark.parametrize("name", [*OWN, *PUBLISHED])
def test_descriptions_are_valid_openapi(name):
    """Ours and ETSI's, with the lab's overlay."""
    validate(descriptions.load(name))


@pytest.mark.parametrize("api", apis_of(API_OF_POWER), ids=lambda api: api.name)
def test_versions_agree_with_the_descriptions(api):
    """The release that an API stamps on its answers is the one of its description."""
    description = descriptions.load(api.name)
    assert description["info"]["version"].split("-")[0] == api.release
    assert description["servers"][0]["url"].endswith(api.root)


@pytest.mark.parametrize("api", apis_of(API_OF_POWER), ids=lambda api: api.name)
def test_every_described_operation_is_served(api):
    """Nothing is described that no handler answers, and nothing is served that is not described."""
    core = make_core()
    app = create_app(lambda: core, [power for power, of in API_OF_POWER.items() if of is api])
    urls = app.url_map.bind("lab")
    reached = {
        urls.match(api.root + re.sub(r"{[^}]+}", "1", path), method.upper())[0]
        for path, item in descriptions.load(api.name)["paths"].items()
        for method, operation in item.items()
        if method in METHODS and set(operation["responses"]) != {"405"}
    }
    assert {endpoint for endpoint in app.view_functions if "-versions." not in endpoint} - reached == set()


def test_power_that_derives_from_another_is_served_like_it():
    """A mutant of the lab keeps the API of what it derives from."""

    class Boastful(Information):
        def entity(self):
            return {**super().entity(), "softwareVersion": "99.0.0"}

    core = make_core()
    core.give(Boastful(core))
    assert client(core).get("/nfvmanocim/v2/mano_entity").json["softwareVersion"] == "99.0.0"


def test_overlay_leaves_the_published_file_alone():
    """The lab's types are in what is loaded, and not in ETSI's file."""
    loaded = descriptions.load("nfvmanocim")["components"]["schemas"]["ManoEntityEnumType"]["enum"]
    assert loaded == ["NFVO", "VNFM", "VIM", "WIM", *overlays.ENTITY_TYPES]
    file = ROOT / "mocks" / "api" / "sol009" / "NFVManoConfigurationAndInformationManagement.yaml"
    published = descriptions.read(file)["components"]["schemas"]["ManoEntityEnumType"]["enum"]
    assert published == ["NFVO", "VNFM", "VIM", "WIM"]


def test_each_api_serves_its_description():
    """What a client reads at openapi.json is what its answers are checked against."""
    served = client(full_core()).get("/peer/v1/openapi.json").json
    assert served == descriptions.load("peer")


def test_subscription_needs_a_callback():
    """An API without a check of its own still refuses a subscription that leads nowhere."""
    core = make_core()
    subscriptions = Subscriptions(core.ids, core.clock, core.peers)
    app, api = ApiFlask("small"), Blueprint("api", __name__, url_prefix="/api/v1")
    subscription_routes.add(
        api, "/api/v1", lambda: subscriptions, lambda one: subscription_routes.render(one, "/api/v1")
    )
    problems.install(app)
    app.register_blueprint(api)
    http = app.test_client()
    assert http.post("/api/v1/subscriptions", json={"callbackUri": "", "filter": 1}).status_code == 400
    made = http.post("/api/v1/subscriptions", json={"callbackUri": "http://a/", "filter": {"x": 1}})
    assert (made.status_code, made.location) == (201, f"/api/v1/subscriptions/{made.json['id']}")
    assert made.json["filter"] == {"x": 1}


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (Answer("GET", "/peer/v1/checks", 405, {"Version": "1.0.0", "Allow": "POST"}, None), None),
        (Answer("GET", "/peer/v1/checks", 405, {"Version": "1.0.0"}, None), "no allow"),
        (Answer("GET", "/peer/v1/checks", 200, None, {}), "405 was to be expected"),
        (Answer("GET", "/peer/v1/nothing", 200, None, {}), "404 was to be expected"),
        (Answer("POST", "/peer/v1/checks", 418, None, {}), "status not described"),
        (Answer("POST", "/peer/v1/checks", 200, None, {"peer": "x"}), "'reachable' is a required"),
        (Answer("POST", "/peer/v1/operation_notices", 204, None, {}), "a body, where none"),
        (Answer("POST", "/peer/v1/operation_notices", 204, {}, None), "no version"),
        (Answer("POST", "/peer/v1/checks", 422, {"Version": "1", "Content-Type": "text/html"}, ""), "media type"),
        (Answer("GET", "/nowhere/v1/x", 200, None, {}), "no API"),
    ],
)
def test_conformance_checker_can_fail(answer, problem):
    """Each kind of deviation is found, and named."""
    found = "; ".join(answer_problems(answer))
    assert (problem in found) if problem else not found


def test_conformance_checker_knows_notifications():
    """A notification that nobody describes, or described otherwise, is a problem."""
    assert notification_problems({"notificationType": "Rumour"}) == ["Rumour: no API describes such a notification"]
    assert "'changeStateOpOccId'" in "".join(notification_problems({"notificationType": "ChangeStateNotification"}))


def test_reading_an_entity_is_quick():
    """A generous bound that only a schema compiled at each request, or its like, breaks."""
    wsgi = app_of(full_core()).wsgi_app
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/nfvmanocim/v2/mano_entity",
        "SERVER_NAME": "x",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "wsgi.url_scheme": "http",
    }
    best = min(_seconds(wsgi, environ) for _ in range(50))
    assert best < 0.002


def _seconds(wsgi: Any, environ: dict[str, Any]) -> float:
    begin = time.perf_counter()
    b"".join(wsgi(dict(environ), lambda status, headers: None))
    return time.perf_counter() - begin
