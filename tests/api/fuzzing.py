"""Requests drawn by schemathesis for one API; each answer is described, and tells of no bug (5xx)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode

from tests.api.conformance import Answer, answer_problems, notification_problems

EXAMPLES = 8
MODES = [GenerationMode.POSITIVE, GenerationMode.POSITIVE, GenerationMode.NEGATIVE]


class Served(Protocol):
    """Whoever serves the API that is tried: it can be made anew while its app and the parsed description stay."""

    ids: dict[str, list[str]]

    def renew(self) -> None:
        """Be fresh, and have been through a preparation, so that there are resources to meet."""
        ...

    def adapt(self, case: Any, data: st.DataObject) -> None:
        """Turn what could only ever be refused in a drawn request into something that may not be."""
        ...

    def run(self, until: float) -> None:
        """Let work go on."""
        ...

    def notified(self) -> list[dict[str, Any]]:
        """What was notified since it was made anew."""
        ...


class Bench:
    """One API on the bench: its operations, and the conversations it is drawn into."""

    def __init__(self, served: Served, description: str, app: Any) -> None:
        self._served = served
        schema = schemathesis.openapi.from_wsgi(description, app)
        found = [one.ok() for one in schema.get_all_operations()]
        self.operations = [one for one in found if set(one.definition.raw["responses"]) != {"405"}]

    def send(self, operation: Any, data: st.DataObject) -> None:
        """Send one request that the description or its opposite leads to, and check the answer."""
        case = data.draw(operation.as_strategy(generation_mode=data.draw(st.sampled_from(MODES))))
        for name in case.path_parameters or {}:
            collection = case.path.split("{" + name)[0].strip("/").split("/")[-1]
            case.path_parameters[name] = data.draw(st.sampled_from([*self._served.ids.get(collection, ()), "unknown"]))
        # Drawn at random they would only ever be refused.
        for name in ("Version", *data.draw(st.sampled_from([["If-Match"], []]))):
            case.headers.pop(name, None)
        self._served.adapt(case, data)
        answer = parse(case.call())
        problems = answer_problems(answer)
        assert answer.status < 500 or of_empty_host(answer), f"{case.as_curl_command()}\n{answer.body}"
        assert not problems, "\n".join([*problems, case.as_curl_command()])
        learn(self._served.ids, answer)

    def finish(self) -> None:
        """Let all work end, and check what was notified meanwhile."""
        self._served.run(100)
        problems = [problem for told in self._served.notified() for problem in notification_problems(told)]
        assert not problems, "\n".join(problems)

    def fuzz(self, operation: Any) -> None:
        """Conversations with a fresh server, in each of which this operation is asked for twice."""

        @settings(
            max_examples=EXAMPLES,
            derandomize=True,
            deadline=None,
            database=None,
            phases=[Phase.generate, Phase.shrink],
            suppress_health_check=list(HealthCheck),
        )
        @given(st.data())
        def conversation(data: st.DataObject) -> None:
            self._served.renew()
            self.send(operation, data)
            self.send(data.draw(st.sampled_from(self.operations)), data)
            self._served.run(data.draw(st.sampled_from([0, 0.15, 100])))
            self.send(operation, data)
            self.finish()

        conversation()


def of_empty_host(answer: Answer) -> bool:
    """Whether this is how a host answers whose entity was terminated, perhaps by a request drawn before."""
    return answer.status == 503 and isinstance(answer.body, dict) and "NOT_INSTANTIATED" in answer.body["detail"]


def learn(ids: dict[str, list[str]], answer: Answer) -> None:
    """Note the ids in a Location, in links and of the items of a list, under the list that they belong to."""
    paths = [*hrefs(answer.body), (answer.headers or {}).get("Location", "")]
    pairs = [tuple(path.split("/")[-2:]) for path in paths if path.count("/") > 3]
    if isinstance(answer.body, list):
        pairs += [(answer.path.rsplit("/", 1)[-1], one["id"]) for one in answer.body if "id" in one]
    for collection, found in pairs:
        known = ids.setdefault(collection, [])
        if found not in known:
            known.append(found)


def hrefs(body: Any) -> Iterator[str]:
    """Every link in a body."""
    for value in body.values() if isinstance(body, dict) else body if isinstance(body, list) else ():
        yield from hrefs(value)
    if isinstance(body, dict) and isinstance(body.get("href"), str):
        yield body["href"]


def parse(answer: Any) -> Answer:
    """schemathesis's response as the checker wants it."""
    headers = {name.title(): values[0] for name, values in answer.headers.items()}
    body: Any = answer.content.decode() or None
    if body is not None and "json" in headers.get("Content-Type", ""):
        body = json.loads(body)
    path = urlsplit(answer.request.url).path
    return Answer(answer.request.method, unquote(path), answer.status_code, headers, body)
