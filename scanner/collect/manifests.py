"""Plain manifests: files of YAML or JSON, and standard input."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path as FilePath

from scanner.collect.interface import Collection, Location, Origin, Path, Problem, Resource, objects_in
from scanner.yaml import Document, Locator, ReadResult, read, read_file

_LONGEST_SNIPPET = 4_000
"""Longer lines are not shown: a whole file on one line would be kept with each of its findings."""


@dataclass(slots=True, eq=False)
class DocumentOrigin:
    """A document of a file; the lines of its fields are looked for only when asked."""

    uri: str
    document: Document
    _locator: Locator | None = field(default=None, init=False)
    _lines: list[str] | None = field(default=None, init=False)

    def locate(self, path: Path) -> Location:
        """The line of the field; of its nearest ancestor when the field is missing."""
        if self._locator is None:
            self._locator = Locator(self.document)
            self._lines = self.document.text.split("\n")
        span = self._locator.find(path)
        index = span.line - self.document.start
        lines = self._lines or []
        snippet = lines[index] if 0 <= index < len(lines) else ""
        snippet = snippet if len(snippet) <= _LONGEST_SNIPPET else ""
        return Location(self.uri, span.line, span.column, span.end_line, span.end_column, snippet=snippet)

    def release(self) -> None:
        """Let go of what was found out about the lines; it can be found out again."""
        self._locator = self._lines = None


@dataclass(frozen=True, slots=True)
class ItemOrigin:
    """An item of a `List`: its paths begin inside the list."""

    list_origin: Origin
    base: Path

    @property
    def uri(self) -> str:
        """The file of the list."""
        return self.list_origin.uri

    def locate(self, path: Path) -> Location:
        """The line of the item's field."""
        return self.list_origin.locate((*self.base, *path))


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """One file of manifests."""

    path: FilePath
    uri: str

    def collect(self) -> Collection:
        """Its Kubernetes objects; what is no object is counted, what is no YAML is a problem."""
        try:
            result = read_file(self.path)
        except OSError as error:
            problem = Problem(
                "unreadable-file",
                f"cannot be read: {error.strerror or error}",
                self.uri,
                remedy="check its permissions, or leave it out with --exclude",
            )
            return Collection(problems=[problem])
        return _objects(result, self.uri)


@dataclass(frozen=True, slots=True)
class StandardInput:
    """Manifests on standard input; findings call the place `stdin`."""

    def collect(self) -> Collection:
        """Its Kubernetes objects."""
        return from_bytes(sys.stdin.buffer.read(), "stdin")


def from_bytes(data: bytes, uri: str) -> Collection:
    """The Kubernetes objects in a file's content."""
    return _objects(read(data), uri)


def _objects(result: ReadResult, uri: str) -> Collection:
    collection = Collection(files=1)
    for error in result.errors:
        remedy = error.remedy or "mend the file, or leave it out with --exclude"
        collection.problems.append(
            Problem("yaml-syntax", error.message, uri, error.line, error.column, remedy)
        )
    for document in result.documents:
        origin = DocumentOrigin(uri, document)
        found = False
        for body, base in objects_in(document.value):
            found = True
            collection.resources.append(Resource(body, ItemOrigin(origin, base) if base else origin))
        if not found:
            collection.skip("not a Kubernetes object")
    return collection
