"""nfvmanocim/v2: configuration and information of an entity (SOL 009 clause 5)."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from mocks.api import answers, bodies, subscription_routes
from mocks.api.bodies import MERGE_PATCH
from mocks.api.descriptions import Validator, validator
from mocks.api.lean import Reply
from mocks.api.lists import listed
from mocks.api.slots import Slot, serving
from mocks.entities.information import Information
from mocks.entities.subscriptions import Subscription

NAME = "nfvmanocim"
ROOT = f"/{NAME}/v2"


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    api = Blueprint(NAME, __name__, url_prefix=ROOT)
    _add_entity(api, slot)
    _add_interfaces(api, slot)
    _add_operations(api, slot)
    _add_peers(api, slot)
    subscription_routes.add(
        api, ROOT, lambda: serving(slot, Information)().subscriptions, _subscription, _check("CimSubscriptionRequest")
    )
    return api


def _add_entity(api: Blueprint, slot: Slot) -> None:
    information = serving(slot, Information)
    check_patch, check_change = _check("ManoConfigModificationRequest"), _check("ChangeStateRequest")

    @api.get("/mano_entity")
    def read_entity() -> Reply:
        return answers.resource(information().entity())

    @api.patch("/mano_entity")
    def modify_entity() -> Reply:
        answers.check_match(information().entity())
        patch = bodies.read(check_patch, MERGE_PATCH)
        information().modify_entity(patch)
        return answers.resource(patch, etag_of=information().entity())

    @api.post("/mano_entity/change_state")
    def change_entity_state() -> Reply:
        change = information().change_state(bodies.read(check_change))
        return answers.accepted(f"{ROOT}/change_state_ops/{change.id}")


def _add_interfaces(api: Blueprint, slot: Slot) -> None:
    information = serving(slot, Information)
    check_patch, check_change = _check("ManoServiceInterfaceModificationRequest"), _check("ChangeStateRequest")

    @api.get("/mano_entity/mano_interfaces")
    def query_interfaces() -> Reply:
        return listed(information().interfaces(), of=(NAME, "ManoServiceInterface"))

    @api.get("/mano_entity/mano_interfaces/<id>")
    def read_interface(id: str) -> Reply:
        return answers.resource(information().interface(id))

    @api.patch("/mano_entity/mano_interfaces/<id>")
    def modify_interface(id: str) -> Reply:
        answers.check_match(information().interface(id))
        patch = bodies.read(check_patch, MERGE_PATCH)
        information().modify_interface(id, patch)
        return answers.resource(patch, etag_of=information().interface(id))

    @api.post("/mano_entity/mano_interfaces/<id>/change_state")
    def change_interface_state(id: str) -> Reply:
        change = information().change_interface_state(id, bodies.read(check_change))
        return answers.accepted(f"{ROOT}/change_state_ops/{change.id}")


def _add_operations(api: Blueprint, slot: Slot) -> None:
    information = serving(slot, Information)

    @api.get("/change_state_ops")
    def query_operations() -> Reply:
        return listed(
            information().state_changes.list(), of=(NAME, "ChangeStateOpOcc"), exclude_default=("operationParams",)
        )

    @api.get("/change_state_ops/<id>")
    def read_operation(id: str) -> Reply:
        return answers.resource(information().state_changes.get(id))


def _add_peers(api: Blueprint, slot: Slot) -> None:
    information = serving(slot, Information)
    check_new, check_patch = _check("CreatePeerEntityRequest"), _check("PeerEntityConfigModificationRequest")

    @api.post("/peer_entities")
    def create_peer() -> Reply:
        made = information().peers.create(bodies.read(check_new))
        return answers.created(made, f"{ROOT}/peer_entities/{made['id']}")

    @api.get("/peer_entities")
    def query_peers() -> Reply:
        return listed(information().peers.list(), of=(NAME, "PeerEntity"), exclude_default=("consumedManoInterfaces",))

    @api.get("/peer_entities/<id>")
    def read_peer(id: str) -> Reply:
        return answers.resource(information().peers.get(id))

    @api.patch("/peer_entities/<id>")
    def modify_peer(id: str) -> Reply:
        answers.check_match(information().peers.get(id))
        patch = bodies.read(check_patch, MERGE_PATCH)
        return answers.resource(patch, etag_of=information().peers.modify(id, patch))

    @api.delete("/peer_entities/<id>")
    def delete_peer(id: str) -> Reply:
        answers.check_match(information().peers.get(id))
        information().peers.remove(id)
        return answers.no_content()


def _subscription(subscription: Subscription) -> dict[str, Any]:
    return subscription_routes.render(subscription, ROOT)


def _check(schema: str) -> Validator:
    return validator(NAME, schema)
