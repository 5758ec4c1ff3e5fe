"""The members of a snapshot, read one after the other; nothing of it is ever put on the disk.

Whoever made the file is not trusted: it is read with bounds on its members, their sizes and how much larger
they are than the file.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterator
from hashlib import sha256
from typing import Protocol

import msgspec

from scanner.collect.snapshot.manifest import BLOCK, FAMILY, NAME, SCHEMA, Manifest, Member

MAX_MEMBERS = 10_000
MAX_OBJECTS = 5_000_000
MAX_BYTES = 4 << 30
"""Of all members together, uncompressed."""
MAX_MANIFEST = 16 << 20
MAX_LINE = 64 << 20
"""Of one object."""
MAX_RATIO = 5_000
"""Uncompressed bytes to compressed ones, where they are more than SMALL; a thousand is possible with pods."""
SMALL = 64 << 20
_CHUNK = 1 << 20


class ArchiveError(Exception):
    """The file cannot be used; carries what to do about it."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy


AGAIN = "take the snapshot again, or copy the file again"


class Stream(Protocol):
    """Something that gives bytes, in order."""

    def read(self, size: int, /) -> bytes:
        """So many bytes; fewer at the end."""


def read_manifest(stream: Stream, compressed: int) -> Manifest:
    """The first member. Raises ArchiveError for another kind of file, and for one of a newer version."""
    size = _member(stream, NAME, MAX_MANIFEST)
    if size is None:
        raise ArchiveError("it is no snapshot of kubeassay", "name a file that `kubeassay snapshot` wrote")
    data = _exactly(stream, size)
    _exactly(stream, -size % BLOCK)
    try:
        schema = str(msgspec.json.decode(data, type=dict[str, object]).get("schema"))
        if schema.startswith(FAMILY) and schema != SCHEMA:
            raise ArchiveError(
                f"it has the format {schema}, and {SCHEMA} is understood",
                "use the version of kubeassay that wrote it, or a newer one",
            )
        if schema != SCHEMA:
            raise ArchiveError(
                "it is no snapshot of kubeassay", "name a file that `kubeassay snapshot` wrote"
            )
        manifest = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ArchiveError(f"its manifest cannot be read: {error}", AGAIN) from error
    _check(manifest, compressed)
    return manifest


def _check(manifest: Manifest, compressed: int) -> None:
    members = manifest.members
    total = sum(member.size for member in members)
    objects = sum(member.count for member in members)
    if any(member.size < 0 or member.count < 0 for member in members) or objects != manifest.objects:
        raise ArchiveError("its manifest contradicts itself", AGAIN)
    if len(members) > MAX_MEMBERS or total > MAX_BYTES or objects > MAX_OBJECTS:
        raise ArchiveError(
            f"it is too large: {len(members):,} kinds, {objects:,} objects and {total >> 20:,} MiB; read are "
            f"at most {MAX_MEMBERS:,}, {MAX_OBJECTS:,} and {MAX_BYTES >> 20:,}",
            "check where it comes from",
        )
    if total > max(SMALL, MAX_RATIO * compressed):
        raise ArchiveError(
            f"it would grow from {compressed:,} to {total:,} bytes, as no cluster's objects do",
            "check where it comes from",
        )


def lines(stream: Stream, member: Member) -> Iterator[bytes]:
    """The lines of the next member, which is to be this one. Raises ArchiveError if it is not, in the end."""
    if _member(stream, member.name, member.size) != member.size:
        raise ArchiveError(f"it lacks {member.name}, or has it in another size", AGAIN)
    digest, left, rest, count = sha256(), member.size, b"", 0
    while left:
        chunk = _exactly(stream, min(left, _CHUNK))
        left -= len(chunk)
        digest.update(chunk)
        *whole, rest = (rest + chunk).split(b"\n")
        if len(rest) > MAX_LINE:
            raise ArchiveError(f"{member.name} holds an object of more than {MAX_LINE >> 20} MiB", AGAIN)
        count += len(whole)
        if count > member.count:
            break
        yield from whole
    _exactly(stream, -member.size % BLOCK)
    if rest or count != member.count or digest.hexdigest() != member.sha256:
        raise ArchiveError(f"{member.name} is not what was saved: its checksum differs", AGAIN)


def read_end(stream: Stream) -> None:
    """The end of the archive. Raises ArchiveError for anything behind the last member."""
    if _exactly(stream, 2 * BLOCK).strip(b"\0") or stream.read(1):
        raise ArchiveError("it holds more than its manifest says", AGAIN)


def _member(stream: Stream, name: str, most: int) -> int | None:
    """The size of the next member if it is a file of that name and not larger; else None."""
    try:
        info = tarfile.TarInfo.frombuf(_exactly(stream, BLOCK), "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return None
    return info.size if info.isreg() and info.name == name and 0 <= info.size <= most else None


def _exactly(stream: Stream, size: int) -> bytes:
    parts = []
    while size:
        part = stream.read(size)
        if not part:
            raise ArchiveError("it ends too early", AGAIN)
        parts.append(part)
        size -= len(part)
    return b"".join(parts)
