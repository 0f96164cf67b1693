"""Each rule of the lint on a small document made for it: right it is silent, wrong it tells the place."""

from __future__ import annotations

import pytest

from harness.spec.lint import RULES, lint
from harness.spec.lint.finding import LONGEST, beginning
from harness.spec.lint.registry import UnknownRule
from tests.spec.small import TEXT, changed, document, found

HEAD = "#\tActor/Role-condition\tAction/Description"
BESIDE = f"ongoing LCM/VRM operation**\n\n{HEAD}\nBegins when\tSMM\tThe SMM takes up the plan."
TARGET_UNLOCK = "SMM unlocks the destination functional entity and starts"
LAST = "What it took is given back (see note 2)."
Change = tuple[str, str]

WRONG: dict[str, tuple[list[Change], str]] = {
    "note-missing": ([("(see note 3)", "(see note 7)")], "5.2.5-1#end"),
    "note-unused": ([("(see notes 1 and 3)", "(see note 3)")], "5.2.5-1 note 1"),
    "step-missing": ([("testing in step 8", "testing in step 18")], "5.2.5-1 note 2"),
    "step-itself": (
        [("SMM looks after resources as", "From step 1 to step 3, SMM looks after resources as")],
        "5.2.5-1#1",
    ),
    "step-wrong-kind": ([("testing in step 8", "testing in step 2")], "5.2.5-1 note 2"),
    "clause-missing": ([("see clauses 5.2 to 5.6", "see clause 5.22")], "clause 5.1"),
    "clause-wrong-kind": (
        [("rollback described in clause 5.2.6", "rollback described in clause 5.2.8")],
        "5.2.5-1 note 2",
    ),
    "table-missing": ([("Table 5.2.5-1 has the flow", "Table 5.2.55-1 has the flow")], "clause 5.2.5"),
    "table-unused": ([("Table 6-1 has them.", "Here they are.")], "6-1"),
    "citation-missing": ([("are changed [i.1]", "are changed [i.2]")], "clause 1"),
    "table-numbering": ([("**Table 5.2.3-1:", "**Table 5.2.2-2:")], "5.2.2-2"),
    "row-numbering": ([("\n2\tResources are there", "\n3\tResources are there")], "5.2.3-1#3"),
    "note-numbering": ([("NOTE 3: Resources enabling", "NOTE 4: Resources enabling")], "5.2.5-1"),
    "clause-numbering": ([("### 5.2.7 Flow", "### 5.2.9 Flow")], "clause 5.2.9"),
    "contents": ([("5.5 Retry .....4", "5.5 Once more .....4")], "contents"),
    "caption-narrower": (
        [
            (
                "5.2.7-1: Flow of the modification with ongoing LCM/VRM",
                "5.2.7-1: Flow of the modification with ongoing LCM",
            )
        ],
        "5.2.7-1",
    ),
    "state-spelling": ([("When the SHUTDOWN_UNLOCKED state", "When the UNLOCKED_SHUTDOWN state")], "5.2.5-1#9"),
    "name-spelling": ([("Figure 4-1 shows a WIDGET", "Figure 4-1 shows a WID-GET")], "clause 4"),
    "word-spelling": ([("is organised anew", "is organized anew")], "clause 4"),
    "abbreviation-missing": ([("A VNF and the LCM", "A Virtual Network Function (VNF) and the LCM")], "clause 4"),
    "abbreviation-unused": (
        [("VRM\tVirtual Resource Management", "VRM\tVirtual Resource Management\nXYX\tXenial Yellow Xylophone")],
        "clause 3.2",
    ),
    "abbreviation-meaning": (
        [("by the Software Modification Manager (SMM)", "by the System Modification Manager (SMM)")],
        "clause 4",
    ),
    "article": ([("A VNF and the LCM", "An VNF, a VNF, a VNF and the LCM")], "clause 4"),
    "role-undeclared": (
        [
            (
                "5\tSMM, destination functional entity, impacted entity",
                "5\tSMM, destination functional entity, bystander",
            )
        ],
        "5.2.5-1#5",
    ),
    "role-idle": (
        [
            (
                "6\tTester\tIt looks whether all is well.",
                "6\tTester\tIt looks whether all is well.\n7\tObserver\tIt sees.",
            )
        ],
        "5.2.2-1#7",
    ),
    "mapping-of-another-clause": ([("Role described in clause 5.2.2", "Role described in clause 5.3.1")], "5.2.8-1"),
    "actor-form": (
        [("2\tSMM\tSMM instantiates the destination", "2\tSMM,\tSMM instantiates the destination")],
        "5.2.5-1#2",
    ),
    "entry-missing": ([("(see note 1).\t9", "(see note 1).\t")], "5.2.5-1#9"),
    "entry-unknown": ([("(see note 1).\t9", "(see note 1).\t9, 19")], "5.2.6-1#2"),
    "entry-ambiguous": ([("(see note 1).\t7", "(see note 1).\t7, 8")], "5.2.6-1#4"),
    "entry-order": (
        [("(see note 1).\t9", "(see note 1).\t7"), ("(see note 1).\t8\n4", "(see note 1).\t9\n4")],
        "5.2.6-1#3",
    ),
    "entry-shared": ([(f"{BESIDE}\n1\tSMM\tSMM", f"{BESIDE}\n1\tSMM\tSMM waits.\n2\tSMM\tSMM")], "5.2.7-1 note 2"),
    "rollback-of-others": (
        [("on a rollback described in clause 5.3.3", "on a rollback described in clause 5.2.6")],
        "5.3.2-1 note 2",
    ),
    "rollback-missing": ([("on a rollback described in clause 5.3.3,", "on a rollback,")], "5.3.2-1 note 2"),
    "use-case-missing": ([("fallback.\tClause 5.6", "fallback.\tClause 5.66")], "6-1#Fun.002"),
    "use-case-form": ([("fallback.\tClause 5.6", "fallback.\tClauses 5.6")], "6-1#Fun.002"),
    "use-case-silent": ([("fallback.\tClause 5.6", "fallback.\tClause 5.2.8")], "6-1#Fun.002"),
    "sibling-part": ([("makes a restoration point and starts special logs", "makes a restoration point")], "5.2.5-1#1"),
    "sibling-note": ([(LAST, "What it took is given back.")], "5.2.5-1#8"),
    "sibling-word": (
        [
            (
                "reports that all is well. What it took is given back (see note 2).",
                "reports that all is bad. What it took is given back (see note 2).",
            )
        ],
        "5.2.5-1#8",
    ),
    "flow-impossible": ([(TARGET_UNLOCK, "SMM unlocks the source functional entity and starts")], "5.2.5-1#4"),
    "flow-leftover": (
        [
            (
                "state is reached at last, SMM terminates the source functional entity",
                "state is reached at last, SMM thanks the source functional entity",
            )
        ],
        "5.2.5-1",
    ),
    "rollback-impossible": (
        [
            (
                "If it is needed, SMM gracefully stops the service interfaces towards impacted entities",
                "SMM gracefully stops the service interfaces towards impacted entities",
            )
        ],
        "5.2.6-1#6",
    ),
    "rollback-leftover": (
        [
            (
                "If it is there, SMM terminates the destination functional entity",
                "SMM forgets the destination functional entity",
            )
        ],
        "5.2.6-1#8",
    ),
    "replaces-itself": (
        [("able to replace the destination functional entity", "able to replace the source functional entity")],
        "5.2.6-1#2",
    ),
    "generation-unnamed": (
        [
            (
                "starts the new service interfaces towards impacted entities",
                "starts the service interfaces towards impacted entities",
            )
        ],
        "5.3.2-1#4",
    ),
    "sides-swapped": (
        [("for the source functional entity on the fallback", "for the destination functional entity on the fallback")],
        "5.2.6-1 note 1",
    ),
}


def wrong(rule: str) -> tuple[str, str]:
    changes, where = WRONG[rule]
    return changed(*changes), where


def test_nothing_is_wrong_in_the_small_document() -> None:
    """What is right stays silent."""
    assert lint(document()) == []


def test_every_rule_has_a_document_in_which_it_speaks() -> None:
    """A rule that no document fails holds nothing to anything."""
    assert sorted(WRONG) == sorted(RULES)


@pytest.mark.parametrize("rule", sorted(WRONG))
def test_a_rule_tells_what_is_wrong_and_where(rule: str) -> None:
    """One thing is changed in a document that was right, and the rule names its place, why, and a mend."""
    text, where = wrong(rule)
    told = found(text, rule)
    assert where in [one.where for one in told], [(one.where, one.words) for one in told]
    assert found(TEXT, rule) == []
    for one in told:
        assert one.rule == rule
        assert one.words
        assert one.why
        assert one.mend
        assert one.place.line


def test_an_unknown_rule_is_named_with_those_that_come_near() -> None:
    """A misspelt rule would find nothing, and look like a document without faults."""
    with pytest.raises(UnknownRule, match="did you mean note-missing"):
        lint(document(), ["note-mising"])


def test_a_text_that_is_cut_says_so() -> None:
    """A short text is quoted whole; of a longer one whole words, and a sign that more follows."""
    long = "The VNFM verifies " * 9
    assert beginning("All of it.") == "All of it."
    assert beginning(long) == "The VNFM verifies The VNFM verifies The VNFM verifies The VNFM verifies The ..."
    assert len(beginning("x" * 200)) == LONGEST
    assert beginning("x" * 200).endswith("x ...")
