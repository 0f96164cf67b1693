"""steering/v1, the lab's own: who steers the traffic of an NS shares it between VNFs (an EM, an SDN controller)."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies
from mocks.api.descriptions import validator
from mocks.api.lean import Reply
from mocks.api.slots import Slot, serving
from mocks.entities.traffic import TrafficSteering

NAME = "steering"
ROOT = f"/{NAME}/v1"


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    steering = serving(slot, TrafficSteering)
    check = validator(NAME, "RoutesRequest")

    @api.get("/routes")
    def read_routes() -> Reply:
        return answers.resource(steering().routes())

    @api.put("/routes")
    def set_routes() -> Reply:
        return answers.resource(steering().steer(bodies.read(check)["routes"]))

    return api
