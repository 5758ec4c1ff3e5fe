"""Writes reports: to standard output, or to files that appear whole or not at all."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from scanner.errors import UsageError, nearest
from scanner.files import write_file
from scanner.findings.model import ScanResult
from scanner.report.interface import Format, ReportOptions


@dataclass(frozen=True, slots=True)
class Output:
    """One `--output`: a format, and the file it goes to (None: standard output)."""

    format: str
    path: Path | None


def formats() -> dict[str, Path]:
    """The names of the formats and their files."""
    folder = Path(__file__).parent / "formats"
    return {
        path.stem.replace("_", "-"): path
        for path in sorted(folder.glob("*.py"))
        if not path.stem.startswith("_")
    }


def find_format(name: str) -> Format:
    """The module of a format.

    Raises UsageError with the nearest name.
    """
    known = formats()
    if name not in known:
        raise UsageError(
            f"no output format is called {name!r}", nearest(name, known) or f"there are: {', '.join(known)}"
        )
    module: Format = import_module(f"scanner.report.formats.{known[name].stem}")
    return module


def parse_outputs(texts: Sequence[str]) -> list[Output]:
    """`FORMAT` or `FORMAT=FILE`, each file once, standard output once.

    Raises UsageError for an unknown format, a file or standard output named twice, or a folder that
    is not there: before the scan, not after it.
    """
    outputs: list[Output] = []
    for text in texts:
        name, given, file = text.partition("=")
        if name not in formats():
            find_format(name)
        if given and not file:
            raise UsageError(f"--output {text}: the file's name is missing", f"write --output {name}=FILE")
        path = Path(file) if file and file != "-" else None
        if path is not None and not path.parent.is_dir():
            raise UsageError(f"--output {text}: {path.parent} is no folder", "make it first")
        if path is not None and path.is_dir():
            raise UsageError(f"--output {text}: {path} is a folder", "name a file in it")
        if any(path == other.path for other in outputs):
            raise UsageError(f"two reports go to {path or 'standard output'}", "give each a file of its own")
        outputs.append(Output(name, path))
    return outputs


def write(result: ScanResult, outputs: Sequence[Output], options: ReportOptions) -> None:
    """Render and write every report.

    Raises UsageError when a file cannot be written; it is then as it was before.
    """
    for output in outputs:
        pieces = find_format(output.format).render(result, options)
        if output.path is None:
            sys.stdout.flush()
            for piece in pieces:
                sys.stdout.buffer.write(piece)
            sys.stdout.buffer.flush()
        else:
            write_file(output.path, pieces)
