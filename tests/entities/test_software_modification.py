"""An entity that modifies its own software (GR clause 5.2.2.5, rows 2 to 4)."""

from __future__ import annotations

from itertools import pairwise

import pytest

from mocks.entities.errors import AssistanceNeeded, Conflict, StepFailed
from mocks.entities.modification_operation import IN_PROGRESS, TRANSITIONS
from tests.entities.modifiable_entity import Entity, FailingOnce

RESERVED = {"provider": "vim", "reservationId": "r-1"}


@pytest.fixture
def entity() -> Entity:
    return Entity()


def test_destination_version_runs_in_the_end(entity):
    """A modification that goes well ends COMPLETED and SUCCESSFUL with the destination version running."""
    outcome = entity.run()
    assert (outcome["operationState"], outcome["result"], outcome["committed"]) == ("COMPLETED", "SUCCESSFUL", False)
    assert (outcome["percentage"], outcome["remainingTime"], outcome["currentStep"]) == (100, 0, None)
    assert (outcome["sourceSoftwareVersion"], outcome["destinationSoftwareVersion"]) == ("1.0.0", "2.0.0")
    assert entity.core.software_version == "2.0.0"


def test_version_changes_at_the_switch_step(entity):
    """The source version runs until the switch step is done, the destination version from then on."""
    entity.gate.closed.add("software-modification/clean")
    entity.at("switch")
    assert entity.core.software_version == "1.0.0"
    entity.proceed("switch")
    assert entity.core.software_version == "2.0.0"


def test_acceptance_changes_nothing_yet(entity):
    """The answer to the request finds the occurrence STARTING; work begins after it."""
    identifier = entity.begin()
    occurrence = entity.modification.get(identifier)
    assert (occurrence["operationState"], occurrence["percentage"], occurrence["currentStep"]) == ("STARTING", 0, None)
    assert entity.gate.points == []
    assert occurrence["requestedBy"] == "smm"


def test_steps_pass_the_gate_in_order(entity):
    """The four steps pass the gate as points of the kind software-modification."""
    entity.run()
    assert entity.gate.points == [f"software-modification/{step}" for step in ("prepare", "deploy", "switch", "clean")]


def test_subscriber_hears_states_and_steps(entity):
    """Subscribers hear of the start, each step and each change of state, of the last step with the end, and each time
    which version runs."""
    identifier = entity.run()["id"]
    told = entity.peers.notifications("SoftwareModificationOperationOccurrenceNotification")
    assert [(n["operationState"], n["percentage"], n["currentStep"], n["softwareVersion"]) for n in told] == [
        ("STARTING", 0, None, "1.0.0"),
        ("PROCESSING", 0, None, "1.0.0"),
        ("PROCESSING", 25, "deploy", "1.0.0"),
        ("PROCESSING", 50, "switch", "1.0.0"),
        ("PROCESSING", 75, "clean", "2.0.0"),
        ("COMPLETED", 100, None, "2.0.0"),
    ]
    assert {n["softwareModificationOpOccId"] for n in told} == {identifier}
    assert len({n["id"] for n in told}) == len(told)
    assert told[-1]["result"] == "SUCCESSFUL"
    assert all(n["timeStamp"] <= after["timeStamp"] for n, after in pairwise(told))


def test_filter_of_a_subscription_is_honoured(entity):
    """A subscriber that asks for COMPLETED hears of nothing else."""
    entity.modification.announcements.subscriptions.add("http://only/ends", {"operationStates": ["COMPLETED"]})
    entity.run()
    heard = [body["operationState"] for uri, body in entity.peers.delivered if uri == "http://only/ends"]
    assert heard == ["COMPLETED"]


# Resources


def test_indicated_resources_are_used_and_released(entity):
    """What the work needs is allocated out of the indicated reservation and given back at the end."""
    entity.run(resources=[RESERVED])
    needed = entity.modification.capability()["additionalResources"]["modification"]
    assert entity.peers.named("allocate") == [("vim", "r-1", needed)]
    assert entity.peers.named("release") == [("vim", "r-1", "allocation-2")]


def test_nothing_indicated_nothing_allocated(entity):
    """Without an indication of resources the entity manages with what it has."""
    assert entity.run()["operationState"] == "COMPLETED"
    assert entity.peers.named("allocate") == []
    assert entity.peers.named("release") == []


def test_refused_allocation_rolls_back(entity):
    """When the provider refuses, the modification rolls back and says that a retry is possible."""
    entity.peers.errors["allocate"] = StepFailed("vim has nothing left", transient=True)
    outcome = entity.run(resources=[RESERVED])
    assert (outcome["operationState"], outcome["result"]) == ("ROLLED_BACK", "ROLLED_BACK_RETRY_POSSIBLE")
    assert "vim has nothing left" in outcome["error"]["detail"]
    assert entity.peers.named("release") == []


def test_unknown_provider_is_a_failure_of_the_work(entity):
    """A provider that nobody knows is named in the error, and a retry is not feasible."""
    entity.peers.errors["allocate"] = KeyError("nowhere")
    outcome = entity.run(resources=[{"provider": "nowhere", "reservationId": "r"}])
    assert outcome["result"] == "ROLLED_BACK_RETRY_NOT_FEASIBLE"
    assert "nowhere" in outcome["error"]["detail"]


# Failures


@pytest.mark.parametrize(
    ("transient", "result"), [(True, "ROLLED_BACK_RETRY_POSSIBLE"), (False, "ROLLED_BACK_RETRY_NOT_FEASIBLE")]
)
@pytest.mark.parametrize("step", ["prepare", "deploy", "switch", "clean"])
def test_failing_step_is_undone(entity, step, transient, result):
    """Whatever step breaks, the entity undoes what was done, in reverse order, and runs the source version."""
    entity.gate.failing[f"software-modification/{step}"] = StepFailed("broke", transient=transient)
    outcome = entity.run(resources=[RESERVED])
    assert (outcome["operationState"], outcome["result"], outcome["error"]["detail"]) == (
        "ROLLED_BACK",
        result,
        "broke",
    )
    assert entity.core.software_version == "1.0.0"
    assert entity.states() == ["STARTING", "PROCESSING", "UNDOING", "ROLLED_BACK"]
    steps = ["prepare", "deploy", "switch", "clean"]
    done = steps[: steps.index(step)]
    undone = [point.split("/")[1] for point in entity.gate.points[len(done) + 1 :]]
    assert undone == [f"undo-{each}" for each in reversed(done)]
    assert len(entity.peers.named("allocate")) == len(entity.peers.named("release"))


def test_failing_undo_is_a_failure(entity):
    """A broken undo leaves the modification FAILED, naming both causes, and what runs is told as it is."""
    entity.gate.failing["software-modification/clean"] = StepFailed("no cleaning")
    entity.gate.failing["software-modification/undo-switch"] = StepFailed("no way back")
    outcome = entity.run()
    assert (outcome["operationState"], outcome["result"]) == ("FAILED", "FAILED")
    assert "no way back" in outcome["error"]["detail"]
    assert "no cleaning" in outcome["error"]["detail"]
    assert entity.core.software_version == "2.0.0"
    assert entity.peers.notifications()[-1]["error"] == outcome["error"]


def test_internal_retry_gets_over_a_transient_failure():
    """With internal retries a transient failure is tried again and counted, and the modification completes."""
    entity = Entity(internalRetries=2, gate=FailingOnce("software-modification/deploy"))
    outcome = entity.run()
    assert (outcome["operationState"], outcome["internalRetries"], outcome["error"]) == ("COMPLETED", 1, None)
    assert entity.states() == ["STARTING", "PROCESSING", "COMPLETED"]


def test_internal_retries_are_limited():
    """When the internal retries are used up the entity rolls back; permanent failures are not retried at all."""
    entity = Entity(internalRetries=2)
    entity.gate.failing["software-modification/switch"] = StepFailed("broke", transient=True)
    outcome = entity.run()
    assert (outcome["operationState"], outcome["internalRetries"]) == ("ROLLED_BACK", 2)
    assert entity.gate.points.count("software-modification/switch") == 3
    entity.gate.failing["software-modification/switch"] = StepFailed("broke for good")
    assert entity.run()["internalRetries"] == 0


def test_crash_leaves_the_work_where_it_was(entity):
    """A step that never comes back leaves the modification PROCESSING, the source version running."""
    identifier = entity.at("switch")
    assert entity.modification.get(identifier)["operationState"] == "PROCESSING"
    assert entity.core.software_version == "1.0.0"


def test_restarted_release_is_not_done_twice(entity):
    """What was released once is not released again when the entity is stopped by force later."""
    entity.run(resources=[RESERVED])
    entity.modification.interrupt("stopped")
    assert len(entity.peers.named("release")) == 1


# Assistance


def test_an_issue_from_outside_suspends_the_work(entity):
    """The work halts right before the step, and says what it needs until it is told to go on."""
    entity.gate.failing["software-modification/switch"] = AssistanceNeeded("the disk array is gone", "OTHER")
    identifier = entity.begin()
    entity.clock.run()
    halted = entity.modification.get(identifier)
    assert (halted["operationState"], halted["currentStep"]) == ("SUSPENDED", "switch")
    assert halted["assistance"] == {"needs": "OTHER", "detail": "the disk array is gone"}
    entity.gate.failing.clear()
    entity.modification.task(identifier, "resume")
    entity.clock.run()
    ended = entity.modification.get(identifier)
    assert (ended["operationState"], ended["assistance"]) == ("COMPLETED", None)


def test_an_issue_at_a_step_that_cannot_be_suspended_undoes(entity):
    """There the work may not stand still, so it is taken back."""
    entity.gate.failing["software-modification/clean"] = AssistanceNeeded("no", "OTHER")
    assert entity.run()["operationState"] == "ROLLED_BACK"


def test_who_asks_for_assistance_goes_on_with_other_resources():
    """Resources that cannot be had are a matter for others; those that come with the resumption are used."""
    entity = Entity(asksForAssistance=True)
    entity.peers.errors["allocate"] = StepFailed("gone", transient=True)
    halted = entity.run(resources=[RESERVED])
    assert (halted["operationState"], halted["assistance"]["needs"]) == ("SUSPENDED", "RESOURCES")
    del entity.peers.errors["allocate"]
    other = {**RESERVED, "reservationId": "another"}
    entity.modification.task(halted["id"], "resume", [other])
    entity.clock.run()
    assert entity.modification.get(halted["id"])["operationState"] == "COMPLETED"
    assert "another" in str(entity.peers.named("allocate")[-1])


def test_the_descriptor_names_the_places_to_halt_at():
    """The steps that may be suspended at; none for who cannot be suspended."""
    assert Entity().modification.capability()["suspendPoints"] == ["prepare", "deploy", "switch"]
    assert Entity(capability={"suspendable": False}).modification.capability()["suspendPoints"] == []


# Suspend, resume, undo, commit


def test_suspend_and_resume(entity):
    """A suspension is reached before the next safe step, and a resume takes the work to its end."""
    identifier = entity.at("deploy")
    entity.modification.task(identifier, "suspend")
    assert entity.modification.get(identifier)["operationState"] == "SUSPENDING"
    entity.proceed("deploy")
    suspended = entity.modification.get(identifier)
    assert (suspended["operationState"], suspended["currentStep"]) == ("SUSPENDED", "switch")
    entity.modification.task(identifier, "resume")
    entity.clock.run()
    assert entity.modification.get(identifier)["operationState"] == "COMPLETED"
    assert entity.states() == ["STARTING", "PROCESSING", "SUSPENDING", "SUSPENDED", "PROCESSING", "COMPLETED"]


def test_suspend_past_the_last_safe_step_completes(entity):
    """A suspension that comes too late does not keep the modification from completing."""
    identifier = entity.at("switch")
    entity.modification.task(identifier, "suspend")
    entity.proceed("switch")
    assert entity.modification.get(identifier)["operationState"] == "COMPLETED"


def test_undo_of_a_suspended_modification(entity):
    """An undo that was asked for ends ROLLED_BACK with the source version, resources released, retry possible."""
    identifier = entity.at("deploy", resources=[RESERVED])
    entity.modification.task(identifier, "suspend")
    entity.proceed("deploy")
    entity.modification.task(identifier, "undo")
    entity.clock.run()
    outcome = entity.modification.get(identifier)
    assert (outcome["operationState"], outcome["result"]) == ("ROLLED_BACK", "ROLLED_BACK_RETRY_POSSIBLE")
    assert (outcome["error"], outcome["percentage"]) == (None, 0)
    assert entity.core.software_version == "1.0.0"
    assert len(entity.peers.named("release")) == 1


def test_undo_tells_its_progress(entity):
    """While undoing, the current step and the remaining time are those of the way back."""
    identifier = entity.at("deploy")
    entity.modification.task(identifier, "suspend")
    entity.proceed("deploy")
    entity.gate.closed.add("software-modification/undo-prepare")
    entity.modification.task(identifier, "undo")
    entity.clock.run()
    undoing = entity.modification.get(identifier)
    assert (undoing["operationState"], undoing["currentStep"]) == ("UNDOING", "undo-prepare")
    assert (undoing["percentage"], undoing["remainingTime"]) == (25, 0.1)


def test_failure_while_suspending_undoes(entity):
    """A step that breaks while the suspension is awaited is undone like any other."""
    identifier = entity.at("prepare", resources=[RESERVED])
    entity.modification.task(identifier, "suspend")
    entity.peers.errors["allocate"] = StepFailed("broke")
    entity.proceed("prepare")
    assert entity.modification.get(identifier)["operationState"] == "ROLLED_BACK"
    assert entity.states() == ["STARTING", "PROCESSING", "SUSPENDING", "UNDOING", "ROLLED_BACK"]


@pytest.mark.parametrize("task", ["resume", "undo"])
def test_tasks_need_their_state(entity, task):
    """Resume and undo need a suspended modification; the error says what is possible instead."""
    identifier = entity.at("deploy")
    with pytest.raises(Conflict, match="suspend"):
        entity.modification.task(identifier, task)


@pytest.mark.parametrize("task", ["suspend", "resume", "undo"])
def test_ended_modification_takes_no_task(entity, task):
    """After the end no task is possible."""
    identifier = entity.run()["id"]
    with pytest.raises(Conflict):
        entity.modification.task(identifier, task)


def test_commit_is_final_and_once(entity):
    """A completed modification is committed once; the second time is a conflict."""
    identifier = entity.run()["id"]
    assert entity.modification.commit(identifier)["committed"] is True
    with pytest.raises(Conflict):
        entity.modification.commit(identifier)


def test_rolled_back_modification_can_be_committed(entity):
    """An automatic rollback is an outcome that can be committed too."""
    entity.gate.failing["software-modification/switch"] = StepFailed("broke")
    identifier = entity.run()["id"]
    assert entity.modification.commit(identifier)["committed"] is True


def test_commit_needs_an_end(entity):
    """Neither work in progress nor a failure can be committed."""
    identifier = entity.at("deploy")
    with pytest.raises(Conflict, match="PROCESSING"):
        entity.modification.commit(identifier)
    entity.modification.interrupt("stopped")
    with pytest.raises(Conflict, match="FAILED"):
        entity.modification.commit(identifier)


def test_links_offer_what_is_possible(entity):
    """The links of an occurrence name the tasks that its state allows, and no others."""
    identifier = entity.at("deploy")
    assert set(entity.modification.get(identifier)["_links"]) == {"self", "suspend"}
    entity.proceed("deploy")
    assert set(entity.modification.get(identifier)["_links"]) == {"self", "commit"}
    entity.modification.commit(identifier)
    assert set(entity.modification.get(identifier)["_links"]) == {"self"}


def test_every_state_in_progress_can_be_left():
    """The table has a way out of every state in progress, and none out of an end state."""
    ends = {"COMPLETED", "ROLLED_BACK", "FAILED"}
    assert {state for state, _ in TRANSITIONS} == set(IN_PROGRESS)
    assert set(TRANSITIONS.values()) - set(IN_PROGRESS) == ends
