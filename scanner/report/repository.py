"""What the files of a Git checkout tell of it, read without running git."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

_SCP = re.compile(r"(?:[\w.-]+@)?(?P<host>[\w.-]+):(?P<path>(?!/)[^\\]+)")
_PATH = "/%:@~+"
_REVISION = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@dataclass(frozen=True, slots=True)
class Checkout:
    """Where a working tree comes from; a member that cannot be told is empty."""

    url: str
    """The URI of the remote `origin`, without credentials."""
    revision: str
    branch: str


def find_root(folder: Path) -> Path | None:
    """The root of the working tree that a folder lies in; None outside of any."""
    return next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), None)


def read_checkout(root: Path) -> Checkout:
    """What `.git` says: a folder, or a file that points to one (worktrees, submodules)."""
    git = root / ".git"
    if git.is_file():
        git = root / _read(git).removeprefix("gitdir:").strip()
    shared = git / (_read(git / "commondir") or ".")
    head = _read(git / "HEAD")
    if not head.startswith("ref:"):
        return Checkout(_origin(_read(shared / "config")), _revision(head), "")
    ref = head.removeprefix("ref:").strip()
    revision = _read(git / ref) or _read(shared / ref) or _packed(_read(shared / "packed-refs"), ref)
    return Checkout(
        _origin(_read(shared / "config")),
        _revision(revision),
        ref.removeprefix("refs/heads/") if ref != "refs/heads/.invalid" else "",
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""


def _revision(text: str) -> str:
    return text if _REVISION.fullmatch(text) else ""


def _packed(text: str, ref: str) -> str:
    return next((line.split()[0] for line in text.splitlines() if line.endswith(f" {ref}")), "")


def _origin(config: str) -> str:
    section = ""
    for line in config.splitlines():
        line = line.strip()
        if line.startswith("["):
            section = line
        elif section == '[remote "origin"]':
            key, _, value = line.partition("=")
            if key.strip() == "url":
                return _uri(value.strip().strip('"'))
    return ""


def _uri(remote: str) -> str:
    """The remote as a URI that carries no secret; empty for a folder of this machine."""
    short = _SCP.fullmatch(remote)
    if short and "://" not in remote:
        return f"ssh://{short['host']}/{quote(short['path'], safe=_PATH)}"
    try:
        parts = urlsplit(remote)
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme not in ("https", "http", "ssh", "git") or not host:
        return ""
    return f"{parts.scheme}://{host}{quote(parts.path, safe=_PATH)}"
