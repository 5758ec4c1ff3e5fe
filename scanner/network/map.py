"""The picture of who can reach whom: one HTML file that needs nothing else and loads nothing."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

SCHEMA = "kubeassay.network-map/v1"
_ASSETS = Path(__file__).parent / "assets"
_PARTS = ("model", "dom", "layout", "boxes", "curves", "marks", "details", "table", "main")
_HOLE = re.compile(r"\{\{(\w+)\}\}")
_ESCAPES = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}


def render(document: Mapping[str, Any]) -> str:
    """The HTML of a document of schema kubeassay.network-map/v1:

        {"schema": …, "title": str, "generated_from": [str],
         "workloads": [{"id", "namespace", "name", "kind": str, "pods": int,
                        "isolated": {"ingress": bool, "egress": bool}, "host_network": bool,
                        "uncertain": [reason], "entries": [{"kind", "name", "ports": str}]}],
         "outside": [{"id", "label": str, "public": bool}],
         "edges": [{"from": [id], "to": [id], "ports": str,
                    "because": {"egress": [reason], "ingress": [reason]},
                    "open_by_default": bool, "uncertain": bool}],
         "notes": [str]}

    An edge stands for each of `from` with each of `to`: so that a cluster where all reaches all is one edge.
    The same document gives the same bytes. It stands in the page as JSON, in the element `document`.

    Raises ValueError where an edge ends at something that is neither a workload nor outside.
    """
    from scanner.encode import encode

    known = {each["id"] for each in (*document["workloads"], *document["outside"])}
    for edge in document["edges"]:
        for end in (*edge["from"], *edge["to"]):
            if end not in known:
                raise ValueError(f"an edge of the map ends at {end!r}, which the map does not have")
    style = _asset("map.css")
    script = "".join(_asset(f"{part}.js") for part in _PARTS)
    holes = {
        "policy": _content_policy(script, style),
        "title": html.escape(json.loads(encode(document["title"]))),
        "style": style,
        "script": script,
        "document": encode(document).decode().translate(_ESCAPES),
    }
    return _HOLE.sub(lambda hole: holes[hole[1]], _asset("map.html"))


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _content_policy(script: str, style: str) -> str:
    """Nothing runs or applies but our own script and style, and nothing is loaded or sent."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
