"""Secrets, of which only metadata and type are ever asked for."""

from __future__ import annotations

from typing import Any

from scanner.collect.cluster.discovery import Kind
from scanner.collect.cluster.interface import Getter
from scanner.collect.cluster.lists import Listed, list_kind
from scanner.collect.cluster.slim import Slimmer

METADATA_ONLY = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1"
TYPES = (
    "kubernetes.io/service-account-token",
    "bootstrap.kubernetes.io/token",
    "helm.sh/release.v1",
    "kubernetes.io/tls",
    "kubernetes.io/dockerconfigjson",
)
"""Types that are told apart; metadata does not have the type, but it can be selected by."""


def is_secret(kind: Kind) -> bool:
    """Whether these are Kubernetes' Secrets."""
    return kind.group == "" and kind.resource == "secrets"


def list_secrets(
    connection: Getter, slimmer: Slimmer, kind: Kind, namespace: str = "", at: str = ""
) -> Listed:
    """The Secrets' metadata, with the type where it is one of TYPES; `at` is as with list_kind."""
    listed = _metadata(connection, slimmer, kind, namespace, at)
    if listed.status not in ("ok", "partial") or not listed.items:
        return listed
    by_name = {_key(body): body for body in listed.items}
    for wanted in TYPES:
        some = _metadata(connection, slimmer, kind, namespace, at, f"type={wanted}")
        for body in some.items:
            if found := by_name.get(_key(body)):
                found["type"] = wanted
        if some.status != "ok":
            listed.limit(f"which are of type {wanted} is not known: {some.reason}", some.cause)
    return listed


def _metadata(
    connection: Getter, slimmer: Slimmer, kind: Kind, namespace: str, at: str, selector: str = ""
) -> Listed:
    return list_kind(
        connection,
        slimmer,
        kind,
        namespace,
        accept=METADATA_ONLY,
        metadata_only=True,
        field_selector=selector,
        at=at,
    )


def _key(body: dict[str, Any]) -> tuple[str, str]:
    metadata = body.get("metadata") or {}
    return str(metadata.get("namespace")), str(metadata.get("name"))
