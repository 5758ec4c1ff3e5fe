#!/usr/bin/env python3
"""See to it that the browser that end-to-end tests look at pages with is on this machine.

Where there is none it is installed as the system's package, for which one must be root on Debian or Ubuntu.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.browser import installed

INSTALL = ("apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core")


def main() -> int:
    """Print where it is."""
    try:
        print(installed())
        return 0
    except FileNotFoundError as error:
        if not shutil.which("apt-get") or os.geteuid() != 0:
            print(f"chromium.py: {error}", file=sys.stderr)
            return 1
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (("apt-get", "update"), INSTALL):
        if subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env=environment).returncode:
            print(f"chromium.py: {' '.join(command)} failed; its own words are above", file=sys.stderr)
            return 1
    print(installed())
    return 0


if __name__ == "__main__":
    sys.exit(main())
