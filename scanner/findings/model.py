"""Findings, controls and the result of a scan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from msgspec import Struct

from scanner.catalog.model import Control, Framework, Rule, Severity
from scanner.collect.interface import Location, Path, Problem, Resource
from scanner.facts.index import CLUSTER_SCOPED


class Status(StrEnum):
    """What is known of one rule for one subject, or of one control."""

    FAIL = "fail"
    UNKNOWN = "unknown"
    """The fact could not be had; the message says why."""
    ERROR = "error"
    """The rule broke; the scan went on."""
    MANUAL = "manual"
    """Only a person can tell; the procedure is given."""
    WAIVED = "waived"
    NOT_APPLICABLE = "not_applicable"
    PASS = "pass"  # noqa: S105


class Subject(Struct, frozen=True):
    """The Kubernetes object that a finding is about."""

    api_version: str
    kind: str
    namespace: str
    """Empty when the object names none or is cluster-wide."""
    name: str

    def __str__(self) -> str:
        where = f"{self.namespace}/" if self.namespace else ""
        return f"{self.kind} {where}{self.name}"


def subject_of(resource: Resource) -> Subject:
    """An object's names."""
    namespace = "" if resource.group_kind in CLUSTER_SCOPED else resource.namespace
    return Subject(resource.api_version, resource.kind, namespace, resource.name)


class Finding(Struct, frozen=True):
    """One rule's word on one subject, at one place."""

    rule: Rule
    status: Status
    severity: Severity
    subject: Subject
    message: str
    path: Path
    """The field at fault, from the object's root."""
    location: Location
    fingerprint: str
    """Stays the same when lines move, files are reordered or renamed (hexadecimal, 32 digits)."""
    controls: tuple[str, ...]
    """`<framework>/<control>` for every control that the rule serves."""
    also: tuple[Subject, ...] = ()
    """Further subjects with the same fault at the same place, such as an overlay's other renderings."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An object of a cluster whose text a report may have."""

    resource: Resource
    secret: frozenset[int]
    """Lines of the text, counted from 1, on which a secret was found."""


@dataclass(frozen=True, slots=True)
class Looked:
    """A rule and the subjects of which it says the same without a fault: passed, or does not apply."""

    rule: Rule
    status: Status
    reason: str
    resources: Sequence[Resource]
    """The objects, each as often as it was judged."""


@dataclass(frozen=True, slots=True)
class Aspect:
    """One of two ways in which a control is decided."""

    name: str
    """`observed`: what runs now. `admission`: what would be let in."""
    status: Status
    reason: str
    """Why it is not decided, or what was looked at; empty for a failed one."""


@dataclass(frozen=True, slots=True)
class ControlResult:
    """What is known of one control."""

    framework: Framework
    control: Control
    status: Status
    reason: str
    """Why it is not decided, or what was looked at; empty for a failed one."""
    counts: Mapping[Status, int]
    """How many judgements of its rules had each status."""
    unasked: bool = False
    """Nobody asked for it: its rules were left out, or it has none and its framework is only shown."""
    aspects: tuple[Aspect, ...] = ()
    """Its two sides, where it is about what runs and about what may: the worse one is its status."""


@dataclass(frozen=True, slots=True)
class Note:
    """Something to know of a scan that takes nothing from it."""

    code: str
    """A stable word for the kind of note."""
    message: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class ScanResult:
    """Everything a scan learnt; the reports are made from this alone."""

    findings: Sequence[Finding]
    """Faults and whatever could not be decided, worst first, then by place."""
    looked: Sequence[Looked]
    """Passes and what does not apply."""
    controls: Sequence[ControlResult]
    problems: Sequence[Problem]
    """What could not be read or run: any makes the scan incomplete."""
    rules: Sequence[Rule]
    """The rules that were run."""
    frameworks: Sequence[Framework]
    kubernetes_version: str
    engine: str
    snapshot: bool
    objects: int
    files: int
    skipped: Mapping[str, int]
    sources: Sequence[str] = field(default=())
    """What was asked to be scanned, as given."""
    matched: Mapping[str, int] = field(default_factory=dict)
    """By what live objects were found in the repository → how many; empty when none was given."""
    live: Mapping[str, Shown | None] = field(default_factory=dict)
    """Every place in the cluster, rather than in a file, at which findings stand → the object whose text has
    its lines, if that may be shown.
    """
    notes: Sequence[Note] = field(default=())
    distribution: str = ""
    """The distribution or provider of the cluster, such as `k3s`; empty where it is not known."""
    cluster: Mapping[str, Any] | None = None
    """The ClusterFacts of the cluster that the objects are from: what was collected of it, and what not."""

    @property
    def complete(self) -> bool:
        """Everything that was asked for was checked."""
        undecided = (Status.UNKNOWN, Status.ERROR)
        return (
            not self.problems
            and not any(finding.status in undecided for finding in self.findings)
            and not any(c.status is Status.UNKNOWN and not c.unasked for c in self.controls)
        )
