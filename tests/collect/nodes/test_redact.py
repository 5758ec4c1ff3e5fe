"""What never leaves a node, and what must not be taken for a secret."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scanner.collect.nodes import redact

SECRET = "SECRET-c2VjcmV0"


@pytest.mark.parametrize(
    "argv",
    [
        ["--token", SECRET],
        [f"--token={SECRET}"],
        [f"-token={SECRET}"],
        ["-t", SECRET],
        [f"--agent-token={SECRET}"],
        ["--etcd-s3-secret-key", SECRET, "--v=2"],
        [f"--etcd_s3_access_key={SECRET}"],
        ["--kube-apiserver-arg", f"some-token={SECRET}"],
        [f"--kube-apiserver-arg=some-password={SECRET}"],
        [f"--datastore-endpoint=postgres://k3s:{SECRET}@db:5432/k3s"],
        ["--datastore-endpoint", f"mysql://root:{SECRET}@tcp(db:3306)/k3s"],
        [f"--etcd-servers=https://etcd:{SECRET}@10.0.0.1:2379"],
        [f"root:{SECRET}@tcp(db:3306)/k3s"],
        [f"--proxy=http://user:p/{SECRET}@proxy:3128"],
        [f"--extra=-----BEGIN PRIVATE KEY-----\n{SECRET}\n-----END PRIVATE KEY-----"],
        [f"--extra=-----BEGIN EC PRIVATE KEY-----\n{SECRET}"],
    ],
)
def test_secrets_of_command_lines(argv: list[str]) -> None:
    assert SECRET not in str(redact.arguments(["kubelet", *argv]))


@pytest.mark.parametrize(
    "argument",
    [
        "--token-auth-file=/etc/tokens.csv",
        "--tls-private-key-file=/etc/kubernetes/pki/apiserver.key",
        "--kubelet-client-key=/etc/kubernetes/pki/apiserver-kubelet-client.key",
        "--use-service-account-credentials=true",
        "--enable-bootstrap-token-auth=true",
        "--authentication-token-webhook=true",
        "--authorization-mode=Node,RBAC",
        "--service-account-signing-key-file=/sa.key",
        "--requestheader-allowed-names=front-proxy-client",
        "--etcd-servers=https://127.0.0.1:2379",
        "--feature-gates=A=true,B=false",
        "--token-ttl=24h",
        "--encryption-provider-config=/etc/kubernetes/enc.yaml",
    ],
)
def test_what_is_no_secret_stays(argument: str) -> None:
    assert redact.arguments(["kube-apiserver", argument, "--profiling=false"]) == [
        "kube-apiserver",
        argument,
        "--profiling=false",
    ]


@pytest.mark.parametrize("name", ["ETCD_INITIAL_CLUSTER_TOKEN", "ETCD_PASSWORD", "ETCD_ROOT_SECRET"])
def test_secrets_of_environments(name: str) -> None:
    assert redact.environment(name, SECRET) == redact.REDACTED
    assert redact.environment("ETCD_CERT_FILE", "/pki/server.crt") == "/pki/server.crt"


@pytest.mark.parametrize(
    "document",
    [
        {"token": SECRET},
        {"a": [{"clientSecret": SECRET}]},
        {"apiKey": SECRET},
        {"bindPassword": SECRET},
        {"password": [SECRET]},
        {"issuer": {"certificateAuthority": SECRET}},
        {"certificate-authority-data": SECRET, "client-key-data": SECRET},
        {"staticPodURLHeader": {"X-Any": [SECRET]}},
        {"url": f"https://u:{SECRET}@issuer"},
        {"any": f"-----BEGIN CERTIFICATE-----\n{SECRET}\n-----END CERTIFICATE-----"},
    ],
)
def test_secrets_of_configurations(document: dict[str, Any]) -> None:
    assert SECRET not in str(redact.document(document))


def test_settings_with_names_like_secrets_stay() -> None:
    document = {
        "authentication": {"webhook": {"enabled": True}, "anonymous": {"enabled": False}},
        "rotateCertificates": True,
        "tlsPrivateKeyFile": "/var/lib/kubelet/pki/kubelet.key",
        "clientConnection": {"kubeconfig": "/etc/kubernetes/kubelet.conf"},
        "rules": [
            {"level": "Metadata", "resources": [{"group": "", "resources": ["secrets", "tokenreviews"]}]}
        ],
        "clientCAFile": "/etc/kubernetes/pki/ca.crt",
    }
    assert redact.document(document) == document


@given(
    st.recursive(
        st.just(SECRET) | st.integers() | st.none(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["keys", "secret", "aescbc", "kms", "resources", "providers", "x", "Secret"]),
                inner,
                max_size=3,
            )
        ),
        max_leaves=20,
    )
)
def test_no_text_of_an_encryption_is_shown_where_none_belongs(inner: Any) -> None:
    document = {
        "kind": "EncryptionConfiguration",
        "resources": [{"resources": ["secrets"], "providers": [inner]}],
    }
    assert SECRET not in str(redact.encryption(document))
