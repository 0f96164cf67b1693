"""A process without internal support is suspended while the tester is at work: table 5.7.2.5-1, rows 7 to 15 and 25."""

from __future__ import annotations

import math
from collections.abc import Iterable

from harness.judge.case import PROCESSES, Case
from harness.judge.findings import Finding, failed, passed
from harness.judge.history import Entry
from harness.judge.instances import Instance, gone, view
from harness.judge.provider import problems_of
from harness.judge.registry import FLOW, PARTS
from harness.judge.rules.suspension import untimely
from harness.judge.rules.testing import RUNS, end_reports, run
from harness.judge.states import CHECKS
from harness.judge.subscribers import listens
from harness.judge.suspensions import SUSPENDED, implausible, said_suspended, wished
from harness.judge.tests_under_way import answers, halt, steering, told

UNREACHED = ("/nfvmanoswm/v1/state_data", "/nfvmanocim/v2/mano_entity", "/nfvmanoswm/v1/instance/instantiate")
NO_RUN = "a test run that was asked for"
TESTING = {"5.3.3.5-1": range(4, 14), "5.7.2.5-1": range(5, 24)}
"""The rows in which an instance is tested, and what is suspended there."""


@FLOW("the SMM is asked how far the process is, and learns it from the tester")
def tests_status_asked(case: Case) -> Finding:
    """By a query of its own, or by what the tester told it before the process was suspended."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.tester, "query test run")
    asked = run(case)
    wanted = _inquiries(case)
    if asked is None or not wanted:
        return case.missing("a question of the external manager while the tests run", expected)
    limit = min((e.sent for e in wished(case, "suspend", wanted[0].sent)), default=math.inf)
    seen = [s.entry for s in answers(case, asked) if s.entry.source == roles.smm and s.entry.sent < limit]
    heard = [s.entry for s in told(case, asked) if s.entry.sent < limit]
    if not seen and not heard:
        return case.missing("a query of the SMM, or a report of the tester", expected, wanted[:1])
    return passed("the SMM knows how far the tester is", [wanted[0], *seen[-1:], *heard[-1:]], expected, wanted[0].sent)


def _inquiries(case: Case) -> list[Entry]:
    """Where the external manager asks the SMM about its process."""
    roles = case.roles
    found = case.history.find("GET", PROCESSES + "/*", source=roles.observer, to=roles.smm)
    return [entry for entry in found if entry.ok and entry.sent >= case.after]


@FLOW("the SMM reports that the {instance} instance is being tested, and how far that is")
def testing_reported(case: Case, instance: Instance) -> Finding:
    """The row that it names is one of testing; what it tells of the tests is what the tester says, and makes sense."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.observer, f"the {instance} instance is being tested")
    asked, wanted = run(case), _inquiries(case)
    if asked is None or not wanted:
        return case.missing("an answer of the SMM while the tests run", expected)
    said = wanted[0]
    problems = (
        [] if _at_testing(said, said.told("currentRow")) else [f"it says that it is at {said.told('currentRow')}"]
    )
    problems += [] if said.told("state") == "PROCESSING" else [f"it says that it is {said.told('state')}"]
    problems += [what for _, what in implausible([*answers(case, asked)])]
    problems += [what for _, what in implausible([*told(case, asked)])]
    problems += _misquoted(case, asked, said)
    if problems:
        return failed("; ".join(problems), [said], expected, said.answered)
    return passed(f"it is at {said.told('currentRow')}", [said], expected, said.answered)


def _at_testing(_said: Entry, row: object) -> bool:
    table, _, number = str(row).partition("#")
    return number.isdigit() and int(number) in TESTING.get(table, ())


def _misquoted(case: Case, asked: Entry, said: Entry) -> Iterable[str]:
    """What the SMM says of the tests besides, where that is not what the tester told it."""
    details = said.told("details")
    percentage = details.get("percentage") if isinstance(details, dict) else None
    if percentage is None:
        return
    known = {s.percentage for s in [*answers(case, asked), *told(case, asked)] if s.entry.sent < said.answered}
    if percentage not in known:
        yield f"it says {percentage} per cent of tests of which the tester said {sorted(map(str, known))}"


@FLOW("the SMM takes the external manager's wish to {task} the process")
def wish_taken(case: Case, task: str) -> Finding:
    """Rows 9 and 13: the request is accepted."""
    expected = case.arrow(case.roles.observer, case.roles.smm, task)
    taken = wished(case, task, case.after)
    if not taken:
        asked = case.history.find("POST", f"{PROCESSES}/*/{task}", to=case.roles.smm, after=case.after)
        refused = [entry for entry in asked if entry.status is not None and 400 <= entry.status < 500]
        if refused:
            return failed(f"it answered {refused[0].status}", refused, expected, refused[0].sent)
        return case.missing(f"a wish to {task} that the SMM takes up", expected)
    return passed("taken up", taken[:1], expected, taken[0].sent)


@FLOW("the SMM has the tester suspend its tests")
def tests_suspension_asked(case: Case) -> Finding:
    """The tester takes it up, and the external manager wanted it before."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.tester, "suspend test run")
    asked = run(case)
    if asked is None:
        return case.missing(NO_RUN, expected)
    taken = [entry for entry in steering(case, asked, "suspend", case.after) if entry.ok]
    if not taken:
        return case.absent("a suspension that the tester takes up", steering(case, asked, "suspend"), expected)
    if not wished(case, "suspend", before=taken[0].sent):
        return failed("nobody wanted the tests suspended", taken, expected, taken[0].sent)
    return passed("the tester took the suspension up", taken[:1], expected, taken[0].sent)


@FLOW("the tester suspends its tests, and reports that they are incomplete")
def tests_suspended(case: Case) -> Finding:
    """No verdict yet, something left to do; and until it is told to go on it looks at nothing more."""
    roles = case.roles
    expected = case.arrow(roles.tester, roles.smm, "test run suspended, incomplete")
    asked = run(case)
    if asked is None:
        return case.missing(NO_RUN, expected)
    stood = halt(case, asked, case.after)
    if stood is None:
        return case.missing("a report that the tests are suspended", expected, end_reports(case, asked))
    until = min((e.sent for e in steering(case, asked, "resume", stood.sent)), default=math.inf)
    ended = [entry for entry in end_reports(case, asked) if stood.sent < entry.sent < until]
    problems = ["it goes on though nobody told it to"] if ended and until < math.inf else []
    unjudged = [each for each in stood.asked("suites") or [] if not each.get("verdict")]
    if stood.asked("verdict") is not None or not unjudged:
        problems.append("nothing is left to test")
    if problems:
        return failed("; ".join(problems), [stood, *ended], expected, stood.answered)
    return passed(f"{len(unjudged)} suites are left", [stood], expected, stood.answered)


@FLOW("the SMM reports that the process is suspended at testing the {instance} instance")
def suspended_at_testing(case: Case, instance: Instance) -> Finding:
    """Not before the tester stood still, and with the row at which it was; who subscribed is told without asking."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.observer, f"suspended at testing the {instance} instance")
    said, asked = said_suspended(case), run(case)
    stood = halt(case, asked) if asked else None
    told_by_itself = [entry for entry in said if entry.kind == "notification"]
    if not said or stood is None:
        return case.missing("a word of the SMM that the process is suspended", expected, said[:1])
    if not told_by_itself and listens(case, roles.observer, roles.smm, SUSPENDED):
        return failed("its manager had subscribed, and had to ask", said[:1], expected, said[0].sent)
    if said[0].sent < stood.sent:
        return failed("the SMM called it suspended while the tester worked", [said[0], stood], expected)
    rows = [entry.asked("currentRow") or entry.told("currentRow") for entry in said]
    if not any(_at_testing(entry, row) for entry, row in zip(said, rows, strict=True)):
        return failed(f"it says that it is suspended at {rows[0]}", said[:1], expected, said[0].sent)
    return passed(f"suspended at {rows[0]}", said[:1], expected, said[0].sent)


@FLOW("the SMM looks at the {instance} instance before it goes on")
def looked_at_before_going_on(case: Case, instance: Instance) -> Finding:
    """Note 4: whether it failed while the process was suspended is what the decision is about."""
    one = view(case, instance)
    roles = case.roles
    expected = case.arrow(roles.smm, one.roles.target, "query state")
    wanted = wished(case, "resume", case.after)
    if not wanted:
        return case.missing("a wish to resume", expected)
    since = wanted[0].sent
    done = [
        e.sent
        for e in case.history.find("POST", source=roles.smm, after=since)
        if e.to in (roles.tester, *roles.instances)
    ]
    limit = min(done, default=math.inf)
    looked = list(case.history.find("GET", source=roles.smm, to=one.roles.target, after=since, before=limit))
    if not looked:
        return failed("it went on without a look", wanted[:1], expected)
    return passed("it looked first", [wanted[0], looked[0]], expected, since)


@FLOW("the SMM has the tester go on with its tests, naming the resources it may use")
def tests_resumed(case: Case) -> Finding:
    """The same run, after the halt and the word of the manager, on resources that exist (I-110)."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.tester, "resume test run")
    asked = run(case)
    if asked is None:
        return case.missing(NO_RUN, expected)
    taken = [entry for entry in steering(case, asked, "resume", case.after) if entry.ok]
    anew = [e for e in case.history.find("POST", RUNS, source=roles.smm, to=roles.tester, after=case.after) if e.ok]
    if anew and anew[0].asked("suites") == asked.asked("suites") and not taken:
        return failed("everything is tested anew, though the tests only stood still", anew[:1], expected)
    if not taken:
        return case.absent("a resumption that the tester takes up", steering(case, asked, "resume"), expected)
    problems = [*untimely(case, taken[0], "resume"), *problems_of(case, taken[0].asked("resources"), taken[0])]
    if problems:
        return failed("; ".join(problems), taken[:1], expected, taken[0].sent)
    return passed("the tester goes on", taken[:1], expected, taken[0].sent)


@FLOW("the tester runs what was left of its tests on the {instance} instance")
def remaining_tests_run(case: Case, instance: Instance) -> Finding:
    """Every suite has a verdict in the end, what was judged before keeps it, and the tester looked again."""
    one = view(case, instance)
    asked = run(case)
    stood = halt(case, asked) if asked else None
    over = next((e for e in end_reports(case, asked) if e.sent > case.after), None) if asked else None
    if asked is None or stood is None or over is None:
        return case.missing("tests that stood still, and came to an end")
    before = {each.get("name"): each.get("verdict") for each in stood.asked("suites") or [] if each.get("verdict")}
    after = {each.get("name"): each.get("verdict") for each in over.asked("suites") or []}
    left = sorted(name for name in asked.asked("suites") or [] if not after.get(name))
    problems = [f"never judged: {', '.join(left)}"] if left else []
    problems += [f"{name} was {verdict} before" for name, verdict in before.items() if after.get(name) != verdict]
    looks = case.history.find(source=one.roles.tester, after=case.after, before=over.sent)
    # the system's suite has the peers use the instance
    looked = [entry for entry in looks if entry.ok and (entry.to == one.roles.target or entry.path == CHECKS)]
    if not looked:
        problems.append(f"the tester never looked at {one.roles.target} again, or had its peers do so")
    if problems:
        return failed("; ".join(problems), [stood, over])
    return passed("the rest was tested", [stood, looked[0], over])


@FLOW("the process is suspended between two steps")
def process_suspended(case: Case) -> Finding:
    """Clause 5.7.2.1: at a boundary of steps nobody else has to be suspended; the wish takes effect there."""
    wanted = wished(case, "suspend")
    said = said_suspended(case, wanted[0].sent) if wanted else []
    if not said:
        return case.missing("a word of the SMM that the process is suspended as was wished", instead=wanted[:1])
    return passed("suspended", [wanted[0], said[0]], None, said[0].sent)


@FLOW("the SMM rolls back without testing or changing what was never reached")
def entered_where_suspended(case: Case) -> Finding:
    """Note 5: the way back begins where the process stood; the source still serves and has its state."""
    roles = case.roles
    wanted = wished(case, "rollback")
    if not wanted or case.end_of_process is None:
        return case.missing("a rollback that was wished and came to an end", instead=wanted[:1])
    since = wanted[0].sent
    done = [e for e in case.history.find("POST", source=roles.smm, after=since) if e.path.startswith(UNREACHED)]
    done += list(case.history.find("POST", RUNS, source=roles.smm, to=roles.tester, after=since))
    if done:
        return failed(f"{done[0].path} at {done[0].to}, which was never reached", done)
    return passed("it entered where it stood", [wanted[0], case.end_of_process])


@FLOW("the SMM reports that everything but the commit is done")
def completion_told(case: Case) -> Finding:
    """Row 25: once the source is gone, and before the external manager commits."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.observer, "software modification complete")
    end = gone(view(case, "source"))
    told = case.history.find(to=roles.observer, source=roles.smm)
    limit = min((entry.sent for entry in wished(case, "commit")), default=math.inf)
    # an SMM that waits for no commit says at once that it is through: that is told too, and fails the next row
    said = [e for e in told if e.asked("state") in ("AWAITING_COMMIT", "COMPLETED") and e.sent < limit]
    if end is None or not said:
        return case.missing("a report that the modification is complete", expected, said[:1])
    if said[0].sent < end.sent:
        return failed("it was reported before the source was gone", [said[0], end], expected, said[0].sent)
    return passed("reported", [end, said[0]], expected, said[0].sent)


@PARTS("External Manager")
def external_manager_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """It launched the process, asked about it, and had it suspended and resumed."""
    roles = case.roles
    launched = case.launch
    asked = [*wished(case, "suspend")[:1], *wished(case, "resume")[:1]]
    if actors != (roles.observer,) or launched is None or not asked or not _inquiries(case):
        return case.missing("an external manager that launches, asks and has it suspended")
    return passed("launched, asked about, suspended", [launched, *asked])
