"""A chart on disk: its subcharts, what they are called in rendered output, and their values."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from scanner.collect.interface import Problem
from scanner.yaml import Document, Locator, read

ARCHIVE = ".tgz"
MEMBER = "!/"
"""Stands between an archive and a file in it, as in `queue-0.4.0.tgz!/queue/values.yaml`."""
_DEPTH = 10
_SIZE = 256 << 20


class ChartError(Exception):
    """The chart cannot be read; carries the problem to report."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Part:
    """A chart or one of its subcharts, unpacked."""

    name: str
    """Its prefix in the names of rendered templates, such as `notify/charts/queue`."""
    folder: Path
    uri: str
    """What its files are called for people; their path follows after a slash."""
    values: tuple[str, ...]
    """Where its values stand in those of the whole chart."""
    metadata: dict[str, Any]
    dependencies: tuple[dict[str, Any], ...]


def unpack(path: Path, uri: str, into: Path) -> Path:
    """A copy of a chart with every packed subchart unpacked; the user's own is never touched.

    Raises ChartError when it cannot be read.
    """
    try:
        if path.is_dir():
            folder = into / "chart"
            shutil.copytree(path, folder, ignore=shutil.ignore_patterns(".git"), ignore_dangling_symlinks=True)
        else:
            folder = _extract(path, into / "chart")
        for _ in range(_DEPTH):
            archives = [each for each in folder.rglob(f"charts/*{ARCHIVE}") if each.is_file()]
            for archive in archives:
                _extract(archive, archive.with_name(archive.name + MEMBER[0]))
                archive.unlink()
            if not archives:
                break
    except (OSError, tarfile.TarError, shutil.Error, EOFError) as error:
        raise ChartError(Problem("chart-unreadable", f"the chart cannot be read: {error}", uri)) from error
    return folder


def _extract(archive: Path, into: Path) -> Path:
    with tarfile.open(archive) as tar:
        members = [member for member in tar if member.isfile() or member.isdir()]
        if sum(member.size for member in members) > _SIZE:
            raise tarfile.TarError(f"{archive.name} holds more than {_SIZE >> 20} MB")
        tar.extractall(into, members, filter="data")
    folders = [each for each in into.iterdir() if (each / "Chart.yaml").is_file()]
    if len(folders) != 1:
        raise tarfile.TarError(f"{archive.name} holds no chart")
    return folders[0]


def parts(folder: Path, uri: str) -> list[Part]:
    """The unpacked chart and its subcharts, parents first. Raises ChartError for a broken `Chart.yaml`."""
    packed = f"{MEMBER}{folder.name}" if uri.endswith(ARCHIVE) else ""
    return list(_parts(folder, uri + packed, "", (), None))


def _parts(
    folder: Path, uri: str, parent: str, values: tuple[str, ...], alias: str | None
) -> Iterator[Part]:
    metadata = _mapping(folder / "Chart.yaml", f"{uri}/Chart.yaml")
    legacy = folder / "requirements.yaml"
    declaring = _mapping(legacy, f"{uri}/requirements.yaml") if legacy.is_file() else metadata
    listed = declaring.get("dependencies")
    dependencies = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    name = alias or str(metadata.get("name") or folder.name)
    own = Part(parent + name, folder, uri, values, metadata, tuple(dependencies))
    yield own
    if own.name.count("/charts/") >= _DEPTH:
        return
    for child, child_uri in _subcharts(folder, uri):
        child_name = _mapping(child / "Chart.yaml", f"{child_uri}/Chart.yaml").get("name")
        aliases = [d.get("alias") or child_name for d in dependencies if d.get("name") == child_name]
        for each in aliases or [child_name]:
            key = str(each)
            yield from _parts(child, child_uri, f"{own.name}/charts/", (*values, key), key)


def _subcharts(folder: Path, uri: str) -> Iterator[tuple[Path, str]]:
    charts = folder / "charts"
    if not charts.is_dir():
        return
    for child in sorted(charts.iterdir()):
        archive = child.name.removesuffix(MEMBER[0])
        if child.name.endswith(ARCHIVE + MEMBER[0]):
            child = next(each for each in child.iterdir() if (each / "Chart.yaml").is_file())
            yield child, f"{uri}/charts/{archive}{MEMBER}{child.name}"
        elif (child / "Chart.yaml").is_file():
            yield child, f"{uri}/charts/{child.name}"


def _mapping(file: Path, uri: str) -> dict[str, Any]:
    document = document_of(file)
    if document is None or not isinstance(document.value, dict):
        raise ChartError(Problem("chart-unreadable", "is no YAML mapping", uri))
    return document.value


def document_of(file: Path) -> Document | None:
    """The first document of a YAML file; None if there is none."""
    try:
        documents = read(file.read_bytes()).documents
    except OSError:
        return None
    return documents[0] if documents else None


def missing_dependency(all_parts: list[Part]) -> Problem | None:
    """The first dependency that is declared and not in `charts/`, on its line."""
    names = {(part.name.rpartition("/charts/")[0], part.metadata.get("name")) for part in all_parts}
    for part in all_parts:
        for index, dependency in enumerate(part.dependencies):
            if (part.name, dependency.get("name")) in names:
                continue
            for file in ("requirements.yaml", "Chart.yaml"):
                document = document_of(part.folder / file)
                if document and isinstance(document.value, dict) and "dependencies" in document.value:
                    line = Locator(document).find(("dependencies", index)).line
                    break
            return Problem(
                "chart-dependency-missing",
                f"the chart needs {dependency.get('name')!r}, which is not in its folder charts/",
                f"{part.uri}/{file}",
                line,
                remedy=f"run: helm dependency build {all_parts[0].uri}",
            )
    return None


def uri_of(all_parts: list[Part], template: str) -> str:
    """What the source of a rendered template is called for people."""
    part = part_of(all_parts, template)
    return part.uri + template.removeprefix(part.name)


def part_of(all_parts: list[Part], template: str) -> Part:
    """The part that a rendered template belongs to."""
    fitting = [part for part in all_parts if template.startswith(part.name + "/")]
    return max(fitting, key=lambda part: len(part.name), default=all_parts[0])


def renamed(part: Part, name: str) -> Part:
    """The same part under another name."""
    return replace(part, name=name)
