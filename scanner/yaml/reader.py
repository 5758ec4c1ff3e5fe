"""Reads YAML and JSON files as the Kubernetes API server does, document by document."""

from __future__ import annotations

from collections.abc import Iterator

from scanner.yaml import exact, fast, objects, source
from scanner.yaml.model import Document, Limits, ReadError, ReadResult, YamlError

__all__ = ["Document", "Limits", "ReadError", "ReadResult", "read"]

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
        return ReadResult((), (_error(error, 1),))
    documents: list[Document] = []
    errors: list[ReadError] = []
    all_plain = fast.is_plain(text)
    for start, piece in source.split(text):
        for line, own, value in _values(piece, limits, all_plain):
            if isinstance(value, YamlError):
                errors.append(_error(value, start + line))
            elif value is not None:
                documents.append(Document(value, start + line, own))
    return ReadResult(tuple(documents), tuple(errors))
