"""The part of nfvmanoswm/v1 about instances of an entity that come and go, and their state (GR clause 5.3.3)."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies
from mocks.api.descriptions import validator
from mocks.api.lean import Reply, asked
from mocks.api.lists import listed
from mocks.api.slots import Slot, serving
from mocks.entities.instantiation import OCCURRENCES, Instantiation
from mocks.entities.state_transfer import StateTransfer

NAME = "nfvmanoswm"
ROOT = f"/{NAME}/v1"


def add(api: Blueprint, slot: Slot) -> None:
    """Serve them in the blueprint."""
    _add_instance(api, slot)
    _add_state_data(api, slot)


def _add_instance(api: Blueprint, slot: Slot) -> None:
    instantiation = serving(slot, Instantiation)
    check_new, check_end = validator(NAME, "InstantiateRequest"), validator(NAME, "TerminateRequest")

    @api.get("/instance")
    def read_instance() -> Reply:
        return answers.resource(instantiation().instance())

    @api.post("/instance/instantiate")
    def instantiate() -> Reply:
        begun = instantiation().instantiate(bodies.read(check_new), asked().environ["manolab.actor"])
        return answers.accepted(f"{ROOT}{OCCURRENCES}/{begun['id']}")

    @api.post("/instance/terminate")
    def terminate() -> Reply:
        begun = instantiation().terminate(bodies.read(check_end), asked().environ["manolab.actor"])
        return answers.accepted(f"{ROOT}{OCCURRENCES}/{begun['id']}")

    @api.get(OCCURRENCES)
    def query_instance_operations() -> Reply:
        return listed(instantiation().list(), of=(NAME, "InstanceOpOcc"))

    @api.get(f"{OCCURRENCES}/<id>")
    def read_instance_operation(id: str) -> Reply:
        return answers.resource(instantiation().get(id))


def _add_state_data(api: Blueprint, slot: Slot) -> None:
    transfer = serving(slot, StateTransfer)
    check = validator(NAME, "StateData")

    @api.post("/state_data/export")
    def export_state() -> Reply:
        return answers.plain(transfer().export())

    @api.post("/state_data/import")
    def import_state() -> Reply:
        transfer().take(bodies.read(check))
        return answers.no_content()
