"""Data as YAML that people read: in the order it was made in, with a comment at the head."""

from __future__ import annotations

from typing import Any

import yaml


class Plain(yaml.SafeDumper):
    """YAML without anchors: the same thing twice is written twice."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - as PyYAML calls it
        return True


def dumped(header: str, *documents: Any) -> str:
    """The documents below the header, which becomes a comment."""
    comment = "".join(f"# {line}".rstrip() + "\n" for line in header.splitlines())
    body = yaml.dump_all(documents, Dumper=Plain, sort_keys=False, width=10_000, explicit_start=len(documents) > 1)
    return comment + str(body)
