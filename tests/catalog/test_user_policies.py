"""Users' own Rego runs as it is, and is checked before it does."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from scanner.cli.app import run
from scanner.collect.interface import Resource
from scanner.facts.gatekeeper import inventory, matches, review
from scanner.facts.index import Index

POLICIES = Path(__file__).parent / "policies"

OBJECTS = """\
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 1
  template:
    spec:
      containers:
        - name: web
          image: nginx:latest
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: a, namespace: shop}
spec: {rules: [{host: shop.example.com}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: b, namespace: shop}
spec: {rules: [{host: shop.example.com}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: NodePort}
"""


def findings(tmp_path: Path, policies: str, *options: str) -> list[dict[str, Any]]:
    manifests, out = tmp_path / "objects.yaml", tmp_path / "result.json"
    manifests.write_text(OBJECTS)
    wanted = ["--policy", str(POLICIES / policies), "--output", f"json={out}", *options]
    assert run(["scan", str(manifests), "-q", "--exit-zero", *wanted]) == 0
    found = json.loads(out.read_text())["findings"]
    return [finding for finding in found if not finding["rule"].startswith("KA-")]


def test_conftest_packages(tmp_path: Path) -> None:
    found = {f["rule"]: f for f in findings(tmp_path, "conftest")}
    assert set(found) == {"main.deny", "main.violation", "main.warn_replicas", "legacy.deny"}
    assert found["main.deny"]["message"] == "web must run as non-root"
    assert found["main.violation"]["message"] == "web uses latest"
    assert found["main.warn_replicas"]["location"]["start_line"] == 9
    assert found["main.warn_replicas"]["severity"] == "low"
    assert found["legacy.deny"]["subject"]["kind"] == "Service"


def test_gatekeeper_constraints(tmp_path: Path) -> None:
    found = findings(tmp_path, "gatekeeper")
    by_rule = {f["rule"]: f for f in found}
    assert by_rule["RequiredLabels/namespaces-have-an-owner"]["subject"]["kind"] == "Namespace"
    assert by_rule["RequiredLabels/deployments-say-their-team"]["severity"] == "medium"
    hosts = [f for f in found if f["rule"] == "UniqueIngressHost/hosts-are-unique"]
    assert {f["subject"]["name"] for f in hosts} == {"a", "b"}


def test_rules_of_our_shape_with_parameters(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, "ours", "--rule", "ACME-W-0001")
    assert finding["message"] == "no label owner"
    assert finding["path"] == ["metadata", "labels"]
    config = tmp_path / "kubeassay.yaml"
    config.write_text("rules:\n  no_owner:\n    severity: high\n    parameters: {label: team}\n")
    (finding,) = findings(tmp_path, "ours", "--rule", "no_owner", "--config", str(config))
    assert (finding["message"], finding["severity"]) == ("no label team", "high")


@pytest.mark.parametrize("folder", ["conftest", "gatekeeper", "ours"])
def test_check_finds_nothing_in_good_policies(folder: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "check", str(POLICIES / folder)]) == 0
    assert "0 warnings" in capsys.readouterr().out


def test_test_runs_the_tests(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["policy", "test", str(POLICIES / "conftest")]) == 0
    assert "2 passed, 0 failed" in capsys.readouterr().out


def write(folder: Path, text: str, name: str = "rule.rego") -> str:
    (folder / name).write_text(text)
    return str(folder)


def test_failing_test_is_exit_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, "package main\n\ntest_no if 1 == 2\n", "main_test.rego")
    assert run(["policy", "test", folder]) == 1
    assert "FAIL data.main.test_no" in capsys.readouterr().out


def test_no_test_is_an_error(tmp_path: Path) -> None:
    assert run(["policy", "test", write(tmp_path, "package main\n")]) == 2


NEGATIONS = {
    "call": 'not startswith(input.spec.name, "a")',
    "membership": 'not input.spec.name in {"a"}',
}


@pytest.mark.parametrize("negation", NEGATIONS)
def test_check_warns_of_negated_references(
    negation: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = f'package main\n\ndeny contains "x" if {{\n\t{NEGATIONS[negation]}\n}}\n'
    assert run(["policy", "check", write(tmp_path, text)]) == 1
    said = capsys.readouterr().out
    assert "rule.rego:4" in said
    assert "input.spec.name" in said


def test_check_takes_negated_helpers_and_plain_references(tmp_path: Path) -> None:
    text = (
        "package main\n\ndeny contains input.kind if {\n\tnot good\n\tnot input.spec.ok\n}\n\ngood if input.a"
    )
    assert run(["policy", "check", write(tmp_path, text)]) == 0


def test_check_names_the_way_out_for_an_unknown_built_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'package main\n\ndeny contains x if x := uri.parse("http://a")\n'
    assert run(["policy", "check", write(tmp_path, text)]) == 1
    assert "--engine opa" in capsys.readouterr().out


def test_missing_built_ins_are_there(tmp_path: Path) -> None:
    text = (
        'package main\n\ndeny contains net.cidr_merge(["10.0.0.0/9", "10.128.0.0/9"])[0] if {\n'
        '\tnet.cidr_intersects("10.0.0.0/8", "10.1.0.0/16")\n\tinput.kind == "Service"\n}\n'
    )
    folder = tmp_path / "policies"
    folder.mkdir()
    write(folder, text)
    (finding,) = findings(tmp_path, str(folder))
    assert finding["message"] == "10.0.0.0/8"


BAD = {
    "no metadata": ("package kubeassay.rules.workload.x\n", "METADATA"),
    "unknown key": ("# METADATA\n# titel: x\npackage kubeassay.rules.workload.x\n", "title"),
    "bad yaml": ("# METADATA\n# title: [\npackage kubeassay.rules.workload.x\n", "rule.rego:"),
    "missing": ("# METADATA\n# title: x\npackage kubeassay.rules.workload.x\n", "missing"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_metadata_is_named(case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text, hint = BAD[case]
    assert run(["policy", "check", write(tmp_path, text)]) == 2
    assert hint in capsys.readouterr().err


def test_a_taken_identifier_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (POLICIES / "ours/workload/no_owner/rule.rego").read_text().replace("ACME-W-0001", "KA-W-0001")
    assert run(["policy", "check", write(tmp_path, text)]) == 2
    assert "already taken" in capsys.readouterr().err


def test_constraint_without_template_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "apiVersion: constraints.gatekeeper.sh/v1beta1\nkind: Nothing\nmetadata: {name: x}\n"
    assert run(["policy", "check", write(tmp_path, text, "c.yaml")]) == 2
    assert "no ConstraintTemplate" in capsys.readouterr().err


class Nowhere:
    uri = "x.yaml"

    def locate(self, path: object) -> Any:
        raise NotImplementedError


def resource(kind: str, name: str, namespace: str = "", group: str = "", **labels: str) -> Resource:
    metadata: dict[str, Any] = {"name": name, "labels": labels}
    if namespace:
        metadata["namespace"] = namespace
    version = f"{group}/v1" if group else "v1"
    return Resource({"apiVersion": version, "kind": kind, "metadata": metadata}, Nowhere())


POD = resource("Pod", "web-1", "shop", tier="front")
NAMESPACE = resource("Namespace", "shop", team="a")
ROLE = resource("ClusterRole", "admin", group="rbac.authorization.k8s.io")
MATCHES: list[tuple[dict[str, Any], Resource, bool]] = [
    ({}, POD, True),
    ({"kinds": [{"apiGroups": [""], "kinds": ["Pod"]}]}, POD, True),
    ({"kinds": [{"apiGroups": ["apps"], "kinds": ["Pod"]}]}, POD, False),
    ({"kinds": [{"apiGroups": ["*"], "kinds": ["*"]}]}, ROLE, True),
    ({"namespaces": ["shop"]}, POD, True),
    ({"namespaces": ["sh*"]}, POD, True),
    ({"namespaces": ["other"]}, POD, False),
    ({"namespaces": ["other"]}, NAMESPACE, False),
    ({"namespaces": ["other"]}, ROLE, True),
    ({"excludedNamespaces": ["sh*"]}, POD, False),
    ({"scope": "Cluster"}, POD, False),
    ({"scope": "Namespaced"}, ROLE, False),
    ({"name": "web-*"}, POD, True),
    ({"name": "db-*"}, POD, False),
    ({"labelSelector": {"matchLabels": {"tier": "front"}}}, POD, True),
    (
        {"labelSelector": {"matchExpressions": [{"key": "tier", "operator": "NotIn", "values": ["front"]}]}},
        POD,
        False,
    ),
    ({"namespaceSelector": {"matchLabels": {"team": "a"}}}, POD, True),
    ({"namespaceSelector": {"matchLabels": {"team": "b"}}}, POD, False),
    ({"namespaceSelector": {"matchLabels": {"team": "b"}}}, NAMESPACE, False),
    ({"namespaceSelector": {"matchLabels": {"team": "b"}}}, ROLE, True),
]


@pytest.mark.parametrize(("match", "subject", "expected"), MATCHES)
def test_match(match: dict[str, Any], subject: Resource, expected: bool) -> None:
    assert matches(match, subject, Index([POD, NAMESPACE, ROLE], snapshot=False)) is expected


def test_review_and_inventory_have_gatekeepers_shape() -> None:
    assert review(ROLE)["kind"] == {
        "group": "rbac.authorization.k8s.io",
        "version": "v1",
        "kind": "ClusterRole",
    }
    stored = inventory([POD, ROLE])
    assert stored["namespace"]["shop"]["v1"]["Pod"]["web-1"] is POD.body
    assert stored["cluster"]["rbac.authorization.k8s.io/v1"]["ClusterRole"]["admin"] is ROLE.body
