"""Where live objects are said to stand, and what is shown of them."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml

from scanner.collect.cluster.origin import ClusterOrigin, rendered
from scanner.collect.cluster.redact import shown
from scanner.collect.interface import Resource
from scanner.yaml import read

Object = dict[str, Any]


def resource(kind: str, api_version: str = "v1", **body: Any) -> Resource:
    whole = {"apiVersion": api_version, "kind": kind, **body}
    return Resource(whole, ClusterOrigin("prod", whole))


@pytest.mark.parametrize(
    ("api_version", "kind", "metadata", "uri"),
    [
        ("apps/v1", "Deployment", {"name": "api", "namespace": "shop"}, "shop/Deployment.apps/api"),
        ("v1", "Node", {"name": "n1"}, "_cluster/Node/n1"),
        (
            "rbac.authorization.k8s.io/v1",
            "ClusterRole",
            {"name": "system:aggregate-to-view"},
            "_cluster/ClusterRole.rbac.authorization.k8s.io/system:aggregate-to-view",
        ),
        ("v1", "Pod", {"name": "a/b c?#%", "namespace": ".."}, "%2E%2E/Pod/a%2Fb%20c%3F%23%25"),
        (
            "v1",
            "Pod",
            {
                "name": "api-7d4b9c-x2x4z",
                "generateName": "api-7d4b9c-",
                "namespace": "shop",
                "labels": {"pod-template-hash": "7d4b9c"},
            },
            "shop/Pod/api",
        ),
        ("v1", "Pod", {"name": "agent-x2x4z", "generateName": "agent-", "namespace": "a"}, "a/Pod/agent"),
        ("v1", "Pod", {"generateName": "run-", "namespace": "a"}, "a/Pod/run"),
        ("v1", "Pod", {}, "_cluster/Pod/"),
    ],
)
def test_path(api_version: str, kind: str, metadata: Object, uri: str) -> None:
    assert resource(kind, api_version, metadata=metadata).origin.uri == f"cluster/prod/{uri}.yaml"


def test_cluster_names_are_encoded() -> None:
    body = {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n"}}
    arn = ClusterOrigin("arn:aws:eks:eu-west-1:1:cluster/prod", body)
    assert arn.uri == "cluster/arn:aws:eks:eu-west-1:1:cluster%2Fprod/_cluster/Node/n.yaml"


def test_lines_are_those_of_the_rendering() -> None:
    container = {
        "name": "web",
        "image": "web:1",
        "securityContext": {"privileged": True},
        "args": ["a\nb", "c"],
    }
    pod = resource("Pod", metadata={"name": "web", "uid": "1"}, spec={"containers": [container]})
    lines = rendered(pod).split("\n")
    path = ("spec", "containers", 0, "securityContext", "privileged")
    place = pod.origin.locate(path)
    assert lines[place.line - 1] == place.snippet == "      privileged: true"
    assert (place.column, place.end_column) == (7, 23)
    assert place.uri == pod.origin.uri
    pod.origin.release()  # type: ignore[attr-defined]
    assert pod.origin.locate(path) == place


def test_what_is_not_shown_is_found_at_its_nearest_ancestor() -> None:
    pod = resource("Pod", metadata={"name": "web"}, spec={"nodeName": "n"}, status={"phase": "Running"})
    assert pod.origin.locate(("status", "phase")).line == 1
    assert pod.origin.locate(("spec", "hostPID")).snippet == "spec:"


def test_rendering_has_nothing_that_changes_by_itself() -> None:
    metadata = {
        "name": "web",
        "uid": "1",
        "resourceVersion": "2",
        "creationTimestamp": "2026",
        "generation": 3,
        "managedFields": [],
        "labels": {"b": "1", "a": "2"},
    }
    text = rendered(resource("Service", metadata=metadata, spec={"z": 1, "a": 2}, status={"x": 1}))
    assert text == (
        "apiVersion: v1\nkind: Service\nmetadata:\n  labels:\n    a: '2'\n    b: '1'\n  name: web\n"
        "spec:\n  a: 2\n  z: 1\n"
    )


def test_rendering_is_yaml_of_the_same_object() -> None:
    spec = {
        "a": ["yes", "1e3", "0x1f", "", " x ", "a: b", "- c", "é\u2028", "\x07", "2001-01-01"],
        "n": [[1, 2.5]],
    }
    text = rendered(resource("Widget", "example.com/v1", metadata={"name": "w"}, spec=spec))
    assert yaml.safe_load(text)["spec"] == spec
    [document] = read(text.encode()).documents
    assert document.value["spec"] == spec


@pytest.mark.parametrize(
    "spec",
    [
        {"env": [{"name": "DB_PASSWORD", "value": "hunter2"}]},
        {"env": [{"name": "dbPassword", "value": "hunter2"}]},
        {"env": [{"name": "API_KEY", "value": "hunter2"}]},
        {"env": [{"name": "URL", "value": "postgres://me:hunter2@db/x"}]},
        {"args": ["--password=hunter2"]},
        {"args": ["--token", "hunter2"]},
        {"command": ["sh", "-c", "login --api-key hunter2 && serve"]},
        {"clientSecret": "hunter2"},
        {"file": "server:\n  password: hunter2\n  port: 1\n"},
        {"file": "dbPassword='hunter2'\nport=1"},
        {"file": 'connect("Server=db;Password=hunter2;Port=1")'},
        {"file": '{"apiKey": "hunter2"}'},
        {"basicAuth": {"password": "hunter2"}},
        {"key": "-----BEGIN RSA PRIVATE KEY-----\nhunter2"},
    ],
)
def test_credentials_are_not_shown(spec: Object) -> None:
    text = rendered(resource("Widget", "example.com/v1", metadata={"name": "w"}, spec=spec))
    assert "hunter2" not in text
    assert "REDACTED" in text


def test_values_of_secrets_are_not_shown() -> None:
    text = rendered(
        resource("Secret", metadata={"name": "s"}, data={"a": "hunter2"}, stringData={"b": "hunter2"})
    )
    assert "hunter2" not in text
    assert yaml.safe_load(text)["data"] == {"a": "REDACTED"}


@pytest.mark.parametrize(
    "spec",
    [
        {"volumes": [{"secret": {"secretName": "tls"}}]},
        {"automountServiceAccountToken": False},
        {"env": [{"name": "TOKEN", "valueFrom": {"secretKeyRef": {"name": "a", "key": "b"}}}]},
        {"serviceAccountName": "x", "tokenPath": "/var/run/token"},
        {"env": [{"name": "AUTHOR", "value": "me"}, {"name": "KEYS", "value": "a"}]},
        {"args": ["--tokens-per-second", "8"]},
        {"file": "secretName: tls\nmountToken: false\npasswords: none\ntoken:\n  ttl: 1h\n"},
    ],
)
def test_what_is_no_credential_is_shown(spec: Object) -> None:
    text = rendered(resource("Widget", "example.com/v1", metadata={"name": "w"}, spec=spec))
    assert yaml.safe_load(text)["spec"] == spec


def test_rendering_does_not_change_the_object() -> None:
    env = [{"name": "PASSWORD", "value": "hunter2"}]
    pod = resource("Pod", metadata={"name": "w", "uid": "1"}, spec={"env": env})
    rendered(pod)
    assert pod.body["spec"]["env"] == [{"name": "PASSWORD", "value": "hunter2"}]
    assert pod.body["metadata"]["uid"] == "1"


@pytest.mark.parametrize(
    "unit", ["x", "-", "--a", "password", "password:", "eyJ", "://", "-----BEGIN ", " ", "a:"]
)
def test_long_texts_take_no_time(unit: str) -> None:
    body = {"apiVersion": "v1", "kind": "ConfigMap", "data": {"file": unit * (300_000 // len(unit))}}
    began = time.process_time()
    shown(body)
    assert time.process_time() - began < 5
