"""Our reading of YAML equals the API server's own library."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from scanner.yaml import read

pytestmark = pytest.mark.e2e
READINGS = Path(__file__).parent.parent / "yaml" / "readings.jsonl"
TEXTS = [json.loads(line)["yaml"] for line in READINGS.read_text(encoding="utf-8").splitlines()]


def number(text: str) -> int | float:
    """Go writes a float of more than 64 bits without a point."""
    return int(text) if -(2**63) <= int(text) < 2**64 else float(text)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: repr(text)[:40])
def test_reading(text: str, yamlread: Path) -> None:
    done = subprocess.run([yamlread], input=text.encode(), capture_output=True, check=True, timeout=30)
    theirs = [json.loads(line, parse_int=number) for line in done.stdout.splitlines()]
    ours = read(text.encode())
    if any("error" in each for each in theirs):
        assert ours.errors
        return
    assert not ours.errors
    assert [document.value for document in ours.documents] == [
        each["json"] for each in theirs if each["json"] is not None
    ]
