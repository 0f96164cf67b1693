"""nsd/v1: the NSDs of an NFVO (in the style of SOL 005 clause 5; the content is JSON instead of an archive)."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies
from mocks.api.descriptions import validator
from mocks.api.lean import Reply
from mocks.api.lists import listed
from mocks.api.slots import Slot, serving
from mocks.entities.ns_descriptors import NsDescriptors

NAME = "nsd"
ROOT = f"/{NAME}/v1"


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    nsds = serving(slot, NsDescriptors)
    check_info, check_content = validator(NAME, "CreateNsdInfoRequest"), validator(NAME, "Nsd")

    @api.post("/ns_descriptors")
    def create() -> Reply:
        made = nsds().create(bodies.read(check_info))
        return answers.created(made, f"{ROOT}/ns_descriptors/{made['id']}")

    @api.get("/ns_descriptors")
    def query() -> Reply:
        return listed(nsds().list(), of=(NAME, "NsdInfo"))

    @api.get("/ns_descriptors/<id>")
    def read(id: str) -> Reply:
        return answers.resource(nsds().get(id))

    @api.delete("/ns_descriptors/<id>")
    def delete(id: str) -> Reply:
        answers.check_match(nsds().get(id))
        nsds().delete(id)
        return answers.no_content()

    @api.get("/ns_descriptors/<id>/nsd_content")
    def read_content(id: str) -> Reply:
        return answers.resource(nsds().content(id))

    @api.put("/ns_descriptors/<id>/nsd_content")
    def onboard(id: str) -> Reply:
        nsds().onboard(id, bodies.read(check_content))
        return answers.no_content()

    return api
