"""What tools leave on the objects that they create: the release, the application, the owner."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scanner.collect.interface import Resource

ARGO, FLUX_KUSTOMIZATION, FLUX_HELM = "Argo CD", "Flux Kustomization", "Flux HelmRelease"
_TRACKING = "argocd.argoproj.io/tracking-id"
_INSTANCES = ("argocd.argoproj.io/instance", "app.kubernetes.io/instance")
_CHARTS = ("helm.sh/chart", "chart")
_VERSION = re.compile(r"-v?\d+(?:\.\d+)*(?:[-+_.].*)?$")


@dataclass(frozen=True, slots=True)
class Release:
    """A release of a Helm chart."""

    name: str
    namespace: str


@dataclass(frozen=True, slots=True)
class AppRef:
    """An object that tells a tool what to deploy: an Application, Kustomization or HelmRelease."""

    tool: str
    name: str
    namespace: str = ""
    """Empty when the mark does not say."""


def release_of(resource: Resource) -> Release | None:
    """The Helm release that an object belongs to."""
    notes = notes_of(resource)
    name = notes.get("meta.helm.sh/release-name")
    if not isinstance(name, str) or not name:
        return None
    namespace = notes.get("meta.helm.sh/release-namespace")
    return Release(name, namespace if isinstance(namespace, str) else resource.namespace)


def chart_label(resource: Resource) -> str:
    """The chart's name and version as charts label their objects, such as `redis-17.3.2`; else empty."""
    marks = labels_of(resource)
    found = next((marks[key] for key in _CHARTS if key in marks), "")
    return found if isinstance(found, str) else ""


def is_chart(label: str, name: str, version: str) -> bool:
    """Whether a label such as `redis-17.3.2` means a chart; another version of it is the same chart."""
    if label == f"{name}-{version.replace('+', '_')}"[:63].rstrip("-"):
        return True
    return label == name or _VERSION.sub("", label) == name


def apps_of(resource: Resource) -> list[AppRef]:
    """The applications that an object says to belong to."""
    marks, notes = labels_of(resource), notes_of(resource)
    found = []
    tracking = str(notes.get(_TRACKING) or "").partition(":")[0]
    if tracking:
        namespace, _, name = tracking.rpartition("_")  # of an application outside of Argo CD's namespace
        found.append(AppRef(ARGO, name, namespace))
    found += [AppRef(ARGO, str(marks[key])) for key in _INSTANCES if not tracking and marks.get(key)]
    for tool, prefix in ((FLUX_KUSTOMIZATION, "kustomize"), (FLUX_HELM, "helm")):
        if called := marks.get(f"{prefix}.toolkit.fluxcd.io/name"):
            where = marks.get(f"{prefix}.toolkit.fluxcd.io/namespace") or ""
            found.append(AppRef(tool, str(called), str(where)))
    return found


@dataclass(frozen=True, slots=True)
class Owner:
    """An entry of an object's ownerReferences."""

    api_version: str
    kind: str
    name: str
    uid: str


def owner_of(resource: Resource) -> Owner | None:
    """The owner that controls an object; else its only owner."""
    metadata = resource.body.get("metadata")
    listed = metadata.get("ownerReferences") if isinstance(metadata, dict) else None
    owners = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    chosen = [each for each in owners if each.get("controller") is True] or owners
    if len(chosen) != 1:
        return None
    members = (str(chosen[0].get(key) or "") for key in ("apiVersion", "kind", "name", "uid"))
    return Owner(*members)


def uid_of(resource: Resource) -> str:
    """The object's UID; empty where it has none."""
    metadata = resource.body.get("metadata")
    return str(metadata.get("uid") or "") if isinstance(metadata, dict) else ""


def labels_of(resource: Resource) -> Mapping[str, Any]:
    """The object's labels."""
    return _metadata(resource, "labels")


def notes_of(resource: Resource) -> Mapping[str, Any]:
    """The object's annotations."""
    return _metadata(resource, "annotations")


def _metadata(resource: Resource, name: str) -> Mapping[str, Any]:
    metadata = resource.body.get("metadata")
    found = metadata.get(name) if isinstance(metadata, dict) else None
    return found if isinstance(found, dict) else {}
