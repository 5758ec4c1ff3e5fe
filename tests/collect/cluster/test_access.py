"""Which permissions are missing, and the role that has them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from scanner.cli.app import run
from tests.fakes.kube_api import KubeApi
from tests.fakes.kube_store import KINDS, Kind


def access(api: KubeApi, folder: Path, *arguments: str) -> int:
    config = api.kubeconfig(folder / "config")
    return run(["cluster", "access", "--kubeconfig", str(config), *arguments])


def documents(text: str) -> dict[str, dict[str, Any]]:
    return {document["kind"]: document for document in yaml.safe_load_all(text)}


def test_nothing_is_missing(api: KubeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert access(api, tmp_path) == 0
    out = capsys.readouterr().out
    assert f"test: {api.url}, Kubernetes v1.34.1\naccount: {api.user}\n" in out
    assert "all 39 permissions are there" in out
    assert api.writes() == []


def test_missing_permissions(api: KubeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    api.forbid("secrets", "roles.rbac.authorization.k8s.io")
    assert access(api, tmp_path) == 3
    out = capsys.readouterr().out
    assert "2 of 39 permissions are missing:\n" in out
    assert "  roles.rbac.authorization.k8s.io  list\n" in out
    assert "kubeassay cluster access -o yaml | kubectl apply -f -" in out


def test_secrets_can_be_left_out(api: KubeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    api.forbid("secrets")
    assert access(api, tmp_path, "--no-secrets") == 0
    assert access(api, tmp_path, "--no-secrets", "-o", "yaml") == 0
    assert "secrets" not in capsys.readouterr().out


def test_role_names_everything_and_nothing_else(
    api: KubeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    api.forbid("pods")
    assert access(api, tmp_path, "-o", "yaml") == 3
    out = capsys.readouterr().out
    found = documents(out)
    rules = found["ClusterRole"]["rules"]
    granted = [(group, name) for rule in rules for group in rule["apiGroups"] for name in rule["resources"]]
    assert len(granted) == len(set(granted)) == 39
    assert ("apps", "deployments") in granted
    assert not {"events", "leases", "nodes/proxy", "*"} & {name for _, name in granted}
    assert {verb for rule in rules for verb in rule["verbs"]} == {"get", "list", "watch"}
    assert [rule["verbs"] for rule in rules if "secrets" in rule["resources"]] == [["list"]]
    assert "never for a value" in out
    [subject] = found["ClusterRoleBinding"]["subjects"]
    account = found["ServiceAccount"]["metadata"]
    assert (subject["namespace"], subject["name"]) == (account["namespace"], account["name"])
    assert found["ClusterRoleBinding"]["roleRef"]["name"] == found["ClusterRole"]["metadata"]["name"]
    assert found["Namespace"]["metadata"]["name"] == account["namespace"] == "kubeassay-scanner"


def test_role_is_the_same_every_time(
    api: KubeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outputs = set()
    for _ in range(2):
        access(api, tmp_path, "-o", "yaml")
        outputs.add(capsys.readouterr().out)
    assert len(outputs) == 1


def test_role_passes_our_own_rules(api: KubeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    access(api, tmp_path, "-o", "yaml")
    (tmp_path / "role.yaml").write_text(capsys.readouterr().out)
    result = tmp_path / "result.json"
    run(["scan", str(tmp_path / "role.yaml"), "--snapshot", "--no-config", "-o", f"json={result}"])
    findings = json.loads(result.read_text())["findings"]
    assert [f["rule"] for f in findings if f["status"] == "fail"] == ["KA-R-0010"]  # listing Secrets


def test_account_in_a_namespace_of_others(
    api: KubeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    access(api, tmp_path, "-o", "yaml", "--service-account", "audit/reader")
    found = documents(capsys.readouterr().out)
    assert "Namespace" not in found
    assert found["ServiceAccount"]["metadata"] == {"name": "reader", "namespace": "audit"}


@pytest.mark.parametrize("account", ["reader", "a/b/c", "A/b", "a/b\nc", "/", "a/"])
def test_no_account(api: KubeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str], account: str) -> None:
    assert access(api, tmp_path, "--service-account", account) == 2
    assert "NAMESPACE/NAME" in capsys.readouterr().err


@pytest.mark.parametrize("version", ["v1.35.2", "v1.36.0"])
def test_nodes_through_the_api_server(
    api: KubeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str], version: str
) -> None:
    """The permission is the one that `--nodes=api` needs, whatever kubelets know of nodes/configz."""
    api.version = version
    access(api, tmp_path, "-o", "yaml", "--nodes", "api")
    captured = capsys.readouterr()
    rules = documents(captured.out)["ClusterRole"]["rules"]
    assert [rule["verbs"] for rule in rules if "nodes/proxy" in rule["resources"]] == [["get"]]
    assert "nodes/configz" not in captured.out
    assert "run commands in every container" in captured.out
    assert "run commands in every container" in captured.err


def test_as_json(api: KubeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    api.forbid("pods")
    assert access(api, tmp_path, "-o", "json") == 3
    told = json.loads(capsys.readouterr().out)
    assert (told["account"], told["complete"]) == (api.user, False)
    missing = [each["resource"] for each in told["permissions"] if not each["allowed"]]
    assert missing == ["pods"]


def test_server_that_answers_no_questions(
    api: KubeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    api.fault("/apis/auth*/v1/selfsubject*", status=403)
    api.forbid("pods")
    assert access(api, tmp_path) == 3
    out = capsys.readouterr().out
    assert "1 of 39 permissions are missing:\n  pods  list: 403: pods is forbidden" in out
    assert api.secret_reads() == []


def test_group_that_is_down(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    widgets = Kind("example.com", "v1", "Widget", "widgets", custom=True)
    with KubeApi(kinds=[*KINDS, widgets]) as api:
        api.down.add("example.com/v1")
        assert access(api, tmp_path) == 3
    assert "group example.com: its kinds are not known: 503" in capsys.readouterr().out


def test_no_cluster(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["cluster", "access", "--kubeconfig", "/none"]) == 2
    assert "/none: no such kubeconfig" in capsys.readouterr().err


def test_watching_needs_more(api: KubeApi, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    api.forbid("secrets", "pods", verbs=["watch"])
    assert access(api, tmp_path) == 0
    capsys.readouterr()
    assert access(api, tmp_path, "--watch") == 3
    assert "2 of 39 permissions are missing:\n  pods     watch\n  secrets  watch\n" in capsys.readouterr().out
    access(api, tmp_path, "--watch", "-o", "yaml")
    rules = documents(capsys.readouterr().out)["ClusterRole"]["rules"]
    assert [rule["verbs"] for rule in rules if "secrets" in rule["resources"]] == [["list", "watch"]]
