"""From what lies below the given paths to the sources that read it."""

from __future__ import annotations

from pathlib import Path

from scanner.collect.discover import Found, uri_of
from scanner.collect.helm import HelmChart, HelmOptions
from scanner.collect.interface import Source
from scanner.collect.kustomize import Overlay, leaves
from scanner.collect.manifests import ManifestFile
from scanner.errors import UsageError, nearest


def sources(found: Found, options: HelmOptions, cwd: Path) -> list[Source]:
    """Every manifest, chart and overlay as a source; what is part of an overlay is no source of its own.

    Raises UsageError for a values file that is not there.
    """
    for file in options.values:
        if not (cwd / file).is_file():
            folder = (cwd / file).parent
            siblings = [each.name for each in folder.iterdir()] if folder.is_dir() else []
            raise UsageError(f"{file}: no such values file", nearest(file.name, siblings))
    overlays = leaves(found.overlays)
    if overlays.components:
        found.passed_over.skip("Kustomize component that nothing uses", overlays.components)
    return [
        *(each for each in found.manifests if _path(each) not in overlays.consumed),
        *(
            HelmChart(path, uri_of(path, cwd), options, cwd)
            for path in found.charts
            if path not in overlays.consumed
        ),
        *(Overlay(path, uri_of(path, cwd), cwd) for path in overlays.roots),
    ]


def _path(source: Source) -> Path | None:
    return source.path if isinstance(source, ManifestFile) else None
