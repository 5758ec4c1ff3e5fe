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
class Rule:
    """A rule's metadata, as its `# METADATA` comment states it."""

    id: str
    """Permanent, such as `KA-W-0008`."""
    name: str
    """`<area>.<fault>`, as in its package `kubeassay.rules.<area>.<fault>`."""
    title: str
    description: str
    """Why the fault matters."""
    severity: Severity
    over: str
    """What one judgement is about: `workload`, `object`, `namespace` or `cluster`."""
    reads: tuple[str, ...]
    """The fields that the rule is given; it sees nothing else, and a pass names them."""
    remediation: str
    kinds: tuple[str, ...] = ()
    """Only these kinds, written `Kind` or `Kind.group`; every kind when empty."""
    snapshot_only: bool = False
    """The rule judges the absence of something, which only a whole cluster or a snapshot can show."""
    parameters: dict[str, Parameter] = field(default_factory=dict)
    references: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    uri: str = ""
    """The file of the rule, for messages."""
    outcomes: tuple[str, ...] = ("fail",)
    """The partial sets that the package defines: `fail`, `unknown`, `not_applicable`."""
    text: str = ""
    """The rule's source."""
    bundle: str = "kubeassay"
    """`kubeassay`, or the folder of a user's own rules."""

    @property
    def area(self) -> str:
        """The folder of the rule: `workload`, `rbac`, …"""
        return self.name.partition(".")[0]

    @property
    def package(self) -> str:
        """The Rego package."""
        return f"kubeassay.rules.{self.name}"


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
    """What no manifest can show (`node`, `control-plane`, `cluster`): not judged from manifests."""
    procedure: str = ""
    """How a person, or a later command, finds out."""
    rationale: str = ""
    remediation: str = ""


@dataclass(frozen=True, slots=True)
class Framework:
    """A benchmark or standard: its controls, and which rules decide them."""

    id: str
    """Such as `cis-kubernetes-1.12` or `pss-restricted`."""
    title: str
    version: str
    url: str
    controls: tuple[Control, ...]


@dataclass(frozen=True, slots=True)
class Catalog:
    """All rules and frameworks that a scan can use."""

    rules: dict[str, Rule]
    """By name."""
    frameworks: dict[str, Framework]
    """By id."""
    library: dict[str, str]
    """Rego modules that rules import: file → text."""
