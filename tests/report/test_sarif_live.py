"""Objects of a cluster in SARIF: their places, their texts, and what is not to be in these."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.interface import Location, Resource
from scanner.findings.live import objects_at
from scanner.findings.model import Finding
from scanner.report.sarif import places
from tests.report import build
from tests.report.test_sarif import run_of
from tests.report.test_sarif_github import run_of as github_run_of
from tests.report.test_sarif_github import uri_of

FACTS: dict[str, Any] = {"metadata": {"name": "arn:aws:eks:eu-1:12:cluster/prod"}, "kinds": [{"kind": "Pod"}]}


def resource(name: str = "api", **spec: Any) -> Resource:
    metadata = {"name": name, "namespace": "prod", "generateName": "api-", "uid": name}
    body = {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec or {"hostPID": True}}
    return Resource(body, ClusterOrigin("c1", body))


def finding(found: Resource, *path: str | int, **changes: Any) -> Finding:
    return build.finding(
        subject=build.subject(found.name, kind="Pod"),
        path=path,
        location=found.origin.locate(path),
        **changes,
    )


def reported(findings: list[Finding], *resources: Resource) -> dict[str, Any]:
    scan = build.result(findings, live=objects_at(findings, resources), cluster=FACTS)
    return run_of(scan)


def texts(run: dict[str, Any]) -> list[str | None]:
    return [artifact.get("contents", {}).get("text") for artifact in run["artifacts"]]


def test_object_has_its_text_and_a_base_of_its_own() -> None:
    found = resource()
    run = reported([finding(found, "spec", "hostPID")], found)
    assert texts(run) == [
        "apiVersion: v1\nkind: Pod\n"
        "metadata:\n  generateName: api-\n  name: api\n  namespace: prod\n"
        "spec:\n  hostPID: true\n"
    ]
    physical = run["results"][0]["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"] == {
        "uri": "cluster/c1/prod/Pod/api.yaml",
        "uriBaseId": "%CLUSTER%",
        "index": 0,
    }
    assert physical["region"]["startLine"] == 8
    assert set(run["originalUriBaseIds"]) == {"%SRCROOT%", "%CLUSTER%"}
    assert run["automationDetails"]["id"] == "kubeassay/cluster-arn-aws-eks-eu-1-12-cluster-prod/"


def test_pods_of_one_owner_that_differ_share_no_text() -> None:
    one, two = resource("api-a", hostPID=True), resource("api-b", hostNetwork=True, hostPID=True)
    run = reported([finding(one, "spec", "hostPID"), finding(two, "spec", "hostPID")], one, two)
    assert texts(run) == [None]
    assert texts(reported([finding(two, "spec", "hostPID")], one, two)) == [
        places.rendered(two)  # the one that the lines fit
    ]


def test_line_with_a_secret_is_not_written() -> None:
    found = resource(hostPID=True, containers=[{"env": [{"name": "MOTTO", "value": "hunter2"}]}])
    secret = build.rule("secrets.literal", id="KA-S-0001")
    path = ("spec", "containers", 0, "env", 0, "value")
    run = reported([finding(found, *path, rule=secret), finding(found, "spec", "hostPID")], found)
    [text] = texts(run)
    assert text is not None
    assert "hunter2" not in text
    line = run["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"]
    assert text.split("\n")[line - 1].split() == ["value:", "REDACTED"]


@pytest.mark.parametrize(("limit", "kept"), [(50, 0), (100_000, 1)])
def test_long_texts_are_left_out(limit: int, kept: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_LONGEST_TEXT", limit)
    found = resource()
    assert sum(text is not None for text in texts(reported([finding(found, "spec")], found))) == kept


def test_all_texts_together_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_ALL_TEXTS", 200)
    found = [resource(f"web-{number}") for number in range(3)]
    for each in found:
        del each.body["metadata"]["generateName"]
    run = reported([finding(each, "spec", "hostPID") for each in found], *found)
    assert [text is not None for text in texts(run)] == [True, True, False]


def test_drift_has_words_and_a_property() -> None:
    place = build.place(approximate=True, drift="changed")
    run = run_of(build.result([build.finding(location=place)]))
    [location] = run["results"][0]["locations"]
    assert location["message"]["text"] == "The live object has another value than its source here."
    assert location["properties"] == {"approximate": True, "drift": "changed"}


def test_what_was_matched_is_told() -> None:
    run = run_of(build.result(matched={"name": 3, "not in the repository": 1}))
    notes = run["invocations"][0]["toolConfigurationNotifications"]
    assert "Live objects by their source: 3 name, 1 not in the repository." in [
        n["message"]["text"] for n in notes
    ]
    assert run["properties"]["matched"] == {"name": 3, "not in the repository": 1}


def test_github_gets_the_same_place_from_every_folder(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "below").mkdir()
    found = Location("cluster/c1/_cluster/ClusterRole.rbac.authorization.k8s.io/system:all%25.yaml", 3)
    scan = build.result([build.finding(location=found)], live={found.uri: None}, cluster=FACTS)
    for root in (tmp_path, tmp_path / "below"):
        [alert] = github_run_of(scan, root=root)["results"]
        assert (
            uri_of(alert) == "cluster/c1/_cluster/ClusterRole.rbac.authorization.k8s.io/system%3Aall%25.yaml"
        )
        assert alert["partialFingerprints"]["primaryLocationLineHash"].endswith(":1")


def test_passes_of_live_objects_have_their_places() -> None:
    found = resource()
    looked = build.Looked(build.HOST_IPC, build.Status.PASS, "", [found])
    run = run_of(build.result(looked=[looked], cluster=FACTS), passes=True)
    physical = run["results"][0]["locations"][0]["physicalLocation"]
    assert physical["artifactLocation"]["uriBaseId"] == "%CLUSTER%"


def test_checkout_has_to_do_with_a_cluster_only_where_sources_were_given(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git/config").write_text('[remote "origin"]\n\turl = https://example.com/shop.git\n')
    (tmp_path / ".git/HEAD").write_text("ref: refs/heads/main\n")
    alone = run_of(build.result(cluster=FACTS), root=tmp_path)
    assert "versionControlProvenance" not in alone
    sourced = run_of(build.result(cluster=FACTS, matched={"name": 1}), root=tmp_path)
    assert sourced["versionControlProvenance"][0]["repositoryUri"] == "https://example.com/shop.git"
