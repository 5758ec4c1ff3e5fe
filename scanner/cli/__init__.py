"""The command line: thin callers of the pipeline, one module a command."""

from __future__ import annotations

import sys


def main() -> None:
    """The command `kubeassay`."""
    if sys.argv[1:] == ["--version"]:  # answered without loading anything else
        from scanner import __version__

        print(f"kubeassay {__version__}")
        return
    try:
        import gc
        import os

        from scanner.cli.app import run
    except KeyboardInterrupt:  # from then on, `run` itself heeds interrupts
        print("\nkubeassay: interrupted", file=sys.stderr)
        sys.exit(130)

    gc.disable()  # a run is short, and what it reads lives to its end
    code = run()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)  # taking a large scan's objects apart one by one would only cost time
