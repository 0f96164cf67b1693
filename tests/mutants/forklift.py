"""What goes wrong where another instance takes the place (clause 5.3.3); each docstring is the one lie."""

from __future__ import annotations

from harness.clients.http import Body
from harness.smm import Subject
from harness.smm.operations import Context, Done, Outcome
from harness.smm.operations.instances import (
    CollectInstanceInformation,
    InstantiateEntity,
    RecallInstanceInformation,
    ReleaseUnlessInhabited,
    TerminateEntity,
    TransferState,
)
from harness.smm.operations.interfaces import AT_WORK, AwaitStopped, StartInterfaces, StopInterfaces, state_of
from harness.smm.operations.parallel import SetOperationHandling
from harness.sut.surroundings import Surroundings
from mocks.entities.information import Information
from mocks.entities.instantiation import Instantiation
from mocks.entities.ports import Body as Told
from mocks.entities.software_modification import SoftwareModification
from tests.mutants.replanned import Nothing, moved, step_of, without, wrong


def collects_nothing(surroundings: Surroundings) -> Subject:
    """Instantiates the destination without having learned of any peer."""

    class Collect(CollectInstanceInformation):
        def do(self, context: Context) -> Outcome:
            capability = context.find("capability") or {}
            return Done({"serviceInterfaces": capability["serviceInterfaces"], "peers": [], "configuration": {}})

    return wrong(surroundings, {"collect-instance-information": Collect()})


def forgets_on_the_way_back(surroundings: Surroundings) -> Subject:
    """Knows of no service interface any more on the way back."""

    class Recall(RecallInstanceInformation):
        def do(self, context: Context) -> Outcome:
            return Done({"serviceInterfaces": []})

    return wrong(surroundings, {"recall-instance-information": Recall(), "start-interfaces": _Knowing()})


class _Knowing(StartInterfaces):
    """Starts without a look what it was never told of."""

    def do(self, context: Context) -> Outcome:
        return super().do(context) if context.find("serviceInterfaces") else Done()


def instantiates_on_nothing(surroundings: Surroundings) -> Subject:
    """Instantiates without naming the resources that were reserved for it."""

    class Instantiate(InstantiateEntity):
        def body(self, context: Context) -> Body:
            return {**super().body(context), "resources": []}

    return wrong(surroundings, {"instantiate-entity": Instantiate()})


def transfers_no_state(surroundings: Surroundings) -> Subject:
    """Lets the destination serve without the operational state data of the source."""

    class Transfer(TransferState):
        def do(self, context: Context) -> Outcome:
            return Done({"state": context.at})

    return wrong(surroundings, {"transfer-state": Transfer()})


def never_takes_back(surroundings: Surroundings) -> Subject:
    """Leaves the source without the state that it had handed over to nobody."""

    class Transfer(TransferState):
        def do(self, context: Context) -> Outcome:
            return Done() if context.parameter("takeBack") else super().do(context)

    return wrong(surroundings, {"transfer-state": Transfer()})


def unlocks_before_the_transfer(surroundings: Surroundings) -> Subject:
    """Unlocks the destination before it has the state."""
    return wrong(surroundings, change=moved("unlock-destination", behind="await-health"))


def authenticates_towards_the_old(surroundings: Surroundings) -> Subject:
    """Starts the destination's interfaces, and has their users authenticate at the source again."""

    class Start(StartInterfaces):
        def consumers(self, context: Context) -> list[str]:
            paths = {str(one["id"]): one["apiEndpoint"]["apiUri"] for one in context.target.information.interfaces()}
            for actor in super().consumers(context):
                for interface, towards in _interfaces(context):
                    if towards == context.parameter("towards"):
                        context.entities[actor].peering.connect(context.launch.target, paths[interface])
            return []

    return wrong(surroundings, {"start-interfaces": Start()})


def _interfaces(context: Context) -> list[tuple[str, str]]:
    return [(str(one["id"]), str(one["towards"])) for one in context.find("serviceInterfaces") or []]


def stops_the_old_before_the_new_serves(surroundings: Surroundings) -> Subject:
    """Stops the source towards impacted entities while the destination serves nobody yet."""
    return wrong(surroundings, change=moved("stop-source-towards-entities", behind="await-health"))


def stops_instances_by_force(surroundings: Surroundings) -> Subject:
    """Stops the interfaces of an instance by force instead of gracefully."""

    class Stop(StopInterfaces):
        def ask(self, context: Context, wanted: object) -> Outcome:
            forced = {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": "FORCEFUL"}}
            return super().ask(context, dict.fromkeys(wanted, forced))  # type: ignore[call-overload]

    return wrong(surroundings, {"stop-interfaces": Stop()})


def terminates_before_shut_down(surroundings: Surroundings) -> Subject:
    """Terminates an instance by force, without having waited until its interfaces are shut down."""

    class Await(AwaitStopped):
        def do(self, context: Context) -> Outcome:
            return Done()

    class Stop(StopInterfaces):
        def do(self, context: Context) -> Outcome:
            super().do(context)
            return Done()

    class Terminate(TerminateEntity):
        def do(self, context: Context) -> Outcome:
            if not context.instance.instances.there:
                return Done({"instanceOpOccId": None})
            return Done({"instanceOpOccId": context.instance.instances.terminate("FORCEFUL")})

    return wrong(surroundings, {"await-stopped": Await(), "stop-interfaces": Stop(), "terminate-entity": Terminate()})


def commits_before_the_tester_spoke(surroundings: Surroundings) -> Subject:
    """Gives the way back up as soon as the destination serves, before anybody has tested it."""

    class Start(StartInterfaces):
        def do(self, context: Context) -> Outcome:
            outcome = super().do(context)
            found = context.now.fact("restoration-point")
            if isinstance(outcome, Done) and found.get("made") and context.parameter("at") == "destination":
                points = context.target.software_modification
                if any(point["id"] == found["restorationPointId"] for point in points.restoration_points()):
                    points.remove_restoration_point(found["restorationPointId"])
            return outcome

    return wrong(surroundings, {"start-interfaces": Start()})


def tests_no_health(surroundings: Surroundings) -> Subject:
    """Has nobody verify the health of an instance before it serves."""
    ids = ("test-health", "await-health", "test-source-health", "await-source-health")
    return wrong(surroundings, change=without(*ids))


def tests_the_old_one(surroundings: Surroundings) -> Subject:
    """Has the tester test the source, when it is the destination that has to prove itself."""

    def change(plan: Body) -> None:
        step_of(plan, "run-tests")["parameters"]["at"] = "source"

    return wrong(surroundings, change=change)


def leaves_the_other_behind(surroundings: Surroundings) -> Subject:
    """Terminates nothing: two instances are there in the end."""
    return wrong(surroundings, {"terminate-entity": Nothing(), "commit-instance": Nothing()})


def never_releases_what_nobody_inhabits(surroundings: Surroundings) -> Subject:
    """Keeps the reservations that no instance lives on."""

    class Release(ReleaseUnlessInhabited):
        def do(self, context: Context) -> Outcome:
            return Done()

    return wrong(surroundings, {"release-unless-inhabited": Release()})


def restarts_what_never_stopped(surroundings: Surroundings) -> Subject:
    """On the way back stops and starts the source's interfaces anew, though they serve."""

    class Start(StartInterfaces):
        def do(self, context: Context) -> Outcome:
            states = {
                str(one["id"]): state_of(one["interfaceState"]) for one in context.instance.information.interfaces()
            }
            again = [i for i, towards in _interfaces(context) if towards == context.parameter("towards")]
            serving = [interface for interface in again if states.get(interface) == AT_WORK]
            if context.parameter("at") == "source" and serving and "restarted" not in context.memory:
                context.memory["restarted"] = True
                restart = {"operationalStateChange": {"operationalStateAction": "RESTART", "stopType": "FORCEFUL"}}
                return self.ask(context, dict.fromkeys(serving, restart))
            return super().do(context)

    return wrong(surroundings, {"start-interfaces": Start()})


def stops_listening_for_operations(surroundings: Surroundings) -> Subject:
    """Does not watch the operations that arrive in between, and settles none."""
    return wrong(surroundings, {"watch-operations": Nothing(), "unwatch-operations": Nothing()})


def tells_nobody_of_the_handling(surroundings: Surroundings) -> Subject:
    """Does not tell the source how to handle the operations that arrive."""

    class Set(SetOperationHandling):
        def do(self, context: Context) -> Outcome:
            return Done()

    return wrong(surroundings, {"set-operation-handling": Set()})


def instantiates_without_room(surroundings: Surroundings) -> Subject:
    """Instantiates though the provider has no room, on resources that nobody reserved."""

    class Instantiate(InstantiateEntity):
        def body(self, context: Context) -> Body:
            return {**super().body(context), "resources": []}

    names = ("check-resources", "reserve-resources")
    return wrong(surroundings, {"instantiate-entity": Instantiate(), **dict.fromkeys(names, Nothing())})


def instantiates_once_only(surroundings: Surroundings) -> Subject:
    """Gives up after the first instantiation, though the destination says that another attempt may help."""

    def change(plan: Body) -> None:
        step_of(plan, "await-destination")["failure"]["transient"] = {"rollback": "terminate-destination"}

    return wrong(surroundings, change=change)


class StartsUnlocked(Instantiation):
    """Comes up with its application unlocked and its interfaces started."""

    def appear(self, request: Told) -> None:
        super().appear(request)
        if information := self._core.power(Information):
            information._application.put("STARTED", "UNLOCKED")
            for interface in information._interfaces.of_service():
                interface.state.put("STARTED", "UNLOCKED")


class IsNeverEmpty(Instantiation):
    """Says that something is instantiated on its empty host."""

    def instance(self) -> Told:
        return {**super().instance(), "instantiationState": "INSTANTIATED"}


class KeepsWhatItWasMadeOf(Instantiation):
    """Does not give the resources back that its instance was made of."""

    def vanish(self) -> None:
        super().vanish()
        self.held.acquire()


class ClaimsSeamlessSupport(SoftwareModification):
    """Claims in its descriptor to modify its own software without a seam."""

    def capability(self) -> Told:
        return {**super().capability(), "support": "INTERNAL_SEAMLESS"}
