"""The places of a JSON document, told from its brackets."""

from __future__ import annotations

import json
import re

from scanner.yaml.places import Place, Places

_STRING = r'"(?:[^"\\]|\\.)*+"'
_ENTRY = re.compile(
    rf"""(?x) [\s,]*+ () (?:
        (?: ({_STRING}) \s*+ : \s*+ )?+                     # a key
        (?: ([\[{{]) | {_STRING} | [^\s,:\[\]{{}}"]++ )      # a value, or where one begins
      | ([\]}}])
      | (.)                                                 # what JSON does not have
    )"""
)


def scan(text: str) -> Places | None:
    """The places of a text, or None if it is not one JSON object.

    A YAML mapping in braces may pass for one; its places then have another shape than its value.
    """
    root: Place | None = None
    outer: list[Place] = []
    line = line_start = seen = 0
    for match in _ENTRY.finditer(text):
        _, key, opening, closing, trouble = match.groups()
        start, end = match.start(1), match.end()
        if newlines := text.count("\n", seen, start):
            line += newlines
            line_start = text.rfind("\n", seen, start) + 1
        seen = start
        if closing and outer:
            place = outer.pop()
            place.end_line, place.end_column = line, end - line_start
            continue
        if trouble or closing or (root and not outer):
            return None
        place = Place(line, start - line_start, line)
        if root is None:
            root = place
        elif isinstance(children := outer[-1].children, list) and not key:
            children.append(place)
        elif isinstance(children, dict) and key:
            children[json.loads(key) if "\\" in key else key[1:-1]] = place
        else:
            return None
        if opening:
            place.children = {} if opening == "{" else []
            outer.append(place)
        else:
            breaks = text.count("\n", start, end)
            place.end_line = line + breaks
            place.end_column = end - (text.rfind("\n", start, end) + 1 if breaks else line_start)
    return Places(root, []) if root and not outer else None
