"""Credentials from a program that the kubeconfig names."""

from __future__ import annotations

import json
import stat
import time
from pathlib import Path
from typing import Any

import pytest

from scanner.collect.cluster import ClusterOptions, client, connect, exec_plugin
from scanner.errors import UsageError
from tests.fakes.kube_api import KubeApi

V1 = "client.authentication.k8s.io/v1"


def plugin(folder: Path, script: str) -> str:
    path = folder / "plugin.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def credential(**status: str) -> str:
    return json.dumps({"apiVersion": V1, "kind": "ExecCredential", "status": status})


def user(command: str, **more: Any) -> dict[str, Any]:
    return {"exec": {"apiVersion": V1, "command": command, "interactiveMode": "Never", **more}}


def options(api: KubeApi, folder: Path, script: str, **more: Any) -> ClusterOptions:
    command = plugin(folder, script)
    return ClusterOptions(kubeconfig=str(api.kubeconfig(folder / "config", user=user(command, **more))))


def refused(asked: ClusterOptions) -> UsageError:
    with pytest.raises(UsageError) as raised:
        connect(asked)
    return raised.value


def test_token(api: KubeApi, tmp_path: Path) -> None:
    script = f"echo '{credential(token='$1')}'".replace("'$1'", "$1").replace('"$1"', '"\'"$1"\'"')
    asked = options(api, tmp_path, script, args=[api.token])
    assert connect(asked).version == "v1.34.1"


def test_environment_and_cluster_are_handed_over(api: KubeApi, tmp_path: Path) -> None:
    seen = tmp_path / "seen"
    script = f"echo \"$PROFILE $KUBERNETES_EXEC_INFO\" > {seen}; echo '{credential(token=api.token)}'"
    env = [{"name": "PROFILE", "value": "prod"}]
    connect(options(api, tmp_path, script, env=env, provideClusterInfo=True))
    profile, _, info = seen.read_text().partition(" ")
    cluster = json.loads(info)["spec"]["cluster"]
    assert (profile, cluster["server"]) == ("prod", api.url)
    assert cluster["certificate-authority-data"]


def test_relative_command_starts_at_the_kubeconfig(api: KubeApi, tmp_path: Path) -> None:
    plugin(tmp_path, f"echo '{credential(token=api.token)}'")
    path = api.kubeconfig(tmp_path / "config", user=user("./plugin.sh"))
    assert connect(ClusterOptions(kubeconfig=str(path))).version == "v1.34.1"


def test_missing_plugin_gives_its_hint(api: KubeApi, tmp_path: Path) -> None:
    missing = user("gke-gcloud-auth-plugin-x", installHint="Install it with gcloud")
    error = refused(ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config", user=missing))))
    assert "gke-gcloud-auth-plugin-x of the kubeconfig is not installed" in error.message
    assert error.remedy == "Install it with gcloud"


def test_failing_plugin_says_why(api: KubeApi, tmp_path: Path) -> None:
    error = refused(options(api, tmp_path, "echo 'the login has expired' >&2; exit 3"))
    assert "failed with code 3: the login has expired" in error.message


def test_plugin_that_hangs_is_stopped(api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exec_plugin, "TIMEOUT", 0.3)
    began = time.monotonic()
    error = refused(options(api, tmp_path, "/bin/sleep 60 & wait"))
    assert "was not done after 0.3 seconds" in error.message
    assert time.monotonic() - began < 5


@pytest.mark.parametrize("output", ["", "no json", "[]", "{}", f'{{"apiVersion": "{V1}", "status": null}}'])
def test_plugin_that_prints_something_else(api: KubeApi, tmp_path: Path, output: str) -> None:
    assert "does not print an ExecCredential" in refused(options(api, tmp_path, f"echo '{output}'")).message


def test_plugin_of_another_version(api: KubeApi, tmp_path: Path) -> None:
    old = credential(token="x").replace("/v1", "/v1beta1")
    error = refused(options(api, tmp_path, f"echo '{old}'"))
    assert "answers as client.authentication.k8s.io/v1beta1" in error.message


def test_plugin_without_credentials(api: KubeApi, tmp_path: Path) -> None:
    error = refused(options(api, tmp_path, f"echo '{credential(clientCertificateData='x')}'"))
    assert "neither a token nor a certificate" in error.message


def test_plugin_that_must_ask(api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    error = refused(options(api, tmp_path, "exit 0", interactiveMode="Always"))
    assert "no terminal" in error.message


def test_expired_token_is_fetched_anew(api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_RELOGIN_PAUSE", 0.0)
    token = tmp_path / "token"
    token.write_text(api.token)
    script = f"""printf '{{"apiVersion":"{V1}","status":{{"token":"%s"}}}}' "$(/bin/cat {token})" """
    connection = connect(options(api, tmp_path, script))
    api.token = "the next"
    token.write_text("the next")
    assert b"v1.34.1" in connection.get("/version")


@pytest.mark.parametrize("provider", ["gcp", "azure"])
def test_dropped_auth_providers_are_refused(api: KubeApi, tmp_path: Path, provider: str) -> None:
    old = {"auth-provider": {"name": provider, "config": {"access-token": "x"}}}
    error = refused(ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config", user=old))))
    assert f"auth provider {provider!r}" in error.message
    assert "exec plugin" in error.remedy


def test_expired_oidc_token(api: KubeApi, tmp_path: Path) -> None:
    import base64

    claims = base64.urlsafe_b64encode(b'{"exp": 1000}').decode().rstrip("=")
    old = {"auth-provider": {"name": "oidc", "config": {"id-token": f"e30.{claims}.x"}}}
    error = refused(ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config", user=old))))
    assert "OIDC token of the user 'user' has expired" in error.message
