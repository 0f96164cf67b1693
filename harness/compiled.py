"""A JSON Schema made ready to hold much against it: quick where all is right, thorough where it is not."""

from __future__ import annotations

from typing import Any

import fastjsonschema
from fastjsonschema import JsonSchemaValueException
from jsonschema import Draft202012Validator


class Compiled:
    """A compiled check, which is fast and stops at the first problem, beside one that finds them all (`explain`)."""

    def __init__(self, schema: dict[str, Any]) -> None:
        # what is checked stays as it is: no defaults are filled in
        self._check = fastjsonschema.compile(schema, use_default=False)
        self.explain = Draft202012Validator(schema)

    def passes(self, data: Any) -> bool:
        """Whether the quick check has nothing to say against the data."""
        try:
            self._check(data)
        except JsonSchemaValueException:
            return False
        return True
