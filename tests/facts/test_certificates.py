"""Whom certificate requests ask to be."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from scanner.evaluate.projection import Unit
from scanner.facts.certificates import request
from scanner.facts.index import Index
from tests.live import Body, live

COMMON_NAME, ORGANIZATION = b"\x55\x04\x03", b"\x55\x04\x0a"


def der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2, "big")
    return bytes([tag]) + length + content


def pkcs10(*attributes: tuple[bytes, int, bytes], key: bytes = b"\x00" * 200) -> bytes:
    """A request with a subject of these attributes; its key and signature are no ones."""
    name = b"".join(
        der(0x31, der(0x30, der(0x06, kind) + der(tag, value))) for kind, tag, value in attributes
    )
    information = der(0x30, der(0x02, b"\x00") + der(0x30, name) + der(0x30, key) + der(0xA0, b""))
    return der(0x30, information + der(0x30, b"") + der(0x03, b"\x00"))


def pem(content: bytes, title: str = "CERTIFICATE REQUEST") -> str:
    body = base64.encodebytes(content).decode()
    text = f"-----BEGIN {title}-----\n{body}-----END {title}-----\n"
    return base64.b64encode(text.encode()).decode()


def told(encoded: Any, *conditions: str, certificate: str = "") -> dict[str, Any]:
    body: Body = {
        "apiVersion": "certificates.k8s.io/v1",
        "kind": "CertificateSigningRequest",
        "metadata": {"name": "jane"},
        "spec": {"request": encoded, "username": "john", "signerName": "kubernetes.io/kube-apiserver-client"},
        "status": {"conditions": [{"type": each, "status": "True"} for each in conditions]},
    }
    if certificate:
        body["status"]["certificate"] = certificate
    resource = live(body)
    return request(Index([resource], snapshot=True), Unit(resource))


def test_the_subject_is_read_in_every_encoding_of_text() -> None:
    found = told(
        pem(
            pkcs10(
                (ORGANIZATION, 0x13, b"system:masters"),
                (ORGANIZATION, 0x1E, "équipe".encode("utf-16-be")),
                (COMMON_NAME, 0x0C, "jané".encode()),
            )
        ),
        "Approved",
    )
    assert (found["name"], found["groups"]) == ("jané", ["system:masters", "équipe"])
    assert (found["state"], found["by"]) == ("approved", "john")


def test_the_older_title_of_requests_is_read_too() -> None:
    encoded = pem(pkcs10((COMMON_NAME, 0x0C, b"jane")), "NEW CERTIFICATE REQUEST")
    assert told(encoded)["name"] == "jane"


@pytest.mark.parametrize(
    ("conditions", "certificate", "state"),
    [
        ([], "", "pending"),
        (["Approved"], "", "approved"),
        (["Approved"], "LS0t", "issued"),
        (["Approved", "Failed"], "", "failed"),
        (["Denied"], "", "denied"),
    ],
)
def test_states(conditions: list[str], certificate: str, state: str) -> None:
    assert told("", *conditions, certificate=certificate)["state"] == state


@pytest.mark.parametrize(
    "encoded",
    [
        "",
        "no base64!",
        "aGVsbG8=",
        5,
        None,
        pem(b""),
        pem(b"\x30"),
        pem(b"\x30\x84\xff\xff\xff\xff"),
        pem(b"\x30\x80\x00\x00"),
        pem(pkcs10((COMMON_NAME, 0x0C, b"jane"))[:20]),
        pem(der(0x30, b"")),
    ],
)
def test_what_is_no_request_has_no_groups_that_are_known(encoded: Any) -> None:
    assert told(encoded)["groups"] is None
