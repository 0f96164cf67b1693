"""An entity's Flask app: the sum of the APIs that serve its powers."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Flask

from mocks.api import (
    cim,
    logm,
    managed,
    mcio,
    nsd,
    nslcm,
    peer,
    problems,
    steering,
    svnf,
    swm,
    tester,
    traffic,
    versions,
    vnfconfig,
    vnflcm,
    vrm,
    wan,
)
from mocks.api.instances import Instances
from mocks.api.service_state import guard, refuse_on_empty_host
from mocks.api.slots import Slot, serving
from mocks.api.versions import Api
from mocks.entities.admission import OperationAdmission
from mocks.entities.container_objects import ContainerObjects
from mocks.entities.information import Information
from mocks.entities.instantiation import Instantiation
from mocks.entities.logs import Logs
from mocks.entities.managed_instances import ManagedInstances
from mocks.entities.ns_descriptors import NsDescriptors
from mocks.entities.ns_lifecycle import NsLifecycle
from mocks.entities.peering import Peering
from mocks.entities.redundancy_units import RedundancyUnits
from mocks.entities.restoration import RestorationPoints
from mocks.entities.software_modification import SoftwareModification
from mocks.entities.state_transfer import StateTransfer
from mocks.entities.test_runs import TestRuns
from mocks.entities.traffic import TrafficSource, TrafficSteering
from mocks.entities.virtualised_resources import VirtualisedResources
from mocks.entities.vnf_application import ProprietaryManagement, StandardManagement, VnfApplication
from mocks.entities.vnf_lifecycle import VnfLifecycle
from mocks.entities.wan_connectivity import WanConnectivity

__all__ = ["API_OF_POWER", "Slot", "create_app", "serving"]

_SWM = Api("nfvmanoswm", "v1", "1.0.0", swm.blueprint)
_TRAFFIC = Api("traffic", "v1", "1.0.0", traffic.blueprint)

API_OF_POWER: dict[type, Api] = {
    Information: Api("nfvmanocim", "v2", "2.2.0", cim.blueprint),
    Logs: Api("nfvmanologm", "v1", "1.0.1", logm.blueprint),
    Peering: Api("peer", "v1", "1.0.0", peer.blueprint),
    SoftwareModification: _SWM,
    RestorationPoints: _SWM,
    OperationAdmission: _SWM,
    Instantiation: _SWM,
    StateTransfer: _SWM,
    RedundancyUnits: _SWM,
    VirtualisedResources: Api("vrm", "v1", "1.0.0", vrm.blueprint),
    ManagedInstances: Api("managed", "v1", "1.0.0", managed.blueprint),
    TestRuns: Api("tester", "v1", "1.0.0", tester.blueprint),
    NsLifecycle: Api("nslcm", "v1", "1.2.0", nslcm.blueprint),
    ContainerObjects: Api("mcio", "v1", "1.0.0", mcio.blueprint),
    WanConnectivity: Api("wan", "v1", "1.0.0", wan.blueprint),
    VnfLifecycle: Api("vnflcm", "v1", "1.3.0", vnflcm.blueprint),
    NsDescriptors: Api("nsd", "v1", "1.0.0", nsd.blueprint),
    VnfApplication: _TRAFFIC,
    TrafficSource: _TRAFFIC,
    TrafficSteering: Api("steering", "v1", "1.0.0", steering.blueprint),
    StandardManagement: Api("vnfconfig", "v1", "1.0.0", vnfconfig.blueprint),
    ProprietaryManagement: Api("svnf", "v1", "1.0.0", svnf.blueprint),
}
"""Which API serves which power, and any power that derives from it; several powers may share one API."""


def create_app(slot: Slot, types_powers: Iterable[type]) -> Flask:
    """The app of an entity with these powers; `slot` gives the entity at each request."""
    app = Flask("manolab", static_folder=None)
    # The paths of an API are exact: no redirects that its description does not know, no OPTIONS nobody asked for.
    app.url_map.merge_slashes = False
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False
    problems.install(app)
    apis = apis_of(types_powers)
    for api in apis:
        app.register_blueprint(api.blueprint(slot))
    versions.install(app, apis)
    roots = [api.root for api in apis]
    app.before_request(refuse_on_empty_host(slot))
    app.before_request(guard(slot, roots))
    app.wsgi_app = Instances(app.wsgi_app, roots)  # type: ignore[method-assign]  # Flask's way to set it
    return app


def apis_of(powers: Iterable[type]) -> list[Api]:
    """The APIs that serve these powers, each once."""
    return list(dict.fromkeys(API_OF_POWER[cls] for power in powers for cls in power.__mro__ if cls in API_OF_POWER))
