"""The values of reading: what a document is, what can be wrong with one, and how much is read of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from msgspec import Struct

Path = Sequence[str | int]
"""The way to a value from its document's root: keys of mappings and positions in sequences."""


@dataclass(frozen=True, slots=True)
class Document:
    """One YAML or JSON document of a file."""

    value: Any
    """What it holds, as the API server reads it: dict, list, str, int, float or bool. Not to be changed."""
    start: int
    """The line of the file, counted from 1, at which `text` begins."""
    text: str
    """Its own text: line n of it is line `start + n - 1` of the file. Line breaks are line feeds."""


@dataclass(frozen=True, slots=True)
class ReadError:
    """Why a document, or a whole file, could not be read."""

    message: str
    line: int | None
    """The line of the file, counted from 1; None where the fault has no place."""
    column: int | None
    """The column, in characters counted from 1."""
    remedy: str
    """What to do about it; empty where nothing more can be said."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The documents of a file that could be read, and an error for each that could not, both in order."""

    documents: tuple[Document, ...]
    errors: tuple[ReadError, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read before a file is refused; hostile input must cost neither time nor memory."""

    max_bytes: int = 64 * 1024 * 1024
    """The size of a file."""
    max_documents: int = 100_000
    """The documents of a file."""
    max_depth: int = 100
    """How deep values may nest, with aliases written out; engines take no more than 127 levels."""
    max_values: int = 2_000_000
    """How many values a document may hold that only the exact reader can read."""
    max_alias_expansion: int = 100_000
    """How many values the aliases of a document may stand for."""


class Span(Struct, frozen=True):
    """A stretch of a file; lines and columns are counted from 1."""

    line: int
    column: int
    end_line: int
    end_column: int
    """The column after the last character."""
    exact: bool = True
    """False if the path asked for does not exist, and this is its nearest ancestor."""


class YamlError(Exception):
    """A fault of a text, at a line and a column of it, both from 0, where it has a place."""

    def __init__(
        self, message: str, line: int | None = None, column: int | None = None, remedy: str = ""
    ) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        self.column = column
        self.remedy = remedy
