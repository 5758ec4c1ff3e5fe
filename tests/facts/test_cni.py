"""Which network plugins enforce policies, and how a cluster's is found out."""

from __future__ import annotations

import pytest

from scanner.evaluate.projection import Unit
from scanner.facts.cluster import stand_in
from scanner.facts.cni import enforcement
from scanner.facts.index import Index
from tests.live import Body, container, controller, live, spec


def told(*bodies: Body) -> tuple[list[str], list[str]]:
    cluster = stand_in("cluster")
    found = enforcement(Index([*(live(body) for body in bodies), cluster], snapshot=True), Unit(cluster))
    return found["enforcing"], found["idle"]


def agent(image: str, *args: str, name: str = "agent") -> Body:
    return controller("DaemonSet", name, spec(container(image=image, args=list(args))))


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("docker.io/calico/node:v3.29.1", (["Calico"], [])),
        ("quay.io/cilium/cilium:v1.16.4@sha256:" + "a" * 64, (["Cilium"], [])),
        ("antrea/antrea-agent-ubuntu:v2.2.0", (["Antrea"], [])),
        ("docker.io/cloudnativelabs/kube-router:v2.2.1", (["kube-router"], [])),
        ("rancher/hardened-calico:v3.29.1-build20241112", (["Calico"], [])),
        ("mcr.microsoft.com/containernetworking/azure-npm:v1.5.38", (["Azure Network Policy Manager"], [])),
        ("docker.io/flannel/flannel:v0.26.1", ([], ["Flannel"])),
        ("602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:v1.19.0", ([], ["Amazon VPC CNI"])),
        ("registry.example.com/notcalico/node:1", ([], [])),
    ],
)
def test_plugins_are_told_by_their_images(image: str, expected: tuple[list[str], list[str]]) -> None:
    assert told(agent(image)) == expected


def test_amazons_plugin_enforces_with_its_agent_alone() -> None:
    cni = agent("602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon-k8s-cni:v1.19.0")
    image = "602401143452.dkr.ecr.eu-west-1.amazonaws.com/amazon/aws-network-policy-agent:v1.2.0"
    assert told(cni, agent(image, "--enable-network-policy=false")) == ([], ["Amazon VPC CNI"])
    assert told(cni, agent(image, "--enable-network-policy=true")) == (["Amazon VPC CNI"], [])


def test_canal_is_flannel_with_calicos_policies() -> None:
    found = told(agent("docker.io/flannel/flannel:v0.26.1"), agent("calico/node:v3.29.1", name="canal"))
    assert found == (["Calico"], ["Flannel"])


def test_an_init_container_runs_no_plugin() -> None:
    daemon = controller(
        "DaemonSet", "agent", spec(container(), initContainers=[container("cni", "calico/node:v3.29.1")])
    )
    assert told(daemon) == ([], [])


def test_dataplane_v2_of_google() -> None:
    assert told(agent("gke.gcr.io/cilium/anetd:1", name="anetd"))[0] == ["GKE Dataplane V2"]


def test_kinds_configuration_and_nodes_tell_too() -> None:
    kind = {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": "ciliumnodes.cilium.io"},
        "spec": {"group": "cilium.io"},
    }
    openshift = {
        "apiVersion": "config.openshift.io/v1",
        "kind": "Network",
        "metadata": {"name": "cluster"},
        "status": {"networkType": "OVNKubernetes"},
    }
    node = {
        "apiVersion": "kubeassay.dev/v1",
        "kind": "NodeFacts",
        "metadata": {"name": "n1"},
        "cni": {"plugins": [{"file": "/etc/cni/net.d/10-flannel.conflist", "type": "flannel"}]},
    }
    assert told(kind)[0] == ["Cilium"]
    assert told(openshift)[0] == ["OpenShift's OVNKubernetes"]
    assert told(node) == ([], ["Flannel"])


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ('["server"]', (["the controller of k3s"], [])),
        ('["server","--disable-network-policy"]', ([], ["the controller of k3s"])),
    ],
)
def test_k3s_brings_its_own_controller(arguments: str, expected: tuple[list[str], list[str]]) -> None:
    node: Body = {
        "apiVersion": "v1",
        "kind": "Node",
        "metadata": {
            "name": "n1",
            "labels": {"node-role.kubernetes.io/control-plane": "true"},
            "annotations": {"k3s.io/node-args": arguments, "k3s.io/hostname": "n1"},
        },
        "status": {"nodeInfo": {"kubeletVersion": "v1.34.1+k3s1"}},
    }
    assert told(node) == expected
