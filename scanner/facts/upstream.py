"""Reads tables of facts about Kubernetes and its platforms: `policies/upstream/*.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

import msgspec

from scanner.data import data_folder
from scanner.errors import UsageError

T = TypeVar("T")
FOLDER = data_folder("policies") / "upstream"


def load(path: Path, kind: type[T]) -> T:
    """A table.

    Raises UsageError, with the file and the place in it, when it cannot be read or does not have the shape.
    """
    import yaml

    loader: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
    try:
        return msgspec.convert(yaml.load(path.read_text(encoding="utf-8"), loader), kind)  # noqa: S506
    except (OSError, yaml.YAMLError, msgspec.ValidationError) as error:
        raise UsageError(f"{path.name}: {error}", "mend the table, or install the scanner again") from error
