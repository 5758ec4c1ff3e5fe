"""A node's file system below a root folder: nothing outside of it is ever opened, nothing blocks.

root = Root("/host", only=["/etc"])
found = root.find("/etc/kubernetes/admin.conf")

Each part of a path is opened by itself, and symbolic links are followed by hand, inside the root. So neither
a link that points out of the root nor one that is exchanged in between can lead anywhere else.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

MAX_BYTES = 1 << 20
"""How much of a file is read: larger ones are no configuration."""
MAX_ENTRIES = 2_000
"""How many entries of a folder are looked at."""
_MAX_LINKS = 40
_MAX_PARTS = 255
Answer = TypeVar("Answer")


class NotRead(Exception):
    """Something could not be read. `status` is what NodeFacts say of it, the text says why."""

    def __init__(self, status: str, why: str) -> None:
        super().__init__(why)
        self.status = status


class OutOfTime(NotRead):
    """The time that was given is over; whatever is left is not collected."""

    def __init__(self) -> None:
        super().__init__("not_collected", "the time that was given is over (--timeout)")


@dataclass(frozen=True, slots=True)
class Found:
    """Something that is there."""

    path: str
    """Where it really is, below the root, with every symbolic link followed."""
    status: os.stat_result

    @property
    def type(self) -> str:
        """`file`, `dir`, or `other`: a device, pipe or socket."""
        mode = self.status.st_mode
        return "file" if stat.S_ISREG(mode) else "dir" if stat.S_ISDIR(mode) else "other"

    @property
    def mode(self) -> str:
        """The permission bits in octal, four digits, with setuid, setgid and sticky bit."""
        return f"{stat.S_IMODE(self.status.st_mode):04o}"


class Root:
    """A folder that stands for `/`.

    `only` names the folders and files of it that are there at all, as where a container has but some folders
    of its host: everything else is `not_collected`, never `absent`. `deadline` is a time of
    `time.monotonic()`. Raises OSError if the folder cannot be opened.
    """

    def __init__(self, folder: str, only: Sequence[str] = (), deadline: float = float("inf")) -> None:
        self._fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        self._only = tuple("/" + each.strip("/") for each in only)
        self._deadline = deadline

    def close(self) -> None:
        """Let go of the folder."""
        os.close(self._fd)

    @property
    def is_partial(self) -> bool:
        """Whether only some folders of the host are there."""
        return bool(self._only)

    def find(self, path: str) -> Found:
        """What stands at a path. Raises NotRead."""
        fd, found = self._walk(path)
        os.close(fd)
        return found

    def read(self, path: str, limit: int = MAX_BYTES) -> bytes:
        """The content of a regular file. Raises NotRead, also for one of more than `limit` bytes."""
        found, content = self._content(path, limit + 1)
        if len(content) > limit:
            size = max(found.status.st_size, len(content))
            raise NotRead("not_collected", f"it has {size:,} bytes; {limit:,} are read at most")
        return content

    def head(self, path: str, limit: int) -> bytes:
        """The first bytes of a regular file. Raises NotRead."""
        return self._content(path, limit)[1]

    def names(self, path: str, limit: int = MAX_ENTRIES) -> tuple[list[str], bool]:
        """The names in a folder, sorted, and whether these are all. Raises NotRead."""
        fd, found = self._walk(path)
        try:
            if found.type != "dir":
                raise NotRead("absent", "it is no folder")
            folder = _try(lambda: os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=fd))
        finally:
            os.close(fd)
        names: list[str] = []
        try:
            with os.scandir(folder) as entries:
                for entry in entries:
                    if len(names) == limit:
                        return sorted(names), False
                    names.append(entry.name)
        except OSError as error:
            raise _not_read(error) from None
        finally:
            os.close(folder)
        return sorted(names), True

    def sub(self, path: str) -> Root:
        """A folder below the root as a root of its own. Raises NotRead."""
        fd, _ = self._walk(path)
        try:
            other = object.__new__(Root)
            other._fd = _try(lambda: os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=fd))
            other._only = ()
            other._deadline = self._deadline
            return other
        finally:
            os.close(fd)

    def link(self, path: str) -> str:
        """Where a symbolic link points, as it is written. Raises NotRead."""
        folder, _, name = path.rpartition("/")
        fd, _ = self._walk(folder or "/")
        try:
            return _read_link(name, fd)
        finally:
            os.close(fd)

    def _content(self, path: str, limit: int) -> tuple[Found, bytes]:
        handle, found = self._walk(path)
        try:
            if found.type != "file":
                raise NotRead("not_collected", "it is no regular file")
            # what is behind the handle is a regular file, and the handle cannot be exchanged
            fd = _try(lambda: os.open(f"/proc/self/fd/{handle}", os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC))
        finally:
            os.close(handle)
        pieces: list[bytes] = []
        try:
            while limit > 0 and (piece := _read(fd, min(limit, 1 << 16))):
                pieces.append(piece)
                limit -= len(piece)
                self._check_time()
        finally:
            os.close(fd)
        return found, b"".join(pieces)

    def _walk(self, path: str) -> tuple[int, Found]:
        """A handle (O_PATH) to what stands at a path, never to a symbolic link."""
        self._check_time()
        if "\0" in path:
            raise NotRead("absent", "the path has a null byte")
        todo = [part for part in reversed(path.split("/")) if part not in ("", ".")]
        trail: list[tuple[str, int]] = [("", os.dup(self._fd))]
        links = 0
        try:
            while todo:
                if len(todo) + len(trail) > _MAX_PARTS:
                    raise NotRead("not_collected", "the path is too long")
                part = todo.pop()
                if part == "..":
                    if len(trail) > 1:
                        os.close(trail.pop()[1])
                    continue
                here = "/".join([*(name for name, _ in trail), part])
                fd = self._open(part, trail[-1][1], here, path)
                trail.append((part, fd))
                if stat.S_ISLNK(os.fstat(fd).st_mode):
                    links += 1
                    if links > _MAX_LINKS:
                        raise NotRead("not_collected", "its symbolic links go round in a circle")
                    target = _read_link("", fd)
                    os.close(trail.pop()[1])
                    if target.startswith("/"):
                        while len(trail) > 1:
                            os.close(trail.pop()[1])
                    todo += [each for each in reversed(target.split("/")) if each not in ("", ".")]
            real = "/".join(name for name, _ in trail) or "/"
            if not self._covers(real):
                raise _unseen(path, real)
            found = Found(real, os.fstat(trail[-1][1]))
            return trail.pop()[1], found
        finally:
            for _, fd in trail:
                os.close(fd)

    def _open(self, part: str, folder: int, here: str, path: str) -> int:
        try:
            return os.open(part, os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=folder)
        except OSError as error:
            failed = _not_read(error)
            if failed.status == "absent" and not self._covers(here):
                raise _unseen(path, here) from None
            raise failed from None

    def _covers(self, path: str) -> bool:
        return not self._only or any(
            each == "/" or path == each or path.startswith(each + "/") for each in self._only
        )

    def _check_time(self) -> None:
        if time.monotonic() > self._deadline:
            raise OutOfTime


def escaped(text: str) -> str:
    """A path or argument of the node as valid text: bytes that are no UTF-8 stand as `\\xNN`."""
    return os.fsencode(text).decode("utf-8", "backslashreplace")


def _unseen(path: str, real: str) -> NotRead:
    direct = f"{path.rstrip('/')}/".startswith(f"{real}/")
    where = "it is outside of" if direct else f"through {escaped(real)} it leads out of"
    return NotRead("not_collected", f"{where} the folders that can be seen")


def _try(call: Callable[[], Answer]) -> Answer:
    try:
        return call()
    except OSError as error:
        raise _not_read(error) from None


def _read(fd: int, limit: int) -> bytes:
    return _try(lambda: os.read(fd, limit))


def _read_link(name: str, folder: int) -> str:
    return _try(lambda: os.readlink(name, dir_fd=folder))


def _not_read(error: OSError) -> NotRead:
    if error.errno in (errno.ENOENT, errno.ENOTDIR, errno.ESRCH):
        return NotRead("absent", "it is not there")
    if error.errno in (errno.EACCES, errno.EPERM):
        return NotRead("denied", "permission denied")
    return NotRead("not_collected", error.strerror or str(error))
