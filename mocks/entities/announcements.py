"""Notifications of an API of ours: who hears of what, and how the message looks."""

from __future__ import annotations

from collections.abc import Mapping

from mocks.entities.core import Core
from mocks.entities.ports import Body
from mocks.entities.subscriptions import Subscription, Subscriptions
from mocks.entities.times import timestamp


class Announcements:
    """The subscribers of one API and the way its notifications are made.

    `root` is the path of the API; `filters` names for each attribute of a subscription's filter (a list of wanted
    values) the attribute of the notification that it looks at.
    """

    def __init__(self, core: Core, root: str, filters: Mapping[str, str]) -> None:
        self.subscriptions = Subscriptions(core.ids, core.clock, core.peers)
        self.root = root
        self._core = core
        self._filters = filters

    def send(self, type: str, attributes: Body, links: Mapping[str, str]) -> None:
        """Send `attributes` as a notification of this type; `links` are paths below the root of the API."""
        told = {"notificationType": type, **attributes}
        hrefs = {name: {"href": f"{self.root}{path}"} for name, path in links.items()}
        now = timestamp(self._core.clock.date())

        def make(subscription: Subscription) -> Body | None:
            if not self._wanted(subscription.filter, told):
                return None
            own = {"subscription": {"href": f"{self.root}/subscriptions/{subscription.id}"}}
            identity = {"id": self._core.ids.uuid(), "timeStamp": now, "subscriptionId": subscription.id}
            return {**identity, **told, "_links": {**own, **hrefs}}

        self.subscriptions.publish(make)

    def describe(self, subscription: Subscription) -> Body:
        """A subscription as its API shows it."""
        filtered: Body = {"filter": subscription.filter} if subscription.filter else {}
        links = {"self": {"href": f"{self.root}/subscriptions/{subscription.id}"}}
        return {"id": subscription.id, "callbackUri": subscription.callback_uri, **filtered, "_links": links}

    def snapshot(self) -> Body:
        return {"subscriptions": self.subscriptions.snapshot()}

    def revive(self, snapshot: Body) -> None:
        self.subscriptions.revive(snapshot["subscriptions"])

    def _wanted(self, filter: Body, told: Body) -> bool:
        return all(told.get(self._filters[name]) in wanted for name, wanted in filter.items() if name in self._filters)
