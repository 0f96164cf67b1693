"""What actors of the lab send to addresses outside of it is recorded all the same."""

from __future__ import annotations

import json
from typing import Any

import pytest
import requests

from mocks.wire.clock import VirtualClock
from mocks.wire.history import History
from mocks.wire.outside import Outside
from mocks.wire.recorder import Recording
from mocks.wire.tokens import Tokens

TOLD = {"notificationType": "TestRunNotification", "state": "COMPLETED"}


class Elsewhere:
    """A receiver outside, an actor within, and the history of both."""

    def __init__(self) -> None:
        self.answer: Any = (204, [], b"")
        self.history = History({}, None, lambda: None)
        recording = Recording(VirtualClock())
        recording.history = self.history
        tokens = Tokens("secret")
        self.headers = {"Authorization": f"Bearer {tokens.issue('vnfm')}", "Content-Type": "application/json"}
        self._outside = Outside(self._exchange, lambda: {"vim:80"}, recording, tokens)

    def tell(self, url: str) -> int:
        return self._outside("POST", url, self.headers, json.dumps(TOLD).encode(), 60.0)[0]

    def _exchange(self, *_: Any) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


def test_a_notification_to_an_smm_elsewhere_is_recorded_on_its_way_out() -> None:
    """Who told it, to which path of the SMM's, and how it answered."""
    lab = Elsewhere()
    assert lab.tell("http://vendor:9000/own/callbacks/7") == 204
    (entry,) = lab.history.entries
    assert (entry["kind"], entry["from"], entry["to"], entry["status"]) == ("notification", "vnfm", "smm", 204)
    assert (entry["path"], entry["request"]) == ("/own/callbacks/7", TOLD)


def test_what_goes_to_an_actor_is_left_to_the_actors_own_recorder() -> None:
    """Nothing is recorded twice."""
    lab = Elsewhere()
    assert lab.tell("http://vim:80/callbacks/7") == 204
    assert lab.history.entries == []


@pytest.mark.parametrize(
    ("error", "failure"), [(requests.ConnectionError("gone"), "refused"), (requests.ReadTimeout("late"), "hang")]
)
def test_a_receiver_that_does_not_answer_stands_in_the_history(error: Exception, failure: str) -> None:
    """The sender sees the error as ever."""
    lab = Elsewhere()
    lab.answer = error
    with pytest.raises(type(error)):
        lab.tell("http://vendor:9000/callbacks/7")
    assert (lab.history.entries[0]["status"], lab.history.entries[0]["failure"]) == (None, failure)
