"""From what lies below the given paths to the sources that read it."""

from __future__ import annotations

from pathlib import Path

from scanner.collect.discover import Found, uri_of
from scanner.collect.helm.options import HelmOptions
from scanner.collect.interface import Source
from scanner.collect.manifests import ManifestFile
from scanner.errors import UsageError, nearest


def sources(found: Found, options: HelmOptions, cwd: Path) -> list[Source]:
    """Every manifest, chart, overlay and snapshot as a source; but not what is part of an overlay.

    Raises UsageError for a values file that is not there, and for a snapshot together with anything else.
    """
    for file in options.values:
        if not (cwd / file).is_file():
            folder = (cwd / file).parent
            siblings = [each.name for each in folder.iterdir()] if folder.is_dir() else []
            raise UsageError(f"{file}: no such values file", nearest(file.name, siblings))
    manifests, charts, overlays = found.manifests, found.charts, [*found.overlays]
    if overlays:
        from scanner.collect.kustomize.tree import leaves

        known = leaves(overlays)
        overlays = [*known.roots]
        charts = [chart for chart in charts if chart not in known.consumed]
        manifests = [
            each
            for each in manifests
            if not isinstance(each, ManifestFile) or each.path not in known.consumed
        ]
        if known.components:
            found.passed_over.skip("Kustomize component that nothing uses", known.components)
    snapshots = _snapshots(found.snapshots, cwd)
    if snapshots and (len(snapshots) > 1 or manifests or charts or overlays):
        names = ", ".join(uri_of(path, cwd) for path in found.snapshots)
        raise UsageError(
            f"{names}: a snapshot is a whole cluster, and is judged alone",
            "scan one at a time; name what it was deployed from with --source",
        )
    return [*snapshots, *manifests, *_charts(charts, options, cwd), *_overlays(overlays, cwd)]


# a scan of manifests alone should not wait for what charts and overlays need


def _snapshots(paths: list[Path], cwd: Path) -> list[Source]:
    if not paths:
        return []
    from scanner.collect.snapshot.read import Snapshot

    return [Snapshot(path, uri_of(path, cwd)) for path in paths]


def _charts(charts: list[Path], options: HelmOptions, cwd: Path) -> list[Source]:
    if not charts:
        return []
    from scanner.collect.helm.source import HelmChart

    return [HelmChart(path, uri_of(path, cwd), options, cwd) for path in charts]


def _overlays(overlays: list[Path], cwd: Path) -> list[Source]:
    if not overlays:
        return []
    from scanner.collect.kustomize.source import Overlay

    return [Overlay(path, uri_of(path, cwd), cwd) for path in overlays]
