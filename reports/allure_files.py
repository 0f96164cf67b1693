"""What Allure wants beside the results: environment, categories, executor, and the configuration of Allure 3."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from harness.judge.verdicts import Verdict
from reports.allure_store import Store
from reports.model import Report
from reports.words import words

CONFIG = "allurerc.mjs"
SINGLE_FILE = "MANOLAB_ALLURE_SINGLE_FILE"
TITLE = "manolab: software modification of NFV-MANO, GR NFV-REL 011"
_RESULTS = ("-result.json", "-container.json", "-globals.json", "-attachment.svg")
_OURS = (*_RESULTS, "executor.json", "categories.json", CONFIG)
_CATEGORIES = (
    ("Contradicts a flow of the document", Verdict.FAIL, {"verdict": "fail", "strength": "contradicts-flow"}),
    ("Recommendation not met", Verdict.FAIL, {"verdict": "fail", "strength": "recommendation-not-met"}),
    ("Fail", Verdict.FAIL, {"verdict": "fail"}),
    ("Inconclusive: the observation allows no verdict", Verdict.INCONCLUSIVE, {"verdict": "inconclusive"}),
    ("Error: the harness or the lab broke", Verdict.ERROR, {"verdict": "error"}),
    ("Not applicable to this subject", Verdict.NOT_APPLICABLE, {"verdict": "not-applicable"}),
)


def begin(directory: Path, out: Path) -> None:
    """Make a directory ready to be written to; what a run before left in it may be written over.

    Without its configuration, which is written last, it is no report: one that was not finished is not taken for one.
    Raises ValueError rather than touch what is not Allure's.
    """
    if directory.resolve() in (out.resolve(), *out.resolve().parents):
        raise ValueError(f"{directory}: Allure results need a folder of their own, not the report folder {out}")
    directory.mkdir(parents=True, exist_ok=True)
    there = [path.name for path in directory.iterdir()]
    if there and not any(name.endswith(_OURS) for name in there):
        raise ValueError(f"{directory}: not empty and holds no Allure results; name another folder")
    (directory / CONFIG).unlink(missing_ok=True)


def write(report: Report, store: Store) -> None:
    """Write environment.properties, categories.json, executor.json and allurerc.mjs."""
    lines = [f"{name}={_property(value)}" for name, value in environment(report).items()]
    store.file("environment.properties", "\n".join(lines) + "\n")
    store.file("categories.json", _json([_category(name, verdict) for name, verdict, _ in _CATEGORIES]))
    store.file("executor.json", _json(executor(os.environ)))
    store.file(CONFIG, configuration())


def environment(report: Report) -> dict[str, str]:
    """Facts for the report's first page, the verdict before all."""
    missing = f"no, {len(report.missing)} without a record" if report.missing else "no, selection not recorded"
    return {"verdict": report.verdict.value, "complete": "yes" if report.complete else missing, **report.environment}


def executor(variables: Mapping[str, str]) -> dict[str, str]:
    """Who ran it, as far as the CI system says so."""
    if variables.get("GITHUB_ACTIONS"):
        place = "/".join(variables.get(f"GITHUB_{name}", "") for name in ("SERVER_URL", "REPOSITORY"))
        url = f"{place}/actions/runs/{variables.get('GITHUB_RUN_ID')}"
        name = f"{variables.get('GITHUB_WORKFLOW')} #{variables.get('GITHUB_RUN_NUMBER')}"
        return {"name": "GitHub Actions", "type": "github", "buildName": name, "buildUrl": url}
    if variables.get("GITLAB_CI"):
        name = f"{variables.get('CI_JOB_NAME')} #{variables.get('CI_PIPELINE_IID')}"
        return {"name": "GitLab CI", "type": "gitlab", "buildName": name, "buildUrl": variables.get("CI_JOB_URL", "")}
    if variables.get("JENKINS_URL"):
        name = variables.get("BUILD_TAG", "")
        return {"name": "Jenkins", "type": "jenkins", "buildName": name, "buildUrl": variables.get("BUILD_URL", "")}
    return {"name": "local", "type": "local", "buildName": "manolab"}


def configuration() -> str:
    """allurerc.mjs: Allure 3 takes categories from here; the single file is asked for by an environment variable."""
    rules = [{"name": name, "matchers": {"labels": labels}, "groupByMessage": True} for name, _, labels in _CATEGORIES]
    options = {"reportName": TITLE, "reportLanguage": "en", "groupBy": ["epic", "feature", "story"]}
    config = {"name": TITLE, "categories": {"rules": rules}}
    # an expression cannot stand in JSON: it takes the place of a word that can
    text = json.dumps(
        {**config, "plugins": {"awesome": {"options": {**options, "singleFile": "?"}}}}, indent=2, ensure_ascii=False
    )
    return f"export default {text};\n".replace('"singleFile": "?"', f'"singleFile": process.env.{SINGLE_FILE} === "1"')


def _category(name: str, verdict: Verdict) -> dict[str, Any]:
    # Allure 2 knows statuses and messages only: a message begins with the exact verdict
    return {"name": name, "matchedStatuses": [words(verdict).allure], "messageRegex": f"(?s){verdict.value}.*"}


def _property(text: str) -> str:
    return " ".join(text.replace("\\", "\\\\").split())


def _json(data: Any) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"
