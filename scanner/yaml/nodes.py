"""A YAML document as nodes that know where they stand: the exact, slower way to read one.

libyaml, through PyYAML, does the parsing. goyaml, which Kubernetes reads with, is a port of libyaml, so the
two agree on what is well-formed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

import yaml

from scanner.yaml.model import Limits, YamlError
from scanner.yaml.source import place

Position = tuple[int, int]
"""A line and a column of the text, both from 0."""

_LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_ODD_BREAKS = re.compile("[\x85\u2028\u2029]")


@dataclass(slots=True, eq=False)
class Node:
    """A scalar, a sequence or a mapping. Where an alias stands, it is the node that the alias names."""

    kind: Literal["scalar", "sequence", "mapping"]
    start: Position
    end: Position
    tag: str | None
    text: str = ""
    plain: bool = False
    entries: list[Entry] = field(default_factory=list)
    size: int = 1
    """How many nodes it holds, itself included, with every alias written out."""
    height: int = 1
    """How many levels it has, with every alias written out."""


@dataclass(slots=True, eq=False)
class Entry:
    """An item of a sequence, or a key with its value."""

    start: Position
    """Where the item or the key stands; for an alias, where the alias does."""
    end: Position
    key: Node | None
    value: Node


def compose(text: str, limits: Limits) -> Node | None:
    """The root node of a text that holds at most one document, None if it holds none. Raises `YamlError`."""
    loader = _LOADER(text)
    composer = _Composer(_positions(text), limits)
    try:
        while loader.check_event():
            event = loader.get_event()
            take = composer.takes.get(type(event))
            if take is not None:
                take(event)
    except yaml.MarkedYAMLError as error:
        raise _explained(error, text) from None
    finally:
        loader.dispose()
    return composer.root


class _Composer:
    """Builds nodes from events on a stack of its own, so that no depth of nesting can exhaust Python's."""

    def __init__(self, position: Callable[[Any], Position], limits: Limits) -> None:
        self.root: Node | None = None
        self.takes: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.SequenceStartEvent: lambda event: self._begin(event, "sequence"),
            yaml.MappingStartEvent: lambda event: self._begin(event, "mapping"),
            yaml.SequenceEndEvent: self._end,
            yaml.MappingEndEvent: self._end,
        }
        self._position = position
        self._limits = limits
        self._anchors: dict[str, Node] = {}
        self._open: list[Node] = []
        self._keys: list[tuple[Node, Position] | None] = []
        self._expanded = 0

    def _scalar(self, event: Any) -> None:
        start = self._position(event.start_mark)
        end = self._position(event.end_mark)
        node = Node("scalar", start, end, event.tag, event.value, not event.style)
        self._remember(event, node)
        self._add(node, start, end)

    def _alias(self, event: Any) -> None:
        start = self._position(event.start_mark)
        self._add(self._target(event.anchor, start), start, self._position(event.end_mark))

    def _begin(self, event: Any, kind: Literal["sequence", "mapping"]) -> None:
        start = self._position(event.start_mark)
        node = Node(kind, start, start, event.tag)
        self._remember(event, node)
        self._open.append(node)
        self._keys.append(None)
        self._check_depth(1, start)

    def _end(self, event: Any) -> None:
        node = self._open.pop()
        self._keys.pop()
        start = self._position(event.start_mark)
        end = self._position(event.end_mark)
        # libyaml ends a block collection where the next token starts, past comments
        node.end = node.entries[-1].end if start == end and node.entries else end
        self._add(node, node.start, node.end)

    def _remember(self, event: Any, node: Node) -> None:
        if event.anchor is not None:
            self._anchors[event.anchor] = node

    def _target(self, name: str, at: Position) -> Node:
        node = self._anchors.get(name)
        if node is None:
            raise YamlError(
                f"unknown anchor {name!r}", *at, "anchors hold within one document, from where they stand"
            )
        if node in self._open:
            raise YamlError(f"the value of anchor {name!r} contains itself", *at)
        self._expanded += node.size
        if self._expanded > self._limits.max_alias_expansion:
            message = f"the aliases stand for more than {self._limits.max_alias_expansion} values"
            raise YamlError(message, *at, "write the values out, in several documents")
        return node

    def _add(self, node: Node, start: Position, end: Position) -> None:
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        parent.size += node.size
        parent.height = max(parent.height, node.height + 1)
        self._check_depth(node.height, start)
        if parent.kind == "sequence":
            parent.entries.append(Entry(start, end, None, node))
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = node, start
        else:
            self._keys[-1] = None
            parent.entries.append(Entry(key[1], end, key[0], node))

    def _check_depth(self, height: int, at: Position) -> None:
        if len(self._open) + height > self._limits.max_depth:
            raise YamlError(f"values nest deeper than {self._limits.max_depth} levels", *at)


def _positions(text: str) -> Callable[[Any], Position]:
    """How to read a mark.

    libyaml takes three more characters for line breaks, and puts the end of a text without a last line break
    on the line after.
    """
    if text.endswith("\n") and not _ODD_BREAKS.search(text):
        return lambda mark: (mark.line, mark.column)
    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def position(mark: Any) -> Position:
        index = min(mark.index, len(text))
        line = bisect_right(starts, index) - 1
        return line, index - starts[line]

    return position


def _explained(error: yaml.MarkedYAMLError, text: str) -> YamlError:
    end = len(text.rstrip())
    # for what never ends, the place where it begins says more
    marks = [mark.index for mark in (error.problem_mark, error.context_mark) if mark and mark.index < end]
    problem = error.problem or "cannot be read"
    message = f"{error.context}: {problem}" if error.context else problem
    return YamlError(message, *place(text, marks[0] if marks else end), _remedy(problem, text))


def _remedy(problem: str, text: str) -> str:
    if "{{" in text:
        return "if this is a chart's template, scan the chart's folder: templates are rendered first"
    if "cannot start any token" in problem:
        return "indent with spaces; put quotes around a value that begins with @, `, % or a tab"
    if "mapping values are not allowed" in problem:
        return "put quotes around a value that holds ': ', or mend the indentation"
    return "mend the indentation, quotes or brackets here or just above"
