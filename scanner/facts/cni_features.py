"""What network plugins do beyond NetworkPolicies, by plugin, kind of policy and version.

Each line has its source. Of what no documentation tells, nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from scanner.facts.network.policies import (
    ADMIN_NETWORK_POLICY,
    BASELINE_ADMIN_NETWORK_POLICY,
    CLUSTER_NETWORK_POLICY,
)

Version = tuple[int, int]
_VERSION = re.compile(r"v?(\d+)\.(\d+)")


@dataclass(frozen=True, slots=True)
class Support:
    """The versions of a plugin that heed a kind of policy."""

    since: Version = (0, 0)
    until: Version | None = None
    """The first that does so no more."""
    switch: str = ""
    """What switches it on, where it is off at first."""

    def __str__(self) -> str:
        since = f"{self.since[0]}.{self.since[1]}"
        return f"from {since} on" if self.until is None else f"from {since} to before {_dotted(self.until)}"

    def covers(self, version: Version) -> bool:
        """Whether a version is one of them."""
        return self.since <= version and (self.until is None or version < self.until)


_OVN = {ADMIN_NETWORK_POLICY: Support(), BASELINE_ADMIN_NETWORK_POLICY: Support()}
_ANTREA = "the feature gate {} of antrea-controller"
_BUILD = "the build of kube-network-policies, npa-{}"
_ADMIN: Mapping[str, Mapping[str, Support]] = {
    # release notes of 3.29 and 3.30; https://github.com/projectcalico/calico/issues/10745
    "Calico": {
        ADMIN_NETWORK_POLICY: Support((3, 29), (3, 32)),
        BASELINE_ADMIN_NETWORK_POLICY: Support((3, 30), (3, 32)),
        CLUSTER_NETWORK_POLICY: Support((3, 32)),
    },
    # https://github.com/cilium/cilium/issues/23380, https://github.com/cilium/cilium/pull/47227
    "Cilium": {
        CLUSTER_NETWORK_POLICY: Support((1, 20), switch="enable-k8s-cluster-network-policy of Cilium")
    },
    # https://antrea.io/docs/main/docs/admin-network-policy/, https://github.com/antrea-io/antrea/pull/8044
    "Antrea": {
        ADMIN_NETWORK_POLICY: Support((1, 13), switch=_ANTREA.format("AdminNetworkPolicy")),
        BASELINE_ADMIN_NETWORK_POLICY: Support((1, 13), switch=_ANTREA.format("AdminNetworkPolicy")),
        CLUSTER_NETWORK_POLICY: Support((2, 7), switch=_ANTREA.format("ClusterNetworkPolicy")),
    },
    # https://github.com/ovn-kubernetes/ovn-kubernetes/issues/4214
    "OVN-Kubernetes": _OVN,
    "OpenShift's OVNKubernetes": _OVN,
    # https://github.com/kubernetes-sigs/kube-network-policies, install-anp.yaml and install-cnp.yaml
    "kube-network-policies": {
        ADMIN_NETWORK_POLICY: Support(switch=_BUILD.format("v1alpha1")),
        BASELINE_ADMIN_NETWORK_POLICY: Support(switch=_BUILD.format("v1alpha1")),
        CLUSTER_NETWORK_POLICY: Support(switch=_BUILD.format("v1alpha2")),
    },
}
_WITHOUT = frozenset(
    {
        "Amazon VPC CNI",
        "Antrea",
        "Azure CNI",
        "Azure Network Policy Manager",
        "Calico",
        "Cilium",
        "Flannel",
        "OpenShift's OpenShiftSDN",
        "Romana",
        "Weave Net",
        "bridge",
        "kube-router",
        "the controller of k3s",
    }
)
"""Plugins of which it is known that they heed no other kind than those above."""
IPBLOCK_PODS: Mapping[str, bool] = {
    # the end-to-end tests of Kubernetes, test/e2e/network/netpol, allow pods by `ipBlock`: these pass them
    "Antrea": True,
    "Calico": True,
    "OVN-Kubernetes": True,
    "OpenShift's OVNKubernetes": True,
    "kube-router": True,
    "the controller of k3s": True,
    # https://github.com/cilium/cilium/issues/9209
    "Cilium": False,
    "GKE Dataplane V2": False,
}
"""Plugin → whether an `ipBlock` of a NetworkPolicy matches the addresses of pods."""


def heeds(plugin: str, kind: str, tags: Collection[str], switched: bool | None) -> tuple[bool | None, str]:
    """Whether a plugin, of whose images these are the tags, heeds a kind of policy, and otherwise why not, or
    why that is not known. `switched`: what it needs for that is on.
    """
    name, found = f"{kind.partition('.')[0][:-1]}ies", _ADMIN.get(plugin, {}).get(kind)
    if found is None:
        if plugin in _WITHOUT:
            return False, f"{plugin} heeds no {name}"
        return None, f"whether {plugin} heeds {name} is not known"
    versions = [(int(told[1]), int(told[2])) for tag in tags if (told := _VERSION.match(tag))]
    if found.since > (0, 0):
        if not versions:
            return None, f"{plugin} heeds {name} {found}, and its version is not known"
        for version in versions:
            if not found.covers(version):
                return False, f"{plugin} heeds {name} {found}, and this is {_dotted(version)}"
    if found.switch and not switched:
        state = "is off" if switched is False else "cannot be told to be on"
        return switched, f"{plugin} heeds {name} where {found.switch} is on, and it {state}"
    return True, ""


def _dotted(version: Version) -> str:
    return f"{version[0]}.{version[1]}"
