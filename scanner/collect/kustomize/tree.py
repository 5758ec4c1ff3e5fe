"""Kustomizations and what they refer to."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scanner.collect.discover import KUSTOMIZATION_NAMES
from scanner.collect.interface import Path as FieldPath
from scanner.collect.interface import Problem
from scanner.yaml import Document, Locator, read_file

TREES = ("resources", "bases", "components")
"""Fields that name files of objects, and folders with a kustomization."""
PATCHES = ("patchesStrategicMerge", "patches", "patchesJson6902")
"""Fields that hold patches, in the order they are applied."""
GENERATORS = ("configMapGenerator", "secretGenerator")
_FILES = (*TREES, "crds", "configurations", "generators", "transformers", "validators", PATCHES[0])
_OBJECTS_WITH_FILES = (*PATCHES[1:], "replacements")
_REMOTE = re.compile(r"\w+://|git@|git::|[^/]+\.[a-z]+[:/].*|.*[?&](?:ref|version)=")


@dataclass(frozen=True, slots=True)
class Reference:
    """A file or folder that a kustomization names."""

    text: str
    path: FieldPath
    """Where it names it."""
    target: Path


@dataclass(frozen=True, slots=True)
class Kustomization:
    """A folder with a kustomization file."""

    folder: Path
    file: Path
    document: Document

    @property
    def value(self) -> dict[str, Any]:
        """What the file says."""
        return self.document.value if isinstance(self.document.value, dict) else {}

    @property
    def is_component(self) -> bool:
        """Whether it makes sense only inside another."""
        return self.value.get("kind") == "Component"

    def items(self, name: str) -> list[Any]:
        """The items of a field; none when it is no list."""
        items = self.value.get(name)
        return items if isinstance(items, list) else []

    def line(self, path: FieldPath) -> int:
        """The line of a field."""
        return Locator(self.document).find(path).line

    def references(self) -> Iterator[Reference]:
        """Every file and folder that it names."""
        for text, path in self._names():
            if isinstance(text, str) and text and "\n" not in text:
                yield Reference(text, path, Path(os.path.normpath(self.folder / text)))

    def _names(self) -> Iterator[tuple[Any, FieldPath]]:
        for name in _FILES:
            yield from ((item, (name, index)) for index, item in enumerate(self.items(name)))
        for name in _OBJECTS_WITH_FILES:
            for index, item in enumerate(self.items(name)):
                yield _get(item, "path"), (name, index, "path")
        for name in GENERATORS:
            for index, item in enumerate(self.items(name)):
                for key in ("files", "envs"):
                    entries = _get(item, key)
                    for number, entry in enumerate(entries if isinstance(entries, list) else []):
                        yield str(entry).rpartition("=")[2], (name, index, key, number)
                yield _get(item, "env"), (name, index, "env")
        yield _get(self.value.get("openapi"), "path"), ("openapi", "path")
        home = _get(self.value.get("helmGlobals"), "chartHome") or "charts"
        for index, item in enumerate(self.items("helmCharts")):
            yield _get(item, "valuesFile"), ("helmCharts", index, "valuesFile")
            yield f"{home}/{_get(item, 'name')}", ("helmCharts", index, "name")


def _get(value: Any, key: str) -> Any:
    return value.get(key) if isinstance(value, dict) else None


def load(folder: Path) -> Kustomization | Problem | None:
    """The kustomization of a folder; a problem when it cannot be read; None if there is none."""
    for name in KUSTOMIZATION_NAMES:
        file = folder / name
        try:
            result = read_file(file)
        except FileNotFoundError:
            continue
        except OSError as error:
            return Problem("unreadable-file", f"cannot be read: {error.strerror}", str(file))
        for wrong in result.errors:
            return Problem("yaml-syntax", wrong.message, str(file), wrong.line, wrong.column, wrong.remedy)
        return Kustomization(folder, file, result.documents[0] if result.documents else Document({}, 1, ""))
    return None


@dataclass(slots=True)
class Tree:
    """A kustomization with all those it builds on."""

    kustomizations: list[Kustomization] = field(default_factory=list)
    """Those that others build on come first."""
    problems: list[Problem] = field(default_factory=list)
    """Why it cannot be rendered."""

    def building_on(self, file: Path) -> list[Kustomization]:
        """The kustomizations that a file of objects goes through, the outermost first."""
        through: list[Kustomization] = []
        targets = {file}
        for each in self.kustomizations:
            if any(reference.target in targets for reference in each.references()):
                targets.add(each.folder)
                through.insert(0, each)
        return through


Known = dict[Path, Kustomization | Problem | None]


def tree(root: Path, known: Known | None = None) -> Tree:
    """Follow a kustomization to everything it refers to; what was read before stands in `known`."""
    found = Tree()
    _follow(root, found, set(), {} if known is None else known)
    return found


def _follow(folder: Path, found: Tree, seen: set[Path], known: Known) -> None:
    if folder in seen:
        return
    seen.add(folder)
    here = known[folder] = known[folder] if folder in known else load(folder)
    if isinstance(here, Problem):
        found.problems.append(here)
    if not isinstance(here, Kustomization):
        return
    if here.items("helmCharts") or "helmChartInflationGenerator" in here.value:
        found.problems.append(
            Problem(
                "kustomize-helm",
                "the kustomization inflates a Helm chart, which is not done here",
                str(here.file),
                here.line(("helmCharts",)),
                remedy="render it yourself: kustomize build --enable-helm FOLDER | kubeassay scan -",
            )
        )
    for reference in here.references():
        if reference.target.is_dir():
            _follow(reference.target, found, seen, known)
        elif not reference.target.exists() and reference.path[0] != "helmCharts":
            found.problems.append(_unfollowed(here, reference))
    found.kustomizations.append(here)


def _unfollowed(here: Kustomization, reference: Reference) -> Problem:
    line = here.line(reference.path)
    if _REMOTE.match(reference.text):
        return Problem(
            "kustomize-remote",
            f"refers to {reference.text}, which would have to be fetched",
            str(here.file),
            line,
            remedy="fetch it once: kustomize localize FOLDER",
        )
    return Problem(
        "kustomize-failed", f"refers to {reference.text}, which is not there", str(here.file), line
    )


@dataclass(frozen=True, slots=True)
class Leaves:
    """Which of many kustomizations to render."""

    roots: tuple[Path, ...]
    """Those that no other one builds on."""
    consumed: frozenset[Path]
    """Files and charts that belong to a kustomization: they are nothing by themselves."""
    components: int
    """Components that nothing uses."""


def leaves(overlays: Sequence[Path]) -> Leaves:
    """Tell apart what is rendered for itself and what is part of something else."""
    consumed: set[Path] = set()
    built_on: dict[Path, set[Path]] = {}
    components: set[Path] = set()
    known: Known = {}
    for folder in overlays:
        built_on[folder] = set()
        for each in tree(folder, known).kustomizations:
            if each.folder != folder:
                built_on[folder].add(each.folder)
            elif each.is_component:
                components.add(folder)
            consumed.update(reference.target for reference in each.references())
    used = set().union(*(found for folder, found in built_on.items()))
    roots = [folder for folder in overlays if folder not in used and folder not in components]
    reached = set(roots).union(*(built_on[folder] for folder in roots))
    for folder in overlays:  # those that build on each other, in a circle
        if folder not in reached and folder in used and folder not in components:
            roots.append(folder)
            reached |= {folder, *built_on[folder]}
    return Leaves(tuple(roots), frozenset(consumed), len(components - used))
