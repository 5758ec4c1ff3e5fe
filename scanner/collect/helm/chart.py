"""A chart on disk: its subcharts, and what their files are called in rendered output and for people."""

from __future__ import annotations

import os
import shutil
import tarfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scanner.collect.interface import Problem
from scanner.yaml import Document, Locator, read_file

ARCHIVE = ".tgz"
MEMBER = "!/"
"""Stands between an archive and a file in it, as in `queue-0.4.0.tgz!/queue/values.yaml`."""
_DEPTH = 10
_FILES = 20_000
_BYTES = 256 << 20


class ChartError(Exception):
    """The chart cannot be used; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Part:
    """A chart or one of its subcharts."""

    name: str
    """Its prefix in the names of rendered templates, such as `notify/charts/queue`."""
    folder: Path
    uri: str
    """What its folder is called for people."""
    values: tuple[str, ...]
    """Where its values stand in those of the whole chart."""
    metadata: dict[str, Any]
    dependencies: tuple[dict[str, Any], ...]

    def uri_of(self, file: str) -> str:
        """What a file in its folder is called for people."""
        return join(self.uri, file)


def unpack(path: Path, into: Path, tree: Path) -> Path:
    """A copy of a chart in which packed subcharts are folders, without links that leave it and `tree`.

    Raises OSError and tarfile.TarError.
    """
    folder = into / "chart"
    if path.is_dir():
        shutil.copytree(path, folder, ignore=_unwanted(path, tree))
    else:
        _extract(path, folder)
    for _ in range(_DEPTH):
        archives = [each for each in folder.rglob(f"charts/*{ARCHIVE}") if each.is_file()]
        for archive in archives:
            _extract(archive, archive.with_name(archive.name + MEMBER[0]))
            archive.unlink()
    return folder


def _unwanted(root: Path, tree: Path) -> Callable[[str, list[str]], list[str]]:
    allowed = [os.path.realpath(root) + os.sep, os.path.realpath(tree) + os.sep]
    seen = 0

    def unwanted(folder: str, names: list[str]) -> list[str]:
        nonlocal seen
        seen += len(names)
        if seen > _FILES:
            raise OSError(f"it has more than {_FILES} files")
        here = os.path.realpath(folder) + os.sep
        out = [".git"]
        for name in names:
            path = os.path.join(folder, name)  # noqa: PTH118 - copytree deals in strings
            real = os.path.realpath(path)
            leaves = not any(real.startswith(each) for each in allowed) or here.startswith(real + os.sep)
            if os.path.islink(path) and (leaves or not os.path.exists(real)):  # noqa: PTH110, PTH114
                out.append(name)
        return out

    return unwanted


def _extract(archive: Path, into: Path) -> None:
    scratch = into.with_name(into.name + ".part")
    with tarfile.open(archive) as tar:
        members = [member for member in tar if member.isfile() or member.isdir()]
        if len(members) > _FILES or sum(member.size for member in members) > _BYTES:
            raise tarfile.TarError(f"{archive.name} is larger than {_BYTES >> 20} MB or {_FILES} files")
        tar.extractall(scratch, members, filter="data")
    folders = [each for each in scratch.iterdir() if (each / "Chart.yaml").is_file()]
    if len(folders) != 1:
        raise tarfile.TarError(f"{archive.name} holds no chart")
    folders[0].rename(into)
    shutil.rmtree(scratch)


def parts(folder: Path, uri: str) -> list[Part]:
    """The unpacked chart and its subcharts, parents first. Raises ChartError for a broken `Chart.yaml`."""
    metadata = _mapping(folder / "Chart.yaml", join(uri, "Chart.yaml"))
    if uri.endswith(ARCHIVE):
        uri = f"{uri}{MEMBER}{metadata.get('name', 'chart')}"
    return list(_parts(folder, uri, metadata, str(metadata.get("name") or folder.name), ()))


def _parts(
    folder: Path, uri: str, metadata: dict[str, Any], name: str, values: tuple[str, ...]
) -> Iterator[Part]:
    legacy = folder / "requirements.yaml"
    declaring = _mapping(legacy, join(uri, legacy.name)) if legacy.is_file() else metadata
    listed = declaring.get("dependencies")
    dependencies = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    yield Part(name, folder, uri, values, metadata, tuple(dependencies))
    if len(values) >= _DEPTH or not (folder / "charts").is_dir():
        return
    for child in sorted((folder / "charts").iterdir()):
        if not (child / "Chart.yaml").is_file():
            continue
        child_uri = join(uri, f"charts/{child.name}")
        child_metadata = _mapping(child / "Chart.yaml", f"{child_uri}/Chart.yaml")
        own = str(child_metadata.get("name") or child.name)
        if child.name.endswith(ARCHIVE + MEMBER[0]):
            child_uri += f"/{own}"
        names = {str(each.get("alias") or own): None for each in dependencies if each.get("name") == own}
        for called in names or {own: None}:
            yield from _parts(child, child_uri, child_metadata, f"{name}/charts/{called}", (*values, called))


def _mapping(file: Path, uri: str) -> dict[str, Any]:
    document = document_of(file)
    if document is None or not isinstance(document.value, dict):
        raise ChartError(Problem("chart-unreadable", "is missing or no YAML mapping", uri))
    return document.value


def join(uri: str, file: str) -> str:
    """What a file in a folder is called for people."""
    return file if uri in ("", ".") else f"{uri.rstrip('/')}/{file}"


def document_of(file: Path) -> Document | None:
    """The first document of a YAML file; None if there is none."""
    try:
        documents = read_file(file).documents
    except OSError:
        return None
    return documents[0] if documents else None


def missing_dependency(chart: Sequence[Part]) -> Problem | None:
    """The first dependency that is declared and not in `charts/`, on its line."""
    there = {(part.name.rpartition("/charts/")[0], part.metadata.get("name")) for part in chart}
    for part in chart:
        for index, dependency in enumerate(part.dependencies):
            if (part.name, dependency.get("name")) not in there:
                legacy = (part.folder / "requirements.yaml").is_file()
                file = "requirements.yaml" if legacy else "Chart.yaml"
                document = document_of(part.folder / file)
                return Problem(
                    "chart-dependency-missing",
                    f"the chart needs {dependency.get('name')!r}, which is not in its folder charts",
                    part.uri_of(file),
                    Locator(document).find(("dependencies", index)).line if document else None,
                    remedy=f"run: helm dependency build {chart[0].uri}",
                )
    return None


def part_of(chart: Sequence[Part], template: str) -> Part:
    """The part that a rendered template such as `notify/charts/queue/templates/service.yaml` belongs to."""
    fitting = [part for part in chart if template.startswith(part.name + "/")]
    return max(fitting, key=lambda part: len(part.name), default=chart[0])
