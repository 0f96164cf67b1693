"""The sequence diagram: what was sent, what was asked for and never sent, and what nobody asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import reports
from harness.judge.verdicts import Verdict
from reports import conversation, histories
from reports.matrix import matrix
from reports.model import Report, Scenario
from reports.statement import drawn
from tests.reports.by_hand import TABLE, Talk, step

Write = Callable[..., Path]


def test_every_entry_stands_in_exactly_one_line(report: Report) -> None:
    """Folding hides nothing: each number of the history is in one line."""
    for scenario in report.scenarios:
        numbers = [number for line in _lines(scenario) for number in line.numbers]
        assert sorted(numbers) == [*histories.conversation(scenario)]


def test_evidence_carries_its_row_and_verdict(report: Report) -> None:
    """The request of row 2 is evidence, its subscriptions are extras."""
    lines = _lines(_scenario(report, "clean-vnfm"))
    request = next(line for line in lines if line.label == "POST /software_modifications")
    assert (request.kind, request.refs, request.verdict) == ("evidence", (f"{TABLE}#2",), Verdict.PASS)
    assert {line.kind for line in lines if "subscriptions" in line.label} <= {"extra", "more"}


def test_a_message_that_a_row_asked_for_is_drawn_where_it_is_missing(report: Report) -> None:
    """The commit that never came stands between the tester's report and what is said of the end."""
    lines = _lines(_scenario(report, "uncommitted-vnfm"))
    place = next(index for index, line in enumerate(lines) if line.kind == "missing")
    missing = lines[place]
    assert (missing.sender, missing.receiver, missing.label, missing.verdict) == ("smm", "vnfm", "commit", Verdict.FAIL)
    assert any(line.label.startswith("test run") for line in lines[:place])
    assert lines[place + 1].kind == "evidence"


def test_a_message_that_was_seen_is_not_missing(recorded: Write) -> None:
    """A row may fail for another reason than an absent message."""
    talk = Talk()
    talk.say("request", "smm", "vnfm", "POST /nfvmanoswm/v1/software_modifications", 202)
    expected = {"from": "smm", "to": "vnfm", "label": "request"}
    judged = step(f"{TABLE}#2", "the SMM asks", "fail", [1], expected=expected, reason="names no resources")
    lines = _lines(_only(recorded("Seen", "fail", [judged], talk)))
    assert [line.kind for line in lines] == ["evidence"]
    assert lines[0].verdict is Verdict.FAIL


def test_repeated_notifications_become_one_line_that_counts_them(recorded: Write) -> None:
    """Twenty reports of progress: from the first state to the last, twenty of them."""
    talk = Talk()
    kind = "SoftwareModificationOperationOccurrenceNotification"
    for index in range(20):
        state = "COMPLETED" if index == 19 else "PROCESSING"
        talk.tell("work", "vnfm", "smm", kind, operationState=state)
    judged = step(f"{TABLE}#3", "the target works", evidence=talk.marks["work"])
    (line,) = _lines(_only(recorded("Chatty", "pass", [judged], talk)))
    assert line.label == "SW modification: PROCESSING … COMPLETED  \u00d720"
    assert len(line.numbers) == 20


def test_one_message_to_several_actors_is_one_line(report: Report) -> None:
    """The tester's checks are one arrow with a head at each."""
    lines = _lines(_scenario(report, "clean-vnfm"))
    (checks,) = [line for line in lines if line.label == "POST /checks"]
    assert (checks.receiver, *checks.others) == ("nfvo", "vim", "vnf", "em")


def test_questions_that_go_round_stay_together(recorded: Write) -> None:
    """Though each receiver asks somebody in between; those stand behind."""
    talk = Talk()
    for peer in ("nfvo", "vim", "em"):
        talk.say("checks", "tester", peer, "POST /peer/v1/checks")
        talk.say("inside", peer, "vnfm", "GET /vnflcm/v1/vnf_instances")
    judged = step(f"{TABLE}#5", "the tester asks around", evidence=talk.marks["checks"])
    lines = _lines(_only(recorded("Round", "pass", [judged], talk)))
    assert (lines[0].kind, lines[0].numbers) == ("evidence", (1, 3, 5))
    (inside,) = lines[1:]
    assert inside.label.endswith("nfvo → vnfm, vim → vnfm, em → vnfm")


def test_notifications_that_come_over_and_over_are_counted_once(recorded: Write) -> None:
    """What the SMM says about itself is no evidence, nor is a look nobody needs; a line at the end counts them."""
    talk = Talk()
    for index in range(9):
        talk.tell("progress", "smm", "observer", "SoftwareModificationProcessNotification", state="PROCESSING")
        talk.say(f"work-{index}", "smm", "vim", "GET /vrm/v1/capacity")
    judged = step(f"{TABLE}#1", "the SMM checks", evidence=[2, 10])
    lines = _lines(_only(recorded("Chatter", "pass", [judged], talk)))
    assert lines[-1].label == "+16 not drawn, because no row needs them: smm → observer 9, smm → vim 7"
    assert not any("process" in line.label for line in lines)


def test_what_no_row_needs_is_counted_where_it_is_not_drawn(recorded: Write) -> None:
    """Long stretches of extras end in a line that says how many more, between whom."""
    talk = Talk()
    for thing in ("alpha", "beta", "gamma", "delta", "epsilon"):
        talk.say("extra", "smm", "vim", f"GET /vrm/v1/{thing}")
    lines = _lines(_only(recorded("Extras", "inconclusive", [step(None, "a lab")], talk)))
    assert [line.kind for line in lines] == ["extra", "extra", "more"]
    assert lines[-1].label == "+3 more that no row needs: smm → vim 3"


def test_actors_stand_in_the_order_of_their_roles(report: Report) -> None:
    """External manager, SMM, target, tester, resource provider, the impacted."""
    scenario = _scenario(report, "clean-vnfm")
    actors = conversation.actors_in_order(scenario, _lines(scenario))
    assert actors == ["observer", "smm", "vnfm", "tester", "vim", "nfvo", "vnf", "em"]


def test_the_picture_shows_faults_missing_messages_and_unanswered_requests(report: Report) -> None:
    """Each in words, and the words of the subject are escaped."""
    texts = _texts(drawn(_scenario(report, "uncommitted-vnfm")))
    assert {"commit · missing", "lost-response struck at vnfm", "end"} <= texts
    assert "A modification of the vnfm that is <not> committed" in texts
    assert any("✕ (hang)" in text for text in _texts(drawn(_scenario(report, "hang-vim"))))


def test_a_failed_row_is_dashed_red_where_its_message_is_missing(report: Report) -> None:
    """And a clean run has no dashes but the legend's."""
    dashes = {
        name: drawn(_scenario(report, name)).count("stroke-dasharray") for name in ("clean-vnfm", "uncommitted-vnfm")
    }
    assert dashes == {"clean-vnfm": 1, "uncommitted-vnfm": 2}


def test_a_scenario_without_a_conversation_has_a_picture_that_says_so(report: Report) -> None:
    """No empty frame."""
    assert "no conversation was recorded" in _texts(drawn(_scenario(report, "absent-nfvo")))


def test_pictures_stay_on_their_card(report: Report) -> None:
    """No text begins outside the picture, whatever its length."""
    for scenario in report.scenarios:
        root = ET.fromstring(drawn(scenario))
        for text in root.iter("{http://www.w3.org/2000/svg}text"):
            assert 0 < float(text.get("x", "0")) < float(root.get("width", "0"))
            assert 0 < float(text.get("y", "0")) < float(root.get("height", "0"))


def test_the_same_record_gives_the_same_picture(report: Report, finished: Path) -> None:
    """So reports can be compared."""
    again = reports.load(finished)
    assert [drawn(scenario) for scenario in report.scenarios] == [drawn(scenario) for scenario in again.scenarios]


def test_odd_bodies_and_paths_are_drawn_too(recorded: Write) -> None:
    """A list as a body, a self-call, an actor the header does not know, control characters."""
    talk = Talk()
    talk.say("odd", "smm", "smm", "GET /", request=["a", 1])
    talk.say(
        "odd",
        "stranger",
        "smm",
        "PATCH /weird\x07path/1/2/3",
        500,
        request={"notificationType": "Some\x1bThingNotification"},
    )
    talk.strike("software-modification/deploy", "vnfm", "held", kind="lab")
    judged = step(f"{TABLE}#1", "something odd " * 30, evidence=talk.marks["odd"])
    picture = drawn(_only(recorded("Odd", "pass", [judged], talk)))
    assert any("lab software-modification/deploy held" in text for text in _texts(picture))


def test_the_matrix_has_a_cell_for_each_row_and_entity_that_was_judged(report: Report) -> None:
    """With its verdict, and none where nothing was judged."""
    titles = {title.text for title in ET.fromstring(matrix(report)).iter("{http://www.w3.org/2000/svg}title")}
    assert {f"{TABLE}#end vnfm: fail", f"{TABLE}#1 vim: inconclusive", f"{TABLE}#2 nfvo: not-applicable"} <= titles
    assert not any(str(title).startswith(f"{TABLE}#end vim") for title in titles)


def _lines(scenario: Scenario) -> list[conversation.Line]:
    return conversation.lines(scenario, histories.conversation(scenario))


def _scenario(report: Report, name: str) -> Scenario:
    return next(scenario for scenario in report.scenarios if scenario.id == name)


def _only(out: Path) -> Scenario:
    (scenario,) = reports.load(out).scenarios
    return scenario


def _texts(picture: str) -> set[str]:
    """What is written in a picture, without the full texts that show when pointed at."""
    texts = ET.fromstring(picture).iter("{http://www.w3.org/2000/svg}text")
    return {text[0].tail or "" if len(text) else text.text or "" for text in texts}
