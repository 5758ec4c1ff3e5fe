"""Who may do what: roles, bindings and subjects joined as Kubernetes' RBAC authorizer joins them.

Source: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scanner.collect.interface import Resource
from scanner.facts.bootstrap import default_rules, is_default_subject
from scanner.facts.default_roles import DEFAULT_ROLES, Rules, is_bootstrapped
from scanner.facts.index import Index, namespace_of, selects
from scanner.facts.subject import Subject, once, workload_of
from scanner.fields import entries, field, mapping, text, values

GROUP = "rbac.authorization.k8s.io"
ROLE, CLUSTER_ROLE = f"Role.{GROUP}", f"ClusterRole.{GROUP}"
ROLE_BINDING, CLUSTER_ROLE_BINDING = f"RoleBinding.{GROUP}", f"ClusterRoleBinding.{GROUP}"
DEFAULT_ACCOUNT = "default"
MIRROR = "kubernetes.io/config.mirror"
_ACCOUNT_USER = "system:serviceaccount:"


@dataclass(frozen=True, slots=True)
class Principal:
    """Whom a binding grants its role."""

    kind: str
    """`ServiceAccount`, `User` or `Group`."""
    namespace: str
    """Of a service account; empty for others."""
    name: str


@dataclass(frozen=True, slots=True)
class RoleRef:
    """The role that a binding grants."""

    kind: str
    """`Role` or `ClusterRole`."""
    namespace: str
    """Of a Role; empty for a ClusterRole."""
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class Binding:
    """A RoleBinding or ClusterRoleBinding."""

    resource: Resource
    namespace: str
    """Where it grants the role; empty for the whole cluster."""
    role: RoleRef
    principals: Sequence[tuple[int, Principal]]
    """With their positions in `subjects`."""


class Access:
    """All roles and bindings of a scan, looked up by each other."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._rules: dict[RoleRef, Rules | None] = {}
        self._permissions: dict[tuple[str, str], list[dict[str, Any]]] = {}
        self.by_role: dict[RoleRef, list[Binding]] = defaultdict(list)
        self.by_principal: dict[Principal, list[Binding]] = defaultdict(list)
        for kind in (ROLE_BINDING, CLUSTER_ROLE_BINDING):
            for resource in index.by_kind.get(kind, ()):
                found = binding_of(resource)
                self.by_role[found.role].append(found)
                for principal in dict.fromkeys(principal for _, principal in found.principals):
                    self.by_principal[principal].append(found)
        self._aggregations = [
            selector
            for resource in index.by_kind.get(CLUSTER_ROLE, ())
            for _, selector in entries(resource.body, "aggregationRule", "clusterRoleSelectors")
        ]

    def rules(self, role: RoleRef) -> Rules | None:
        """What a role allows; None when it is not at hand."""
        if role not in self._rules:
            self._rules[role] = self._read(role, frozenset())
        return self._rules[role]

    def _read(self, role: RoleRef, seen: frozenset[RoleRef]) -> Rules | None:
        resource = self._index.get(f"{role.kind}.{GROUP}", role.namespace, role.name)
        if resource is None:
            known = DEFAULT_ROLES.get(role.name) if role.kind == "ClusterRole" else None
            return known or default_rules(role.kind, role.namespace, role.name)
        selectors = [s for _, s in entries(resource.body, "aggregationRule", "clusterRoleSelectors")]
        if role.kind != "ClusterRole" or not selectors:
            return _own_rules(resource)
        # a controller writes the union into `rules`; a manifest leaves them empty
        found = [*_own_rules(resource), *DEFAULT_ROLES.get(role.name, ())]
        for other in self._index.by_kind.get(CLUSTER_ROLE, ()):
            key = RoleRef("ClusterRole", "", other.name)
            labels = mapping(other.body, "metadata", "labels")
            if key != role and key not in seen and any(selects(s, labels) for s in selectors):
                found += [r for r in self._read(key, seen | {role}) or () if r not in found]
        return found

    def aggregated(self, role: Resource) -> bool:
        """Whether a ClusterRole at hand takes over the rules of this one."""
        labels = mapping(role.body, "metadata", "labels")
        return role.group_kind == CLUSTER_ROLE and any(selects(s, labels) for s in self._aggregations)

    def permissions(self, namespace: str, account: str) -> list[dict[str, Any]]:
        """What a service account may do, by each binding that holds for it."""
        found = self._permissions.get((namespace, account))
        if found is None:
            found = self._permissions[namespace, account] = [
                {
                    "binding": f"{binding.resource.kind} {binding.resource.name}",
                    "namespace": binding.namespace,
                    "rules": self.rules(binding.role) or [],
                }
                for binding in self._granting(namespace, account)
            ]
        return found

    def _granting(self, namespace: str, account: str) -> Iterator[Binding]:
        """By the account's name or by a group that it is in."""
        for principal in (
            Principal("ServiceAccount", namespace, account),
            Principal("Group", "", f"system:serviceaccounts:{namespace}"),
            Principal("Group", "", "system:serviceaccounts"),
            Principal("Group", "", "system:authenticated"),
        ):
            yield from self.by_principal.get(principal, ())


access = once(Access)


def _own_rules(role: Resource) -> Rules:
    return [rule for _, rule in entries(role.body, "rules")]


def binding_of(resource: Resource) -> Binding:
    """A binding from its object."""
    namespace = namespace_of(resource)
    kind = text(resource.body, "roleRef", "kind")
    role = RoleRef(kind, namespace if kind == "Role" else "", text(resource.body, "roleRef", "name"))
    principals = [(at, _principal(entry, namespace)) for at, entry in entries(resource.body, "subjects")]
    return Binding(resource, namespace, role, principals)


def _principal(entry: Mapping[str, Any], namespace: str) -> Principal:
    kind, name = text(entry, "kind"), text(entry, "name")
    if kind == "ServiceAccount":
        return Principal(kind, text(entry, "namespace") or namespace, name)
    if kind == "User" and name.startswith(_ACCOUNT_USER):
        account_namespace, _, account = name.removeprefix(_ACCOUNT_USER).partition(":")
        return Principal("ServiceAccount", account_namespace, account)
    return Principal(kind, "", name)


def used(index: Index, unit: Subject) -> bool:
    """Over roles: whether a binding refers to it or a ClusterRole aggregates it."""
    resource = unit.resource
    role = RoleRef(resource.kind, namespace_of(resource), resource.name)
    found = access(index)
    return bool(found.by_role.get(role)) or found.aggregated(resource)


def role_known(index: Index, unit: Subject) -> bool:
    """Over bindings: whether the role is at hand, or one that every cluster has."""
    role = binding_of(unit.resource).role
    return is_bootstrapped(role.kind, role.namespace, role.name) or access(index).rules(role) is not None


def subjects(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over bindings: the subjects, service accounts with their namespace and whether they exist.

    `own` are those to whom every cluster grants the role by a binding of that name.
    `known` is None for those of `kube-system` where it was left out: controllers have many there.
    A user called `system:serviceaccount:<namespace>:<name>` is that service account.
    """
    return [
        {
            "path": ["subjects", at, "name"],
            "kind": principal.kind,
            "namespace": principal.namespace,
            "name": principal.name,
            "known": principal.kind != "ServiceAccount"
            or account_known(index, principal.namespace, principal.name)
            or (None if index.is_left_out(principal.namespace) else False),
            "own": is_default_subject(unit.resource, principal.kind, principal.namespace, principal.name),
        }
        for at, principal in binding_of(unit.resource).principals
    ]


def account_known(index: Index, namespace: str, name: str) -> bool:
    """Whether a service account exists: it is at hand, or the one that every namespace has."""
    return name == DEFAULT_ACCOUNT or index.get("ServiceAccount", namespace, name) is not None


def service_account(index: Index, unit: Subject) -> dict[str, bool | str]:
    """Over workloads: the service account that its pods run as.

    `default`: it is the one that pods get which name none. `field`: what names it, or would. `known`: it
    exists. `granted`: a binding names it. `automounted`: its token is mounted without being asked for.
    `token`: the pods hold its token, automounted or by a volume of their own. `mirror`: the kubelet runs
    the pod from a file, which the API server gives no token.
    """
    namespace, name = _account(unit)
    workload = workload_of(unit)
    mirror = MIRROR in mapping(workload.metadata, "annotations")
    automounted = not mirror and _automounts(index, workload.spec, namespace, name)
    return {
        "default": name == DEFAULT_ACCOUNT,
        "field": _naming(workload.spec),
        "known": account_known(index, namespace, name),
        "granted": bool(access(index).by_principal.get(Principal("ServiceAccount", namespace, name))),
        "automounted": automounted,
        "token": automounted or _projects_token(workload.spec),
        "mirror": mirror,
    }


def permissions(index: Index, unit: Subject) -> list[dict[str, Any]]:
    """Over workloads: what the service account of its pods may do, by each binding that holds for it.

    `namespace` is empty for the whole cluster; roles that are not at hand allow nothing that is known.
    """
    return access(index).permissions(*_account(unit))


def _account(unit: Subject) -> tuple[str, str]:
    spec = workload_of(unit).spec
    name = text(spec, "serviceAccountName") or text(spec, "serviceAccount") or DEFAULT_ACCOUNT
    return namespace_of(unit.resource), name


def _naming(spec: Mapping[str, Any]) -> str:
    """The deprecated field counts only where it stands alone."""
    old = text(spec, "serviceAccount") and not text(spec, "serviceAccountName")
    return "serviceAccount" if old else "serviceAccountName"


def _automounts(index: Index, spec: Mapping[str, Any], namespace: str, name: str) -> bool:
    """The pod's own word counts first, then the service account's; silence means yes."""
    said = field(spec, "automountServiceAccountToken")
    if isinstance(said, bool):
        return said
    account = index.get("ServiceAccount", namespace, name)
    return account is None or field(account.body, "automountServiceAccountToken") is not False


def _projects_token(spec: Mapping[str, Any]) -> bool:
    """A volume holds a token that the API server takes: one without an audience of its own."""
    return any(
        isinstance(field(source, "serviceAccountToken"), dict)
        and not text(source, "serviceAccountToken", "audience")
        for _, volume in entries(spec, "volumes")
        for source in values(volume, "projected", "sources")
    )
