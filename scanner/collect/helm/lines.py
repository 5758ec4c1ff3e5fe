"""From a field of a rendered object to the line that gave it: in a values file or in a template."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from msgspec.structs import replace

from scanner.collect.helm.chart import Part, part_of
from scanner.collect.helm.compare import Origins, align, differences
from scanner.collect.helm.marks import TemplateLine
from scanner.collect.helm.trace import Trace
from scanner.collect.helm.values import Sentinels, Values
from scanner.collect.interface import Location, Path
from scanner.collect.paths import at, depth_of, reaches
from scanner.yaml import Document, Locator, ReadResult, read

_REFERENCE = re.compile(r"\.Values\.([\w.]+)")


@dataclass(frozen=True, slots=True)
class Cause:
    """The value that gave a field."""

    value: Path
    whole: bool
    """Whether it gave all of the field; else other text stands beside it."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The files of a chart, to find places in."""

    chart: Sequence[Part]
    values: Values
    texts: Mapping[str, Sequence[str]]
    """Template → its lines."""

    def uri(self, template: str) -> str:
        """What the source of a template is called for people."""
        part = part_of(self.chart, template)
        return part.uri_of(template.removeprefix(part.name + "/"))

    def of_line(self, origin: TemplateLine, path: Path = ()) -> Location:
        """The place of a line in a template, and in it that of the path's last key."""
        key = re.search(rf"""["']?{re.escape(str(path[-1]))}["']?\s*:""", origin.text) if path else None
        column = key.start() if key else len(origin.text) - len(origin.text.lstrip())
        return _place(self.uri(origin.template), origin.line, column + 1, origin.text)

    def of_value(self, path: Path) -> Location | None:
        """The place of a value; None when no file sets it."""
        source = self.values.source(path)
        if source is None:
            return None
        layer, line, column = source
        return _place(layer.uri, line, column, layer.document.text.split("\n")[line - layer.document.start])

    def beginning(self, template: str, kind: object) -> Location:
        """The line of a template that names a kind, else its first with text; always approximate."""
        lines = self.texts.get(template, ())
        wanted = re.compile(rf"kind:\s*[\"']?{re.escape(str(kind))}\b")
        numbers = [n for n, line in enumerate(lines, 1) if wanted.match(line)]
        numbers += [n for n, line in enumerate(lines, 1) if re.match(r"\s*[\w\"'-]", line)]
        number = numbers[0] if numbers else 1
        text = lines[number - 1] if lines else ""
        return replace(self.of_line(TemplateLine(template, number, text)), approximate=True)


def _place(uri: str, line: int, column: int, text: str) -> Location:
    return Location(uri, line, column, line, max(column, len(text.rstrip())) + 1, snippet=text)


class Output:
    """What a template gave, and what it gave in the other renderings, read when first asked for."""

    def __init__(self, template: str, found: Trace, sources: Sources) -> None:
        self.template = template
        self.sources = sources
        self._found = found

    @cached_property
    def result(self) -> ReadResult:
        """The documents, and what is no YAML."""
        return read(self._found.rendering.templates[self.template].encode("utf-8", "replace"))

    @cached_property
    def origins(self) -> Origins:
        """Where each line comes from."""
        plain = self._found.rendering.templates[self.template]
        return align(plain, self._found.marked.templates.get(self.template, ""), self._found.marks)

    @cached_property
    def _probes(self) -> list[tuple[Sentinels, Sequence[Document], Origins]]:
        found: list[tuple[Sentinels, Sequence[Document], Origins]] = []
        for probe in self._found.probes:
            lines, origins = self._found.marks.read(probe.rendering.templates.get(self.template, ""))
            documents = read("\n".join(lines).encode("utf-8", "replace")).documents
            found.append((probe.sentinels, documents, origins))
        return found

    def twins(self, document: Document) -> Iterator[tuple[Sentinels, Document, Origins]]:
        """The same document in other renderings: by its place or, if there are more or fewer, its name."""
        documents = self.result.documents
        for sentinels, others, origins in self._probes:
            named = [each for each in others if _name(each) == _name(document)]
            if len(documents) == len(others):
                yield sentinels, others[documents.index(document)], origins
            elif len(named) == 1:
                yield sentinels, named[0], origins


def _name(document: Document) -> tuple[object, object]:
    value = document.value if isinstance(document.value, dict) else {}
    metadata = value.get("metadata")
    return value.get("kind"), metadata.get("name") if isinstance(metadata, dict) else None


class ChartOrigin:
    """A document that a template gave."""

    def __init__(self, document: Document, output: Output) -> None:
        self._document = document
        self._output = output
        self._sources = output.sources

    @cached_property
    def uri(self) -> str:
        """The template."""
        return self._sources.uri(self._output.template)

    def locate(self, path: Path) -> Location:
        """The line of the value, else of the template; for a missing field that of the nearest one."""
        depth = depth_of(self._document.value, path)
        there = path[:depth]
        place = self._of_value(there) if there == path else self._of_filling(path, depth)
        if place is not None:
            return place
        for end in range(depth, -1, -1):
            if origin := self._origin(path[:end]):
                place = self._sources.of_line(origin, path[:end])
                return replace(place, approximate=end < depth or origin.is_action)
        return self._sources.beginning(self._output.template, self._document.value.get("kind"))

    def _of_value(self, path: Path) -> Location | None:
        causes, _ = self._traced
        for end in range(len(path), -1, -1):
            cause = causes.get(path[:end])
            if cause is None or (end < len(path) and not cause.whole):
                continue
            origin = self._origin(path)
            if isinstance(at(self._document.value, path), (dict, list)) and origin and not origin.is_action:
                return None  # the template names the field itself, the values only fill it
            place = self._sources.of_value((*cause.value, *path[end:]))
            return replace(place, approximate=not cause.whole) if place else None
        return self._of_named_value(path)

    def _of_named_value(self, path: Path) -> Location | None:
        """The value that the template's line names, if it names one alone and the field equals it."""
        origin = self._origin(path)
        named = _REFERENCE.findall(origin.text) if origin else []
        if origin is None or len(named) != 1:
            return None
        value = (*part_of(self._sources.chart, self._output.template).values, *named[0].split("."))
        merged = self._sources.values.merged
        if not reaches(merged, value) or at(merged, value) != at(self._document.value, path):
            return None
        return self._sources.of_value(value)

    def _of_filling(self, path: Path, depth: int) -> Location | None:
        _, fillings = self._traced
        for end in range(depth + 1, len(path) + 1):
            if filling := fillings.get(path[:end]):
                place = self._sources.of_value(filling)
                return replace(place, approximate=True) if place else None
        return None

    def _origin(self, path: Path) -> TemplateLine | None:
        return _origin(self._locator, self._output.origins, path)

    @cached_property
    def _locator(self) -> Locator:
        return Locator(self._document)

    @cached_property
    def _traced(self) -> tuple[dict[Path, Cause], dict[Path, Path]]:
        """Fields → the values that change them, from the same line of the template; missing fields → the
        empty values that would bring them.
        """
        causes: dict[Path, Cause] = {}
        fillings: dict[Path, Path] = {}
        for sentinels, twin, origins in self._output.twins(self._document):
            locator = Locator(twin)
            for each in differences(self._document.value, twin.value, sentinels):
                there = at(self._sources.values.merged, each.value)
                if each.missing:
                    if not there:
                        fillings.setdefault(each.path, each.value)
                elif _origin(locator, origins, each.other_path) == self._origin(each.path):
                    here = at(self._document.value, each.path)
                    whole = here == there or _text(here) == _text(there) != ""
                    # an image's tag or digest comes last and counts; other text the template puts together
                    if whole or (each.path[-1] == "image" and _text(here).endswith(_text(there) or "?")):
                        causes[each.path] = Cause(each.value, whole)
        return causes, fillings


def _text(value: object) -> str:
    """A scalar as a template prints it; nothing for what is none."""
    if value is None or isinstance(value, (dict, list)):
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _origin(locator: Locator, origins: Origins, path: Path) -> TemplateLine | None:
    line = locator.find(path).line
    return origins[line - 1] if 0 < line <= len(origins) else None
