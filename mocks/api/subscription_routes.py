"""The subscription resources, alike in every API (SOL 013 clause 5.9)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint

from mocks.api import answers, bodies
from mocks.api.descriptions import Validator
from mocks.api.lean import Reply
from mocks.api.lists import listed
from mocks.entities.subscriptions import Subscription, Subscriptions


def add(
    blueprint: Blueprint,
    prefix: str,
    subscriptions: Callable[[], Subscriptions],
    render: Callable[[Subscription], dict[str, Any]],
    check: Validator | None = None,
) -> None:
    """Serve /subscriptions and /subscriptions/{subscriptionId} in the blueprint.

    `prefix` is the API's root as in Location headers ("/vrm/v1", the blueprint's url_prefix), `subscriptions` gives
    those of the present entity, `render` the wire form of one, and `check` the API's own check of the request body
    (by default: a callbackUri and perhaps a filter).
    """

    def subscribe() -> Reply:
        body = bodies.read(check or check_request)
        made, new = subscriptions().add(body["callbackUri"], body.get("filter"))
        location = f"{prefix}/subscriptions/{made.id}"
        return answers.created(render(made), location) if new else answers.see_other(location)

    def query() -> Reply:
        return listed([render(one) for one in subscriptions().all()])

    def read(id: str) -> Reply:
        return answers.resource(render(subscriptions().get(id)))

    def terminate(id: str) -> Reply:
        subscriptions().remove(id)
        return answers.no_content()

    blueprint.add_url_rule("/subscriptions", "subscribe", subscribe, methods=["POST"])
    blueprint.add_url_rule("/subscriptions", "query_subscriptions", query)
    blueprint.add_url_rule("/subscriptions/<id>", "read_subscription", read)
    blueprint.add_url_rule("/subscriptions/<id>", "terminate_subscription", terminate, methods=["DELETE"])


def render(subscription: Subscription, prefix: str) -> dict[str, Any]:
    """The wire form that most APIs give a subscription: id, callbackUri, filter if any, and where it is."""
    body: dict[str, Any] = {"id": subscription.id, "callbackUri": subscription.callback_uri}
    if subscription.filter:
        body["filter"] = subscription.filter
    return {**body, "_links": {"self": {"href": f"{prefix}/subscriptions/{subscription.id}"}}}


def check_request(body: Any) -> list[str]:
    """The problems of a subscription request that no description checked."""
    if not isinstance(body, dict):
        return ["the body must be a JSON object"]
    problems = []
    if not isinstance(body.get("callbackUri"), str) or not body["callbackUri"]:
        problems.append("callbackUri: a URI is required")
    if not isinstance(body.get("filter", {}), dict):
        problems.append("filter: must be an object")
    return problems
