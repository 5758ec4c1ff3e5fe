"""What is kept between runs, by content: compiled rules and the checked catalogue.

The folder is `$KUBEASSAY_CACHE_DIR`, else `kubeassay` in the user's cache folder. A folder that cannot be
read or written only costs time.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

_KEEP = 16


def folder() -> Path:
    """Where things are kept."""
    chosen = os.environ.get("KUBEASSAY_CACHE_DIR")
    if chosen:
        return Path(chosen)
    home = Path.home() if "HOME" in os.environ or sys.platform == "win32" else Path(tempfile.gettempdir())
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else home / ".cache") / "kubeassay"


def read(key: str) -> bytes | None:
    """What was kept under the key, or None."""
    try:
        return (folder() / key).read_bytes()
    except OSError:
        return None


def write(key: str, content: bytes) -> None:
    """Keep content under the key; the file appears whole or not at all."""
    try:
        target = folder()
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target, prefix=".", delete=False) as file:
            file.write(content)
        Path(file.name).replace(target / key)
        _drop_oldest(target)
    except OSError:
        return


def _drop_oldest(target: Path) -> None:
    kept = sorted(target.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[_KEEP:]:
        path.unlink(missing_ok=True)
