"""Where the keys and items of a document stand."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec


class Place(msgspec.Struct, eq=False, gc=False):
    """Where a key of a mapping, an item of a sequence or the root stands; lines and columns count from 0."""

    line: int
    column: int
    end_line: int
    """The last line of the value."""
    end_column: int | None = None
    """The column after the value; None where it is the end of the line, or a comment follows."""
    children: dict[str, Place] | list[Place] | None = None
    """The entries or items of the value; None where it has none, or where only the parser can tell."""
    value: Place | None = None
    """Where the value itself stands, if the parser told."""


@dataclass(slots=True, eq=False)
class Places:
    """The places of a document."""

    root: Place
    scalars: list[tuple[int, int]]
    """The lines of scalars, first and last, that may hold what looks like a comment."""
