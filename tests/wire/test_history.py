"""The history file: written before the effect, complete only with its footer, secrets masked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mocks.wire.history import History
from mocks.wire.masking import masked, masked_query, suspicious


def _history(path: Path | None = None) -> History:
    return History({"run": "r"}, path, lambda: None)


def test_each_entry_stands_in_the_file_before_anybody_hears_of_it(tmp_path: Path) -> None:
    """The listener that is told of an entry finds it on disk already."""
    path = tmp_path / "run" / "history.jsonl"
    seen: list[str] = []
    history = History({"run": "r"}, path, lambda: seen.append(path.read_text().splitlines()[-1]))
    history.append({"kind": "lab", "event": "held"})
    history.close()
    assert json.loads(seen[0]) == {"kind": "lab", "n": 1, "event": "held"}


def test_the_footer_counts_the_entries_and_closes_the_history(tmp_path: Path) -> None:
    """After the footer nothing is added, in memory or on disk."""
    path = tmp_path / "history.jsonl"
    history = _history(path)
    history.append({"kind": "lab", "event": "held"})
    history.close()
    history.append({"kind": "lab", "event": "late"})
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    assert [line["kind"] for line in lines] == ["header", "lab", "footer"]
    assert lines[-1]["entries"] == len(history.entries) == 1


def test_an_abandoned_history_has_no_footer(tmp_path: Path) -> None:
    """A run that broke off cannot be mistaken for one that ended."""
    path = tmp_path / "history.jsonl"
    history = _history(path)
    history.abandon()
    assert "footer" not in path.read_text()


def test_secrets_are_masked_wherever_they_stand() -> None:
    """Whatever stands under a secret's name is replaced, at any depth, in bodies and queries alike."""
    body = {"user": "u", "password": "p", "deep": [{"accessToken": "t", "clientSecret": None}]}
    assert masked(body) == {"user": "u", "password": "***", "deep": [{"accessToken": "***", "clientSecret": None}]}
    assert masked_query("filter=a&access_token=abc") == "filter=a&access_token=***"


@pytest.mark.parametrize(
    ("body", "held"),
    [
        (b'{"accessToken": "t"}', True),
        (b'{"API_KEY": 1}', True),
        (b'{"pass\\u0077ord": 1}', True),
        (b'{"id": 1}', False),
    ],
)
def test_only_a_body_that_may_hold_a_secret_is_walked_through(body: bytes, held: bool) -> None:
    """However its name is spelt, and whatever it is written with."""
    assert suspicious(body) is held
