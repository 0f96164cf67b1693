"""Which service interfaces each type of entity offers (SOL 009 clause 5.6.2.11)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Offer:
    """What an API is: name and major version in its path, the standard's version, its own, what one can do with it.

    `prefix` is what its path begins with where a service has several instances.
    """

    name: str
    major: str
    standard: str
    version: str
    operations: tuple[str, ...]
    description: str
    prefix: str = ""

    @cached_property
    def root(self) -> str:
        """The path of the API."""
        return "/" + "/".join(part for part in (self.prefix, self.name, self.major) if part)

    @cached_property
    def id(self) -> str:
        """The id of the service interface: its path in one word."""
        return self.root.removeprefix("/").replace("/", "-")


CIM = Offer("nfvmanocim", "v2", "3.7.1", "2.2.0", ("GET", "PATCH", "CHANGE_STATE"), "configuration and information")
LOGM = Offer("nfvmanologm", "v1", "3.7.1", "1.0.1", ("CREATE_LOG_JOB", "COMPILE_LOG"), "log management")
_SWM = Offer("nfvmanoswm", "v1", "1.0.0", "1.0.0", ("MODIFY", "SUSPEND", "RESUME", "UNDO", "COMMIT"), "own software")
_NSLCM = Offer("nslcm", "v1", "2.6.1", "1.2.0", ("CREATE", "INSTANTIATE", "TERMINATE"), "lifecycle of network services")
_VNFLCM = Offer("vnflcm", "v1", "2.6.1", "1.3.0", ("CREATE", "INSTANTIATE", "TERMINATE"), "lifecycle of VNFs")
_VRM = Offer("vrm", "v1", "1.0.0", "1.0.0", ("RESERVE", "ALLOCATE", "TERMINATE"), "virtualised resources")
MCIO = Offer("mcio", "v1", "4.3.1", "1.0.0", ("CREATE", "LIST", "PATCH", "DELETE"), "containerised workloads")
_WAN = Offer("wan", "v1", "1.0.0", "1.0.0", ("CREATE", "DELETE"), "connections over a WAN")
_TESTER = Offer("tester", "v1", "1.0.0", "1.0.0", ("RUN",), "tests of entities")

OFFERS: dict[str, tuple[Offer, ...]] = {
    "NFVO": (_NSLCM, _SWM),
    "VNFM": (_VNFLCM, _SWM),
    "VIM": (_VRM, _SWM),
    "NFVI": (_VRM,),
    "WIM": (_WAN, _SWM),
    "CISM": (MCIO, _VRM, _SWM),
    "VNF_CISM": (MCIO, _VRM, _SWM),
    "CIS": (_VRM,),
    "TESTER": (_TESTER,),
}
"""What each type offers beside information and logs, which all offer; its main service first."""
