"""What network plugins do with the policies of administrators, by version and configuration."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.evaluate.projection import Unit
from scanner.facts.cni import _ENFORCING, _IDLE, _KINDS
from scanner.facts.index import Index
from scanner.facts.plugin_support import admin, known_plugins, matching_pods
from tests.facts.objects import resource
from tests.live import container, controller, live, spec

ANP, BANP, CNP = "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy"
VERSIONS = {ANP: "v1alpha1", BANP: "v1alpha1", CNP: "v1alpha2"}


def policy(kind: str) -> Resource:
    return resource(kind, f"policy.networking.k8s.io/{VERSIONS[kind]}")


def daemon(image: str, *args: str, name: str = "agent") -> Resource:
    return live(controller("DaemonSet", name, spec(container(name=name, image=image, args=list(args)))))


def config(name: str, **data: str) -> Resource:
    return resource(
        "ConfigMap", "v1", name, "kube-system", data={k.replace("_", "-"): v for k, v in data.items()}
    )


def antrea(*gates: str, name: str = "antrea-config") -> Resource:
    content = "featureGates:\n" + "".join(f"  {gate}\n" for gate in gates)
    return resource("ConfigMap", "v1", name, "kube-system", data={"antrea-controller.conf": content})


def definition(kind: str, *versions: str, served: bool = True) -> Resource:
    group = "policy.networking.k8s.io"
    body: dict[str, Any] = {
        "group": group,
        "names": {"kind": kind},
        "versions": [{"name": version, "served": served} for version in versions],
    }
    name = f"{kind.lower()}s.{group}"
    return resource("CustomResourceDefinition", "apiextensions.k8s.io/v1", name, spec=body)


def found(kind: str, *others: Resource) -> dict[str, Any]:
    judged = policy(kind)
    return admin(Index([judged, *others], snapshot=True), Unit(judged))


def enforced(kind: str, *others: Resource) -> bool | None:
    (plugin,) = found(kind, *others)["plugins"]
    assert plugin["enforces"] or plugin["why"]
    enforces: bool | None = plugin["enforces"]
    return enforces


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("v3.28.2", (False, False, False)),
        ("v3.29.1-build20241112", (True, False, False)),
        ("v3.30.0", (True, True, False)),
        ("v3.31.4", (True, True, False)),
        ("v3.32.0", (False, False, True)),
        ("latest", (None, None, None)),
        ("release", (None, None, None)),
    ],
)
def test_calico_took_one_kind_up_and_dropped_others(tag: str, expected: tuple[bool | None, ...]) -> None:
    node = daemon(f"docker.io/calico/node:{tag}")
    assert tuple(enforced(kind, node) for kind in (ANP, BANP, CNP)) == expected


def test_versions_that_differ_on_nodes_leave_it_open() -> None:
    def nodes(first: str, second: str) -> list[Resource]:
        return [daemon(f"calico/node:{tag}", name=name) for name, tag in (("a", first), ("b", second))]

    assert enforced(ANP, *nodes("v3.30.1", "v3.31.0")) is True
    assert enforced(ANP, *nodes("v3.31.4", "v3.32.0")) is None


def test_cilium_takes_one_kind_when_told_to() -> None:
    new, old = daemon("quay.io/cilium/cilium:v1.20.1"), daemon("quay.io/cilium/cilium:v1.19.7")
    on = config("cilium-config", enable_k8s_cluster_network_policy="true")
    off = config("cilium-config", enable_k8s_cluster_network_policy="false")
    assert enforced(CNP, new, on) is True
    assert enforced(CNP, new, off) is False
    assert enforced(CNP, new, config("cilium-config")) is False
    assert enforced(CNP, new) is None
    assert enforced(CNP, old, on) is False
    assert enforced(ANP, new, on) is False


def test_antrea_needs_its_feature_gate() -> None:
    agent = daemon("antrea/antrea-agent-ubuntu:v2.6.0")
    assert enforced(ANP, agent, antrea("AdminNetworkPolicy: true")) is True
    assert enforced(ANP, agent, antrea("AllAlpha: true", name="antrea-config-9c7h5")) is True
    assert enforced(ANP, agent, antrea("AllAlpha: true", "AdminNetworkPolicy: false")) is False
    assert enforced(ANP, agent, antrea("# AdminNetworkPolicy: true")) is False
    assert enforced(ANP, agent, config("antrea-config")) is None
    assert enforced(ANP, agent, antrea(": [")) is None
    assert enforced(CNP, agent, antrea("ClusterNetworkPolicy: true")) is False
    newer = daemon("antrea/antrea-agent-ubuntu:v2.7.0")
    assert enforced(CNP, newer, antrea("ClusterNetworkPolicy: true")) is True


def test_kube_ovn_needs_a_flag_of_its_controller() -> None:
    image = "docker.io/kubeovn/kube-ovn:v1.14.0"
    cni = daemon(image, name="cni-server")
    assert enforced(ANP, cni) is None
    assert enforced(ANP, cni, daemon(image, name="kube-ovn-controller")) is False
    assert enforced(ANP, cni, daemon(image, "--enable-anp=false", name="kube-ovn-controller")) is False
    assert enforced(ANP, cni, daemon(image, "--enable-anp=$(ANP)", name="kube-ovn-controller")) is None
    on = daemon(image, "--enable-anp=true", name="kube-ovn-controller")
    assert enforced(BANP, cni, on) is True
    assert enforced(CNP, cni, on) is False


def test_kube_network_policies_has_an_image_for_each_version_of_the_api() -> None:
    image = "registry.k8s.io/networking/kube-network-policies"
    assert enforced(ANP, daemon(f"{image}:v0.9.1")) is False
    assert enforced(ANP, daemon(f"{image}:v0.2.0", "-admin-network-policy=true")) is True
    assert enforced(BANP, daemon(f"{image}:v0.2.0", "-admin-network-policy=true")) is False
    assert enforced(BANP, daemon(f"{image}:v1.0.0-npa-v1alpha1")) is True
    assert enforced(CNP, daemon(f"{image}:v1.0.0-npa-v1alpha1")) is False
    assert enforced(CNP, daemon(f"{image}:v1.0.0-npa-v1alpha2")) is True


def test_what_the_table_does_not_tell_is_not_known() -> None:
    assert enforced(ANP, daemon("docker.io/cloudnativelabs/kube-router:v2.2.1")) is None
    assert enforced(CNP, daemon("ghcr.io/ovn-kubernetes/ovn-kubernetes/ovn-kube-f:master")) is None
    assert enforced(ANP, daemon("ghcr.io/ovn-kubernetes/ovn-kubernetes/ovn-kube-f:master")) is True


def test_a_plugin_without_policies_enforces_none_of_these() -> None:
    assert enforced(ANP, daemon("docker.io/flannel/flannel:v0.26.1")) is False
    assert found(ANP)["plugins"] == []


def test_messages_name_the_version_and_what_turns_it_on() -> None:
    (old,) = found(ANP, daemon("calico/node:v3.32.0"))["plugins"]
    assert old == {
        "name": "Calico v3.32.0",
        "enforces": False,
        "why": "it enforces the kind from 3.29 on, and no longer from 3.32 on",
    }
    (off,) = found(CNP, daemon("cilium/cilium:v1.20.0"), config("cilium-config"))["plugins"]
    assert off["why"] == (
        "it enforces the kind only with enable-k8s-cluster-network-policy of ConfigMap cilium-config"
    )


def test_definitions_tell_what_the_api_server_takes() -> None:
    assert found(ANP)["undefined"] is None
    assert found(ANP, definition(ANP, "v1alpha1"))["undefined"] is None
    missing = "no CustomResourceDefinition at hand defines AdminNetworkPolicy.policy.networking.k8s.io"
    assert found(ANP, definition(CNP, "v1alpha2"))["undefined"] == missing
    other = "adminnetworkpolicys.policy.networking.k8s.io serves v1beta1, not v1alpha1"
    assert found(ANP, definition(ANP, "v1beta1"))["undefined"] == other
    assert "serves no version" in found(ANP, definition(ANP, "v1alpha1", served=False))["undefined"]


def test_what_an_api_server_took_is_defined() -> None:
    judged = policy(ANP)
    judged.body["metadata"]["uid"] = "1"
    index = Index([judged, definition(CNP, "v1alpha2")], snapshot=True)
    assert admin(index, Unit(judged))["undefined"] is None


def test_plugins_that_match_pods_by_ip_block() -> None:
    judged = policy(ANP)
    resources = [judged, daemon("calico/node:v3.30.0"), daemon("cilium/cilium:v1.19.0", name="other")]
    assert matching_pods(Index(resources, snapshot=True), Unit(judged)) == ["Calico"]


def test_the_table_names_plugins_as_they_are_recognised() -> None:
    recognised = {*_ENFORCING.values(), *_IDLE.values(), *_KINDS.values()}
    recognised |= {"OpenShift's OVNKubernetes", "OpenShift's OpenShiftSDN"}
    assert known_plugins().keys() <= recognised
