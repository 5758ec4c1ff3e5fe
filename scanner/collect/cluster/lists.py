"""Reading one kind: page by page, again from the start when the list expired, in namespaces where allowed."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from scanner.collect.cluster.discovery import Kind, is_removed
from scanner.collect.cluster.errors import ApiError, StoppedError, TooLargeError
from scanner.collect.cluster.interface import JSON, TRIES, Getter
from scanner.collect.cluster.slim import MalformedError, Slimmer

PAGE = 500
"""Objects asked for at once."""
_SMALL_PAGE = 50
"""Objects asked for at once from a server that was too slow."""
_PAGE_BYTES = 16 << 20
"""Larger pages are asked for again with fewer objects, so that memory stays bounded."""
_CUSTOM_BYTES = 64 << 20
"""Bytes of one custom kind that are read."""
_CONFIG_BYTES = 128 << 20
"""Bytes of ConfigMaps that are read; each may have a million."""
_MOST_OBJECTS = 200_000
_MALFORMED_TRIES = 2
_DENIED_KINDS = 3
"""A namespace in which so many kinds were forbidden, and none allowed, is not asked for more."""
_DENIED_NAMESPACES = 50
"""A kind that is forbidden in so many namespaces, one after the other, is not asked for in more."""


@dataclass(slots=True)
class Listed:
    """What became of a kind."""

    kind: Kind
    status: str = "ok"
    """`ok`, `partial`, `forbidden`, `failed` or `excluded`."""
    reason: str = ""
    """Why it is not `ok`, in full."""
    cause: str = ""
    """The same for all kinds that suffer from the same."""
    content: str = "full"
    """`metadata` for Secrets."""
    items: list[dict[str, Any]] = field(default_factory=list)
    resource_version: str = ""
    lost: bool = False
    """No whole answer came."""

    def fail(self, error: ApiError) -> None:
        """Note why the kind, or the rest of it, could not be read."""
        self.reason, self.cause = str(error), error.cause
        if error.status in (401, 403):
            self.status = "forbidden"
        else:
            self.status = "failed"
            self.lost = error.status == 0

    def limit(self, reason: str, cause: str = "") -> None:
        """Note that a part is missing; a reason that was there before stays."""
        if self.status == "ok":
            self.status = "partial"
        self.reason = f"{self.reason}; {reason}" if self.reason else reason
        self.cause = self.cause or cause or reason


def list_kind(
    connection: Getter,
    slimmer: Slimmer,
    kind: Kind,
    namespace: str = "",
    accept: str = JSON,
    metadata_only: bool = False,
    field_selector: str = "",
    at: str = "",
) -> Listed:
    """Read all objects of a kind; whatever happens is noted in the result. Raises StoppedError alone.

    They are read as they were at the resourceVersion `at`, if the server still knows; else as they are.
    """
    listed = Listed(kind, content="metadata" if metadata_only else "full")
    path = kind.path(namespace)
    reader = _Reader(connection, slimmer, listed, path, accept, metadata_only, field_selector, at)
    try:
        reader.read()
    except StoppedError:
        raise
    except ApiError as error:
        if error.status == 404 and kind.custom and is_removed(connection, kind):
            return Listed(kind, reason="the kind was removed during the scan", content=listed.content)
        read = len(listed.items)
        listed.fail(error)
        if read and listed.status != "ok":
            listed.status = "partial"
            listed.reason = f"only the first {read} objects could be read: {error}"
    return listed


class _Reader:
    """One list under way."""

    def __init__(
        self,
        connection: Getter,
        slimmer: Slimmer,
        listed: Listed,
        path: str,
        accept: str,
        metadata_only: bool,
        field_selector: str,
        at: str,
    ) -> None:
        self._connection = connection
        self._slimmer = slimmer
        self._listed = listed
        self._path = path
        self._accept = accept
        self._metadata_only = metadata_only
        self._selector = field_selector
        self._at = at
        self._limit = PAGE
        self._token = ""
        self._restarted = False
        self._at_expiry = 0
        self._malformed = 0
        self._size = 0
        self._too_large: list[str] = []

    def read(self) -> None:
        """Read to the end, or as far as the bounds go."""
        seen: set[str] = set()
        while True:
            try:
                more = self._page()
            except TooLargeError:
                if self._limit == 1:
                    raise
                self._limit = max(1, self._limit // 8)
                continue
            except ApiError as error:
                if self._at and not self._token and error.status not in (401, 403, 404):
                    self._at = ""
                elif error.is_slow and self._limit > _SMALL_PAGE:
                    self._limit = _SMALL_PAGE
                else:
                    self._expired(error, seen)
                continue
            if not more:
                break
            if self._token in seen:
                raise ApiError(0, "the server lists in a circle: it gave a continue token twice")
            seen.add(self._token)
            if reason := self._beyond_bounds():
                self._listed.limit(reason)
                break
        if self._too_large:
            names = ", ".join(self._too_large[:3]) + (", …" if len(self._too_large) > 3 else "")
            many = len(self._too_large)
            self._listed.limit(
                f"{many} object{'s are' if many > 1 else ' is'} too large and left out: {names}",
                "objects are too large",
            )

    def _page(self) -> bool:
        """Read one page; whether there is another."""
        kind = self._listed.kind
        query: dict[str, Any] = {
            "limit": self._limit,
            "continue": self._token,
            "fieldSelector": self._selector,
        }
        tries = TRIES
        if self._at and not self._token:
            query |= {"resourceVersion": self._at, "resourceVersionMatch": "Exact"}
            tries = 2  # it is then asked for without
        if kind.stale:
            tries = 1
        body = self._connection.get(self._path, self._accept, tries=tries, max_bytes=_PAGE_BYTES, **query)
        try:
            page = self._slimmer.page(body, kind, self._metadata_only)
            if not all(isinstance(each.get("metadata"), dict) for each in page.items):
                raise MalformedError(f"a {kind.kind} has no metadata")
        except MalformedError as error:
            self._malformed += 1
            if self._malformed >= _MALFORMED_TRIES:
                raise ApiError(
                    0, f"the answer cannot be used: {error}", "the answer cannot be used"
                ) from error
            return self._page()
        self._listed.items += self._unknown(page.items) if self._at_expiry else page.items
        self._listed.resource_version = self._listed.resource_version or page.resource_version
        self._too_large += page.too_large
        self._size += page.size
        self._token = page.continue_token
        return bool(page.continue_token)

    def _unknown(self, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those that were not read before the list expired."""
        known = {_key(body) for body in self._listed.items}
        return [body for body in items if _key(body) not in known]

    def _expired(self, error: ApiError, seen: set[str]) -> None:
        """After 410 Gone: once from the start, then on with the list as it is now, which misses nothing
        that stays, for lists are in the order of names."""
        if error.status != 410 or not self._token:
            raise error
        if not self._restarted:
            self._restarted = True
            self._at = ""
            self._token = self._listed.resource_version = ""
            self._listed.items.clear()
            self._too_large.clear()
            self._size = 0
            seen.clear()
        elif error.continue_token and len(self._listed.items) > self._at_expiry:
            self._token = error.continue_token
            self._at_expiry = len(self._listed.items)
            self._listed.reason = "the list changed while it was read"
        else:  # nothing was read since it expired last
            raise error

    def _beyond_bounds(self) -> str:
        count, kind = len(self._listed.items), self._listed.kind
        most = _CUSTOM_BYTES if kind.custom else _CONFIG_BYTES if kind.group_kind == "ConfigMap" else None
        if most is not None and self._size > most:
            return (
                f"only the first {count} objects were read, which are larger than {most >> 20} MiB together"
            )
        return f"only the first {count} objects were read" if count >= _MOST_OBJECTS else ""


def _key(body: dict[str, Any]) -> tuple[str, str]:
    metadata = body.get("metadata") or {}
    return str(metadata.get("namespace")), str(metadata.get("name"))


class Namespaces:
    """Reads kinds namespace by namespace, where the whole cluster is forbidden; shared by threads."""

    def __init__(self, connection: Getter, slimmer: Slimmer, names: Sequence[str], named: bool) -> None:
        """`named` says that the user named them: then each is tried."""
        self._connection = connection
        self._slimmer = slimmer
        self._names = names
        self._named = named
        self._denied: Counter[str] = Counter()
        self._allowed: set[str] = set()
        self._lock = threading.Lock()

    def read(self, forbidden: Listed) -> Listed:
        """A kind in those namespaces where it may be listed; as it was when there is none."""
        kind = forbidden.kind
        if not kind.namespaced:
            return forbidden
        whole = Listed(kind, content=forbidden.content)
        readable: list[str] = []
        problems: list[str] = []
        in_a_row = 0
        for name in self._names:
            if not self._named and in_a_row >= _DENIED_NAMESPACES:
                break
            if self._hopeless(name):
                continue
            part = self._one(kind, name, forbidden.content == "metadata")
            in_a_row = in_a_row + 1 if part.status == "forbidden" else 0
            if part.status == "forbidden":
                self._denied[name] += 1
                continue
            self._allowed.add(name)
            if part.status != "ok":
                problems.append(f"{name}: {part.reason}")
            if part.status in ("ok", "partial"):
                readable.append(name)
                whole.items += part.items
        if not readable:
            return forbidden
        shown = ", ".join(readable[:5]) + (f" and {len(readable) - 5} more" if len(readable) > 5 else "")
        whole.limit(f"only in the namespaces {shown}: {forbidden.reason}", forbidden.cause)
        for problem in problems:
            whole.limit(problem)
        return whole

    def _one(self, kind: Kind, namespace: str, metadata_only: bool) -> Listed:
        if metadata_only:
            from scanner.collect.cluster.secrets import list_secrets

            return list_secrets(self._connection, self._slimmer, kind, namespace)
        return list_kind(self._connection, self._slimmer, kind, namespace)

    def _hopeless(self, name: str) -> bool:
        return not self._named and self._denied[name] >= _DENIED_KINDS and name not in self._allowed
