"""vrm/v1, the lab's own: virtualised resources of a VIM or of the NFVI."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import answers, bodies, subscription_routes
from mocks.api.descriptions import validator
from mocks.api.lean import Reply, asked
from mocks.api.lists import listed
from mocks.api.slots import Slot, serving
from mocks.entities.ports import Body
from mocks.entities.subscriptions import Subscription
from mocks.entities.virtualised_resources import VirtualisedResources

NAME = "vrm"
ROOT = f"/{NAME}/v1"


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    resources = serving(slot, VirtualisedResources)
    _add_reservations(api, slot)
    _add_compute_resources(api, slot)
    _add_networks(api, slot)

    def describe(subscription: Subscription) -> Body:
        return resources().announcements.describe(subscription)

    subscription_routes.add(
        api,
        ROOT,
        lambda: resources().announcements.subscriptions,
        describe,
        validator(NAME, "SubscriptionRequest"),
    )
    return api


def _add_reservations(api: Blueprint, slot: Slot) -> None:
    resources = serving(slot, VirtualisedResources)
    check_reservation, check_allocation = validator(NAME, "ReservationRequest"), validator(NAME, "AllocationRequest")

    @api.get("/capacity")
    def read_capacity() -> Reply:
        return answers.resource(resources().capacity())

    @api.post("/reservations")
    def reserve() -> Reply:
        made = resources().reserve(bodies.read(check_reservation), asked().environ["manolab.actor"])
        return answers.created(made, f"{ROOT}/reservations/{made['id']}")

    @api.get("/reservations")
    def query_reservations() -> Reply:
        return listed(resources().list_reservations(), of=(NAME, "Reservation"))

    @api.get("/reservations/<id>")
    def read_reservation(id: str) -> Reply:
        return answers.resource(resources().get_reservation(id))

    @api.delete("/reservations/<id>")
    def cancel_reservation(id: str) -> Reply:
        answers.check_match(resources().get_reservation(id))
        resources().cancel_reservation(id)
        return answers.no_content()

    @api.post("/reservations/<id>/allocations")
    def allocate(id: str) -> Reply:
        made = resources().allocate(id, bodies.read(check_allocation), asked().environ["manolab.actor"])
        return answers.created(made, f"{ROOT}/reservations/{id}/allocations/{made['id']}")

    @api.delete("/reservations/<id>/allocations/<allocation_id>")
    def release(id: str, allocation_id: str) -> Reply:
        resources().release(id, allocation_id)
        return answers.no_content()


def _add_compute_resources(api: Blueprint, slot: Slot) -> None:
    resources = serving(slot, VirtualisedResources)
    check = validator(NAME, "ComputeResourceRequest")

    @api.post("/compute_resources")
    def allocate_compute() -> Reply:
        begun = resources().create_compute_resource(bodies.read(check), asked().environ["manolab.actor"])
        return answers.accepted(f"{ROOT}/vrm_op_occs/{begun['id']}")

    @api.get("/compute_resources")
    def query_compute_resources() -> Reply:
        return listed(resources().list_compute_resources(), of=(NAME, "ComputeResource"))

    @api.get("/compute_resources/<id>")
    def read_compute_resource(id: str) -> Reply:
        return answers.resource(resources().get_compute_resource(id))

    @api.delete("/compute_resources/<id>")
    def terminate_compute(id: str) -> Reply:
        answers.check_match(resources().get_compute_resource(id))
        begun = resources().delete_compute_resource(id, asked().environ["manolab.actor"])
        return answers.accepted(f"{ROOT}/vrm_op_occs/{begun['id']}")

    @api.get("/vrm_op_occs")
    def query_operations() -> Reply:
        return listed(resources().list_operations(), of=(NAME, "VrmOpOcc"))

    @api.get("/vrm_op_occs/<id>")
    def read_operation(id: str) -> Reply:
        return answers.resource(resources().get_operation(id))


def _add_networks(api: Blueprint, slot: Slot) -> None:
    resources = serving(slot, VirtualisedResources)
    check = validator(NAME, "NetworkRequest")

    @api.post("/networks")
    def create_network() -> Reply:
        made = resources().networks.create(bodies.read(check), asked().environ["manolab.actor"])
        return answers.created(made, f"{ROOT}/networks/{made['id']}")

    @api.get("/networks")
    def query_networks() -> Reply:
        return listed(resources().networks.list(), of=(NAME, "Network"))

    @api.get("/networks/<id>")
    def read_network(id: str) -> Reply:
        return answers.resource(resources().networks.get(id))

    @api.delete("/networks/<id>")
    def remove_network(id: str) -> Reply:
        answers.check_match(resources().networks.get(id))
        resources().networks.remove(id)
        return answers.no_content()
