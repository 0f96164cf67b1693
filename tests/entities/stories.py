"""Stories of entities: each drives a fresh one so far that a lot is left to happen."""

from __future__ import annotations

from mocks.entities.errors import StepFailed
from tests.entities.lives import CALLBACK, Life

SWM = "/nfvmanoswm/v1"
MODIFY = f"{SWM}/software_modifications"
POINTS = f"{SWM}/restoration_points"
VRM = "/vrm/v1"
VNFLCM = "/vnflcm/v1"
NSLCM = "/nslcm/v1"
CIM = "/nfvmanocim/v2"
LOGM = "/nfvmanologm/v1"
DEPLOYMENTS = "/mcio/v1/apis/apps/v1/namespaces/default/deployments"
TESTER = "/tester/v1"
SOME = {"vcpu": 4, "memoryMiB": 1024, "storageGiB": 10}
RESERVED = [{"provider": "vim", "reservationId": "r-1"}]
TO_2 = {"destinationSoftwareVersion": "2.0.0"}
NSD = {
    "nsdInvariantId": "ns",
    "nsdVersion": "1",
    "vnfProfiles": [{"vnfProfileId": "a", "vnfdId": "vnfd-a", "vnfmId": "vnfm"}],
    "virtualLinks": [{"virtualLinkId": "link"}],
    "paths": [{"pathId": "path", "vnfProfileIds": ["a"], "virtualLinkIds": ["link"]}],
}
CONFIGURED = {"vnfConfigurationData": {"vnfSpecificData": {"vnfInstanceId": "v-1", "vnfState": "STARTED"}}}
TESTS = {"target": "vnfm", "softwareVersion": "2.0.0", "suites": ["health", "system"], "resources": RESERVED}
LOG_JOB = {
    "objectInstanceIds": [{"type": "MANO_ENTITY", "objectId": "vnfm"}],
    "jobCriteria": {"loggingType": "SERVICES", "servicesLogDetail": {}},
    "jobConfig": {"reportingCondition": {"reportingType": "REPORTING_ON_COMPILATION"}, "securityConf": {}},
}


def vnf(life: Life) -> str:
    return str(life.post(f"{VNFLCM}/vnf_instances", {"vnfdId": "vnfd"})["_links"]["self"]["href"])


def in_service(life: Life) -> str:
    made = vnf(life)
    life.post(f"{made}/instantiate", {"flavourId": "default"})
    life.clock.run()
    return made


def modifying(life: Life, **request) -> str:
    return str(life.post(MODIFY, {**TO_2, **request}))


def up_to(life: Life, point: str) -> None:
    """Let everything happen but the step that begins at this point."""
    life.gate.closed.add(point)
    life.clock.run()


def modification_with_all_that_surrounds_it() -> Life:
    life = Life("VNFM", internalRetries=2)
    in_service(life)
    life.post(f"{SWM}/subscriptions", {"callbackUri": CALLBACK, "filter": {"operationStates": ["COMPLETED"]}})
    point = life.post(POINTS, {"description": "before"})["id"]
    modifying(life, resources=RESERVED, restorationPointId=point, operationHandling={"VNF_LCM": "DELAY"})
    life.clock.step()
    vnf(life)
    life.post(f"{vnf(life)}/instantiate", {"flavourId": "default"})
    return life


def modification_that_is_undone() -> Life:
    life = Life("NFVO")
    life.gate.failing["software-modification/clean"] = StepFailed("no", transient=True)
    modifying(life, resources=RESERVED)
    return life


def modification_that_is_suspended() -> Life:
    life = Life("VIM")
    modification = modifying(life, operationHandling={"VRM": "SUSPEND"})
    life.clock.step()
    life.post(f"{VRM}/compute_resources", {"name": "vm", "resources": SOME})
    life.post(f"{modification}/suspend")
    return life


def restoration() -> Life:
    life = Life("VIM")
    life.post(f"{VRM}/reservations", {"purpose": "OTHER", "resources": SOME})
    point = life.post(POINTS, {"description": "before"})["id"]
    modifying(life)
    life.clock.run()
    life.post(f"{POINTS}/{point}/restore")
    return life


def lifecycle_of_a_vnf() -> Life:
    life = Life("VNFM")
    scaled, ended, broken = in_service(life), in_service(life), vnf(life)
    life.post(f"{ended}/terminate", {"terminationType": "GRACEFUL"})
    life.clock.run()
    life.ask("DELETE", ended)
    life.post(f"{scaled}/scale", {"type": "SCALE_OUT", "aspectId": "default", "numberOfSteps": 2})
    life.gate.failing["vnf-lcm-operation/configure"] = StepFailed("no", transient=True)
    life.post(f"{broken}/instantiate", {"flavourId": "default"})
    return life


def lifecycle_of_an_ns() -> Life:
    life = Life("NFVO")
    life.post(f"{NSLCM}/subscriptions", {"callbackUri": CALLBACK})
    ns = life.post(f"{NSLCM}/ns_instances", {"nsdId": "nsd", "nsName": "ns", "nsDescription": "an NS"})
    life.post(f"{NSLCM}/ns_instances/{ns['id']}/instantiate", {"nsFlavourId": "default"})
    return life


def operations_on_resources() -> Life:
    life = Life("VIM")
    reservation = life.post(f"{VRM}/reservations", {"purpose": "TESTING", "resources": SOME})["id"]
    life.post(f"{VRM}/reservations/{reservation}/allocations", {"resources": {**SOME, "vcpu": 1}})
    life.post(f"{VRM}/subscriptions", {"callbackUri": CALLBACK})
    for name in ("vm-1", "vm-2"):
        life.post(f"{VRM}/compute_resources", {"name": name, "resources": SOME})
    life.clock.run()
    life.ask("DELETE", f"{VRM}/compute_resources/{life.get(f'{VRM}/compute_resources')[0]['id']}")
    life.gate.failing["vrm-operation/start"] = StepFailed("no")
    life.post(f"{VRM}/compute_resources", {"name": "vm-3", "resources": SOME})
    return life


def workloads_of_a_cism() -> Life:
    life = Life("CISM")
    template = {"spec": {"containers": [{"name": "c", "image": "i"}]}}
    wanted = {"replicas": 2, "selector": {}, "template": template}
    life.post(f"{DEPLOYMENTS}", {"metadata": {"name": "web"}, "spec": wanted})
    life.clock.run()
    life.ask("PATCH", f"{DEPLOYMENTS}/web", {"spec": {"replicas": 3}})
    return life


def modification_of_a_wim() -> Life:
    life = Life("WIM")
    life.post("/wan/v1/connections", {"name": "one", "endpoints": ["a", "b"]})
    modifying(life, resources=RESERVED)
    return life


def network_service_by_an_nsd() -> Life:
    life = Life("NFVO", vim="vim")
    life.peers.replies[("POST", f"{VRM}/networks")] = (201, {"id": "n-1"})
    life.peers.replies[("POST", f"{VNFLCM}/vnf_instances")] = (201, {"id": "v-1"})
    nsd = life.post("/nsd/v1/ns_descriptors", {"userDefinedData": {"made by": "oss"}})["id"]
    life.ask("PUT", f"/nsd/v1/ns_descriptors/{nsd}/nsd_content", NSD)
    ns = life.post(f"{NSLCM}/ns_instances", {"nsdId": nsd, "nsName": "ns", "nsDescription": "by an NSD"})
    life.post(f"{NSLCM}/ns_instances/{ns['id']}/instantiate", {"nsFlavourId": "default"})
    return life


def traffic_of_a_vnf() -> Life:
    life = Life("VNF")
    life.ask("PATCH", "/vnfconfig/v1/configuration", CONFIGURED)
    life.post("/traffic/v1/sessions", {"sessions": 3})
    life.ask("PUT", "/traffic/v1/routes", {"routes": [{"vnf": "vnf-b", "share": 100}]})
    life.peers.replies[("POST", "/traffic/v1/sessions")] = (201, {"id": "s-1"})
    life.ask("PUT", "/traffic/v1/generator", {"state": "RUNNING"})
    for _ in range(4):
        life.clock.step()
        life.ask("PUT", "/traffic/v1/generator", {"state": "RUNNING"})
    life.ask("PUT", "/traffic/v1/generator", {"state": "STOPPED"})
    return life


def traffic_that_is_steered() -> Life:
    life = Life("EM", steers="vnf-a")
    for share in (100, 50, 0, 25, 75):
        routes = [{"vnf": "vnf-b", "share": share}, {"vnf": "vnf-c", "share": 100 - share}]
        life.ask("PUT", "/steering/v1/routes", {"routes": routes})
    return life


def run_of_tests() -> Life:
    life = Life("TESTER")
    life.post(f"{TESTER}/subscriptions", {"callbackUri": CALLBACK})
    life.post(f"{TESTER}/test_runs", {**TESTS, "impacted": ["nfvo"]})
    return life


def run_that_breaks_off() -> Life:
    life = Life("TESTER")
    life.gate.failing["test-run/suite-system"] = StepFailed("no", transient=True)
    life.post(f"{TESTER}/test_runs", TESTS)
    return life


def configuration_and_logs() -> Life:
    life = Life("VNFM", peers=["nfvo", "vim"])
    life.post(f"{CIM}/subscriptions", {"callbackUri": CALLBACK})
    job = life.post(f"{LOGM}/log_jobs", LOG_JOB)
    life.ask("PATCH", f"{CIM}/mano_entity", {"name": "renamed", "defaultLogCompileByTimerValue": 60})
    life.ask("PATCH", f"{CIM}/mano_entity/mano_interfaces/vnflcm-v1", {"name": "lcm"})
    life.ask("DELETE", f"{CIM}/peer_entities/{life.get(f'{CIM}/peer_entities')[0]['id']}")
    lock = {"administrativeStateChange": {"administrativeStateAction": "LOCK"}}
    life.post(f"{CIM}/mano_entity/mano_interfaces/vnflcm-v1/change_state", lock)
    life.post(f"{LOGM}/log_jobs/{job['id']}/compile_log", {})
    return life


STORIES = (
    modification_with_all_that_surrounds_it,
    modification_that_is_undone,
    modification_that_is_suspended,
    restoration,
    lifecycle_of_a_vnf,
    lifecycle_of_an_ns,
    operations_on_resources,
    workloads_of_a_cism,
    modification_of_a_wim,
    network_service_by_an_nsd,
    traffic_of_a_vnf,
    traffic_that_is_steered,
    run_of_tests,
    run_that_breaks_off,
    configuration_and_logs,
)
