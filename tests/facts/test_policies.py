"""In which directions a NetworkPolicy isolates, and how selectors find namespaces."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.facts.index import Index
from scanner.facts.policies import directions, namespace_labels

from .objects import resource


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({}, {"ingress"}),
        ({"policyTypes": []}, {"ingress"}),
        ({"ingress": [{}]}, {"ingress"}),
        ({"egress": []}, {"ingress"}),
        ({"egress": [{}]}, {"ingress", "egress"}),
        ({"policyTypes": ["Egress"]}, {"egress"}),
        ({"policyTypes": ["Ingress"], "egress": [{}]}, {"ingress"}),
        ({"policyTypes": ["Ingress", "Egress"]}, {"ingress", "egress"}),
    ],
)
def test_directions(spec: dict[str, Any], expected: set[str]) -> None:
    assert directions(resource("NetworkPolicy", "networking.k8s.io/v1", spec=spec)) == expected


def test_every_namespace_has_its_name_as_label() -> None:
    shop = resource("Namespace", "v1", name="shop", labels={"team": "a"})
    index = Index([shop, resource("Pod", "v1", namespace="undeclared")], snapshot=True)
    assert namespace_labels(index, "shop") == {"team": "a", "kubernetes.io/metadata.name": "shop"}
    assert namespace_labels(index, "undeclared") == {"kubernetes.io/metadata.name": "undeclared"}
