"""Fake hosts: folders that look like a node's root, with a /proc of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scanner.collect.nodes.collector import Options, collect

PASSWD = f"# comment\nbroken\ndaemon:x:70000:1::/:/bin/false\nkeeper:x:{os.geteuid()}:0::/:/bin/sh\n"
STATIC = "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod{uid}.slice/cri-containerd-1.scope"
HASH = "0123456789abcdef0123456789abcdef"
ORDINARY = "11111111_2222_3333_4444_555555555555"


class Host:
    """A root folder under construction."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("/etc/passwd", PASSWD, 0o644)
        self.write("/etc/group", "daemon:x:70000:\n", 0o644)
        self.write("/usr/lib/os-release", 'NAME="Debian"\nID=debian\nVERSION_ID="12"\n', 0o644)
        self.link("/etc/os-release", "../usr/lib/os-release")
        self.write("/proc/sys/kernel/osrelease", "6.1.0-test\n")

    def path(self, path: str) -> Path:
        """The real place of a path of the host."""
        return self.folder / path.lstrip("/")

    def write(self, path: str, content: str | bytes = "", mode: int = 0o600) -> Path:
        """Make a file."""
        file = self.path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        file.chmod(mode)
        return file

    def make(self, path: str, mode: int = 0o755) -> Path:
        """Make a folder."""
        folder = self.path(path)
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(mode)
        return folder

    def link(self, path: str, target: str) -> None:
        """Make a symbolic link."""
        self.path(path).parent.mkdir(parents=True, exist_ok=True)
        self.path(path).symlink_to(target)

    def run(
        self,
        pid: int,
        argv: Sequence[str],
        cgroup: str = "/system.slice/kubelet.service",
        env: Mapping[str, str] | None = None,
    ) -> None:
        """Add a process."""
        self.write(f"/proc/{pid}/cmdline", b"".join(os.fsencode(each) + b"\0" for each in argv))
        self.write(f"/proc/{pid}/cgroup", f"0::{cgroup}\n")
        self.write(f"/proc/{pid}/environ", "".join(f"{k}={v}\0" for k, v in (env or {}).items()))

    def collect(self, only: Sequence[str] = ()) -> dict[str, Any]:
        """The facts of this host."""
        return collect(Options(str(self.folder), only, "n1"))

    def printed(self, *arguments: str) -> dict[str, Any]:
        """What the program itself prints of this host."""
        code, out, err = node_collect("--root", str(self.folder), "--node-name", "n1", *arguments)
        assert code == 0, err
        facts: dict[str, Any] = json.loads(out)
        return facts


def node_collect(*arguments: str, timeout: float = 60) -> tuple[int, bytes, str]:
    """Run the real command; its exit code, output and messages."""
    done = subprocess.run(
        [sys.executable, "-m", "scanner", "node", "collect", *arguments], capture_output=True, timeout=timeout
    )
    return done.returncode, done.stdout, done.stderr.decode()


def files(facts: Mapping[str, Any], role: str) -> dict[str, dict[str, Any]]:
    """The entries of a role, by path."""
    return {each["path"]: each for each in facts["files"] if each["role"] == role}


def process(facts: Mapping[str, Any], component: str) -> dict[str, Any]:
    """The one process of a component."""
    [found] = [each for each in facts["processes"] if each["component"] == component]
    assert isinstance(found, dict)
    return found
