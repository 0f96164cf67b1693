"""nfvmanoswm/v1: software modification of an entity, its restoration points, operations that wait (GR clause 5.2)."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies, instance_routes, redundancy_units, subscription_routes
from mocks.api.descriptions import validator
from mocks.api.lean import Reply, asked
from mocks.api.lists import listed
from mocks.api.slots import Slot, serving
from mocks.entities.admission import OperationAdmission, PendingOperation
from mocks.entities.components import Components
from mocks.entities.modification_announcements import announcements_of
from mocks.entities.restoration import RestorationPoints
from mocks.entities.software_modification import SoftwareModification

NAME = "nfvmanoswm"
ROOT = f"/{NAME}/v1"
OCCURRENCES_OF_TYPE = {
    "NS_LCM": "/nslcm/v1/ns_lcm_op_occs",
    "VNF_LCM": "/vnflcm/v1/vnf_lcm_op_occs",
    "VRM": "/vrm/v1/vrm_op_occs",
}


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    _add_modifications(api, slot)
    _add_restoration_points(api, slot)
    _add_pending_operations(api, slot)
    instance_routes.add(api, slot)
    redundancy_units.add(api, slot)
    subscription_routes.add(
        api,
        ROOT,
        lambda: announcements_of(slot()).subscriptions,
        lambda subscription: announcements_of(slot()).describe(subscription),
        validator(NAME, "SubscriptionRequest"),
    )
    return api


def _add_modifications(api: Blueprint, slot: Slot) -> None:
    modification, components = serving(slot, SoftwareModification), serving(slot, Components)
    check = validator(NAME, "SoftwareModificationRequest")
    check_task = validator(NAME, "ContinuationRequest")
    occurrences = "/software_modification_op_occs"

    @api.get("/capability")
    def read_capability() -> Reply:
        return answers.resource(modification().capability())

    @api.get("/components")
    def query_components() -> Reply:
        return listed(components().list(), of=(NAME, "Component"))

    @api.post("/software_modifications")
    def modify_software() -> Reply:
        made = modification().create(bodies.read(check), asked().environ["manolab.actor"])
        return answers.accepted(f"{ROOT}{occurrences}/{made['id']}")

    @api.get(occurrences)
    def query_modifications() -> Reply:
        return listed(modification().list(), of=(NAME, "SwmOpOcc"))

    @api.get(f"{occurrences}/<id>")
    def read_modification(id: str) -> Reply:
        return answers.resource(modification().get(id))

    @api.post(f"{occurrences}/<id>/<any(suspend, resume, undo):task>")
    def steer_modification(id: str, task: str) -> Reply:
        answers.check_match(modification().get(id))
        indicated = bodies.read(check_task) if asked().content else {}
        modification().task(id, task, indicated.get("resources", ()))
        return answers.accepted(f"{ROOT}{occurrences}/{id}")

    @api.post(f"{occurrences}/<id>/commit")
    def commit_modification(id: str) -> Reply:
        answers.check_match(modification().get(id))
        return answers.resource(modification().commit(id))


def _add_restoration_points(api: Blueprint, slot: Slot) -> None:
    points = serving(slot, RestorationPoints)
    check, check_restore = validator(NAME, "RestorationPointRequest"), validator(NAME, "RestoreRequest")

    @api.post("/restoration_points")
    def create_restoration_point() -> Reply:
        made = points().create(bodies.read(check))
        return answers.created(made, f"{ROOT}/restoration_points/{made['id']}")

    @api.get("/restoration_points")
    def query_restoration_points() -> Reply:
        return listed(points().list(), of=(NAME, "RestorationPoint"))

    @api.get("/restoration_points/<id>")
    def read_restoration_point(id: str) -> Reply:
        return answers.resource(points().get(id))

    @api.delete("/restoration_points/<id>")
    def delete_restoration_point(id: str) -> Reply:
        answers.check_match(points().get(id))
        points().delete(id)
        return answers.no_content()

    @api.post("/restoration_points/<id>/restore")
    def restore(id: str) -> Reply:
        answers.check_match(points().get(id))
        wanted = bodies.read_if_any(check_restore).get("administrativeState", "")
        begun = points().restore(id, asked().environ["manolab.actor"], wanted)
        return answers.accepted(f"{ROOT}/restore_op_occs/{begun['id']}")

    @api.get("/restore_op_occs")
    def query_restorations() -> Reply:
        return listed(points().list_restores(), of=(NAME, "RestoreOpOcc"))

    @api.get("/restore_op_occs/<id>")
    def read_restoration(id: str) -> Reply:
        return answers.resource(points().get_restore(id))


def _add_pending_operations(api: Blueprint, slot: Slot) -> None:
    admission = serving(slot, OperationAdmission)
    check_handling = validator(NAME, "OperationHandling")

    @api.get("/pending_operations")
    def query_pending_operations() -> Reply:
        return listed(admission().list(), of=(NAME, "PendingOperation"))

    @api.get("/pending_operations/<id>")
    def read_pending_operation(id: str) -> Reply:
        return answers.resource(admission().get(id))

    @api.get("/operation_handling")
    def read_handling() -> Reply:
        return answers.resource({"operationHandling": admission().handling()})

    @api.put("/operation_handling")
    def set_handling() -> Reply:
        admission().modification_began(bodies.read(check_handling)["operationHandling"])
        return answers.no_content()

    @api.delete("/operation_handling")
    def end_handling() -> Reply:
        admission().modification_ended()
        return answers.no_content()

    @api.post("/pending_operations/<id>/execute")
    def execute_pending_operation(id: str) -> Reply:
        return _occurrence(admission().execute(id))

    @api.post("/pending_operations/<id>/return")
    def return_pending_operation(id: str) -> Reply:
        return _occurrence(admission().give_back(id))


def _occurrence(operation: PendingOperation) -> Reply:
    return answers.accepted(f"{OCCURRENCES_OF_TYPE[operation.type]}/{operation.occurrence_id}")
