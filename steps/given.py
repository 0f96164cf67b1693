"""Given: what is arranged before the process begins. In a replay nothing is arranged but what is judged."""

from __future__ import annotations

from pytest_bdd import given, parsers

from harness.judge.registry import CONDITIONS
from steps import pair
from steps.arrangement import VERSIONS
from steps.judging import judge_rows
from steps.network_service import NetworkService
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


@given(parsers.parse("a specific VNFM, the {entity}, whose VNF is to be managed by a generic one"))
def a_specific_vnfm(world: World, entity: str) -> None:
    """The S-VNFM is the target (clause 5.5.2), in an NS that has traffic."""
    world.arranged.target(entity)
    world.arranged.plan = "s-vnfm-to-g-vnfm"
    world.arranged.network_service = NetworkService()


@given("no generic VNFM can manage another VNF")
def no_g_vnfm(world: World) -> None:
    """The one that is there is full, so the empty host becomes the G-VNFM."""
    others = world.arranged.cast.others
    capability = {"support": "NONE", "maxVnfInstances": 1}
    world.arranged.profiles.setdefault(others["g_vnfm"], {})["capability"] = capability
    world.arranged.destination(others["g_vnfm_host"])


@given(parsers.parse("the schedule of its plan is {shares}"))
def schedule(world: World, shares: str) -> None:
    """Shares of new sessions, in per cent, that the VNF which takes over gets, one after the other."""
    if world.arranged.network_service:
        world.arranged.network_service.schedule = tuple(int(share) for share in _list(shares))


@given("the specific VNFM manages other VNFs too")
def manages_others(world: World) -> None:
    """VNF1 of the same NS."""
    if world.arranged.network_service:
        world.arranged.network_service.others_at_target = True


@given(parsers.parse("a VNF that embeds a CISM for itself alone, {entity}"))
def a_vnf_with_a_cism_of_its_own(world: World, entity: str) -> None:
    """NFV-MANO does not see the CISM (clause 5.6.2.7); there is no SMM in it either."""
    world.arranged.target(entity)


@given(parsers.parse("a VNF that embeds a CISM without internal support for itself alone, {entity}"))
def a_vnf_with_a_cism_to_replace(world: World, entity: str) -> None:
    """As before, where another instance takes the place of the CISM (clause 5.6.3.7)."""
    world.arranged.instance(entity)


@given(parsers.parse("a {entity} without internal support that runs its source version"))
def an_entity_without_support(world: World, entity: str) -> None:
    """The target is the source; an empty host beside it is where its destination instance will be (clause 5.3.3)."""
    world.arranged.instance(entity)
    world.arranged.plan = "forklift"


@given(parsers.parse("a {entity} and a {second} whose interface with each other is not compatible between versions"))
def two_entities(world: World, entity: str, second: str) -> None:
    """Both are sources, each with an empty host beside it for its destination instance (clause 5.4.2)."""
    pair.arrange(world.arranged, entity, second)
    world.arranged.plan = "two-entities"


@given(parsers.parse("a {entity} that may have to fall back"))
def may_fall_back(world: World, entity: str) -> None:
    """The fallback target of clause 5.9; there is a Fallback Manager."""
    world.arranged.target(entity)
    world.arranged.stand_by()


@given("a Fallback Manager stands by")
def fallback_manager(world: World) -> None:
    """The SMM is told of it when a process is launched."""
    world.arranged.stand_by()


@given("it manages something")
def manages(world: World) -> None:
    """An instance that its consumer had it bring up."""
    world.arranged.preparations.append(("manage",))


@given(parsers.parse("a restoration point that holds {actors}"))
def restoration_point(world: World, actors: str) -> None:
    """Each of the entities makes its part of it; the later one is the newer one."""
    world.arranged.preparations.append(("point", *_list(actors)))


@given("since then something that it manages came, and something went")
def drift(world: World) -> None:
    """What the restoration point says is not so any more."""
    world.arranged.preparations.append(("drift",))


@given(parsers.parse("a {entity} of {number:d} redundancy units that runs its source version"))
def an_entity_of_units(world: World, entity: str, number: int) -> None:
    """The target has no internal support, and units that others manage (clause 5.3.2)."""
    world.arranged.target(entity)
    world.arranged.plan = "redundancy-units"
    world.arranged.compose(number)


@given(parsers.parse("a {entity} that consists of components, {names}, which are modified one by one"))
def an_entity_of_components(world: World, entity: str, names: str) -> None:
    """As a VIM of OpenStack components is (clause 5.3.6.2)."""
    world.arranged.target(entity)
    world.arranged.plan = "components"
    world.arranged.consist_of(_list(names))


@given(parsers.parse("its descriptor offers for recovery {kinds}"))
def recovery(world: World, kinds: str) -> None:
    """Which of SUSPENSION, RETRY, ROLLBACK and FALLBACK there are; what is not offered is refused."""
    world.arranged.capability({"recovery": [kind for kind in _list(kinds) if kind != "NOTHING"]})


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


@given(parsers.parse("the external manager wants the process suspended while the {role} is at {point}"))
def suspended_at(world: World, role: str, point: str) -> None:
    """It asks for it while that actor is held in the midst of that point of its work (clause 5.7).

    A point without a kind is a step of the target's own modification, or a suite of the tester.
    """
    kind = {"target": "software-modification/", "tester": "test-run/"}.get(role, "")
    world.arranged.suspend_at = f"{role} {point if '/' in point else kind + point}"


@given("the tester has two suites for the health of what does not serve yet")
def two_health_suites(world: World) -> None:
    """So there is something left of them when they are suspended in between."""
    versions = list(VERSIONS.values())
    health = [{"name": name, "softwareVersions": versions, "needsService": False} for name in ("health", "functions")]
    rest = [{"name": "performance", "softwareVersions": versions}]
    rest.append({"name": "system", "scope": "SYSTEM", "softwareVersions": versions})
    world.arranged.profiles.setdefault(world.arranged.cast.tester, {})["suites"] = [*health, *rest]


@given("its descriptor says that it cannot be suspended")
def not_suspendable(world: World) -> None:
    """For some software modifications a suspension is not possible at all (clause 5.7.1.1)."""
    world.arranged.capability({"suspendable": False})


@given("it asks for assistance when it does not get its resources")
def asks_for_assistance(world: World) -> None:
    """The target suspends its work instead of taking it back (table 5.7.1.6-1, row 4)."""
    world.arranged.profiles.setdefault(world.arranged.cast.target, {})["asksForAssistance"] = True


@given("these faults are armed")
def faults(world: World, datatable: Table) -> None:
    """A role or an actor, a fault of the lab, where it strikes, after how many, lab seconds to heal."""
    for row in rows(datatable):
        key = "request" if " " in row["at"] else "point"
        spec = {"fault": row["fault"], "at": {key: row["at"]}, "times": int(row.get("times") or 1)}
        if row.get("after"):
            spec["after"] = int(row["after"])
        if row.get("heals after"):
            spec["heals"] = {"after": float(row["heals after"])}
        if row.get("retry"):
            spec["data"] = {"retryPossible": row["retry"] == "possible"}
        if row.get("needs"):
            spec["data"] = {"needs": row["needs"]}
        struck = world.arranged.faults_at_rest if row.get("when") == "suspended" else world.arranged.faults
        struck.append((world.arranged.actor(row["actor"]), spec))


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
