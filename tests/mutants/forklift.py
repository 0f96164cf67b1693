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
from tests.mutants.mutant import Mutant
from tests.mutants.replanned import Nothing, moved, step_of, without, wrong

HOME = "5_3_3_forklift"


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


def _smm(name: str, at: str, then: str = "", breaks: str = "") -> Mutant:
    return Mutant(name, "smm", f"{__name__}:{name}", at, then, home=HOME, breaks=breaks)


def _entity(name: str, at: str, then: str = "", breaks: str = "", actor: str = "vnfm-b") -> Mutant:
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]
    return Mutant(words, "entity", f"{__name__}:{name}", at, then, actor, HOME, breaks)


def _tester(name: str, make: str, at: str, then: str = "", breaks: str = "") -> Mutant:
    return Mutant(name, "tester", f"tests.mutants.testers:{make}", at, then, "tester", HOME, breaks)


FORKLIFT = (
    _smm(
        "collects_nothing",
        "instance_information_collected 5.3.3.5-1#2 5.3.3.7-1#3 5.3.3.8-1#3",
        then="instance_requested 5.3.3.5-1#3 5.3.3.6-1#3 5.3.3.7-1#4 5.3.3.8-1#4",
    ),
    _smm(
        "forgets_on_the_way_back",
        "rollback_information_collected 5.3.3.6-1#2",
        then=(
            "instance_gone; instance_interfaces_down 5.3.3.6-1#14; instance_interfaces_started 5.3.3.6-1#8 "
            "5.3.3.6-1#9; instance_interfaces_stopped 5.3.3.6-1#10 5.3.3.6-1#14; instance_passed 5.3.3.6-1#13; "
            "instance_terminated 5.3.3.6-1#14; process_ended; replacement_committed 5.3.3.6-1#end; "
            "source_came_back 5.3.3.4-1#2; source_left_alone"
        ),
        breaks="continuity",
    ),
    _smm("instantiates_on_nothing", "instance_requested 5.3.3.5-1#3 5.3.3.6-1#3 5.3.3.7-1#4 5.3.3.8-1#4"),
    _smm(
        "transfers_no_state",
        ("destination_played 5.3.3.2-1#3 5.3.5-1#3; state_transferred 5.3.3.5-1#7 5.3.3.6-1#7 5.3.3.7-1#8 5.3.3.8-1#8"),
        then=(
            "destination_took_over 5.3.3.4-1#2; health_verified 5.3.3.6-1#4; instance_gone; "
            "instance_interfaces_down 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15; "
            "instance_interfaces_started 5.3.3.5-1#8 5.3.3.5-1#9 5.3.3.6-1#8 5.3.3.6-1#9 5.3.3.7-1#10 5.3.3.7-1#9 "
            "5.3.3.8-1#10 5.3.3.8-1#9; instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.5-1#14 5.3.3.6-1#14 "
            "5.3.3.7-1#11 5.3.3.7-1#15 5.3.3.8-1#11 5.3.3.8-1#15; instance_locked 5.3.3.6-1#3; "
            "instance_not_passed; instance_passed 5.3.3.5-1#13 5.3.3.6-1#13 5.3.3.7-1#14 5.3.3.8-1#14; "
            "instance_requested 5.3.3.6-1#3; instance_terminated 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 "
            "5.3.3.8-1#15; instance_tested 5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 5.3.3.8-1#12; "
            "operation_handled_between 5.3.3.8-1#2; process_ended; replacement_committed 5.3.3.5-1#end "
            "5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16; rollback_decided 5.3.3.6-1#begin; "
            "rollback_information_collected 5.3.3.6-1#2; rollback_resources_secured 5.3.3.6-1#1; "
            "services_kept_up_between; source_came_back 5.3.3.4-1#2; source_played 5.3.3.2-1#2 5.3.5-1#2; "
            "state_taken_back 5.3.3.6-1#7"
        ),
    ),
    _smm("never_takes_back", "state_taken_back 5.3.3.6-1#7", then="state_transferred 5.3.3.6-1#7", breaks="leaks"),
    _smm("unlocks_before_the_transfer", "application_unlocked 5.3.3.5-1#8 5.3.3.7-1#9 5.3.3.8-1#9"),
    _smm(
        "authenticates_towards_the_old",
        (
            "instance_interfaces_started 5.3.3.5-1#8 5.3.3.5-1#9 5.3.3.6-1#8 5.3.3.6-1#9 5.3.3.7-1#10 5.3.3.7-1#9 "
            "5.3.3.8-1#10 5.3.3.8-1#9"
        ),
        then=(
            "destination_took_over 5.3.3.4-1#2; health_found 5.3.3.6-1#6; health_verified 5.3.3.6-1#4; "
            "instance_gone; instance_interfaces_down 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15; "
            "instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.5-1#14 5.3.3.6-1#10 5.3.3.6-1#14 5.3.3.7-1#11 "
            "5.3.3.7-1#15 5.3.3.8-1#11 5.3.3.8-1#15; instance_locked 5.3.3.6-1#3; "
            "instance_passed 5.3.3.5-1#13 5.3.3.6-1#13 5.3.3.7-1#14 5.3.3.8-1#14; "
            "instance_requested 5.3.3.6-1#3; instance_terminated 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 "
            "5.3.3.8-1#15; instance_tested 5.3.3.6-1#11; operation_ended 5.3.3.8-1#end; operation_handled_between "
            "5.3.3.8-1#2; operation_learned_between 5.3.3.8-1#2; process_ended; replacement_committed "
            "5.3.3.5-1#end 5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16; services_kept_up_between; source_came_back "
            "5.3.3.4-1#2; source_played 5.3.3.2-1#2 5.3.5-1#2; state_transferred 5.3.3.6-1#7"
        ),
        breaks="continuity",
    ),
    _smm(
        "stops_the_old_before_the_new_serves",
        ("instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.7-1#11 5.3.3.8-1#11; services_kept_up_between"),
        then="state_transferred 5.3.3.6-1#7",
        breaks="continuity; mirror",
    ),
    _smm(
        "stops_instances_by_force",
        (
            "instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.5-1#14 5.3.3.6-1#10 5.3.3.6-1#14 5.3.3.7-1#11 "
            "5.3.3.7-1#15 5.3.3.8-1#11 5.3.3.8-1#15"
        ),
    ),
    _smm(
        "terminates_before_shut_down",
        (
            "instance_interfaces_down 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15; instance_terminated "
            "5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15"
        ),
    ),
    _smm(
        "commits_before_the_tester_spoke",
        "replacement_committed 5.3.3.5-1#end 5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16",
        then=("operation_handled_between 5.3.3.8-1#2; operation_learned_between 5.3.3.8-1#2; protection_kept"),
    ),
    _smm(
        "tests_no_health",
        "health_verified 5.3.3.5-1#4 5.3.3.6-1#4 5.3.3.7-1#5 5.3.3.8-1#5",
        then=(
            "application_unlocked 5.3.3.5-1#8 5.3.3.7-1#9 5.3.3.8-1#9; health_found 5.3.3.7-1#7; "
            "instance_interfaces_started 5.3.3.5-1#8 5.3.3.5-1#9 5.3.3.6-1#8 5.3.3.6-1#9 5.3.3.7-1#10 "
            "5.3.3.7-1#9 5.3.3.8-1#10 5.3.3.8-1#9; instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.6-1#10 "
            "5.3.3.6-1#14 5.3.3.7-1#11 5.3.3.8-1#11; instance_not_passed; instance_passed 5.3.3.5-1#13 "
            "5.3.3.6-1#13 5.3.3.7-1#14 5.3.3.8-1#14; instance_terminated 5.3.3.6-1#14; instance_tested "
            "5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 5.3.3.8-1#12; rollback_decided; state_transferred "
            "5.3.3.5-1#7 5.3.3.6-1#7 5.3.3.7-1#8 5.3.3.8-1#8"
        ),
    ),
    _smm(
        "tests_the_old_one",
        "instance_tested 5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 5.3.3.8-1#12",
        then=(
            "destination_took_over 5.3.3.4-1#2; health_verified 5.3.3.6-1#4; instance_gone; "
            "instance_interfaces_down 5.3.3.5-1#14 5.3.3.7-1#15 5.3.3.8-1#15; instance_interfaces_started "
            "5.3.3.6-1#8 5.3.3.6-1#9; instance_interfaces_stopped 5.3.3.5-1#14 5.3.3.6-1#10 5.3.3.6-1#14 "
            "5.3.3.7-1#15 5.3.3.8-1#15; instance_locked 5.3.3.6-1#3; instance_passed 5.3.3.5-1#13 5.3.3.6-1#13 "
            "5.3.3.7-1#14 5.3.3.8-1#14; instance_requested 5.3.3.6-1#3; instance_terminated 5.3.3.5-1#14 "
            "5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15; operation_handled_between 5.3.3.8-1#2; process_ended; "
            "replacement_committed 5.3.3.5-1#end 5.3.3.7-1#end 5.3.3.8-1#16; source_played 5.3.3.2-1#2 5.3.5-1#2; "
            "state_transferred 5.3.3.6-1#7"
        ),
    ),
    _smm(
        "leaves_the_other_behind",
        (
            "destination_took_over 5.3.3.4-1#2; instance_gone; source_came_back 5.3.3.4-1#2; source_played "
            "5.3.3.2-1#2 5.3.5-1#2"
        ),
        then=(
            "health_verified 5.3.3.6-1#4; instance_interfaces_down 5.3.3.6-1#14; instance_interfaces_started "
            "5.3.3.6-1#8 5.3.3.6-1#9; instance_interfaces_stopped 5.3.3.6-1#10 5.3.3.6-1#14; instance_locked "
            "5.3.3.6-1#3; instance_looked_at 5.3.3.6-1#12; instance_passed 5.3.3.6-1#13; instance_requested "
            "5.3.3.6-1#3; instance_terminated 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15; "
            "instance_tested 5.3.3.6-1#11; process_ended; replacement_committed 5.3.3.5-1#end 5.3.3.6-1#end "
            "5.3.3.7-1#end 5.3.3.8-1#16; rollback_decided 5.3.3.6-1#begin; state_transferred 5.3.3.6-1#7"
        ),
        breaks="leaks",
    ),
    _smm(
        "never_releases_what_nobody_inhabits",
        "replacement_committed 5.3.3.5-1#end 5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16",
        then="process_ended",
        breaks="leaks",
    ),
    _smm("restarts_what_never_stopped", "source_left_alone", breaks="mirror"),
    _smm(
        "stops_listening_for_operations",
        "operation_learned_between 5.3.3.8-1#2",
        then="operation_ended 5.3.3.8-1#end; operation_handled_between 5.3.3.8-1#2",
        breaks="continuity",
    ),
    _smm("tells_nobody_of_the_handling", "operation_handled_between 5.3.3.8-1#2", then="operation_ended 5.3.3.8-1#end"),
    _smm(
        "instantiates_once_only",
        "instance_retried",
        then=(
            "instance_terminated 5.3.3.5-1#14 5.3.3.7-1#15; process_ended; replacement_committed 5.3.3.5-1#end "
            "5.3.3.7-1#end"
        ),
    ),
    _smm(
        "instantiates_without_room",
        "nothing_instantiated",
        then=(
            "health_verified 5.3.3.5-1#4 5.3.3.6-1#4 5.3.3.7-1#5 5.3.3.8-1#5; instance_requested 5.3.3.5-1#3 "
            "5.3.3.6-1#3 5.3.3.7-1#4 5.3.3.8-1#4; instance_tested 5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 "
            "5.3.3.8-1#12; process_ended; resources_secured 5.3.3.5-1#1 5.3.3.7-1#2 5.3.3.8-1#1; "
            "rollback_resources_secured 5.3.3.6-1#1"
        ),
    ),
    _entity(
        "StartsUnlocked",
        "instance_locked 5.3.3.5-1#3 5.3.3.6-1#3 5.3.3.7-1#4 5.3.3.8-1#4",
        then=(
            "destination_played 5.3.3.2-1#3 5.3.5-1#3; destination_took_over 5.3.3.4-1#2; health_found "
            "5.3.3.5-1#6 5.3.3.6-1#6 5.3.3.7-1#7 5.3.3.8-1#7; health_verified 5.3.3.5-1#4 5.3.3.6-1#4 5.3.3.7-1#5 "
            "5.3.3.8-1#5; instance_gone; instance_interfaces_down 5.3.3.5-1#14 5.3.3.6-1#14 5.3.3.7-1#15 "
            "5.3.3.8-1#15; instance_interfaces_started 5.3.3.5-1#8 5.3.3.5-1#9 5.3.3.6-1#8 5.3.3.6-1#9 "
            "5.3.3.7-1#10 5.3.3.7-1#9 5.3.3.8-1#10 5.3.3.8-1#9; instance_interfaces_stopped 5.3.3.5-1#10 "
            "5.3.3.5-1#14 5.3.3.6-1#10 5.3.3.6-1#14 5.3.3.7-1#11 5.3.3.7-1#15 5.3.3.8-1#11 5.3.3.8-1#15; "
            "instance_looked_at 5.3.3.5-1#12 5.3.3.5-1#5 5.3.3.6-1#12 5.3.3.6-1#5 5.3.3.7-1#13 5.3.3.7-1#6 "
            "5.3.3.8-1#13 5.3.3.8-1#6; instance_not_passed; instance_passed 5.3.3.5-1#13 5.3.3.6-1#13 "
            "5.3.3.7-1#14 5.3.3.8-1#14; instance_requested 5.3.3.6-1#3; instance_terminated 5.3.3.5-1#14 "
            "5.3.3.6-1#14 5.3.3.7-1#15 5.3.3.8-1#15; instance_tested 5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 "
            "5.3.3.8-1#12; operation_ended 5.3.3.8-1#end; operation_handled_between 5.3.3.8-1#2; "
            "operation_learned_between 5.3.3.8-1#2; process_ended; replacement_committed 5.3.3.5-1#end "
            "5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16; rollback_information_collected 5.3.3.6-1#2; "
            "rollback_resources_secured 5.3.3.6-1#1; source_came_back 5.3.3.4-1#2; source_played 5.3.3.2-1#2 "
            "5.3.5-1#2; state_taken_back 5.3.3.6-1#7; state_transferred 5.3.3.5-1#7 5.3.3.6-1#7 5.3.3.7-1#8 "
            "5.3.3.8-1#8; tester_played 5.3.3.2-1#6 5.3.5-1#6"
        ),
    ),
    _entity(
        "IsNeverEmpty",
        "destination_host_available 5.3.3.3-1#1",
        then=(
            "application_unlocked 5.3.3.5-1#8 5.3.3.7-1#9 5.3.3.8-1#9; destination_played 5.3.3.2-1#3 "
            "5.3.5-1#3; destination_took_over 5.3.3.4-1#2; existing_point_used 5.3.3.5-1#1 5.3.3.7-1#2; "
            "health_found 5.3.3.5-1#6 5.3.3.6-1#6 5.3.3.7-1#7 5.3.3.8-1#7; health_verified 5.3.3.5-1#4 "
            "5.3.3.6-1#4 5.3.3.7-1#5 5.3.3.8-1#5; instance_gone; instance_information_collected 5.3.3.5-1#2 "
            "5.3.3.7-1#3 5.3.3.8-1#3; instance_interfaces_down 5.3.3.5-1#14 5.3.3.7-1#15 5.3.3.8-1#15; "
            "instance_interfaces_started 5.3.3.5-1#8 5.3.3.5-1#9 5.3.3.6-1#8 5.3.3.6-1#9 5.3.3.7-1#10 "
            "5.3.3.7-1#9 5.3.3.8-1#10 5.3.3.8-1#9; instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.5-1#14 "
            "5.3.3.7-1#11 5.3.3.7-1#15 5.3.3.8-1#11 5.3.3.8-1#15; instance_locked 5.3.3.5-1#3 5.3.3.6-1#3 "
            "5.3.3.7-1#4 5.3.3.8-1#4; instance_looked_at 5.3.3.5-1#12 5.3.3.5-1#5 5.3.3.6-1#12 5.3.3.6-1#5 "
            "5.3.3.7-1#13 5.3.3.7-1#6 5.3.3.8-1#13 5.3.3.8-1#6; instance_not_passed; instance_passed "
            "5.3.3.5-1#13 5.3.3.6-1#13 5.3.3.7-1#14 5.3.3.8-1#14; instance_requested 5.3.3.5-1#3 5.3.3.6-1#3 "
            "5.3.3.7-1#4 5.3.3.8-1#4; instance_retried; instance_terminated 5.3.3.5-1#14 5.3.3.6-1#14 "
            "5.3.3.7-1#15 5.3.3.8-1#15; instance_tested 5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 5.3.3.8-1#12; "
            "ongoing_handled 5.3.3.7-1#1; operation_ended 5.3.3.8-1#end; "
            "operation_handled_between 5.3.3.8-1#2; operation_learned_between 5.3.3.8-1#2; process_ended; "
            "protection_kept; replacement_committed 5.3.3.5-1#end 5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16; "
            "requested_at_most; resources_secured 5.3.3.5-1#1 5.3.3.7-1#2 5.3.3.8-1#1; restoration_point_held "
            "5.3.3.5-1#1 5.3.3.7-1#2 5.3.3.8-1#1; rollback_decided; rollback_decided 5.3.3.6-1#begin; "
            "rollback_information_collected 5.3.3.6-1#2; rollback_refused; rollback_resources_secured "
            "5.3.3.6-1#1; smm_played 5.3.3.2-1#1 5.3.5-1#1; source_came_back 5.3.3.4-1#2; source_left_alone; "
            "source_played 5.3.3.2-1#2 5.3.5-1#2; special_logs_started 5.3.3.5-1#1; state_taken_back "
            "5.3.3.6-1#7; state_transferred 5.3.3.5-1#7 5.3.3.6-1#7 5.3.3.7-1#8 5.3.3.8-1#8; tester_played "
            "5.3.3.2-1#6 5.3.5-1#6"
        ),
    ),
    _entity("KeepsWhatItWasMadeOf", "instance_gone", then="replacement_committed 5.3.3.6-1#end", breaks="leaks"),
    _entity(
        "ClaimsSeamlessSupport",
        "plan_available 5.3.3.3-1#2",
        then=(
            "application_unlocked 5.3.3.5-1#8 5.3.3.7-1#9 5.3.3.8-1#9; destination_played 5.3.3.2-1#3 "
            "5.3.5-1#3; destination_took_over 5.3.3.4-1#2; existing_point_used 5.3.3.5-1#1 5.3.3.7-1#2; "
            "health_found 5.3.3.5-1#6 5.3.3.6-1#6 5.3.3.7-1#7 5.3.3.8-1#7; health_verified 5.3.3.5-1#4 "
            "5.3.3.6-1#4 5.3.3.7-1#5 5.3.3.8-1#5; instance_gone; instance_information_collected 5.3.3.5-1#2 "
            "5.3.3.7-1#3 5.3.3.8-1#3; instance_interfaces_down 5.3.3.5-1#14 5.3.3.7-1#15 5.3.3.8-1#15; "
            "instance_interfaces_started 5.3.3.5-1#8 5.3.3.5-1#9 5.3.3.6-1#8 5.3.3.6-1#9 5.3.3.7-1#10 "
            "5.3.3.7-1#9 5.3.3.8-1#10 5.3.3.8-1#9; instance_interfaces_stopped 5.3.3.5-1#10 5.3.3.5-1#14 "
            "5.3.3.7-1#11 5.3.3.7-1#15 5.3.3.8-1#11 5.3.3.8-1#15; instance_locked 5.3.3.5-1#3 5.3.3.6-1#3 "
            "5.3.3.7-1#4 5.3.3.8-1#4; instance_looked_at 5.3.3.5-1#12 5.3.3.5-1#5 5.3.3.6-1#12 5.3.3.6-1#5 "
            "5.3.3.7-1#13 5.3.3.7-1#6 5.3.3.8-1#13 5.3.3.8-1#6; instance_not_passed; instance_passed "
            "5.3.3.5-1#13 5.3.3.6-1#13 5.3.3.7-1#14 5.3.3.8-1#14; instance_requested 5.3.3.5-1#3 5.3.3.6-1#3 "
            "5.3.3.7-1#4 5.3.3.8-1#4; instance_retried; instance_terminated 5.3.3.5-1#14 5.3.3.6-1#14 "
            "5.3.3.7-1#15 5.3.3.8-1#15; instance_tested 5.3.3.5-1#11 5.3.3.6-1#11 5.3.3.7-1#12 5.3.3.8-1#12; "
            "ongoing_checked 5.3.3.7-1#1; ongoing_handled 5.3.3.7-1#1; operation_ended 5.3.3.8-1#end; "
            "operation_handled_between 5.3.3.8-1#2; operation_learned_between 5.3.3.8-1#2; process_ended; "
            "protection_kept; replacement_committed 5.3.3.5-1#end 5.3.3.6-1#end 5.3.3.7-1#end 5.3.3.8-1#16; "
            "requested_at_most; resources_secured 5.3.3.5-1#1 5.3.3.7-1#2 5.3.3.8-1#1; restoration_point_held "
            "5.3.3.5-1#1 5.3.3.7-1#2 5.3.3.8-1#1; rollback_decided; rollback_decided 5.3.3.6-1#begin; "
            "rollback_information_collected 5.3.3.6-1#2; rollback_refused; rollback_resources_secured "
            "5.3.3.6-1#1; smm_played 5.3.3.2-1#1 5.3.5-1#1; source_left_alone; source_played 5.3.3.2-1#2 "
            "5.3.5-1#2; special_logs_started 5.3.3.5-1#1; state_taken_back 5.3.3.6-1#7; state_transferred "
            "5.3.3.5-1#7 5.3.3.6-1#7 5.3.3.7-1#8 5.3.3.8-1#8; tester_played 5.3.3.2-1#6 5.3.5-1#6"
        ),
        actor="vnfm",
    ),
    _tester(
        "passes_an_instance_unseen",
        "PassesUnseen",
        (
            "health_found 5.3.3.5-1#6 5.3.3.6-1#6 5.3.3.7-1#7 5.3.3.8-1#7; instance_looked_at 5.3.3.5-1#12 "
            "5.3.3.5-1#5 5.3.3.6-1#12 5.3.3.6-1#5 5.3.3.7-1#13 5.3.3.7-1#6 5.3.3.8-1#13 5.3.3.8-1#6; "
            "instance_passed 5.3.3.5-1#13 5.3.3.6-1#13 5.3.3.7-1#14 5.3.3.8-1#14"
        ),
        then="tester_played 5.3.3.2-1#6 5.3.5-1#6",
    ),
    _tester(
        "passes_an_instance_that_failed",
        "PassesWhatFailed",
        "instance_not_passed",
        then=(
            "instance_gone; instance_interfaces_down 5.3.3.6-1#14; instance_interfaces_started 5.3.3.6-1#8 "
            "5.3.3.6-1#9; instance_interfaces_stopped 5.3.3.6-1#10 5.3.3.6-1#14; instance_looked_at "
            "5.3.3.6-1#12; instance_passed 5.3.3.6-1#13; instance_terminated 5.3.3.6-1#14; instance_tested "
            "5.3.3.6-1#11; process_ended; protection_kept; replacement_committed 5.3.3.6-1#end; "
            "rollback_decided; rollback_decided 5.3.3.6-1#begin; source_came_back 5.3.3.4-1#2; "
            "state_transferred 5.3.3.6-1#7"
        ),
    ),
)
"""Every mutant of clause 5.3.3."""
