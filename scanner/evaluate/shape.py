"""Gives rules over workloads only what has the type that the API demands.

People's files hold anything, `volumes:` with nothing after it above all. What is null or has another type
counts as missing, so that a rule need not ask for types before it looks into a list or a mapping.
"""

from __future__ import annotations

from typing import Any

from scanner.fields import as_integer, as_text, texts


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_LISTS = _words(
    """
    add args claims command drop env envFrom hostAliases hostnames httpHeaders imagePullSecrets items
    matchExpressions matchFields ownerReferences ports readinessGates resourceClaims sources
    supplementalGroups sysctls tolerations topologySpreadConstraints volumeDevices volumeMounts volumes values
    """
)
_MAPPINGS = _words(
    """
    affinity appArmorProfile capabilities configMapKeyRef dnsConfig exec grpc httpGet lifecycle livenessProbe
    nodeAffinity os podAffinity podAntiAffinity postStart preStop readinessProbe resources seLinuxOptions
    seccompProfile secretKeyRef securityContext startupProbe strategy tcpSocket updateStrategy valueFrom
    windowsOptions
    """
)
_TEXTS = _words("name restartPolicy")
_FREE = frozenset({"annotations", "labels", "limits", "matchLabels", "nodeSelector", "requests", "selector"})
"""Mappings whose keys are the user's own, such as a label called `env`."""
_QUANTITIES = frozenset({"limits", "requests"})


def shaped(value: Any) -> Any:
    """The value without the fields that are null or of a wrong type; lists keep their positions."""
    if isinstance(value, dict):
        return {key: _within(key, item) for key, item in value.items() if _fits(key, item)}
    if isinstance(value, list):
        return [shaped(item) for item in value]
    return value


def _fits(key: str, value: Any) -> bool:
    if key in _LISTS:
        return isinstance(value, list)
    if key in _MAPPINGS or key in _FREE:
        return isinstance(value, dict)
    if key in _TEXTS:
        return as_text(value) is not None
    if key == "replicas":
        return as_integer(value) is not None
    return value is not None


def _within(key: str, value: Any) -> Any:
    if key == "selector" and not value.keys().isdisjoint(("matchLabels", "matchExpressions")):
        return shaped(value)
    if key in _QUANTITIES:
        return {name: item for name, item in value.items() if item is not None}
    if key in _FREE:
        return texts(value)
    if key in _TEXTS:
        return as_text(value)
    return shaped(value)
