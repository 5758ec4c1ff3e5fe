"""What a running part of Kubernetes is: its program, its arguments, and the object that tells of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scanner.collect.interface import Path, Resource
from scanner.facts import defaults
from scanner.facts.command_line import Argv, Environment, Flag, flags

API_SERVER, CONTROLLER_MANAGER, SCHEDULER = "kube-apiserver", "kube-controller-manager", "kube-scheduler"
ETCD, KUBELET, KUBE_PROXY = "etcd", "kubelet", "kube-proxy"
CONTROL_PLANE = (API_SERVER, CONTROLLER_MANAGER, SCHEDULER, ETCD)
IN_PODS = (*CONTROL_PLANE, KUBE_PROXY)
"""Those that run in Pods where a distribution runs any."""


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Component:
    """One running part of Kubernetes."""

    name: str
    """The program: `kube-apiserver`, `kube-controller-manager`, `kube-scheduler`, `etcd`, `kubelet` or
    `kube-proxy`.
    """
    node: str
    """The node that it runs on; empty when that is not known."""
    resource: Resource
    """The Pod, Node or NodeFacts object that tells of it."""
    argv: Argv
    """Its arguments, the program first, and where in the object each stands."""
    environment: Environment
    facts: Resource | None = None
    """The NodeFacts of its node, if at hand."""
    place: Path = ()
    """Where in the object an argument that is missing would stand."""
    hidden: str = ""
    """Why it may have more arguments than are known; empty when it has not."""
    image: str = ""
    """The container image; empty when it is not known."""
    distribution: str = ""
    """`k3s`, `rke2` or `openshift` where that decides how its settings are found."""
    states_defaults: bool = False
    """Its arguments list all flags, those that nobody gave among them, as `/flagz` does."""
    flags: Mapping[str, Sequence[Flag]] = field(default_factory=dict)
    """Flag → its uses, in their order."""

    @property
    def env(self) -> Mapping[str, tuple[str, Path]]:
        """Its environment, as far as known, and where in the object each variable stands."""
        return self.environment.values


def made(component: Component) -> Component:
    """The component with its arguments read."""

    def is_boolean(name: str) -> bool | None:
        kind = defaults.kind_of(component.name, name)
        return None if kind is None else kind == "boolean"

    found, hidden = flags(component.argv, is_boolean, component.environment)
    return replace(component, flags=found, hidden=component.hidden or hidden)
