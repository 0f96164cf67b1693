"""Given: what is arranged before the process begins. In a replay nothing is arranged but what is judged."""

from __future__ import annotations

from pytest_bdd import given, parsers

from harness.judge.registry import CONDITIONS
from steps.judging import judge_rows
from steps.world import World

Table = list[list[str]]


def rows(table: Table) -> list[dict[str, str]]:
    """A Gherkin table as one mapping for each row below its header."""
    header, *rest = table
    return [dict(zip(header, row, strict=True)) for row in rest]


@given(parsers.parse("a seamless {entity} that runs its source version"))
def a_seamless_entity(world: World, entity: str) -> None:
    """The target, and with it every role of its role mapping."""
    world.arranged.target(entity)


@given(parsers.parse("a non-seamless {entity} that runs its source version"))
def a_non_seamless_entity(world: World, entity: str) -> None:
    """The target opens new service interfaces with the destination version (clause 5.2.3)."""
    world.arranged.target(entity)
    world.arranged.plan = "internal-non-seamless"
    world.arranged.capability({"support": "INTERNAL_NON_SEAMLESS"})


@given(parsers.parse("a {entity} without internal support that runs its source version"))
def an_entity_without_support(world: World, entity: str) -> None:
    """The target is the source; an empty host beside it is where its destination instance will be (clause 5.3.3)."""
    world.arranged.instance(entity)
    world.arranged.plan = "forklift"


@given("its resource provider has no room for another instance")
def no_room(world: World) -> None:
    """Due to limits of the hardware (clause 5.3.6.2)."""
    profile = world.arranged.profiles.setdefault(world.arranged.cast.provider, {})
    profile["capacity"] = {"vcpu": 1, "memoryMiB": 1024, "storageGiB": 10}


@given("it does not support the state model")
def no_state_model(world: World) -> None:
    """Its descriptor says so, and a request to change a state is refused (clause 5.3.6.2)."""
    world.arranged.capability({"stateModel": False})


@given("its destination can read operational state data of its own version only")
def state_of_own_version(world: World) -> None:
    """Operational state data is specific to versions (clause 5.3.6.2)."""
    world.arranged.profiles.setdefault(world.arranged.cast.destination, {})["readsStateOf"] = ["2.0.0"]


@given("these pre-conditions hold")
def pre_conditions(world: World, datatable: Table) -> None:
    """The observer looks around in the lab that has just begun; each row is judged at once."""
    judge_rows(world, "pre", datatable, CONDITIONS, world.case_so_far())


@given("its peers keep using it")
def peers_use_target(world: World) -> None:
    """Every impacted actor uses the target at each step of its work."""
    world.arranged.peers_use_target = True


@given("a restoration point of it exists already")
def existing_point(world: World) -> None:
    """The external manager makes one and names it to the SMM."""
    world.arranged.existing_point = True


@given("the external manager keeps the commit to itself")
def manual_commit(world: World) -> None:
    """The SMM waits before the commit for the external manager."""
    world.arranged.manual_commit = True


@given("these faults are armed")
def faults(world: World, datatable: Table) -> None:
    """A role or an actor, a fault of the lab, the request or point of work where it strikes, lab seconds to heal."""
    for row in rows(datatable):
        key = "request" if " " in row["at"] else "point"
        spec = {"fault": row["fault"], "at": {key: row["at"]}, "times": int(row.get("times") or 1)}
        if row.get("heals after"):
            spec["heals"] = {"after": float(row["heals after"])}
        if row.get("retry"):
            spec["data"] = {"retryPossible": row["retry"] == "possible"}
        world.arranged.faults.append((world.arranged.actor(row["actor"]), spec))


@given(parsers.parse("the operator wants {when} operations handled by {actions}"))
def policy(world: World, when: str, actions: str) -> None:
    """The operator's policy: actions in the order of preference."""
    world.arranged.policy[when] = {world.arranged.operation: _list(actions)}


@given(parsers.parse("its descriptor offers for {when} operations {actions}"))
def capability(world: World, when: str, actions: str) -> None:
    """What the target's capability descriptor lists for operations."""
    world.arranged.capability({"operationHandling": {world.arranged.operation: {when: _list(actions)}}})


@given("an operation of its consumer is ongoing")
def ongoing_operation(world: World) -> None:
    """It is held at its first step until the target has been asked to change."""
    world.arranged.when = "ongoing"


@given("an operation of its consumer arrives while it works")
def parallel_operation(world: World) -> None:
    """It is triggered while the target deploys."""
    world.arranged.when = "parallel"


@given(parsers.parse("an operation of its consumer arrives at {point} of the {role}"))
def operation_at_point(world: World, point: str, role: str) -> None:
    """It is triggered while the work of somebody is held at that point."""
    world.arranged.when = "parallel"
    world.arranged.arrives_at = f"{role} {point}"


def _list(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]
