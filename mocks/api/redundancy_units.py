"""The redundancy units of an entity, in nfvmanoswm/v1 (GR clause 5.3.2)."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies
from mocks.api.descriptions import validator
from mocks.api.lean import Reply, asked
from mocks.api.lists import listed
from mocks.api.slots import Slot, serving
from mocks.entities.ports import Body
from mocks.entities.redundancy_units import RedundancyUnits

NAME = "nfvmanoswm"
ROOT = f"/{NAME}/v1"


def add(api: Blueprint, slot: Slot) -> None:
    """Add the routes to the API of the entity in the slot."""
    units = serving(slot, RedundancyUnits)
    check_new, check_end = validator(NAME, "RedundancyUnitRequest"), validator(NAME, "TerminationRequest")
    check_change = validator(NAME, "UnitStateChangeRequest")

    @api.get("/redundancy_units")
    def query_units() -> Reply:
        return listed(units().list(), of=(NAME, "RedundancyUnit"))

    @api.post("/redundancy_units")
    def instantiate_unit() -> Reply:
        return _begun(units().instantiate(bodies.read(check_new), _asker()))

    @api.get("/redundancy_units/<id>")
    def read_unit(id: str) -> Reply:
        return answers.resource(units().get(id))

    @api.post("/redundancy_units/<id>/change_state")
    def change_unit_state(id: str) -> Reply:
        answers.check_match(units().get(id))
        return _begun(units().change_state(id, bodies.read(check_change), _asker()))

    @api.post("/redundancy_units/<id>/service_interfaces/<interface>/change_state")
    def change_unit_interface_state(id: str, interface: str) -> Reply:
        answers.check_match(units().get(id))
        return _begun(units().change_state(id, bodies.read(check_change), _asker(), interface))

    @api.post("/redundancy_units/<id>/terminate")
    def terminate_unit(id: str) -> Reply:
        answers.check_match(units().get(id))
        return _begun(units().terminate(id, bodies.read(check_end), _asker()))

    @api.get("/redundancy_unit_op_occs")
    def query_unit_operations() -> Reply:
        return listed(units().occurrences(), of=(NAME, "RedundancyUnitOpOcc"))

    @api.get("/redundancy_unit_op_occs/<id>")
    def read_unit_operation(id: str) -> Reply:
        return answers.resource(units().occurrence(id))


def _asker() -> str:
    return str(asked().environ["manolab.actor"])


def _begun(occurrence: Body) -> Reply:
    return answers.accepted(f"{ROOT}/redundancy_unit_op_occs/{occurrence['id']}")
