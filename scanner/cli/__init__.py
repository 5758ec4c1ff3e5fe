"""The command line: thin callers of the pipeline, one module a command."""

from __future__ import annotations

import sys


def main() -> None:
    """The command `kubeassay`."""
    if sys.argv[1:] == ["--version"]:  # answered without loading anything else
        from scanner import __version__

        print(f"kubeassay {__version__}")
        return
    from scanner.cli.app import run

    sys.exit(run())
