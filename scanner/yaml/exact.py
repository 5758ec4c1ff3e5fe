"""From nodes to the values that the API server gets: any YAML, with the place of every fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scanner.yaml.model import Limits
from scanner.yaml.nodes import Entry, Fault, Node, compose
from scanner.yaml.scalars import MERGE_TAG, ScalarError, json_value, key_text, resolve


def load(text: str, limits: Limits) -> Any:
    """The value of a text that holds at most one document, None if it holds none. Raises `YamlError`."""
    try:
        root = compose(text, limits)
        return None if root is None else _value(root)
    except Fault as fault:
        raise fault.located(text) from None


def key_of(entry: Entry) -> str:
    """The key of a mapping's entry as JSON has it. Raises `Fault`."""
    key = entry.key
    if key is None or key.kind != "scalar":
        raise Fault("a key cannot be a list or a mapping", entry.start)
    try:
        return key_text(resolve(key.text, key.plain, key.tag))
    except ScalarError as error:
        raise Fault(str(error), entry.start, "put quotes around the key") from None


def is_merge(entry: Entry) -> bool:
    """Whether the entry's key is `<<`, which takes over the entries of other mappings."""
    key = entry.key
    return (
        key is not None and key.text == "<<" and key.tag in ((None, MERGE_TAG) if key.plain else (MERGE_TAG,))
    )


def merged(entry: Entry) -> Iterator[Node]:
    """The mappings that a merge key takes over, the one that counts most last. Raises `Fault`."""
    value = entry.value
    sources = [value] if value.kind == "mapping" else [item.value for item in reversed(value.entries)]
    if value.kind == "scalar" or any(source.kind != "mapping" for source in sources):
        raise Fault("a merge key (<<) takes a mapping or a list of mappings", entry.start)
    yield from sources


def _value(node: Node) -> Any:
    if node.kind == "mapping":
        return _mapping(node)
    if node.kind == "sequence":
        return [_value(item.value) for item in node.entries]
    try:
        return json_value(resolve(node.text, node.plain, node.tag))
    except ScalarError as error:
        raise Fault(str(error), node.start, "put quotes around the value") from None


def _mapping(node: Node) -> dict[str, Any]:
    value: dict[str, Any] = {}
    own: dict[str, Entry] = {}
    for entry in node.entries:
        if is_merge(entry):
            for source in merged(entry):
                value |= _mapping(source)
            continue
        key = key_of(entry)
        if key in own:
            raise Fault(f"duplicate key {key!r}", entry.start, "keep one: the API server takes the last")
        own[key] = entry
        value[key] = _value(entry.value)
    return value
