"""vnfconfig/v1: the standard interface between a VNFM and its VNF (configuration, SOL 002 clause 9)."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies
from mocks.api.descriptions import validator
from mocks.api.lean import Reply
from mocks.api.slots import Slot, serving
from mocks.entities.vnf_application import StandardManagement

NAME = "vnfconfig"
ROOT = f"/{NAME}/v1"


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    management = serving(slot, StandardManagement)
    check = validator(NAME, "VnfConfigurationModifications")

    @api.get("/configuration")
    def read_configuration() -> Reply:
        return answers.resource(management().configuration())

    @api.patch("/configuration")
    def configure() -> Reply:
        return answers.resource(management().configure(bodies.read(check)))

    return api
