"""Which network plugins enforce policies, and how a cluster's is found out."""

from __future__ import annotations

import pytest

from scanner.evaluate.projection import Unit
from scanner.facts.cluster import stand_in
from scanner.facts.cni import admin_policies, enforcement, ipblock_pods
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


ANP, BANP, CNP = "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"
GROUP = "policy.networking.k8s.io"


def definition(kind: str, group: str = GROUP) -> Body:
    return {
        "apiVersion": "apiextensions.k8s.io/v1",
        "kind": "CustomResourceDefinition",
        "metadata": {"name": f"{kind}.{group}".lower()},
        "spec": {"group": group, "names": {"kind": kind}},
    }


def config(name: str, **data: str) -> Body:
    metadata = {"name": name, "namespace": "kube-system"}
    return {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": data}


def admin(kind: str, *bodies: Body, **metadata: str) -> dict[str, str]:
    policy = live({"apiVersion": f"{GROUP}/v1", "kind": kind, "metadata": {"name": "a", **metadata}})
    return admin_policies(Index([policy, *map(live, bodies)], snapshot=True), Unit(policy))


CALICO, CILIUM, ANTREA = "calico/node", "quay.io/cilium/cilium", "antrea/antrea-agent-ubuntu"
GATE = config("antrea-config", **{"antrea-controller.conf": "featureGates:\n  ClusterNetworkPolicy: true\n"})
SWITCH = "enable-k8s-cluster-network-policy"


@pytest.mark.parametrize(
    ("kind", "bodies", "heeded"),
    [
        (ANP, [], "unknown"),
        (ANP, [agent(f"{CALICO}:v3.28.2")], "no"),
        (ANP, [agent(f"{CALICO}:v3.29.1")], "yes"),
        (BANP, [agent(f"{CALICO}:v3.29.1")], "no"),
        (BANP, [agent(f"{CALICO}:v3.31.0")], "yes"),
        (ANP, [agent(f"{CALICO}:v3.32.0")], "no"),
        (CNP, [agent(f"{CALICO}:v3.32.0")], "yes"),
        (CNP, [agent(f"{CALICO}:latest")], "unknown"),
        (CNP, [agent(CALICO)], "unknown"),
        (ANP, [agent(f"{CILIUM}:v1.20.0")], "no"),
        (CNP, [agent(f"{CILIUM}:v1.19.3")], "no"),
        (CNP, [agent(f"{CILIUM}:v1.20.0")], "unknown"),
        (CNP, [agent(f"{CILIUM}:v1.20.0"), config("cilium-config", **{SWITCH: "true"})], "yes"),
        (CNP, [agent(f"{CILIUM}:v1.20.0"), config("cilium-config")], "no"),
        (CNP, [agent(f"{ANTREA}:v2.7.0"), GATE], "yes"),
        (ANP, [agent(f"{ANTREA}:v2.7.0"), GATE], "no"),
        (
            CNP,
            [agent(f"{ANTREA}:v2.7.0"), config("antrea-config", **{"antrea-controller.conf": "["})],
            "unknown",
        ),
        (ANP, [agent("ghcr.io/ovn-kubernetes/ovn-kubernetes/ovn-kube-u:master")], "yes"),
        (CNP, [agent("ghcr.io/ovn-kubernetes/ovn-kubernetes/ovn-kube-u:master")], "unknown"),
        (CNP, [agent("registry.k8s.io/networking/kube-network-policies:v1.0.0-npa-v1alpha2")], "yes"),
        (ANP, [agent("registry.k8s.io/networking/kube-network-policies:v1.0.0-npa-v1alpha2")], "unknown"),
        (ANP, [agent("docker.io/flannel/flannel:v0.26.1")], "no"),
        (ANP, [agent("docker.io/flannel/flannel:v0.26.1"), agent(f"{CALICO}:v3.29.1", name="canal")], "yes"),
        (ANP, [agent("weaveworks/weave-npc:2.8.1"), agent(f"{CALICO}:v3.28.0", name="canal")], "no"),
    ],
)
def test_which_plugins_heed_policies_of_administrators(kind: str, bodies: list[Body], heeded: str) -> None:
    found = admin(kind, *bodies)
    assert (found["heeded"], bool(found["why"])) == (heeded, True)


def test_why_a_plugin_heeds_no_policies_of_administrators() -> None:
    assert admin(ANP, agent(f"{CALICO}:v3.28.2"))["why"] == (
        "Calico heeds AdminNetworkPolicies from 3.29 to before 3.32, and this is 3.28"
    )


@pytest.mark.parametrize(
    ("bodies", "metadata", "served"),
    [
        ([], {}, "unknown"),
        ([definition(ANP)], {}, "yes"),
        ([definition(CNP)], {}, "no"),
        ([definition(ANP, "example.com")], {}, "no"),
        ([definition(CNP)], {"uid": "1"}, "yes"),
    ],
)
def test_whether_the_cluster_has_the_kind(bodies: list[Body], metadata: dict[str, str], served: str) -> None:
    assert admin(ANP, *bodies, **metadata)["served"] == served


def test_a_live_cluster_says_which_kinds_it_has() -> None:
    cluster = stand_in("cluster")
    policy = live({"apiVersion": f"{GROUP}/v1", "kind": ANP, "metadata": {"name": "a"}})
    for kind, served in ((ANP, "yes"), (CNP, "no")):
        cluster.body["kinds"] = [{"group": GROUP, "kind": kind, "status": "read"}, "bad"]
        assert admin_policies(Index([policy, cluster], snapshot=True), Unit(policy))["served"] == served


@pytest.mark.parametrize(
    ("images", "expected"),
    [
        ([], None),
        ([f"{CALICO}:v3.29.1"], ("Calico", True)),
        ([f"{CILIUM}:v1.16.4"], ("Cilium", False)),
        ([f"{CALICO}:v3.29.1", f"{CILIUM}:v1.16.4"], None),
        (["docker.io/flannel/flannel:v0.26.1"], None),
    ],
)
def test_whether_blocks_match_pods(images: list[str], expected: tuple[str, bool] | None) -> None:
    agents = [live(agent(image, name=f"a{number}")) for number, image in enumerate(images)]
    assert ipblock_pods(Index(agents, snapshot=True)) == expected
