"""Results to report on, made without scanning anything."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from scanner.catalog.model import Control, Framework, Rule, Severity
from scanner.collect.interface import Location, Resource
from scanner.findings.model import ControlResult, Finding, Looked, ScanResult, Status, Subject
from scanner.report.interface import ReportOptions

BASELINE = Framework(
    "pss-baseline",
    "Pod Security Standards, baseline",
    "1.37",
    "https://kubernetes.io/docs/concepts/security/pod-security-standards/",
    (
        Control("privileged", "Privileged containers must be disallowed", ("workload.privileged",)),
        Control("hostNamespaces", "Host namespaces must be disallowed", ("workload.host_ipc",)),
    ),
)
REVIEWED = Framework(
    "house-rules",
    "House rules",
    "3",
    "",
    (
        Control("1", "Somebody is on call", assessment="manual", procedure="Call the number"),
        Control("2", "The node is patched", needs="node"),
        Control("3", "The moon is full", level="L2"),
    ),
)


def rule(name: str = "workload.privileged", **changes: Any) -> Rule:
    members: dict[str, Any] = {
        "id": "KA-W-0001",
        "name": name,
        "title": "Container runs privileged",
        "description": "It can do what root on the node can.",
        "severity": Severity.CRITICAL,
        "over": "workload",
        "reads": ("containers.securityContext.privileged",),
        "remediation": "Remove privileged, or set it to false.",
        "references": ("https://kubernetes.io/docs/concepts/security/pod-security-standards/",),
        "uri": "rules/workload/privileged/rule.rego",
    }
    return Rule(**(members | changes))


HOST_IPC = rule(
    "workload.host_ipc",
    id="KA-W-0008",
    title="Pod shares the host's IPC namespace",
    severity=Severity.HIGH,
    remediation="Remove hostIPC.",
    reads=("spec.hostIPC",),
    uri="rules/workload/host_ipc/rule.rego",
)


def subject(name: str = "api", namespace: str = "prod", kind: str = "Deployment") -> Subject:
    return Subject("v1" if kind == "Namespace" else "apps/v1", kind, namespace, name)


def place(uri: str = "deploy/api.yaml", line: int = 7, **changes: Any) -> Location:
    members: dict[str, Any] = {
        "column": 5,
        "end_line": line,
        "end_column": 21,
        "snippet": "    privileged: true # why?",
    }
    return Location(uri, line, **(members | changes))


_number = 0


def finding(**changes: Any) -> Finding:
    global _number
    _number += 1
    members: dict[str, Any] = {
        "rule": rule(),
        "status": Status.FAIL,
        "subject": subject(),
        "message": 'Container "web" runs privileged',
        "path": ("spec", "template", "spec", "containers", 0, "securityContext", "privileged"),
        "location": place(),
        "fingerprint": hashlib.sha256(str(_number).encode()).hexdigest()[:32],
        "controls": ("pss-baseline/privileged",),
    }
    members |= changes
    return Finding(**({"severity": members["rule"].severity} | members))


class _Origin:
    def __init__(self, uri: str) -> None:
        self.uri = uri

    def locate(self, path: object) -> Location:
        return Location(self.uri, 12, 1, 30, 8)


def looked(status: Status = Status.PASS, number: int = 2, reason: str = "") -> Looked:
    body = {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"namespace": "prod", "name": "web"}}
    return Looked(HOST_IPC, status, reason, [Resource(body, _Origin("deploy/web.yaml"))] * number)


def result(findings: Sequence[Finding] = (), **changes: Any) -> ScanResult:
    rules = {HOST_IPC.name: HOST_IPC, rule().name: rule()} | {f.rule.name: f.rule for f in findings}
    members: dict[str, Any] = {
        "findings": list(findings),
        "looked": [],
        "controls": [
            ControlResult(BASELINE, BASELINE.controls[0], Status.FAIL, "", {Status.FAIL: len(findings)}),
            ControlResult(BASELINE, BASELINE.controls[1], Status.PASS, "2 judgements", {Status.PASS: 2}),
        ],
        "problems": [],
        "rules": sorted(rules.values(), key=lambda rule: rule.id),
        "frameworks": [BASELINE],
        "kubernetes_version": "1.37",
        "engine": "regorus 0.13.0",
        "snapshot": False,
        "objects": 3,
        "files": 2,
        "skipped": {"not a Kubernetes object": 1},
        "sources": ["deploy"],
    }
    return ScanResult(**(members | changes))


def reviewed() -> dict[str, Any]:
    """Members of a result with controls that no rule decides."""
    manual, node, moon = REVIEWED.controls
    return {
        "frameworks": [BASELINE, REVIEWED],
        "controls": [
            ControlResult(REVIEWED, manual, Status.MANUAL, "Call the number", {}),
            ControlResult(REVIEWED, node, Status.NOT_APPLICABLE, "decided on the nodes' hosts", {}),
            ControlResult(REVIEWED, moon, Status.UNKNOWN, "no rule decides it yet", {}),
        ],
    }


def rendered(module: Any, scan: ScanResult, **options: Any) -> bytes:
    """What a format makes of a result, in a folder of no repository unless one is given."""
    options.setdefault("root", Path("/nowhere"))
    return b"".join(module.render(scan, ReportOptions(**options)))
