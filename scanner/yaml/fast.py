"""The quick way to read a plain document: libfyaml, where it is known to read as Kubernetes does.

It is a young library with a reading of its own in some corners, so a text that touches one of them is not
given to it, and what it returns is checked. In every doubt the exact reader decides. What remains is that it
takes some texts for well-formed that are not, such as a scalar indented no more than its key.
"""

from __future__ import annotations

import re
from typing import Any

import msgspec

try:
    import libfyaml
except ImportError:  # there is no wheel for this platform
    libfyaml = None

_AT_START = r"(?<![^\s,\[{].)"
"""Looks back from one character: it stands where a value or a key may begin."""

# Each begins with one rare character and looks back from there, which makes the search fast.
_CORNERS = [
    re.compile(pattern, re.MULTILINE)
    for pattern in (
        # anchors and aliases, whose expansion must be bounded, merge keys and tags
        rf"&{_AT_START}(?!&\s)\S",
        rf"\*{_AT_START}\S",
        rf"<{_AT_START}<",
        rf"!{_AT_START}(?!=\s)",
        # numbers: 1_000, 1e3, 0o17, 0x1F, 08, +.5, .inf and such as need more than 64 bits
        rf"""(?x) [-+.0-9] {_AT_START} (?:
              [0-9.]* _ [-+.0-9a-zA-Z_]*
            | [0-9.]* (?<=[0-9.]) [eE] [-+]? [0-9_]+
            | (?: (?<=0) | (?<=[-+]) 0 ) (?: [oOxX] [0-9a-fA-F_]+ | [0-7]* [89] [0-9.]* )
            | (?<=[-+]) \. [0-9]+
            | [0-9]{{18,}}
            | \.? (?<=\.) [iInN] [a-zA-Z]+
            ) (?![^\s,\]}}:])""",
        # complex keys and keys without text
        rf"\?{_AT_START}",
        rf":{_AT_START}\s",
        r":(?<![\"'}\]].)[,\[\]{}]",
        # tabs where indentation may stand, and directives
        r"\t(?<![^\s:-].)",
        r"%(?<![^\n].)",
        # block scalars with an indentation indicator, or with a header that does not follow ': ' or '- '
        r"\|(?<=\s.)[-+]?[0-9]",
        r">(?<=\s.)[-+]?[0-9]",
        r"\|(?<![:-] .)[-+]? *(?:#.*)?$",
        r">(?<![:-] .)[-+]? *(?:#.*)?$",
        # halves of surrogate pairs
        r"\\u[dD][89a-fA-F]",
        # long stretches of white space, over which libfyaml takes time that grows with their square
        " " * 256,
        r"\n\s{256}",
    )
]
_ODD_CHARACTERS = re.compile("[\x85\u2028\u2029\ufeff]")
_ALONE = r"\s*(?:[^\s{},:]|:(?!\s))(?:[^{},:]|:(?!\s))*[,}]"
# keys that no colon with a space follows, as in {"a":1} and {a, b}
_HIDDEN_KEYS = [
    re.compile(pattern)
    for pattern in (
        r"\":\S",
        r"':\S",
        r"\]:\S",
        r"\}:\S",
        rf"\{{(?:[^{{}}]*,)?{_ALONE}",
        rf"\}}[\s\]]*,(?:[^{{}}]*,)?{_ALONE}",
    )
]
_WHOLE_FLOAT = re.compile(r"\.0[,}\]]"), re.compile(r"[:,\[]-?[0-9]+\.0[,}\]]")
_encode = msgspec.json.Encoder(order="sorted").encode


class Doubt(Exception):
    """The text is better left to the exact reader."""


def is_plain(text: str) -> bool:
    """Whether nothing in the text is of a kind that libfyaml reads in its own way."""
    if libfyaml is None or (not text.isascii() and _ODD_CHARACTERS.search(text)):
        return False
    return not any(corner.search(text) for corner in _CORNERS)


def load(text: str) -> Any:
    """The value of a plain text that holds one document. Raises `Doubt`."""
    if not text.endswith("\n") and ("|" in text or ">" in text):
        raise Doubt  # libfyaml would end a block scalar with a line feed that is not there
    try:
        parsed = libfyaml.loads(text, mode="yaml1.1", dedup=False, trim=False, collect_diag=True)
        value = parsed.to_python()
        # a list may be libfyaml's list of faults
        if isinstance(value, dict) and _is_sound(text, parsed, value):
            return value
    except (ValueError, TypeError, RuntimeError, SystemError) as error:
        raise Doubt from error
    raise Doubt


def _is_sound(text: str, parsed: Any, value: dict[str, Any]) -> bool:
    """Whether no key is there twice, and no number is whole but for its point.

    Raises `TypeError` if a key is not text, for then the encoder cannot sort the keys.
    """
    json = _encode(value).decode()
    keys = _count_keys(json)
    if not _accounts_for_keys(text, keys) and _count_keys(parsed.dump(mode="json")) != keys:
        return False
    return not all(sign.search(json) for sign in _WHOLE_FLOAT)


def _accounts_for_keys(text: str, keys: int) -> bool:
    """Whether the text has no more keys than were read: then none is there twice.

    It can have more colons than keys, in comments and scalars: then this cannot tell.
    """
    colons = text.count(": ") + text.count(":\n") + text.count(":\t") + text.endswith(":")
    return colons == keys and not ("{" in text and any(hidden.search(text) for hidden in _HIDDEN_KEYS))


def _count_keys(json: str) -> int:
    """The keys of a JSON text; one that ends in a backslash is not counted."""
    return json.count('":') - json.count('\\":')
