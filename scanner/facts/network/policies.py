"""Policies as their APIs define them, read from objects; what the API server would refuse is a flaw.

Sources: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/ and
https://network-policy-api.sigs.k8s.io/api-overview/
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from scanner.collect.interface import Path, Resource
from scanner.facts.index import namespace_of
from scanner.facts.network.addresses import Network
from scanner.facts.network.ports import PortRange
from scanner.facts.network.selectors import Selector

NETWORK_POLICY = "NetworkPolicy.networking.k8s.io"
ADMIN_NETWORK_POLICY = "AdminNetworkPolicy.policy.networking.k8s.io"
BASELINE_ADMIN_NETWORK_POLICY = "BaselineAdminNetworkPolicy.policy.networking.k8s.io"
CLUSTER_NETWORK_POLICY = "ClusterNetworkPolicy.policy.networking.k8s.io"
ADMIN_KINDS = (ADMIN_NETWORK_POLICY, BASELINE_ADMIN_NETWORK_POLICY, CLUSTER_NETWORK_POLICY)

Action = Literal["allow", "deny", "pass"]
Direction = Literal["ingress", "egress"]
Tier = Literal["admin", "namespace", "baseline"]
DIRECTIONS: tuple[Direction, ...] = ("ingress", "egress")
TIERS: tuple[Tier, ...] = ("admin", "namespace", "baseline")
"""In the order in which they are asked."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something in a policy that does not mean what its author meant."""

    path: Path
    message: str
    refused: bool = True
    """The API server does not take the policy because of it."""


@dataclass(frozen=True, slots=True)
class Selected:
    """A peer: the pods that selectors choose."""

    namespaces: Selector | None
    """None for the policy's own namespace."""
    pods: Selector


@dataclass(frozen=True, slots=True)
class Addresses:
    """A peer: addresses of networks, less some of them."""

    networks: tuple[Network, ...]
    without: tuple[Network, ...]
    with_pods: bool
    """A pod's address counts as any other: for `networks` it does, for `ipBlock` the plugin decides."""


@dataclass(frozen=True, slots=True)
class Nodes:
    """A peer: the addresses of the nodes that a selector chooses."""

    nodes: Selector


@dataclass(frozen=True, slots=True)
class DomainNames:
    """A peer: whatever addresses these names have."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A peer of a type that is not known, or that the API server would refuse."""


Peer = Selected | Addresses | Nodes | DomainNames | Unreadable


@dataclass(frozen=True, slots=True)
class NamedPort:
    """A port by its name on the destination pod."""

    name: str
    protocol: str
    """Empty for whatever protocol the pod declares it with."""


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """What one rule of a policy does with which traffic."""

    path: Path
    """Where it stands, such as ("spec", "ingress", 0)."""
    action: Action
    peers: tuple[tuple[Path, Peer], ...] | None
    """None for all peers."""
    ports: tuple[PortRange | NamedPort, ...] | None
    """None for all ports of all protocols."""


@dataclass(frozen=True, slots=True, eq=False)
class Policy:
    """One policy, whatever its kind."""

    resource: Resource
    tier: Tier
    priority: int
    """The lower goes first within a tier; 0 where the kind has none."""
    namespace: str
    """Empty for policies of the whole cluster."""
    subjects: tuple[Selector, Selector] | None
    """Selectors of namespaces and of pods in them; None where the policy says nothing that can be read."""
    ingress: tuple[Rule, ...] | None
    """None where the policy says nothing of the direction."""
    egress: tuple[Rule, ...] | None
    flaws: tuple[Flaw, ...] = field(default=())
    contested: bool = False
    """Another policy has its name and says something else; either may be in force."""

    def __str__(self) -> str:
        namespace = namespace_of(self.resource)
        return "/".join(filter(None, (self.resource.kind, namespace, self.resource.name)))

    def rules(self, direction: Direction) -> tuple[Rule, ...] | None:
        """The rules of a direction, in order; None where the policy says nothing of it."""
        return self.ingress if direction == "ingress" else self.egress

    def concerns(self, direction: Direction) -> bool:
        """Whether it says something of a direction, or the other policy of its name may do so."""
        return self.contested or self.rules(direction) is not None

    @property
    def refused(self) -> bool:
        """The API server would not take it."""
        return any(flaw.refused for flaw in self.flaws)

    @property
    def doubt(self) -> str:
        """Why it cannot be told what a policy does that is refused."""
        flaw = next(flaw for flaw in self.flaws if flaw.refused)
        return (
            f"the API server would {'take only one' if self.contested else 'refuse'} {self}: {flaw.message}"
        )

    def named(self, rule: Rule | None) -> str:
        """The policy, and the rule in it, as `NetworkPolicy/shop/web#ingress[0]`."""
        return f"{self}#{rule.path[1]}[{rule.path[2]}]" if rule else str(self)


def selectors_of(policies: Iterable[Policy]) -> tuple[list[Selector], list[Selector], list[Selector]]:
    """All selectors of namespaces, of pods and of nodes."""
    namespaces, pods, nodes = [], [], []
    for policy in policies:
        if policy.subjects is not None:
            namespaces.append(policy.subjects[0])
            pods.append(policy.subjects[1])
        for peer in peers_of(policy):
            if isinstance(peer, Selected):
                pods.append(peer.pods)
                if peer.namespaces is not None:
                    namespaces.append(peer.namespaces)
            elif isinstance(peer, Nodes):
                nodes.append(peer.nodes)
    return namespaces, pods, nodes


def peers_of(policy: Policy) -> list[Peer]:
    """The peers of all its rules."""
    rules = (*(policy.ingress or ()), *(policy.egress or ()))
    return [peer for rule in rules for _, peer in rule.peers or ()]
