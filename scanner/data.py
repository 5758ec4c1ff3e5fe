"""Where the data that come with the scanner are."""

from __future__ import annotations

from pathlib import Path


def data_folder(name: str) -> Path:
    """`rego` or `policies`: inside the installed package, else beside it in a checkout."""
    package = Path(__file__).parent
    inside = package / name
    return inside if inside.is_dir() else package.parent / name
