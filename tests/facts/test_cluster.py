"""The cluster's version, as far as the facts of its collection tell it."""

from __future__ import annotations

from typing import Any

import pytest

from scanner.collect.interface import Resource
from scanner.facts.cluster import minor_of, stand_in
from scanner.facts.index import Index
from tests.facts.objects import Nowhere


@pytest.mark.parametrize(
    ("said", "minor"), [("1.34.1", 34), ("v1.9", 9), ("", None), (1.34, None), ("2.0", None)]
)
def test_the_version_of_the_server(said: Any, minor: int | None) -> None:
    body = {"apiVersion": "kubeassay.dev/v1", "kind": "ClusterFacts", "kubernetesVersion": said}
    assert minor_of(Index([Resource(body, Nowhere())], snapshot=True)) == minor


def test_without_facts_its_version_is_not_known() -> None:
    assert minor_of(Index([], snapshot=True)) is None
    assert minor_of(Index([stand_in("cluster.yaml")], snapshot=True)) is None
