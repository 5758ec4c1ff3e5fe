"""The example application: what is marked as a fault is found on that very line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from scanner.cli.app import run

EXAMPLES = Path(__file__).parents[1] / "examples"
MARK = re.compile(r"\s*# (fault|justified): ")
Line = tuple[str, str]
"""A file, and the text of a line before the mark."""

FOUND_ELSEWHERE: dict[Line, str] = {
    ("parcels/chart/values.yaml", "enabled: false"): (
        "the policy that is missing has no line; its namespace, where others put objects too, is at fault"
    ),
    ("parcels/chart/values.yaml", "tuneKernel: true"): (
        "the value switches a block of the subchart on; the fault is in the block, and is marked there"
    ),
    ("parcels/manifests/config.yaml", "stringData:"): (
        "a Secret of a cluster has its values; only in a manifest is that a fault"
    ),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, int]]:
    """Files and lines with a fault that is more than a suggestion, in a scan of the whole."""
    report = tmp_path_factory.mktemp("examples") / "found.json"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(EXAMPLES)
        assert run(["scan", "--snapshot", "--no-config", "-q", "--exit-zero", "-o", f"json={report}"]) == 0
    result = json.loads(report.read_text())
    assert not result["notifications"]
    return {
        (finding["location"]["uri"], finding["location"]["start_line"])
        for finding in result["findings"]
        if finding["status"] == "fail" and finding["severity"] != "info"
    }


def marked() -> dict[tuple[str, int], Line]:
    lines: dict[tuple[str, int], Line] = {}
    for file in sorted(EXAMPLES.rglob("*.*")):
        name = file.relative_to(EXAMPLES).as_posix()
        for number, text in enumerate(file.read_text().splitlines() if file.suffix != ".md" else (), 1):
            if mark := MARK.search(text):
                lines[name, number] = (name, text[: mark.start()].strip())
    return lines


def test_what_is_marked_is_found(found: set[tuple[str, int]]) -> None:
    missing = {line for place, line in marked().items() if place not in found}
    assert missing == set(FOUND_ELSEWHERE)


def test_all_folders_have_marks() -> None:
    assert {Path(file).parts[1] for file, _ in marked()} == {"chart", "manifests", "overlays"}
