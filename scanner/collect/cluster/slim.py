"""From a page of a list, as bytes, to objects that cost little memory.

An object is decoded part by part; parts that were met before, such as the containers of a workload's pods,
are the same Python object again. So objects must not be changed by anybody. What nothing needs is never
decoded.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import UNSET, Raw, Struct, UnsetType

from scanner.collect.cluster.discovery import Kind

LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
REDACTED = "REDACTED"
LARGEST_CUSTOM = 512 << 10
"""Bytes of a custom resource above which it is left out."""
_KNOWN_BYTES = 32 << 20
"""Bytes of parts that are remembered; then remembering begins anew."""

_OPENED = frozenset(
    {
        "metadata",
        "spec",
        "status",
        "template",
        "jobTemplate",
        "containers",
        "initContainers",
        "ephemeralContainers",
        "containerStatuses",
        "initContainerStatuses",
        "ephemeralContainerStatuses",
        "volumes",
    }
)
"""Fields whose own fields are shared one by one; all others are shared as a whole."""

_STATUSES = ("containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses")
_OF_STATUS = ("allocatedResources", "containerID", "lastState", "resources", "state", "user", "volumeMounts")
_DROPPED = frozenset({"metadata.managedFields", "metadata.selfLink"})
_DROPPED_OF: Mapping[str, frozenset[str]] = {
    "Node": _DROPPED | {"status.images"},
    "Pod": _DROPPED
    | {"status.conditions", "status.resize"}
    | {f"status.{statuses}.{name}" for statuses in _STATUSES for name in _OF_STATUS},
    "CustomResourceDefinition.apiextensions.k8s.io": _DROPPED | {"spec.versions.schema"},
}


class MalformedError(Exception):
    """The answer is no list of objects."""


@dataclass(slots=True)
class Page:
    """A page of a list."""

    items: list[dict[str, Any]] = field(default_factory=list)
    continue_token: str = ""
    """Empty on the last page."""
    resource_version: str = ""
    size: int = 0
    """Bytes of the objects that were kept."""
    too_large: list[str] = field(default_factory=list)
    """Names of objects that were left out for their size."""


class _ListMeta(Struct):
    continue_token: str = msgspec.field(default="", name="continue")
    resource_version: str = msgspec.field(default="", name="resourceVersion")


class _List(Struct):
    kind: str = ""
    metadata: _ListMeta = msgspec.field(default_factory=_ListMeta)
    items: list[Raw] | UnsetType | None = UNSET


class _NamedMeta(Struct):
    name: str = ""
    namespace: str = ""


class _Named(Struct):
    metadata: _NamedMeta = msgspec.field(default_factory=_NamedMeta)


_LIST = msgspec.json.Decoder(_List)
_OBJECT = msgspec.json.Decoder(dict[str, Raw])
_ARRAY = msgspec.json.Decoder(list[Raw])
_ANY = msgspec.json.Decoder()
_NAMED = msgspec.json.Decoder(_Named)


class Slimmer:
    """Reads pages; several threads may share one, and take turns."""

    def __init__(self) -> None:
        self._known: dict[bytes, Any] = {}
        self._held = 0
        self._lock = threading.Lock()

    def page(self, body: bytes, kind: Kind, metadata_only: bool = False) -> Page:
        """Decode a page. Raises MalformedError.

        With `metadata_only`, nothing but `metadata` is taken from any object, whatever was sent.
        """
        with self._lock:
            try:
                return self._page(body, kind, metadata_only)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                raise MalformedError(str(error)) from error

    def _page(self, body: bytes, kind: Kind, metadata_only: bool) -> Page:
        listed = _LIST.decode(body)
        if not listed.kind.endswith("List"):
            raise MalformedError(f"it is a {listed.kind or 'nameless object'}, not a list")
        if metadata_only and listed.kind != "PartialObjectMetadataList":
            raise MalformedError(f"asked for metadata only, the server sends a {listed.kind}")
        if isinstance(listed.items, UnsetType):
            raise MalformedError(f"the {listed.kind} has no items")
        page = Page([], listed.metadata.continue_token, listed.metadata.resource_version)
        dropped = _DROPPED_OF.get(kind.group_kind, _DROPPED)
        for raw in listed.items or ():
            size = len(memoryview(raw))
            if kind.custom and size > LARGEST_CUSTOM:
                named = _NAMED.decode(raw).metadata
                page.too_large.append(f"{named.namespace}/{named.name}" if named.namespace else named.name)
                continue
            page.size += size
            page.items.append(self._object(raw, kind, dropped, metadata_only))
        return page

    def _object(self, raw: Raw, kind: Kind, dropped: frozenset[str], metadata_only: bool) -> dict[str, Any]:
        fields = _OBJECT.decode(raw)
        if metadata_only:
            fields = {"metadata": fields["metadata"]} if "metadata" in fields else {}
        # items of built-in kinds do not say what they are
        body: dict[str, Any] = {"apiVersion": kind.api_version, "kind": kind.kind}
        for name, value in fields.items():
            if name not in body:
                body[name] = self._value(name, value, name, dropped, metadata_only)
        return body

    def _value(self, name: str, raw: Raw, path: str, dropped: frozenset[str], secret: bool) -> Any:
        if name == "annotations" and path == "metadata.annotations":
            return self._annotations(raw, secret)
        if name in _OPENED or path == "spec.versions":
            match _first(raw):
                case b"{":
                    return self._fields(raw, path, dropped, secret)
                case b"[":
                    return [
                        self._fields(item, path, dropped, secret)
                        if _first(item) == b"{"
                        else _ANY.decode(item)
                        for item in _ARRAY.decode(raw)
                    ]
        return self._shared(raw)

    def _fields(self, raw: Raw, path: str, dropped: frozenset[str], secret: bool) -> dict[str, Any]:
        found = {}
        for name, value in _OBJECT.decode(raw).items():
            below = f"{path}.{name}"
            if below not in dropped:
                found[name] = self._value(name, value, below, dropped, secret)
        return found

    def _annotations(self, raw: Raw, secret: bool) -> Any:
        data = bytes(raw)
        if LAST_APPLIED.encode() not in data:
            return self._shared(raw)
        annotations = _ANY.decode(data)
        if isinstance(annotations, dict) and LAST_APPLIED in annotations:
            annotations[LAST_APPLIED] = REDACTED if secret else _shortened(annotations[LAST_APPLIED])
        return annotations

    def _shared(self, raw: Raw) -> Any:
        data = bytes(raw)
        try:
            return self._known[data]
        except KeyError:
            pass
        value = _ANY.decode(data)
        self._held += len(data)
        if self._held > _KNOWN_BYTES:
            self._known.clear()
            self._held = len(data)
        self._known[data] = value
        return value


def _first(raw: Raw) -> bytes:
    """The first character, which tells objects and arrays."""
    return bytes(memoryview(raw)[:1])


def _shortened(applied: Any) -> str:
    """The annotation with nothing but the version that was applied: the rest stands in the object itself."""
    try:
        body = msgspec.json.decode(applied)
        kept = {name: body[name] for name in ("apiVersion", "kind") if isinstance(body.get(name), str)}
    except (msgspec.DecodeError, UnicodeDecodeError, TypeError, AttributeError):
        return ""
    return msgspec.json.encode(kept).decode()
