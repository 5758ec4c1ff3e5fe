"""What Kubernetes itself and kubeadm allow to whom, in every cluster.

The data are those that kube-apiserver writes at its start (`bootstrappolicy` of Kubernetes 1.30 to 1.37, all
feature gates on, joined by name) and what `kubeadm init` adds. A role of a known name with other content is
somebody's own work.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Any

import msgspec

from scanner.collect.interface import Resource
from scanner.facts.index import Index, namespace_of
from scanner.facts.platform import platform
from scanner.facts.subject import Subject
from scanner.facts.upstream import FOLDER
from scanner.fields import entries, field, text, values

Rule = Mapping[str, Any]
_LISTS = ("apiGroups", "resources", "verbs", "nonResourceURLs")


class DefaultBinding(msgspec.Struct, frozen=True):
    """A binding that every cluster has."""

    kind: str
    """Of the role: `Role` or `ClusterRole`."""
    role: str
    subjects: tuple[tuple[str, str, str], ...]
    """Kind, namespace and name of each."""


class _Data(msgspec.Struct, frozen=True):
    roles: dict[str, list[dict[str, list[str]]]]
    bindings: dict[str, DefaultBinding]


@cache
def _data() -> _Data:
    return msgspec.json.decode((FOLDER / "bootstrap-roles.json").read_bytes(), type=_Data)


def default_rules(kind: str, namespace: str, name: str) -> Sequence[Rule] | None:
    """What a role of that name allows in every cluster; None for other names."""
    return _data().roles.get(f"{kind}/{namespace}/{name}")


def default_binding(kind: str, namespace: str, name: str) -> DefaultBinding | None:
    """The binding of that name in every cluster; None for other names."""
    return _data().bindings.get(f"{kind}/{namespace}/{name}")


def origin(index: Index, unit: Subject) -> dict[str, Any] | None:
    """Over roles: who makes one by that name in every cluster; None where nobody does.

    `maker` in words, and `beyond`, the positions of its rules that allow more than its maker's do.
    """
    role = unit.resource
    found = default_rules(role.kind, namespace_of(role), role.name)
    if found is not None:
        beyond = [at for at, rule in entries(role.body, "rules") if not _within(rule, found)]
        return {"maker": _maker(role.name), "beyond": beyond}
    provider = provider_of(index, role)
    return {"maker": provider, "beyond": []} if provider else None


def _maker(name: str) -> str:
    return (
        "kubeadm" if name.startswith("kubeadm:") or name in ("system:coredns", "kube-proxy") else "Kubernetes"
    )


def _within(rule: Rule, defaults: Iterable[Rule]) -> bool:
    """Everything that a rule allows is allowed by one of the defaults."""
    names = values(rule, "resourceNames")
    groups, kinds, verbs, urls = (values(rule, key) or [""] for key in _LISTS)
    return all(
        any(_covers(default, (group, kind, verb, url), names) for default in defaults)
        for group in groups
        for kind in kinds
        for verb in verbs
        for url in urls
    )


def _covers(default: Rule, wanted: Sequence[Any], names: Sequence[Any]) -> bool:
    only = default.get("resourceNames")
    if only and not (names and all(name in only for name in names)):
        return False
    return all(
        value == "" or value in default.get(key, ()) or "*" in default.get(key, ())
        if key != "apiGroups"
        else value in default.get(key, ("",)) or "*" in default.get(key, ())
        for key, value in zip(_LISTS, wanted, strict=True)
    )


def provider_of(index: Index, role: Resource) -> str:
    """Who runs the cluster, if the role is one that it keeps there itself, by its name; else empty."""
    known = platform(index)
    return known.title if known and known.roles and role.name.startswith(known.roles) else ""


def is_default_subject(binding: Resource, kind: str, namespace: str, name: str) -> bool:
    """Whether every cluster grants that role to that subject, by a binding of that name."""
    found = default_binding(binding.kind, namespace_of(binding), binding.name)
    reference = field(binding.body, "roleRef")
    return (
        found is not None
        and (found.kind, found.role) == (text(reference, "kind"), text(reference, "name"))
        and (kind, namespace, name) in found.subjects
    )
