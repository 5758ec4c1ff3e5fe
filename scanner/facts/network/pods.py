"""The pods of a scan as the network sees them: live ones, and those that templates would make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple

from scanner.collect.interface import Resource
from scanner.facts.index import CLUSTER_SCOPED, Index, namespace_of
from scanner.facts.pod_specs import CARRIERS
from scanner.facts.subject import once
from scanner.facts.workload import Workload, workloads
from scanner.fields import as_integer, entries, field, text, texts

Address = IPv4Address | IPv6Address

_FINISHED = ("Succeeded", "Failed")
_DEEPEST = 12
_RUN_NOTHING = frozenset(
    {
        "PodTemplate",
        "SandboxTemplate.extensions.agents.x-k8s.io",
        "AnalysisTemplate.argoproj.io",
        "WorkflowTemplate.argoproj.io",
        "Task.tekton.dev",
        "Pipeline.tekton.dev",
        "BuildStrategy.shipwright.io",
        "ServingRuntime.serving.kserve.io",
        "TrainingRuntime.trainer.kubeflow.org",
        "JobTemplate.flow.volcano.sh",
    }
)
"""Kinds whose templates others use: by themselves they make no pods."""


class WorkloadName(NamedTuple):
    """What pods are shown as: their controller, or a pod that has none."""

    namespace: str
    name: str
    kind: str

    def __str__(self) -> str:
        return f"{self.namespace}/{self.name}[{self.kind}]"


class ContainerPort(NamedTuple):
    """A port that a container, or a sidecar, declares."""

    name: str
    """Empty when it has none."""
    protocol: str
    number: int


@dataclass(frozen=True, slots=True, eq=False)
class Pod:
    """One live pod, or what a template makes."""

    resource: Resource
    """The Pod, or the object that carries the template."""
    workload: WorkloadName
    labels: Mapping[str, str]
    ports: tuple[ContainerPort, ...]
    host_network: bool
    """It shares its node's network: no policy isolates it, and as a peer it is the node."""
    node: str
    """Empty when it is not known."""
    addresses: tuple[Address, ...]
    """The first is the primary one; none when they are not known."""
    live: bool
    """It is a pod of a cluster, not a template."""

    @property
    def namespace(self) -> str:
        """The namespace it is in."""
        return self.workload.namespace


@once
def pods(index: Index) -> tuple[Pod, ...]:
    """Every pod that has a network: not those that have finished, nor templates whose pods are at hand.

    Source: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-phase
    """
    found: list[Pod] = []
    with_pods: set[tuple[str, str, str]] = set()
    for resource in index.by_kind.get("Pod", ()):
        if field(resource.body, "status", "phase") in _FINISHED:
            continue
        name, above = _shown_as(index, resource)
        with_pods.update(above)
        found.extend(_pod(index, workload, name, live=True) for workload in workloads(resource))
    for kind in CARRIERS:
        if kind == "Pod" or kind in _RUN_NOTHING or kind in CLUSTER_SCOPED:
            continue
        for resource in index.by_kind.get(kind, ()):
            if _key(resource) in with_pods or _is_finished(resource) or _is_made(index, resource):
                continue
            name, _ = _shown_as(index, resource)
            found.extend(_pod(index, workload, name, live=False) for workload in workloads(resource))
    return tuple(found)


def _key(resource: Resource) -> tuple[str, str, str]:
    return resource.group_kind, namespace_of(resource), resource.name


def _is_made(index: Index, resource: Resource) -> bool:
    """Its owner's template is at hand and speaks for it."""
    owner = _owner(index, resource)
    return owner is not None and owner.group_kind in CARRIERS


def _is_finished(resource: Resource) -> bool:
    return resource.group_kind == "Job.batch" and any(
        condition.get("type") in ("Complete", "Failed") and condition.get("status") == "True"
        for _, condition in entries(resource.body, "status", "conditions")
    )


def _shown_as(index: Index, resource: Resource) -> tuple[WorkloadName, list[tuple[str, str, str]]]:
    """The topmost controller that owner references name, and the objects on the way to it.

    A controller that is not at hand is named as the reference has it: nothing is guessed from names.
    """
    namespace = namespace_of(resource)
    name, above = WorkloadName(namespace, resource.name, resource.kind), []
    for _ in range(_DEEPEST):
        reference = _reference(resource)
        if reference is None:
            break
        owner = _owner(index, resource)
        if resource.group_kind != "Pod" and (owner is None or owner.group_kind not in CARRIERS):
            break
        name = WorkloadName(namespace, text(reference, "name"), text(reference, "kind"))
        if owner is None:
            break
        resource = owner
        above.append(_key(resource))
    return name, above


def _reference(resource: Resource) -> Mapping[str, object] | None:
    """The controller that made an object; a mirror pod, whose owner is its node, stands for itself."""
    for _, found in entries(resource.body, "metadata", "ownerReferences"):
        if found.get("controller") is True and found.get("kind") != "Node":
            return found
    return None


def _owner(index: Index, resource: Resource) -> Resource | None:
    reference = _reference(resource)
    if reference is None:
        return None
    kind, group = text(reference, "kind"), text(reference, "apiVersion").rpartition("/")[0]
    found = index.get(f"{kind}.{group}" if group else kind, namespace_of(resource), text(reference, "name"))
    theirs = text(found.body, "metadata", "uid") if found else ""
    wanted = text(reference, "uid")
    return found if not wanted or not theirs or wanted == theirs else None


def _pod(index: Index, workload: Workload, name: WorkloadName, live: bool) -> Pod:
    resource, spec = workload.resource, workload.spec
    host = spec.get("hostNetwork") is True
    return Pod(
        resource=resource,
        workload=name,
        labels=texts(workload.metadata, "labels"),
        ports=tuple(_ports(workload)),
        host_network=host,
        node=text(spec, "nodeName") if live else "",
        addresses=_addresses(index, resource, host) if live else (),
        live=live,
    )


def _ports(workload: Workload) -> Iterator[ContainerPort]:
    for container in workload.containers:
        if container.type in ("container", "sidecar"):
            for _, port in entries(container.body, "ports"):
                number = as_integer(port.get("containerPort"))
                if number is not None:
                    yield ContainerPort(text(port, "name"), text(port, "protocol") or "TCP", number)


def _addresses(index: Index, pod: Resource, host: bool) -> tuple[Address, ...]:
    """A pod's own addresses, or those of the node whose network it shares."""
    found = _listed(pod, "podIPs", "podIP")
    if host and not found:
        node = index.get("Node", "", text(pod.body, "spec", "nodeName"))
        found = _listed(pod, "hostIPs", "hostIP") or (node_addresses(node) if node else ())
    return found


def _listed(pod: Resource, many: str, one: str) -> tuple[Address, ...]:
    given = [text(entry, "ip") for _, entry in entries(pod.body, "status", many)]
    found = [parse_address(each) for each in given or [text(pod.body, "status", one)]]
    return tuple(dict.fromkeys(address for address in found if address is not None))


def node_addresses(node: Resource) -> tuple[Address, ...]:
    """The addresses of a node, of every type."""
    found = [parse_address(text(entry, "address")) for _, entry in entries(node.body, "status", "addresses")]
    return tuple(dict.fromkeys(address for address in found if address is not None))


def parse_address(written: str) -> Address | None:
    """An IP address; None for anything else."""
    try:
        return ip_address(written)
    except ValueError:
        return None
