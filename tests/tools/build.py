#!/usr/bin/env python3
"""Build the real programs that end-to-end tests and benchmarks run, at the versions pinned here.

A folder with a `go.mod` is a tool: its `tool` directive names the program, `go.sum` holds every
dependency to its hash, and `ldflags`, where there is one, tells the linker how the program learns
its version. Binaries are kept outside the tree, by the content they were built from. A `go.mod` without
a `tool` directive stands for the files of the one module that it requires.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ENVIRONMENT = {"CGO_ENABLED": "0", "GOWORK": "off"}
FLAGS = ("-trimpath", "-buildvcs=false")


class ToolError(Exception):
    """A tool cannot be built; the message says what to do about it."""


def tools() -> dict[str, Path]:
    """Return the folder of every tool, by name."""
    files = sorted(HERE.glob("**/go.mod"))
    return {file.parent.name: file.parent for file in files if "\ntool " in file.read_text()}


def module(name: str) -> Path:
    """Return the folder with the files of a pinned module, fetched if it was not yet. Raises ToolError."""
    folder = HERE / name
    required = next(
        line.split()[1] for line in (folder / "go.mod").read_text().splitlines() if "require" in line
    )
    return Path(json.loads(_go_in(folder, "mod", "download", "-json", required))["Dir"])


def binary(tool: str) -> Path:
    """Return where the tool belongs, built or not. Raises ToolError."""
    content = hashlib.sha256(repr((_go(tool, "version"), ENVIRONMENT, FLAGS)).encode())
    for file in sorted(_folder(tool).iterdir()):
        content.update(repr((file.name, file.read_bytes())).encode())
    return cache() / tool / content.hexdigest()[:16] / tool


def pinned_version(tool: str) -> str:
    """Return the version of the program that go.mod demands. Raises ToolError."""
    return _go(tool, "list", "-f", "{{with .Module}}{{.Version}}{{end}}", "tool")


def build(tool: str) -> Path:
    """Return the tool's binary, built now if it was not yet. Raises ToolError."""
    target = binary(tool)
    if target.exists():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_suffix(".partial")
    with target.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.exists():
            partial.unlink(missing_ok=True)  # go refuses to overwrite half a binary
            print(f"building {tool} (minutes, the first time)", file=sys.stderr)
            command = ["build", *FLAGS, f"-ldflags=-s -w {_ldflags(tool)}", "-o", str(partial), "tool"]
            # The compiler inherits the lock, so one that outlives us keeps others off its output.
            _go(tool, *command, inherit=(lock.fileno(),))
            partial.replace(target)
    return target


def _folder(tool: str) -> Path:
    known = tools()
    if tool not in known:
        raise ToolError(f"no tool is named {tool!r}; there are {', '.join(known)}")
    return known[tool]


def cache() -> Path:
    """Return the folder outside the tree where tools are kept."""
    if own := os.environ.get("KUBEASSAY_TOOLS"):
        return Path(own).absolute()
    user = os.environ.get("XDG_CACHE_HOME")
    return (Path(user) if user else Path.home() / ".cache") / "kubeassay-tools"


def _ldflags(tool: str) -> str:
    file = _folder(tool) / "ldflags"
    return file.read_text().strip().replace("{version}", pinned_version(tool)) if file.exists() else ""


def _go(tool: str, *arguments: str, inherit: tuple[int, ...] = ()) -> str:
    return _go_in(_folder(tool), *arguments, inherit=inherit)


def _go_in(folder: Path, *arguments: str, inherit: tuple[int, ...] = ()) -> str:
    if shutil.which("go") is None:
        needed = next(line for line in (folder / "go.mod").read_text().splitlines() if line.startswith("go "))
        raise ToolError(
            f"{folder.name} comes from source and go is not installed: install {needed} or later "
            "(https://go.dev/dl/) and run this again"
        )
    done = subprocess.run(
        ["go", *arguments],
        cwd=folder,
        env=os.environ | ENVIRONMENT,
        stdout=subprocess.PIPE,
        text=True,
        pass_fds=inherit,
    )
    if done.returncode:
        raise ToolError(f"{folder.name}: go {arguments[0]} failed in {folder}; its own words are above")
    return done.stdout.strip()


def main() -> int:
    """Build the named tools and print where they are."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("tools", nargs="+", metavar="TOOL", help=", ".join(tools()))
    parser.add_argument("--print", action="store_true", help="print where it belongs, without building it")
    options = parser.parse_args()
    try:
        for tool in options.tools:
            print(binary(tool) if options.print else build(tool), flush=True)
    except ToolError as error:
        print(f"{parser.prog}: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
