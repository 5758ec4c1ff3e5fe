"""What could not be read makes rules unknown, never passed and never failed by mistake."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.catalog import catalog as catalogs
from scanner.collect.interface import Collection, Resource
from scanner.evaluate.absent import needs
from scanner.evaluate.embedded import EmbeddedEngine
from scanner.facts.cluster import WholeSource
from scanner.facts.needs import NEEDS
from scanner.findings.model import ScanResult, Status
from scanner.pipeline import ScanPlan, scan

CATALOG = catalogs.load()
RBAC = "rbac.authorization.k8s.io"
ORIGIN = WholeSource("cluster/test/x.yaml")


def resource(kind: str, name: str, api_version: str = "v1", **body: Any) -> Resource:
    metadata = {"name": name, "namespace": "shop"}
    return Resource({"apiVersion": api_version, "kind": kind, "metadata": metadata, **body}, ORIGIN)


def facts(**kinds: dict[str, Any]) -> Resource:
    entries = [
        {"group": name.partition("/")[0], "kind": name.partition("/")[2], **entry}
        for name, entry in kinds.items()
    ]
    return resource("ClusterFacts", "test", "kubeassay.dev/v1", kinds=entries)


def judged(resources: list[Resource], *names: str, asked: bool = True) -> ScanResult:
    rules = [CATALOG.rules[name] for name in names]
    plan = ScanPlan(catalog=CATALOG, rules=rules, frameworks=(), snapshot=True, rules_asked=asked)
    return scan(plan, Collection(resources=resources), EmbeddedEngine())


def said(result: ScanResult) -> list[tuple[str, str, str]]:
    return sorted((f.status.value, f.subject.kind, f.subject.name) for f in result.findings)


POD = resource("Pod", "a", spec={"hostPID": True, "containers": [{"name": "a"}]})
ROLE = resource("Role", "r", "rbac.authorization.k8s.io/v1", rules=[])
FORBIDDEN = {"status": "forbidden", "reason": "403: no"}


def test_what_was_read_is_judged_and_what_was_not_is_unknown() -> None:
    result = judged([POD, facts(**{"apps/Deployment": FORBIDDEN})], "workload.host_pid")
    assert said(result) == [("fail", "Pod", "a"), ("unknown", "ClusterFacts", "test")]
    (message,) = (f.message for f in result.findings if f.status is Status.UNKNOWN)
    assert "Deployment" in message
    assert "403: no" in message
    assert not result.complete


def test_a_kind_that_was_read_changes_nothing() -> None:
    result = judged([POD, facts(**{"apps/Deployment": {"status": "ok"}})], "workload.host_pid")
    assert said(result) == [("fail", "Pod", "a")]


@pytest.mark.parametrize("status", ["partial", "forbidden", "failed"])
def test_a_rule_whose_facts_are_missing_is_not_judged(status: str) -> None:
    entry = {"status": status, "reason": "the cause"}
    bound = judged([ROLE], "rbac.unbound_role")
    blind = judged([ROLE, facts(**{"rbac.authorization.k8s.io/RoleBinding": entry})], "rbac.unbound_role")
    assert ("fail", "Role", "r") in said(bound)
    assert said(blind) == [("unknown", "ClusterFacts", "test")]


def test_a_group_that_is_down_counts_for_all_its_kinds() -> None:
    result = judged([facts(**{"apps/*": FORBIDDEN})], "workload.host_pid")
    assert said(result) == [("unknown", "ClusterFacts", "test")]


def test_values_that_are_not_read_from_a_cluster_are_not_judged() -> None:
    secret = resource("Secret", "s")
    entry = {"status": "ok", "content": "metadata"}
    result = judged([secret, facts(**{"/Secret": entry})], "secrets.secret_in_manifest")
    assert result.findings == []
    assert [entry.status for entry in result.looked] == [Status.NOT_APPLICABLE]


@pytest.mark.parametrize(("asked", "number"), [(True, 1), (False, 0)])
def test_nothing_known_of_nodes_is_unknown_only_for_those_who_ask(asked: bool, number: int) -> None:
    rule = next(rule.name for rule in CATALOG.rules.values() if rule.over == "node")
    result = judged([POD], rule, asked=asked)
    assert [f.status for f in result.findings] == [Status.UNKNOWN] * number
    assert bool(result.skipped) is not asked


def test_every_fact_that_needs_other_objects_says_which() -> None:
    used = {read for rule in CATALOG.rules.values() for read in rule.reads if read.startswith("facts.")}
    assert set(NEEDS) <= {read.removeprefix("facts.") for read in used}


def test_what_a_watch_follows() -> None:
    needed = needs([CATALOG.rules[name] for name in ("workload.host_pid", "rbac.unbound_role")])
    followed = ("Deployment.apps", f"RoleBinding.{RBAC}", "K8sPSPCapabilities.constraints.gatekeeper.sh")
    assert all(map(needed, followed))
    assert not needed("Service")
