"""Reads YAML and JSON files as the Kubernetes API server does, document by document."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scanner.yaml import exact, fast, objects, source
from scanner.yaml.model import Document, Limits, ReadError, ReadResult, YamlError

__all__ = ["Document", "Limits", "ReadError", "ReadResult", "read", "read_file"]

_DEFAULT = Limits()


def read(data: bytes, limits: Limits = _DEFAULT) -> ReadResult:
    """Read every document of a file; a broken one costs none of the others.

    Values are what `sigs.k8s.io/yaml` makes of the text, which is what kubectl sends to the API server, but
    for duplicate keys: of these the last would win in silence; here they are an error. What holds no value,
    only comments or null, is left out.
    """
    try:
        text = source.decode(data, limits)
    except YamlError as error:
        return ReadResult((), (_read_error(error, 1),))
    documents: list[Document] = []
    errors: list[ReadError] = []
    for start, piece, known in _pieces(text, limits):
        if len(documents) + len(errors) == limits.max_documents:
            message = f"the file holds more than {limits.max_documents:,} documents"
            errors.append(ReadError(message, start, 1, "split the file"))
            break
        try:
            value = _value(piece, limits) if known is None else known
        except YamlError as error:
            errors.append(_read_error(error, start))
        else:
            if value is not None:
                documents.append(Document(value, start, piece))
    return ReadResult(tuple(documents), tuple(errors))


def read_file(path: Path, limits: Limits = _DEFAULT) -> ReadResult:
    """`read` of a file; one that is too large is not even loaded. Raises OSError if it cannot be read."""
    with path.open("rb") as file:
        try:
            source.check_size(os.fstat(file.fileno()).st_size, limits)
        except YamlError as error:
            return ReadResult((), (_read_error(error, 1),))
        return read(file.read(), limits)


def _pieces(text: str, limits: Limits) -> Iterator[tuple[int, str, Any]]:
    """The first line and the text of each document, and the value of those that are JSON objects."""
    for start, piece in source.split(text):
        if objects.begin(piece):
            yield from objects.load(piece, start, limits)
        else:
            yield start, piece, None


def _value(text: str, limits: Limits) -> Any:
    if fast.is_plain(text):
        try:
            return fast.load(text)
        except fast.Doubt:
            pass
    return exact.load(text, limits)


def _read_error(error: YamlError, start: int) -> ReadError:
    line = None if error.line is None else start + error.line
    column = None if error.column is None else error.column + 1
    return ReadError(error.message, line, column, error.remedy)
