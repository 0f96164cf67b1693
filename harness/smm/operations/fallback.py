"""Handing over to the Fallback Manager: the process could not be completed, and was not undone (GR clause 5.9)."""

from __future__ import annotations

from harness.clients.errors import ClientError
from harness.clients.http import Body
from harness.smm.operations.base import Absent, Context, Done, Failed, Operation, Outcome, Waiting
from harness.smm.operations.recovery import offers

API = "/fallback/v1"
MANO_TYPES = frozenset({"NFVO", "VNFM", "VIM", "WIM", "CISM"})


class RequestFallback(Operation):
    """Ask the Fallback Manager to fall back to the restoration point that the process kept."""

    def do(self, context: Context) -> Outcome:
        if not self.offered(context):
            return Failed("refused", f"{context.launch.target} offers no fallback")
        manager = context.entities[str(context.launch.fallback_manager)]
        subscription = manager.subscriptions.subscribe(API, context.launch.callback)
        return Done({"fallbackId": manager.fallbacks.begin(self.body(context)), "subscriptionId": subscription})

    def offered(self, context: Context) -> bool:
        """Whether the target can be set back at all."""
        return offers(context, "FALLBACK")

    def body(self, context: Context) -> Body:
        """The request: who is tested afterwards are the target and all other entities that the SMM knows of."""
        launch, known = context.launch, context.entities.inventory
        others = [name for name in launch.impacted if name in known and known[name].type in MANO_TYPES]
        return {
            "restorationPoints": [
                {"restorationPointId": context.find("restorationPointId"), "functionalEntity": launch.target}
            ],
            "tester": launch.tester,
            "resourceProvider": launch.provider,
            "verification": [
                {"functionalEntity": launch.target, "usedBy": list(launch.impacted)},
                *({"functionalEntity": name} for name in others),
            ],
            "reason": f"{self._mark(context)}: {context.now.reason}",
        }

    def look_up(self, context: Context) -> Outcome | Absent:
        manager = context.entities[str(context.launch.fallback_manager)]
        mark = self._mark(context)
        mine = [one["id"] for one in manager.fallbacks.all() if str(one.get("requestReason")).startswith(mark)]
        return Done({"fallbackId": mine[-1]}) if mine else Absent()

    def _mark(self, context: Context) -> str:
        return f"software modification process {context.launch.id} could not be completed"


class AwaitFallback(Operation):
    """Wait for the Fallback Manager's report; after a time-out without any, ask it."""

    def do(self, context: Context) -> Outcome:
        heard = context.notified.get(self._fallback(context))
        return (self.hear(context, heard) if heard else None) or Waiting(context.parameter("timeout", 300))

    def hear(self, context: Context, notification: Body) -> Outcome | None:
        if notification.get("fallbackId") != self._fallback(context):
            return None
        return self.judge(context, notification)

    def look_up(self, context: Context) -> Outcome:
        manager = context.entities[str(context.launch.fallback_manager)]
        found = manager.fallbacks.get(self._fallback(context))
        return self.judge(context, found) or Waiting(context.parameter("timeout", 300))

    def judge(self, context: Context, report: Body) -> Outcome | None:
        """What is said of the end; None while there is no end."""
        if report.get("state") not in ("COMPLETED", "FAILED"):
            return None
        self._unsubscribe(context)
        if (report.get("state"), report.get("outcome")) == ("COMPLETED", "RESTORED"):
            return Done({"restoredFrom": report.get("restorationPointId")})
        return Failed("failed", str(report.get("reason") or "no reason given"))

    def _unsubscribe(self, context: Context) -> None:
        subscription = context.now.fact("request-fallback").get("subscriptionId")
        manager = context.entities[str(context.launch.fallback_manager)]
        try:
            if subscription:
                manager.subscriptions.unsubscribe(API, subscription)
        except ClientError:
            return  # the fallback is over, and nobody is told of it any more

    def _fallback(self, context: Context) -> str:
        return str(context.now.fact("request-fallback")["fallbackId"])
