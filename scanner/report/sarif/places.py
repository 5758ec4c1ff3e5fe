"""Where findings are: files as URIs, regions of them, and objects of the cluster."""

from __future__ import annotations

import os
import re
from collections.abc import Container
from pathlib import Path
from typing import Protocol
from urllib.parse import quote

from scanner.collect.cluster.origin import rendered
from scanner.collect.cluster.slim import REDACTED
from scanner.collect.interface import Location as Place
from scanner.findings.model import Shown, Subject
from scanner.report.interface import drift_text
from scanner.report.repository import find_root, read_checkout
from scanner.report.sarif.descriptors import sentence
from scanner.report.sarif.model import (
    Artifact,
    ArtifactLocation,
    Content,
    Location,
    LogicalLocation,
    Message,
    PhysicalLocation,
    Region,
    VersionControlDetails,
)

SCAN_ROOT, REPOSITORY_ROOT, CLUSTER = "%SRCROOT%", "%REPOROOT%", "%CLUSTER%"
_LONGEST_TEXT = 256 << 10
"""Characters of a live object that are still written, so that its lines can be read."""
_ALL_TEXTS = 16 << 20
"""Characters of all of them together."""
_KEY = re.compile(r"\s*(?:- )*[^\s:'\"][^:'\"]*:(?=\s)")
_LONGEST_SNIPPET = 400
"""A longer line is generated or minified: nobody reads it in a report."""


def encode(path: str) -> str:
    """A path as a URI reference; bytes of a file name that are no UTF-8 keep their value."""
    try:
        data = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        data = path.encode("utf-8", "replace")
    return quote(data)


def encode_live(uri: str) -> str:
    """The place of a live object: encoded already, but with characters that not all readers allow."""
    return quote(uri, safe="/%")


class Files(Protocol):
    """One way to name files."""

    def location(self, uri: str) -> ArtifactLocation:
        """The file that findings call `uri`."""


class ScannedFiles:
    """Files relative to the folder of the scan, each listed once as an artifact."""

    def __init__(self, root: Path) -> None:
        self.artifacts: list[Artifact] = []
        self._room = _ALL_TEXTS
        self._known: dict[str, ArtifactLocation] = {}
        self._root = root
        self._repository = find_root(root)

    def location(self, uri: str) -> ArtifactLocation:
        """The file, by its index among the artifacts."""
        known = self._known.get(uri)
        if known is None:
            base = None if Path(uri).is_absolute() else SCAN_ROOT
            encoded = f"file://{encode(uri)}" if base is None else encode(uri)
            known = self._list(uri, encoded, base)
        return known

    def live(self, uri: str, shown: Shown | None) -> ArtifactLocation:
        """An object of a cluster, with its text if it is given and not too long."""
        known = self._known.get(uri)
        if known is None:
            known = self._list(uri, encode_live(uri), CLUSTER)
            text = _text(shown) if shown is not None else ""
            if 0 < len(text) <= min(_LONGEST_TEXT, self._room):
                self._room -= len(text)
                self.artifacts[known.index].contents = Content(text)
        return known

    def _list(self, uri: str, encoded: str, base: str | None) -> ArtifactLocation:
        known = self._known[uri] = ArtifactLocation(encoded, base, len(self.artifacts))
        self.artifacts.append(Artifact(ArtifactLocation(encoded, base), ["analysisTarget"]))
        return known

    def bases(self, live: bool) -> dict[str, ArtifactLocation]:
        """What the base identifiers mean; no path of this machine is told. `live`: a cluster's too."""
        bases = self._bases()
        if live:
            text = "Objects of the cluster, whose sources are not known: no files."
            bases[CLUSTER] = ArtifactLocation(description=Message(text))
        return bases

    def _bases(self) -> dict[str, ArtifactLocation]:
        scanned = ArtifactLocation(description=Message("The folder that the scan was started in."))
        if self._repository is None or self._repository == self._root:
            return {SCAN_ROOT: scanned}
        scanned.uri = f"{encode(self._root.relative_to(self._repository).as_posix())}/"
        scanned.uri_base_id = REPOSITORY_ROOT
        root = ArtifactLocation(description=Message("The root of the repository."))
        return {REPOSITORY_ROOT: root, SCAN_ROOT: scanned}

    def provenance(self) -> list[VersionControlDetails]:
        """The checkout that the files belong to, where its origin can be told."""
        if self._repository is None:
            return []
        checkout = read_checkout(self._repository)
        if not checkout.url:
            return []
        base = SCAN_ROOT if self._repository == self._root else REPOSITORY_ROOT
        return [
            VersionControlDetails(
                checkout.url,
                checkout.revision or None,
                checkout.branch or None,
                ArtifactLocation(uri_base_id=base),
            )
        ]


def _text(shown: Shown) -> str:
    """The YAML that findings count lines of, without the secrets that were found in it."""
    lines = rendered(shown.resource).split("\n")
    for line in shown.secret:
        if line <= len(lines):
            start = _KEY.match(lines[line - 1])
            lines[line - 1] = f"{start[0]} {REDACTED}" if start else ""
    return "\n".join(lines)


class RepositoryFiles:
    """Files relative to the repository's root, whatever folder the scan started in."""

    OUTSIDE = "outside-repository"

    def __init__(self, root: Path, live: Container[str] = ()) -> None:
        """`live`: the places of objects of a cluster, which are no files."""
        self._root = root
        self._live = live
        self._repository = os.path.realpath(find_root(root) or root)
        self._known: dict[str, ArtifactLocation] = {}

    def location(self, uri: str) -> ArtifactLocation:
        """The file below the root, links resolved; one outside is named by a folder that is none there."""
        known = self._known.get(uri)
        if known is None:
            path = encode_live(uri) if uri in self._live else encode(self._relative(uri))
            known = self._known[uri] = ArtifactLocation(path)
        return known

    def path(self, uri: str) -> Path:
        """The file itself."""
        return self._root / uri

    def _relative(self, uri: str) -> str:
        given = Path(os.path.realpath(self._root), os.path.normpath(uri))
        try:
            real = Path(os.path.realpath(given))
        except ValueError:
            real = given  # a name that no file can have
        for path in (real, given):
            if path.is_relative_to(self._repository):
                return path.relative_to(self._repository).as_posix()
        return f"{self.OUTSIDE}/{real.as_posix().lstrip('/')}"


class Objects:
    """Kubernetes objects and their namespaces, each listed once."""

    def __init__(self) -> None:
        self.listed: list[LogicalLocation] = []
        self._known: dict[tuple[str, str, str, str], LogicalLocation] = {}
        self._namespaces: dict[str, int] = {}

    def location(self, subject: Subject) -> LogicalLocation:
        """The object, by its index."""
        key = (subject.api_version, subject.kind, subject.namespace, subject.name)
        known = self._known.get(key)
        if known is None:
            parent = self._namespace(subject.namespace) if subject.namespace else -1
            name = qualified(subject)
            self.listed.append(LogicalLocation(name, subject.name, "resource", parent_index=parent))
            known = self._known[key] = LogicalLocation(name, index=len(self.listed) - 1)
        return known

    def _namespace(self, name: str) -> int:
        known = self._namespaces.get(name)
        if known is None:
            known = self._namespaces[name] = len(self.listed)
            self.listed.append(LogicalLocation(name, name, "namespace"))
        return known


def qualified(subject: Subject) -> str:
    """`prod/apps/v1/Deployment/api`; without the namespace where there is none."""
    namespace = f"{subject.namespace}/" if subject.namespace else ""
    return f"{namespace}{subject.api_version}/{subject.kind}/{subject.name}"


def region(place: Place) -> Region:
    """The first line of a place: the field itself, rather than everything below it."""
    if place.end_line == place.line:
        return Region(place.line, place.column, place.line, max(place.end_column, place.column))
    return Region(place.line, place.column, place.line)


def with_snippets(file: ArtifactLocation, place: Place, line: str) -> PhysicalLocation:
    """A place with its text and the line that it is on, where that may be quoted."""
    found = region(place)
    if not line or len(line) > _LONGEST_SNIPPET:
        return PhysicalLocation(file, found)
    end = None if found.end_column is None else found.end_column - 1
    found.snippet = Content(line[place.column - 1 : end])
    around = None if found.snippet.text == line else Region(place.line, snippet=Content(line))
    return PhysicalLocation(file, found, around)


def located(physical: PhysicalLocation, objects: list[LogicalLocation], place: Place) -> Location:
    """A place in a file and in the cluster's terms; says so when it is only near."""
    if not place.approximate:
        return Location(physical, objects)
    if drift := drift_text(place):
        return Location(
            physical,
            objects,
            Message(sentence(drift[:1].upper() + drift[1:])),
            {"approximate": True, "drift": place.drift},
        )
    message = Message("The nearest known place: the field's own line could not be told.")
    return Location(physical, objects, message, {"approximate": True})
