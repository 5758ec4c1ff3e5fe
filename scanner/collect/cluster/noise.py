"""Which kinds are not worth reading, and why. Adding one is adding a line."""

from __future__ import annotations

from collections.abc import Mapping

_MEASUREMENTS = "measurements, no settings"
_REPORTS = "reports of another scanner"
_RBAC = "the same objects as those of rbac.authorization.k8s.io"
_TOKENS = "its objects are credentials"

_GROUPS: Mapping[str, str] = {
    "events.k8s.io": "events, no settings",
    "metrics.k8s.io": _MEASUREMENTS,
    "custom.metrics.k8s.io": _MEASUREMENTS,
    "external.metrics.k8s.io": _MEASUREMENTS,
    "subresources.kubevirt.io": "actions, no objects",
    "aquasecurity.github.io": _REPORTS,
    "reports.kyverno.io": _REPORTS,
    "wgpolicyk8s.io": _REPORTS,
    "openreports.io": _REPORTS,
    "spdx.softwarecomposition.kubescape.io": _REPORTS,
}
"""Group → why none of its kinds is read."""

_RESOURCES: Mapping[str, str] = {
    "events": "events, no settings",
    "componentstatuses": "asks every component, deprecated",
    "endpoints": "EndpointSlices say the same",
    "controllerrevisions.apps": "past revisions of workloads",
    "leases.coordination.k8s.io": "heartbeats, no settings",
    "leasecandidates.coordination.k8s.io": "heartbeats, no settings",
    "ipaddresses.networking.k8s.io": "one for each Service, which names it",
    "storageversions.internal.apiserver.k8s.io": "bookkeeping of the API server",
    "ciliumendpoints.cilium.io": "one for each Pod, bookkeeping",
    "ciliumidentities.cilium.io": "bookkeeping",
    "packagemanifests.packages.operators.coreos.com": "a catalogue, no settings",
    "images.image.openshift.io": "a catalogue, no settings",
    "imagestreamtags.image.openshift.io": "ImageStreams say the same",
    "imagetags.image.openshift.io": "ImageStreams say the same",
    "projects.project.openshift.io": "the same objects as Namespaces",
    "roles.authorization.openshift.io": _RBAC,
    "rolebindings.authorization.openshift.io": _RBAC,
    "clusterroles.authorization.openshift.io": _RBAC,
    "clusterrolebindings.authorization.openshift.io": _RBAC,
    "oauthaccesstokens.oauth.openshift.io": _TOKENS,
    "oauthauthorizetokens.oauth.openshift.io": _TOKENS,
    "useroauthaccesstokens.oauth.openshift.io": _TOKENS,
}
"""`resource.group` → why it is not read."""

_MOVED: Mapping[str, tuple[str, ...]] = {"extensions": ("apps", "networking.k8s.io", "policy")}
"""Group that serves objects of other groups a second time → those groups."""


def why_excluded(group: str, resource: str) -> str:
    """Why a kind is left out on purpose; empty when it is to be read."""
    return _GROUPS.get(group) or _RESOURCES.get(f"{resource}.{group}" if group else resource, "")


def is_excluded_group(group: str) -> bool:
    """Whether no kind of the group is read."""
    return group in _GROUPS


def moved_to(group: str) -> tuple[str, ...]:
    """Groups that serve the same objects, and are to be preferred."""
    return _MOVED.get(group, ())
