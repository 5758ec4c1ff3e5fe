"""From what lies below the given paths to the sources that read it."""

from __future__ import annotations

from pathlib import Path

from scanner.collect.discover import Found, uri_of
from scanner.collect.helm import HelmChart, HelmOptions
from scanner.collect.interface import Source
from scanner.errors import UsageError, nearest


def sources(found: Found, options: HelmOptions, cwd: Path) -> list[Source]:
    """Every manifest and every chart as a source.

    Raises UsageError for a values file that is not there.
    """
    for file in options.values:
        if not (cwd / file).is_file():
            folder = (cwd / file).parent
            siblings = [each.name for each in folder.iterdir()] if folder.is_dir() else []
            raise UsageError(f"{file}: no such values file", nearest(file.name, siblings))
    charts: list[Source] = [HelmChart(path, uri_of(path, cwd), options, cwd) for path in found.charts]
    return [*found.manifests, *charts]
