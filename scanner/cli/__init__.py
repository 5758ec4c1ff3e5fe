"""The command line: thin callers of the pipeline, one module a command."""

from __future__ import annotations

import sys


def main() -> None:
    """The command `kubeassay`."""
    if sys.argv[1:] == ["--version"]:  # answered without loading anything else
        from scanner import __version__

        print(f"kubeassay {__version__}")
        return
    import gc

    from scanner.cli.app import run

    gc.disable()  # a run is short, and what it reads lives to its end
    sys.exit(run())
