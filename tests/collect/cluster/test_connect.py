"""Logging in: every way in which it fails says so within seconds, with a remedy."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
import yaml

from scanner.collect.cluster import ClusterOptions, connect, login
from scanner.collect.cluster import client as client_module
from scanner.collect.cluster.errors import TooLargeError
from scanner.errors import UsageError
from tests.collect.cluster.conftest import client_certificate
from tests.fakes.kube_api import KubeApi


def refused(within: float = 5, **options: Any) -> UsageError:
    began = time.monotonic()
    with pytest.raises(UsageError) as raised:
        connect(ClusterOptions(**options))
    assert time.monotonic() - began < within
    return raised.value


def edited(path: Path, section: str, **fields: Any) -> str:
    """A kubeconfig whose only cluster or user is changed; None takes a field away."""
    config = yaml.safe_load(path.read_text())
    entry = config[f"{section}s"][0][section]
    for name, value in fields.items():
        key = name.replace("_", "-")
        entry.pop(key, None)
        if value is not None:
            entry[key] = value
    path.write_text(yaml.safe_dump(config))
    return str(path)


@contextmanager
def listener(answer: bytes = b"", heard: list[bytes] | None = None) -> Iterator[int]:
    """A port that takes connections and says nothing, or the same thing to everybody."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        kept = []

        def serve() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                kept.append(connection)
                if answer:
                    said = connection.recv(4096)
                    if heard is not None:
                        heard.append(said)
                    connection.sendall(answer)
                    connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield server.getsockname()[1]
        for connection in kept:
            connection.close()


def test_a_connection_says_who_and_what(api: KubeApi, tmp_path: Path) -> None:
    connection = connect(ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config"))))
    assert (connection.name, connection.server, connection.version) == ("test", api.url, "v1.34.1")
    assert b"v1.34.1" in connection.get("/version")
    [request, _] = api.requests
    assert request.headers["user-agent"].startswith("kubeassay/")


def test_the_cluster_can_be_given_a_name(api: KubeApi, tmp_path: Path) -> None:
    options = ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config")), cluster_name="prod-eu")
    assert connect(options).name == "prod-eu"


def test_no_kubeconfig() -> None:
    error = refused()
    assert "there is no kubeconfig: ~/.kube/config does not exist" in error.message
    assert "--kubeconfig" in error.remedy


def test_kubeconfig_variable_names_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBECONFIG", "/none/of/these")
    assert "/none/of/these" in refused().message


def test_named_kubeconfig_is_missing() -> None:
    assert refused(kubeconfig="/none").message == "/none: no such kubeconfig"


@pytest.mark.parametrize("text", ["", "just text", "[]", "clusters: {", "clusters: 3"])
def test_no_kubeconfig_in_the_file(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config"
    path.write_text(text)
    assert str(path) in refused(kubeconfig=str(path)).message


def test_wrong_context_names_the_nearest(api: KubeApi, tmp_path: Path) -> None:
    error = refused(kubeconfig=str(api.kubeconfig(tmp_path / "config")), context="tset")
    assert "there is no context 'tset'" in error.message
    assert error.remedy == "did you mean 'test'?"


def test_no_current_context_lists_them(api: KubeApi, tmp_path: Path) -> None:
    path = api.kubeconfig(tmp_path / "config")
    path.write_text(path.read_text().replace('"current-context": "test"', '"current-context": ""'))
    assert "--context: test" in refused(kubeconfig=str(path)).remedy


@pytest.mark.parametrize("section", ["clusters", "users"])
def test_context_names_what_is_not_there(api: KubeApi, tmp_path: Path, section: str) -> None:
    config = yaml.safe_load(api.kubeconfig(tmp_path / "config").read_text())
    config[section][0]["name"] = "other"
    (tmp_path / "config").write_text(yaml.safe_dump(config))
    assert "which is not there" in refused(kubeconfig=str(tmp_path / "config")).message.replace(
        "who", "which"
    )


def test_several_kubeconfigs_are_merged(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = yaml.safe_load(api.kubeconfig(tmp_path / "whole").read_text())
    first = {"current-context": "test", "contexts": config["contexts"]}
    second = {"clusters": config["clusters"], "users": config["users"]}
    (tmp_path / "a").write_text(yaml.safe_dump(first))
    (tmp_path / "b").write_text(yaml.safe_dump(second))
    monkeypatch.setenv("KUBECONFIG", f"{tmp_path / 'a'}:{tmp_path / 'gone'}:{tmp_path / 'b'}")
    assert connect(ClusterOptions()).version == "v1.34.1"


def test_files_are_relative_to_their_kubeconfig(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "token").write_text(f"{api.token}\n")
    (tmp_path / "ca.crt").write_bytes(api.ca)
    path = api.kubeconfig(tmp_path / "config")
    edited(path, "user", token=None, tokenFile="token")
    edited(path, "cluster", certificate_authority_data=None, certificate_authority="ca.crt")
    monkeypatch.chdir("/")
    assert connect(ClusterOptions(kubeconfig=str(path))).version == "v1.34.1"


def test_refused_connection(tmp_path: Path, api: KubeApi) -> None:
    with listener() as port:
        pass
    error = refused(kubeconfig=str(api.kubeconfig(tmp_path / "config", server=f"https://127.0.0.1:{port}")))
    assert f"cannot reach https://127.0.0.1:{port}: Connection refused" in error.message


def test_unknown_name(tmp_path: Path, api: KubeApi) -> None:
    path = api.kubeconfig(tmp_path / "config", server="https://cluster.invalid:6443")
    assert "name is not known" in refused(within=20, kubeconfig=str(path)).message


def test_server_that_says_nothing(tmp_path: Path, api: KubeApi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "CONNECT_TIMEOUT", 0.3)
    with listener() as port:
        path = api.kubeconfig(tmp_path / "config", server=f"https://127.0.0.1:{port}")
        assert "no answer in time" in refused(kubeconfig=str(path)).message


def test_server_that_answers_nothing(api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.collect.cluster.reach._WHOLE", 0.5)
    api.fault("/version", delay=5)
    error = refused(kubeconfig=str(api.kubeconfig(tmp_path / "config")))
    assert "did not answer within 0.5 seconds" in error.message


def test_server_is_no_api_server(api: KubeApi, tmp_path: Path) -> None:
    api.fault("/version", body=b"<html>welcome</html>")
    error = refused(kubeconfig=str(api.kubeconfig(tmp_path / "config")))
    assert "does not answer as a Kubernetes API server does" in error.message


def test_server_without_tls(api: KubeApi, tmp_path: Path) -> None:
    with listener(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        path = api.kubeconfig(tmp_path / "config", server=f"https://127.0.0.1:{port}")
        assert "does not speak TLS" in refused(kubeconfig=str(path)).message


def test_certificate_of_another_authority(api: KubeApi, tmp_path: Path) -> None:
    import base64

    other = base64.b64encode(trustme.CA().cert_pem.bytes()).decode()
    path = edited(api.kubeconfig(tmp_path / "config"), "cluster", certificate_authority_data=other)
    error = refused(kubeconfig=path)
    assert "certificate is not trusted" in error.message
    assert "certificate-authority-data" in error.remedy


def test_certificate_for_another_name(api: KubeApi, tmp_path: Path) -> None:
    path = edited(api.kubeconfig(tmp_path / "config"), "cluster", tls_server_name="elsewhere.example")
    error = refused(kubeconfig=path)
    assert "certificate is for another name" in error.message
    assert "elsewhere.example" in error.message


def test_certificate_by_another_name_that_it_has(api: KubeApi, tmp_path: Path) -> None:
    path = edited(api.kubeconfig(tmp_path / "config"), "cluster", tls_server_name="localhost")
    assert connect(ClusterOptions(kubeconfig=path)).version == "v1.34.1"


def test_verification_can_be_switched_off(api: KubeApi, tmp_path: Path) -> None:
    path = api.kubeconfig(tmp_path / "config")
    edited(path, "cluster", certificate_authority_data=None, insecure_skip_tls_verify=True)
    assert connect(ClusterOptions(kubeconfig=str(path))).version == "v1.34.1"


@pytest.mark.parametrize("data", ["bm8gY2VydGlmaWNhdGU=", "%%%"])
def test_unusable_authority(api: KubeApi, tmp_path: Path, data: str) -> None:
    path = edited(api.kubeconfig(tmp_path / "config"), "cluster", certificate_authority_data=data)
    assert "certificate" in refused(kubeconfig=path).message


def test_expired_client_certificate(api: KubeApi, tmp_path: Path) -> None:
    user = client_certificate(datetime(2024, 5, 1, tzinfo=UTC))
    error = refused(kubeconfig=str(api.kubeconfig(tmp_path / "config", user=user)))
    assert error.message == "the client certificate of alice expired on 2024-05-01 00:00 UTC"
    assert "renew" in error.remedy


def test_client_certificate_names_the_account(api: KubeApi, tmp_path: Path) -> None:
    api.token = ""
    user = client_certificate(datetime(2099, 5, 1, tzinfo=UTC))
    connection = connect(ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config", user=user))))
    assert connection.account == "alice"


def test_client_key_of_another_certificate(api: KubeApi, tmp_path: Path) -> None:
    user = client_certificate(datetime(2099, 5, 1, tzinfo=UTC))
    user["client-key-data"] = client_certificate(datetime(2099, 5, 1, tzinfo=UTC))["client-key-data"]
    error = refused(kubeconfig=str(api.kubeconfig(tmp_path / "config", user=user)))
    assert "client certificate or key" in error.message


def test_wrong_token(api: KubeApi, tmp_path: Path) -> None:
    error = refused(kubeconfig=str(api.kubeconfig(tmp_path / "config", user={"token": "old"})))
    assert "does not accept the credentials (401)" in error.message


def test_missing_client_certificate_file(api: KubeApi, tmp_path: Path) -> None:
    user = {"client-certificate": "gone.crt", "client-key": "gone.key"}
    error = refused(kubeconfig=str(api.kubeconfig(tmp_path / "config", user=user)))
    assert "gone.crt" in error.message


def test_proxy_that_hangs(api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client_module, "CONNECT_TIMEOUT", 0.3)
    with listener() as port:
        proxy = f"http://user:secret@127.0.0.1:{port}"
        error = refused(kubeconfig=edited(api.kubeconfig(tmp_path / "config"), "cluster", proxy_url=proxy))
    assert f"the proxy http://127.0.0.1:{port} does not connect to {api.url}" in error.message


def test_proxy_gets_its_own_credentials(api: KubeApi, tmp_path: Path) -> None:
    heard: list[bytes] = []
    with listener(b"HTTP/1.1 502 Bad Gateway\r\n\r\n", heard) as port:
        proxy = f"http://user:p%40ss@127.0.0.1:{port}"
        refused(kubeconfig=edited(api.kubeconfig(tmp_path / "config"), "cluster", proxy_url=proxy))
    assert b"dXNlcjpwQHNz" in heard[0]
    assert api.token.encode() not in b"".join(heard)


def test_proxy_that_refuses(api: KubeApi, tmp_path: Path) -> None:
    with listener(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n") as port:
        path = api.kubeconfig(tmp_path / "config")
        error = refused(kubeconfig=edited(path, "cluster", proxy_url=f"http://127.0.0.1:{port}"))
    assert "the proxy" in error.message
    assert "407" in error.message


def test_proxies_of_the_environment_are_not_for_this_machine(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert connect(ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config")))).version == "v1.34.1"


def test_redirect_to_a_login_page_is_not_followed(api: KubeApi, tmp_path: Path) -> None:
    api.fault("/version", status=302, headers={"Location": "https://sso.example/login"})
    error = refused(kubeconfig=str(api.kubeconfig(tmp_path / "config")))
    assert "redirect" in error.message


def test_acting_as_somebody_else(api: KubeApi, tmp_path: Path) -> None:
    user = {"token": api.token, "as": "bob", "as-groups": ["dev", "ops"]}
    connection = connect(ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config", user=user))))
    assert connection.account == "bob"
    assert api.requests[0].headers["impersonate-user"] == "bob"


def test_not_allowed_to_ask_for_the_version(api: KubeApi, tmp_path: Path) -> None:
    api.fault("/version", status=403)
    assert connect(ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config")))).version == ""


def test_outside_of_a_pod() -> None:
    assert "does not run in a pod" in refused(in_cluster=True).message


def test_in_a_pod(api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kubernetes.config import incluster_config

    (tmp_path / "token").write_text(f"{api.token}\n")
    (tmp_path / "ca.crt").write_bytes(api.ca)
    monkeypatch.setattr(incluster_config, "SERVICE_TOKEN_FILENAME", str(tmp_path / "token"))
    monkeypatch.setattr(incluster_config, "SERVICE_CERT_FILENAME", str(tmp_path / "ca.crt"))
    monkeypatch.setenv("KUBERNETES_SERVICE_HOST", "127.0.0.1")
    monkeypatch.setenv("KUBERNETES_SERVICE_PORT", api.url.rpartition(":")[2])
    connection = connect(ClusterOptions())
    assert (connection.name, connection.version) == ("in-cluster", "v1.34.1")


def test_credentials_of_the_user_are_in_no_file_afterwards(
    api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    user = client_certificate(datetime(2099, 5, 1, tzinfo=UTC))
    api.token = ""
    connect(ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config", user=user))))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config"]


def test_connecting_twice(api: KubeApi, tmp_path: Path) -> None:
    from scanner.collect import cluster

    options = ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config")))
    for _ in range(2):
        assert cluster.connect(options).version == "v1.34.1"


@pytest.mark.parametrize(
    "server", ["https://127.0.0.1:99999", "https://", "https://[::1", "ftp://x", "127.0.0.1:1"]
)
def test_unusable_server(api: KubeApi, tmp_path: Path, server: str) -> None:
    refused(within=20, kubeconfig=str(api.kubeconfig(tmp_path / "config", server=server)))


@pytest.mark.parametrize("proxy", ["socks5://127.0.0.1:9", "ftp://127.0.0.1", "127.0.0.1:x", "http://"])
def test_unusable_proxy(api: KubeApi, tmp_path: Path, proxy: str) -> None:
    path = edited(api.kubeconfig(tmp_path / "config"), "cluster", proxy_url=proxy)
    assert "proxy" in refused(kubeconfig=path).message


@pytest.mark.parametrize("token", ["a\nb", "a\r\nHost: x", "tökén", "a\0b"])
def test_token_with_odd_characters(api: KubeApi, tmp_path: Path, token: str) -> None:
    error = refused(kubeconfig=str(api.kubeconfig(tmp_path / "config", user={"token": token})))
    assert "odd character in what is sent as Authorization" in error.message
    assert token not in error.message


@pytest.mark.parametrize(
    "user",
    [
        {"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": "sh", "env": [3]}},
        {"exec": {"apiVersion": "client.authentication.k8s.io/v1", "command": "sh", "args": 3}},
        {"exec": {"command": "sh"}},
        {"exec": {}},
        {"auth-provider": {"name": "oidc", "config": 3}},
        {"auth-provider": {"name": "oidc", "config": {"id-token": "a.b.c"}}},
        {"token": 3, "tokenFile": "/none"},
        {"client-certificate-data": "%"},
        {"token": ["a"]},
    ],
)
def test_malformed_user(api: KubeApi, tmp_path: Path, user: dict[str, Any]) -> None:
    refused(kubeconfig=str(api.kubeconfig(tmp_path / "config", user=user)))


def test_encrypted_client_key(api: KubeApi, tmp_path: Path) -> None:
    import base64

    from cryptography.hazmat.primitives import serialization

    user = client_certificate(datetime(2099, 5, 1, tzinfo=UTC))
    key = serialization.load_pem_private_key(base64.b64decode(user["client-key-data"]), None)
    encrypted = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.BestAvailableEncryption(b"x"),
    )
    user["client-key-data"] = base64.b64encode(encrypted).decode()
    error = refused(kubeconfig=str(api.kubeconfig(tmp_path / "config", user=user)))
    assert "the key is encrypted" in error.message


def test_compressed_answers(api: KubeApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(login, "LOOPBACK", ())
    connection = connect(ClusterOptions(kubeconfig=str(api.kubeconfig(tmp_path / "config"))))
    settings = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "c"},
        "data": {"a": "x" * 10**6},
    }
    api.store.apply(settings)
    assert len(connection.get("/api/v1/configmaps")) > 10**6
    with pytest.raises(TooLargeError):
        connection.get("/api/v1/configmaps", max_bytes=10**5)
    assert api.requests[-1].headers["accept-encoding"] == "gzip"
