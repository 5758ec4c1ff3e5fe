"""The map in a real browser: it opens without a complaint, shows its document, and is used by keys alone."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from scanner.network.map import render
from tests.browser import Browser, installed
from tests.network.map_sample import HOSTILE, empty, sample

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parents[2]
DESKTOP, PHONE = (1440, 900), (390, 844)
LOADED = "performance.getEntriesByType('navigation')[0].loadEventEnd"
CHIPS = "[...document.querySelectorAll('.chip')]"
COUNTS = "[...document.querySelectorAll('#details h3 .count')].map((count) => Number(count.innerText))"
ROWS = (
    "[...document.querySelectorAll('tbody tr')].map(({ cells }) => [cells[0].innerText, cells[1].innerText])"
)
ON_A_LINE = """(() => {
  const line = document.querySelector('.bundle .hit');
  const point = line.getPointAtLength(line.getTotalLength() * 0.7).matrixTransform(line.getScreenCTM());
  return [point.x, point.y];
})()"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    try:
        program = installed()
    except FileNotFoundError as error:
        pytest.fail(str(error), pytrace=False)
    with Browser(program) as browser:
        yield browser


def shown(browser: Browser, folder: Path, document: dict[str, Any], size: tuple[int, int] = DESKTOP) -> None:
    page = folder / "map.html"
    page.write_text(render(document), encoding="utf-8")
    browser.open(page, *size)


def text(browser: Browser, selector: str) -> str:
    return str(browser.js(f"document.querySelector({selector!r}).innerText"))


def settle(browser: Browser) -> None:
    browser.js("new Promise((done) => setTimeout(done, 80))")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
@pytest.mark.parametrize(
    "document",
    [empty(), sample(8), sample(60), sample(200), sample(200, guarded=0), sample(24, hostile=True)],
    ids=["empty", "8", "60", "200", "open", "hostile"],
)
def test_opens_without_a_complaint(
    browser: Browser, tmp_path: Path, document: dict[str, Any], size: tuple[int, int]
) -> None:
    shown(browser, tmp_path, document, size)
    for control in ("open", "uncertain", "names", "lines"):
        browser.js(f"document.getElementById('{control}').click()")
    settle(browser)
    assert browser.complaints() == []
    assert browser.js("document.documentElement.scrollWidth <= window.innerWidth")
    assert browser.js("document.querySelectorAll('.chip').length") >= len(document["workloads"])


def test_the_command_draws_the_example(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "parcels.html"
    command = ["-m", "scanner", "network", "map", str(ROOT / "examples" / "parcels"), "-o", str(page)]
    subprocess.run([sys.executable, *command], check=True, capture_output=True)
    browser.open(page, *DESKTOP)
    assert browser.complaints() == []
    browser.js(f"{CHIPS}.find((chip) => chip.title.startsWith('Deployment storefront')).click()")
    settle(browser)
    assert "NetworkPolicy/parcels/storefront#ingress[0]" in text(browser, "#details")


def test_names_are_text_alone(browser: Browser, tmp_path: Path) -> None:
    shown(browser, tmp_path, sample(24, hostile=True))
    names = browser.js("[...document.querySelectorAll('.chip .label')].map((label) => label.textContent)")
    assert set(HOSTILE) <= set(names)
    assert browser.js("document.querySelectorAll('img, iframe, script').length") == 2
    assert "owned" in browser.js("document.title")  # the name itself, in the title of the document
    assert browser.js("document.title") == sample(24, hostile=True)["title"]


def test_a_line_opens_into_ports_and_reasons(browser: Browser, tmp_path: Path) -> None:
    shown(browser, tmp_path, sample(8))
    browser.click(*browser.js(ON_A_LINE))
    settle(browser)
    told = text(browser, "#details")
    assert "TCP 443" in told
    assert "NetworkPolicy " in told
    assert "Enters because" in told


def test_a_workload_shows_its_own_connections(browser: Browser, tmp_path: Path) -> None:
    document = sample(60)
    shown(browser, tmp_path, document)
    browser.js(f"{CHIPS}.find((chip) => chip.title.startsWith('Deployment web')).click()")
    settle(browser)
    name = text(browser, "#details .kind .link") + "/web"
    own = f"{name}[Deployment]"
    wanted = sum(
        len(edge["to"]) * (own in edge["from"]) + len(edge["from"]) * (own in edge["to"])
        for edge in document["edges"]
    )
    assert sum(browser.js(COUNTS)) == wanted
    rows = browser.js(ROWS)
    assert rows
    assert all(name in row for row in rows)


def test_search_finds_ports(browser: Browser, tmp_path: Path) -> None:
    document = sample(60)
    shown(browser, tmp_path, document)
    browser.js("document.getElementById('query').focus()")
    browser.call("Input.insertText", text="9090")
    settle(browser)
    wanted = sum(len(e["from"]) * len(e["to"]) for e in document["edges"] if "9090" in e["ports"])
    assert wanted
    assert f"of {wanted}" in text(browser, "#table .bar") or f"to {wanted}" in text(browser, "#table .bar")


def test_keys_alone_suffice(browser: Browser, tmp_path: Path) -> None:
    shown(browser, tmp_path, sample(8))
    focus = "document.activeElement.className.baseVal ?? document.activeElement.className"
    stops = []
    for _ in range(14):
        browser.press("Tab")
        stops.append(browser.js(focus))
    assert sum("bundle" in stop for stop in stops) == 1  # one stop for all lines, and one for all boxes
    assert sum(stop in ("name", "chip") for stop in stops) == 1
    browser.js("document.querySelector('.bundle').focus()")
    browser.press("ArrowDown")
    browser.press("Enter")
    assert browser.js("document.activeElement.id") == "details"
    assert "because" in text(browser, "#details")
    browser.press("Escape")
    assert "bundle" in browser.js(focus)
    assert "How to read this" in text(browser, "#details")


def test_40000_connections_open_within_a_second(browser: Browser, tmp_path: Path) -> None:
    shown(browser, tmp_path, sample(200, guarded=0))
    assert browser.js(LOADED) < 1000


def test_40000_edges_of_their_own_open(browser: Browser, tmp_path: Path) -> None:
    document = sample(200, guarded=0)
    edge = {**document["edges"][0], "open_by_default": False}
    apart = [{**edge, "from": [one], "to": [other]} for one in edge["from"] for other in edge["to"]]
    shown(browser, tmp_path, {**document, "edges": apart})
    assert browser.js(LOADED) < 5000
    assert browser.complaints() == []
