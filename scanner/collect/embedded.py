"""Which kinds hold whole objects for somebody else to create, and where. Adding a kind is adding a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from scanner.collect.paths import Path, walk

EMBEDDED: Mapping[str, tuple[str, ...]] = {
    # Open Cluster Management and Karmada
    "ManifestWork.work.open-cluster-management.io": ("spec.workload.manifests.*",),
    "ManifestWorkReplicaSet.work.open-cluster-management.io": (
        "spec.manifestWorkTemplate.workload.manifests.*",
    ),
    "Work.work.karmada.io": ("spec.workload.manifests.*",),
    # OpenShift
    "Template": ("objects.*",),
    "Template.template.openshift.io": ("objects.*",),
    "SyncSet.hive.openshift.io": ("spec.resources.*",),
    "SelectorSyncSet.hive.openshift.io": ("spec.resources.*",),
    # others
    "AppWrapper.workload.codeflare.dev": ("spec.components.*.template",),
    "Experiment.kubeflow.org": ("spec.trialTemplate.trialSpec",),
    "Object.kubernetes.crossplane.io": ("spec.forProvider.manifest",),
    "Sensor.argoproj.io": (
        "spec.triggers.*.template.argoWorkflow.source.resource",
        "spec.triggers.*.template.k8s.source.resource",
    ),
}


def embedded(body: Mapping[str, Any]) -> Iterator[tuple[Path, object]]:
    """What an object of such a kind holds, with the paths."""
    group, _, _ = str(body.get("apiVersion")).rpartition("/")
    kind = f"{body.get('kind')}.{group}" if group else str(body.get("kind"))
    for location in EMBEDDED.get(kind, ()):
        yield from walk(body, tuple(location.split(".")))
