"""What goes wrong where two entities are modified together (clause 5.4.2); each docstring is the one lie."""

from __future__ import annotations

from contextlib import suppress

from harness.clients.errors import ClientError
from harness.clients.http import Body
from harness.smm import Subject
from harness.smm.operations import Context, Done, Outcome
from harness.smm.operations.instances import AwaitInstance, TerminateEntity, TransferState
from harness.smm.operations.pair import FindPair, StartBetween
from harness.sut.surroundings import Surroundings
from mocks.entities.peering import Peering
from mocks.entities.ports import Body as Told
from mocks.entities.software_modification import SoftwareModification
from tests.mutants.mutant import Mutant
from tests.mutants.replanned import Nothing, wrong

HOME = "5_4_2_two_entities"


def forgets_the_authentication_of_the_two(surroundings: Surroundings) -> Subject:
    """Starts the interface between the two, and has neither authenticate to the other."""

    class Start(StartBetween):
        def introduce(self, context: Context, other: Context) -> Outcome:
            return Done()

    return wrong(surroundings, {"start-between": Start()})


def connects_source_with_destination(surroundings: Surroundings) -> Subject:
    """Lets a destination find the source of the other first."""

    class Start(StartBetween):
        def introduce(self, context: Context, other: Context) -> Outcome:
            if context.parameter("at") == "destination":
                context.instance.peering.connect(other.other)
            return super().introduce(context, other)

    return wrong(surroundings, {"start-between": Start()})


def ends_sources_before_the_tests(surroundings: Surroundings) -> Subject:
    """Terminates both sources before the tester has said a word of the destinations at work."""

    def change(plan: Body) -> None:
        steps = plan["modification"]["steps"]
        early = [item for item in steps if item.get("repeat") in ("shut-down", "end-sources")]
        rest = [item for item in steps if item not in early]
        at = next(index for index, item in enumerate(rest) if item.get("repeat") == "verify-whole")
        steps[:] = [*rest[:at], *early, *rest[at:]]

    return wrong(surroundings, change=change)


def ends_one_of_the_two(surroundings: Surroundings) -> Subject:
    """Commits and rolls back for one of the two only: the other's second instance stays."""

    class Terminate(TerminateEntity):
        def do(self, context: Context) -> Outcome:
            return Done({"instanceOpOccId": None}) if context.step.id.endswith("@2") else super().do(context)

    class Await(AwaitInstance):
        """Waits for the one that it ended."""

    return wrong(
        surroundings, {"terminate-entity": Terminate(), "await-termination": Await(), "commit-pair": Nothing()}
    )


def ends_what_never_was(surroundings: Surroundings) -> Subject:
    """Asks for the end of both destinations, also of one that could not be instantiated."""

    class Terminate(TerminateEntity):
        def do(self, context: Context) -> Outcome:
            if context.instance.instances.there:
                return super().do(context)
            with suppress(ClientError):
                context.instance.instances.terminate("GRACEFUL")
            return Done({"instanceOpOccId": None})

    return wrong(surroundings, {"terminate-entity": Terminate()})


def gives_back_what_is_old(surroundings: Surroundings) -> Subject:
    """Has each source go on with the state that it had handed over, though its destination has a newer one."""

    class Transfer(TransferState):
        def do(self, context: Context) -> Outcome:
            own = context.instance.instances
            if not context.parameter("takeBack"):
                return super().do(context)
            own.import_state(own.export_state())
            return Done({"state": context.at})

    return wrong(surroundings, {"transfer-state": Transfer()})


def unlocks_one_before_the_other_is_healthy(surroundings: Surroundings) -> Subject:
    """Gives each destination the state and unlocks it as soon as it is healthy itself, whatever the other is."""

    def change(plan: Body) -> None:
        steps = plan["modification"]["steps"]
        blocks = {item.get("repeat"): item for item in steps}
        early = [blocks[name] for name in ("hand-over", "unlock")]
        blocks["verify-health"]["steps"] += [step for block in early for step in block["steps"]]
        steps[:] = [item for item in steps if item not in early]

    return wrong(surroundings, change=change)


def rolls_back_only_one_of_the_two(surroundings: Surroundings) -> Subject:
    """Brings the source of the first back, and leaves the second where the modification had brought it."""

    class Find(FindPair):
        def do(self, context: Context) -> Outcome:
            found = super().do(context)
            if isinstance(found, Done) and context.now.section == "rollback":
                return Done({"members": found.facts["members"][:1]})
            return found

    class Start(StartBetween):
        def do(self, context: Context) -> Outcome:
            return Done() if context.now.section == "rollback" else super().do(context)

    return wrong(surroundings, {"find-pair": Find(), "start-between": Start()})


class ClaimsToUnderstandAll(SoftwareModification):
    """Claims in its descriptor that its interface with the other is compatible between versions."""

    def capability(self) -> Told:
        found = super().capability()
        every = [{**one, "versions": ["1.0.0", "2.0.0"]} for one in found["interfaceCompatibility"]]
        return {**found, "interfaceCompatibility": every}


class SaysItReachesNobody(Peering):
    """Says that it reaches no peer, though it does."""

    def check(self, peer: str) -> Told:
        return {**super().check(peer), "reachable": False}


def _smm(name: str, at: str, then: str = "", breaks: str = "") -> Mutant:
    return Mutant(name, "smm", f"{__name__}:{name}", at, then, home=HOME, breaks=breaks)


def _entity(name: str, at: str, then: str = "") -> Mutant:
    words = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)[1:]
    return Mutant(words, "entity", f"{__name__}:{name}", at, then, "vnfm", HOME)


MUTANTS = (
    _smm(
        "forgets_the_authentication_of_the_two",
        "pair_synchronised 5.4.2.5-1#8 5.4.2.6-1#8",
        (
            "both_or_none; destination_took_over 5.4.2.4-1#2; destinations_communicate 5.4.2.4-1#2; "
            "health_found 5.4.2.6-1#6; health_verified 5.4.2.6-1#4; instance_gone; "
            "instance_interfaces_down 5.4.2.5-1#15 5.4.2.6-1#15; "
            "instance_interfaces_started 5.4.2.6-1#10 5.4.2.6-1#9; "
            "instance_interfaces_stopped 5.4.2.5-1#15 5.4.2.6-1#11 5.4.2.6-1#15; "
            "instance_locked 5.4.2.6-1#3; instance_looked_at 5.4.2.6-1#13 5.4.2.6-1#5; "
            "instance_passed 5.4.2.5-1#14 5.4.2.6-1#14; instance_requested 5.4.2.6-1#3; "
            "instance_terminated 5.4.2.5-1#15 5.4.2.6-1#15; instance_tested 5.4.2.5-1#12 5.4.2.6-1#12; "
            "neither_ended_early; never_mixed; process_ended; "
            "replacement_committed 5.4.2.5-1#end 5.4.2.6-1#end; source_came_back 5.4.2.4-1#2; "
            "source_played 5.4.2.2-1#2; sources_communicate 5.4.2.4-1#2; state_transferred 5.4.2.6-1#7"
        ),
        breaks="continuity",
    ),
    _smm(
        "ends_one_of_the_two",
        "destinations_communicate 5.4.2.4-1#2; sources_communicate 5.4.2.4-1#2; both_or_none",
        (
            "destination_took_over 5.4.2.4-1#2; health_verified 5.4.2.6-1#4; instance_gone; "
            "instance_interfaces_down 5.4.2.6-1#15; instance_interfaces_started 5.4.2.6-1#10 5.4.2.6-1#9; "
            "instance_interfaces_stopped 5.4.2.6-1#11 5.4.2.6-1#15; instance_locked 5.4.2.6-1#3; "
            "instance_looked_at 5.4.2.6-1#13; instance_passed 5.4.2.6-1#14; instance_requested 5.4.2.6-1#3; "
            "instance_terminated 5.4.2.5-1#15 5.4.2.6-1#15; instance_tested 5.4.2.6-1#12; never_mixed; "
            "pair_synchronised 5.4.2.6-1#8; process_ended; "
            "replacement_committed 5.4.2.5-1#end 5.4.2.6-1#end; rollback_decided 5.4.2.6-1#begin; "
            "source_came_back 5.4.2.4-1#2; source_played 5.4.2.2-1#2; state_transferred 5.4.2.6-1#7"
        ),
        breaks="continuity; leaks",
    ),
    _entity("ClaimsToUnderstandAll", "versions_incompatible 5.4.2.3-1#1", ""),
    _entity(
        "SaysItReachesNobody",
        "pair_communicates 5.4.2.3-1#3",
        (
            "both_or_none; instance_gone; instance_interfaces_down 5.4.2.6-1#15; "
            "instance_interfaces_stopped 5.4.2.6-1#15; instance_passed 5.4.2.6-1#14; "
            "instance_terminated 5.4.2.6-1#15; never_mixed; process_ended; "
            "replacement_committed 5.4.2.6-1#end; source_came_back 5.4.2.4-1#2; "
            "sources_communicate 5.4.2.4-1#2"
        ),
    ),
    _smm(
        "ends_sources_before_the_tests",
        "neither_ended_early",
        "instance_interfaces_stopped 5.4.2.5-1#15; instance_terminated 5.4.2.5-1#15",
    ),
    _smm("ends_what_never_was", "only_existing_ended 5.4.2.6-1#15"),
    _smm("gives_back_what_is_old", "state_back_from_its_holder 5.4.2.6-1#7", "state_transferred 5.4.2.6-1#7"),
    _smm("connects_source_with_destination", "never_mixed", ""),
    _smm("unlocks_one_before_the_other_is_healthy", "pair_synchronised 5.4.2.5-1#8"),
    _smm(
        "rolls_back_only_one_of_the_two",
        "both_or_none; sources_communicate 5.4.2.4-1#2",
        (
            "application_unlocked 5.4.2.6-1#8; health_found 5.4.2.6-1#6; health_verified 5.4.2.6-1#4; "
            "instance_gone; instance_interfaces_down 5.4.2.6-1#15; "
            "instance_interfaces_started 5.4.2.6-1#10 5.4.2.6-1#9; "
            "instance_interfaces_stopped 5.4.2.6-1#11 5.4.2.6-1#15; instance_locked 5.4.2.6-1#3; "
            "instance_looked_at 5.4.2.6-1#13 5.4.2.6-1#5; instance_passed 5.4.2.6-1#14; "
            "instance_requested 5.4.2.6-1#3; instance_terminated 5.4.2.6-1#15; instance_tested 5.4.2.6-1#12; "
            "never_mixed; pair_synchronised 5.4.2.6-1#8; process_ended; replacement_committed 5.4.2.6-1#end; "
            "rollback_information_collected 5.4.2.6-1#2; source_came_back 5.4.2.4-1#2; "
            "state_back_from_its_holder 5.4.2.6-1#7; state_transferred 5.4.2.6-1#7"
        ),
        breaks="continuity; leaks",
    ),
)
"""Every mutant of clause 5.4.2."""
