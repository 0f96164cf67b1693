"""managed/v1, the lab's own: what really is there at an entity that functional entities manage (GR clause 5.9)."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies
from mocks.api.descriptions import validator
from mocks.api.lean import Reply, asked
from mocks.api.lists import listed
from mocks.api.slots import Slot, serving
from mocks.entities.managed_instances import ManagedInstances

NAME = "managed"
ROOT = f"/{NAME}/v1"


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    instances = serving(slot, ManagedInstances)
    check = validator(NAME, "InstanceRequest")

    @api.get("/instances")
    def query_instances() -> Reply:
        return listed(instances().list(), of=(NAME, "Instance"))

    @api.get("/instances/<id>")
    def read_instance(id: str) -> Reply:
        return answers.resource(instances().get(id))

    @api.put("/instances/<id>")
    def put_instance(id: str) -> Reply:
        return answers.resource(instances().put(id, bodies.read(check), asked().environ["manolab.actor"]))

    @api.delete("/instances/<id>")
    def delete_instance(id: str) -> Reply:
        instances().delete(id, asked().environ["manolab.actor"])
        return answers.no_content()

    return api
