"""Writes files that appear whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from scanner.errors import UsageError


def write_file(path: Path, pieces: Iterable[bytes], private: bool = False) -> None:
    """Write a file whole or not at all; a device such as /dev/stdout is written straight.

    A private one can be read by its owner alone, whatever it was before. Raises UsageError when it cannot be
    written; it is then as it was before.
    """
    temporary = ""
    try:
        if path.exists() and not path.is_file():
            with path.open("wb") as device:
                device.writelines(pieces)
            return
        target = path.resolve()
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            temporary = file.name
            file.writelines(pieces)
        if not private:  # a temporary file is
            mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
            Path(temporary).chmod(mode)
        Path(temporary).replace(target)
        temporary = ""
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be written: {error.strerror}", "check its folder's permissions and space"
        ) from error
    finally:
        if temporary:
            Path(temporary).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
