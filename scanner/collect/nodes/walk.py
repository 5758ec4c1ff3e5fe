"""The files below a folder of a node, with bounds."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.collect.nodes.root import Found, NotRead, OutOfTime, Root, escaped

_MAX_FILES = 1_000
_MAX_DEPTH = 4


def below(root: Root, folder: str, errors: list[str], depth: int = _MAX_DEPTH) -> Iterator[tuple[str, Found]]:
    """Files and folders below a folder, in the order of their names, each folder before what is in it.

    What cannot be read, or is left out because there is too much, goes to `errors`; a folder that is not
    there is no error. Symbolic links to folders are not descended into.
    """
    left = [_MAX_FILES]
    yield from _below(root, folder.rstrip("/"), errors, depth, left)
    if not left[0]:
        errors.append(f"{escaped(folder)}: only {_MAX_FILES:,} of its files were looked at")


def _below(
    root: Root, folder: str, errors: list[str], depth: int, left: list[int]
) -> Iterator[tuple[str, Found]]:
    try:
        names, all_of_them = root.names(folder)
    except NotRead as error:
        if error.status != "absent":
            errors.append(f"{escaped(folder)}: {error}")
        if isinstance(error, OutOfTime):
            left[0] = 0
        return
    if not all_of_them:
        errors.append(f"{escaped(folder)}: it has more than {len(names):,} entries, not all were looked at")
    for name in names:
        if not left[0]:
            return
        left[0] -= 1
        path = f"{folder}/{name}"
        try:
            found = root.find(path)
        except NotRead as error:
            errors.append(f"{escaped(path)}: {error}")
            continue
        yield path, found
        if found.type == "dir" and found.path.endswith("/" + name):
            if depth > 1:
                yield from _below(root, path, errors, depth - 1, left)
            else:
                errors.append(f"{escaped(path)}: folders so deep are not looked into")
