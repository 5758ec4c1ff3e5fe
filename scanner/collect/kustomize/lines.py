"""From a field of a built object to the line that gave it: in a base, a patch or a kustomization."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from scanner.collect.discover import uri_of
from scanner.collect.interface import Location
from scanner.collect.interface import Path as FieldPath
from scanner.collect.kustomize.settings import generators, settings
from scanner.collect.kustomize.tags import Mapping, Origin, Tags, Text
from scanner.collect.kustomize.tree import TREES, Kustomization, Tree
from scanner.collect.paths import at, depth_of
from scanner.yaml import read_file


@dataclass(frozen=True)
class Sources:
    """The files of an overlay, to find places in."""

    tree: Tree
    tags: Tags
    cwd: Path

    def of_setting(self, here: Kustomization, path: FieldPath) -> Location:
        """The place of a field of a kustomization."""
        return Text(here.file, uri_of(here.file, self.cwd), here.document).place(path)

    @cached_property
    def objects(self) -> Sequence[Text]:
        """Every document of the files of objects."""
        files = {
            reference.target: None
            for each in self.tree.kustomizations
            for reference in each.references()
            if reference.path[0] in TREES and reference.target.is_file()
        }
        return [
            Text(file, uri_of(file, self.cwd), document)
            for file in files
            for document in read_file(file).documents
        ]


class OverlayOrigin:
    """An object that Kustomize built."""

    def __init__(self, body: dict[str, Any], tagged: Any, sources: Sources) -> None:
        self._body = body
        self._tagged = tagged
        """The same object, built from the tagged copy; None if that failed."""
        self._sources = sources

    @cached_property
    def uri(self) -> str:
        """The file that brought the object."""
        return self.locate(()).uri

    def locate(self, path: FieldPath) -> Location:
        """The line of the last file that sets the field; approximate for what was merged."""
        there = path[: depth_of(self._body, path)]
        for end in range(len(there), -1, -1):
            if place := self._place(there[:end]):
                return place if end == len(there) else replace(place, approximate=True)
        root = self._sources.tree.kustomizations[-1]
        return replace(self._sources.of_setting(root, ("resources",)), approximate=True)

    def _place(self, path: FieldPath) -> Location | None:
        value = at(self._body, path)
        origins, inner = self._origins(path)
        found = [(origin.text, source) for origin in origins if (source := origin.source(inner)) is not None]
        for text, source in found if _is_identity(path) else reversed(found):
            if at(text.document.value, source) == value:
                return text.place(source)
        for here in self._through:
            for setting in settings(here, self._body, path, value):
                return self._sources.of_setting(here, setting)
        if not origins and (place := self._of_generator(path, value)):
            return place
        if not found or any(isinstance(key, int) for key in inner):
            return None
        text, source = found[0 if isinstance(value, (dict, list)) or _is_identity(path) else -1]
        return replace(text.place(source), approximate=True)

    def _origins(self, path: FieldPath) -> tuple[Sequence[Origin], FieldPath]:
        """What made the nearest mapping around a field, in order, and the field's path from there."""
        if self._tagged is None:
            return self._same, path
        for end in range(len(path), -1, -1):
            if origins := self._sources.tags.within(at(self._tagged, path[:end])):
                return origins, path[end:]
        return (), path

    @cached_property
    def _same(self) -> Sequence[Origin]:
        """The document with the object's kind and name, if there is one alone."""
        found = [text for text in self._sources.objects if _is_like(text.document.value, self._body)]
        return [Mapping(found[0], ())] if len(found) == 1 else ()

    @cached_property
    def _through(self) -> Sequence[Kustomization]:
        """The kustomizations that the object went through, the outermost first."""
        origins, _ = self._origins(())
        if origins:
            return self._sources.tree.building_on(origins[0].text.file)
        return self._sources.tree.kustomizations[::-1]

    def _of_generator(self, path: FieldPath, value: object) -> Location | None:
        outermost_first = path[:1] in (("data",), ("binaryData",))
        for here in self._through if outermost_first else self._through[::-1]:
            for place in generators(here, self._body, path, value):
                if isinstance(place, tuple):
                    return self._sources.of_setting(here, place)
                return replace(place, uri=uri_of(Path(place.uri), self._sources.cwd))
        return None


def _is_identity(path: FieldPath) -> bool:
    """Whether a patch names the field only to say what it is about."""
    return path in (("apiVersion",), ("kind",)) or path[-1:] == ("name",)


def _is_like(value: Any, body: dict[str, Any]) -> bool:
    if not isinstance(value, dict) or value.get("kind") != body.get("kind"):
        return False
    names = [_name(value), _name(body)]
    return bool(names[0]) and names[0] in names[1]


def _name(value: dict[str, Any]) -> str:
    metadata = value.get("metadata")
    return str(metadata.get("name") or "") if isinstance(metadata, dict) else ""
