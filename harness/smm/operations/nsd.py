"""The content of an NSD, changed: pure functions on the data that nsd/v1 knows (GR clause 5.5.2, rows 5 and 10)."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import Any

from harness.clients.http import Body


def profile(content: Body, vnf: str) -> Body | None:
    """The profile of a VNF."""
    return next((each for each in content["vnfProfiles"] if each["vnfProfileId"] == vnf), None)


def with_parallel_path(content: Body, added: Body, beside: str) -> Body:
    """The NSD with a VNF that does the same as another one: for each path of that one, a path through the new VNF.

    Virtual links that only those paths use get a counterpart, all others are shared.
    """
    made = copy.deepcopy(content)
    if profile(made, added["vnfProfileId"]):
        return made
    made["vnfProfiles"].append(dict(added))
    paths = [path for path in content["paths"] if beside in path["vnfProfileIds"]]
    own = _own_links(content, paths)
    for path in paths:
        links = [_counterpart(link, added) if link in own else link for link in path["virtualLinkIds"]]
        vnfs = [added["vnfProfileId"] if vnf == beside else vnf for vnf in path["vnfProfileIds"]]
        name = f"{path['pathId'].split('@')[0]}@{added['vnfProfileId']}"
        made["paths"].append({"pathId": name, "vnfProfileIds": vnfs, "virtualLinkIds": links})
    made["virtualLinks"] += [{"virtualLinkId": _counterpart(link, added)} for link in own]
    return made


def without_paths(content: Body, vnf: str) -> Body:
    """The NSD without a VNF, its paths, and the virtual links that no other path uses."""
    made = copy.deepcopy(content)
    paths = [path for path in content["paths"] if vnf in path["vnfProfileIds"]]
    own = _own_links(content, paths)
    made["vnfProfiles"] = [each for each in made["vnfProfiles"] if each["vnfProfileId"] != vnf]
    made["paths"] = [path for path in made["paths"] if vnf not in path["vnfProfileIds"]]
    made["virtualLinks"] = [link for link in made["virtualLinks"] if link["virtualLinkId"] not in own]
    return made


def _own_links(content: Body, paths: list[Any]) -> list[str]:
    others = {link for path in content["paths"] if path not in paths for link in path["virtualLinkIds"]}
    return list(dict.fromkeys(link for link in _links(paths) if link not in others))


def _links(paths: list[Any]) -> Iterable[str]:
    return (link for path in paths for link in path["virtualLinkIds"])


def _counterpart(link: str, added: Body) -> str:
    return f"{link.split('@', maxsplit=1)[0]}@{added['vnfProfileId']}"
