"""The entries of `files` in NodeFacts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from scanner.collect.nodes.names import Names
from scanner.collect.nodes.root import Found, NotRead, Root, escaped

_LIKELY = ("ok", "denied", "not_collected", "absent")


class Files:
    """Collects the entries of `files`, each role and path once."""

    def __init__(self, root: Root, names: Names, errors: list[str]) -> None:
        self._root = root
        self._names = names
        self._errors = errors
        self._entries: dict[tuple[str, str], dict[str, Any]] = {}

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The entries, in the order of roles and paths."""
        return [self._entries[key] for key in sorted(self._entries)]

    def add(
        self,
        role: str,
        path: str,
        found: Found | None = None,
        redacted: bool = False,
        content: dict[str, Any] | None = None,
    ) -> None:
        """Look at a file."""
        shown = escaped(path)
        entry = _entry(role, path, "ok") | {"content": content, "redacted": redacted}
        try:
            if not path.startswith("/"):
                raise NotRead("not_collected", "the path is relative, to a folder that is not known")
            found = found or self._root.find(path)
        except NotRead as error:
            entry["status"] = error.status
            if error.status != "absent":
                self._errors.append(f"{shown}: {error}")
        else:
            uid, gid = found.status.st_uid, found.status.st_gid
            entry |= {"type": found.type, "mode": found.mode, "uid": uid, "gid": gid}
            entry |= {"user": self._names.user(uid), "group": self._names.group(gid)}
            if escaped(found.path) != shown:
                entry["target"] = escaped(found.path)
        self._entries.setdefault((role, shown), entry)

    def add_unseen(self, role: str, path: str, status: str = "not_collected") -> None:
        """Note what may be there, or is not, without looking."""
        self._entries.setdefault((role, escaped(path)), _entry(role, path, status))

    def first(self, paths: Sequence[str]) -> str:
        """Of the places where a file may be, that where it is, or may be unseen; else the first."""
        return min(paths, key=lambda path: _LIKELY.index(self._status(path)))

    def there(self, paths: Sequence[str]) -> list[str]:
        """Of the places where files may be, those where they are."""
        return [path for path in paths if self._status(path) == "ok"]

    def _status(self, path: str) -> str:
        try:
            self._root.find(path)
        except NotRead as error:
            return error.status
        return "ok"


def _entry(role: str, path: str, status: str) -> dict[str, Any]:
    unknown = dict.fromkeys(("type", "mode", "uid", "gid", "user", "group", "content"))
    return {"role": role, "path": escaped(path), "status": status, **unknown, "redacted": False}
