"""What a snapshot says of itself: its first member, `manifest.json`.

A snapshot is a tar archive in the ustar format, compressed with Zstandard: `manifest.json`, then for each
kind a file of JSON lines with its objects, in the order of the manifest. There is nothing else in it.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

SCHEMA: Literal["kubeassay.snapshot/v1"] = "kubeassay.snapshot/v1"
FAMILY = "kubeassay.snapshot/"
NAME = "manifest.json"
SUFFIX = ".tar.zst"
MAGIC = b"\x28\xb5\x2f\xfd"
"""The first bytes of a file that is compressed with Zstandard."""
BLOCK = 512
"""Members of an archive begin at multiples of so many bytes."""


class Member(Struct, frozen=True, rename="camel"):
    """A file with the objects of one kind."""

    name: str
    api_version: str
    kind: str
    count: int
    """How many objects, one on each line."""
    size: int
    """Bytes, uncompressed."""
    sha256: str
    """Hexadecimal."""


class SavedProblem(Struct, frozen=True, omit_defaults=True):
    """Something that could not be collected."""

    code: str
    message: str
    uri: str = ""
    line: int | None = None
    column: int | None = None
    remedy: str = ""


class Tool(Struct, frozen=True):
    """What made the snapshot."""

    name: str
    version: str


class Manifest(Struct, frozen=True):
    """The whole of `manifest.json`."""

    schema: Literal["kubeassay.snapshot/v1"]
    tool: Tool
    created: str
    """UTC, as `2026-11-25T19:34:00Z`."""
    cluster: str
    """What findings call the cluster."""
    objects: int
    problems: list[SavedProblem]
    members: list[Member]
