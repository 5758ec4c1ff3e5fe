"""Whether a live object still says what its source says, in however different words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

_QUANTITY = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d{1,3})|([numkMGTPE]|[KMGTPE]i)?)")
_SUFFIXES: Mapping[str, Fraction] = {
    "": Fraction(1),
    "n": Fraction(1, 10**9),
    "u": Fraction(1, 10**6),
    "m": Fraction(1, 1000),
    "k": Fraction(1000),
    **{letter: Fraction(1000) ** power for power, letter in enumerate("MGTPE", 2)},
    **{f"{letter}i": Fraction(1024) ** power for power, letter in enumerate("KMGTPE", 1)},
}
HASH = re.compile(r"-[bcdfghkmt2456789]{10}$")
"""What Kustomize puts behind the names of generated ConfigMaps and Secrets: ten characters of an alphabet."""
_DEFAULTS: Mapping[str, tuple[Any, ...]] = {
    "allocateLoadBalancerNodePorts": (True,),
    "apiGroup": ("rbac.authorization.k8s.io",),
    "backoffLimit": (6,),
    "completionMode": ("NonIndexed",),
    "completions": (1,),
    "concurrencyPolicy": ("Allow",),
    "defaultMode": (420,),
    "dnsPolicy": ("ClusterFirst",),
    "effect": ("NoExecute",),
    "enableServiceLinks": (True,),
    "externalTrafficPolicy": ("Cluster",),
    "failedJobsHistoryLimit": (1,),
    "failurePolicy": ("Fail",),
    "failureThreshold": (3,),
    "imagePullPolicy": ("Always", "IfNotPresent"),
    "internalTrafficPolicy": ("Cluster",),
    "ipFamilies": ("IPv4", "IPv6"),
    "ipFamilyPolicy": ("SingleStack",),
    "key": ("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"),
    "maxSurge": ("25%", 0),
    "maxUnavailable": ("25%", 1),
    "operator": ("Equal", "Exists"),
    "parallelism": (1,),
    "pathType": ("ImplementationSpecific",),
    "periodSeconds": (10,),
    "persistentVolumeReclaimPolicy": ("Retain", "Delete"),
    "podManagementPolicy": ("OrderedReady",),
    "podReplacementPolicy": ("TerminatingOrFailed",),
    "policyTypes": (["Ingress"], ["Ingress", "Egress"]),
    "preemptionPolicy": ("PreemptLowerPriority",),
    "procMount": ("Default",),
    "progressDeadlineSeconds": (600,),
    "protocol": ("TCP",),
    "reclaimPolicy": ("Delete",),
    "replicas": (1,),
    "restartPolicy": ("Always",),
    "revisionHistoryLimit": (10,),
    "schedulerName": ("default-scheduler",),
    "scheme": ("HTTP",),
    "serviceAccountName": ("default",),
    "sessionAffinity": ("None",),
    "successThreshold": (1,),
    "successfulJobsHistoryLimit": (3,),
    "terminationGracePeriodSeconds": (30,),
    "terminationMessagePath": ("/dev/termination-log",),
    "terminationMessagePolicy": ("File",),
    "timeoutSeconds": (1, 10),
    "tolerationSeconds": (300,),
    "type": ("ClusterIP", "RollingUpdate", "Opaque"),
    "volumeBindingMode": ("Immediate",),
    "volumeMode": ("Filesystem",),
    "whenDeleted": ("Retain",),
    "whenScaled": ("Retain",),
}
"""Fields that the API server fills in → with what (`SetDefaults_…` in pkg/apis/*/v1/defaults.go)."""


_CHOSEN = frozenset(
    {
        "apiVersion",
        "clusterIP",
        "clusterIPs",
        "controller-uid",
        "deprecated.daemonset.template.generation",
        "finalizers",
        "job-name",
        "kind",
        "kubernetes.io/metadata.name",
        "namespace",
        "nodePort",
        "serviceAccount",
        "status",
    }
)
"""Fields, labels and annotations whose values the API server or a controller chooses."""
_MARKS = (
    "app.kubernetes.io/managed-by",
    "argocd.argoproj.io/",
    "batch.kubernetes.io/",
    "deployment.kubernetes.io/",
    "helm.toolkit.fluxcd.io/",
    "kubectl.kubernetes.io/",
    "kustomize.toolkit.fluxcd.io/",
    "meta.helm.sh/",
)
"""How labels and annotations begin that tools put on what they create."""


def is_default(key: str, value: Any) -> bool:
    """Whether the API server, a controller or a tool may have put it there; what is empty says nothing."""
    if not value or key in _CHOSEN or key.startswith(_MARKS):
        return True
    if any(value == default for default in _DEFAULTS.get(key, ())):
        return True
    if isinstance(value, dict):
        return all(is_default(str(name), item) for name, item in value.items())
    return isinstance(value, list) and all(is_default(key, item) for item in value)


def same(live: Any, source: Any) -> bool:
    """Whether two scalars mean the same: the API server rewrites quantities, and numbers may be quoted."""
    if live == source:
        return True
    one, other = _plain(live), _plain(source)
    if one == other or HASH.sub("", one) == HASH.sub("", other):
        return True
    quantities = _quantity(one), _quantity(other)
    return quantities[0] is not None and quantities[0] == quantities[1]


def covers(live: Any, source: Any) -> bool:
    """Whether a live value has all that its source says; it may have more, and lists in any order."""
    if isinstance(source, dict):
        return isinstance(live, dict) and all(
            covers(live.get(key), value) for key, value in source.items() if value not in (None, {}, [])
        )
    if isinstance(source, list):
        return isinstance(live, list) and all(any(covers(one, other) for one in live) for other in source)
    return not isinstance(live, (dict, list)) and same(live, source)


def _plain(value: Any) -> str:
    if value is None or value == "":
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _quantity(text: str) -> Fraction | None:
    found = _QUANTITY.fullmatch(text)
    if found is None or len(text) > 40:
        return None
    number = Fraction(found[1])
    return number * Fraction(10) ** int(found[2][1:]) if found[2] else number * _SUFFIXES[found[3] or ""]
