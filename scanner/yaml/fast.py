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
        # anchors and aliases, whose expansion must be bounded, and tags
        r"[&*](?<![^\s,\[{].)\S|!(?<![^\s,\[{].)",
        # numbers: 1_000, 1e3, 0o17, 0x1F, 08, +.5, .inf and such as need more than 64 bits
        r"""(?x) [-+.0-9] (?<! [^\s,\[{]. ) (?:
              [0-9.]* _ [-+.0-9a-zA-Z_]*
            | [0-9.]* (?<=[0-9.]) [eE] [-+]? [0-9_]+
            | (?: (?<=0) | (?<=[-+]) 0 ) (?: [oOxX] [0-9a-fA-F_]+ | [0-7]* [89] [0-9.]* )
            | (?<=[-+]) \. [0-9]+
            | [0-9]{18,}
            | \.? (?<=\.) [iInN] [a-zA-Z]+
            ) [\s,\]}:]""",
        # complex keys and keys without text
        r"\?(?<![^\s,\[{].)|:(?<![^\s,\[{].)\s|:[,\[\]{}]",
        # tabs where indentation may stand, and directives
        r"\t(?<![^\s:-].)|^%",
        # block scalars with an indentation indicator, or with the header on a line of its own
        r"[|>](?<=\s.)[-+]?[1-9]|^ *[|>][-+]? *(?:#.*)?$",
        # halves of surrogate pairs
        r"\\u[dD][89a-fA-F]",
        # line breaks of YAML 1.1 that no editor counts, and byte order marks
        "[\x85\u2028\u2029\ufeff]",
    )
]
_KEY_WITHOUT_COLON_AND_SPACE = re.compile(
    r"[\"'\]}]:\S|[{,]\s*(?:[^\s{},:]|:(?!\s))(?:[^{},:]|:(?!\s))*[,}]"
)
_WHOLE_FLOAT = re.compile(r"\.0[,}\]]")
_encode = msgspec.json.Encoder(order="sorted").encode


class Doubt(Exception):
    """The text is better left to the exact reader."""


def is_plain(text: str) -> bool:
    """Whether nothing in the text is of a kind that libfyaml reads in its own way."""
    return libfyaml is not None and not any(corner.search(text) for corner in _CORNERS)


def load(text: str) -> Any:
    """The value of a plain text that holds one document. Raises `Doubt`."""
    if not text.endswith("\n") and ("|" in text or ">" in text):
        raise Doubt  # libfyaml would end a block scalar with a line feed that is not there
    try:
        parsed = libfyaml.loads(text, mode="yaml1.1", dedup=False, trim=False, collect_diag=True)
        value = parsed.to_python()
        if not isinstance(value, dict):
            raise Doubt  # a list may be libfyaml's list of faults
        json = _encode(value).decode()
    except (ValueError, TypeError) as error:
        raise Doubt from error  # broken, or with keys that are not text, which the encoder cannot sort
    keys = _count_keys(json)
    if not _accounts_for_keys(text, keys) and _count_keys(parsed.dump(mode="json")) != keys:
        raise Doubt
    if _WHOLE_FLOAT.search(json):
        raise Doubt
    return value


def _accounts_for_keys(text: str, keys: int) -> bool:
    """Whether the text has no more keys than were read: then none is there twice.

    It can have more colons than keys, in comments and scalars: then this cannot tell.
    """
    colons = text.count(": ") + text.count(":\n") + text.count(":\t") + text.endswith(":")
    return colons == keys and not ("{" in text and _KEY_WITHOUT_COLON_AND_SPACE.search(text))


def _count_keys(json: str) -> int:
    """The keys of a JSON text; one that ends in a backslash is not counted."""
    return json.count('":') - json.count('\\":')
