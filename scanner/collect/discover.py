"""Finds what to read: files of manifests, charts and overlays below the paths that were given."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pathspec import GitIgnoreSpec

from scanner.collect.interface import Collection, Problem, Source
from scanner.collect.manifests import ManifestFile, StandardInput
from scanner.errors import UsageError, nearest

MANIFEST_SUFFIXES = (".yaml", ".yml", ".json")
KUSTOMIZATION_NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_NEVER = frozenset({".git", ".hg", ".svn", ".terraform", ".venv", "node_modules", "__pycache__"})


@dataclass(frozen=True, slots=True)
class Found:
    """What lies below the given paths."""

    manifests: list[Source] = field(default_factory=list)
    charts: list[Path] = field(default_factory=list)
    """Folders with a `Chart.yaml`, and packaged charts (`.tgz`)."""
    overlays: list[Path] = field(default_factory=list)
    """Folders with a kustomization."""
    passed_over: Collection = field(default_factory=Collection)
    """What was skipped, counted, and folders that cannot be listed."""


def discover(
    paths: Sequence[str], exclude: Sequence[str] = (), gitignore: bool = True, cwd: Path | None = None
) -> Found:
    """Look through files, folders, globs and `-` (standard input).

    Raises UsageError for a path that does not exist and a glob that matches nothing.
    """
    cwd = cwd or Path.cwd()
    walker = _Walker(cwd, GitIgnoreSpec.from_lines(exclude), gitignore)
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
    def __init__(self, cwd: Path, exclude: GitIgnoreSpec, gitignore: bool) -> None:
        self.found = Found()
        self._cwd = cwd
        self._exclude = exclude
        self._gitignore = gitignore
        self._seen: set[str] = set()
        self._root = ""

    def visit(self, path: Path | None) -> None:
        """Take one path that was given."""
        if path is None:
            self.found.manifests.append(StandardInput())
            return
        absolute = Path(os.path.normpath(self._cwd / path))
        if absolute.is_dir():
            self._root = os.path.realpath(absolute)
            self._folder(str(absolute), self._ignores_above(absolute))
        elif absolute.name in KUSTOMIZATION_NAMES:
            self.found.overlays.append(absolute.parent)
        elif absolute.name == "Chart.yaml":
            self.found.charts.append(absolute.parent)
        elif absolute.name.endswith(".tgz"):
            self.found.charts.append(absolute)
        else:
            self._manifest(str(absolute))

    def _ignores_above(self, folder: Path) -> list[tuple[str, GitIgnoreSpec]]:
        """The `.gitignore` files between the repository's root and a folder, outermost first."""
        if not self._gitignore:
            return []
        chain: list[Path] = []
        for parent in folder.parents:
            chain.append(parent)
            if (parent / ".git").exists():
                break
        else:
            return []
        if (folder / ".git").exists():
            return []
        return [found for parent in reversed(chain) if (found := _ignore_file(str(parent)))]

    def _folder(self, folder: str, ignores: list[tuple[str, GitIgnoreSpec]]) -> None:
        real = os.path.realpath(folder)
        if real in self._seen:
            return
        self._seen.add(real)
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
        if self._gitignore and any(entry.name == ".gitignore" for entry in entries):
            own = _ignore_file(folder)
            ignores = [*ignores, own] if own else ignores
        names = {entry.name for entry in entries}
        if "Chart.yaml" in names:
            self.found.charts.append(Path(folder))
            return
        if names.intersection(KUSTOMIZATION_NAMES):
            self.found.overlays.append(Path(folder))
        for entry in entries:
            self._entry(entry, ignores)

    def _entry(self, entry: os.DirEntry[str], ignores: list[tuple[str, GitIgnoreSpec]]) -> None:
        skip = self.found.passed_over.skip
        try:
            is_folder = entry.is_dir()
        except OSError:
            is_folder = False
        if is_folder and entry.name in _NEVER:
            return
        mark = "/" if is_folder else ""
        if self._exclude.match_file(uri_of(Path(entry.path), self._cwd).lstrip("/") + mark):
            skip("excluded")
            return
        if any(s.match_file(os.path.relpath(entry.path, base) + mark) for base, s in ignores):
            skip("ignored by .gitignore")
            return
        if entry.is_symlink() and not self._inside(entry.path):
            skip("link out of the tree, or to nothing")
            return
        if is_folder:
            self._folder(entry.path, ignores)
        elif entry.name.endswith(MANIFEST_SUFFIXES) and entry.name not in KUSTOMIZATION_NAMES:
            self._manifest(entry.path)

    def _inside(self, link: str) -> bool:
        real = os.path.realpath(link)
        return Path(real).exists() and (real == self._root or real.startswith(self._root + os.sep))

    def _manifest(self, path: str) -> None:
        real = os.path.realpath(path)
        if real not in self._seen:
            self._seen.add(real)
            self.found.manifests.append(ManifestFile(Path(path), uri_of(Path(path), self._cwd)))


def _ignore_file(folder: str) -> tuple[str, GitIgnoreSpec] | None:
    try:
        lines = Path(folder, ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    return folder, GitIgnoreSpec.from_lines(lines)
