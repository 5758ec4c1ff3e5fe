"""In the example, each fault that a field has stands on the line that is marked as its cause."""

from __future__ import annotations

from pathlib import Path

import pytest

from scanner.collect.helm.options import HelmOptions
from scanner.collect.helm.source import HelmChart
from scanner.collect.kustomize.source import Overlay
from tests.collect.places import path_of

PARCELS = Path(__file__).parents[2] / "examples" / "parcels"
POD = "spec.template.spec"

CHART = {
    "Deployment/notify": {
        f"{POD}.automountServiceAccountToken": "templates/api.yaml",
        f"{POD}.containers.0.image": "values.yaml",
        f"{POD}.containers.0.securityContext.readOnlyRootFilesystem": "values.yaml",
        f"{POD}.containers.0.env.2.value": "values.yaml",
        f"{POD}.volumes.1.hostPath": "templates/api.yaml",
    },
    "Deployment/notify-sms": {
        f"{POD}.hostNetwork": "values.yaml",
        f"{POD}.containers.0.securityContext.privileged": "values.yaml",
        f"{POD}.containers.0.resources.limits.memory": "values.yaml",
        f"{POD}.containers.0.livenessProbe": "templates/workers.yaml",
    },
    "Service/notify": {"spec.type": "values.yaml"},
    "Ingress/notify": {"spec.tls": "values.yaml"},
    "Role/notify": {"rules.0.verbs.0": "templates/rbac.yaml"},
    "CronJob/notify-cleanup": {
        f"spec.jobTemplate.{POD}.containers.0.securityContext.capabilities.add.0": "templates/cleanup.yaml"
    },
    "Pod/notify-ping": {"spec.containers.0.securityContext": "templates/tests/ping.yaml"},
    "StatefulSet/notify-queue": {
        f"{POD}.initContainers.0.securityContext.privileged": "charts/queue/templates/statefulset.yaml",
        f"{POD}.containers.0.securityContext.allowPrivilegeEscalation": (
            "charts/queue/templates/statefulset.yaml"
        ),
    },
}
OVERLAYS = {
    "staging": {
        "Deployment/courier-map": {
            f"{POD}.containers.0.image": "staging/kustomization.yaml",
            f"{POD}.containers.0.resources.limits": "base/courier-map.yaml",
            f"{POD}.containers.0.securityContext.readOnlyRootFilesystem": "staging/live-reload.yaml",
            f"{POD}.containers.1.securityContext.capabilities.add.0": "staging/live-reload.yaml",
            f"{POD}.shareProcessNamespace": "staging/live-reload.yaml",
            f"{POD}.volumes.0.hostPath": "staging/live-reload.yaml",
        },
        "Deployment/tile-cache": {
            f"{POD}.securityContext.runAsUser": "base/tile-cache.yaml",
            f"{POD}.containers.0.livenessProbe": "base/tile-cache.yaml",
            f"{POD}.containers.0.securityContext.allowPrivilegeEscalation": "base/tile-cache.yaml",
        },
        "Service/courier-map": {"spec.type": "staging/expose.yaml"},
        "ConfigMap/courier-map-bb8c2b4552": {"data.MAPS_API_KEY": "base/kustomization.yaml"},
    },
    "production": {
        "Deployment/tile-cache": {
            f"{POD}.automountServiceAccountToken": "production/harden-tile-cache.yaml",
            f"{POD}.containers.0.securityContext.allowPrivilegeEscalation": "base/tile-cache.yaml",
        },
    },
}


@pytest.mark.parametrize("source", ["chart", *OVERLAYS])
def test_causes(source: str) -> None:
    root = PARCELS / ("chart" if source == "chart" else "overlays")
    if source == "chart":
        found, expected = HelmChart(root, ".", HelmOptions(), root).collect(), CHART
    else:
        found, expected = Overlay(root / source, source, root).collect(), OVERLAYS[source]
    assert not found.problems
    objects = {f"{each.kind}/{each.name}": each for each in found.resources}
    for name, causes in expected.items():
        for field, file in causes.items():
            place = objects[name].origin.locate(path_of(f"{name} {field}"))
            assert place.uri == file, field
            assert "# fault" in place.snippet, field
            assert (root / file).read_text().split("\n")[place.line - 1] == place.snippet
