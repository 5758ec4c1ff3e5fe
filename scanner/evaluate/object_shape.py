"""Gives rules over objects only what has the type that the API demands.

As with workloads (see shape.py), what is null or has another type counts as missing. Here each kind has its
fields spelled out, since one name is a list in one kind and a mapping in the next.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from scanner.fields import as_integer, as_text

Shape = type | tuple[type, ...] | list[Any] | dict[str, Any] | None
"""`str`, `int` or the first that fits of a tuple of them; a list of a shape; a mapping, in which `*` stands
for any other key; or anything (None).
"""

_TEXTS: Shape = {"*": str}
_METADATA: Shape = {"name": str, "namespace": str, "labels": _TEXTS, "annotations": _TEXTS}
_SELECTOR: Shape = {
    "matchLabels": _TEXTS,
    "matchExpressions": [{"key": str, "operator": str, "values": [str]}],
}

_ROLE: Shape = {
    "rules": [
        {
            "apiGroups": [str],
            "resources": [str],
            "verbs": [str],
            "resourceNames": [str],
            "nonResourceURLs": [str],
        }
    ],
    "aggregationRule": {"clusterRoleSelectors": [_SELECTOR]},
}
_BINDING: Shape = {"roleRef": {"apiGroup": str, "kind": str, "name": str}}
_WEBHOOKS: Shape = {
    "webhooks": [
        {
            "name": str,
            "failurePolicy": str,
            "clientConfig": {"url": str},
            "rules": [{"apiGroups": [str], "resources": [str], "operations": [str], "scope": str}],
            "namespaceSelector": _SELECTOR,
            "objectSelector": _SELECTOR,
            "matchConditions": [{}],
        }
    ]
}
_ADMISSION_POLICY: Shape = {"spec": {"failurePolicy": str}}
_KYVERNO: Shape = {
    "spec": {
        "validationFailureAction": str,
        "rules": [{"name": str, "validate": {"failureAction": str}}],
    }
}
_INGRESS: Shape = {
    "spec": {"tls": [{"hosts": [str]}], "rules": [{"host": str, "http": {"paths": [{"path": str}]}}]}
}
_PEER: Shape = {"ipBlock": {"cidr": str}, "namespaceSelector": _SELECTOR, "podSelector": _SELECTOR}
_TRAFFIC: dict[str, Shape] = {
    "ingress": [{"ports": [{}], "from": [_PEER]}],
    "egress": [{"ports": [{}], "to": [_PEER]}],
}
_CHOSEN: Shape = {
    "namespaces": _SELECTOR,
    "pods": {"namespaceSelector": _SELECTOR, "podSelector": _SELECTOR},
    "networks": [str],
}
_ADMIN_RULE: dict[str, Shape] = {"action": str, "ports": [{}], "protocols": [{}]}
_ADMIN_NETWORK_POLICY: Shape = {
    "spec": {
        "tier": str,
        "ingress": [{**_ADMIN_RULE, "from": [_CHOSEN]}],
        "egress": [{**_ADMIN_RULE, "to": [_CHOSEN]}],
    }
}
_ALLOWED_REPOSITORIES: Shape = {"spec": {"parameters": {"repos": [str], "allowedImages": [str]}}}

_SHAPES: dict[str, Any] = {
    "ConfigMap": {"data": _TEXTS, "binaryData": _TEXTS},
    "Node": {
        "status": {
            "addresses": [{"type": str, "address": str}],
            "nodeInfo": {"containerRuntimeVersion": str, "kubeletVersion": str},
        }
    },
    "PersistentVolume": {"spec": {"hostPath": {"path": str}}},
    "Secret": {"type": str, "data": _TEXTS, "stringData": _TEXTS},
    "Service": {
        "spec": {
            "type": str,
            "loadBalancerClass": str,
            "loadBalancerSourceRanges": [str],
            "externalIPs": [str],
            "ports": [{"name": str, "appProtocol": str, "port": int, "targetPort": (int, str)}],
        }
    },
    "ClusterRole.rbac.authorization.k8s.io": _ROLE,
    "Role.rbac.authorization.k8s.io": _ROLE,
    "ClusterRoleBinding.rbac.authorization.k8s.io": _BINDING,
    "RoleBinding.rbac.authorization.k8s.io": _BINDING,
    "MutatingAdmissionPolicy.admissionregistration.k8s.io": _ADMISSION_POLICY,
    "ValidatingAdmissionPolicy.admissionregistration.k8s.io": _ADMISSION_POLICY,
    "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io": {"spec": {"validationActions": [str]}},
    "MutatingWebhookConfiguration.admissionregistration.k8s.io": _WEBHOOKS,
    "ValidatingWebhookConfiguration.admissionregistration.k8s.io": _WEBHOOKS,
    "ClusterPolicy.kyverno.io": _KYVERNO,
    "Policy.kyverno.io": _KYVERNO,
    "K8sAllowedRepos.constraints.gatekeeper.sh": _ALLOWED_REPOSITORIES,
    "K8sAllowedReposv2.constraints.gatekeeper.sh": _ALLOWED_REPOSITORIES,
    "HorizontalPodAutoscaler.autoscaling": {"spec": {"minReplicas": int, "maxReplicas": int}},
    "PodDisruptionBudget.policy": {"spec": {"minAvailable": (int, str), "maxUnavailable": (int, str)}},
    "Ingress.extensions": _INGRESS,
    "Ingress.networking.k8s.io": _INGRESS,
    "NetworkPolicy.networking.k8s.io": {
        "spec": {"policyTypes": [str], **_TRAFFIC},
    },
    "AdminNetworkPolicy.policy.networking.k8s.io": _ADMIN_NETWORK_POLICY,
    "BaselineAdminNetworkPolicy.policy.networking.k8s.io": _ADMIN_NETWORK_POLICY,
    "ClusterNetworkPolicy.policy.networking.k8s.io": _ADMIN_NETWORK_POLICY,
    "Gateway.gateway.networking.k8s.io": {
        "spec": {
            "listeners": [{"name": str, "protocol": str, "allowedRoutes": {"namespaces": {"from": str}}}]
        }
    },
    "Gateway.networking.istio.io": {
        "spec": {"servers": [{"port": {"number": int, "protocol": str}, "tls": {}}]}
    },
    "PeerAuthentication.security.istio.io": {
        "spec": {"mtls": {"mode": str}, "portLevelMtls": {"*": {"mode": str}}}
    },
    "Route.route.openshift.io": {"spec": {"tls": {"termination": str, "insecureEdgeTerminationPolicy": str}}},
    "SandboxTemplate.extensions.agents.x-k8s.io": {
        "spec": {"networkPolicy": _TRAFFIC, "networkPolicyManagement": str}
    },
    "StorageClass.storage.k8s.io": {"provisioner": str, "parameters": _TEXTS},
}
"""Kind → the fields that rules look into. What does not stand here may be anything but null."""


def read_of(group_kind: str, body: Any, read: str) -> Any:
    """What a rule that reads the field sees of an object; None when it is missing."""
    for key in read.split("."):
        if not isinstance(body, dict):
            return None
        body = body.get(key)
    return fitted(body, _shape(group_kind, read))


@lru_cache(maxsize=4096)
def _shape(group_kind: str, read: str) -> Shape:
    shape: Any = {"metadata": _METADATA, **_SHAPES.get(group_kind, {})}
    for key in read.split("."):
        shape = shape.get(key, shape.get("*")) if isinstance(shape, dict) else None
    found: Shape = shape
    return found


def fitted(value: Any, shape: Shape) -> Any:
    """The value without what is null or does not fit; None when it does not fit itself.

    Numbers and booleans fit as text. In a list, what does not fit is replaced by an empty value, as the API
    server replaces null, so that positions stay true.
    """
    if shape is str:
        return as_text(value)
    if shape is int:
        return as_integer(value)
    if isinstance(shape, tuple):
        return next((fit for one in shape if (fit := fitted(value, one)) is not None), None)
    if isinstance(shape, list):
        item = shape[0]
        if not isinstance(value, list):
            return None
        empty: object = "" if item is str else {}
        return [empty if (fit := fitted(entry, item)) is None else fit for entry in value]
    if isinstance(value, dict):
        fields = shape if isinstance(shape, dict) else {}
        others = fields.get("*")
        fits = ((key, fitted(entry, fields.get(key, others))) for key, entry in value.items())
        return {key: fit for key, fit in fits if fit is not None}
    if isinstance(shape, dict):
        return None
    return [fitted(entry, None) for entry in value] if isinstance(value, list) else value
