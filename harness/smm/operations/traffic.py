"""Traffic is led over from one VNF to another by a schedule, and its end at the old one awaited (GR 5.5.2)."""

from __future__ import annotations

from harness.smm.operations.base import Context, Done, Failed, Outcome
from harness.smm.operations.gradual import Gradual

WHOLE = 100


class RedirectTraffic(Gradual):
    """Raise the share of new sessions step by step, as the schedule says; open sessions stay where they are.

    How far it has come is read from whoever steers the traffic, so it can be taken up by anybody.
    """

    def turn(self, context: Context) -> Outcome | None:
        steering = context.entities[context.setting("steering")].traffic
        found = steering.routes()
        to, source = self.vnfs(context)
        share = next((route["share"] for route in found["routes"] if route["vnf"] == to), 0)
        if found["state"] == "FAILED":
            return Failed("failed", f"{context.setting('steering')} could not have {share} % sent to {to}")
        if found["state"] == "PENDING":
            return None
        following = next((each for each in self.schedule(context) if each > share), None)
        if following is None:
            return Done({"served": to})
        steering.steer({source: WHOLE - following, to: following})
        return None

    def schedule(self, context: Context) -> list[int]:
        """The shares of the VNF that takes over, one after the other."""
        return sorted(int(each) for each in context.setting("schedule", [WHOLE]))

    def vnfs(self, context: Context) -> tuple[str, str]:
        """Who takes over, and from whom."""
        names = (str(context.setting("destinationVnf")), str(context.setting("sourceVnf")))
        return names if context.parameter("to") == "destination" else (names[1], names[0])


class AwaitNoTraffic(Gradual):
    """Wait until a VNF has no open sessions and gets no new ones: the plan's criterion (notes 6 and 4)."""

    turns = 60

    def turn(self, context: Context) -> Outcome | None:
        vnf = context.setting(f"{context.parameter('of')}Vnf")
        routes = context.entities[context.setting("steering")].traffic.routes()
        shares = [route["share"] for route in routes["routes"] if route["vnf"] == vnf and route["share"]]
        load = context.entities[vnf].traffic.load()
        context.memory["left"] = load["openSessions"]
        if shares or routes["state"] != "APPLIED" or load["openSessions"] > int(context.parameter("openSessions", 0)):
            return None
        return Done({"served": load["servedSessions"]})

    def complaint(self, context: Context) -> str:
        left = context.memory.get("left")
        return f"{context.setting(str(context.parameter('of')) + 'Vnf')} still handles traffic: {left} sessions"
