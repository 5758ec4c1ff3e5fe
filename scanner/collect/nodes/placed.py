"""What mirror Pods tell of the nodes on which they stand: which run a control plane, labels or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scanner.collect.interface import Resource
from scanner.fields import mapping

_MIRROR = "kubernetes.io/config.mirror"
_ROLES: Mapping[str, str] = {
    "kube-apiserver": "control-plane",
    "kube-controller-manager": "control-plane",
    "kube-scheduler": "control-plane",
    "etcd": "etcd",
}
"""Component → the role of a node that runs it."""


def roles_by_pods(resources: Iterable[Resource]) -> dict[str, set[str]]:
    """The roles of nodes, as mirror Pods with a container of that name show them.

    A kubelet makes these of the manifests in its folder; labels of a Node can be missing or be removed.
    """
    found: dict[str, set[str]] = {}
    for resource in resources:
        if resource.group_kind != "Pod" or _MIRROR not in mapping(resource.body, "metadata", "annotations"):
            continue
        spec = mapping(resource.body, "spec")
        containers = spec.get("containers")
        for container in containers if isinstance(containers, list) else ():
            name = container.get("name") if isinstance(container, dict) else None
            node = spec.get("nodeName")
            if isinstance(name, str) and isinstance(node, str) and name in _ROLES:
                found.setdefault(node, set()).add(_ROLES[name])
    return found
