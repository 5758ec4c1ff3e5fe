"""Names of users and groups as the node's own files give them, not the container's."""

from __future__ import annotations

from scanner.collect.nodes.root import NotRead, Root, escaped


class Names:
    """Who has which number on the node. Numbers that its files do not know have no name."""

    def __init__(self, root: Root) -> None:
        self.errors: list[str] = []
        self._users = self._table(root, "/etc/passwd")
        self._groups = self._table(root, "/etc/group")

    def user(self, uid: int) -> str | None:
        """The name of a user."""
        return self._users.get(uid)

    def group(self, gid: int) -> str | None:
        """The name of a group."""
        return self._groups.get(gid)

    def _table(self, root: Root, path: str) -> dict[int, str]:
        try:
            content = root.read(path)
        except NotRead as error:
            self.errors.append(f"{path}: {error}: owners have no names")
            return {}
        names: dict[int, str] = {}
        for line in content.split(b"\n"):
            fields = line.split(b":")
            if len(fields) >= 3 and fields[0] and fields[2].isdigit() and len(fields[2]) <= 10:
                names.setdefault(int(fields[2]), escaped(fields[0].decode("utf-8", "surrogateescape")))
        return names
