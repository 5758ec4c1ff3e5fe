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
from scanner.facts import kyverno_patterns
from scanner.facts.index import DEFAULT_NAMESPACE, Index, namespace_labels, selects
from scanner.facts.subject import once
from scanner.fields import entries, field, mapping, text, values

_GROUP = "admissionregistration.k8s.io"
_WORDS = {
    "privileged": r"privileged\b",
    "host_pid": r"hostPID|host-?namespace",
    "host_ipc": r"hostIPC|host-?namespace",
    "host_network": r"hostNetwork|host-?network",
    "host_process": r"hostProcess",
    "host_path": r"hostPath|host-?filesystem",
    "host_ports": r"hostPort|host-?network",
    "privilege_escalation": r"allow-?PrivilegeEscalation",
    "root": r"runAsNonRoot|runAsUser|AllowedUsers|user-?group",
    "net_raw": r"capabilities|NET_RAW",
    "capabilities": r"capabilities",
    "seccomp": r"seccomp",
}
"""Danger → how a policy speaks of it that has to do with it."""
_TOPICS = {topic: re.compile(words, re.IGNORECASE) for topic, words in _WORDS.items()}
_EVERYTHING = re.compile(r"podSecurity|securityContextConstraints", re.IGNORECASE)
_MORE = re.compile(r"securityContext|K8sPSP|procMount|sysctls|selinux|apparmor", re.IGNORECASE)
BASELINE = ("privileged", "host_pid", "host_ipc", "host_network", "host_process", "host_path", "host_ports")
"""The dangers that the standard baseline keeps out."""
RESTRICTED = ("privilege_escalation", "root", "net_raw", "capabilities", "seccomp")
"""Those that the standard restricted keeps out beside them."""
_OF_LEVEL = {"baseline": frozenset(BASELINE), "restricted": frozenset(BASELINE + RESTRICTED)}
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
    held: frozenset[str] = frozenset()
    """The dangers that it keeps out of the namespaces that it covers."""
    about: frozenset[str] = frozenset()
    """The dangers that it has to do with."""

    def covers(self, namespace: str, labels: Mapping[str, Any]) -> bool:
        """Whether it judges the pods of a namespace."""
        return (
            (not self.only or any(fnmatchcase(namespace, each) for each in self.only))
            and not any(fnmatchcase(namespace, each) for each in self.never)
            and all(selects(selector, labels) for selector in self.selectors)
        )


def covering_policies(index: Index, namespace: str) -> list[PodPolicy]:
    """The policies on pods that cover a namespace."""
    labels = namespace_labels(index, namespace)
    return [policy for policy in _policies(index) if policy.covers(namespace, labels)]


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
        *_kubewarden(index),
        *_constraints_of_openshift(index),
    ]


def _about(*bodies: Any) -> frozenset[str] | None:
    """The dangers that a policy has to do with; None when it has nothing to do with pods' security."""
    text = msgspec.json.encode(bodies).decode()
    if _EVERYTHING.search(text):
        return frozenset(_TOPICS)
    found = frozenset(topic for topic, words in _TOPICS.items() if words.search(text))
    return found if found or _MORE.search(text) else None


def _kyverno(policy: Resource, only: Sequence[str]) -> Iterator[PodPolicy]:
    overall = text(policy.body, "spec", "validationFailureAction")
    for _, rule in entries(policy.body, "spec", "rules"):
        action = text(rule, "validate", "failureAction") or overall
        matched, excluded = _resources(rule, "match"), _resources(rule, "exclude")
        about = _about(rule.get("validate", {})) if action.lower() == "enforce" else None
        if about is None:
            continue
        if not any(_is_pod(kind) for filters in matched for kind in values(filters, "kinds")):
            continue
        names = [name for filters in matched for name in _names(filters)]
        selectors = [f["namespaceSelector"] for f in matched if "namespaceSelector" in f]
        never = [name for f in excluded if set(f) <= _BY_NAME for name in _names(f)]
        standard = mapping(rule, "validate", "podSecurity")
        whole = (
            "exclude" not in standard
            and not any(key in rule for key in ("preconditions", "celPreconditions"))
            and all(set(f) <= _WHOLE for f in matched)
            and all(set(f) <= _BY_NAME for f in excluded)
        )
        level = text(standard, "level") if whole else ""
        held = _OF_LEVEL.get(level, frozenset())
        if whole and not standard:
            held = kyverno_patterns.held(field(rule, "validate", "pattern"))
        yield PodPolicy(f"{policy.kind} {policy.name}", level, names or only, never, selectors, held, about)


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
        text(each.body, "spec", "crd", "spec", "names", "kind"): _about(each.body.get("spec", {}))
        for each in index.by_kind.get("ConstraintTemplate.templates.gatekeeper.sh", ())
    }
    constraints = (
        r for kind, rs in index.by_kind.items() if kind.endswith(".constraints.gatekeeper.sh") for r in rs
    )
    for constraint in constraints:
        spec = mapping(constraint.body, "spec")
        kinds = entries(spec, "match", "kinds")
        pods = not kinds or any({"Pod", "*"} & set(map(str, values(entry, "kinds"))) for _, entry in kinds)
        about = templates.get(constraint.kind, _about(constraint.kind))
        if not pods or about is None or (text(spec, "enforcementAction") or "deny") != "deny":
            continue
        match = mapping(spec, "match")
        selectors = [match["namespaceSelector"]] if "namespaceSelector" in match else []
        only, never = _names(match), [n for n in values(match, "excludedNamespaces") if isinstance(n, str)]
        held = _held_by_library(constraint.kind, mapping(spec, "parameters")) if set(match) <= _BOUNDS else ()
        name = f"{constraint.kind} {constraint.name}"
        yield PodPolicy(name, "", only, never, selectors, frozenset(held), about | frozenset(held))


_BOUNDS = frozenset({"kinds", "namespaces", "excludedNamespaces", "namespaceSelector", "scope", "source"})
"""Criteria of a constraint that choose no pods within a namespace."""


def _held_by_library(kind: str, parameters: Mapping[str, Any]) -> Sequence[str]:
    """What a constraint of Gatekeeper's library of policies keeps out.

    Source: https://open-policy-agent.github.io/gatekeeper-library/website/
    """
    if values(parameters, "exemptImages"):
        return ()
    match kind:
        case "K8sPSPPrivilegedContainer":
            return ("privileged",)
        case "K8sPSPHostNamespace":
            return ("host_pid", "host_ipc")
        case "K8sPSPAllowPrivilegeEscalationContainer":
            return ("privilege_escalation",)
        case "K8sPSPHostNetworkingPorts":
            network = ("host_network",) if field(parameters, "hostNetwork") is not True else ()
            return (*network, "host_ports") if not field(parameters, "max") else network
        case "K8sPSPHostFilesystem":
            return () if values(parameters, "allowedHostPaths") else ("host_path",)
        case "K8sPSPAllowedUsers":
            strict = text(parameters, "runAsUser", "rule") == "MustRunAsNonRoot"
            return ("root",) if strict else ()
        case "K8sPSPCapabilities":
            drops = {str(name) for name in values(parameters, "requiredDropCapabilities")}
            allowed = set(map(str, values(parameters, "allowedCapabilities"))) - {"NET_BIND_SERVICE"}
            if "ALL" in drops and not allowed:
                return ("capabilities", "net_raw")
            return ("net_raw",) if drops & {"NET_RAW", "ALL"} and not allowed & {"NET_RAW", "*"} else ()
    return ()


def _kubewarden(index: Index) -> Iterator[PodPolicy]:
    group = "policies.kubewarden.io"
    for kind in ("ClusterAdmissionPolicy", "ClusterAdmissionPolicyGroup", "AdmissionPolicy"):
        for policy in index.by_kind.get(f"{kind}.{group}", ()):
            spec = mapping(policy.body, "spec")
            about = _about(text(spec, "module"), spec.get("settings"))
            rules = [str(name) for _, rule in entries(spec, "rules") for name in values(rule, "resources")]
            if (
                (text(spec, "mode") or "protect") != "protect"
                or about is None
                or not {"pods", "*"} & set(rules)
            ):
                continue
            only = () if kind.startswith("Cluster") else (policy.namespace or DEFAULT_NAMESPACE,)
            selector = spec.get("namespaceSelector")
            name = f"{policy.kind} {policy.name}"
            yield PodPolicy(name, "", only, (), [selector] if selector else [], frozenset(), about)


def _constraints_of_openshift(index: Index) -> Iterator[PodPolicy]:
    """OpenShift admits a pod by the constraints that its account may use: which ones is not worked out."""
    if "SecurityContextConstraints.security.openshift.io" in index.by_kind:
        yield PodPolicy("SecurityContextConstraints", "", (), (), (), frozenset(), frozenset(_TOPICS))


def _validating_admission_policies(index: Index) -> Iterator[PodPolicy]:
    for binding in index.by_kind.get(f"ValidatingAdmissionPolicyBinding.{_GROUP}", ()):
        name = text(binding.body, "spec", "policyName")
        policy = index.get(f"ValidatingAdmissionPolicy.{_GROUP}", "", name)
        if policy is None or "Deny" not in values(binding.body, "spec", "validationActions"):
            continue
        spec = mapping(policy.body, "spec")
        rules = entries(spec, "matchConstraints", "resourceRules")
        pods = any({"pods", "*"} & set(map(str, values(rule, "resources"))) for _, rule in rules)
        about = _about(spec)
        if pods and about is not None:
            found = (
                field(spec, "matchConstraints", "namespaceSelector"),
                field(binding.body, "spec", "matchResources", "namespaceSelector"),
            )
            selectors = [each for each in found if each]
            yield PodPolicy(f"{policy.kind} {policy.name}", "", (), (), selectors, frozenset(), about)
