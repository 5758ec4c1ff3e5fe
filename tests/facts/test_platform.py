"""Who runs a cluster, and what is said of the parts that were not seen."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.evaluate.projection import Unit
from scanner.facts.components import components
from scanner.facts.index import NODE_FACTS, Index
from scanner.facts.platform import control_plane_is_managed, platform, platforms, roles, why_not_seen

from .objects import resource
from .parts import cluster, facts, index, node, pod

CONTROL = {"node-role.kubernetes.io/control-plane": ""}


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (node(labels={"eks.amazonaws.com/nodegroup": "a"}), "eks"),
        (node(status={"nodeInfo": {"kubeletVersion": "v1.34.1-eks-113cf36"}}), "eks"),
        (node(labels={"cloud.google.com/gke-nodepool": "a"}), "gke"),
        (node(status={"nodeInfo": {"kubeletVersion": "v1.34.1-gke.1829001"}}), "gke"),
        (node(labels={"kubernetes.azure.com/cluster": "a"}), "aks"),
        (node(labels={"doks.digitalocean.com/node-id": "a"}), "doks"),
        (node(labels={"lke.linode.com/pool-id": "1"}), "lke"),
        (node(labels={"oci.oraclecloud.com/oke-is-preemptible": "false"}), "oke"),
        (node(labels={"ibm-cloud.kubernetes.io/worker-pool-id": "a"}), "iks"),
        (node(labels={"worker.gardener.cloud/pool": "a"}), "gardener"),
        (node(labels={"hypershift.openshift.io/managed": "true"}), "openshift-hosted"),
        (resource("ClusterVersion", "config.openshift.io/v1"), "openshift"),
        (node(annotations={"machineconfiguration.openshift.io/state": "Done"}), "openshift"),
        (node(annotations={"rke2.io/node-args": "[]", "k3s.io/hostname": "a"}), "rke2"),
        (node(annotations={"k3s.io/node-args": "[]"}), "k3s"),
        (cluster(gitVersion="v1.34.1+k3s1"), "k3s"),
        (node(status={"nodeInfo": {"osImage": "Talos (v1.11.0)"}}), "talos"),
        (node(labels={"microk8s.io/cluster": "true"}), "microk8s"),
        (node(spec={"providerID": "kind://docker/kind/kind-control-plane"}), "kind"),
        (facts(distribution="kubeadm"), "kubeadm"),
    ],
)
def test_platform(given: Resource, name: str) -> None:
    found = platform(index(given))
    assert found is not None
    assert found.name == name


def test_unknown_platform() -> None:
    assert platform(index(node(), cluster(gitVersion="v1.34.1"))) is None


def test_provider_whose_control_plane_nodes_are_seen_does_not_manage_it() -> None:
    anywhere = node(
        labels={**CONTROL, "anywhere.eks.amazonaws.com/x": ""},
        status={"nodeInfo": {"kubeletVersion": "v1.33.1-eks-1-33-9"}},
    )
    found = platform(index(anywhere))
    assert found is not None
    assert found.name == "eks-anywhere"


def test_managed_platforms_say_what_the_provider_offers() -> None:
    assert all(one.offers for one in platforms() if one.managed)
    assert len({one.name for one in platforms()}) == len(platforms())


def said(found: Index, part: str) -> tuple[str, str]:
    seen = [Unit(one.resource, component=one) for one in components(found) if one.name == part]
    return why_not_seen(found, part, seen)


def test_control_plane_of_a_provider_does_not_apply() -> None:
    found = index(node(labels={"eks.amazonaws.com/nodegroup": "a"}))
    for part in ("kube-apiserver", "kube-controller-manager", "kube-scheduler", "etcd"):
        status, reason = said(found, part)
        assert status == "not_applicable"
        assert "Amazon EKS runs the control plane" in reason
        assert "CloudWatch" in reason
    assert said(found, "kubelet")[0] == "unknown"
    assert control_plane_is_managed(found)


def test_pods_of_a_control_plane_that_are_seen_are_judged_whoever_runs_it() -> None:
    found = index(node(labels={"eks.amazonaws.com/nodegroup": "a"}), pod("kube-apiserver"))
    assert said(found, "kube-apiserver") == ("", "")


def test_nothing_seen_is_unknown_with_how_to_learn_it() -> None:
    status, reason = said(index(cluster()), "kube-scheduler")
    assert status == "unknown"
    assert "kubeassay node collect" in reason


def test_pods_that_could_not_be_read_are_the_reason() -> None:
    kinds = [{"kind": "Pod", "group": "", "status": "forbidden", "reason": "403: pods is forbidden"}]
    assert "403: pods is forbidden" in said(index(cluster(kinds=kinds)), "etcd")[1]
    seen = index(cluster(kinds=kinds), pod("kube-apiserver"))
    assert said(seen, "kube-apiserver")[0] == "unknown"


@pytest.mark.parametrize(
    "scope", [{"namespaces": ["shop"]}, {"exceptNamespaces": ["kube-system"]}, {"selector": "app=a"}]
)
def test_scan_of_a_part_of_the_cluster_is_the_reason(scope: dict[str, Any]) -> None:
    assert "only a part of the cluster" in said(index(cluster(scope=scope)), "etcd")[1]


def test_scan_of_the_system_namespace_sees_the_control_plane() -> None:
    found = index(cluster(scope={"namespaces": ["kube-system"]}), pod("kube-apiserver"))
    assert said(found, "kube-apiserver") == ("", "")


def test_other_control_plane_nodes_are_unknown() -> None:
    found = index(pod("kube-apiserver"), *(node(f"n{at}", labels=CONTROL) for at in range(1, 7)))
    status, reason = said(found, "kube-apiserver")
    assert status == "unknown"
    assert "n2, n3, n4 and 2 more" in reason
    assert said(index(pod("kube-apiserver"), node("n1", labels=CONTROL)), "kube-apiserver") == ("", "")


def test_etcd_elsewhere() -> None:
    found = index(pod("kube-apiserver", "--etcd-servers=https://10.9.9.9:2379,https://10.9.9.8:2379"))
    status, reason = said(found, "etcd")
    assert status == "unknown"
    assert "https://10.9.9.8:2379" in reason


@pytest.mark.parametrize("servers", ["https://127.0.0.1:2379", "https://10.0.0.1:2379", "https://[::1]:2379"])
def test_etcd_of_the_cluster_that_is_not_seen(servers: str) -> None:
    own = node(labels=CONTROL, status={"addresses": [{"type": "InternalIP", "address": "10.0.0.1"}]})
    status, reason = said(index(pod("kube-apiserver", f"--etcd-servers={servers}"), own), "etcd")
    assert status == "unknown"
    assert "No etcd was found" in reason


def test_k3s_without_etcd() -> None:
    found = index(node("k", labels=CONTROL, annotations={"k3s.io/node-args": json.dumps(["server"])}))
    assert said(found, "etcd")[0] == "not_applicable"
    assert said(found, "kube-apiserver") == ("", "")


def test_etcd_nodes_of_their_own() -> None:
    found = index(
        pod("etcd", name="etcd", node="n1"),
        node("n1", labels={"node-role.kubernetes.io/etcd": "true"}),
        node("n2", labels={"node-role.kubernetes.io/etcd": "true"}),
    )
    assert "n2" in said(found, "etcd")[1]


def test_nodes_whose_hosts_were_not_looked_at() -> None:
    found = index(node("n1"), node("n2"), facts(name="n1"))
    seen = [Unit(one) for one in found.by_kind[NODE_FACTS]]
    assert why_not_seen(found, NODE_FACTS, seen)[0] == "unknown"
    assert "n2" in why_not_seen(found, NODE_FACTS, seen)[1]
    assert why_not_seen(index(facts(name="n1")), NODE_FACTS, seen) == ("", "")
    assert why_not_seen(found, NODE_FACTS, [])[0] == "unknown"


def test_roles() -> None:
    found = index(node("n1", labels=CONTROL), facts(name="n2", roles=["worker", 1]))
    assert roles(found) == {"n1": {"control-plane"}, "n2": {"worker"}}


@pytest.mark.parametrize("value", [None, 1, "x", [1], {"a": [1]}])
def test_hostile_nodes(value: Any) -> None:
    strange = node(labels=value, annotations=value, spec=value, status=value)
    found = index(strange, cluster(gitVersion=value, scope=value), facts(distribution=value, roles=value))
    assert platform(found) is None
    assert said(found, "etcd")[0] == "unknown"
    roles(found)
