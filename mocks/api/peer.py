"""peer/v1, the lab's own: whether a peer serves this actor, and news of operations that it had asked for."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies
from mocks.api.descriptions import validator
from mocks.api.lean import Reply
from mocks.api.slots import Slot, serving
from mocks.entities.peering import Peering

NAME = "peer"
ROOT = f"/{NAME}/v1"


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    peering = serving(slot, Peering)
    check_check, check_notice = validator(NAME, "CheckRequest"), validator(NAME, "OperationNotice")
    check_connection = validator(NAME, "ConnectionRequest")

    @api.post("/checks")
    def check() -> Reply:
        return answers.plain(peering().check(bodies.read(check_check)["peer"]))

    @api.post("/connections")
    def connect() -> Reply:
        wanted = bodies.read(check_connection)
        return answers.plain(peering().connect(wanted["peer"], wanted.get("apiUri", ""), wanted.get("replaces", "")))

    @api.post("/operation_notices")
    def notice() -> Reply:
        peering().notice(bodies.read(check_notice))
        return answers.no_content()

    return api
