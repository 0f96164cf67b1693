"""Wrong SMMs on the way to the tests' verdict; the docstring of each factory is its one lie."""

from __future__ import annotations

import copy
from dataclasses import replace

from harness.clients.http import Body
from harness.smm import Subject
from harness.smm.decide import End
from harness.smm.operations import Absent, Context, Done, Failed, Outcome
from harness.smm.operations.modification import (
    AwaitSoftwareModification,
    RequestSoftwareModification,
)
from harness.smm.operations.protection import RemoveRestorationPoint, SecureRestorationPoint
from harness.smm.operations.resources import ReserveResources
from harness.smm.operations.target import ReadTarget
from harness.smm.operations.testing import RunTests
from harness.sut.surroundings import Surroundings
from tests.mutants.replanned import Data, Nothing, Steps, moved, step_of, without, wrong

# Begin and preparation


def claims_success(surroundings: Surroundings) -> Subject:
    """Says that the destination version is committed, and has done nothing at all."""
    return wrong(surroundings, deciding=lambda plan, journal: End("DESTINATION_COMMITTED", None))


def asks_nobody(surroundings: Surroundings) -> Subject:
    """Prepares everything and then gives up without having asked the target."""

    class Request(RequestSoftwareModification):
        def do(self, context: Context) -> Outcome:
            return Failed("refused", "it was not asked")

    return wrong(surroundings, {"request-software-modification": Request()})


def guesses_capability(surroundings: Surroundings) -> Subject:
    """Assumes what every target can do, and never reads its descriptor."""

    class Read(ReadTarget):
        def do(self, context: Context) -> Outcome:
            entity = context.target.information.mano_entity()
            every = ("NS_LCM", "VNF_LCM", "VRM")
            ways = {"ongoing": ["PARALLEL", "COMPLETE_FIRST"], "parallel": ["PARALLEL", "DELAY"]}
            handling = {kind: ways for kind in every if kind == "VNF_LCM"}
            known = {"suspendable": True, "operationHandling": handling, "additionalResources": {}}
            source = entity["softwareVersion"]
            return Done({"sourceSoftwareVersion": source, "entityId": entity["id"], "capability": known})

    return wrong(surroundings, {"read-target": Read()})


def skips_reservation(surroundings: Surroundings) -> Subject:
    """Neither checks nor reserves the resources that the target needs."""

    class Reserve(ReserveResources):
        def do(self, context: Context) -> Outcome:
            needed = context.step.id != "reserve-modification"
            return super().do(context) if needed else Done({"provider": "", "reservationId": "", "made": False})

    class Request(RequestSoftwareModification):
        def body(self, context: Context) -> Body:
            named = [item for item in context.reserved() if item["provider"]]
            return {**super().body(context), "resources": named}

    changed = {"reserve-resources": Reserve(), "request-software-modification": Request(), "check-resources": Nothing()}
    return wrong(surroundings, changed)


def reserves_afterwards(surroundings: Surroundings) -> Subject:
    """Asks the target first and reserves the resources for it afterwards."""

    def change(plan: Data) -> None:
        without("check-resources")(plan)
        moved("reserve-modification", "reserve-testing", "reserve-rollback", behind="request-modification")(plan)
        step_of(plan, "request-modification")["parameters"]["resources"] = []

    return wrong(surroundings, change=change)


def skips_restoration_point(surroundings: Surroundings) -> Subject:
    """Goes on without any restoration point."""
    return wrong(surroundings, {"secure-restoration-point": Nothing(), "remove-restoration-point": Nothing()})


def protects_afterwards(surroundings: Surroundings) -> Subject:
    """Makes the restoration point only after the target was asked to change."""

    def change(plan: Data) -> None:
        del step_of(plan, "request-modification")["parameters"]["restorationPoint"]
        moved("restoration-point", behind="request-modification")(plan)

    return wrong(surroundings, change=change)


def protects_another(surroundings: Surroundings) -> Subject:
    """Makes its restoration point at the resource provider instead of the target."""

    class Secure(SecureRestorationPoint):
        def do(self, context: Context) -> Outcome:
            if context.launch.restoration_point is not None:
                return super().do(context)
            context.provider.software_modification.make_restoration_point("before the modification")
            return Done({"made": False})

    return wrong(surroundings, {"secure-restoration-point": Secure()})


def ignores_existing_point(surroundings: Surroundings) -> Subject:
    """Makes a restoration point though it was given one."""

    class Secure(SecureRestorationPoint):
        def do(self, context: Context) -> Outcome:
            launch = replace(context.launch, restoration_point=None)
            return super().do(replace(context, launch=launch))

    return wrong(surroundings, {"secure-restoration-point": Secure()})


def removes_existing_point(surroundings: Surroundings) -> Subject:
    """Deletes at the end a restoration point that it was only given."""

    class Remove(RemoveRestorationPoint):
        def do(self, context: Context) -> Outcome:
            point = context.now.fact(context.step.id)["restorationPointId"]
            context.target.software_modification.remove_restoration_point(point)
            return Done()

    return wrong(surroundings, {"remove-restoration-point": Remove()})


def skips_special_logs(surroundings: Surroundings) -> Subject:
    """Starts no special logs."""
    return wrong(surroundings, {"start-special-logs": Nothing(), "stop-special-logs": Nothing()})


# The request


def names_no_resources(surroundings: Surroundings) -> Subject:
    """Keeps from the target which resources it may use."""

    class Request(RequestSoftwareModification):
        def body(self, context: Context) -> Body:
            return {**super().body(context), "resources": []}

    return wrong(surroundings, {"request-software-modification": Request()})


def asks_again_blindly(surroundings: Surroundings) -> Subject:
    """Sends a request whose answer was lost again, without a look at what became of it."""

    class Request(RequestSoftwareModification):
        def look_up(self, context: Context) -> Outcome | Absent:
            return Absent()

    return wrong(surroundings, {"request-software-modification": Request()})


def rehearses(surroundings: Surroundings) -> Subject:
    """Has the target go back and forth once more before the tests, to see whether it can."""

    def change(plan: Data) -> None:
        steps: Steps = plan["modification"]["steps"]
        asked, awaited = step_of(plan, "request-modification"), step_of(plan, "await-modification")
        more: Steps = []
        for name, version in (("back", "source"), ("forth", "destination")):
            again = copy.deepcopy(asked) | {"id": f"request-{name}"}
            again["parameters"]["version"] = version
            parameters = {"of": f"request-{name}", "timeout": 120}
            waiting = {"id": f"await-{name}", "failure": {"unknown": "fallback"}, "parameters": parameters}
            more += [again, copy.deepcopy(awaited) | waiting]
        at = steps.index(awaited) + 1
        steps[at:at] = more
        commit = step_of(plan, "commit-modification")["parameters"]
        commit["of"] = ["request-modification", "request-back", "request-forth"]

    return wrong(surroundings, change=change)


# After the target's report


def retries_the_not_feasible(surroundings: Surroundings) -> Subject:
    """Retries a modification of which the target said that a retry is not feasible."""

    def change(plan: Data) -> None:
        failure = step_of(plan, "await-modification")["failure"]
        failure["rolled-back"] = failure["rolled-back-retry-possible"]

    return wrong(surroundings, change=change)


def tests_too_early(surroundings: Surroundings) -> Subject:
    """Has the tester test as soon as the destination version runs, before the target has reported completion."""

    class Await(AwaitSoftwareModification):
        def hear(self, context: Context, notification: Body) -> Outcome | None:
            switched = notification.get("softwareVersion") == context.now.fact(context.parameter("of")).get(
                "destinationSoftwareVersion"
            )
            return Done() if switched else super().hear(context, notification)

    return wrong(surroundings, {"await-software-modification": Await()})


def skips_the_tests(surroundings: Surroundings) -> Subject:
    """Commits the destination version without any test."""
    return wrong(surroundings, {"run-tests": Nothing(), "await-tests": Nothing()})


def leaves_suites_out(surroundings: Surroundings) -> Subject:
    """Leaves out one of the test suites that apply."""

    class Run(RunTests):
        def body(self, context: Context) -> Body:
            body = super().body(context)
            return {**body, "suites": [name for name in body["suites"] if name != "performance"]}

    return wrong(surroundings, {"run-tests": Run()})


def leaves_the_impacted_out(surroundings: Surroundings) -> Subject:
    """Has the system tested without one of the actors that the modification concerns."""

    class Run(RunTests):
        def body(self, context: Context) -> Body:
            body = super().body(context)
            return {**body, "impacted": body["impacted"][1:]}

    return wrong(surroundings, {"run-tests": Run()})


def names_no_test_resources(surroundings: Surroundings) -> Subject:
    """Keeps from the tester which resources it may use."""

    class Run(RunTests):
        def body(self, context: Context) -> Body:
            return {**super().body(context), "resources": []}

    return wrong(surroundings, {"run-tests": Run()})


def repeats_tests_blindly(surroundings: Surroundings) -> Subject:
    """Has the tester run again without making sure that it gets its resources now."""

    def change(plan: Data) -> None:
        step_of(plan, "await-tests")["failure"]["transient"] = {
            "again": ["run-tests", "await-tests"],
            "otherwise": "rollback",
        }

    return wrong(surroundings, change=change)


def never_repeats_tests(surroundings: Surroundings) -> Subject:
    """Rolls back at once when the tester says that its resources come late."""

    def change(plan: Data) -> None:
        step_of(plan, "await-tests")["failure"]["transient"] = "rollback"

    return wrong(surroundings, change=change)
