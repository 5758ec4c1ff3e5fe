"""Node facts from the objects of a cluster alone."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.interface import Resource
from scanner.collect.nodes.agentless import agentless
from tests.collect.nodes.hosts import process
from tests.fakes.kube_jobs import node

ARGS = [
    "server",
    "--token",
    "********",
    "--agent-token=SECRETTOKEN",
    "--cluster-init",
    "--kube-apiserver-arg",
    "anonymous-auth=true",
    "--kubelet-arg",
    "read-only-port=10255",
    "--datastore-endpoint",
    "mysql://root:SECRETPASSWORD@tcp(db:3306)/k3s",
]


def resources(*bodies: dict[str, Any]) -> list[Resource]:
    return [Resource(body, ClusterOrigin("test", body)) for body in bodies]


def facts(*bodies: dict[str, Any]) -> dict[str, Any]:
    [found] = agentless(resources(*bodies))
    return found.body


def k3s_node(version: str = "v1.28.5+k3s1", **annotations: str) -> dict[str, Any]:
    names = {name.replace("_", "-"): value for name, value in annotations.items()}
    return node("n1", version, annotations={f"k3s.io/{name}": value for name, value in names.items()})


def test_what_a_node_says_of_itself() -> None:
    known = resources(node("n1", labels={"node-role.kubernetes.io/control-plane": ""}))
    [found] = agentless(known)
    body = found.body
    assert found.origin is known[0].origin
    assert body["collector"] == {"mode": "none", "errors": []}
    assert (body["roles"], body["kubernetesVersion"]) == (["control-plane"], "1.34.1")
    assert body["os"]["image"] == "Debian GNU/Linux 12 (bookworm)"
    assert {each["status"] for each in body["files"]} == {"not_collected"}
    assert body["kubelet"]["effectiveSource"] == "none"
    assert body["processes"] == []


@pytest.mark.parametrize(
    ("name", "annotations", "roles"),
    [
        ("kube-apiserver", {"kubernetes.io/config.mirror": "1"}, ["control-plane"]),
        ("etcd", {"kubernetes.io/config.mirror": "1"}, ["etcd"]),
        ("kube-proxy", {"kubernetes.io/config.mirror": "1"}, ["worker"]),
        ("kube-apiserver", {}, ["worker"]),
        ("kube-apiserver", None, ["worker"]),
    ],
)
def test_a_control_plane_without_its_label_is_known_by_its_pods(
    name: str, annotations: Any, roles: list[str]
) -> None:
    metadata = {"name": f"{name}-n1", "namespace": "kube-system", "annotations": annotations}
    spec = {"nodeName": "n1", "containers": [{"name": name}, {}, "nonsense"]}
    pod = {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}
    first, second = agentless(resources(node("n1"), node("n2"), pod))
    assert first.body["roles"] == roles
    assert second.body["roles"] == ["worker"]
    if roles != ["worker"]:
        assert "etcd.manifest" in {each["role"] for each in first.body["files"]}


def test_a_worker_has_no_files_of_the_control_plane() -> None:
    roles = {each["role"] for each in facts(node("n1"))["files"]}
    assert "kubelet.config" in roles
    assert not {each for each in roles if each.startswith(("apiserver", "etcd", "pki", "admin"))}


@pytest.mark.parametrize(
    ("version", "labels", "annotations", "distribution"),
    [
        ("v1.30.1+k3s1", {}, {}, "k3s"),
        ("v1.30.1+rke2r1", {}, {}, "rke2"),
        ("v1.30.1-eks-abc", {}, {}, "eks"),
        ("v1.30.1-gke.100", {}, {}, "gke"),
        ("v1.30.1", {"kubernetes.azure.com/cluster": "x"}, {}, "aks"),
        ("v1.30.1", {"node.openshift.io/os_id": "rhel"}, {}, "openshift"),
        ("v1.30.1", {"microk8s.io/cluster": "true"}, {}, "microk8s"),
        ("v1.30.1", {"minikube.k8s.io/name": "m"}, {}, "kubeadm"),
        ("v1.30.1", {}, {"kubeadm.alpha.kubernetes.io/cri-socket": "x"}, "kubeadm"),
        ("v1.30.1", {}, {}, "unknown"),
    ],
)
def test_distributions(
    version: str, labels: dict[str, str], annotations: dict[str, str], distribution: str
) -> None:
    body = node("n1", version, labels=labels, annotations=annotations)
    assert facts(body)["distribution"] == distribution


def test_arguments_in_an_annotation_of_k3s() -> None:
    body = facts(k3s_node(node_args=json.dumps(ARGS)))
    apiserver = process(body, "apiserver")
    assert apiserver["source"] == "annotation"
    assert "--anonymous-auth=true" in apiserver["argv"]
    assert "--profiling=false" in apiserver["argv"]
    assert body["kubelet"]["flags"]["read-only-port"] == "10255"
    assert "--client-cert-auth=true" in process(body, "etcd")["argv"]
    assert "SECRET" not in str(body)


def test_folders_of_k3s_come_from_its_arguments_or_its_environment() -> None:
    args, env = json.dumps(["agent"]), json.dumps({"K3S_DATA_DIR": "/data", "K3S_TOKEN": "SECRETTOKEN"})
    body = facts(k3s_node(node_args=args, node_env=env))
    assert body["kubelet"]["flags"]["kubeconfig"] == "/data/agent/kubelet.kubeconfig"
    assert [each["component"] for each in body["processes"]] == ["kubelet", "kube-proxy"]
    assert "SECRET" not in str(body)


@pytest.mark.parametrize("version", ["v1.34.1+k3s1", "odd"])
def test_a_newer_k3s_has_files_that_no_annotation_shows(version: str) -> None:
    body = facts(k3s_node(version, node_args=json.dumps(["agent"])))
    assert "anonymous-auth" not in body["kubelet"]["flags"]
    assert body["kubelet"]["unread"] == ["/var/lib/rancher/k3s/agent/etc/kubelet.conf.d"]
    assert body["collector"]["errors"]


def test_rke2_has_pods_for_all_but_the_kubelet() -> None:
    args = json.dumps(["server", "--kubelet-arg", "event-qps=0"])
    body = facts(node("n1", "v1.28.5+rke2r1", annotations={"rke2.io/node-args": args}))
    assert [each["component"] for each in body["processes"]] == ["kubelet"]
    assert body["kubelet"]["flags"]["event-qps"] == "0"
    assert body["kubelet"]["flags"]["kubeconfig"] == "/var/lib/rancher/rke2/agent/kubelet.kubeconfig"


@pytest.mark.parametrize("text", ["", "{", "[1]", '{"a": 1}', "null", "[" * 100_000])
def test_annotations_that_are_nonsense(text: str) -> None:
    body = facts(k3s_node(node_args=text, node_env=text))
    assert body["processes"] == []
    assert body["collector"]["errors"] == ["annotation k3s.io/node-args: it is no list of arguments"]


@pytest.mark.parametrize("body", [{}, {"metadata": None, "status": []}, {"metadata": {"labels": [1]}}])
def test_nodes_that_are_nonsense(body: dict[str, Any]) -> None:
    assert facts({"apiVersion": "v1", "kind": "Node", **body})["kind"] == "NodeFacts"


def test_facts_that_are_there_are_not_made_again() -> None:
    have = {"apiVersion": "kubeassay.dev/v1", "kind": "NodeFacts", "metadata": {"name": "n1"}}
    found = agentless(resources(node("n1"), node("n2"), have))
    assert [each.name for each in found] == ["n2"]


def daemon_set(command: list[str], name: str = "kube-proxy", **spec: Any) -> dict[str, Any]:
    container = {
        "command": command,
        "volumeMounts": [{"name": "config", "mountPath": "/var/lib/kube-proxy"}],
    }
    volumes = [{"name": "config", "configMap": {"name": "kube-proxy"}}]
    template = {"spec": {"containers": [container], "volumes": volumes, **spec}}
    metadata = {"name": name, "namespace": "kube-system"}
    return {
        "apiVersion": "apps/v1",
        "kind": "DaemonSet",
        "metadata": metadata,
        "spec": {"template": template},
    }


def config_map(text: str, key: str = "config.conf") -> dict[str, Any]:
    metadata = {"name": "kube-proxy", "namespace": "kube-system"}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {key: text}}


PROXY = "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmetricsBindAddress: {}\n"
COMMAND = ["/usr/local/bin/kube-proxy", "--config=/var/lib/kube-proxy/config.conf"]


def test_the_configuration_of_kube_proxy() -> None:
    body = facts(node("n1"), daemon_set(COMMAND), config_map(PROXY.format("0.0.0.0")))
    assert body["configs"]["kubeProxy"]["metricsBindAddress"] == "0.0.0.0"


def test_kube_proxy_on_some_nodes_only() -> None:
    proxy = daemon_set(COMMAND, nodeSelector={"kubernetes.io/os": "linux"})
    linux = node("n1", labels={"kubernetes.io/os": "linux"})
    found = agentless(resources(linux, node("n2"), proxy, config_map(PROXY.format("''"))))
    assert [each.body["configs"]["kubeProxy"] is None for each in found] == [False, True]


@pytest.mark.parametrize(
    "config",
    [
        [],
        [config_map("a: [")],
        [config_map("kind: Secret\nvalue: x\n")],
        [config_map(PROXY, key="other")],
        [{**config_map(PROXY), "data": None}],
    ],
)
def test_a_configuration_of_kube_proxy_that_is_not_to_be_had(config: list[dict[str, Any]]) -> None:
    body = facts(node("n1"), daemon_set(COMMAND), *config)
    assert body["configs"]["kubeProxy"] is None
    assert any("kube-proxy" in error for error in body["collector"]["errors"])


def test_what_kubeadm_wrote_down_is_not_taken_for_what_runs() -> None:
    config = config_map("kind: KubeletConfiguration\nreadOnlyPort: 0\n", key="kubelet")
    config["metadata"]["name"] = "kubelet-config"
    assert facts(node("n1"), config)["kubelet"]["effective"] == {}
