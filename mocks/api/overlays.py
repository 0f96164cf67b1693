"""What the lab adds to ETSI's descriptions when it loads them; the published files stay as they are.

SOL 009 V3.7.1 knows the types NFVO, VNFM, VIM and WIM (and EM and OSS as peers). The lab has more kinds of actors,
which all report themselves the same way, so both enumerations are extended. And it says where a compiled log can be
fetched, which SOL 009 leaves to a file server outside of the API. It also describes the answers to unreadable bodies
and to bodies of another media type for each operation that takes a body: SOL 013 clause 6.4 has them in general, the
published files forget some.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

ENTITY_TYPES = ("TESTER", "OSS", "EM", "VNF", "NFVI", "SMM", "OBSERVER", "CISM", "VNF_CISM", "CIS", "MCIO")

_PROBLEM = {
    "description": "The body cannot be read, or is of another media type (SOL 013 clause 6.4).",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}},
}

_LOG_FILE = {
    "get": {
        "description": "The text of a compiled log (an addition of the lab).",
        "responses": {
            "200": {"description": "The log", "content": {"text/plain": {"schema": {"type": "string"}}}},
            **{
                str(status): {"$ref": f"#/components/responses/{status}"}
                for status in (400, 401, 404, 405, 406, 500, 503)
            },
        },
    }
}


def apply(name: str, description: dict[str, Any]) -> None:
    """Add to the description of the API of this name what the lab adds to it."""
    if not name.startswith(("nfvmanocim", "nfvmanologm")):
        return
    for node in nodes(description):
        values = node.get("enum")
        if isinstance(values, list) and {"NFVO", "VNFM", "VIM"} <= set(values):
            node["enum"] = list(dict.fromkeys([*values, *ENTITY_TYPES]))
    for node in nodes(description["paths"]):
        if "requestBody" in node:
            node["responses"].setdefault("400", _PROBLEM)
            node["responses"].setdefault("415", _PROBLEM)
    reports = description["paths"].get("/log_jobs/{logJobId}/log_reports/{logReportId}")
    if reports:
        description["paths"]["/log_jobs/{logJobId}/log_reports/{logReportId}/file"] = {
            "parameters": reports.get("parameters", []),
            **_LOG_FILE,
        }


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object within a parsed document, outermost first."""
    if isinstance(value, dict):
        yield value
        for child in value.values():
            yield from nodes(child)
    elif isinstance(value, list):
        for child in value:
            yield from nodes(child)
