"""Policies, other than a namespace's labels, that keep its pods in bounds.

What a policy of Kyverno, of Gatekeeper or of the API server's own kind allows is written in a language of
its own. So this tells which policies there are, and takes only one that names a Pod Security Standard at
its word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import msgspec

from scanner.collect.interface import Resource
from scanner.facts.fields import entries, field, mapping, text, values
from scanner.facts.index import DEFAULT_NAMESPACE, Index, selects
from scanner.facts.policies import namespace_labels
from scanner.facts.subject import Subject, namespace_in, once

_GROUP = "admissionregistration.k8s.io"
_POD_SECURITY = re.compile(
    r"podSecurity|securityContext|hostNetwork|hostPID|hostIPC|hostPath|privileged|K8sPSP", re.IGNORECASE
)
_BY_NAME = frozenset({"kinds", "namespaces"})
_WHOLE = _BY_NAME | {"namespaceSelector", "operations"}
"""Kyverno's filters that choose no pods within a namespace."""


@dataclass(frozen=True, slots=True)
class PodPolicy:
    """A policy that rejects pods for what their security context or host access is."""

    name: str
    """`<kind> <name>`."""
    level: str
    """The Pod Security Standard that it holds whole; empty when that cannot be told."""
    only: Sequence[str]
    """Patterns of the namespaces it is for; all when empty."""
    never: Sequence[str]
    """Patterns of the namespaces it leaves out."""
    selectors: Sequence[Any]
    """Label selectors that a namespace must match, each."""

    def covers(self, namespace: str, labels: Mapping[str, Any]) -> bool:
        """Whether it judges the pods of a namespace."""
        return (
            (not self.only or any(fnmatchcase(namespace, each) for each in self.only))
            and not any(fnmatchcase(namespace, each) for each in self.never)
            and all(selects(selector, labels) for selector in self.selectors)
        )


def covering(index: Index, unit: Subject) -> list[dict[str, str]]:
    """Over namespaces: the policies at hand that may bound its pods as the namespace's labels would."""
    namespace = namespace_in(unit)
    labels = namespace_labels(index, namespace)
    covering = (policy for policy in _policies(index) if policy.covers(namespace, labels))
    return [{"name": policy.name, "level": policy.level} for policy in covering]


@once
def _policies(index: Index) -> list[PodPolicy]:
    return [
        *(
            policy
            for each in index.by_kind.get("ClusterPolicy.kyverno.io", ())
            for policy in _kyverno(each, ())
        ),
        *(
            policy
            for each in index.by_kind.get("Policy.kyverno.io", ())
            for policy in _kyverno(each, (each.namespace or DEFAULT_NAMESPACE,))
        ),
        *_gatekeeper(index),
        *_validating_admission_policies(index),
    ]


def _about_pod_security(body: Any) -> bool:
    return _POD_SECURITY.search(msgspec.json.encode(body).decode()) is not None


def _kyverno(policy: Resource, only: Sequence[str]) -> Iterator[PodPolicy]:
    overall = text(policy.body, "spec", "validationFailureAction")
    for _, rule in entries(policy.body, "spec", "rules"):
        action = text(rule, "validate", "failureAction") or overall
        matched, excluded = _resources(rule, "match"), _resources(rule, "exclude")
        if action.lower() != "enforce" or not _about_pod_security(rule.get("validate", {})):
            continue
        if not any(_is_pod(kind) for filters in matched for kind in values(filters, "kinds")):
            continue
        names = [name for filters in matched for name in _names(filters)]
        selectors = [f["namespaceSelector"] for f in matched if "namespaceSelector" in f]
        never = [name for f in excluded if set(f) <= _BY_NAME for name in _names(f)]
        standard = mapping(rule, "validate", "podSecurity")
        whole = (
            "exclude" not in standard
            and all(set(f) <= _WHOLE for f in matched)
            and all(set(f) <= _BY_NAME for f in excluded)
        )
        level = text(standard, "level") if whole else ""
        yield PodPolicy(f"{policy.kind} {policy.name}", level, names or only, never, selectors)


def _names(filters: Any) -> list[str]:
    return [name for name in values(filters, "namespaces") if isinstance(name, str)]


def _resources(rule: Any, key: str) -> list[Mapping[str, Any]]:
    filters = [rule.get(key), *(entry for k in ("any", "all") for _, entry in entries(rule, key, k))]
    found = (mapping(each, "resources") for each in filters)
    return [each for each in found if each]


def _is_pod(kind: object) -> bool:
    return isinstance(kind, str) and kind.rpartition("/")[2] in ("Pod", "*")


def _gatekeeper(index: Index) -> Iterator[PodPolicy]:
    templates = {
        text(each.body, "spec", "crd", "spec", "names", "kind"): _about_pod_security(
            each.body.get("spec", {})
        )
        for each in index.by_kind.get("ConstraintTemplate.templates.gatekeeper.sh", ())
    }
    constraints = (
        r for kind, rs in index.by_kind.items() if kind.endswith(".constraints.gatekeeper.sh") for r in rs
    )
    for constraint in constraints:
        spec = mapping(constraint.body, "spec")
        kinds = entries(spec, "match", "kinds")
        pods = not kinds or any({"Pod", "*"} & set(map(str, values(entry, "kinds"))) for _, entry in kinds)
        about = templates.get(constraint.kind, constraint.kind.startswith("K8sPSP"))
        if not pods or not about or (text(spec, "enforcementAction") or "deny") != "deny":
            continue
        match = mapping(spec, "match")
        selectors = [match["namespaceSelector"]] if "namespaceSelector" in match else []
        only, never = _names(match), [n for n in values(match, "excludedNamespaces") if isinstance(n, str)]
        yield PodPolicy(f"{constraint.kind} {constraint.name}", "", only, never, selectors)


def _validating_admission_policies(index: Index) -> Iterator[PodPolicy]:
    for binding in index.by_kind.get(f"ValidatingAdmissionPolicyBinding.{_GROUP}", ()):
        name = text(binding.body, "spec", "policyName")
        policy = index.get(f"ValidatingAdmissionPolicy.{_GROUP}", "", name)
        if policy is None or "Deny" not in values(binding.body, "spec", "validationActions"):
            continue
        spec = mapping(policy.body, "spec")
        rules = entries(spec, "matchConstraints", "resourceRules")
        pods = any({"pods", "*"} & set(map(str, values(rule, "resources"))) for _, rule in rules)
        if pods and _about_pod_security(spec):
            found = (
                field(spec, "matchConstraints", "namespaceSelector"),
                field(binding.body, "spec", "matchResources", "namespaceSelector"),
            )
            yield PodPolicy(f"{policy.kind} {policy.name}", "", (), (), [each for each in found if each])
