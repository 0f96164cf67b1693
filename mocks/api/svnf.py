"""svnf/v1, as one supplier might have it: the proprietary interface between a specific VNFM and its VNF (GR 5.5.2)."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies
from mocks.api.descriptions import validator
from mocks.api.lean import Reply
from mocks.api.slots import Slot, serving
from mocks.entities.vnf_application import ProprietaryManagement

NAME = "svnf"
ROOT = f"/{NAME}/v1"


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    management = serving(slot, ProprietaryManagement)
    check = validator(NAME, "Command")

    @api.get("/status")
    def read_status() -> Reply:
        return answers.resource(management().status())

    @api.post("/commands")
    def command() -> Reply:
        return answers.plain(management().command(bodies.read(check)))

    return api
