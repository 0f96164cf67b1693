"""What the image is made of, as far as no engine is needed to know it."""

from __future__ import annotations

import tomllib

from mocks.lab import image


def test_the_image_installs_what_the_project_asks_for() -> None:
    """Each requirement of the image is one of the project's, in the same words."""
    project = tomllib.loads((image.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = (image.RECIPE / "requirements.txt").read_text(encoding="utf-8").split("\n")
    assert {line for line in wanted if line} <= set(project["dependencies"])


def test_the_digest_covers_code_and_recipe_and_nothing_that_python_makes() -> None:
    """The image is stale after any change of ours, and not after a run."""
    names = {str(path.relative_to(image.ROOT)) for path in image._sources()}
    assert {"mocks/lab/node.py", "mocks/image/Dockerfile", "mocks/lab/default.topology.yaml"} <= names
    assert not any(name.endswith(".pyc") for name in names)
