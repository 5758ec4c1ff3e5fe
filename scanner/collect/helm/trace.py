"""Renders a chart several times over, so that what comes out tells where it comes from."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from scanner.collect.helm.chart import Part
from scanner.collect.helm.marks import Marks, mark_templates
from scanner.collect.helm.render import Job, Renderer, Rendering
from scanner.collect.helm.values import Sentinels, Values
from scanner.collect.interface import Path as FieldPath
from scanner.collect.process import ProgramError
from scanner.yaml import read

_PATIENCE = 15.0
"""Seconds for a rendering with other values, which may make a template loop."""
_ROUNDS = 6
_PIECES = 6
_MOST = 48
"""Attempts to render single templates, at most."""
_TEMPLATE = re.compile(r"([^\s:()\"]+/templates/[^\s:()\"]+):\d+")
_OBJECT = re.compile(r"^kind: (?!CustomResourceDefinition\b)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Probe:
    """A rendering with sentinels for some values."""

    sentinels: Sentinels
    rendering: Rendering


@dataclass(frozen=True, slots=True)
class Trace:
    """A chart's rendering, and further ones to compare it with."""

    rendering: Rendering
    """Of the chart as it is: what is scanned."""
    marks: Marks
    marked: Rendering
    """With marks in its templates."""
    probes: Sequence[Probe]
    """With marks, and with sentinels for its values."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    paths: Sequence[FieldPath]
    """The values to replace."""
    templates: frozenset[str]
    """The templates to render."""


def trace(renderer: Renderer, job: Job, chart: Sequence[Part], values: Values, home: Path) -> Trace:
    """Render a chart as it is, then with marks in its templates, then with sentinels for its values.

    Raises ProgramError when the chart as it is cannot be rendered.
    """
    root, copy = job.chart, home / "marked"
    shutil.copytree(root, copy)
    for name in ("values.schema.json", "NOTES.txt"):
        for file in copy.rglob(name):
            file.unlink()
    folders: dict[Path, list[str]] = {}
    for part in chart:
        folders.setdefault(copy / part.folder.relative_to(root), []).append(part.name)
    marks = mark_templates({folder: names[0] for folder, names in folders.items()})
    workshop = _Workshop(renderer, replace(job, chart=copy), folders, marks, values, home)
    rendering, marked = renderer.render([job, workshop.job], workshop.empty())
    if not rendering.templates:
        return Trace(rendering, marks, marked, ())
    probes: list[Probe] = []
    with suppress(ProgramError):  # then fewer values tell their lines
        for probe in workshop.probes(rendering):
            probes.append(probe)
    return Trace(rendering, marks, marked, probes)


@dataclass(slots=True)
class _Workshop:
    """Finds values of a chart that can be replaced together; some templates fail with them."""

    renderer: Renderer
    job: Job
    folders: dict[Path, list[str]]
    """Folders of the chart and its subcharts, with their names; several where one has aliases."""
    marks: Marks
    values: Values
    home: Path
    _count: int = 0

    def empty(self) -> Path:
        """A new empty folder."""
        self._count += 1
        folder = self.home / str(self._count)
        folder.mkdir()
        return folder

    def probes(self, rendering: Rendering) -> Iterator[Probe]:
        """Renderings that say as much as possible with few of them."""
        outputs = rendering.templates.items()
        worthy = frozenset(template for template, text in outputs if _OBJECT.search(text))
        attempts = [_Attempt(paths, worthy) for paths in self.values.leaves if paths]
        alone: list[_Attempt] = []
        for _ in range(_ROUNDS):
            failed: list[_Attempt] = []
            for attempt, probe in self._render(attempts):
                if _usable(probe):
                    yield probe
                    bad = self._unreadable(probe)
                else:
                    bad = [
                        each for each in _TEMPLATE.findall(probe.rendering.error) if each in attempt.templates
                    ][:1]
                    failed += [replace(attempt, templates=attempt.templates - set(bad))] * len(bad)
                alone += [replace(attempt, templates=frozenset({template})) for template in bad]
            attempts = failed
        tried = 0
        while alone and tried < _MOST:
            attempts = [piece for attempt in alone for piece in _pieces(attempt)][: _MOST - tried]
            tried += len(attempts)
            alone = []
            for attempt, probe in self._render(attempts):
                if _usable(probe) and not self._unreadable(probe):
                    yield probe
                elif len(attempt.paths) > 1:
                    alone.append(attempt)

    def _unreadable(self, probe: Probe) -> list[str]:
        outputs = probe.rendering.templates.items()
        return [t for t, text in outputs if read("\n".join(self.marks.read(text)[0]).encode()).errors]

    def _render(self, attempts: Sequence[_Attempt]) -> list[tuple[_Attempt, Probe]]:
        if not attempts:
            return []
        sentinels = [Sentinels(attempt.paths) for attempt in attempts]
        jobs = [self._job(*each) for each in zip(attempts, sentinels, strict=True)]
        renderings = self.renderer.render(jobs, self.empty(), _PATIENCE)
        return list(zip(attempts, map(Probe, sentinels, renderings), strict=True))

    def _job(self, attempt: _Attempt, sentinels: Sentinels) -> Job:
        folder = self.empty()
        file = folder / "values.json"
        file.write_text(json.dumps(sentinels.put_into(self.values.merged)))
        chart = folder / "chart"
        shutil.copytree(self.job.chart, chart, copy_function=_link)
        for part, names in self.folders.items():
            templates = chart / part.relative_to(self.job.chart) / "templates"
            for each in templates.rglob("*"):
                inner = f"templates/{each.relative_to(templates).as_posix()}"
                wanted = any(f"{name}/{inner}" in attempt.templates for name in names)
                if not wanted and each.is_file() and not each.name.startswith("_"):
                    each.unlink()
                    each.touch()  # for another may include it, to make a checksum
        return replace(self.job, chart=chart, values=(file,))


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:  # not every file system has hard links
        shutil.copyfile(source, target)


def _usable(probe: Probe) -> bool:
    return bool(probe.rendering.templates) or not probe.rendering.error


def _pieces(attempt: _Attempt) -> list[_Attempt]:
    size = -(-len(attempt.paths) // _PIECES)
    return [
        replace(attempt, paths=attempt.paths[start : start + size])
        for start in range(0, len(attempt.paths), size)
    ]
