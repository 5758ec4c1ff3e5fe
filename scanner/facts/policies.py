"""The labels that policies select namespaces by."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scanner.facts.index import Index
from scanner.fields import mapping


def namespace_labels(index: Index, namespace: str) -> Mapping[str, Any]:
    """A namespace's labels, with the one that the API server adds."""
    declared = index.namespaces.get(namespace)
    labels = mapping(declared.body, "metadata", "labels") if declared else {}
    return {**labels, "kubernetes.io/metadata.name": namespace}
