"""Collections as a live cluster gives them, and archives made by hand."""

from __future__ import annotations

import io
import json
import tarfile
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import zstandard

from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.interface import Collection, Problem, Resource
from scanner.collect.snapshot import Snapshot, write_snapshot

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
FACTS: dict[str, Any] = {
    "apiVersion": "kubeassay.dev/v1",
    "kind": "ClusterFacts",
    "metadata": {"name": "prod-eu"},
    "kubernetesVersion": "1.34.1",
    "kinds": [{"group": "", "version": "v1", "kind": "Pod", "status": "forbidden", "reason": "403"}],
}


def pod(name: str, namespace: str = "shop", **spec: Any) -> dict[str, Any]:
    container = {"name": "web", "image": "example.com/web:1", "securityContext": {"privileged": True}}
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace, "labels": {"app": "wéb"}},
        "spec": {"containers": [container]} | spec,
    }


def collection(*bodies: dict[str, Any]) -> Collection:
    """Objects of the cluster `prod-eu`, of which something could not be read."""
    resources = [Resource(body, ClusterOrigin("prod-eu", body)) for body in (FACTS, *bodies)]
    problem = Problem("cluster-forbidden", "1 kind may not be listed", remedy="ask for the permission")
    return Collection(resources, [problem])


def saved(path: Path, *bodies: dict[str, Any]) -> Path:
    """A snapshot of these objects."""
    write_snapshot(collection(*bodies), path, lambda: NOON)
    return path


def read(path: Path) -> Collection:
    """What a snapshot holds."""
    return Snapshot(path, path.name).collect()


def archive(path: Path, members: dict[str, bytes], **tar: Any) -> Path:
    """A compressed archive with these members."""
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tar.get("format", tarfile.USTAR_FORMAT)) as file:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            info.type = tar.get("type", tarfile.REGTYPE) if name != "manifest.json" else tarfile.REGTYPE
            file.addfile(info, io.BytesIO(data))
    # tarfile fills up to 10,240 bytes, snapshots end after two empty blocks
    data = raw.getvalue().rstrip(b"\0")
    data += bytes(-len(data) % 512 + 1024)
    path.write_bytes(zstandard.compress(data))
    return path


def manifest(content: bytes = b"", **changes: Any) -> bytes:
    """A manifest for one kind, whose objects are `content`."""
    member = {
        "name": "objects/0001-Pod.jsonl",
        "apiVersion": "v1",
        "kind": "Pod",
        "count": content.count(b"\n"),
        "size": len(content),
        "sha256": sha256(content).hexdigest(),
    }
    whole = {
        "schema": "kubeassay.snapshot/v1",
        "tool": {"name": "kubeassay", "version": "0.1.0"},
        "created": "2026-11-25T12:00:00Z",
        "cluster": "prod-eu",
        "objects": member["count"],
        "problems": [],
        "members": [member | changes.pop("member", {})],
    }
    return json.dumps(whole | changes).encode()


def unpacked(path: Path) -> dict[str, bytes]:
    """The members of a snapshot, read by tarfile."""
    data = zstandard.ZstdDecompressor().stream_reader(path.read_bytes()).read()
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        return {info.name: (tar.extractfile(info) or io.BytesIO()).read() for info in tar}
