"""One scenario as Allure shows it: the sequence diagram on top, then each step with the messages that prove it.

Ids come from the scenario, so Allure's history follows it from run to run.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import md5
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from allure_commons.model2 import Attachment, Label, Link, Parameter, StatusDetails, TestResult, TestStepResult
from allure_commons.types import AttachmentType, LabelType, LinkType

from harness.judge.verdicts import Verdict, roll_up
from reports import exchanges, histories, labels
from reports.allure_store import Store, name_of
from reports.markdown import cell
from reports.model import Entry, Scenario, Step
from reports.sequence import diagram
from reports.statement import PAGE
from reports.unmet import FINE, points
from reports.words import words

DOCUMENT = "https://www.etsi.org/deliver/etsi_gr/NFV-REL/001_099/011/01.01.01_60/gr_NFV-REL011v010101p.pdf"
_MOST, _PASSED = 12, 6  # exchanges shown below one step, and below one that passed; more are told in lines


class Piece(NamedTuple):
    """A scenario that is to be written, and the one whose conversation is shown for it: itself, or another example.

    Of one that is not shown itself the messages are named, and not attached: the other has them like these.
    """

    scenario: Scenario
    shown: str
    title: str
    """Id and title of the other."""


def write(directory: Path, piece: Piece) -> set[str]:
    """Write the result of a scenario with all that is attached to it; gives the names of the files."""
    writer = _Writer(piece, Store(directory))
    writer.store.item(writer.result(), piece.scenario.id)
    return writer.store.written


def picture_of(id: str) -> str:
    """The file name of the diagram of the scenario with this id."""
    return name_of(f"{id}-diagram", AttachmentType.SVG.extension)


class _Writer:
    """Makes one result and writes its attachments; an exchange that proves several steps is stored once."""

    def __init__(self, piece: Piece, store: Store) -> None:
        self.scenario, self._shown, self._title = piece
        self._whole = piece.shown == piece.scenario.id
        self.store = store
        self._entries = histories.conversation(piece.scenario)

    def result(self) -> TestResult:
        """The test result with its steps."""
        scenario = self.scenario
        start = exchanges.instant(scenario.started)
        return TestResult(
            uuid=str(uuid5(NAMESPACE_URL, scenario.id)),
            historyId=_digest(scenario.id),
            testCaseId=_digest(f"{scenario.feature}#{scenario.rule}#{scenario.name}"),
            fullName=f"{scenario.feature}:{scenario.line} {scenario.name} [{scenario.id}]",
            titlePath=[*Path(scenario.feature).parts],
            name=scenario.title,
            status=words(scenario.verdict).allure,
            statusDetails=_details(scenario.verdict, _told(scenario), scenario.error),
            stage="finished",
            description=_description(scenario),
            start=start,
            stop=start + max(round(scenario.duration * 1000), 1),
            labels=_labels(scenario),
            links=_links(scenario),
            parameters=[Parameter("entity", scenario.entity)] if scenario.entity else [],
            steps=[*self._diagram(), *self._steps(start)],
            attachments=self._history(),
        )

    def _steps(self, at: int) -> list[TestStepResult]:
        """The steps; the rows of a step's table stand below it, and it is as good as the worst of them."""
        top: list[TestStepResult] = []
        below: list[Verdict] = []
        for step in self.scenario.steps:
            made = self._step(step, at)
            if not step.is_row or not top:
                top.append(made)
                below = [step.verdict] if step.verdict else []
                continue
            top[-1].steps.append(made)
            below.append(self.scenario.step_verdict(step))
            top[-1].status = words(roll_up(below)).allure
            top[-1].statusDetails = None
        return top

    def _step(self, step: Step, at: int) -> TestStepResult:
        facts = {
            "row": step.ref,
            "verdict": step.verdict and step.verdict.value,
            "strength": step.strength,
            "rule": step.rule,
        }
        if not self._whole:
            facts["proven by"] = self._named(step.evidence)
        entries = [self._entries[number] for number in step.evidence] if self._whole else []
        most = _PASSED if step.verdict is Verdict.PASS else _MOST
        result = TestStepResult(
            name=step.title,
            status=words(step.verdict).allure,
            statusDetails=_details(step.verdict, step.reason),
            stage="finished",
            start=at,  # steps are judged from the record, all at once
            stop=at,
            parameters=[Parameter(name, value) for name, value in facts.items() if value],
            attachments=[self._evidence(entry) for entry in entries[:most]],
        )
        if len(entries) > most:
            rest = "\n".join(labels.line(entry) for entry in entries[most:])
            name = f"+{len(entries) - most} more messages"
            key = f"{self.scenario.id}-rest-{step.line}-{entries[0]['n']}"
            result.attachments.append(self._attach(key, name, rest, AttachmentType.TEXT))
        return result

    def _named(self, evidence: Sequence[int]) -> str:
        """The messages that prove a step, by their numbers in the history and in short."""
        entries = [self._entries[number] for number in evidence[:_PASSED]]
        said = "; ".join(
            exchanges.title(entry) if labels.is_message(entry) else labels.line(entry) for entry in entries
        )
        return said + (f"; +{len(evidence) - _PASSED} more" if len(evidence) > _PASSED else "")

    def _evidence(self, entry: Entry) -> Attachment:
        key = f"{self.scenario.id}-{entry['n']}"
        if not labels.is_message(entry):
            return self._attach(key, labels.occurrence(entry), labels.line(entry), AttachmentType.TEXT)
        source = name_of(key, exchanges.EXTENSION)
        if source not in self.store.written:
            self.store.file(source, exchanges.exchange(self.scenario, self._entries.whole(entry["n"])))
        return Attachment(exchanges.title(entry), source, exchanges.CONTENT_TYPE)

    def _diagram(self) -> list[TestStepResult]:
        """The sequence diagram. A step with one attachment of its own name is shown as that attachment, here first."""
        if not self._entries:
            return []
        if self._whole:
            self.store.file(picture_of(self._shown), diagram(self.scenario, self._entries))
        name = "Sequence diagram" if self._whole else f"Sequence diagram of another example: {self._title}"
        picture = Attachment(name, picture_of(self._shown), AttachmentType.SVG.mime_type)
        return [TestStepResult(name=picture.name, status=words(self.scenario.verdict).allure, attachments=[picture])]

    def _history(self) -> list[Attachment]:
        """The whole conversation of what did not pass, to look for the cause; the run folder has it of all."""
        if self.scenario.history is None or self.scenario.verdict is Verdict.PASS:
            return []
        source = name_of(f"{self.scenario.id}-history", "jsonl")
        self.store.file(source, self.scenario.history.read_bytes())
        return [Attachment("history.jsonl", source, "text/plain")]

    def _attach(self, key: str, name: str, body: str, kind: AttachmentType) -> Attachment:
        source = name_of(key, kind.extension)
        self.store.file(source, body)
        return Attachment(name, source, kind.mime_type)


def _details(verdict: Verdict | None, reason: str | None, trace: str | None = None) -> StatusDetails | None:
    if verdict is Verdict.PASS:
        return None
    said = verdict.value if verdict else words(None).means
    return StatusDetails(message=f"{said}: {reason}" if reason else said, trace=trace)


def _labels(scenario: Scenario) -> list[Label]:
    known = {step.strength: None for step in scenario.steps if step.strength and step.verdict is scenario.verdict}
    pairs = [
        (LabelType.EPIC, f"Clause {scenario.clause}" if scenario.clause else "GR NFV-REL 011"),
        (LabelType.FEATURE, scenario.feature_name),
        (LabelType.STORY, scenario.rule or scenario.outline),  # one story for all examples
        ("verdict", scenario.verdict.value),
        *(("strength", strength) for strength in known),
        *((("entity", scenario.entity),) if scenario.entity else ()),
        *(("table", table) for table in scenario.tables),
        *(("interpretation", name) for name in scenario.interpretations),
        *((LabelType.TAG, tag) for tag in scenario.tags),
        (LabelType.FRAMEWORK, "manolab"),
        (LabelType.LANGUAGE, "gherkin"),
    ]
    return [Label(name, value) for name, value in pairs]


def _links(scenario: Scenario) -> list[Link]:
    """Rows in the document at ETSI (Allure 3 opens absolute addresses only), interpretations in the statement."""
    rows = [Link(LinkType.TEST_CASE, document(ref.partition("#")[0]), ref) for ref in scenario.refs]
    read = [Link(LinkType.ISSUE, f"{PAGE}#interpretation-{name}", name) for name in scenario.interpretations]
    return [*rows, *read]


def document(table: str) -> str:
    """Where the published document can be read, opened at a table by the viewers that know how to."""
    return f"{DOCUMENT}#search={quote(f'Table {table}')}"


def _told(scenario: Scenario) -> str | None:
    """Why a scenario did not pass, with the row where it was seen first."""
    first = next((point for point in points(scenario) if point.reason == scenario.reason and point.asked), None)
    return f"{first.ref or first.asked}: {first.reason}" if first else scenario.reason


def _description(scenario: Scenario) -> str:
    """The verdict in words above the steps: what was not met, or what it rests on."""
    told, failed = words(scenario.verdict), list(points(scenario)) if scenario.verdict not in FINE else []
    proofs = {number for step in scenario.steps for number in step.evidence}
    seen = f"{told.means}: {len(scenario.refs)} table rows, proven by {len(proofs)} of {scenario.recorded} entries"
    said = f"at {len(failed)} of {len(scenario.steps)} steps" if failed else scenario.reason or seen
    parts = [f"**{told.sign} {scenario.verdict.value}**: {said}"]
    listed = [f"- `{point.ref or 'step'}` {cell(point.asked)}: **{cell(point.reason)}**" for point in failed]
    parts += ["\n".join(listed)] if listed else []
    parts += [f"Target `{scenario.entity}`, transport {scenario.transport}."] if scenario.entity else []
    parts += [f"Notes of the tables: {', '.join(scenario.notes)}."] if scenario.notes else []
    parts += [f"Read as {', '.join(scenario.interpretations)}."] if scenario.interpretations else []
    return "\n\n".join(parts)


def _digest(text: str) -> str:
    return md5(text.encode(), usedforsecurity=False).hexdigest()
