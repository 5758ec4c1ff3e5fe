"""Who holds what a role allows, and by which binding: aggregation and groups followed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.index import Index, namespace_of, selects
from scanner.facts.rbac import (
    CLUSTER_ROLE,
    CLUSTER_ROLE_BINDING,
    ROLE,
    ROLE_BINDING,
    Binding,
    Principal,
    RoleRef,
    access,
)
from scanner.fields import entries, mapping

_NAMED = 3
_ACCOUNTS = "system:serviceaccounts"
_GROUPS = {
    "system:authenticated": "everybody with a credential",
    "system:unauthenticated": "anybody",
    _ACCOUNTS: "every service account",
    "system:masters": "who may do everything anyway",
}


def note(index: Index, role: Resource) -> str:
    """Over roles, in words for the end of a message: who holds one, of many the first three; or nobody."""
    if role.group_kind not in (ROLE, CLUSTER_ROLE):
        return ""
    missing = [kind for kind in (ROLE_BINDING, CLUSTER_ROLE_BINDING) if kind in index.unread]
    found = list(dict.fromkeys(_held(index, role)))
    if not found:
        return (
            "; who holds it is not known, for not all bindings could be read"
            if missing
            else ("; no binding grants it to anybody")
        )
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    perhaps = ", perhaps others" if missing else ""
    return f"; held by {', '.join(found[:_NAMED])}{more}{perhaps}"


def _held(index: Index, role: Resource) -> Iterator[str]:
    for through, ref in _ways(index, role):
        for binding in access(index).by_role.get(ref, ()):
            for _, principal in binding.principals:
                yield f"{_called(principal)} ({_named(binding)}{through})"


def _ways(index: Index, role: Resource) -> Iterator[tuple[str, RoleRef]]:
    """The role itself, and the ClusterRoles that aggregate its rules, directly or through others."""
    yield "", RoleRef(role.kind, namespace_of(role), role.name)
    if role.group_kind != CLUSTER_ROLE:
        return
    seen, waiting = {role.name}, [role]
    while waiting:
        labels = mapping(waiting.pop().body, "metadata", "labels")
        for other in index.by_kind.get(CLUSTER_ROLE, ()):
            if other.name not in seen and _aggregates(other, labels):
                seen.add(other.name)
                waiting.append(other)
                yield f", through ClusterRole {other.name}", RoleRef("ClusterRole", "", other.name)


def _aggregates(role: Resource, labels: Any) -> bool:
    selectors = entries(role.body, "aggregationRule", "clusterRoleSelectors")
    return any(selects(selector, labels) for _, selector in selectors)


def _called(principal: Principal) -> str:
    name = f"{principal.namespace}/{principal.name}" if principal.namespace else principal.name
    if principal.kind != "Group":
        return f"{principal.kind} {name}"
    of_namespace = principal.name.removeprefix(f"{_ACCOUNTS}:")
    who = _GROUPS.get(principal.name) or (
        f"every service account of {of_namespace}" if of_namespace != principal.name else ""
    )
    return f"Group {name}, {who}" if who else f"Group {name}"


def _named(binding: Binding) -> str:
    where = f"{binding.namespace}/" if binding.namespace else ""
    return f"{binding.resource.kind} {where}{binding.resource.name}"
