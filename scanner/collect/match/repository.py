"""What stands in the repository that a cluster was deployed from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from scanner.collect.discover import CHART_FILE, PACKAGED_CHART, Found, uri_of
from scanner.collect.helm.options import HelmOptions
from scanner.collect.interface import Collection, Problem, Resource, Source
from scanner.collect.interface import Path as FieldPath
from scanner.collect.manifests import ManifestFile
from scanner.collect.match.apps import App, apps
from scanner.collect.match.inline import inline_of
from scanner.collect.match.marks import AppRef, Release, chart_label, is_chart, labels_of, release_of
from scanner.collect.sources import sources

if TYPE_CHECKING:
    from scanner.collect.helm.source import HelmChart
    from scanner.collect.kustomize.source import Overlay

_FILE, _OVERLAY, _CHART = "name", "Kustomize overlay", "Helm chart"
_UNRELEASED = "chart that has no release and cannot be rendered without one's values"
_MOST_RELEASES = 200
"""A chart is rendered for so many of its releases; rendering takes most of a second."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one file, chart or overlay gives."""

    folder: str
    """The folder that it stands in, from the root of the repository where that is known."""
    resources: Sequence[Resource]
    by: str
    """What finding an object here is called: `name`, `Helm chart` or `Kustomize overlay`."""
    release: Release | None = None
    """The release that a chart was rendered for."""
    app: AppRef | None = None
    """The application that it was rendered for."""
    settled: bool = True
    """False for a chart that was released with values that are not at hand."""

    @property
    def is_chart(self) -> bool:
        """Whether it was rendered by Helm, and is nothing that can be applied as it is."""
        return self.by == _CHART


class Repository:
    """The objects that files, charts and overlays give; what was read or rendered once is kept."""

    def __init__(
        self,
        found: Found,
        options: HelmOptions,
        cwd: Path,
        progress: Callable[[str, int, int], None] = lambda _step, _done, _total: None,
    ) -> None:
        """`found` comes from `discover`. Raises UsageError for a values file that is not there."""
        to_read = sources(found, options, cwd)
        self._charts = [source for source in to_read if _is_chart(source)]
        self._plain = [source for source in to_read if not _is_chart(source)]
        built = {source.path for source in self._plain if _is_overlay(source)}
        self._built_on = [folder for folder in found.overlays if folder not in built]
        self._passed_over = found.passed_over
        self._cwd = cwd
        self._progress = progress
        self._rendered: dict[str, Collection] = {}

    def contents(self, live: Sequence[Resource]) -> Contents:
        """What stands in it, with charts rendered as they are released in a cluster with these objects.

        Problems keep their codes, with `source-` before them, since no object of the cluster goes unread by
        them.
        """
        contents = Contents()
        contents.take(self._passed_over)
        for collection, piece in self._files:
            contents.take(collection)
            contents.pieces.append(piece)
        here = [resource for piece in contents.pieces for resource in piece.resources]
        contents.apps = _unique([*apps(here), *apps(live)])
        self._overlays(contents)
        releases = _releases(live)
        jobs = [job for each in self._charts for job in _jobs(each, releases, contents, self._cwd)]
        for done, (chart, piece) in enumerate(jobs):
            self._progress("rendering charts", done, len(jobs))
            collection = self._once(f"{chart.path}\0{chart.options}", chart)
            if collection.problems and piece.release is None:
                contents.skip(_UNRELEASED)
                continue
            contents.take(collection)
            contents.pieces.append(replace(piece, resources=collection.resources))
        return contents

    def _overlays(self, contents: Contents) -> None:
        """Overlays that others build on, and that are deployed themselves as well."""
        for folder in self._built_on:
            place = place_of(self._cwd / folder)
            if any(app.is_at(place) for app in contents.apps):
                from scanner.collect.kustomize.source import Overlay

                collection = self._once(str(folder), Overlay(folder, uri_of(folder, self._cwd), self._cwd))
                contents.take(collection)
                contents.pieces.append(Piece(place, collection.resources, _OVERLAY))

    def _once(self, key: str, source: Source) -> Collection:
        if key not in self._rendered:
            self._rendered[key] = source.collect()
        return self._rendered[key]

    @cached_property
    def _files(self) -> list[tuple[Collection, Piece]]:
        """What no cluster changes: manifests and overlays."""
        found = []
        for done, source in enumerate(self._plain):
            self._progress("reading sources", done, len(self._plain))
            collection = source.collect()
            path = getattr(source, "path", self._cwd)
            folder = path.parent if isinstance(source, ManifestFile) else path
            by = _OVERLAY if _is_overlay(source) else _FILE
            found.append((collection, Piece(place_of(self._cwd / folder), collection.resources, by)))
        return found


@dataclass(slots=True)
class Contents:
    """What stands in a repository, and what could not be read of it."""

    pieces: list[Piece] = field(default_factory=list)
    apps: list[App] = field(default_factory=list)
    """What the cluster or the repository says of which folder is deployed where."""
    problems: list[Problem] = field(default_factory=list)
    files: int = 0
    skipped: dict[str, int] = field(default_factory=dict)

    def skip(self, why: str) -> None:
        """Count something that was passed over."""
        self.skipped[why] = self.skipped.get(why, 0) + 1

    def take(self, collection: Collection) -> None:
        """Add what a source could not read, and how many files it had."""
        self.files += collection.files
        self.problems += [replace(problem, code=f"source-{problem.code}") for problem in collection.problems]


def place_of(folder: Path) -> str:
    """A folder as seen from the root of its repository; the whole path where that is not known."""
    real = Path(os.path.realpath(folder))
    root = next((parent for parent in (real, *real.parents) if (parent / ".git").exists()), None)
    return (real.relative_to(root) if root else real).as_posix()


def _is_chart(source: Source) -> TypeGuard[HelmChart]:
    return type(source).__name__ == "HelmChart"  # importing it takes what other sources need not wait for


def _is_overlay(source: Source) -> TypeGuard[Overlay]:
    return type(source).__name__ == "Overlay"


def _releases(live: Sequence[Resource]) -> dict[Release, set[str]]:
    """Every Helm release in the cluster, with what its objects say of their charts."""
    found: dict[Release, set[str]] = {}
    for resource in live:
        if release := release_of(resource):
            hints = found.setdefault(release, set())
            if label := chart_label(resource) or str(labels_of(resource).get("app.kubernetes.io/name") or ""):
                hints.add(label)
    return found


def _jobs(
    chart: HelmChart, releases: dict[Release, set[str]], contents: Contents, cwd: Path
) -> Iterator[tuple[HelmChart, Piece]]:
    """A chart as each application and each release wants it; as it is where there is none."""
    place = place_of(cwd / chart.path)
    wanted: list[tuple[HelmOptions, Piece]] = []
    taken: set[Release] = set()
    for app in contents.apps:
        if app.release and app.folder and app.is_at(place):
            release = Release(app.release, app.namespace)
            taken.add(release)
            options = _as_app(chart.options, app, cwd / chart.path)
            wanted.append((options, Piece(place, (), _CHART, release, app.ref)))
    name, version = _chart_name(cwd / chart.path)
    for release, hints in sorted(releases.items(), key=lambda item: (item[0].namespace, item[0].name)):
        fits = any(is_chart(label, name, version) for label in hints) if hints else release.name == name
        if fits and release not in taken:
            options = replace(chart.options, release_name=release.name, namespace=release.namespace)
            settled = bool(options.values or options.set)
            wanted.append((options, Piece(place, (), _CHART, release, settled=settled)))
    if not wanted:
        wanted.append((chart.options, Piece(place, (), _CHART)))
    if len(wanted) > _MOST_RELEASES:
        message = f"the chart has {len(wanted)} releases; it was rendered for {_MOST_RELEASES} of them"
        remedy = "name the namespaces that are to be judged with --namespace"
        contents.problems.append(Problem("source-releases", message, chart.uri, remedy=remedy))
    for options, piece in wanted[:_MOST_RELEASES]:
        yield replace(chart, options=options), piece


def _as_app(options: HelmOptions, app: App, folder: Path) -> HelmOptions:
    """How an application renders a chart; what the user gave counts more."""
    files = [_values_file(name, folder) for name in app.files]
    return replace(
        options,
        values=(*(file for file in files if file), *options.values),
        release_name=app.release,
        namespace=app.namespace,
        inline=inline_of(app),
    )


def _values_file(name: str, folder: Path) -> Path | None:
    """A values file that an application names, from the chart's folder or the repository's root."""
    root = next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), folder)
    if name.startswith("$"):
        file = root / name.partition("/")[2]
    else:
        file = root / name.lstrip("/") if name.startswith("/") else folder / name
        file = file if file.is_file() else root / name
    real = Path(os.path.realpath(file))
    inside = real.is_relative_to(os.path.realpath(root))
    return file if inside and real.is_file() else None


def _chart_name(path: Path) -> tuple[str, str]:
    from scanner.collect.helm.chart import document_of

    if path.is_file():  # packaged as `<name>-<version>.tgz`
        name, _, version = path.name.removesuffix(PACKAGED_CHART).rpartition("-")
        return name, version
    document = document_of(path / CHART_FILE)
    value = document.value if document and isinstance(document.value, dict) else {}
    return str(value.get("name") or path.name), str(value.get("version") or "")


def _unique(found: Iterable[App]) -> list[App]:
    """The applications, each once: what the repository says has lines, so it comes before the cluster."""
    known: dict[tuple[AppRef, FieldPath], App] = {}
    for app in found:
        known.setdefault((app.ref, app.at), app)
    return list(known.values())
