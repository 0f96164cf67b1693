"""The blueprint of both lifecycle APIs, nslcm/v1 (SOL 005) and vnflcm/v1 (SOL 003); what differs comes as data."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from flask import Blueprint

from mocks.api import answers, bodies, subscription_routes
from mocks.api.bodies import MERGE_PATCH
from mocks.api.descriptions import Validator, validator
from mocks.api.lean import Reply, asked
from mocks.api.lists import listed
from mocks.api.slots import Slot, serving
from mocks.entities.lifecycle import Lifecycle
from mocks.entities.lifecycle_dialect import Dialect

Power = Callable[[], Lifecycle]


@dataclass(frozen=True)
class LcmApi:
    """One of the two APIs: the schemas of its requests by task, and which of its lists leave what out by default."""

    name: str
    dialect: Dialect
    power: type[Lifecycle]
    instance: str
    occurrence: str
    create: str
    tasks: Mapping[str, str]
    patch: str | None
    left_out: tuple[str, ...]

    @property
    def root(self) -> str:
        return self.dialect.root

    def check(self, schema: str) -> Validator:
        return validator(self.name, schema)


def blueprint(slot: Slot, api: LcmApi) -> Blueprint:
    """The API of the entity in the slot."""
    made = Blueprint(api.name, __name__, url_prefix=api.root)
    power = serving(slot, api.power)
    _add_instances(made, api, power)
    _add_tasks(made, api, power)
    _add_occurrences(made, api, power)
    subscription_routes.add(
        made,
        api.root,
        lambda: power().subscriptions,
        lambda subscription: subscription_routes.render(subscription, api.root),
        api.check("LccnSubscriptionRequest"),
    )
    return made


def _add_instances(made: Blueprint, api: LcmApi, power: Power) -> None:
    path = f"/{api.dialect.instances}"
    check = api.check(api.create)

    @made.post(path)
    def create() -> Reply:
        instance = power().create(bodies.read(check), _sender())
        return answers.created(instance, f"{api.root}{path}/{instance['id']}")

    @made.get(path)
    def query() -> Reply:
        return listed(power().list(), of=(api.name, api.instance), exclude_default=api.left_out)

    @made.get(f"{path}/<id>")
    def read(id: str) -> Reply:
        return answers.resource(power().get(id))

    @made.delete(f"{path}/<id>")
    def delete(id: str) -> Reply:
        answers.check_match(power().get(id))
        power().delete(id, _sender())
        return answers.no_content()


def _add_tasks(made: Blueprint, api: LcmApi, power: Power) -> None:
    path = f"/{api.dialect.instances}/<id>"

    def start(id: str, *, task: str, check: Validator) -> Reply:
        return _started(api, power().start(id, task, bodies.read(check), _sender()))

    for task, schema in api.tasks.items():
        view = partial(start, task=task, check=api.check(schema))
        made.add_url_rule(f"{path}/{task}", task, view, methods=["POST"])
    if api.patch is None:
        return
    check_patch = api.check(api.patch)

    @made.patch(path)
    def modify(id: str) -> Reply:
        answers.check_match(power().get(id))
        return _started(api, power().start(id, "", bodies.read(check_patch, MERGE_PATCH), _sender()))


def _add_occurrences(made: Blueprint, api: LcmApi, power: Power) -> None:
    path = f"/{api.dialect.occurrences}"
    check_cancel = api.check("CancelMode")

    @made.get(path)
    def query_operations() -> Reply:
        return listed(power().occurrences(), of=(api.name, api.occurrence), exclude_default=("operationParams",))

    @made.get(f"{path}/<id>")
    def read_operation(id: str) -> Reply:
        return answers.resource(power().occurrence(id))

    @made.post(f"{path}/<id>/fail")
    def fail(id: str) -> Reply:
        return answers.resource(power().fail(id))

    @made.post(f"{path}/<id>/cancel")
    def cancel(id: str) -> Reply:
        power().cancel(id, bodies.read(check_cancel)["cancelMode"])
        return answers.accepted()

    def again(id: str, *, task: str) -> Reply:
        power().again(id, task)
        return _started(api, id)

    for task in api.dialect.tasks_after_failure:
        made.add_url_rule(f"{path}/<id>/{task}", task, partial(again, task=task), methods=["POST"])


def _started(api: LcmApi, occurrence: str) -> Reply:
    return answers.accepted(f"{api.root}/{api.dialect.occurrences}/{occurrence}")


def _sender() -> str:
    return str(asked().environ.get("manolab.actor") or "unknown")
