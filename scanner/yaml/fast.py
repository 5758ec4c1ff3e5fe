"""The quick way to read a plain document: libfyaml, where it is known to read as Kubernetes does.

It is a young library with a reading of its own in some corners, so a text that touches one of them is not
given to it, and what it returns is checked. In every doubt the exact reader decides.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

try:
    import libfyaml
except ImportError:  # there is no wheel for this platform
    libfyaml = None

_CORNERS = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        # anchors, aliases (their expansion must be bounded) and tags
        r"[&*!](?<=[\s\[{,].)\S",
        # 1e3, 0o17, 1_000, +.5, 08, 1.0, .inf and numbers of more than 18 digits
        r"[0-9](?<=[\s\[{,+.-].)(?:[0-9._]*[eE_oO][-+0-9_]*|(?<=0)[0-9]*[89][0-9.]*|[0-9]*\.0*|[0-9]{18,})[\s,\]}:]",
        r"\.(?<=[\s\[{,+-].)[0-9iInN]",
        # a complex key, a key without text
        r"[?:](?<=[\s\[{,].)\s",
        # a quoted key without a space before its value, which the count of keys would miss
        r"[\"'\]}]:\S",
        # a block scalar with an indentation indicator, or with its header on a line of its own
        r"[|>][-+]?[1-9]|^ *[|>][-+]? *(?:#.*)?$",
        # half of a surrogate pair
        r"\\u[dD][89a-fA-F]",
        # characters that YAML 1.1 takes for line breaks or for a byte order mark
        "[\x85\u2028\u2029\ufeff]",
    )
]
_encode = msgspec.json.Encoder(order="sorted").encode


class Doubt(Exception):
    """The text is better read by the exact reader."""


def plain(text: str) -> bool:
    """Whether nothing in the text is of a kind that libfyaml reads in its own way."""
    return libfyaml is not None and not any(corner.search(text) for corner in _CORNERS)


def load(text: str) -> Any:
    """The value of a plain text that holds one document. Raises `Doubt`."""
    if not text.endswith("\n") and ("|" in text or ">" in text):
        raise Doubt  # libfyaml ends a block scalar with a line feed that is not there
    try:
        value = libfyaml.loads(text, mode="yaml1.1", dedup=False, trim=False, collect_diag=True).to_python()
        # a list may be a list of faults
        if not isinstance(value, dict):
            raise Doubt
        keys = _keys(_encode(value).decode())
    except (ValueError, TypeError, RecursionError) as error:
        raise Doubt from error
    if text.count(": ") + text.count(":\n") + text.count(":\t") + text.endswith(":") != keys: 
        ...
    return value
