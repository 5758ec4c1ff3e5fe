"""Look-ups over all objects at hand, for facts that one object alone cannot tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.owners import Owners
from scanner.facts.workload import Workload
from scanner.fields import texts

LATEST_MINOR = 37
"""The newest Kubernetes minor version that the scanner knows."""
DEFAULT_NAMESPACE = "default"
SYSTEM_NAMESPACE = "kube-system"
CLUSTER_SCOPED = frozenset(
    {
        "Namespace",
        "Node",
        "PersistentVolume",
        "ClusterRole.rbac.authorization.k8s.io",
        "ClusterRoleBinding.rbac.authorization.k8s.io",
        "CustomResourceDefinition.apiextensions.k8s.io",
        "APIService.apiregistration.k8s.io",
        "MutatingWebhookConfiguration.admissionregistration.k8s.io",
        "ValidatingWebhookConfiguration.admissionregistration.k8s.io",
        "ValidatingAdmissionPolicy.admissionregistration.k8s.io",
        "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io",
        "MutatingAdmissionPolicy.admissionregistration.k8s.io",
        "MutatingAdmissionPolicyBinding.admissionregistration.k8s.io",
        "PriorityClass.scheduling.k8s.io",
        "RuntimeClass.node.k8s.io",
        "StorageClass.storage.k8s.io",
        "VolumeAttachment.storage.k8s.io",
        "CSIDriver.storage.k8s.io",
        "CSINode.storage.k8s.io",
        "IngressClass.networking.k8s.io",
        "GatewayClass.gateway.networking.k8s.io",
        "AdminNetworkPolicy.policy.networking.k8s.io",
        "BaselineAdminNetworkPolicy.policy.networking.k8s.io",
        "ClusterNetworkPolicy.policy.networking.k8s.io",
        "CiliumClusterwideNetworkPolicy.cilium.io",
        "GlobalNetworkPolicy.crd.projectcalico.org",
        "GlobalNetworkPolicy.projectcalico.org",
        "ClusterNetworkPolicy.crd.antrea.io",
        "ClusterNetworkPolicy.networking.k8s.aws",
        "CertificateSigningRequest.certificates.k8s.io",
        "FlowSchema.flowcontrol.apiserver.k8s.io",
        "PriorityLevelConfiguration.flowcontrol.apiserver.k8s.io",
        "PodSecurityPolicy.policy",
        "SecurityContextConstraints.security.openshift.io",
        "NodeFacts.kubeassay.dev",
        "ClusterFacts.kubeassay.dev",
        "ClusterAnalysisTemplate.argoproj.io",
        "ClusterWorkflowTemplate.argoproj.io",
        "ClusterTask.tekton.dev",
        "ClusterBuildStrategy.shipwright.io",
        "ClusterServingRuntime.serving.kserve.io",
        "ClusterTrainingRuntime.trainer.kubeflow.org",
        "SidecarSet.apps.kruise.io",
    }
)


OWN_GROUP = "kubeassay.dev"
CLUSTER_FACTS, NODE_FACTS = f"ClusterFacts.{OWN_GROUP}", f"NodeFacts.{OWN_GROUP}"
_UNREAD = frozenset({"partial", "forbidden", "failed"})


NAME_LABEL = "kubernetes.io/metadata.name"
"""The label with its name that every namespace has."""


def namespace_of(resource: Resource) -> str:
    """The namespace an object is in: `default` when it names none; empty for a cluster-wide kind."""
    if resource.group_kind in CLUSTER_SCOPED:
        return ""
    return resource.namespace or DEFAULT_NAMESPACE


class Index:
    """The objects of a scan, by kind, name and namespace."""

    def __init__(
        self, resources: Sequence[Resource], snapshot: bool, kubernetes_minor: int = LATEST_MINOR
    ) -> None:
        self.resources = resources
        self.kubernetes_minor = kubernetes_minor
        """The cluster's version, 1.`kubernetes_minor`, as far as no object tells it."""
        self.snapshot = snapshot
        """All objects of a cluster are at hand, so that what is absent is absent."""

    @cached_property
    def by_kind(self) -> Mapping[str, list[Resource]]:
        """`Kind` or `Kind.group` → its objects."""
        kinds: dict[str, list[Resource]] = defaultdict(list)
        for resource in self.resources:
            kinds[resource.group_kind].append(resource)
        return kinds

    @cached_property
    def _by_name(self) -> Mapping[tuple[str, str, str], Resource]:
        return {(r.group_kind, namespace_of(r), r.name): r for r in self.resources}

    def get(self, group_kind: str, namespace: str, name: str) -> Resource | None:
        """The object of that kind and name, if it is at hand."""
        return self._by_name.get((group_kind, namespace, name))

    def in_namespace(self, group_kind: str, namespace: str) -> list[Resource]:
        """The objects of a kind in a namespace."""
        return self._by_namespace.get((group_kind, namespace), [])

    @cached_property
    def _by_namespace(self) -> Mapping[tuple[str, str], list[Resource]]:
        found: dict[tuple[str, str], list[Resource]] = defaultdict(list)
        for resource in self.resources:
            found[resource.group_kind, namespace_of(resource)].append(resource)
        return found

    @cached_property
    def cluster(self) -> Resource | None:
        """What is known of the cluster as a whole, if the objects are a cluster's."""
        return next(iter(self.by_kind.get(CLUSTER_FACTS, ())), None)

    @cached_property
    def unread(self) -> Mapping[str, str]:
        """`Kind` or `Kind.group` → why not all of its objects could be read; `*.group` for a whole group.

        The reason is the same for all kinds that were refused alike, where what was collected says so.
        """
        found = {}
        for entry in self._collected:
            if (status := entry.get("status")) in _UNREAD:
                group, cause = entry.get("group"), entry.get("cause") if status != "partial" else None
                name = f"{entry['kind']}.{group}" if group else str(entry["kind"])
                found[name] = str(cause or entry.get("reason") or status)
        return found

    @cached_property
    def metadata_only(self) -> frozenset[str]:
        """Kinds of which a scan of a cluster reads the metadata alone, as of Secrets."""
        return frozenset(
            str(entry["kind"]) for entry in self._collected if entry.get("content") == "metadata"
        )

    @property
    def _collected(self) -> list[Mapping[str, Any]]:
        kinds = self.cluster.body.get("kinds") if self.cluster else None
        return [e for e in kinds if isinstance(e, dict) and e.get("kind")] if isinstance(kinds, list) else []

    @cached_property
    def owners(self) -> Owners:
        """Which objects are judged for which others."""
        return Owners(self, namespace_of)

    @property
    def workloads(self) -> list[Workload]:
        """Every pod template that speaks for itself: those of owned objects are their owners'."""
        return self.owners.judged

    @cached_property
    def workloads_by_namespace(self) -> Mapping[str, list[Workload]]:
        """Namespace → its pod templates."""
        return _by_namespace(self.workloads)

    @cached_property
    def pods_by_namespace(self) -> Mapping[str, list[Workload]]:
        """Namespace → its pod templates and pods; of pods that are not judged, one for each set of labels."""
        owners = self.owners
        deviating = [deviation.workload for deviation in owners.deviations]
        return _by_namespace([*owners.judged, *deviating, *owners.labelled])

    def is_left_out(self, namespace: str) -> bool:
        """No pod of `kube-system` is at hand, as every cluster has some: what else is in it is not known."""
        return namespace == SYSTEM_NAMESPACE and namespace not in self.workloads_by_namespace

    @cached_property
    def namespaces(self) -> Mapping[str, Resource | None]:
        """Every namespace that is declared or used → its Namespace object, if at hand."""
        found: dict[str, Resource | None] = {}
        for resource in self.resources:
            namespace = namespace_of(resource)
            if namespace:
                found.setdefault(namespace, None)
        for resource in self.by_kind.get("Namespace", ()):
            found[resource.name] = resource
        return found


def _by_namespace(workloads: Iterable[Workload]) -> Mapping[str, list[Workload]]:
    found: dict[str, list[Workload]] = defaultdict(list)
    for workload in workloads:
        found[namespace_of(workload.resource)].append(workload)
    return found


def namespace_labels(index: Index, namespace: str) -> dict[str, str]:
    """A namespace's labels, with the one that the API server adds."""
    declared = index.namespaces.get(namespace)
    labels = texts(declared.body, "metadata", "labels") if declared else {}
    return {**labels, NAME_LABEL: namespace}


def selects(selector: Any, labels: Mapping[str, Any]) -> bool:
    """Whether a LabelSelector (`matchLabels`, `matchExpressions`) matches; an empty one matches all."""
    if not isinstance(selector, dict):
        return False
    match_labels = selector.get("matchLabels")
    if isinstance(match_labels, dict) and any(labels.get(k) != v for k, v in match_labels.items()):
        return False
    expressions = selector.get("matchExpressions")
    return all(_expression(e, labels) for e in expressions) if isinstance(expressions, list) else True


def _expression(expression: Any, labels: Mapping[str, Any]) -> bool:
    if not isinstance(expression, dict):
        return False
    key, values = str(expression.get("key")), expression.get("values")
    values = values if isinstance(values, list) else []
    match expression.get("operator"):
        case "In":
            return key in labels and labels[key] in values
        case "NotIn":
            return key not in labels or labels[key] not in values
        case "Exists":
            return key in labels
        case "DoesNotExist":
            return key not in labels
        case _:
            return False
