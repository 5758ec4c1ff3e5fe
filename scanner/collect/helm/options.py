"""How charts are rendered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scanner.collect.interface import Path as FieldPath
from scanner.yaml import Document


@dataclass(frozen=True, slots=True)
class Inline:
    """Values that stand in another object, such as a HelmRelease: they count more than values files."""

    values: Any
    """A mapping, or YAML text of one."""
    uri: str = ""
    """The file of that object."""
    document: Document | None = None
    """The document in that file; None where lines of the values cannot be told."""
    at: FieldPath = ()
    """Where in the document the values stand."""


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
    inline: tuple[Inline, ...] = ()
