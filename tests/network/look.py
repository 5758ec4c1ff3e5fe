#!/usr/bin/env python3
"""Pictures of the map in a real browser, for a person to look at: `python -m tests.network.look FOLDER`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from scanner.network.map import render
from tests.browser import Browser, installed
from tests.network.map_sample import sample

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
DOCUMENTS = {
    "8": lambda: sample(8),
    "60": lambda: sample(60),
    "200": lambda: sample(200),
    "200-open": lambda: sample(200, guarded=0),
    "hostile": lambda: sample(24, hostile=True),
}


def main() -> int:
    """Write FOLDER/<document>-<size>-<light or dark>.png, and say what the console said."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=DOCUMENTS)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    complaints = []
    with Browser(installed()) as browser:
        for name, made in DOCUMENTS.items():
            if options.only not in (None, name):
                continue
            page = (options.folder / f"{name}.html").absolute()
            page.write_text(render(made()), encoding="utf-8")
            for size, (width, height) in SIZES.items():
                for dark in (False, True):
                    browser.open(page, width, height, dark)
                    scheme = "dark" if dark else "light"
                    browser.picture(options.folder / f"{name}-{size}-{scheme}.png", whole=size == "phone")
                    complaints += browser.complaints()
    print(*complaints, sep="\n")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
