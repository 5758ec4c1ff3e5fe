"""Names of labels and annotations, and whether selectors match them.

Values are nearly as many as objects; names, and selectors that match nothing, are few.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from scanner.facts.index import Index, selects
from scanner.facts.subject import Subject, workload_of
from scanner.fields import field, mapping, texts

_PLAIN = frozenset({"ReplicationController", "DeploymentConfig", "DeploymentConfig.apps.openshift.io"})
"""Kinds whose selector has the labels themselves, without `matchLabels`."""


def label_names(_: Index, unit: Subject) -> list[str]:
    """The names of the object's labels that have a value."""
    return _names(mapping(unit.resource.body, "metadata", "labels"))


def annotation_names(_: Index, unit: Subject) -> list[str]:
    """The names of the object's annotations that have a value."""
    return _names(mapping(unit.resource.body, "metadata", "annotations"))


def unmatched_selector(_: Index, unit: Subject) -> dict[str, Any] | None:
    """Over workloads: the object's selector and the pods' labels, if the one does not match the other.

    The selector is empty where the API server demands one and there is none.
    """
    selector = field(unit.resource.body, "spec", "selector")
    found = mapping(workload_of(unit).metadata, "labels")
    if unit.resource.api_version == "apps/v1" and not selector:
        return {"selector": {}, "labels": found}
    plain = unit.resource.group_kind in _PLAIN
    if not isinstance(selector, dict) or selects({"matchLabels": selector} if plain else selector, found):
        return None
    if plain:
        return {"selector": texts(selector), "labels": texts(found)}
    if "matchLabels" in selector:
        selector = {**selector, "matchLabels": texts(selector, "matchLabels")}
    return {"selector": selector, "labels": texts(found)}


def _names(entries: Mapping[str, Any]) -> list[str]:
    return sorted(name for name, value in entries.items() if value not in ("", None))
