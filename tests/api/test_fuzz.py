"""Whatever the descriptions allow, and much that they do not, is sent to each API: no 5xx, no undescribed answer.

schemathesis draws the requests. Each operation is tried on fresh entities that have been through a short preparation,
so that there are resources to meet, and identifiers that the entity gave away are used in paths.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from werkzeug.test import Client

from mocks.api.app import API_OF_POWER, create_app
from mocks.entities import actors
from mocks.entities.core import Core
from tests.api.conformance import Answer, answer_problems, notification_problems, of_response
from tests.fakes import make_core

APIS = {api.name: api for api in API_OF_POWER.values()}
SERVED_BY = {
    "nfvmanocim": "VNFM",
    "nfvmanologm": "VNFM",
    "peer": "NFVO",
    "nfvmanoswm": "VNFM",
    "vrm": "VIM",
    "tester": "TESTER",
    "nslcm": "NFVO",
    "vnflcm": "VNFM",
}
R = {"vcpu": 2, "memoryMiB": 1024, "storageGiB": 10}
JOB = {
    "objectInstanceIds": [{"type": "MANO_ENTITY", "objectId": "vnfm"}],
    "jobCriteria": {"loggingType": "SERVICES"},
    "jobConfig": {"reportingCondition": {"reportingType": "REPORTING_ON_COMPILATION"}, "securityConf": {}},
}
SUBSCRIBE = ("/subscriptions", {"callbackUri": "http://smm/callbacks/1"})
PREPARATION: dict[str, list[tuple[str, dict[str, Any] | None]]] = {
    "nfvmanocim": [
        SUBSCRIBE,
        ("/mano_entity/mano_interfaces", None),
        ("/peer_entities", None),
        ("/mano_entity/change_state", {"administrativeStateChange": {"administrativeStateAction": "LOCK"}}),
    ],
    "nfvmanologm": [SUBSCRIBE, ("/log_jobs", JOB), ("/log_jobs/{log_jobs}/compile_log", {})],
    "nfvmanoswm": [
        SUBSCRIBE,
        ("/restoration_points", {"description": "before"}),
        ("/software_modifications", {"destinationSoftwareVersion": "2.0.0"}),
    ],
    "vrm": [
        SUBSCRIBE,
        ("/reservations", {"purpose": "TESTING", "resources": R}),
        ("/reservations/{reservations}/allocations", {"resources": R}),
        ("/compute_resources", {"name": "one", "resources": R}),
        ("/compute_resources", None),
    ],
    "tester": [
        SUBSCRIBE,
        ("/test_runs", {"target": "vnfm", "softwareVersion": "2.0.0", "suites": ["health"], "resources": []}),
    ],
    "nslcm": [
        SUBSCRIBE,
        ("/ns_instances", {"nsdId": "nsd", "nsName": "one", "nsDescription": ""}),
        ("/ns_instances/{ns_instances}/instantiate", {"nsFlavourId": "default"}),
    ],
    "vnflcm": [
        SUBSCRIBE,
        ("/vnf_instances", {"vnfdId": "vnfd"}),
        ("/vnf_instances/{vnf_instances}/instantiate", {"flavourId": "default"}),
    ],
}
"""What is done before each conversation, as (path, body): POST a body, GET without. {x} is an id from the list x."""

EXAMPLES = 8
MODES = [GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


class Bench:
    """One API of an entity that can be made anew while the app and the parsed description stay."""

    def __init__(self, name: str) -> None:
        self.api = APIS[name]
        self.type = SERVED_BY[name]
        self.core: Core = make_core(self.type)
        self.ids: dict[str, list[str]] = {}
        app = as_somebody(create_app(self.present, actors.powers_of(self.type)).wsgi_app)
        self.client = Client(app)
        schema = schemathesis.openapi.from_wsgi(f"{self.api.root}/openapi.json", app)
        found = [one.ok() for one in schema.get_all_operations()]
        self.operations = [one for one in found if set(one.definition.raw["responses"]) != {"405"}]

    def present(self) -> Core:
        return self.core

    def renew(self) -> None:
        """A fresh entity that has been through its preparation."""
        self.core = actors.equip(make_core(self.type, peers=["vim", "vnfm"], vim="vim"), actors.powers_of(self.type))
        self.ids = {}
        for path, body in PREPARATION.get(self.api.name, ()):
            filled = re.sub(r"\{(\w+)\}", lambda match: self.ids[match[1]][-1], path)
            method = "GET" if body is None else "POST"
            answer = of_response(self.client.open(self.api.root + filled, method=method, json=body))
            assert answer.status in (200, 201, 202), (path, answer)
            self.learn(answer)

    def send(self, operation: Any, data: st.DataObject) -> None:
        """Send one request that the description or its opposite leads to, and check the answer."""
        case = data.draw(operation.as_strategy(generation_mode=data.draw(st.sampled_from(MODES))))
        for name in case.path_parameters or {}:
            collection = case.path.split("{" + name)[0].strip("/").split("/")[-1]
            case.path_parameters[name] = data.draw(st.sampled_from([*self.ids.get(collection, ()), "unknown"]))
        # Drawn at random they would only ever be refused.
        for name in ("Version", *data.draw(st.sampled_from([["If-Match"], []]))):
            case.headers.pop(name, None)
        answer = parse(case.call())
        problems = answer_problems(answer)
        assert answer.status < 500, f"{case.as_curl_command()}\n{answer.body}"
        assert not problems, "\n".join([*problems, case.as_curl_command()])
        self.learn(answer)

    def finish(self) -> None:
        """Let all work end, and check what was notified meanwhile."""
        self.core.clock.run(100)
        problems = [problem for told in self.core.peers.notifications() for problem in notification_problems(told)]
        assert not problems, "\n".join(problems)

    def learn(self, answer: Answer) -> None:
        """Note the ids in a Location, in links and of the items of a list, under the list that they belong to."""
        paths = [*hrefs(answer.body), (answer.headers or {}).get("Location", "")]
        pairs = [tuple(path.split("/")[-2:]) for path in paths if path.count("/") > 3]
        if isinstance(answer.body, list):
            pairs += [(answer.path.rsplit("/", 1)[-1], one["id"]) for one in answer.body if "id" in one]
        for collection, found in pairs:
            known = self.ids.setdefault(collection, [])
            if found not in known:
                known.append(found)


def as_somebody(app: Any) -> Any:
    """The app behind an authentication that let the request through."""

    def authenticated(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return app({**environ, "manolab.actor": "smm"}, start_response)

    return authenticated


def hrefs(body: Any) -> Iterator[str]:
    """Every link in a body."""
    for value in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        yield from hrefs(value)
    if isinstance(body, dict) and isinstance(body.get("href"), str):
        yield body["href"]


def parse(answer: Any) -> Answer:
    """schemathesis's response as the checker wants it."""
    headers = {name.title(): values[0] for name, values in answer.headers.items()}
    body: Any = answer.content.decode() or None
    if body is not None and "json" in headers.get("Content-Type", ""):
        body = json.loads(body)
    path = urlsplit(answer.request.url).path
    return Answer(answer.request.method, unquote(path), answer.status_code, headers, body)


def fuzz(bench: Bench, operation: Any) -> None:
    """Conversations with fresh entities, in each of which this operation is asked for twice."""

    @settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def conversation(data: st.DataObject) -> None:
        bench.renew()
        bench.send(operation, data)
        bench.send(data.draw(st.sampled_from(bench.operations)), data)
        bench.core.clock.run(data.draw(st.sampled_from([0, 0.15, 100])))
        bench.send(operation, data)
        bench.finish()

    conversation()


@pytest.mark.parametrize("name", SERVED_BY)
def test_api_answers_whatever_comes_as_described(name):
    """No server error, no answer and no notification outside of the description, whatever is sent in whatever order."""
    bench = Bench(name)
    for operation in bench.operations:
        fuzz(bench, operation)
