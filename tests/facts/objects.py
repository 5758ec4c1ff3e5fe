"""Kubernetes objects for tests, from nowhere."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from scanner.collect.interface import Location, Path, Resource


@dataclass
class Nowhere:
    uri: str = field(default="nowhere.yaml")

    def locate(self, path: Path) -> Location:
        return Location(self.uri)


def resource(
    kind: str,
    api_version: str,
    name: str = "a",
    namespace: str = "",
    labels: dict[str, str] | None = None,
    **body: Any,
) -> Resource:
    metadata = {"name": name, "namespace": namespace, "labels": labels or {}}
    return Resource({"apiVersion": api_version, "kind": kind, "metadata": metadata, **body}, Nowhere())
