"""Install the programs of end-to-end tests that come from npm, as their locks pin them.

A folder with a `package-lock.json` is a tool. It is installed outside the tree, by the content of its
lock, without running any script of a package.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
from pathlib import Path

from tests.tools.build import HERE, ToolError, cache


def install(tool: str) -> Path:
    """Return the folder that has the tool's `node_modules`, installed now if it was not. Raises ToolError."""
    files = [HERE / tool / "package.json", HERE / tool / "package-lock.json"]
    content = hashlib.sha256(b"".join(file.read_bytes() for file in files))
    target = cache() / tool / content.hexdigest()[:16]
    target.mkdir(parents=True, exist_ok=True)
    done = target / "installed"
    with (target / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            _install(tool, files, target)
            done.touch()
    return target


def _install(tool: str, files: list[Path], target: Path) -> None:
    if shutil.which("npm") is None:
        raise ToolError(f"{tool} comes from npm, which is not installed: install Node.js 20 or later")
    for file in files:
        shutil.copy(file, target)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    run = subprocess.run(command, cwd=target, capture_output=True, text=True)
    if run.returncode:
        raise ToolError(f"{tool}: npm ci failed: {run.stderr.strip()}")
