"""`kubeassay network diff`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scanner.cli.app import CLEAN, FINDINGS, INCOMPLETE
from scanner.cli.reach import Input, reach_options, read_reach
from scanner.errors import UsageError
from scanner.text import one_line

if TYPE_CHECKING:
    from scanner.network.connections import Member
    from scanner.network.diff import Diff

_COLUMNS = ("change", "rank", "source", "destination", "protocol", "first_port", "last_port", "because")


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "--output",
    "-o",
    type=click.Choice(["txt", "json", "csv"]),
    default="txt",
    show_default=True,
    help="The form.",
)
@reach_options
def diff(**options: Any) -> int:
    """Say what a change opens and closes, worst first.

    OLD and NEW are files, folders, charts, overlays, snapshots, or git revisions, written git:REVISION or
    git:REVISION:PATH. Exits with 1 when something is opened, with 3 when part of the input could not be read.
    """
    from scanner.network.diff import compare
    from scanner.network.diff_text import lines

    if options["cluster"]:
        raise click.UsageError("a cluster is compared by its snapshot: see `kubeassay snapshot`")
    with ExitStack() as stack:
        old, new = (_read(options[key], options, stack) for key in ("old", "new"))
        found = compare(old.reach, new.reach)
    for line in {"txt": lines, "json": _json, "csv": _csv}[options["output"]](found):
        click.echo(line)
    for reason in () if options["quiet"] else found.unknown:
        click.echo(f"kubeassay: more may be opened or closed: {one_line(reason)}", err=True)
    if old.exit_code or new.exit_code or found.unknown:
        return INCOMPLETE
    return FINDINGS if found.opened else CLEAN


def _read(written: str, options: dict[str, Any], stack: ExitStack) -> Input:
    from scanner.collect.interface import Problem
    from scanner.collect.revision import PREFIX, files_of

    if not written.startswith(PREFIX):
        return read_reach({**options, "paths": (written,)})
    files = stack.enter_context(files_of(written, Path.cwd()))
    problems = [
        Problem("submodule", "the revision does not hold the files of a submodule", files.uri(each))
        for each in files.submodules
    ]
    try:
        return read_reach({**options, "paths": (str(files.path),)}, files.named, problems)
    except UsageError as error:
        raise UsageError(files.named(error.message), error.remedy) from error


def _json(found: Diff) -> Iterator[str]:
    from scanner.encode import encode

    document: Mapping[str, Any] = {
        "schema": "kubeassay.network-diff/v1",
        "changes": [
            {
                "change": "opened" if change.opened else "closed",
                "rank": change.rank.name.lower(),
                "from": str(change.source),
                "to": str(change.destination),
                "ports": [ports._asdict() for ports in change.ports],
                "because": change.because,
            }
            for change in found.changes
        ],
        "new_workloads": [_workload(found, member) for member in found.added],
        "removed_workloads": [_workload(found, member) for member in found.removed],
        "unknown": found.unknown,
    }
    yield encode(document).decode()


def _workload(found: Diff, member: Member) -> dict[str, Any]:
    reached, reaches = found.connected[member]
    return {"name": str(member), "reached_by": reached, "reaches": reaches}


def _csv(found: Diff) -> Iterator[str]:
    from scanner.network.formats import plain

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for change in found.changes:
        word = "opened" if change.opened else "closed"
        for ports in change.ports:
            ends = (plain(change.source), plain(change.destination))
            writer.writerow((word, change.rank.name.lower(), *ends, *ports, "; ".join(change.because)))
    yield out.getvalue().rstrip("\n")
