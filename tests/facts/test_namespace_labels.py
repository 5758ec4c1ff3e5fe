"""How selectors find namespaces."""

from __future__ import annotations

from scanner.facts.index import Index, namespace_labels

from .objects import resource


def test_every_namespace_has_its_name_as_label() -> None:
    shop = resource("Namespace", "v1", name="shop", labels={"team": "a"})
    index = Index([shop, resource("Pod", "v1", namespace="undeclared")], snapshot=True)
    assert namespace_labels(index, "shop") == {"team": "a", "kubernetes.io/metadata.name": "shop"}
    assert namespace_labels(index, "undeclared") == {"kubernetes.io/metadata.name": "undeclared"}
