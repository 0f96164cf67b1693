"""Findings as text for people, as JSON (manolab-lint/1) and as SARIF 2.1.0 for editors and code review."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from harness.spec.lint.finding import Finding
from harness.spec.lint.ignoring import Ignored
from harness.spec.lint.registry import RULES
from harness.spec.model import Document

FORMAT = "manolab-lint/1"
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
FAMILIES = ("mechanical", "comparative", "semantic")
LEVELS = {"certain": "error", "likely": "warning"}
Data = dict[str, Any]


def lines(findings: Sequence[Finding]) -> Iterator[str]:
    """Each finding in three lines: where and which rule, the words and why, the mend."""
    for one in findings:
        yield f"{one.where}  ({one.place})  {one.rule}, {one.certainty}"
        yield f"  “{one.words}”: {one.why}"
        yield f"  mend: {one.mend}"


def summary(findings: Sequence[Finding]) -> Iterator[str]:
    """How many findings of which rule, by family."""
    counts = Counter((one.family, one.rule) for one in findings)
    for family in FAMILIES:
        of_family = {rule: count for (named, rule), count in counts.items() if named == family}
        listed = ", ".join(f"{rule} {of_family[rule]}" for rule in RULES if rule in of_family)
        yield f"{family:<12} {sum(of_family.values()):>4}" + (f"  ({listed})" if listed else "")
    certain = sum(one.certainty == "certain" for one in findings)
    yield f"{'in all':<12} {len(findings):>4}  ({certain} certain, {len(findings) - certain} likely)"


def record(document: Document, findings: Sequence[Finding], ignored: Sequence[Ignored]) -> Data:
    """The findings as JSON carries them."""
    return {
        "format": FORMAT,
        "source": {"name": document.source.rpartition("/")[2], "format": document.format},
        "counts": {family: sum(one.family == family for one in findings) for family in FAMILIES},
        "findings": [_finding(one) for one in findings],
        "ignored": [{**_finding(one.finding), "reason": one.reason} for one in ignored],
    }


def _finding(one: Finding) -> Data:
    return {
        "rule": one.rule,
        "family": one.family,
        "certainty": one.certainty,
        "where": one.where,
        "place": one.place.record(),
        "words": one.words,
        "why": one.why,
        "mend": one.mend,
    }


def sarif(document: Document, findings: Sequence[Finding], ignored: Sequence[Ignored], version: str) -> Data:
    """The findings as a SARIF log; what is ignored is a suppressed result with its reason."""
    results = [_result(document, one) for one in findings]
    for one in ignored:
        suppressed = {"kind": "external", "justification": one.reason}
        results.append({**_result(document, one.finding), "suppressions": [suppressed]})
    used = sorted({finding.rule for finding in (*findings, *(one.finding for one in ignored))})
    driver = {"name": "manolab spec lint", "version": version, "rules": [_rule(each) for each in used]}
    return {"$schema": SARIF, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "results": results}]}


def _rule(id: str) -> Data:
    one = RULES[id]
    return {"id": id, "shortDescription": {"text": one.about}, "properties": {"family": one.family}}


def _result(document: Document, one: Finding) -> Data:
    physical: Data = {"artifactLocation": {"uri": document.source.rpartition("/")[2]}}
    if one.place.line:
        physical["region"] = {"startLine": one.place.line}
    return {
        "ruleId": one.rule,
        "level": LEVELS[one.certainty],
        "message": {"text": f"{one.where}: “{one.words}”: {one.why}. Mend: {one.mend}."},
        "locations": [
            {"physicalLocation": physical, "logicalLocations": [{"fullyQualifiedName": one.where, "kind": "element"}]}
        ],
        "properties": {"certainty": one.certainty, "family": one.family, "place": one.place.record()},
    }
