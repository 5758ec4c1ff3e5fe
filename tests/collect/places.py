"""Expected places of fields, by the text of their line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from scanner.collect.interface import Collection
from scanner.collect.interface import Path as FieldPath


@dataclass(frozen=True)
class Place:
    """Where a field of an object is expected."""

    field: str
    """`Kind/name`, then the path, with dots; `~1` stands for a dot in a key."""
    file: str
    """The file, below the folder of the source."""
    text: str
    """Its line begins so."""
    approximate: bool = False

    def __str__(self) -> str:
        return self.field


def path_of(field: str) -> FieldPath:
    """The path of a field."""
    keys = (key.replace("~1", ".") for key in field.partition(" ")[2].split(".") if key)
    return tuple(int(key) if key.isdigit() else key for key in keys)


def fields(value: object, path: FieldPath = ()) -> list[FieldPath]:
    """The paths of everything in a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(each for key, child in inner for each in fields(child, (*path, key)))]


def check(collection: Collection, place: Place, cwd: Path) -> None:
    """The field stands at its place, and that line of that file is what it should be."""
    kind, _, name = place.field.partition(" ")[0].partition("/")
    [resource] = [each for each in collection.resources if (each.kind, each.name) == (kind, name)]
    found = resource.origin.locate(path_of(place.field))
    assert (found.uri, found.snippet.strip()[: len(place.text)]) == (place.file, place.text)
    assert found.approximate == place.approximate
    line = (cwd / found.uri).read_bytes().decode().replace("\r", "").split("\n")[found.line - 1]
    assert line == found.snippet
    assert 1 <= found.column < found.end_column <= len(line) + 1
