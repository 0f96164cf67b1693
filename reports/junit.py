"""JUnit XML: a suite for each feature, a case for each scenario; the exact verdict is a property of the case."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree as ET

from harness.judge.verdicts import Verdict
from harness.svg import legible
from reports import histories, labels
from reports.files import write
from reports.model import Report, Scenario
from reports.words import words

_MOST = 12  # messages told of one step


def write_junit(report: Report, path: Path) -> Path:
    """Write the report as JUnit XML. Selected scenarios without a record are cases that ended in error."""
    root = ET.Element("testsuites", name="manolab")
    ordered = sorted(report.scenarios, key=lambda scenario: scenario.feature)
    for feature, group in groupby(ordered, key=lambda scenario: scenario.feature):
        _suite(root, feature, list(group))
    if report.missing:
        _unrecorded(root, report.missing)
    for total in ("tests", "failures", "errors", "skipped"):
        root.set(total, str(sum(int(suite.get(total, "0")) for suite in root)))
    ET.indent(root)
    return write(Path(path), ET.tostring(root, encoding="utf-8", xml_declaration=True))


def _suite(root: ET.Element, feature: str, scenarios: list[Scenario]) -> None:
    counted = Counter(words(scenario.verdict).junit for scenario in scenarios)
    suite = ET.SubElement(
        root,
        "testsuite",
        name=scenarios[0].feature_name or feature,
        tests=str(len(scenarios)),
        failures=str(counted["failure"]),
        errors=str(counted["error"]),
        skipped=str(counted["skipped"]),
        time=f"{sum(scenario.duration for scenario in scenarios):.3f}",
        timestamp=scenarios[0].started,
    )
    for scenario in scenarios:
        _case(suite, scenario)


def _case(suite: ET.Element, scenario: Scenario) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        classname=scenario.feature.removesuffix(".feature").replace("/", "."),
        name=scenario.title,
        file=scenario.feature,
        line=str(scenario.line),
        time=f"{scenario.duration:.3f}",
    )
    facts = {"verdict": scenario.verdict.value, "id": scenario.id, "entity": scenario.entity or ""}
    facts |= {"rows": " ".join(scenario.refs), "interpretations": " ".join(scenario.interpretations)}
    properties = ET.SubElement(case, "properties")
    for name, value in facts.items():
        if value:
            ET.SubElement(properties, "property", name=name, value=value)
    element = words(scenario.verdict).junit
    if element:
        worst = next((step for step in scenario.steps if step.verdict is scenario.verdict), None)
        kind = (worst and worst.strength) or scenario.verdict.value
        found = ET.SubElement(case, element, message=legible(scenario.reason or scenario.verdict.value), type=kind)
        found.text = legible(scenario.error or _findings(scenario))
    ET.SubElement(case, "system-out").text = legible(_evidence(scenario))


def _findings(scenario: Scenario) -> str:
    found = [step for step in scenario.steps if step.verdict is scenario.verdict]
    return "\n".join(f"{step.ref or '-'}: {step.title}: {step.reason or scenario.verdict.value}" for step in found)


def _evidence(scenario: Scenario) -> str:
    """Each step with its verdict and the numbers of its proof; where all did not go well, the messages themselves."""
    entries = {} if scenario.verdict is Verdict.PASS else histories.conversation(scenario)
    lines = []
    for step in scenario.steps:
        proof = f"  [n={', '.join(map(str, step.evidence))}]" if step.evidence else ""
        lines.append(f"{step.verdict or 'not judged'}: {step.title}{proof}")
        lines += [f"    {labels.line(entries[number])}" for number in step.evidence[:_MOST] if number in entries]
    return "\n".join(lines)


def _unrecorded(root: ET.Element, missing: tuple[str, ...]) -> None:
    count = str(len(missing))
    suite = ET.SubElement(root, "testsuite", name="selected, without a record", tests=count, failures="0", errors=count)
    for name in missing:
        case = ET.SubElement(suite, "testcase", classname="manolab", name=name)
        ET.SubElement(case, "error", message="selected, but there is no record of it", type="incomplete")
