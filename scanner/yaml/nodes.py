"""A YAML document as nodes that know where they stand: the exact, slower way to read one.

libyaml, through PyYAML, does the parsing. goyaml, which Kubernetes reads with, is a port of libyaml, so the
two agree on what is well-formed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Literal

import yaml
from msgspec import Struct

from scanner.yaml.model import Limits, YamlError
from scanner.yaml.source import place

_LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


class Fault(Exception):
    """A fault at an index of the text."""

    def __init__(self, message: str, at: int, remedy: str = "") -> None:
        super().__init__(message)
        self._message = message
        self._at = at
        self._remedy = remedy

    def located(self, text: str) -> YamlError:
        """The fault with its line and column."""
        return YamlError(self._message, *place(text, min(self._at, len(text))), self._remedy)


class Node(Struct, eq=False, gc=False):
    """A scalar, a sequence or a mapping. Where an alias stands, it is the node that the alias names.

    Nodes hold each other in no circle, so the garbage collector need not look at them.
    """

    kind: Literal["scalar", "sequence", "mapping"]
    start: int
    """The index of its first character in the text."""
    end: int
    """The index after its last character."""
    tag: str | None
    text: str = ""
    plain: bool = False
    entries: Sequence[Entry] = ()
    size: int = 1
    """How many nodes it holds, itself included, with every alias written out."""
    height: int = 1
    """How many levels it has, with every alias written out."""


class Entry(Struct, eq=False, gc=False):
    """An item of a sequence, or a key with its value."""

    start: int
    """Where the item or the key stands; for an alias, where the alias does."""
    end: int
    key: Node | None
    value: Node


def compose(text: str, limits: Limits) -> Node | None:
    """The root node of a text that holds at most one document, None if it holds none. Raises `Fault`."""
    loader = _LOADER(text)
    composer = _Composer(limits)
    try:
        while loader.check_event():
            event = loader.get_event()
            if take := composer.takes.get(type(event)):
                take(event)
    except yaml.MarkedYAMLError as error:
        raise _explained(error, text) from None
    finally:
        loader.dispose()
    return composer.root


class _Composer:
    """Builds nodes from events on a stack of its own, so that no depth of nesting can exhaust Python's."""

    def __init__(self, limits: Limits) -> None:
        self.root: Node | None = None
        self.takes: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.AliasEvent: self._alias,
            yaml.SequenceStartEvent: lambda event: self._begin(event, "sequence"),
            yaml.MappingStartEvent: lambda event: self._begin(event, "mapping"),
            yaml.SequenceEndEvent: self._end,
            yaml.MappingEndEvent: self._end,
        }
        self._limits = limits
        self._anchors: dict[str, Node] = {}
        self._open: list[tuple[Node, list[Entry]]] = []
        self._keys: list[tuple[Node, int] | None] = []
        self._values = 0
        self._expanded = 0

    def _scalar(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        node = Node("scalar", start, end, event.tag, event.value, not event.style)
        self._remember(event, node)
        self._add(node, start, end)

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        self._add(self._target(event.anchor, start), start, end)

    def _begin(self, event: Any, kind: Literal["sequence", "mapping"]) -> None:
        start = event.start_mark.index
        entries: list[Entry] = []
        node = Node(kind, start, start, event.tag, entries=entries)
        self._remember(event, node)
        self._open.append((node, entries))
        self._keys.append(None)
        self._check_depth(1, start)

    def _end(self, event: Any) -> None:
        node, entries = self._open.pop()
        self._keys.pop()
        start, end = event.start_mark.index, event.end_mark.index
        # libyaml ends a block collection where the next token starts, past comments
        node.end = entries[-1].end if start == end and entries else end
        self._add(node, node.start, node.end)

    def _remember(self, event: Any, node: Node) -> None:
        if event.anchor is not None:
            self._anchors[event.anchor] = node

    def _target(self, name: str, at: int) -> Node:
        node = self._anchors.get(name)
        if node is None:
            message = f"unknown anchor {name!r}"
            raise Fault(message, at, "anchors hold within one document, from where they stand")
        if any(node is container for container, _ in self._open):
            raise Fault(f"the value of anchor {name!r} contains itself", at)
        self._expanded += node.size
        if self._expanded > self._limits.max_alias_expansion:
            message = f"the aliases stand for more than {self._limits.max_alias_expansion} values"
            raise Fault(message, at, "write the values out, in several documents")
        return node

    def _add(self, node: Node, start: int, end: int) -> None:
        if not self._open:
            self.root = node
            return
        self._values += 1
        if self._values > self._limits.max_values:
            raise Fault(f"the document holds more than {self._limits.max_values:,} values", start, "split it")
        parent, entries = self._open[-1]
        parent.size += node.size
        parent.height = max(parent.height, node.height + 1)
        self._check_depth(node.height, start)
        if parent.kind == "sequence":
            entries.append(Entry(start, end, None, node))
        elif (key := self._keys[-1]) is None:
            self._keys[-1] = node, start
        else:
            self._keys[-1] = None
            entries.append(Entry(key[1], end, key[0], node))

    def _check_depth(self, height: int, at: int) -> None:
        if len(self._open) + height > self._limits.max_depth:
            raise Fault(f"values nest deeper than {self._limits.max_depth} levels", at)


def _explained(error: yaml.MarkedYAMLError, text: str) -> Fault:
    end = len(text.rstrip())
    # for what never ends, the place where it begins says more
    marks = [mark.index for mark in (error.problem_mark, error.context_mark) if mark and mark.index < end]
    problem = error.problem or "cannot be read"
    message = f"{error.context}: {problem}" if error.context else problem
    return Fault(message, marks[0] if marks else end, _remedy(problem, text))


def _remedy(problem: str, text: str) -> str:
    if "{{" in text:
        return "if this is a chart's template, scan the chart's folder: templates are rendered first"
    if "cannot start any token" in problem:
        return "indent with spaces; put quotes around a value that begins with @, `, % or a tab"
    if "mapping values are not allowed" in problem:
        return "put quotes around a value that holds ': ', or mend the indentation"
    return "mend the indentation, quotes or brackets here or just above"
