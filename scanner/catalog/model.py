"""What a rule and a framework are, once read and checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """How bad a fault is, worst first."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return _RANK[self]


_RANK = {severity: rank for rank, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One setting of a rule, which a profile or configuration file may change."""

    default: Any
    description: str


@dataclass(frozen=True, slots=True)
class Module:
    """A Rego module."""

    uri: str
    """Its file, for messages."""
    text: str
    v0: bool = False
    """It is written in the language of before OPA 1.0."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: what its `# METADATA` comment states of it, and where its outcomes stand."""

    id: str
    """Permanent, such as `KA-W-0008`."""
    name: str
    """`<area>.<fault>`, as in its package `kubeassay.rules.<area>.<fault>`."""
    title: str
    description: str
    """Why the fault matters."""
    severity: Severity
    over: str
    """What one judgement is about: `workload`, `object`, `namespace`, `component` (a running part of
    Kubernetes, such as an API server), `node` (the facts of a node's host), `cluster`; for users' own Rego
    also `document` (conftest: the object as it is) and `review` (Gatekeeper: an admission review).
    """
    reads: tuple[str, ...]
    """The fields that the rule is given; it sees nothing else, and a pass names them."""
    remediation: str
    kinds: tuple[str, ...] = ()
    """Only these kinds, written `Kind` or `Kind.group`, or these components; every one when empty."""
    snapshot_only: bool = False
    """The rule judges the absence of something, which only a whole cluster or a snapshot can show."""
    parameters: dict[str, Parameter] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    uri: str = ""
    """The file of the rule, for messages."""
    entries: tuple[tuple[str, str], ...] = ()
    """Outcome (`fail`, `unknown`, `manual`, `not_applicable`) → the partial set in Rego that holds it."""
    modules: tuple[Module, ...] = ()
    """The rule's source: its own module, and for users' rules the modules beside it."""
    bundle: str = "kubeassay"
    """`kubeassay`, or the folder of a user's own rules."""
    match: dict[str, Any] = field(default_factory=dict)
    """A Gatekeeper constraint's `spec.match`."""
    arguments: dict[str, Any] = field(default_factory=dict)
    """A Gatekeeper constraint's `spec.parameters`."""

    @property
    def area(self) -> str:
        """The folder of the rule: `workload`, `rbac`, …"""
        return self.name.partition(".")[0]

    @property
    def outcomes(self) -> tuple[str, ...]:
        """The outcomes that the rule can have beside a pass."""
        return tuple(outcome for outcome, _ in self.entries)


@dataclass(frozen=True, slots=True)
class Control:
    """One requirement of a framework."""

    id: str
    title: str
    rules: tuple[str, ...] = ()
    """Names of the rules that decide it."""
    assessment: str = "automated"
    """`automated`, or `manual` where only a person can tell."""
    level: str = ""
    """The benchmark's own level or profile, such as `L1`."""
    since: str = ""
    """First Kubernetes minor version in which it holds."""
    until: str = ""
    """First Kubernetes minor version in which it holds no more."""
    needs: str = ""
    """What no manifest can show (`node`, `control-plane`, `cluster`): not judged from manifests. `provider`:
    what Kubernetes itself does not show either, such as the settings of an account in a cloud.
    """
    procedure: str = ""
    """How a person, or a later command, finds out."""
    evidence: str = ""
    """The fact, as `<module>.<function>`, that tells of a cluster what a person needs to see for it."""
    rationale: str = ""
    """Why it matters."""
    remediation: str = ""
    """How to mend it, wherever nothing else is said for the cluster's distribution."""
    remedies: dict[str, str] = field(default_factory=dict)
    """Distribution (`k3s`, `eks`, …) → how to mend it there."""
    like: str = ""
    """The control of another framework, `<framework>/<control>`, that it was made from."""
    stated: str = ""
    """What the benchmark's own text calls it, `automated` or `manual`: rules decide many a manual one."""

    def remedy(self, distribution: str) -> str:
        """How to mend it in a cluster of this distribution; the general way where that is not known."""
        return self.remedies.get(distribution, self.remediation)


@dataclass(frozen=True, slots=True)
class Framework:
    """A benchmark or standard: its controls, and which rules decide them."""

    id: str
    """Such as `cis-kubernetes-1.12` or `pss-restricted`."""
    title: str
    version: str
    url: str
    controls: tuple[Control, ...]
    since: str = ""
    """First Kubernetes minor version that it is written for."""
    until: str = ""
    """First Kubernetes minor version that it is no more written for."""
    distributions: tuple[str, ...] = ()
    """The distributions and providers that it is written for; for any when empty."""
    instead_of: str = ""
    """The family whose place it takes on the clusters that it is written for."""
    sections: dict[str, str] = field(default_factory=dict)
    """Beginning of controls' numbers, such as `1.2` → what its text calls them."""
    on_request: bool = False
    """A scan reports on it only where somebody names it."""

    @property
    def family(self) -> str:
        """Its id without the version: `cis-kubernetes` for `cis-kubernetes-1.12`."""
        return self.id.removesuffix(f"-{self.version}")


@dataclass(frozen=True, slots=True)
class Catalog:
    """All rules and frameworks that a scan can use."""

    rules: dict[str, Rule]
    """By name."""
    frameworks: dict[str, Framework]
    """By id."""
    library: tuple[Module, ...]
    """Rego modules that rules import."""
    places: dict[str, dict[str, str]] = field(default_factory=dict)
    """Component → distribution → where its settings are made."""
