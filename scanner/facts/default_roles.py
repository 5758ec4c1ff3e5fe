"""The roles that every cluster has and whose rules people rely on, for scans without the cluster.

Source: the policy that kube-apiserver writes at its start, `bootstrappolicy` of Kubernetes. Custom resources
aggregate further rules into `admin`, `edit` and `view`; those count where their ClusterRoles are at hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Rules = Sequence[Mapping[str, Any]]

_READ = "get list watch"
_WRITE = "create delete deletecollection patch update"
_REACH = "pods/attach pods/exec pods/portforward pods/proxy"


def _rule(group: str, resources: str, verbs: str) -> Mapping[str, Any]:
    return {"apiGroups": [group], "resources": resources.split(), "verbs": verbs.split()}


_CLUSTER_ADMIN: Rules = [_rule("*", "*", "*"), {"nonResourceURLs": ["*"], "verbs": ["*"]}]
_VIEW: Rules = [
    _rule("", "configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods", _READ),
    _rule("", "replicationcontrollers replicationcontrollers/scale serviceaccounts services", _READ),
    _rule("", "bindings events limitranges namespaces namespaces/status pods/log pods/status", _READ),
    _rule("", "replicationcontrollers/status resourcequotas resourcequotas/status services/status", _READ),
    _rule("apps", "controllerrevisions daemonsets deployments replicasets statefulsets", _READ),
    _rule("apps", "daemonsets/status deployments/status replicasets/status statefulsets/status", _READ),
    _rule("apps", "deployments/scale replicasets/scale statefulsets/scale", _READ),
    _rule("autoscaling", "horizontalpodautoscalers horizontalpodautoscalers/status", _READ),
    _rule("batch", "cronjobs cronjobs/status jobs jobs/status", _READ),
    _rule("discovery.k8s.io", "endpointslices", _READ),
    _rule("networking.k8s.io", "ingresses ingresses/status networkpolicies", _READ),
    _rule("policy", "poddisruptionbudgets poddisruptionbudgets/status", _READ),
]
_EDIT: Rules = [
    *_VIEW,
    _rule("", f"{_REACH} secrets services/proxy", _READ),
    _rule("", "serviceaccounts", "impersonate"),
    _rule("", f"pods {_REACH}", _WRITE),
    _rule("", "pods/eviction", "create"),
    _rule("", "configmaps events persistentvolumeclaims replicationcontrollers secrets", _WRITE),
    _rule("", "replicationcontrollers/scale serviceaccounts services services/proxy", _WRITE),
    _rule("", "serviceaccounts/token", "create"),
    _rule("apps", "daemonsets deployments replicasets statefulsets deployments/rollback", _WRITE),
    _rule("apps", "deployments/scale replicasets/scale statefulsets/scale", _WRITE),
    _rule("autoscaling", "horizontalpodautoscalers", _WRITE),
    _rule("batch", "cronjobs jobs", _WRITE),
    _rule("coordination.k8s.io", "leases", f"{_READ} {_WRITE}"),
    _rule("networking.k8s.io", "ingresses networkpolicies", _WRITE),
    _rule("policy", "poddisruptionbudgets", _WRITE),
]
_ADMIN: Rules = [
    *_EDIT,
    _rule("authorization.k8s.io", "localsubjectaccessreviews", "create"),
    _rule("rbac.authorization.k8s.io", "rolebindings roles", f"{_READ} {_WRITE}"),
]

DEFAULT_ROLES: Mapping[str, Rules] = {
    "cluster-admin": _CLUSTER_ADMIN,
    "admin": _ADMIN,
    "edit": _EDIT,
    "view": _VIEW,
}
"""Name of the ClusterRole → its rules."""
_SYSTEM_ROLES = {
    "kube-system": {
        "extension-apiserver-authentication-reader",
        "system::leader-locking-kube-controller-manager",
        "system::leader-locking-kube-scheduler",
        "system:controller:bootstrap-signer",
        "system:controller:cloud-provider",
        "system:controller:token-cleaner",
    },
    "kube-public": {"system:controller:bootstrap-signer"},
}


def is_bootstrapped(kind: str, namespace: str, name: str) -> bool:
    """Whether every cluster has a role of that name whose rules are not told here."""
    if kind == "ClusterRole":
        return name.startswith("system:")
    return name in _SYSTEM_ROLES.get(namespace, ())
