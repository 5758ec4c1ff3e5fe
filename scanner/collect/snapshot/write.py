"""Saves what was collected of a cluster."""

from __future__ import annotations

import os
import tarfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from scanner import __version__
from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.interface import Collection, Resource
from scanner.collect.snapshot.manifest import BLOCK, NAME, SCHEMA, Manifest, Member, SavedProblem, Tool
from scanner.collect.snapshot.redact import is_suspect, without_secrets
from scanner.errors import UsageError
from scanner.files import write_file

_LEVEL = 6
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Written:
    """What was saved."""

    objects: int
    size: int
    """Bytes of the file."""


def write_snapshot(
    collection: Collection, path: Path, now: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Written:
    """Save a cluster's objects and what could not be read of it, in a file that its owner alone can read.

    Equal collections give equal files but for the time, which SOURCE_DATE_EPOCH can set. Raises UsageError
    when the file cannot be written; it is then as it was before.
    """
    kinds = _by_kind(collection.resources)
    members = [
        _described(f"objects/{number:04}-{_plain(kind)}.jsonl", api_version, kind, resources)
        for number, ((api_version, kind), resources) in enumerate(kinds.items(), 1)
    ]
    manifest = Manifest(
        schema=SCHEMA,
        tool=Tool("kubeassay", __version__),
        created=_created(now).strftime("%Y-%m-%dT%H:%M:%SZ"),
        cluster=_cluster(collection.resources),
        objects=len(collection.resources),
        problems=[
            SavedProblem(each.code, each.message, each.uri, each.line, each.column, each.remedy)
            for each in collection.problems
        ],
        members=members,
    )
    size = 0

    def counted() -> Iterator[bytes]:
        nonlocal size
        for piece in _compressed(_archive(manifest, members, kinds.values())):
            size += len(piece)
            yield piece

    write_file(path, counted(), private=True)
    return Written(len(collection.resources), size)


def _by_kind(resources: Iterable[Resource]) -> dict[tuple[str, str], list[Resource]]:
    kinds: dict[tuple[str, str], list[Resource]] = {}
    for resource in resources:
        kinds.setdefault((resource.api_version, resource.kind), []).append(resource)
    for found in kinds.values():
        found.sort(key=lambda resource: (resource.namespace, resource.name))
    return dict(sorted(kinds.items()))


def _cluster(resources: Iterable[Resource]) -> str:
    for resource in resources:
        if isinstance(resource.origin, ClusterOrigin):
            return resource.origin.cluster
    return "cluster"


def _created(now: Callable[[], datetime]) -> datetime:
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if not epoch:
        return now().astimezone(UTC)
    try:
        return datetime.fromtimestamp(int(epoch), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}, no number of seconds",
            "unset it, or set it to such as 1764099240",
        ) from error


def _plain(kind: str) -> str:
    return "".join(letter for letter in kind if letter.isascii() and letter.isalnum())[:60]


def _described(name: str, api_version: str, kind: str, resources: Sequence[Resource]) -> Member:
    size, digest = 0, sha256()
    for line in _lines(resources):
        size += len(line)
        digest.update(line)
    return Member(name, api_version, kind, len(resources), size, digest.hexdigest())


def _lines(resources: Iterable[Resource]) -> Iterator[bytes]:
    for resource in resources:
        line = _encoded(resource.body)
        if is_suspect(line):
            line = _encoded(without_secrets(resource.body))
        yield line + b"\n"


def _encoded(body: dict[str, Any]) -> bytes:
    try:
        return msgspec.json.encode(body, order="sorted")
    except UnicodeEncodeError:  # half a surrogate pair
        import json

        return json.dumps(body, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")


def _archive(
    manifest: Manifest, members: Sequence[Member], contents: Iterable[Sequence[Resource]]
) -> Iterator[bytes]:
    described = msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n"
    yield _header(NAME, len(described))
    yield described + _padding(len(described))
    for member, resources in zip(members, contents, strict=True):
        yield _header(member.name, member.size)
        yield from _lines(resources)
        yield _padding(member.size)
    yield bytes(2 * BLOCK)


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.USTAR_FORMAT)


def _padding(size: int) -> bytes:
    return bytes(-size % BLOCK)


def _compressed(pieces: Iterable[bytes]) -> Iterator[bytes]:
    import zstandard

    compressor = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compressobj()
    buffer = bytearray()
    for piece in pieces:
        buffer += piece
        if len(buffer) >= _CHUNK:
            if compressed := compressor.compress(bytes(buffer)):
                yield compressed
            buffer.clear()
    yield compressor.compress(bytes(buffer)) + compressor.flush()
