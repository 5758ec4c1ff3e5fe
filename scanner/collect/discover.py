"""Finds what to read: files of manifests, charts and overlays below the paths that were given."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pathspec import GitIgnoreSpec

from scanner.collect.ignore import Ignores
from scanner.collect.interface import Collection, Problem, Source
from scanner.collect.manifests import ManifestFile, StandardInput
from scanner.collect.snapshot.manifest import MAGIC, SUFFIX
from scanner.errors import UsageError, nearest

MANIFEST_SUFFIXES = (".yaml", ".yml", ".json")
KUSTOMIZATION_NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
CHART_FILE = "Chart.yaml"
PACKAGED_CHART = ".tgz"
_OF_CHART = frozenset({"templates", "charts", "crds", "requirements.yaml", CHART_FILE})
_NEVER = frozenset({".git", ".hg", ".svn", ".terraform", ".venv", "node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Found:
    """What lies below the given paths."""

    manifests: list[Source] = field(default_factory=list)
    charts: list[Path] = field(default_factory=list)
    """Folders with a `Chart.yaml`, and packaged charts (`.tgz`) that were named."""
    overlays: list[Path] = field(default_factory=list)
    """Folders with a kustomization."""
    snapshots: list[Path] = field(default_factory=list)
    """Archives of whole clusters that were named."""
    passed_over: Collection = field(default_factory=Collection)
    """What was skipped, counted, and folders that cannot be listed."""


def discover(
    paths: Sequence[str], exclude: Sequence[str] = (), gitignore: bool = True, cwd: Path | None = None
) -> Found:
    """Look through files, folders, globs and `-` (standard input).

    `.gitignore` and `exclude`, which has the same syntax, hold for what is found, not for what is named.
    Raises UsageError for a path that does not exist and a glob that matches nothing.
    """
    cwd = cwd or Path.cwd()
    walker = _Walker(cwd, exclude, gitignore)
    for text in paths:
        for path in _expand(text, cwd):
            walker.visit(path)
    return walker.found


def uri_of(path: Path, cwd: Path) -> str:
    """How a file is named in findings: relative to the working folder, absolute outside of it."""
    absolute = Path(os.path.normpath(cwd / path))
    try:
        return absolute.relative_to(cwd).as_posix()
    except ValueError:
        return absolute.as_posix()


def _expand(text: str, cwd: Path) -> Iterator[Path | None]:
    if text == "-":
        yield None
        return
    path = Path(text)
    if os.path.lexists(cwd / path):
        yield path
        return
    if glob.has_magic(text):
        matches = sorted(glob.glob(text, root_dir=cwd, recursive=True))  # noqa: PTH207 - may be absolute
        if not matches:
            raise UsageError(f"{text}: matches no file", "quote the pattern, or check where you stand")
        yield from map(Path, matches)
        return
    parent = (cwd / path).parent
    siblings = [each.name for each in parent.iterdir()] if parent.is_dir() else []
    raise UsageError(f"{text}: no such file or folder", nearest(path.name, siblings))


class _Walker:
    def __init__(self, cwd: Path, exclude: Sequence[str], gitignore: bool) -> None:
        self.found = Found()
        self._cwd = cwd
        self._exclude = GitIgnoreSpec.from_lines(exclude) if exclude else None
        self._gitignore = gitignore
        self._seen: set[str] = set()
        self._root = ""

    def visit(self, path: Path | None) -> None:
        """Take one path that was given."""
        if path is None:
            if self._is_new("-"):
                self.found.manifests.append(StandardInput())
            return
        absolute = Path(os.path.normpath(self._cwd / path))
        if absolute.is_dir():
            self._root = os.path.realpath(absolute)
            self._folder(str(absolute), Ignores.above(absolute) if self._gitignore else Ignores())
        elif absolute.name in KUSTOMIZATION_NAMES:
            self._overlay(absolute.parent)
        elif absolute.name == CHART_FILE:
            self._chart(absolute.parent)
        elif absolute.name.endswith(PACKAGED_CHART):
            self._chart(absolute)
        elif _is_snapshot(absolute):
            if self._is_new(os.path.realpath(absolute)):
                self.found.snapshots.append(absolute)
        else:
            self._manifest(str(absolute))

    def _folder(self, folder: str, ignores: Ignores) -> None:
        if not self._is_new(os.path.realpath(folder)):
            return
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self.found.passed_over.problems.append(
                Problem(
                    "unreadable-folder",
                    f"cannot be listed: {error.strerror}",
                    uri_of(Path(folder), self._cwd),
                    remedy="check its permissions, or leave it out with --exclude",
                )
            )
            return
        names = {entry.name for entry in entries}
        if self._gitignore and ".gitignore" in names:
            ignores = ignores.inside(folder)
        if CHART_FILE in names:
            self._chart(Path(folder))
            entries = [entry for entry in entries if not _is_of_chart(entry.name)]
        if names.intersection(KUSTOMIZATION_NAMES):
            self._overlay(Path(folder))
        for entry in entries:
            self._entry(entry, ignores)

    def _entry(self, entry: os.DirEntry[str], ignores: Ignores) -> None:
        skip = self.found.passed_over.skip
        try:
            is_folder, is_file = entry.is_dir(), entry.is_file()
        except OSError:
            is_folder = is_file = False
        if is_folder and entry.name in _NEVER:
            return
        is_manifest = entry.name.lower().endswith(MANIFEST_SUFFIXES) and entry.name not in KUSTOMIZATION_NAMES
        if not is_folder and not is_manifest:
            return
        mark = os.sep if is_folder else ""
        if self._exclude and self._exclude.match_file(uri_of(Path(entry.path), self._cwd).lstrip("/") + mark):
            skip("excluded")
        elif ignores.leave_out(entry.path + mark):
            skip("ignored by .gitignore")
        elif entry.is_symlink() and not self._inside(entry.path):
            skip("link out of the tree, or to nothing")
        elif is_folder:
            self._folder(entry.path, ignores)
        elif is_file:
            self._manifest(entry.path)
        else:
            skip("neither file nor folder")

    def _inside(self, link: str) -> bool:
        real = os.path.realpath(link)
        return Path(real).exists() and (real == self._root or real.startswith(self._root + os.sep))

    def _manifest(self, path: str) -> None:
        if self._is_new(os.path.realpath(path)):
            self.found.manifests.append(ManifestFile(Path(path), uri_of(Path(path), self._cwd)))

    def _chart(self, path: Path) -> None:
        if self._is_new(f"chart {path}"):
            self.found.charts.append(path)

    def _overlay(self, path: Path) -> None:
        if self._is_new(f"overlay {path}"):
            self.found.overlays.append(path)

    def _is_new(self, name: str) -> bool:
        new = name not in self._seen
        self._seen.add(name)
        return new


def _is_snapshot(path: Path) -> bool:
    """Whether a file is an archive of a cluster, by its name or, whatever it is called, its first bytes."""
    if path.name.endswith(SUFFIX):
        return True
    try:
        if not path.is_file():
            return False  # reading a pipe would take from it
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False  # that it cannot be read is said where it is read


def _is_of_chart(name: str) -> bool:
    """Whether a file or folder beside a `Chart.yaml` belongs to the chart."""
    return name in _OF_CHART or (name.startswith("values") and name.endswith(MANIFEST_SUFFIXES))
