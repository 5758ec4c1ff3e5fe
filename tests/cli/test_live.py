"""A live cluster, its snapshot, and the repository that it was deployed from, through the commands."""

from __future__ import annotations

import copy
import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from scanner.cli.app import run
from scanner.report.github_lint import lint
from tests.collect.match.build import DEPLOYMENT, deployment, owned
from tests.fakes.kube_api import KubeApi
from tests.report.test_sarif import VALIDATOR

Scan = Callable[..., dict[str, Any]]


def pods(parent: dict[str, Any], marks: str, *suffixes: str, **changes: Any) -> list[dict[str, Any]]:
    """The ReplicaSet of a Deployment, and its pods."""
    template = parent["spec"]["template"]
    middle = owned(
        "ReplicaSet", f"{parent['metadata']['name']}-{marks}", parent, template=template, replicas=2
    )
    middle["metadata"]["labels"] = {"pod-template-hash": marks}
    made = [middle]
    for suffix in suffixes:
        pod = owned("Pod", f"{middle['metadata']['name']}-{suffix}", middle, **template["spec"])
        pod["metadata"] |= {
            "generateName": f"{middle['metadata']['name']}-",
            "labels": {"app": "api", "pod-template-hash": marks},
        }
        pod["spec"] |= copy.deepcopy(changes)
        made.append(pod)
    return made


def objects(marks: str = "5d4f7c", *suffixes: str) -> list[dict[str, Any]]:
    parent, stray = deployment(), deployment(name="stray", uid="d-2")
    stray["metadata"]["annotations"] = {"example.com/password": "hunter2"}
    sidecar = {"name": "mesh", "image": "mesh:1", "securityContext": {"privileged": True}}
    containers = [*parent["spec"]["template"]["spec"]["containers"], sidecar]
    bare = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "bare", "namespace": "prod"},
        "spec": {"hostPID": True, "containers": [{"name": "a", "image": "a"}]},
    }
    role = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRole",
        "metadata": {"name": "team:all"},
        "rules": [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}],
    }
    binding = {
        "apiVersion": "rbac.authorization.k8s.io/v1",
        "kind": "ClusterRoleBinding",
        "metadata": {"name": "team:all"},
        "roleRef": {"apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": "team:all"},
        "subjects": [{"kind": "User", "name": "ann", "apiGroup": "rbac.authorization.k8s.io"}],
    }
    secret = {
        "apiVersion": "v1",
        "kind": "Secret",
        "metadata": {"name": "db", "namespace": "prod"},
        "data": {"password": "aHVudGVyMg=="},
    }
    made = pods(parent, marks, *(suffixes or ("aaaaa", "bbbbb")), containers=containers)
    return [parent, stray, *made, bare, role, binding, secret]


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("repository")
    (root / ".git").mkdir()
    (root / "deploy").mkdir()
    (root / "deploy/api.yaml").write_text(DEPLOYMENT)
    return root


@pytest.fixture(scope="module")
def scan(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scan]:
    """Runs `kubeassay scan` in the repository, and gives what it writes by format."""
    before = Path.cwd()
    os.chdir(repository)

    def run_scan(*arguments: str) -> dict[str, Any]:
        out = tmp_path_factory.mktemp("out")
        formats = ("json", "sarif", "sarif-github")
        outputs = [part for name in formats for part in ("-o", f"{name}={out / name}")]
        assert run(["scan", *arguments, *outputs, "--exit-zero", "--quiet", "--no-config"]) == 0
        return {name: json.loads((out / name).read_bytes()) for name in formats}

    yield run_scan
    os.chdir(before)


class Results:
    """One cluster, scanned in every way."""

    def __init__(self, scan: Scan, tmp_path: Path) -> None:
        with KubeApi(objects()) as api:
            cluster = ("--cluster", "--kubeconfig", str(api.kubeconfig(tmp_path / "config")))
            self.live = scan(*cluster)
            self.sourced = scan(*cluster, "--source", "deploy")
            self.archive = tmp_path / "c.tar.zst"
            assert run(["snapshot", *cluster[1:], "-o", str(self.archive), "--quiet"]) == 0
        self.snapshot = scan(str(self.archive))
        self.sourced_snapshot = scan(str(self.archive), "--source", "deploy")


@pytest.fixture(scope="module")
def results(scan: Scan, tmp_path_factory: pytest.TempPathFactory) -> Results:
    return Results(scan, tmp_path_factory.mktemp("cluster"))


def findings(result: dict[str, Any], *without: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = copy.deepcopy(result["json"]["findings"])
    for finding in found:
        for name in without:
            finding.pop(name)
    return sorted(found, key=lambda finding: json.dumps(finding, sort_keys=True))


def places(result: dict[str, Any], rule: str, name: str) -> list[str]:
    return sorted(
        f"{finding['location']['uri']}:{finding['location']['start_line']}"
        for finding in result["json"]["findings"]
        if finding["rule_name"] == rule and finding["subject"]["name"] == name and finding["status"] == "fail"
    )


def test_snapshot_gives_the_findings_of_the_live_scan(results: Results) -> None:
    assert findings(results.live) == findings(results.snapshot)
    assert findings(results.sourced) == findings(results.sourced_snapshot)
    for name in ("controls", "complete", "kubernetes_version", "notifications"):
        assert results.live["json"].get(name) == results.snapshot["json"].get(name)


def test_sources_change_the_places_of_findings_and_nothing_else(results: Results) -> None:
    assert findings(results.live, "location") == findings(results.sourced, "location")
    fingerprints = [finding["fingerprint"] for finding in results.live["json"]["findings"]]
    assert len(set(fingerprints)) == len(fingerprints) > 10


def test_findings_point_into_the_repository(results: Results) -> None:
    assert places(results.sourced, "workload.privileged", "api") == [
        "deploy/api.yaml:12",
        "deploy/api.yaml:18",
    ]
    assert results.sourced["json"]["summary"]["matched"]["name"] == 1
    assert results.sourced["json"]["summary"]["matched"]["owner"] == 3
    added = [f["location"] for f in results.sourced["json"]["findings"] if f["location"].get("drift")]
    assert {(place["start_line"], place["drift"], place["approximate"]) for place in added} >= {
        (12, "added", True)
    }
    assert "matched" not in results.live["json"]["summary"]


def test_what_has_no_source_keeps_its_place_in_the_cluster(results: Results) -> None:
    for result in (results.live, results.sourced):
        [place] = places(result, "workload.privileged", "stray")
        uri, _, line = place.rpartition(":")
        assert uri.endswith("/prod/Deployment.apps/stray.yaml")
        text = contents(result, uri).split("\n")
        assert text[int(line) - 1].strip() == "privileged: true"


def contents(result: dict[str, Any], uri: str) -> str:
    artifacts = result["sarif"]["runs"][0]["artifacts"]
    [found] = [each for each in artifacts if unquote(each["location"]["uri"]) == unquote(uri)]
    text: str = found["contents"]["text"]
    return text


@pytest.mark.parametrize("way", ["live", "sourced", "snapshot", "sourced_snapshot"])
def test_sarif_is_valid_and_its_regions_fit_the_texts(results: Results, way: str) -> None:
    document = getattr(results, way)["sarif"]
    VALIDATOR.validate(document)
    run = document["runs"][0]
    assert run["automationDetails"]["id"].startswith("kubeassay/cluster-")
    seen = 0
    for result in run["results"]:
        for location in result.get("locations", ()):
            assert location["logicalLocations"]
            physical = location["physicalLocation"]
            artifact = run["artifacts"][physical["artifactLocation"]["index"]]
            if "contents" not in artifact or "snippet" not in physical.get("region", {}):
                continue
            lines = artifact["contents"]["text"].split("\n")
            region = physical["region"]
            line = lines[region["startLine"] - 1]
            assert line[region["startColumn"] - 1 :].startswith(region["snippet"]["text"])
            seen += 1
    assert seen > 5
    assert "hunter2" not in json.dumps(document)
    used = {
        loc["physicalLocation"]["artifactLocation"]["index"]
        for r in run["results"]
        for loc in r.get("locations", ())
    }
    assert used == set(range(len(run["artifacts"])))


@pytest.mark.parametrize("way", ["live", "sourced"])
def test_sarif_for_github_has_stable_relative_places(results: Results, way: str) -> None:
    document = getattr(results, way)["sarif-github"]
    assert lint(document) == []
    run = document["runs"][0]
    assert "artifacts" not in run
    uris = {r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for r in run["results"]}
    assert any(
        uri.startswith("cluster/") and uri.endswith("/ClusterRole.rbac.authorization.k8s.io/team%3Aall.yaml")
        for uri in uris
    )
    assert ("deploy/api.yaml" in uris) is (way == "sourced")
    assert not any("aaaaa" in uri or "5d4f" in uri for uri in uris)


def test_drift_is_said_in_sarif(results: Results) -> None:
    found = [
        location
        for result in results.sourced["sarif"]["runs"][0]["results"]
        for location in result.get("locations", ())
        if location.get("properties", {}).get("drift") == "added"
    ]
    assert found[0]["message"]["text"] == "The live object has this, its source here does not."
    texts = [r["message"]["text"] for r in results.sourced["sarif-github"]["runs"][0]["results"]]
    assert any("The live object has this, its source here does not." in text for text in texts)


def test_fingerprints_outlive_the_pods(scan: Scan, results: Results, tmp_path: Path) -> None:
    with KubeApi(objects("8b9c6d", "xxxxx", "yyyyy")) as api:
        again = scan("--cluster", "--kubeconfig", str(api.kubeconfig(tmp_path / "config")))
    before, after = (
        {finding["fingerprint"] for finding in result["json"]["findings"]} for result in (results.live, again)
    )
    assert before == after


def test_incomplete_scan_is_no_success_in_sarif(scan: Scan, tmp_path: Path) -> None:
    with KubeApi(objects()) as api:
        api.fault("/apis/apps/v1/deployments", status=403, times=99)
        incomplete = scan("--cluster", "--kubeconfig", str(api.kubeconfig(tmp_path / "config")))
    for name in ("sarif", "sarif-github"):
        [invocation] = incomplete[name]["runs"][0]["invocations"]
        assert invocation["executionSuccessful"] is False
        notes = [note["message"]["text"] for note in invocation["toolExecutionNotifications"]]
        assert any("Deployment.apps" in note for note in notes)


def test_snapshot_of_another_version_is_a_usage_error(
    scan: Scan, results: Results, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "cut.tar.zst"
    path.write_bytes(results.archive.read_bytes()[:-50])
    assert run(["scan", str(path), "--no-config"]) == 2
    message = capsys.readouterr().err
    assert "cut.tar.zst" in message
    assert "take the snapshot again" in message
