"""How charts are rendered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class HelmOptions:
    """How charts are rendered."""

    values: tuple[Path, ...] = ()
    set: tuple[str, ...] = ()
    release_name: str = ""
    """Empty for the chart's own name."""
    namespace: str = ""
    """Empty for `default`."""
    kubernetes_version: str = "1.37.0"
