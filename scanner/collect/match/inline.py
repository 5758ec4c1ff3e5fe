"""Values of charts that stand in an Application or a HelmRelease, with their lines if those can be told."""

from __future__ import annotations

from typing import Any

from scanner.collect.helm.options import Inline
from scanner.collect.interface import Origin, Path, Resource
from scanner.collect.manifests import DocumentOrigin, ItemOrigin
from scanner.collect.match.apps import App
from scanner.collect.paths import at as value_at
from scanner.collect.paths import reaches
from scanner.yaml import Document, Locator, read


def inline_of(app: App) -> tuple[Inline, ...]:
    """The values in the object itself, those that count less first."""
    return tuple(_inline(app.resource, path, values) for path, values in app.values)


def _inline(resource: Resource, path: Path, values: Any) -> Inline:
    origin: Origin = resource.origin
    base: Path = ()
    if isinstance(origin, ItemOrigin):
        base, origin = origin.base, origin.list_origin
    if not isinstance(origin, DocumentOrigin):
        return Inline(values)
    whole = (*base, *path)
    if isinstance(values, str):
        block = _block(origin.document, whole, values)
        return Inline(values, origin.uri, block) if block else Inline(values)
    if reaches(origin.document.value, whole) and value_at(origin.document.value, whole) == values:
        return Inline(values, origin.uri, origin.document, whole)
    return Inline(values)


def _block(document: Document, path: Path, text: str) -> Document | None:
    """A block of text inside a document as a document with its own lines; None if it is not written so."""
    span = Locator(document).find(path)
    lines = document.text.split("\n")[span.line - document.start + 1 : span.end_line - document.start + 1]
    own = read("\n".join(lines).encode()).documents
    meant = read(text.encode()).documents
    if len(own) != 1 or len(meant) != 1 or own[0].value != meant[0].value:
        return None
    return Document(own[0].value, span.line + own[0].start, own[0].text)
