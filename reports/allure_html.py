"""HTML from Allure results by the `allure` command of npm (Allure 3)."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from reports import statement
from reports.allure_files import CONFIG, SINGLE_FILE

COMMAND = "MANOLAB_ALLURE"
INSTALL = "npm install --global allure@3"
_LIMIT = 300.0  # seconds; a report takes two or three


class AllureMissing(RuntimeError):
    """There is no Allure command here, or it did not make a report; `hint` says what to do."""

    def __init__(self, hint: str) -> None:
        self.hint = hint
        super().__init__(hint)


def generate_html(results_dir: Path, html_dir: Path, single_file: bool = False) -> Path:
    """Make the HTML report and give the path of its index.html.

    results_dir: what `write_allure` wrote; html_dir: replaced; single_file: one file that opens from disk.
    The command is $MANOLAB_ALLURE, `allure` on PATH, or `npx --no-install allure`. Raises AllureMissing with a hint.
    """
    results, html = Path(results_dir).resolve(), Path(html_dir).resolve()
    if not (results / CONFIG).is_file():
        raise FileNotFoundError(f"{results}: no Allure results made by manolab ({CONFIG} is not there)")
    if html.is_dir() and any(html.iterdir()) and not (html / "index.html").is_file():
        raise FileExistsError(f"{html}: not empty and no HTML report; name another folder")
    command = [*_command(), "generate", str(results), "--config", str(results / CONFIG), "--output", str(html)]
    shutil.rmtree(html, ignore_errors=True)
    _run(command, {**os.environ, SINGLE_FILE: "1" if single_file else "0"})
    index = html / "index.html"
    if not index.is_file():
        raise AllureMissing(f"'{' '.join(command)}' made no {index}. {_hint()}")
    page = results / statement.PAGE
    if page.is_file():  # the rows' links lead there
        shutil.copyfile(page, html / statement.PAGE)
    return index


def _command() -> list[str]:
    """The Allure command; raises AllureMissing when there is none."""
    named = os.environ.get(COMMAND)
    if named:
        if not shutil.which(named):
            raise AllureMissing(f"${COMMAND} is {named!r}, which is no command. {_hint()}")
        return [named]
    found = shutil.which("allure")
    if found:
        return [found]
    npx = shutil.which("npx")
    if npx and _installed(npx):
        return [npx, "--no-install", "allure"]
    if not npx:
        raise AllureMissing(f"The HTML report needs Node.js 20 or newer and Allure 3. {_hint()}")
    raise AllureMissing(f"The HTML report needs Allure 3. {_hint()}")


def _installed(npx: str) -> bool:
    """Whether npx knows Allure without fetching anything."""
    try:
        command = [npx, "--no-install", "allure", "--version"]
        asked = subprocess.run(command, capture_output=True, timeout=60, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _run(command: list[str], environment: dict[str, str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603  (the command is the user's own Allure)
            command, env=environment, capture_output=True, text=True, timeout=_LIMIT, check=False
        )
    except subprocess.TimeoutExpired:
        raise AllureMissing(f"'{' '.join(command)}' did not end within {_LIMIT:g} s. {_hint()}") from None
    except OSError as error:
        raise AllureMissing(f"'{command[0]}' cannot be started: {error}. {_hint()}") from None
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip().splitlines()[-5:]
        raise AllureMissing(f"'{' '.join(command)}' ended with {done.returncode}: {' '.join(said)}. {_hint()}")


def _hint() -> str:
    return (
        f"Install it with '{INSTALL}', or set {COMMAND} to the command; then run 'manolab report'. "
        "All other reports are written without it."
    )
