"""traffic/v1, the lab's own: the sessions that a VNF serves, and the requests that it sends within its NS."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies
from mocks.api.descriptions import validator
from mocks.api.lean import Reply
from mocks.api.slots import Slot, serving
from mocks.entities.traffic import TrafficSource
from mocks.entities.vnf_application import VnfApplication

NAME = "traffic"
ROOT = f"/{NAME}/v1"


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    application, source = serving(slot, VnfApplication), serving(slot, TrafficSource)
    check_sessions, check_routes = validator(NAME, "SessionsRequest"), validator(NAME, "Routes")
    check_generator = validator(NAME, "GeneratorRequest")

    @api.post("/sessions")
    def open_sessions() -> Reply:
        made = application().open(bodies.read(check_sessions)["sessions"])
        return answers.created(made, f"{ROOT}/sessions/{made['id']}")

    @api.delete("/sessions/<id>")
    def complete_sessions(id: str) -> Reply:
        application().complete(id)
        return answers.no_content()

    @api.get("/load")
    def read_load() -> Reply:
        return answers.resource(application().load())

    @api.get("/routes")
    def read_routes() -> Reply:
        return answers.resource(source().routes())

    @api.put("/routes")
    def set_routes() -> Reply:
        return answers.resource(source().route(bodies.read(check_routes)["routes"]))

    @api.get("/generator")
    def read_generator() -> Reply:
        return answers.resource(source().generator())

    @api.put("/generator")
    def set_generator() -> Reply:
        return answers.resource(source().generate(bodies.read(check_generator)))

    return api
