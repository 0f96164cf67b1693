"""Files as blocks: DOCX, Markdown, plain text. Which one a file is, its content decides, not its name."""

from __future__ import annotations

from pathlib import Path

from harness.spec.blocks import Block
from harness.spec.errors import UnreadableDocument

LARGEST = 64 * 1024 * 1024
"""Bytes that a file may have; the GR has 0.3 million."""


def blocks_of(path: Path) -> tuple[str, list[Block]]:
    """The format of a file ("docx", "markdown" or "text") and its blocks.

    Raises UnreadableDocument for what is none of them, too large, or made to harm.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableDocument(path, f"larger than {LARGEST >> 20} MiB", "no document of this kind is so large")
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(path, f"cannot be read: {error.strerror}") from None
    if content.startswith(b"PK\x03\x04"):
        from harness.spec.sources import docx  # noqa: PLC0415 - python-docx is an extra of its own

        return "docx", docx.blocks(path, content)
    from harness.spec.sources import text  # noqa: PLC0415 - either one or the other

    return text.blocks(path, content)
