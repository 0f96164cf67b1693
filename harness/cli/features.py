"""Feature files by the names people give them."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from harness.cli.failures import Broken, UnknownWord


def root() -> Path:
    """The folder with the features that manolab comes with."""
    found = find_spec("features")
    if found is None or not found.submodule_search_locations:
        raise Broken("this installation has no features/", hint="install manolab again; its wheel carries them")
    return Path(next(iter(found.submodule_search_locations)))


def resolved(names: Iterable[str]) -> tuple[Path, ...]:
    """Paths of features or of folders with them, looked for here, then among those that manolab comes with."""
    return tuple(_resolved(name) for name in names) or (root(),)


def _resolved(name: str) -> Path:
    given = Path(name)
    for path in (given, root().parent / given, root() / given):
        if path.is_file() and path.suffix == ".feature":
            return path.resolve()
        if path.is_dir() and any(path.rglob("*.feature")):
            return path.resolve()
    raise UnknownWord("feature file or folder", name, _known())


def _known() -> list[str]:
    base = root()
    files = sorted(base.rglob("*.feature"))
    folders = sorted({file.parent for file in files} - {base})
    return [path.relative_to(base.parent).as_posix() for path in (*folders, *files)]
