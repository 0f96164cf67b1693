"""Whatever the descriptions allow, and much that they do not, is sent to each API: no 5xx, no undescribed answer.

schemathesis draws the requests. Each operation is tried on fresh entities that have been through a short preparation,
so that there are resources to meet, and identifiers that the entity gave away are used in paths.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import strategies as st
from werkzeug.test import Client

from mocks.api.app import API_OF_POWER, create_app
from mocks.entities import actors
from mocks.entities.core import Core
from tests.api.conformance import of_response
from tests.api.fuzzing import Bench, learn
from tests.fakes import make_core

APIS = {api.name: api for api in API_OF_POWER.values()}
SERVED_BY = {
    "nfvmanocim": "VNFM",
    "nfvmanologm": "VNFM",
    "peer": "NFVO",
    "nfvmanoswm": "VNFM",
    "vrm": "VIM",
    "managed": "VNF",
    "tester": "TESTER",
    "nslcm": "NFVO",
    "vnflcm": "VNFM",
    "mcio": "CISM",
    "wan": "WIM",
    "nsd": "NFVO",
    "traffic": "VNF",
    "steering": "EM",
    "vnfconfig": "VNF",
    "svnf": "VNF",
}
R = {"vcpu": 2, "memoryMiB": 1024, "storageGiB": 10}
JOB = {
    "objectInstanceIds": [{"type": "MANO_ENTITY", "objectId": "vnfm"}],
    "jobCriteria": {"loggingType": "SERVICES"},
    "jobConfig": {"reportingCondition": {"reportingType": "REPORTING_ON_COMPILATION"}, "securityConf": {}},
}
POD = {"containers": [{"name": "c", "image": "i"}]}
SUBSCRIBE = ("/subscriptions", {"callbackUri": "http://smm/callbacks/1"})
Preparation = list[tuple[str, dict[str, Any] | None]]
UNITS: Preparation = [SUBSCRIBE, ("/redundancy_units", None), ("/redundancy_units", {"softwareVersion": "2.0.0"})]
COMPONENTS: Preparation = [
    SUBSCRIBE,
    ("/components", None),
    ("/software_modifications", {"destinationSoftwareVersion": "2.0.0", "component": "compute"}),
]
PREPARATION: dict[str, Preparation] = {
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
    "mcio": [
        ("/api/v1/namespaces/unknown/pods", {"metadata": {"name": "one"}, "spec": POD}),
        (
            "/apis/apps/v1/namespaces/unknown/deployments",
            {"metadata": {"name": "two"}, "spec": {"selector": {}, "template": {"spec": POD}}},
        ),
    ],
    "wan": [("/connections", {"name": "one", "endpoints": ["a", "b"]})],
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


class Entity:
    """One API of an entity that can be made anew while the app stays."""

    def __init__(self, name: str, preparation: Preparation | None = None, **profile: Any) -> None:
        self.api = APIS[name]
        self.preparation = PREPARATION.get(name, []) if preparation is None else preparation
        self.profile = {"peers": ["vim", "vnfm"], "vim": "vim", **profile}
        self.type = SERVED_BY[name]
        self.core: Core = make_core(self.type)
        self.ids: dict[str, list[str]] = {}
        self.app = as_somebody(create_app(self.present, actors.powers_of(self.type)).wsgi_app)
        self.client = Client(self.app)

    def present(self) -> Core:
        return self.core

    def renew(self) -> None:
        """A fresh entity that has been through its preparation."""
        self.core = actors.equip(make_core(self.type, **self.profile), actors.powers_of(self.type))
        self.ids = {}
        for path, body in self.preparation:
            filled = re.sub(r"\{(\w+)\}", lambda match: self.ids[match[1]][-1], path)
            method = "GET" if body is None else "POST"
            answer = of_response(self.client.open(self.api.root + filled, method=method, json=body))
            assert answer.status in (200, 201, 202), (path, answer)
            learn(self.ids, answer)

    def adapt(self, case: Any, data: st.DataObject) -> None:
        """Identifiers in paths are enough."""

    def run(self, until: float) -> None:
        self.core.clock.run(until)

    def notified(self) -> list[dict[str, Any]]:
        return self.core.peers.notifications()


def as_somebody(app: Any) -> Any:
    """The app behind an authentication that let the request through."""

    def authenticated(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        return app({**environ, "manolab.actor": "smm"}, start_response)

    return authenticated


@pytest.mark.parametrize("name", SERVED_BY)
def test_api_answers_whatever_comes_as_described(name):
    """No server error, no answer and no notification outside of the description, whatever is sent in whatever order."""
    entity = Entity(name)
    bench = Bench(entity, f"{entity.api.root}/openapi.json", entity.app)
    for operation in bench.operations:
        bench.fuzz(operation)


def test_redundancy_units_answer_whatever_comes_as_described():
    """The same for an entity that consists of units, whose part of nfvmanoswm/v1 others have nothing to show for."""
    entity = Entity("nfvmanoswm", UNITS, redundancyUnits=2)
    bench = Bench(entity, f"{entity.api.root}/openapi.json", entity.app)
    units = [operation for operation in bench.operations if "redundancy_unit" in operation.path]
    assert len(units) == 8
    for operation in units:
        bench.fuzz(operation)


def test_components_answer_whatever_comes_as_described():
    """The same for an entity that consists of components (clause 5.3.6.2): they are listed, and modified by name."""
    entity = Entity("nfvmanoswm", COMPONENTS, components=["compute", "network"])
    bench = Bench(entity, f"{entity.api.root}/openapi.json", entity.app)
    paths = ("/components", "/software_modifications", "/software_modification_op_occs")
    concerned = [operation for operation in bench.operations if operation.path.endswith(paths)]
    assert len(concerned) == 3
    for operation in concerned:
        bench.fuzz(operation)
