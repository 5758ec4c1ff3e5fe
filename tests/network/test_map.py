"""The map is one file: it holds its document, nothing of it runs, and nothing is loaded."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from typing import Any

import pytest

from scanner.network.map import render
from tests.network.map_sample import HOSTILE, empty, sample

DOCUMENTS = [empty(), sample(8), sample(200), sample(200, guarded=0), sample(24, hostile=True)]


def embedded(page: str) -> str:
    (found,) = re.findall(r'<script type="application/json" id="document">(.*?)</script>', page, re.DOTALL)
    return str(found)


def inside(page: str, tag: str) -> str:
    (found,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
    return str(found)


def policy(page: str) -> dict[str, str]:
    (found,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    parts = (part.strip().partition(" ") for part in found.split(";"))
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_document_comes_back(document: dict[str, Any]) -> None:
    assert json.loads(embedded(render(document))) == document


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_ends_no_element(name: str) -> None:
    page = render({**empty(), "title": name, "notes": [name], "generated_from": [name]})
    assert not re.search("[<>&\u2028\u2029]", embedded(page))
    assert page.count("</script>") == 2
    assert "<img" not in page
    assert html.unescape(inside(page, "title")) == name


def test_a_name_fills_no_hole_of_the_page() -> None:
    page = render({**empty(), "title": "{{script}}{{document}}"})
    assert inside(page, "title") == "{{script}}{{document}}"


def test_half_a_surrogate_pair_can_be_written() -> None:
    render({**empty(), "title": "a\ud800", "notes": ["b\udfff"]}).encode()


def test_nothing_runs_but_our_own_script() -> None:
    page = render(sample(8))
    allowed = policy(page)
    for directive, tag in (("script-src", "script"), ("style-src", "style")):
        digest = base64.b64encode(hashlib.sha256(inside(page, tag).encode()).digest()).decode()
        assert allowed[directive] == f"'sha256-{digest}'"
    assert allowed["default-src"] == "'none'"
    assert allowed["base-uri"] == allowed["form-action"] == "'none'"
    assert not re.search(r"\sstyle=|\son\w+=|javascript:", re.sub(r"(?s)<script.*?</script>", "", page))


def test_nothing_is_loaded() -> None:
    page = render(sample(60))
    script, style = inside(page, "script"), inside(page, "style")
    assert not re.search(r"https?://", page.replace("http://www.w3.org/2000/svg", ""))
    assert not re.search(r"\b(fetch|import|XMLHttpRequest|WebSocket|innerHTML|eval)\b", script)
    assert not re.search(r"url\(|@import", style)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render(sample(60)) == render(sample(60))


def test_an_edge_to_nowhere_is_an_error() -> None:
    document = sample(8)
    document["edges"][0]["to"].append("shop/gone[Deployment]")
    with pytest.raises(ValueError, match=r"shop/gone\[Deployment\]"):
        render(document)


def test_a_cluster_where_all_reaches_all_is_small() -> None:
    assert len(render(sample(200, guarded=0))) < 200_000
