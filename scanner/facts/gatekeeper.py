"""What Gatekeeper gives its policies: which objects a constraint matches, the review, the inventory.

https://open-policy-agent.github.io/gatekeeper/website/docs/howto : the semantics of `spec.match`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.index import CLUSTER_SCOPED, Index, namespace_of, selects
from scanner.fields import mapping


def matches(match: Mapping[str, Any], resource: Resource, index: Index) -> bool:
    """Whether a constraint's `spec.match` takes in an object; an absent criterion takes in everything."""
    namespace = resource.name if resource.group_kind == "Namespace" else namespace_of(resource)
    clustered = resource.group_kind in CLUSTER_SCOPED
    labels = mapping(resource.body, "metadata", "labels")
    scope = match.get("scope", "*")
    if (scope == "Cluster" and not clustered) or (scope == "Namespaced" and clustered):
        return False
    if match.get("kinds") and not any(_kind(entry, resource) for entry in _list(match["kinds"])):
        return False
    named = namespace and (not clustered or resource.group_kind == "Namespace")
    if match.get("namespaces") and named and not _any(match["namespaces"], namespace):
        return False
    if match.get("excludedNamespaces") and named and _any(match["excludedNamespaces"], namespace):
        return False
    if match.get("name") and not fnmatchcase(resource.name, str(match["name"])):
        return False
    if "labelSelector" in match and not selects(match["labelSelector"], labels):
        return False
    return "namespaceSelector" not in match or _namespace(match["namespaceSelector"], resource, index)


def _namespace(selector: Any, resource: Resource, index: Index) -> bool:
    if resource.group_kind == "Namespace":
        declared: Resource | None = resource
    elif resource.group_kind in CLUSTER_SCOPED:
        return True
    else:
        declared = index.get("Namespace", "", namespace_of(resource))
    return selects(selector, mapping(declared.body, "metadata", "labels") if declared else {})


def _kind(entry: Any, resource: Resource) -> bool:
    if not isinstance(entry, dict):
        return False
    groups, kinds = _list(entry.get("apiGroups", ["*"])), _list(entry.get("kinds", ["*"]))
    return ("*" in groups or resource.group in groups) and ("*" in kinds or resource.kind in kinds)


def _any(patterns: Any, name: str) -> bool:
    return any(fnmatchcase(name, str(pattern)) for pattern in _list(patterns))


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else []


def review(resource: Resource) -> dict[str, Any]:
    """The admission review of an object that is to be created."""
    _, _, version = resource.api_version.rpartition("/")
    out: dict[str, Any] = {
        "kind": {"group": resource.group, "version": version, "kind": resource.kind},
        "operation": "CREATE",
        "name": resource.name,
        "object": resource.body,
        "userInfo": {},
    }
    namespace = namespace_of(resource)
    if namespace:
        out["namespace"] = namespace
    return out


def inventory(resources: Sequence[Resource]) -> dict[str, Any]:
    """`data.inventory`: every object, by scope, group and version, kind and name."""
    out: dict[str, Any] = {"cluster": {}, "namespace": {}}
    for resource in resources:
        namespace = namespace_of(resource)
        place = out["namespace"].setdefault(namespace, {}) if namespace else out["cluster"]
        kinds = place.setdefault(resource.api_version, {})
        kinds.setdefault(resource.kind, {})[resource.name] = resource.body
    return out
