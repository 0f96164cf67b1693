"""The mutants of clauses 5.7.1 and 5.8, and where the suite has to fail them."""

from __future__ import annotations

import re

from tests.mutants.mutant import Mutant

SUSPEND = "5_7_1_suspend"
RETRY = "5_8_retry"


def _smm(name: str, at: str, then: str = "", home: str = SUSPEND, module: str = "suspend") -> Mutant:
    known = name if module == "suspend" else f"{name}_{'again' if home == SUSPEND else 'at_retry'}"
    return Mutant(known, "smm", f"tests.mutants.{module}:{name}", at, then, home=home)


def _entity(name: str, at: str, then: str = "", module: str = "suspended_entities", **rest: str) -> Mutant:
    words = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
    home, actor = rest.get("home", SUSPEND), rest.get("actor", "vnfm")
    known = words if module == "suspended_entities" else f"{words}_{'again' if home == SUSPEND else 'at_retry'}"
    return Mutant(known, "entity", f"tests.mutants.{module}:{name}", at, then, actor, home)


def _tester(name: str, at: str, then: str = "", home: str = RETRY) -> Mutant:
    words = re.sub(r"(?<!^)([A-Z])", r"_\1", name).lower()
    known = f"{words}_{'again' if home == SUSPEND else 'at_retry'}"
    return Mutant(known, "tester", f"tests.mutants.testers:{name}", at, then, "tester", home)


MUTANTS = (
    _entity("NeverSaysThatItBegan", ""),
    _entity("CountsBackwards", ""),
    _entity("ReportsOnlyTheEnd", ""),
    _entity("SuspendsAnywhere", ""),
    _entity("LocksWhileSuspended", ""),
    _entity("AnswersThatItGoesOn", ""),
    _entity("SaysNothingOfItsNeed", ""),
    _entity("KeepsWhatItUndid", ""),
    _entity("HidesItsRollback", "", module="entities"),
    _entity("IsNotCompatible", "", module="entities"),
    _entity("IsLocked", "", module="entities", actor="em"),
    _entity("SaysItIsAnElementManager", "", module="entities", home=RETRY),
    _smm("leaves_the_target_at_work", ""),
    _smm("resumes_by_itself", ""),
    _smm("helps_nobody", ""),
    _smm("helps_for_ever", ""),
    _smm("does_not_undo", ""),
    _smm("commits_nothing_undone", ""),
    _smm("shows_no_plan", ""),
    _smm("tests_for_ever", "", home=RETRY),
    _smm("repeats_the_hopeless", "", home=RETRY),
    _smm("gives_up_at_once", "", home=RETRY),
    _smm("repeats_the_refused", "", home=RETRY),
    _smm("runs_tests_twice", "", home=RETRY),
    _smm("repeats_tests_blindly", "", home=RETRY, module="smm"),
    _tester("PassesUnseen", ""),
    _tester("TestsWithoutResources", ""),
)
