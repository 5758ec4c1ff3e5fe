"""Network policies of every kind for tests, as short as they can be written."""

from __future__ import annotations

from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.index import Index
from scanner.facts.network.policies import Policy
from scanner.facts.network.read import policies
from tests.facts.objects import resource

EVERYONE: dict[str, Any] = {"namespaces": {}}
POLICY_API = "policy.networking.k8s.io"


def network_policy(spec: Any, name: str = "a") -> Resource:
    return resource("NetworkPolicy", "networking.k8s.io/v1", name, "shop", spec=spec)


def admin(spec: Any) -> Resource:
    return resource("AdminNetworkPolicy", f"{POLICY_API}/v1alpha1", spec=spec)


def baseline(spec: Any, name: str = "default") -> Resource:
    return resource("BaselineAdminNetworkPolicy", f"{POLICY_API}/v1alpha1", name, spec=spec)


def cluster(spec: Any, version: str = "v1alpha2") -> Resource:
    return resource("ClusterNetworkPolicy", f"{POLICY_API}/{version}", spec=spec)


def read(policy: Resource) -> Policy:
    (found,) = policies(Index([policy], snapshot=True))
    return found


def refused(policy: Resource) -> list[str]:
    """Where things stand that the API server refuses."""
    return [".".join(map(str, flaw.path)) for flaw in read(policy).flaws if flaw.refused]
