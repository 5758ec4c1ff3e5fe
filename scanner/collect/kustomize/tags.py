"""Tags in a copy of an overlay: each mapping of its files gets a key of its own, and takes it along.

Where Kustomize merges mappings, the result has the tags of all of them. So its own merging tells which
files and patches made a field, however it matches lists, names and targets.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from scanner.collect.discover import uri_of
from scanner.collect.interface import Location
from scanner.collect.interface import Path as FieldPath
from scanner.collect.kustomize.tree import PATCHES, TREES, Kustomization, Tree
from scanner.collect.paths import at, reaches
from scanner.yaml import Document, Locator, read

_TAG = "zzkubeassay"
_NUMBER = re.compile(rf"{_TAG}(\d+)$")
_LITERAL = re.compile(r"\s\|[-+0-9]*\s*(#.*)?$")


@dataclass(frozen=True)
class Text:
    """A document in a file, or in a block of text inside one."""

    file: Path
    uri: str
    document: Document
    first: int = 1
    """The line of the file on which the text begins."""
    indent: int = 0
    fixed: Location | None = None
    """The place of everything in it, where its lines cannot be told apart."""

    @cached_property
    def _locator(self) -> Locator:
        return Locator(self.document)

    def place(self, path: FieldPath) -> Location:
        """Where a field stands."""
        if self.fixed:
            return self.fixed
        span = self._locator.find(path)
        text = self.document.text.split("\n")[span.line - self.document.start]
        line, column = span.line + self.first - 1, span.column + self.indent
        end = max(column, len(text.rstrip()) + self.indent) + 1
        return Location(self.uri, line, column, line, end, snippet=" " * self.indent + text)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping in a file of objects or in a patch."""

    text: Text
    path: FieldPath

    def source(self, path: FieldPath) -> FieldPath | None:
        """Where a field of it stands in the text, if it has that field."""
        whole = (*self.path, *path)
        return whole if reaches(self.text.document.value, whole) else None


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of a JSON patch that sets a key of a mapping, or an item of a list there."""

    text: Text
    path: FieldPath
    """Where its value stands in the text."""
    key: str
    in_list: bool

    def source(self, path: FieldPath) -> FieldPath | None:
        """Where a field of the mapping stands in the text, if the operation sets that field."""
        if path[:1] != (self.key,) or len(path) <= self.in_list:
            return None
        whole = (*self.path, *path[1 + self.in_list :])
        return whole if reaches(self.text.document.value, whole) else None


Origin = Mapping | Operation


@dataclass(slots=True)
class Tags:
    """The tags in the copy of an overlay."""

    cwd: Path
    origins: list[Origin] = field(default_factory=list)
    """What each tag stands for, in the order in which Kustomize applies them."""

    def within(self, mapping: Any) -> list[Origin]:
        """What went into a mapping of the tagged rendering, in order."""
        keys = mapping if isinstance(mapping, dict) else ()
        numbers = sorted(int(match[1]) for key in keys if (match := _NUMBER.match(key)))
        return [self.origins[number] for number in numbers]

    def write(self, tree: Tree, into: Path) -> None:
        """Write a tagged copy of everything that a kustomization needs."""
        for each in tree.kustomizations:
            files = [reference for reference in each.references() if reference.target.is_file()]
            for reference in files:
                if reference.path[0] in TREES:
                    self._file(reference.target, into)
            content = self._kustomization(each, into)
            for reference in files:
                copy = _copy(reference.target, into)
                if not copy.exists():
                    copy.write_bytes(reference.target.read_bytes())
            _copy(each.file, into).write_text(json.dumps(content))

    def _file(self, file: Path, into: Path) -> None:
        copy = _copy(file, into)
        if copy.exists():
            return
        data = file.read_bytes()
        result = read(data)
        if result.errors:
            copy.write_bytes(data)
            return
        texts = [Text(file, uri_of(file, self.cwd), document) for document in result.documents]
        copy.write_text(self._tagged_texts(texts))

    def _kustomization(self, here: Kustomization, into: Path) -> dict[str, Any]:
        """A kustomization with tags in the patches that it holds; those that it names are written."""
        value = dict(here.value)
        for name in PATCHES:
            for index, item in enumerate(here.items(name)):
                path: FieldPath = (name, index) if isinstance(item, str) else (name, index, "patch")
                inline = at(here.value, path) if reaches(here.value, path) else None
                if isinstance(inline, str) and "\n" in inline:
                    tagged = self._tagged_texts(self._inline(here, path, inline)) or inline
                    value[name] = [*value[name]]
                    value[name][index] = tagged if isinstance(item, str) else {**item, "patch": tagged}
                else:
                    for reference in here.references():
                        if reference.path[:2] == (name, index) and reference.target.is_file():
                            self._file(reference.target, into)
        return value

    def _inline(self, here: Kustomization, path: FieldPath, inline: str) -> list[Text]:
        result = read(inline.encode())
        if result.errors:
            return []
        uri = uri_of(here.file, self.cwd)
        place = Text(here.file, uri, here.document).place(path)
        if not _LITERAL.search(place.snippet):
            place = replace(place, approximate=True)
            return [Text(here.file, uri, document, fixed=place) for document in result.documents]
        below = here.document.text.split("\n")[place.line - here.document.start + 1 :]
        content = next((line for line in below if line.strip()), "")
        indent = len(content) - len(content.lstrip())
        return [Text(here.file, uri, document, place.line + 1, indent) for document in result.documents]

    def _tagged_texts(self, texts: Sequence[Text]) -> str:
        return "\n---\n".join(json.dumps(self._patch_or_object(text)) for text in texts)

    def _patch_or_object(self, text: Text) -> Any:
        value = text.document.value
        if isinstance(value, list):
            return [each for index, item in enumerate(value) for each in self._operation(text, index, item)]
        if isinstance(value, dict) and value.get("kind") == "CustomResourceDefinition":
            return value | self._tag(Mapping(text, ()))
        return self._tagged(text, (), value)

    def _tagged(self, text: Text, path: FieldPath, value: Any) -> Any:
        if isinstance(value, list):
            return [self._tagged(text, (*path, index), item) for index, item in enumerate(value)]
        if not isinstance(value, dict) or not value:
            return value
        tag = self._tag(Mapping(text, path))
        return {key: self._tagged(text, (*path, key), item) for key, item in value.items()} | tag

    def _operation(self, text: Text, index: int, item: Any) -> list[Any]:
        if not isinstance(item, dict) or item.get("op") == "test":
            return []  # what it tested was found to be so, and is not so with tags
        if item.get("op") not in ("add", "replace") or "value" not in item:
            return [item]
        keys = str(item.get("path")).split("/")
        in_list = False
        while len(keys) > 2 and (keys[-1] == "-" or keys[-1].isdigit()):
            in_list = True
            keys.pop()
        operation = Operation(text, (index, "value"), keys[-1].replace("~1", "/").replace("~0", "~"), in_list)
        [tag] = self._tag(operation)
        value = self._tagged(text, (index, "value"), item["value"])
        return [{**item, "value": value}, {"op": "add", "path": "/".join([*keys[:-1], tag]), "value": ""}]

    def _tag(self, origin: Origin) -> dict[str, str]:
        self.origins.append(origin)
        return {f"{_TAG}{len(self.origins) - 1}": ""}


def _copy(file: Path, into: Path) -> Path:
    copy = into.joinpath(*file.parts[1:])
    copy.parent.mkdir(parents=True, exist_ok=True)
    return copy


def without_tags(value: Any) -> Any:
    """A value of the tagged rendering as it is without them."""
    if isinstance(value, list):
        return [without_tags(item) for item in value]
    if isinstance(value, dict):
        return {key: without_tags(item) for key, item in value.items() if not _NUMBER.match(key)}
    return value
