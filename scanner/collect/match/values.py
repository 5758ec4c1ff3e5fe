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
    "apiGroup": ("rbac.authorization.k8s.io",),
    "backoffLimit": (6,),
    "completionMode": ("NonIndexed",),
    "completions": (1,),
    "concurrencyPolicy": ("Allow",),
    "defaultMode": (420,),
    "dnsPolicy": ("ClusterFirst",),
    "enableServiceLinks": (True,),
    "externalTrafficPolicy": ("Cluster",),
    "failedJobsHistoryLimit": (1,),
    "failurePolicy": ("Fail",),
    "failureThreshold": (3,),
    "imagePullPolicy": ("Always", "IfNotPresent"),
    "internalTrafficPolicy": ("Cluster",),
    "maxSurge": ("25%",),
    "maxUnavailable": ("25%",),
    "parallelism": (1,),
    "pathType": ("ImplementationSpecific",),
    "periodSeconds": (10,),
    "persistentVolumeReclaimPolicy": ("Retain", "Delete"),
    "podManagementPolicy": ("OrderedReady",),
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
    "serviceAccount": ("default",),
    "serviceAccountName": ("default",),
    "sessionAffinity": ("None",),
    "successThreshold": (1,),
    "successfulJobsHistoryLimit": (3,),
    "terminationGracePeriodSeconds": (30,),
    "terminationMessagePath": ("/dev/termination-log",),
    "terminationMessagePolicy": ("File",),
    "timeoutSeconds": (1, 10),
    "type": ("ClusterIP", "RollingUpdate", "Opaque"),
    "volumeBindingMode": ("Immediate",),
    "volumeMode": ("Filesystem",),
}
"""Fields that the API server fills in → with what (`SetDefaults_…` in pkg/apis/*/v1/defaults.go)."""


def is_default(key: str | int, value: Any) -> bool:
    """Whether the API server may have put a value there itself; what is empty says nothing either."""
    return not value or any(value == default for default in _DEFAULTS.get(str(key), ()))


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
