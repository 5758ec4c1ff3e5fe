"""A saved cluster as a source."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scanner.collect.cluster.discovery import Kind
from scanner.collect.cluster.origin import ClusterOrigin
from scanner.collect.cluster.slim import MalformedError, Slimmer
from scanner.collect.interface import Collection, Problem, Resource
from scanner.collect.snapshot.archive import AGAIN, ArchiveError, Stream, lines, read_end, read_manifest
from scanner.collect.snapshot.manifest import MAGIC, Manifest, Member
from scanner.errors import UsageError

_PAGE = 500
_PAGE_BYTES = 8 << 20
_MAX_WINDOW = 128 << 20
"""Bytes that unpacking may keep."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An archive that `write_snapshot` wrote."""

    path: Path
    uri: str

    def collect(self) -> Collection:
        """All of its objects, with the origins that they had in the cluster, and what could not be collected.

        Raises UsageError for an archive that is damaged, foreign or newer: a part of a cluster is not judged
        as the whole.
        """
        import zstandard

        was_enabled = gc.isenabled()
        gc.disable()  # nothing that is read becomes garbage
        try:
            with self.path.open("rb") as file:
                if file.read(len(MAGIC)) != MAGIC:
                    raise ArchiveError("it is not compressed with Zstandard", "name a snapshot, or rename it")
                file.seek(0)
                unpacker = zstandard.ZstdDecompressor(max_window_size=_MAX_WINDOW)
                with unpacker.stream_reader(file, closefd=False) as stream:
                    return self._collection(stream)
        except ArchiveError as error:
            raise UsageError(f"{self.uri}: {error.message}", error.remedy) from error
        except zstandard.ZstdError as error:
            raise UsageError(f"{self.uri}: it is damaged: {error}", AGAIN) from error
        except OSError as error:
            raise UsageError(
                f"{self.uri}: cannot be read: {error.strerror or error}", "check its permissions"
            ) from error
        finally:
            if was_enabled:
                gc.enable()

    def _collection(self, stream: Stream) -> Collection:
        manifest = read_manifest(stream, self.path.stat().st_size)
        collection = Collection(files=1, whole=True)
        slimmer = Slimmer()
        for member in manifest.members:
            for body in _objects(stream, member, slimmer):
                collection.resources.append(Resource(body, ClusterOrigin(manifest.cluster, body)))
        read_end(stream)
        collection.problems = _problems(manifest)
        return collection


def _objects(stream: Stream, member: Member, slimmer: Slimmer) -> Iterator[dict[str, Any]]:
    """The objects of a kind; equal parts of them are the same Python objects, as in a live scan."""
    group, _, version = member.api_version.rpartition("/")
    kind = Kind(group, version, member.kind, "", False)
    for page in _pages(lines(stream, member)):
        body = b'{"kind":"List","items":[' + b",".join(page) + b"]}"
        try:
            items = slimmer.page(body, kind).items
        except MalformedError as error:
            raise ArchiveError(f"{member.name} holds what is no object: {error}", AGAIN) from error
        if len(items) != len(page):
            raise ArchiveError(f"{member.name} has lines that are not one object each", AGAIN)
        yield from items


def _pages(found: Iterator[bytes]) -> Iterator[list[bytes]]:
    page: list[bytes] = []
    size = 0
    for line in found:
        page.append(line)
        size += len(line)
        if len(page) == _PAGE or size > _PAGE_BYTES:
            yield page
            page, size = [], 0
    if page:
        yield page


def _problems(manifest: Manifest) -> list[Problem]:
    return [
        Problem(each.code, each.message, each.uri, each.line, each.column, each.remedy)
        for each in manifest.problems
    ]
