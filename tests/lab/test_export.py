"""Labs written down for others to run: what stands in the files, and what the tools that read them say to it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from harness.cli import entry
from mocks.lab.adopted import Addresses, AdoptedEngine
from mocks.lab.engine import NodeSettings
from mocks.lab.errors import EngineError, LabError
from mocks.lab.export.compose import compose_file
from mocks.lab.export.kubernetes import manifests
from mocks.lab.service import LabSettings
from mocks.lab.topology import ActorSpec, Limits, Topology, load

SMALL = Topology(
    {
        "vim": ActorSpec("VIM", {"peers": ["nfvi"]}, 9001, limits=Limits(cpus=0.5, memory_mib=192, processes=48)),
        "nfvi": ActorSpec("NFVI", {"note": "$(costs) $HOME"}),
    },
    {},
)
Capture = pytest.CaptureFixture[str]


def services(topology: Topology = SMALL) -> Any:
    return yaml.safe_load(compose_file(topology, "mine:1"))["services"]


def documents(topology: Topology = SMALL) -> list[Any]:
    return list(yaml.safe_load_all(manifests(topology, "mine:1")))


def of_kind(kind: str) -> dict[str, Any]:
    return {one["metadata"]["name"]: one["spec"] for one in documents() if one["kind"] == kind}


def pods() -> dict[str, Any]:
    return {name: spec["template"]["spec"] for name, spec in of_kind("Deployment").items()}


def test_each_actor_the_smm_and_the_lab_are_services() -> None:
    """One image for all, the role as the argument, the limits of the topology."""
    found = services()
    assert list(found) == ["lab", "smm", "vim", "nfvi"]
    assert {one["image"] for one in found.values()} == {"mine:1"}
    roles = {name: one["command"] for name, one in found.items()}
    assert roles["lab"] == ["mocks.lab.service"]
    assert roles["smm"] == ["harness.smm.service"]
    assert roles["vim"] == roles["nfvi"] == ["mocks.lab.node"]
    assert (found["vim"]["cpus"], found["vim"]["mem_limit"], found["vim"]["pids_limit"]) == (0.5, "192m", 48)


def test_composed_containers_have_no_rights_and_two_networks() -> None:
    """Locked down like the containers of the docker backend; only the lab has ports, and on loopback only."""
    for name, one in services().items():
        assert (one["read_only"], one["cap_drop"], one["user"]) == (True, ["ALL"], "65532:65532")
        assert one["security_opt"] == ["no-new-privileges:true"]
        assert set(one["networks"]) - {"published"} == {"reference", "management"}
        assert ("ports" in one, "published" in one["networks"]) == (name == "lab",) * 2
    assert {port.split(":")[0] for port in services()["lab"]["ports"]} == {"127.0.0.1"}
    networks = yaml.safe_load(compose_file(SMALL, "mine:1"))["networks"]
    assert all(networks[kind]["internal"] for kind in ("reference", "management"))


def test_the_lab_is_stopped_before_its_nodes() -> None:
    """It depends on all of them, so compose ends it first, and it can ask them for what is left to record."""
    found = services()
    assert found["lab"]["depends_on"] == ["smm", "vim", "nfvi"]
    assert not any("depends_on" in one for name, one in found.items() if name != "lab")


def test_no_secret_is_in_the_files() -> None:
    """They come from outside; the SMM gets its key, not the lab's secret."""
    given = {name: one["environment"]["MANOLAB_SECRET"].split(":?")[0] for name, one in services().items()}
    assert given == {
        "lab": "${MANOLAB_SECRET",
        "smm": "${MANOLAB_SMM_KEY",
        "vim": "${MANOLAB_SECRET",
        "nfvi": "${MANOLAB_SECRET",
    }
    for name, pod in pods().items():
        secrets = {one["name"]: one["valueFrom"] for one in pod["containers"][0]["env"] if "valueFrom" in one}
        assert secrets["MANOLAB_SECRET"]["secretKeyRef"]["key"] == ("smm-key" if name == "smm" else "secret")


def test_a_port_of_the_topology_is_kept() -> None:
    """The other actors get the next ones that are free, the SMM and the observer among them."""
    assert services()["lab"]["ports"] == [f"127.0.0.1:{port}:{port}" for port in (9001, 8100, 8101, 8102)]


def test_a_dollar_of_the_topology_stays_one() -> None:
    """Compose and Kubernetes would put variables there; what the node reads is what the topology says."""
    told = services()["nfvi"]["environment"]["MANOLAB_NODE"].replace("$$", "$")
    assert NodeSettings.read(told).profile == {"note": "$(costs) $HOME"}
    plain = {one["name"]: one.get("value") for one in pods()["nfvi"]["containers"][0]["env"]}
    assert "$$(costs) $HOME" in plain["MANOLAB_NODE"]


def test_the_lab_reads_what_it_is_told() -> None:
    """The topology comes whole through the variable, with the ports of the proxies."""
    told = LabSettings.read(services()["lab"]["environment"]["MANOLAB_LAB"].replace("$$", "$"))
    assert {name: spec.port for name, spec in told.topology.actors.items()} == {"vim": 9001, "nfvi": 8100}
    assert told.topology.actors["vim"].profile == {"peers": ["nfvi"]}
    default = load()
    assert LabSettings.read(services(default)["lab"]["environment"]["MANOLAB_LAB"]).topology.targets == default.targets


def test_pods_have_no_rights() -> None:
    """What the restricted Pod Security Standard asks for, and a root that cannot be written."""
    for pod in pods().values():
        context, own = pod["securityContext"], pod["containers"][0]["securityContext"]
        assert (context["runAsNonRoot"], context["seccompProfile"]) == (True, {"type": "RuntimeDefault"})
        assert own == {
            "allowPrivilegeEscalation": False,
            "readOnlyRootFilesystem": True,
            "capabilities": {"drop": ["ALL"]},
        }
        assert not pod["automountServiceAccountToken"]
        assert {"readinessProbe", "livenessProbe", "startupProbe"} <= set(pod["containers"][0])


def test_a_node_may_talk_to_the_lab_only() -> None:
    """Policies for both directions: nodes and lab, and the resolver of names."""
    nodes = of_kind("NetworkPolicy")["manolab-nodes"]
    lab = {"app.kubernetes.io/part-of": "manolab", "manolab/side": "lab"}
    assert nodes["policyTypes"] == ["Ingress", "Egress"]
    assert nodes["ingress"] == [
        {"from": [{"podSelector": {"matchLabels": lab}}], "ports": [{"protocol": "TCP", "port": 8000}]}
    ]
    assert nodes["egress"][0]["to"] == [{"podSelector": {"matchLabels": lab}}]
    assert [one["port"] for one in nodes["egress"][1]["ports"]] == [53, 53]
    labels = {
        one["metadata"]["name"]: one["spec"]["template"]["metadata"]["labels"]["manolab/side"]
        for one in documents()
        if one["kind"] == "Deployment"
    }
    assert labels == {"lab": "lab", "smm": "node", "vim": "node", "nfvi": "node"}


def test_the_files_are_the_same_each_time() -> None:
    """A file under version control changes when its topology does, and not otherwise."""
    assert compose_file(SMALL, "mine:1") == compose_file(SMALL, "mine:1")
    assert manifests(SMALL, "mine:1") == manifests(SMALL, "mine:1")
    assert "manolab lab export --compose" in compose_file(SMALL, "mine:1").splitlines()[0]


@pytest.mark.parametrize("name", ["lab", "smm", "observer"])
def test_a_name_that_the_lab_needs_is_refused(name: str) -> None:
    """The message names the actor and what to do."""
    topology = Topology({name: ActorSpec("VIM")}, {})
    with pytest.raises(LabError, match=f"actors.{name}: .* give the actor another name"):
        compose_file(topology, "mine:1")


def test_manifests_are_what_kubernetes_describes() -> None:
    """Each document of the lab as it comes is held against the OpenAPI of Kubernetes, unknown fields refused."""
    validator = pytest.importorskip("kubernetes_validate")
    for one in documents(load()):
        validator.validate(one, "1.30", strict=True)


def test_docker_compose_takes_the_file(tmp_path: Path) -> None:
    """`docker-compose config` has nothing to complain of, but for a secret that is not given."""
    if not shutil.which("docker-compose"):
        pytest.skip("docker-compose is not installed (apt-get install docker-compose)")
    (tmp_path / "docker-compose.yml").write_text(compose_file(load(), "mine:1"), encoding="utf-8")
    secrets = {"MANOLAB_SECRET": "a", "MANOLAB_SMM_KEY": "b"}
    assert composed(tmp_path, secrets).returncode == 0
    refused = composed(tmp_path, {"MANOLAB_SECRET": "a"})
    assert refused.returncode == 1
    assert "set MANOLAB_SMM_KEY to a secret of yours" in refused.stderr


def composed(folder: Path, secrets: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MANOLAB_")} | secrets
    return subprocess.run(
        ["docker-compose", "config", "-q"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_command_writes_both(tmp_path: Path, capsys: Capture) -> None:
    """Files where asked, standard output without a name, and one of the two at least."""
    there = tmp_path / "lab.yaml"
    assert entry.outcome(["lab", "export", "--compose", str(there), "--image", "mine:2", "--port", "9100"]) == 0
    written = yaml.safe_load(there.read_text())["services"]
    assert written["vnfm"]["image"] == "mine:2"
    assert written["lab"]["ports"][0] == "127.0.0.1:9100:9100"
    capsys.readouterr()
    assert entry.outcome(["lab", "export", "--k8s"]) == 0
    assert "NetworkPolicy" in capsys.readouterr().out
    assert entry.outcome(["lab", "export"]) == 64
    assert "--compose [FILE], --k8s [FILE]" in capsys.readouterr().err
    assert entry.outcome(["lab", "export", "--k8s", str(tmp_path / "no" / "where")]) == 64


def test_faults_that_others_would_have_to_do_are_played_or_refused() -> None:
    """A crash of a mock is played by it; that of the SMM is refused with who can do it."""
    engine = AdoptedEngine(Addresses("http://{name}:1", "http://{name}:1"))
    with pytest.raises(EngineError, match="cannot kill vim: somebody else runs it; use docker-compose or kubectl"):
        engine.kill("vim")
    assert engine.real == frozenset()
    assert engine.present() == {}
