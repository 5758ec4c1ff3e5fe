"""Objects from pages: complete where it matters, and cheap."""

from __future__ import annotations

import tracemalloc
from typing import Any

import msgspec
import pytest

from scanner.collect.cluster.discovery import Kind
from scanner.collect.cluster.slim import LAST_APPLIED, MalformedError, Slimmer

POD = Kind("", "v1", "Pod", "pods", True)
NODE = Kind("", "v1", "Node", "nodes", False)
CONFIG = Kind("", "v1", "ConfigMap", "configmaps", True)
DEPLOYMENT = Kind("apps", "v1", "Deployment", "deployments", True)
CRD = Kind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions", False)

Object = dict[str, Any]


def page(kind: Kind, *objects: Any, slimmer: Slimmer | None = None) -> list[Object]:
    body = {"kind": f"{kind.kind}List", "metadata": {"resourceVersion": "7"}, "items": list(objects)}
    return (slimmer or Slimmer()).page(msgspec.json.encode(body), kind).items


def pod(number: int, app: str = "web") -> Object:
    hash_ = f"{app}-7d4b9c-{number:05}"
    mount = {"name": f"kube-api-access-{number:05}", "mountPath": "/var/run/secrets", "readOnly": True}
    environment = [{"name": f"SETTING_{n}", "value": f"value {n} of {app}"} for n in range(20)]
    return {
        "metadata": {
            "name": hash_,
            "generateName": f"{app}-7d4b9c-",
            "namespace": "prod",
            "uid": f"uid-{number}",
            "labels": {"app": app, "pod-template-hash": "7d4b9c"},
            "ownerReferences": [{"kind": "ReplicaSet", "name": f"{app}-7d4b9c", "uid": app}],
            "managedFields": [{"manager": "kubelet", "fieldsV1": {"f:status": {}}}],
        },
        "spec": {
            "nodeName": f"node-{number % 10}",
            "containers": [
                {
                    "name": "web",
                    "image": "web:1",
                    "env": environment,
                    "livenessProbe": {"httpGet": {"path": "/healthz", "port": 8080}, "periodSeconds": 10},
                    "volumeMounts": [mount],
                }
            ],
            "tolerations": [{"key": "node.kubernetes.io/not-ready", "operator": "Exists"}],
        },
        "status": {
            "phase": "Running",
            "podIP": f"10.0.0.{number % 250}",
            "conditions": [{"type": "Ready", "lastTransitionTime": f"2026-01-01T00:00:{number % 60:02}Z"}],
            "containerStatuses": [
                {
                    "name": "web",
                    "imageID": "web@sha256:abc",
                    "containerID": f"containerd://{number}",
                    "state": {"running": {"startedAt": f"2026-01-01T00:00:{number % 60:02}Z"}},
                }
            ],
        },
    }


def test_items_say_what_they_are() -> None:
    [found] = page(DEPLOYMENT, {"metadata": {"name": "web"}})
    assert list(found) == ["apiVersion", "kind", "metadata"]
    assert (found["apiVersion"], found["kind"]) == ("apps/v1", "Deployment")


def test_pod_keeps_what_is_needed() -> None:
    [found] = page(POD, pod(1))
    assert found["metadata"]["ownerReferences"][0]["name"] == "web-7d4b9c"
    assert "managedFields" not in found["metadata"]
    assert found["spec"] == pod(1)["spec"]
    assert found["status"] == {
        "phase": "Running",
        "podIP": "10.0.0.1",
        "containerStatuses": [{"name": "web", "imageID": "web@sha256:abc"}],
    }


def test_equal_parts_are_one_object() -> None:
    slimmer = Slimmer()
    [first] = page(POD, pod(1), slimmer=slimmer)
    [second] = page(POD, pod(2), slimmer=slimmer)
    container, other = first["spec"]["containers"][0], second["spec"]["containers"][0]
    assert container["env"] is other["env"]
    assert container["volumeMounts"] is not other["volumeMounts"]
    assert first["metadata"]["labels"] is second["metadata"]["labels"]
    assert first["metadata"] is not second["metadata"]


def test_pods_of_one_workload_cost_little() -> None:
    bodies = [
        msgspec.json.encode({"kind": "PodList", "items": [pod(n) for n in range(start, start + 500)]})
        for start in range(0, 1000, 500)
    ]
    slimmer = Slimmer()
    tracemalloc.start()
    kept = [item for body in bodies for item in slimmer.page(body, POD).items]
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(kept) == 1000
    assert used / len(kept) < 6000


def test_node_without_its_images() -> None:
    status = {"images": [{"names": ["a"]}], "nodeInfo": {"kubeletVersion": "v1"}, "addresses": []}
    [found] = page(NODE, {"metadata": {"name": "n"}, "status": status})
    assert found["status"] == {"nodeInfo": {"kubeletVersion": "v1"}, "addresses": []}


def test_definition_without_its_schemas() -> None:
    version = {"name": "v1", "served": True, "schema": {"openAPIV3Schema": {}}}
    [found] = page(CRD, {"metadata": {"name": "x"}, "spec": {"group": "g", "versions": [version]}})
    assert found["spec"] == {"group": "g", "versions": [{"name": "v1", "served": True}]}


def test_applied_configuration_keeps_its_version() -> None:
    applied = '{"apiVersion":"extensions/v1beta1","kind":"Deployment","spec":{"big":1}}'
    metadata = {"name": "web", "annotations": {LAST_APPLIED: applied, "team": "web"}}
    [found] = page(DEPLOYMENT, {"metadata": metadata})
    assert found["metadata"]["annotations"] == {
        LAST_APPLIED: '{"apiVersion":"extensions/v1beta1","kind":"Deployment"}',
        "team": "web",
    }


@pytest.mark.parametrize("applied", ["", "no json", "[1]", '"x"', '{"kind": 3}'])
def test_odd_applied_configuration(applied: str) -> None:
    [found] = page(CONFIG, {"metadata": {"annotations": {LAST_APPLIED: applied}}})
    assert found["metadata"]["annotations"][LAST_APPLIED] in ("", "{}")


@pytest.mark.parametrize("value", [None, 3, "x", [], [1], {}, [[{}]], [None, {"a": 1}]])
def test_odd_shapes_come_as_they_are(value: Any) -> None:
    [found] = page(CONFIG, {"metadata": {"labels": value}, "spec": value, "data": value})
    assert found["metadata"]["labels"] == found["spec"] == found["data"] == value


def test_configuration_is_whole() -> None:
    data = {"application.yaml": "x" * 900_000}
    [found] = page(CONFIG, {"metadata": {"name": "c"}, "data": data})
    assert found["data"] == data


@pytest.mark.parametrize("body", [b"", b"[", b"3", b'{"kind":"Pod"}', b'{"kind":"PodList","items":{}}'])
def test_no_list(body: bytes) -> None:
    with pytest.raises(MalformedError):
        Slimmer().page(body, POD)


def test_deep_nesting_is_refused() -> None:
    deep = b"[" * 100_000 + b"]" * 100_000
    with pytest.raises(MalformedError):
        Slimmer().page(b'{"kind":"PodList","items":[{"spec":' + deep + b"}]}", POD)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scanner.collect.cluster.slim._KNOWN_BYTES", 10_000)
    slimmer = Slimmer()
    for number in range(100):
        page(CONFIG, {"metadata": {}, "data": {"a": f"{number}" * 100}}, slimmer=slimmer)
    assert sum(map(len, slimmer._known)) <= 10_000
