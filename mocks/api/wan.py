"""wan/v1, the lab's own: connections over the WAN of a WIM."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies
from mocks.api.descriptions import validator
from mocks.api.lean import Reply, asked
from mocks.api.lists import listed
from mocks.api.slots import Slot, serving
from mocks.entities.wan_connectivity import WanConnectivity

NAME = "wan"
ROOT = f"/{NAME}/v1"


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    wan = serving(slot, WanConnectivity)
    check = validator(NAME, "ConnectionRequest")

    @api.post("/connections")
    def connect() -> Reply:
        made = wan().create(bodies.read(check), asked().environ["manolab.actor"])
        return answers.created(made, f"{ROOT}/connections/{made['id']}")

    @api.get("/connections")
    def query_connections() -> Reply:
        return listed(wan().list(), of=(NAME, "Connection"))

    @api.get("/connections/<id>")
    def read_connection(id: str) -> Reply:
        return answers.resource(wan().get(id))

    @api.delete("/connections/<id>")
    def disconnect(id: str) -> Reply:
        answers.check_match(wan().get(id))
        wan().delete(id)
        return answers.no_content()

    return api
