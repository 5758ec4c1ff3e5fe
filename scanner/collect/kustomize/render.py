"""The ways to build an overlay: the program `kustomize`, else `kubectl kustomize`."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from scanner.collect.process import run


class BuildError(Exception):
    """Kustomize refused; the message is its own."""


@dataclass(frozen=True, slots=True)
class Kustomize:
    """The command that builds an overlay."""

    command: tuple[str, ...]

    def build(self, folder: Path, home: Path) -> str:
        """The objects of an overlay; `home` is an empty folder. Raises BuildError and ProgramError.

        Without options it runs no plugin and no Helm, and reads nothing outside of the kustomizations.
        """
        done = run([*self.command, str(folder)], home)
        if done.code:
            raise BuildError(_message(done.stderr))
        return done.stdout


def _message(stderr: str) -> str:
    """What went wrong, without warnings and the place in kubectl's own source."""
    kubectl = re.search(r'err=("(?:\\.|[^"\\])*")', stderr)
    message = json.loads(kubectl[1]) if kubectl else stderr.rpartition("rror: ")[2]
    return " ".join(message.split()) or "Kustomize failed"


def find_kustomize() -> Kustomize | None:
    """`$KUBEASSAY_KUSTOMIZE`, `kustomize`, or `kubectl` of the PATH or of this Python; None without them."""
    if own := os.environ.get("KUBEASSAY_KUSTOMIZE"):
        return Kustomize((own, "kustomize" if "kubectl" in Path(own).name else "build"))
    if found := shutil.which("kustomize"):
        return Kustomize((found, "build"))
    found = shutil.which("kubectl") or shutil.which("kubectl", path=str(Path(sys.executable).parent))
    return Kustomize((found, "kustomize")) if found else None
