"""Rules over objects see what has the type that the API demands, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.evaluate.object_shape import read_of

ROLE = "Role.rbac.authorization.k8s.io"
INGRESS = "Ingress.networking.k8s.io"


@pytest.mark.parametrize(
    ("kind", "body", "read", "seen"),
    [
        (ROLE, {"rules": None}, "rules", None),
        (ROLE, {"rules": "all"}, "rules", None),
        (ROLE, {"rules": [None, {"verbs": None}, 5]}, "rules", [{}, {}, {}]),
        (ROLE, {"rules": [{"verbs": ["get", None, 5, {}]}]}, "rules", [{"verbs": ["get", "", "5", ""]}]),
        (INGRESS, {"spec": None}, "spec.rules", None),
        (INGRESS, {"spec": "x"}, "spec.rules", None),
        (INGRESS, {"spec": {"rules": [{"host": [], "http": {"paths": 1}}]}}, "spec.rules", [{"http": {}}]),
        ("Service", {"spec": {"type": []}}, "spec.type", None),
        ("HorizontalPodAutoscaler.autoscaling", {"spec": {"minReplicas": True}}, "spec.minReplicas", None),
        ("Any.example.com", {"metadata": {"annotations": []}}, "metadata.annotations", None),
    ],
)
def test_null_and_wrong_types_are_missing(kind: str, body: Any, read: str, seen: Any) -> None:
    assert read_of(kind, body, read) == seen


def test_annotations_without_quotes_are_text() -> None:
    body = {"metadata": {"annotations": {"on": True, "port": 80, "no": None, "bad": ["x"], "text": ""}}}
    seen = {"on": "true", "port": "80", "text": ""}
    assert read_of("Any.example.com", body, "metadata.annotations") == seen


def test_fields_without_a_shape_lose_null_alone() -> None:
    values = {"ports": "many", "env": {"a": None, "b": [None, 1, {"c": None}]}}
    body = {"spec": {"values": values}}
    seen = {"ports": "many", "env": {"b": [None, 1, {}]}}
    assert read_of("HelmRelease.helm.toolkit.fluxcd.io", body, "spec.values") == seen


def test_a_name_means_another_type_in_another_kind() -> None:
    body = {"spec": {"tls": {"termination": "edge"}}}
    assert read_of("Route.route.openshift.io", body, "spec.tls") == {"termination": "edge"}
    assert read_of(INGRESS, body, "spec.tls") is None
