"""The status of controls of the control plane, from objects to the end."""

from __future__ import annotations

import json
from typing import Any

import pytest

from scanner.catalog import catalog as catalogs
from scanner.collect.manifests import from_bytes
from scanner.evaluate.embedded import EmbeddedEngine
from scanner.findings.model import ControlResult, Status
from scanner.pipeline import ScanPlan, scan

CATALOG = catalogs.load()
CIS = CATALOG.frameworks["cis-kubernetes-1.12"]
CONTROL_PLANE = ("1.2.", "1.3.", "1.4.", "2.", "3.2.")


def server(*flags: str) -> dict[str, Any]:
    container = {
        "name": "kube-apiserver",
        "image": "kube-apiserver:v1.34.1",
        "command": ["kube-apiserver", *flags],
    }
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "kube-apiserver-n1", "namespace": "kube-system"},
        "spec": {"nodeName": "n1", "containers": [container]},
    }


def node(name: str, **labels: str) -> dict[str, Any]:
    return {"apiVersion": "v1", "kind": "Node", "metadata": {"name": name, "labels": labels}}


def results(*objects: dict[str, Any], snapshot: bool = True) -> dict[str, ControlResult]:
    rules = [rule for rule in CATALOG.rules.values() if rule.over == "component"]
    text = "\n".join(json.dumps(each) for each in objects)
    plan = ScanPlan(CATALOG, rules, [CIS], kubernetes_minor=34, snapshot=snapshot)
    found = scan(plan, from_bytes(text.encode(), "cluster.json"), EmbeddedEngine())
    return {one.control.id: one for one in found.controls if one.control.id.startswith(CONTROL_PLANE)}


def test_every_control_of_the_control_plane_has_rules() -> None:
    found = results(server())
    assert len(found) == 48
    assert [number for number, one in found.items() if not one.control.rules] == []


def test_what_only_a_person_can_judge_is_manual_with_what_was_found() -> None:
    found = results(server("--request-timeout=300s"))["1.2.20"]
    assert found.status is Status.MANUAL
    assert "--request-timeout is 300s" in found.reason
    assert results(server())["1.2.20"].status is Status.PASS


def test_managed_control_plane_never_passes() -> None:
    found = results(node("n1", **{"eks.amazonaws.com/nodegroup": "a"}))
    assert {one.status for one in found.values()} == {Status.NOT_APPLICABLE}
    assert all("Amazon EKS" in one.reason for one in found.values())


def test_nothing_seen_is_unknown() -> None:
    found = results(node("n1"))
    assert {one.status for one in found.values()} == {Status.UNKNOWN}


def test_api_server_that_was_not_seen_leaves_a_pass_open_and_a_fail_standing() -> None:
    role = {"node-role.kubernetes.io/control-plane": ""}
    found = results(server("--profiling=false"), node("n1", **role), node("n2", **role))
    assert found["1.2.15"].status is Status.UNKNOWN
    assert "n2" in found["1.2.15"].reason
    assert found["1.2.1"].status is Status.FAIL


@pytest.mark.parametrize("number", ["1.2.28", "3.2.2"])
def test_file_that_is_not_at_hand_is_unknown(number: str) -> None:
    found = results(server("--encryption-provider-config=/e", "--audit-policy-file=/a"))[number]
    assert found.status is Status.UNKNOWN
    assert "kubeassay node collect" in found.reason


def test_manifests_alone_tell_of_what_they_hold() -> None:
    found = results(server("--profiling=false"), snapshot=False)
    assert found["1.2.15"].status is Status.PASS
    assert found["1.2.1"].status is Status.FAIL
    assert found["2.1"].status is Status.NOT_APPLICABLE
