"""Where the suite has to fail the entities and SMMs that are wrong about clause 5.5.2."""

from __future__ import annotations

import re

from tests.mutants.mutant import Mutant

HOME = "5_5_2_g_vnfm"
TARGET = "svnfm"


def entity(name: str, actor: str, at: str, then: str = "", label: str = "") -> Mutant:
    """A class of g_vnfm_entities.py in the place of a power of an actor."""
    words = label or re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
    made = f"tests.mutants.g_vnfm_entities:{name}"
    return Mutant(words, "entity", made, _long(at), _long(then), actor, HOME, entity=TARGET)


def smm(name: str, at: str, then: str = "") -> Mutant:
    """A factory of g_vnfm_smms.py."""
    made = f"tests.mutants.g_vnfm_smms:{name}"
    return Mutant(name, "smm", made, _long(at), _long(then), home=HOME, entity=TARGET)


def _long(text: str) -> str:
    """Rows of clause 5.5.2 are written without it: 5#3 is row 3 of table 5.5.2.5-1."""
    return re.sub(r"(?<= )([2-6])#", r"5.5.2.\1-1#", text)


ENTITIES = (
    entity(
        "ForgetsNetworks",
        "nfvo",
        "instantiation_ordered 5#6 6#6",
        "termination_ordered 6#11",
    ),
    entity(
        "LeavesNetworks",
        "nfvo",
        "termination_ordered 5#11 6#11",
    ),
    entity(
        "ReportsWhatIsOrdered",
        "nfvo",
        "instantiation_reported 5#7 6#7",
        (
            "deployment_retried; no_request_lost; ns_reported 5#13 6#13; path_kept; path_removed 5#10 6#10; "
            "replacement_ended; replacement_released 6#end; replacement_rollback_decided 6#begin; "
            "replacement_tested 6#15; termination_ordered 5#11 6#11; termination_reported 5#12 6#12; "
            "traffic_redirected 5#9 6#9; vnf_in_source 4#1; vnfm_is_specific 4#2"
        ),
    ),
    entity(
        "ForgetsWhatItTerminates",
        "nfvo",
        "termination_reported 5#12 6#12",
        (
            "instantiation_ordered 6#6; instantiation_reported 6#7; ns_reported 6#8 6#13; path_removed 6#10; "
            "protection_kept; replacement_ended; replacement_rollback_decided 6#begin; replacement_tested "
            "6#15; termination_ordered 6#11; traffic_redirected 6#9; vnf_in_source 4#1; vnfm_instantiated "
            "6#2; vnfm_is_specific 4#2; vnfm_peered 6#4; vnfm_peering_set 6#3; vnfm_terminated 5#14 6#14; "
            "vnfm_unlocked 6#3"
        ),
    ),
    entity(
        "TellsNobody",
        "nfvo",
        "ns_reported 5#8 5#13 6#8 6#13",
        "deployment_retried; nfvo_played 2#2; termination_ordered 6#11; termination_reported 6#12",
    ),
    entity(
        "UpdatesBesides",
        "em",
        "replacing_smm_played 2#1",
        (
            "deployment_retried; destination_vnf_played 2#6; existing_point_used; g_vnfm_played 2#4; "
            "instantiation_ordered 5#6 6#6; instantiation_reported 5#7 6#7; nfvo_played 2#2; ns_reported 5#8 "
            "5#13 6#8 6#13; path_added 5#5 6#5; path_removed 5#10 6#10; replacement_ended; "
            "replacement_released 6#end; replacement_rollback_decided 6#begin; replacement_tested 5#15 6#15; "
            "rollback_resources_secured 6#1; termination_ordered 5#11 6#11; termination_reported 5#12 6#12; "
            "traffic_redirected 5#9 6#9; vnf_in_destination 4#1; vnfm_instantiated 6#2; vnfm_is_generic 4#2; "
            "vnfm_peered 6#4; vnfm_peering_set 6#3; vnfm_terminated 5#14 6#14; vnfm_unlocked 6#3"
        ),
    ),
    entity(
        "IsOfAnotherVersion",
        "vnf-b2",
        "destination_vnf_available 3#1",
        "vnf_in_destination 4#1",
    ),
    entity(
        "SaysItIsStopped",
        "vnf-b1",
        "source_works 3#4; vnf_in_source 4#1",
    ),
    entity(
        "SaysItIsStoppedToo",
        "vnf-b2",
        "vnf_in_destination 4#1",
    ),
    entity(
        "IsLockedThroughout",
        "gvnfm",
        "g_vnfm_available 3#2; vnfm_is_generic 4#2",
        (
            "deployment_retried; g_vnfm_found 5#2; g_vnfm_played 2#4; ns_reported 6#13; path_added 5#5; "
            "replacement_ended; replacement_released 5#end 6#end; replacement_rollback_decided 6#begin; "
            "replacement_tested 5#15 6#15; termination_ordered 6#11; termination_reported 6#12; vnf_in_source "
            "4#1; vnfm_is_specific 4#2"
        ),
    ),
    entity(
        "IsAnElementManager",
        "nfvo",
        "nfvo_played 2#2",
        label="nfvo_is_an_element_manager",
    ),
    entity(
        "IsAnElementManager",
        "svnfm",
        "s_vnfm_played 2#3",
        label="svnfm_is_an_element_manager",
    ),
    entity(
        "IsAnElementManager",
        "gvnfm",
        "g_vnfm_played 2#4",
        label="gvnfm_is_an_element_manager",
    ),
    entity(
        "IsAnElementManager",
        "vnf-b1",
        "source_vnf_played 2#5",
        label="source_vnf_is_an_element_manager",
    ),
    entity(
        "IsAnElementManager",
        "vnf-b2",
        "destination_vnf_played 2#6",
        label="destination_vnf_is_an_element_manager",
    ),
)
SMMS = (
    smm(
        "names_the_wrong_vnfm",
        "path_added 5#5 6#5; vnfm_is_specific 4#2",
        (
            "deployment_retried; destination_vnf_played 2#6; g_vnfm_played 2#4; no_request_lost; ns_reported "
            "6#13; path_kept; replacement_ended; replacement_rollback_decided 6#begin; replacement_tested "
            "6#15; termination_ordered 6#11; termination_reported 6#12; traffic_redirected 5#9 6#9; "
            "vnf_in_destination 4#1; vnf_in_source 4#1; vnfm_is_generic 4#2"
        ),
    ),
    smm(
        "replaces_the_path",
        "path_added 5#5",
        "path_removed 5#10 6#10; replacement_ended; termination_ordered 5#11",
    ),
    smm(
        "looks_at_no_load",
        "path_removed 5#10 6#10",
    ),
    smm(
        "removes_the_path_in_use",
        "no_request_lost; path_kept",
        (
            "path_removed 5#10 6#10; replacement_ended; traffic_redirected 5#9 6#9; vnf_in_source 4#1; "
            "vnfm_is_specific 4#2"
        ),
    ),
    smm(
        "redirects_all_at_once",
        "traffic_redirected 5#9 6#9",
        (
            "ns_reported 6#13; path_removed 6#10; replacement_ended; replacement_rollback_decided 6#begin; "
            "replacement_tested 6#15; termination_ordered 6#11; termination_reported 6#12; vnf_in_source 4#1; "
            "vnfm_is_specific 4#2"
        ),
    ),
    smm(
        "never_retries_a_deployment",
        "deployment_retried",
        "instantiation_reported 5#7; replacement_ended",
    ),
    smm(
        "wants_its_own_g_vnfm",
        "g_vnfm_found 5#2",
        (
            "deployment_retried; g_vnfm_played 2#4; ns_reported 6#13; path_added 5#5; replacement_ended; "
            "replacement_released 5#end 6#end; replacement_rollback_decided 6#begin; replacement_tested 5#15 "
            "6#15; termination_ordered 6#11; termination_reported 6#12; vnf_in_source 4#1; vnfm_is_generic "
            "4#2; vnfm_is_specific 4#2"
        ),
    ),
    smm(
        "unlocks_unseen",
        "vnfm_instantiated 5#2 6#2",
    ),
    smm(
        "sets_no_peering",
        "vnfm_peering_set 5#3 6#3",
        (
            "replacement_ended; replacement_rollback_decided 6#begin; replacement_tested 6#15; vnf_in_source "
            "4#1; vnfm_is_specific 4#2; vnfm_terminated 6#14"
        ),
    ),
    smm(
        "leaves_it_locked",
        "vnfm_unlocked 5#3 6#3",
        (
            "instantiation_ordered 5#6 6#6; instantiation_reported 5#7 6#7; ns_reported 5#8 5#13 6#8 6#13; "
            "path_added 5#5 6#5; path_removed 5#10 6#10; replacement_ended; replacement_released 6#end; "
            "replacement_rollback_decided 6#begin; replacement_tested 5#15 6#15; rollback_resources_secured "
            "6#1; termination_ordered 5#11 6#11; termination_reported 5#12 6#12; traffic_redirected 5#9 6#9; "
            "vnf_in_destination 4#1; vnf_in_source 4#1; vnfm_instantiated 6#2; vnfm_is_generic 4#2; "
            "vnfm_is_specific 4#2; vnfm_peered 5#4 6#4; vnfm_peering_set 6#3; vnfm_terminated 5#14 6#14"
        ),
    ),
    smm(
        "peers_nobody",
        "vnfm_peered 5#4 6#4",
        (
            "replacement_ended; replacement_rollback_decided 6#begin; replacement_tested 6#15; vnf_in_source "
            "4#1; vnfm_is_specific 4#2; vnfm_terminated 6#14"
        ),
    ),
    smm(
        "terminates_unlocked",
        "vnfm_terminated 5#14 6#14",
        "vnfm_unlocked 6#3",
    ),
    smm(
        "terminates_what_is_needed",
        "vnfm_kept 5#14",
    ),
    smm(
        "goes_on_after_failed_tests",
        "replacement_rollback_decided 6#begin",
        (
            "instantiation_ordered 6#6; instantiation_reported 6#7; ns_reported 6#13; path_removed 6#10; "
            "protection_kept; replacement_ended; replacement_tested 6#15; termination_ordered 6#11; "
            "termination_reported 6#12; traffic_redirected 6#9; vnf_in_source 4#1; vnfm_instantiated 6#2; "
            "vnfm_is_specific 4#2; vnfm_peered 6#4; vnfm_peering_set 6#3; vnfm_terminated 6#14; vnfm_unlocked "
            "6#3"
        ),
    ),
    smm(
        "verifies_nothing",
        "replacement_tested 5#15 6#15",
        (
            "instantiation_ordered 6#6; instantiation_reported 6#7; ns_reported 6#13; path_removed 6#10; "
            "protection_kept; replacement_ended; replacement_released 5#end 6#end; "
            "replacement_rollback_decided 6#begin; termination_ordered 6#11; termination_reported 6#12; "
            "traffic_redirected 6#9; vnf_in_source 4#1; vnfm_instantiated 6#2; vnfm_is_specific 4#2; "
            "vnfm_peered 6#4; vnfm_peering_set 6#3; vnfm_terminated 6#14; vnfm_unlocked 6#3"
        ),
    ),
    smm(
        "leaves_nsds_behind",
        "replacement_released 5#end 6#end",
    ),
    smm(
        "keeps_the_source_vnf",
        "replacement_ended",
        (
            "instantiation_ordered 6#6; instantiation_reported 6#7; ns_reported 5#13 6#8 6#13; path_added "
            "6#5; path_removed 5#10 6#10; protection_kept; replacement_rollback_decided 6#begin; "
            "replacement_tested 6#15; termination_ordered 5#11 6#11; termination_reported 5#12 6#12; "
            "traffic_redirected 6#9; vnfm_instantiated 6#2; vnfm_peered 6#4; vnfm_peering_set 6#3; "
            "vnfm_terminated 5#14; vnfm_unlocked 6#3"
        ),
    ),
    smm(
        "has_no_plans",
        "plan_available 3#3",
    ),
    smm(
        "returns_after_the_commit",
        "replacement_not_undone",
    ),
)

MUTANTS = (*ENTITIES, *SMMS)
