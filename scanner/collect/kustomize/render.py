"""The ways to build an overlay: the program `kustomize`, else `kubectl kustomize`."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scanner.collect.process import Finished, ProgramError, run_all


@dataclass(frozen=True, slots=True)
class BuildError:
    """Why an overlay was not built, in Kustomize's words."""

    message: str


@dataclass(frozen=True, slots=True)
class Kustomize:
    """The command that builds an overlay."""

    command: tuple[str, ...]

    def build(self, folders: Sequence[Path], home: Path) -> list[str | BuildError]:
        """The objects of each overlay, or why there are none; `home` is an empty folder.

        Without options it runs no plugin and no Helm, and reads nothing outside of the kustomizations.
        """
        outcomes = run_all([[*self.command, str(folder)] for folder in folders], home)
        return [_result(outcome) for outcome in outcomes]


def _result(outcome: Finished | ProgramError) -> str | BuildError:
    if isinstance(outcome, ProgramError):
        return BuildError(str(outcome))
    return BuildError(_message(outcome.stderr)) if outcome.code else outcome.stdout


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
